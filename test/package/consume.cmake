# SPDX-License-Identifier: Apache-2.0
# cmake -D USES=<package|subdirectory|fetch> -D SOURCE=… -D BUILD=… -D WORK=… -D COMPILER=… [-D LAUNCHER=…]
#       -P consume.cmake
# Installs Tiphys where the consumer wants the package, builds the consumer, runs it and compares what it prints.

function(run)
    execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        list(JOIN ARGV " " command)
        message(FATAL_ERROR "${command}\n${output}\nstatus ${status}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK}")
set(options "-DCONSUMER_USES=${USES}" "-DCONSUMER_SOURCE=${SOURCE}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}")
if(USES STREQUAL "package")
    run(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${WORK}/prefix")
    list(APPEND options "-DCMAKE_PREFIX_PATH=${WORK}/prefix")
    if(EXISTS "${WORK}/prefix/bin/tiphys")
        run("${WORK}/prefix/bin/tiphys" version)
        if(NOT output MATCHES "0\\.1\\.0")
            message(FATAL_ERROR "tiphys version prints ${output}")
        endif()
    endif()
endif()
run(${CMAKE_COMMAND} -G Ninja -S "${SOURCE}/test/package/consumer" -B "${WORK}/build" ${options})
run(${CMAKE_COMMAND} --build "${WORK}/build" --target consumer -j2)
run("${WORK}/build/consumer")
foreach(line "generateName: hello-" "entrypoint: main" "image: busybox")
    string(FIND "${output}" "${line}" at)
    if(at EQUAL -1)
        message(FATAL_ERROR "the consumer's workflow lacks '${line}':\n${output}")
    endif()
endforeach()
file(REMOVE_RECURSE "${WORK}")
