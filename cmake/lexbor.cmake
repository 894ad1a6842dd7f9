# lexbor, natively; the guest compiles it again for wasm32 (src/guest/CMakeLists.txt).
include(cmake/lexbor_sources.cmake)
add_library(lexbor STATIC ${LEXBOR_SOURCES})
target_include_directories(lexbor SYSTEM PUBLIC ${RIPTIDE_LEXBOR_DIR}/source)
target_compile_definitions(lexbor PUBLIC LEXBOR_STATIC)
target_compile_options(lexbor PRIVATE -w -ffunction-sections -fdata-sections)
