// SPDX-License-Identifier: Apache-2.0
#include "json_events.hpp"

#include <boost/json/basic_parser_impl.hpp>

namespace tiphys::detail {
namespace {

namespace bj = boost::json;

/// Turns the parser's parts into whole events.
class Handler {
public:
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

    explicit Handler(ModelSink& sink) : sink_(sink) {}

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) { return true; }
    bool on_object_begin(bj::error_code&) {
        sink_.begin_object();
        return true;
    }
    bool on_object_end(std::size_t, bj::error_code&) {
        sink_.end_object();
        return true;
    }
    bool on_array_begin(bj::error_code&) {
        sink_.begin_array();
        return true;
    }
    bool on_array_end(std::size_t, bj::error_code&) {
        sink_.end_array();
        return true;
    }
    bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
    bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
        sink_.key(whole(part));
        parts_.clear();
        return true;
    }
    bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
    bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
        sink_.string(whole(part));
        parts_.clear();
        return true;
    }
    bool on_number_part(bj::string_view part, bj::error_code&) { return keep(part); }
    bool on_int64(std::int64_t, bj::string_view part, bj::error_code&) { return number(part); }
    bool on_uint64(std::uint64_t, bj::string_view part, bj::error_code&) { return number(part); }
    bool on_double(double, bj::string_view part, bj::error_code&) { return number(part); }
    bool on_bool(bool value, bj::error_code&) {
        sink_.boolean(value);
        return true;
    }
    bool on_null(bj::error_code&) {
        sink_.null();
        return true;
    }
    bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
    bool on_comment(bj::string_view, bj::error_code&) { return true; }

private:
    bool keep(bj::string_view part) {
        parts_.append(part.data(), part.size());
        return true;
    }
    std::string_view whole(bj::string_view part) {
        if (parts_.empty()) return {part.data(), part.size()};
        keep(part);
        return parts_;
    }
    bool number(bj::string_view part) {
        sink_.number(whole(part));
        parts_.clear();
        return true;
    }

    ModelSink& sink_;
    std::string parts_;
};

std::string describe_error(const bj::error_code& error, std::string_view rest) {
    if (rest.empty() || error == bj::error::incomplete) return "the JSON text ends too early";
    const auto byte = static_cast<unsigned char>(rest.front());
    if (byte == 0) return "not JSON: a NUL byte";
    if (byte >= 0x80) return "not JSON: broken UTF-8, or a character outside of a string";
    if (byte < 0x20) return "not JSON: a control character or a line break inside of a string";
    return "not JSON: " + error.message() + " at '" + std::string(1, rest.front()) + "'";
}

/// The end of the string whose opening quote is at `from`: the offset after the closing one.
std::size_t string_end(std::string_view text, std::size_t from) {
    std::size_t i = from + 1;
    while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text.size());
}

void append_utf8(std::string& to, unsigned code) {
    if (code < 0x80) {
        to += static_cast<char>(code);
    } else if (code < 0x800) {
        to += static_cast<char>(0xc0 | code >> 6);
        to += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        to += static_cast<char>(0xe0 | code >> 12);
        to += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        to += static_cast<char>(0x80 | (code & 0x3f));
    }
}

/// A JSON string's text; of surrogate pairs the bytes are wrong, which names of members never have.
std::string unescaped(std::string_view quoted) {
    std::string made;
    for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
        if (quoted[i] != '\\' || i + 2 >= quoted.size()) {
            made += quoted[i];
            continue;
        }
        const char c = quoted[++i];
        constexpr std::string_view from = "bfnrt", to = "\b\f\n\r\t";
        if (const std::size_t at = from.find(c); at != std::string_view::npos) {
            made += to[at];
        } else if (c == 'u' && i + 4 < quoted.size()) {
            append_utf8(made, static_cast<unsigned>(
                                  std::stoul("0" + std::string(quoted.substr(i + 1, 4)), nullptr, 16)));
            i += 4;
        } else {
            made += c;
        }
    }
    return made;
}

}  // namespace

JsonOutcome feed_json(std::string_view text, ModelSink& sink) {
    bj::parse_options options;
    // The sink counts levels itself, and says where.
    options.max_depth = 6000;
    bj::basic_parser<Handler> parser(options, sink);
    bj::error_code error;
    JsonOutcome outcome;
    outcome.read = parser.write_some(false, text.data(), text.size(), error);
    if (error) outcome.reason = describe_error(error, text.substr(outcome.read));
    return outcome;
}

std::size_t skip_space(std::string_view text, std::size_t from) {
    return std::min(text.find_first_not_of(" \t\r\n", from), text.size());
}

std::string_view without_mark(std::string_view text) {
    return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

std::string json_kind(std::string_view text) {
    std::size_t depth = 0;
    bool is_key = false;
    for (std::size_t i = skip_space(text); i < text.size();) {
        switch (text[i]) {
            case '{':
            case '[':
                if (++depth == 1 && text[i] == '[') return {};
                is_key = depth == 1;
                break;
            case '}':
            case ']':
                if (--depth == 0) return {};
                break;
            case ',': is_key = depth == 1; break;
            case '"': {
                const std::size_t end = string_end(text, i);
                const std::string_view quoted = text.substr(i, end - i);
                i = end;
                if (!is_key) continue;
                is_key = false;
                if (quoted != "\"kind\"") continue;
                const std::size_t colon = skip_space(text, i);
                const std::size_t value = colon < text.size() ? skip_space(text, colon + 1) : text.size();
                if (value >= text.size() || text[value] != '"') return {};
                return unescaped(text.substr(value, string_end(text, value) - value));
            }
            default:
                if (depth == 0) return {};
                break;
        }
        ++i;
    }
    return {};
}

Location locate_json(std::string_view text, const std::vector<Step>& path, bool second) {
    const auto place = [&](std::size_t offset) { return location_of(text, offset); };
    if (path.empty()) return place(skip_space(text));
    Finder finder(path, second);
    std::size_t depth = 0;
    bool is_key = false;
    bool is_element = false;
    for (std::size_t i = skip_space(text); i < text.size(); i = skip_space(text, i)) {
        const char c = text[i];
        if (is_element && c != ']' && c != ',') {
            is_element = false;
            if (finder.element()) return place(i);
        }
        switch (c) {
            case '{':
            case '[':
                ++depth;
                finder.begin(c == '[');
                is_element = c == '[';
                is_key = c == '{';
                ++i;
                break;
            case '}':
            case ']':
                if (depth == 0) return {};
                finder.end();
                is_key = is_element = false;
                if (--depth == 0) return {};
                ++i;
                break;
            case ',':
                if (depth == 0) return {};
                is_element = finder.in_list();
                is_key = !is_element;
                ++i;
                break;
            case '"': {
                const std::size_t end = string_end(text, i);
                if (is_key && finder.key(unescaped(text.substr(i, end - i)))) return place(i);
                is_key = false;
                i = end;
                break;
            }
            default:
                if (depth == 0) return {};
                ++i;
                break;
        }
    }
    return {};
}

}  // namespace tiphys::detail
