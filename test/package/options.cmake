# SPDX-License-Identifier: Apache-2.0
# cmake -D SOURCE=… -D WORK=… -D COMPILER=… -P options.cmake
# A misspelt option is refused by name.
file(REMOVE_RECURSE "${WORK}")
execute_process(COMMAND ${CMAKE_COMMAND} -G Ninja -S "${SOURCE}" -B "${WORK}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    -DTIPHYS_TSETS=OFF RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
file(REMOVE_RECURSE "${WORK}")
if(status EQUAL 0 OR NOT output MATCHES "no option TIPHYS_TSETS")
    message(FATAL_ERROR "status ${status}\n${output}")
endif()
