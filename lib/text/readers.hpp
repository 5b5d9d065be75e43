// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/text.hpp>

#include "model_sink.hpp"
#include "yaml_events.hpp"

namespace tiphys::detail {

/// The text is not JSON, which it may not have to be.
struct JsonMistake {
    std::string reason;
    Location place;
};

bool looks_like_json(std::string_view text);
/// The text without a byte order mark. Errors: ReadError when it is longer than the options allow.
std::string_view checked_text(std::string_view text, const ReadOptions& options);
/// Reads the JSON value that begins there and returns where it ends. Errors: ReadError, JsonMistake.
std::size_t read_json_value(std::string_view whole, std::size_t from, const ReadOptions& options,
                            Budget& budget, const model::value_type& type, void* to);
/// Where the path begins in the JSON value that begins at `from`.
Location locate_json_value(std::string_view whole, std::size_t from, const std::vector<Step>& path,
                           bool second);
/// Reads the document that the events are at. Errors: ReadError, YamlMistake.
void read_yaml_document(YamlEvents& events, std::string_view whole, std::size_t document,
                        const ReadOptions& options, Budget& budget, const model::value_type& type, void* to);
/// What is neither JSON nor YAML but looks like JSON is reported as JSON. Throws ReadError.
[[noreturn]] void report_yaml(const YamlMistake& mistake, std::string_view text, const ReadOptions& options);

}  // namespace tiphys::detail
