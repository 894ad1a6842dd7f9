# The files of web/ as bytes of the program: web_assets.S holds them, web_assets.inc the rows of
# src/http/assets.cpp. A file that changes configures anew, so that its entity tag does too.
set(RIPTIDE_WEB_DIR ${CMAKE_BINARY_DIR}/web)
set(rows "")
set(bytes "    .section .rodata\n")
set(files "")
function(riptide_asset path file)
    set(source ${CMAKE_SOURCE_DIR}/web/${file})
    get_filename_component(extension ${file} LAST_EXT)
    set(type_of_.html "text/html; charset=utf-8")
    set(type_of_.css "text/css; charset=utf-8")
    set(type_of_.js "text/javascript; charset=utf-8")
    set(type_of_.json "application/json")
    set(type_of_.svg "image/svg+xml")
    string(MAKE_C_IDENTIFIER riptide_web_${file} symbol)
    file(SHA256 ${source} hash)
    string(SUBSTRING ${hash} 0 16 tag)
    string(APPEND rows "RIPTIDE_ASSET(\"${path}\", ${symbol}, \"${type_of_${extension}}\", \"${tag}\")\n")
    string(APPEND bytes "    .global ${symbol}, ${symbol}_end\n"
        "${symbol}:\n    .incbin \"${source}\"\n${symbol}_end:\n    .byte 0\n")
    set(rows "${rows}" PARENT_SCOPE)
    set(bytes "${bytes}" PARENT_SCOPE)
    set(files ${files} ${source} PARENT_SCOPE)
endfunction()

riptide_asset(/ index.html)
riptide_asset(/admin/pool/health dashboard.html)
riptide_asset(/openapi.json openapi.json)
file(GLOB web_files RELATIVE ${CMAKE_SOURCE_DIR}/web CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/web/*.css ${CMAKE_SOURCE_DIR}/web/*.js ${CMAKE_SOURCE_DIR}/web/*.svg)
foreach(file ${web_files})
    riptide_asset(/assets/${file} ${file})
endforeach()

file(CONFIGURE OUTPUT ${RIPTIDE_WEB_DIR}/web_assets.inc CONTENT "${rows}" @ONLY)
file(CONFIGURE OUTPUT ${RIPTIDE_WEB_DIR}/web_assets.S
    CONTENT "${bytes}    .section .note.GNU-stack, \"\", %progbits\n" @ONLY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
set_property(SOURCE ${RIPTIDE_WEB_DIR}/web_assets.S PROPERTY OBJECT_DEPENDS "${files}")
