# SPDX-License-Identifier: Apache-2.0
# Every option of the build, in one place: what is not declared here is refused, so a misspelt one is noticed.

# tiphys_option(<name> <type> <default> <what it does>)
macro(tiphys_option name type default text)
    set(${name} "${default}" CACHE ${type} "${text}")
    list(APPEND tiphys_known_options ${name})
endmacro()

tiphys_option(TIPHYS_TESTS BOOL ${PROJECT_IS_TOP_LEVEL} "Build the tests")
tiphys_option(TIPHYS_SAMPLES BOOL ${PROJECT_IS_TOP_LEVEL} "Build the samples")
tiphys_option(TIPHYS_GENERATOR BOOL ${PROJECT_IS_TOP_LEVEL} "Build the program that writes the models")
tiphys_option(TIPHYS_CLI BOOL ON "Build the layer cli and the program tiphys (needs CLI11)")
tiphys_option(TIPHYS_INSTALL BOOL ${PROJECT_IS_TOP_LEVEL} "Write install rules and the CMake package")
tiphys_option(TIPHYS_BENCH BOOL ${PROJECT_IS_TOP_LEVEL} "Build the benchmarks (needs Google Benchmark)")
tiphys_option(TIPHYS_FUZZ BOOL OFF "Build the fuzzers with libFuzzer (needs clang)")
tiphys_option(TIPHYS_PCH BOOL OFF "Precompile headers (Asio and Beast, GoogleTest): a faster build of the whole tree")
tiphys_option(TIPHYS_WERROR BOOL OFF "Treat warnings as errors")
tiphys_option(TIPHYS_ARGO_DATA PATH "${CMAKE_CURRENT_SOURCE_DIR}/../shared/argo"
    "Folder of Argo's own data files (swagger.json and examples of each release); tests that need it say so")
tiphys_option(TIPHYS_GXX FILEPATH "" "The g++ of the compile-fail and budget tests; empty: found")
tiphys_option(TIPHYS_CLANGXX FILEPATH "" "The clang++ of the compile-fail and budget tests; empty: found")

get_cmake_property(tiphys_cache CACHE_VARIABLES)
foreach(tiphys_name IN LISTS tiphys_cache)
    if(tiphys_name MATCHES "^TIPHYS_" AND NOT tiphys_name IN_LIST tiphys_known_options)
        list(JOIN tiphys_known_options "\n  " tiphys_text)
        message(FATAL_ERROR "Tiphys has no option ${tiphys_name}. Take it out with -U${tiphys_name}. "
            "The options are\n  ${tiphys_text}")
    endif()
endforeach()
