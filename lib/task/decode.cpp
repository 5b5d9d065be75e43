// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/model.hpp>
#include <tiphys/task/detail/decode.hpp>
#include <tiphys/task/error.hpp>
#include <tiphys/task/function.hpp>
#include <tiphys/text/text.hpp>

#include <exception>
#include <optional>

#include "text/number_text.hpp"

namespace tiphys::detail {
namespace {

/// Values may be megabytes long.
std::string shortened(std::string text) {
    constexpr std::size_t most = 80;
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;  // not within a character
    text.resize(end);
    return text + "…";
}

std::string words_for(const value_path& at) {
    return at.empty() ? std::string() : at.substr(at[0] == '.' ? 1 : 0) + ": ";
}

}  // namespace

std::string json_text(const json& value) {
    text_sink sink;
    basic_json_writer<text_sink> writer(sink);
    visit(writer, value);
    return sink.text.string();
}

json json_from(std::string_view text) { return json_from({}, text); }

json json_from(const value_path& at, std::string_view text) {
    ReadOptions options;
    options.max_bytes = std::size_t{1} << 30;
    try {
        return read_json<json>(text, options);
    } catch (const ReadError& wrong) {
        throw CallError(words_for(at) + "`" + shortened(std::string(text)) + "` is no JSON: " + wrong.reason);
    }
}

void wrong_value(const value_path& at, const json& found, const std::string& wanted) {
    throw CallError(words_for(at) + wanted + " is wanted, but it is `" + shortened(json_text(found)) + "`");
}

void wrong_text(const value_path& at, std::string_view found, const std::string& wanted) {
    throw CallError(words_for(at) + wanted + " is wanted, but it is `" + shortened(std::string(found)) + "`");
}

double double_from(const value_path& at, const json& found) {
    std::optional<double> read;
    if (found.is_number()) read = parse_double(found.as_text().view());
    if (!read) wrong_value(at, found, found.is_number() ? "a number of its type's range" : "a number");
    return *read;
}

void rethrow_of(const function_call& call, const char* kind, std::string_view name) {
    std::string what = call.subject() + ": " + kind;
    if (!name.empty()) what += " `" + std::string(name) + "`";
    try {
        throw;
    } catch (const std::exception& wrong) {
        throw CallError(what + ": " + wrong.what());
    }
}

}  // namespace tiphys::detail
