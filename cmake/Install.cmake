# SPDX-License-Identifier: Apache-2.0
# `cmake --install`: the headers, one library per layer, the program, and the CMake package that finds them.

include(CMakePackageConfigHelpers)

set(tiphys_package "${CMAKE_INSTALL_LIBDIR}/cmake/tiphys")
get_property(tiphys_layers GLOBAL PROPERTY TIPHYS_LAYERS)
install(TARGETS tiphys_all ${tiphys_layers} EXPORT tiphys
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT tiphys FILE tiphysTargets.cmake NAMESPACE tiphys:: DESTINATION ${tiphys_package})
install(DIRECTORY include/tiphys DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
configure_package_config_file(cmake/tiphysConfig.cmake.in "${CMAKE_CURRENT_BINARY_DIR}/tiphysConfig.cmake"
    INSTALL_DESTINATION ${tiphys_package} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change the API.
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/tiphysConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/tiphysConfig.cmake"
    "${CMAKE_CURRENT_BINARY_DIR}/tiphysConfigVersion.cmake" cmake/TiphysManifests.cmake DESTINATION ${tiphys_package})
