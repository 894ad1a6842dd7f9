# Builds the guest twice (with and without SIMD) and wraps each module as a component.
# Defines GUEST_COMPONENT_SIMD and GUEST_COMPONENT_SCALAR, and the target `guest_components`.
include(ExternalProject)

find_path(TL_EXPECTED_DIR tl/expected.hpp REQUIRED)
# One guest serves every preset: it is the same whatever the host's build type.
set(guest_build ${CMAKE_SOURCE_DIR}/build/guest)
set(bindings ${guest_build}/bindings)
# The only system header the guest may see.
configure_file(${TL_EXPECTED_DIR}/tl/expected.hpp ${guest_build}/include/tl/expected.hpp COPYONLY)
add_custom_command(
    OUTPUT ${bindings}/extractor.c ${bindings}/extractor.h ${bindings}/extractor_component_type.o
        ${bindings}/wit_signature.h
    COMMAND ${RIPTIDE_COMPONENTIZE} bindings ${CMAKE_SOURCE_DIR}/wit ${bindings}
    COMMAND ${RIPTIDE_COMPONENTIZE} signature ${CMAKE_SOURCE_DIR}/wit ${bindings}/wit_signature.h
    DEPENDS ${CMAKE_SOURCE_DIR}/wit/extractor.wit ${RIPTIDE_COMPONENTIZE}
    COMMENT "Generating the guest's bindings")
add_custom_target(guest_bindings DEPENDS ${bindings}/extractor.c)
set(GUEST_BINDINGS_DIR ${bindings})

function(riptide_guest variant simd output)
    set(build ${guest_build}/${variant})
    ExternalProject_Add(guest_${variant}_module
        SOURCE_DIR ${CMAKE_SOURCE_DIR}/src/guest
        BINARY_DIR ${build}
        CMAKE_GENERATOR Ninja
        CMAKE_ARGS
            -DCMAKE_TOOLCHAIN_FILE=${CMAKE_SOURCE_DIR}/cmake/wasm32.cmake
            -DRIPTIDE_TOOLS_DIR=${RIPTIDE_TOOLS_DIR}
            -DRIPTIDE_LEXBOR_DIR=${RIPTIDE_LEXBOR_DIR}
            -DRIPTIDE_SOURCE_DIR=${CMAKE_SOURCE_DIR}
            -DRIPTIDE_BINDINGS_DIR=${bindings}
            -DRIPTIDE_GUEST_INCLUDE_DIR=${guest_build}/include
            -DRIPTIDE_SIMD=${simd}
            -DRIPTIDE_WERROR=${RIPTIDE_WERROR}
        # Its own build knows what changed.
        BUILD_ALWAYS ON
        INSTALL_COMMAND ""
        USES_TERMINAL_BUILD ON
        DEPENDS guest_bindings
        BUILD_BYPRODUCTS ${build}/guest.wasm)
    set(component ${guest_build}/extractor-${variant}.wasm)
    add_custom_command(
        OUTPUT ${component} ${component}.sha256
        COMMAND ${RIPTIDE_COMPONENTIZE} encode ${build}/guest.wasm ${component}
        COMMAND ${CMAKE_COMMAND} -E sha256sum ${component} > ${component}.sha256
        DEPENDS guest_${variant}_module ${build}/guest.wasm ${RIPTIDE_COMPONENTIZE}
        COMMENT "Making the ${variant} component")
    set(${output} ${component} PARENT_SCOPE)
endfunction()

riptide_guest(simd ON GUEST_COMPONENT_SIMD)
riptide_guest(scalar OFF GUEST_COMPONENT_SCALAR)
add_custom_target(guest_components DEPENDS ${GUEST_COMPONENT_SIMD} ${GUEST_COMPONENT_SCALAR})
