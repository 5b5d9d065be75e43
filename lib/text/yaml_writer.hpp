// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/visitor.hpp>
#include <tiphys/text/json_writer.hpp>

#include <cstdint>
#include <vector>

namespace tiphys::detail {

/// A visitor that writes block-style YAML, as `kubectl` and `argo` indent it.
///
/// Multi-line text becomes a literal block (`|`), also with tabs and emoji; text that could be read as
/// anything else, by YAML 1.1 or 1.2, is quoted. Bytes that are not UTF-8 become U+FFFD.
class YamlWriter final : public visitor {
public:
    explicit YamlWriter(text_buffer& out) : out_(out) {}

    void begin_object() override { begin(true); }
    void end_object() override { end("{}"); }
    void begin_array() override { begin(false); }
    void end_array() override { end("[]"); }
    void key(std::string_view name) override;
    void string(std::string_view text) override;
    void integer(std::int64_t value) override;
    void boolean(bool value) override { scalar(value ? "true" : "false"); }
    /// A zero with a sign is a floating-point number; `-0` would be read as the integer 0.
    void number(std::string_view literal) override {
        scalar(literal.empty() ? "0" : literal == "-0" ? "-0.0" : literal);
    }
    void null() override { scalar("null"); }

private:
    enum class At : std::uint8_t { line_start, after_key, after_dash };
    struct Level {
        bool is_object;
        bool is_empty;
        std::size_t indent;
    };

    void begin(bool is_object);
    void end(std::string_view empty);
    void start_line();
    void start_value();
    void scalar(std::string_view text);
    void literal_block(std::string_view text);
    void pad(std::size_t n);

    text_buffer& out_;
    std::vector<Level> levels_;
    At at_ = At::line_start;
};

/// The text as a YAML scalar on one line: plain where that is safe, else quoted.
void append_yaml_scalar(text_buffer& to, std::string_view text);
/// True when a literal block holds the text without loss.
bool fits_literal_block(std::string_view text);

}  // namespace tiphys::detail
