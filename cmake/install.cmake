# What `cmake --install` puts in place: the program with its manual page and completions, and the library: its
# headers, an archive with all of its own parts and one of Wasmtime, and what CMake and pkg-config need to find them.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

install(TARGETS riptide RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/riptide DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES LICENSE NOTICE THIRD_PARTY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Made when it is installed, since nothing of the build needs it. Wasmtime stays as cargo made it: binutils with LLVM's
# plugin lose symbols of Rust's objects.
set(archive ${CMAKE_BINARY_DIR}/libriptide.a)
set(script "CREATE ${archive}\n")
foreach(part riptide_pool riptide_core riptide_text riptide_wasm riptide_sys riptide_base lexbor)
    string(APPEND script "ADDLIB $<TARGET_FILE:${part}>\n")
endforeach()
string(APPEND script "ADDLIB ${UCHARDET_LIBRARY}\nSAVE\nEND\n")
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/libriptide.mri CONTENT "${script}")
install(CODE "
    file(REMOVE ${archive})
    execute_process(COMMAND ${CMAKE_AR} -M INPUT_FILE ${CMAKE_BINARY_DIR}/libriptide.mri COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${archive} DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES $<TARGET_FILE:wasmtime> DESTINATION ${CMAKE_INSTALL_LIBDIR} RENAME libriptide-wasmtime.a)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/riptide)
configure_package_config_file(cmake/riptide-config.cmake.in ${CMAKE_BINARY_DIR}/riptide-config.cmake
    INSTALL_DESTINATION ${package} PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/riptide-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/riptide-config.cmake ${CMAKE_BINARY_DIR}/riptide-config-version.cmake
    DESTINATION ${package})
file(RELATIVE_PATH up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/riptide.pc.in ${CMAKE_BINARY_DIR}/riptide.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/riptide.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# install_output(PLACE NAME ARGUMENTS...): what the program prints, as a file.
function(install_output place name)
    set(printed ${CMAKE_BINARY_DIR}/printed/${place}/${name})
    get_filename_component(directory ${printed} DIRECTORY)
    install(CODE "
        file(MAKE_DIRECTORY ${directory})
        execute_process(COMMAND $<TARGET_FILE:riptide> ${ARGN} OUTPUT_FILE ${printed} COMMAND_ERROR_IS_FATAL ANY)")
    install(FILES ${printed} DESTINATION ${place})
endfunction()
install_output(${CMAKE_INSTALL_MANDIR}/man1 riptide.1 man)
install_output(${CMAKE_INSTALL_DATADIR}/bash-completion/completions riptide completions bash)
install_output(${CMAKE_INSTALL_DATADIR}/zsh/site-functions _riptide completions zsh)
install_output(${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d riptide.fish completions fish)
