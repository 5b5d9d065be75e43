// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace tiphys::expression {
namespace {

void write_text(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t rune = decode_rune(text, at);
        const auto unicode = [&] {
            out += "\\u";
            for (unsigned shift = 16; shift > 0;) {
                shift -= 4;
                out += hex[(rune >> shift) & 0xFU];
            }
        };
        switch (rune) {
            case '"':
            case '\\':
                out += '\\';
                out += static_cast<char>(rune);
                break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            case '<':
            case '>':
            case '&':
            case 0x2028:
            case 0x2029: unicode(); break;
            default:
                if (rune < ' ' || (rune == 0xFFFD && at == begin + 1))
                    unicode();
                else
                    append_rune(out, rune);
        }
    }
    out += '"';
}

struct Writer {
    std::string out;
    std::string_view indent;

    void line(int depth) {
        if (indent.empty()) return;
        out += '\n';
        for (int i = 0; i < depth; ++i) out += indent;
    }

    void write(const boost::json::value& value, int depth) {
        switch (value.kind()) {
            case boost::json::kind::null: out += "null"; return;
            case boost::json::kind::string: write_text(out, value.get_string()); return;
            case boost::json::kind::double_: {
                const std::string text = format_float_json(value.get_double());
                if (text == "NaN" || text == "+Inf" || text == "-Inf")
                    throw ExpressionError("json: unsupported value: " + text);
                out += text;
                return;
            }
            case boost::json::kind::array: {
                const auto& array = value.get_array();
                out += '[';
                for (std::size_t i = 0; i < array.size(); ++i) {
                    if (i > 0) out += ',';
                    line(depth + 1);
                    write(array[i], depth + 1);
                }
                if (!array.empty()) line(depth);
                out += ']';
                return;
            }
            case boost::json::kind::object: {
                std::vector<std::pair<std::string_view, const boost::json::value*>> entries;
                for (const auto& entry : value.get_object())
                    entries.emplace_back(std::string_view(entry.key()), &entry.value());
                std::sort(entries.begin(), entries.end());
                out += '{';
                bool first = true;
                for (const auto& [key, element] : entries) {
                    if (!std::exchange(first, false)) out += ',';
                    line(depth + 1);
                    write_text(out, key);
                    out += indent.empty() ? ":" : ": ";
                    write(*element, depth + 1);
                }
                if (!entries.empty()) line(depth);
                out += '}';
                return;
            }
            default: out += format_value(value);
        }
    }
};

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    boost::json::value document() {
        boost::json::value result = value(0);
        blanks();
        if (at_ < text_.size()) invalid("after top-level value");
        return result;
    }

