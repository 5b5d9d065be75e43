// SPDX-License-Identifier: Apache-2.0
#include "yaml_writer.hpp"

namespace tiphys::detail {
namespace {

// libyaml, and with it Argo's library, gives up a name that is longer on one line.
constexpr std::size_t longest_simple_key = 1000;

}  // namespace

void YamlWriter::pad(std::size_t n) {
    char* to = out_.extend(n);
    for (std::size_t i = 0; i < n; ++i) to[i] = ' ';
}

/// Goes to where the next member or dash of the open container stands.
void YamlWriter::start_line() {
    Level& level = levels_.back();
    if (level.is_empty && at_ == At::after_key) out_.push('\n');
    if (!level.is_empty || at_ != At::after_dash) pad(level.indent);
    level.is_empty = false;
}

void YamlWriter::start_value() {
    if (levels_.empty() || levels_.back().is_object) return;
    start_line();
    out_.append("- ");
    at_ = At::after_dash;
}

void YamlWriter::begin(bool is_object) {
    start_value();
    std::size_t indent = 0;
    if (!levels_.empty()) {
        const Level& parent = levels_.back();
        indent = parent.indent + (parent.is_object && !is_object ? 0 : 2);
    }
    levels_.push_back({is_object, true, indent});
}

void YamlWriter::end(std::string_view empty) {
    if (levels_.back().is_empty) {
        if (at_ == At::after_key) out_.push(' ');
        out_.append(empty);
        out_.push('\n');
        at_ = At::line_start;
    }
    levels_.pop_back();
}

void YamlWriter::key(std::string_view name) {
    start_line();
    if (name.size() <= longest_simple_key) {
        append_yaml_scalar(out_, name);
    } else {
        out_.append("? ");
        append_yaml_scalar(out_, name);
        out_.push('\n');
        pad(levels_.back().indent);
    }
    out_.push(':');
    at_ = At::after_key;
}

void YamlWriter::scalar(std::string_view text) {
    start_value();
    if (at_ == At::after_key) out_.push(' ');
    out_.append(text);
    out_.push('\n');
    at_ = At::line_start;
}

void YamlWriter::integer(std::int64_t value) { scalar(tiphys::text(value).view()); }

void YamlWriter::string(std::string_view text) {
    start_value();
    if (at_ == At::after_key) out_.push(' ');
    if (fits_literal_block(text)) {
        literal_block(text);
    } else {
        append_yaml_scalar(out_, text);
        out_.push('\n');
    }
    at_ = At::line_start;
}

void YamlWriter::literal_block(std::string_view text) {
    constexpr std::size_t step = 2;
    const std::size_t indent = (levels_.empty() ? 0 : levels_.back().indent) + step;
    const char first = text.front();
    out_.push('|');
    // The indentation cannot be told from a first line that begins with white space itself.
    if (first == ' ' || first == '\t' || first == '\n') out_.push('2');
    if (!text.ends_with('\n'))
        out_.push('-');
    else if (text.ends_with("\n\n"))
        out_.push('+');
    out_.push('\n');
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (!line.empty()) {
            pad(indent);
            out_.append(line);
        }
        out_.push('\n');
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
}

}  // namespace tiphys::detail
