# Compiler options shared by all of riptide's own targets.
add_library(riptide_options INTERFACE)
target_include_directories(riptide_options INTERFACE ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
target_compile_options(riptide_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wcast-align -Woverloaded-virtual
    -Wextra-semi
    # The same floating-point results in the native and the wasm32 build.
    -ffp-contract=off
    # GCC 12 sees overlaps in string concatenations that are none (GCC bug 105329).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    $<$<BOOL:${RIPTIDE_WERROR}>:-Werror>
    $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>)
if(RIPTIDE_SANITIZE)
    add_compile_options(-fsanitize=${RIPTIDE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${RIPTIDE_SANITIZE})
else()
    # The program is one file that runs anywhere: no shared C++ runtime. Without what nothing refers
    # to, it is a fifth smaller and has fewer addresses to relocate when it starts.
    add_link_options(-static-libstdc++ -static-libgcc -Wl,--gc-sections)
endif()

# riptide_room(NAME DIRECTORY): a static library of all sources of one room.
function(riptide_room name directory)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${directory}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "_main\\.cpp$")
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC riptide_options)
endfunction()