private:
    static constexpr int most_levels = 1000;

    [[noreturn]] void invalid(std::string_view where) const {
        // Go ends the text with a blank, which some states of its scanner do not expect.
        const bool blank = where.starts_with("in literal") || where.find("numeric") != where.npos ||
                           where.find("escape") != where.npos;
        if (at_ >= text_.size() && !blank) throw ExpressionError("unexpected end of JSON input");
        const char byte = at_ < text_.size() ? text_[at_] : ' ';
        std::string shown;
        if (byte == '\'') {
            shown = R"('\'')";
        } else if (byte == '"') {
            shown = R"('"')";
        } else {
            // encoding/json looks at bytes, and shows each as the Latin-1 letter of that number.
            std::string letter;
            append_rune(letter, static_cast<unsigned char>(byte));
            const std::string quoted = quote(letter);
            shown = '\'' + quoted.substr(1, quoted.size() - 2) + '\'';
        }
        throw ExpressionError("invalid character " + shown + ' ' + std::string(where));
    }

    void blanks() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
    }

    [[nodiscard]] bool is(char wanted) const { return at_ < text_.size() && text_[at_] == wanted; }

    void literal(std::string_view word) {
        ++at_;
        for (std::size_t i = 1; i < word.size(); ++i, ++at_)
            if (!is(word[i])) invalid("in literal " + std::string(word) + " (expecting '" + word[i] + "')");
    }

    boost::json::value value(int depth) {
        if (depth > most_levels) throw ExpressionError("exceeded max depth");
        blanks();
        if (at_ >= text_.size()) invalid("");
        switch (text_[at_]) {
            case '{': return object(depth);
            case '[': return array(depth);
            case '"': return boost::json::value(boost::json::string(string()));
            case 't': literal("true"); return true;
            case 'f': literal("false"); return false;
            case 'n': literal("null"); return nullptr;
            default: return number();
        }
    }

    boost::json::value object(int depth) {
        boost::json::object out;
        ++at_;
        blanks();
        if (is('}')) {
            ++at_;
            return out;
        }
        while (true) {
            blanks();
            if (!is('"')) invalid("looking for beginning of object key string");
            std::string key = string();
            blanks();
            if (!is(':')) invalid("after object key");
            ++at_;
            out.insert_or_assign(key, value(depth + 1));
            blanks();
            if (is('}')) {
                ++at_;
                return out;
            }
            if (!is(',')) invalid("after object key:value pair");
            ++at_;
        }
    }

    boost::json::value array(int depth) {
        boost::json::array out;
        ++at_;
        blanks();
        if (is(']')) {
            ++at_;
            return out;
        }
        while (true) {
            out.push_back(value(depth + 1));
            blanks();
            if (is(']')) {
                ++at_;
                return out;
            }
            if (!is(',')) invalid("after array element");
            ++at_;
        }
    }

    void digits(std::string_view where) {
        if (at_ >= text_.size() || text_[at_] < '0' || text_[at_] > '9') invalid(where);
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    }

    boost::json::value number() {
        const std::size_t begin = at_;
        if (is('-')) {
            ++at_;
            if (at_ >= text_.size() || text_[at_] < '0' || text_[at_] > '9') invalid("in numeric literal");
        } else if (text_[at_] < '0' || text_[at_] > '9') {
            invalid("looking for beginning of value");
        }
        if (is('0'))
            ++at_;
        else
            digits("in numeric literal");
        if (is('.')) {
            ++at_;
            digits("after decimal point in numeric literal");
        }
        if (is('e') || is('E')) {
            ++at_;
            if (is('+') || is('-')) ++at_;
            digits("in exponent of numeric literal");
        }
        const std::string_view shown = text_.substr(begin, at_ - begin);
        const auto value = parse_float(shown);
        if (!value)
            throw ExpressionError("json: cannot unmarshal number " + std::string(shown) +
                                  " into Go value of type float64");
        return *value;
    }

    char32_t hex4() {
        char32_t rune = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const auto digit = at_ < text_.size() ? parse_int(text_.substr(at_, 1), 16) : std::nullopt;
            if (!digit) invalid("in \\u hexadecimal character escape");
            rune = rune * 16 + static_cast<char32_t>(*digit);
        }
        return rune;
    }

    std::string string() {
        std::string out;
        ++at_;
        while (true) {
            if (at_ >= text_.size() || static_cast<unsigned char>(text_[at_]) < 0x20)
                invalid("in string literal");
            const char byte = text_[at_];
            if (byte == '"') {
                ++at_;
                return out;
            }
            if (byte != '\\') {
                append_rune(out, decode_rune(text_, at_));
                continue;
            }
            ++at_;
            constexpr std::string_view from = "\"\\/bfnrt";
            constexpr std::string_view to = "\"\\/\b\f\n\r\t";
            const auto kind = at_ < text_.size() ? from.find(text_[at_]) : std::string_view::npos;
            if (kind != std::string_view::npos) {
                out += to[kind];
                ++at_;
            } else if (is('u')) {
                ++at_;
                char32_t rune = hex4();
                if (rune >= 0xD800 && rune <= 0xDBFF && text_.substr(at_, 2) == "\\u") {
                    const std::size_t second = at_;
                    at_ += 2;
                    const char32_t low = hex4();
                    if (low >= 0xDC00 && low <= 0xDFFF)
                        rune = 0x10000 + ((rune - 0xD800) << 10U) + (low - 0xDC00);
                    else
                        at_ = second;
                }
                append_rune(out, rune);
            } else {
                invalid("in string escape code");
            }
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::string write_json(const boost::json::value& value, std::string_view indent) {
    Writer writer{{}, indent};
    writer.write(value, 0);
    return std::move(writer.out);
}

boost::json::value read_json(std::string_view text) { return Reader(text).document(); }

}  // namespace tiphys::expression
