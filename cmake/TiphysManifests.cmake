# SPDX-License-Identifier: Apache-2.0
# Folders of code to folders of manifests.

# tiphys_manifests(<name> OUTPUT <folder> [SOURCES <file.cpp>...] [TARGETS <executable>...]
#     [ARGUMENTS <word>...] [JSON] [FLATTEN] [LINK <target>...])
# The target <name> builds programs, runs each, and keeps what it prints as <folder>/<program>.yaml, or .json with JSON.
# Of each of SOURCES a program is made, linked with tiphys::tiphys (or with LINK); its file has the path that the source
# has below the current folder, or with FLATTEN its name only. TARGETS are programs that there are already. A program that
# fails leaves its file as it was. ARGUMENTS go to every program: `yaml` for one whose main is tiphys::main.
function(tiphys_manifests name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "JSON;FLATTEN" "OUTPUT" "SOURCES;TARGETS;ARGUMENTS;LINK")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "tiphys_manifests(${name}): there is no argument ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT arg_OUTPUT OR NOT (arg_SOURCES OR arg_TARGETS))
        message(FATAL_ERROR "tiphys_manifests(${name}): give it an OUTPUT folder, and SOURCES or TARGETS")
    endif()
    if(NOT arg_LINK)
        set(arg_LINK tiphys::tiphys)
    endif()
    set(extension yaml)
    if(arg_JSON)
        set(extension json)
    endif()
    get_filename_component(output "${arg_OUTPUT}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
    set(programs ${arg_TARGETS})
    set(paths ${arg_TARGETS})
    foreach(source IN LISTS arg_SOURCES)
        get_filename_component(source "${source}" ABSOLUTE)
        file(RELATIVE_PATH path "${CMAKE_CURRENT_SOURCE_DIR}" "${source}")
        string(REGEX REPLACE "\\.[^./]*$" "" path "${path}")
        if(path MATCHES "^\\.\\./")
            message(FATAL_ERROR "tiphys_manifests(${name}): ${source} does not lie below ${CMAKE_CURRENT_SOURCE_DIR}")
        endif()
        string(MAKE_C_IDENTIFIER "${name}_${path}" program)
        add_executable(${program} EXCLUDE_FROM_ALL "${source}")
        target_compile_features(${program} PRIVATE cxx_std_20)
        target_link_libraries(${program} PRIVATE ${arg_LINK})
        if(arg_FLATTEN)
            get_filename_component(path "${path}" NAME)
        endif()
        list(APPEND programs ${program})
        list(APPEND paths "${path}")
    endforeach()
    set(files "")
    foreach(program path IN ZIP_LISTS programs paths)
        set(file "${output}/${path}.${extension}")
        if(file IN_LIST files)
            message(FATAL_ERROR "tiphys_manifests(${name}): two programs would write ${file}")
        endif()
        list(APPEND files "${file}")
        get_filename_component(folder "${file}" DIRECTORY)
        add_custom_command(OUTPUT "${file}"
            COMMAND ${CMAKE_COMMAND} -E make_directory "${folder}"
            COMMAND ${program} ${arg_ARGUMENTS} > "${file}.new"
            COMMAND ${CMAKE_COMMAND} -E rename "${file}.new" "${file}"
            DEPENDS ${program} COMMENT "Writing ${path}.${extension}" VERBATIM)
    endforeach()
    add_custom_target(${name} DEPENDS ${files})
endfunction()
