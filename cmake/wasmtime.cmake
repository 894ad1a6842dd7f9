# Wasmtime's C API with riptide's accessors, built by tools/deps.py.
add_library(wasmtime STATIC IMPORTED)
set_target_properties(wasmtime PROPERTIES
    IMPORTED_LOCATION ${RIPTIDE_WASMTIME_DIR}/lib/libwasmtime_shim.a
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${RIPTIDE_WASMTIME_DIR}/include
    INTERFACE_INCLUDE_DIRECTORIES ${RIPTIDE_WASMTIME_DIR}/include)
target_link_libraries(wasmtime INTERFACE pthread dl m)
