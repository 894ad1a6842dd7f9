# LEXBOR_SOURCES: what of lexbor is compiled, natively and for the guest.
set(LEXBOR_SOURCES)
foreach(module core dom html ns tag css selectors style engine unicode punycode encoding url)
    file(GLOB_RECURSE module_sources ${RIPTIDE_LEXBOR_DIR}/source/lexbor/${module}/*.c)
    list(APPEND LEXBOR_SOURCES ${module_sources})
endforeach()
file(GLOB_RECURSE port_sources ${RIPTIDE_LEXBOR_DIR}/source/lexbor/ports/posix/*.c)
# The library reads no files.
list(FILTER port_sources EXCLUDE REGEX "/fs\\.c$")
list(APPEND LEXBOR_SOURCES ${port_sources})
