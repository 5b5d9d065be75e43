// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/model.hpp>
#include <tiphys/text/text.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

/// The message of the ReadError that reading the text as a T throws; empty when it throws none.
template <class T>
std::string json_error(std::string_view text, const tiphys::ReadOptions& options = {}) {
    try {
        tiphys::read_json<T>(text, options);
    } catch (const tiphys::ReadError& error) {
        return error.what();
    }
    return {};
}

template <class T>
std::string yaml_error(std::string_view text, const tiphys::ReadOptions& options = {}) {
    try {
        tiphys::read_yaml<T>(text, options);
    } catch (const tiphys::ReadError& error) {
        return error.what();
    }
    return {};
}
