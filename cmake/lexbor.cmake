# lexbor, compiled from its sources: once natively here, once for wasm32 in guest.cmake.
set(LEXBOR_MODULES core dom html ns tag css selectors style engine unicode punycode encoding url)
set(LEXBOR_SOURCES)
foreach(module ${LEXBOR_MODULES})
    file(GLOB_RECURSE module_sources ${RIPTIDE_LEXBOR_DIR}/source/lexbor/${module}/*.c)
    list(APPEND LEXBOR_SOURCES ${module_sources})
endforeach()
file(GLOB_RECURSE port_sources ${RIPTIDE_LEXBOR_DIR}/source/lexbor/ports/posix/*.c)
# The library reads no files.
list(FILTER port_sources EXCLUDE REGEX "/fs\\.c$")
list(APPEND LEXBOR_SOURCES ${port_sources})

add_library(lexbor STATIC ${LEXBOR_SOURCES})
target_include_directories(lexbor SYSTEM PUBLIC ${RIPTIDE_LEXBOR_DIR}/source)
target_compile_definitions(lexbor PUBLIC LEXBOR_STATIC)
target_compile_options(lexbor PRIVATE -w -ffunction-sections -fdata-sections)
