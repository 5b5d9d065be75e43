# SPDX-License-Identifier: Apache-2.0
# Helper functions of the Tiphys build.

include(GNUInstallDirs)

# Warnings are the project's own business: linked privately, never exported.
add_library(tiphys_warnings INTERFACE)
target_compile_options(tiphys_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    # g++ 12 warns falsely on concatenated strings and, optimised, on copies into them.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds>
    $<$<BOOL:${TIPHYS_WERROR}>:-Werror>)

# tiphys_precompile(<target> <header>...): these headers are read once for all sources of the target.
function(tiphys_precompile target)
    if(TIPHYS_PCH)
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()

# tiphys_library(<layer> SOURCES <file>... [DEPENDS <target>...] [PRIVATE_DEPENDS <target>...])
# The library of one layer: target tiphys_<layer>, alias tiphys::<layer>.
function(tiphys_library layer)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS")
    add_library(tiphys_${layer} STATIC ${arg_SOURCES})
    add_library(tiphys::${layer} ALIAS tiphys_${layer})
    set_target_properties(tiphys_${layer} PROPERTIES EXPORT_NAME ${layer} CXX_EXTENSIONS OFF)
    target_compile_features(tiphys_${layer} PUBLIC cxx_std_20)
    target_include_directories(tiphys_${layer} PUBLIC
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    target_link_libraries(tiphys_${layer}
        PUBLIC ${arg_DEPENDS}
        PRIVATE ${arg_PRIVATE_DEPENDS} $<BUILD_INTERFACE:tiphys_warnings>)
    set_property(GLOBAL APPEND PROPERTY TIPHYS_LAYERS tiphys_${layer})
endfunction()

# tiphys_test(<name> SOURCES <file>... [DEPENDS <target>...] [PRECOMPILE <header>...]
#     [PROPERTIES <test property> <value>...])
# One GoogleTest program, each of its tests a ctest named <name>.<suite>.<test> with the label <name>. Its files are
# never batched (UNITY_BUILD): their helpers share names.
function(tiphys_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRECOMPILE;PROPERTIES")
    add_executable(test_${name} ${arg_SOURCES})
    set_target_properties(test_${name} PROPERTIES CXX_EXTENSIONS OFF UNITY_BUILD OFF)
    target_compile_features(test_${name} PRIVATE cxx_std_20)
    target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/test)
    target_compile_definitions(test_${name} PRIVATE
        TIPHYS_SOURCE_DIR="${PROJECT_SOURCE_DIR}" TIPHYS_ARGO_DATA="${TIPHYS_ARGO_DATA}")
    target_link_libraries(test_${name} PRIVATE ${arg_DEPENDS} tiphys_warnings GTest::gtest_main GTest::gmock)
    tiphys_precompile(test_${name} ${arg_PRECOMPILE})
    include(GoogleTest)
    gtest_discover_tests(test_${name} TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60
        PROPERTIES TIMEOUT 120 LABELS ${name} ${arg_PROPERTIES})
endfunction()
