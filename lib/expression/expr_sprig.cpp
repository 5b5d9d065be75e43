// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "expr_ast.hpp"
#include "expr_text.hpp"

namespace tiphys::expression::expr {

using boost::json::value;

namespace {

using Function = value (*)(const std::string& name, Arguments& arguments);
struct Entry {
    int least, most;
    Function function;
};

/// spf13/cast's ToInt64: what is no number is 0.
std::int64_t cast_int(const value& found) {
    if (found.is_int64()) return found.get_int64();
    if (found.is_double()) return truncate(found.get_double());
    if (found.is_bool()) return found.get_bool() ? 1 : 0;
    if (const auto* text = found.if_string()) {
        std::string_view digits = *text;
        // "1.0" counts as 1, "08" as 8.
        if (const auto dot = digits.find('.');
            dot != std::string_view::npos && dot > 0 &&
            digits.find_first_not_of('0', dot + 1) == std::string_view::npos)
            digits = digits.substr(0, dot);
        return parse_int(digits).value_or(0);
    }
    return 0;
}

double cast_float(const value& found) {
    if (const auto* text = found.if_string()) return parse_float(*text).value_or(0);
    return found.is_bool()                         ? (found.get_bool() ? 1.0 : 0.0)
           : found.is_int64() || found.is_double() ? to_float(found)
                                                   : 0.0;
}

bool empty(const value& found) {
    switch (found.kind()) {
        case boost::json::kind::null: return true;
        case boost::json::kind::bool_: return !found.get_bool();
        case boost::json::kind::string: return found.get_string().empty();
        case boost::json::kind::array: return found.get_array().empty();
        case boost::json::kind::object: return found.get_object().empty();
        default: return to_float(found) == 0;
    }
}

/// Nil becomes the zero of the type that a function asks for.
std::int64_t whole(const value& found) {
    if (found.is_null()) return 0;
    if (found.is_int64()) return found.get_int64();
    throw ExpressionError("reflect: Call using " + std::string(type_name(found)) + " as type int");
}

std::string_view text(const value& found) {
    if (found.is_null()) return "";
    if (const auto* known = found.if_string()) return *known;
    throw ExpressionError("reflect: Call using " + std::string(type_name(found)) + " as type string");
}

void check_size(std::size_t bytes) {
    if (bytes > 1'000'000) throw ExpressionError("memory budget exceeded");
}

std::string indent(std::int64_t spaces, std::string_view lines) {
    if (spaces < 0) throw ExpressionError("strings: negative Repeat count");
    check_size(static_cast<std::size_t>(spaces));
    const std::string pad(static_cast<std::size_t>(spaces), ' ');
    return pad + replace(lines, "\n", "\n" + pad, -1);
}

value join_values(std::string_view separator, const value& list) {
    std::string out;
    if (const auto* array = list.if_array()) {
        bool first = true;
        for (const value& element : *array) {
            if (element.is_null()) continue;
            out += first ? "" : separator;
            out += format_value(element);
            first = false;
        }
    } else if (!list.is_null()) {
        out = format_value(list);
    }
    return to_value(out);
}

value texts(const std::string& name, Arguments& a) {
    if (name == "trim") return to_value(trim_space(text(a[0])));
    if (name == "upper") return to_value(to_upper(text(a[0])));
    if (name == "lower") return to_value(to_lower(text(a[0])));
    if (name == "title" || name == "untitle") {
        std::string out(text(a[0]));
        bool start = true;
        for (char& byte : out) {
            const bool letter = byte == '_' || byte == '\'' || (byte >= '0' && byte <= '9') ||
                                is_letter(static_cast<unsigned char>(byte)) ||
                                static_cast<unsigned char>(byte) >= 0x80;
            if (start && letter && static_cast<unsigned char>(byte) < 0x80)
                byte = name == "title" ? to_upper(std::string_view(&byte, 1))[0]
                                       : to_lower(std::string_view(&byte, 1))[0];
            start = !letter;
        }
        return to_value(out);
    }
    if (name == "nospace") {
        std::string out;
        const std::string_view from = text(a[0]);
        for (std::size_t at = 0; at < from.size();)
            if (const char32_t rune = decode_rune(from, at); !is_space(rune)) append_rune(out, rune);
        return to_value(out);
    }
    if (name == "trimAll" || name == "trimall") return to_value(trim(text(a[1]), text(a[0])));
    const std::string_view part = text(a[0]);
    const std::string_view from = text(a[1]);
    if (name == "trimPrefix") return to_value(from.starts_with(part) ? from.substr(part.size()) : from);
    if (name == "trimSuffix")
        return to_value(from.ends_with(part) ? from.substr(0, from.size() - part.size()) : from);
    if (name == "contains") return from.find(part) != std::string_view::npos;
    if (name == "hasPrefix") return from.starts_with(part);
    if (name == "hasSuffix") return from.ends_with(part);
    if (name == "replace") return to_value(replace(text(a[2]), part, from, -1));
    if (name == "splitList") return to_value(split(from, part, -1, false));
    boost::json::object out;  // split, which numbers the parts
    std::size_t number = 0;
    for (const std::string& piece : split(from, part, -1, false))
        out["_" + std::to_string(number++)] = to_value(piece);
    return out;
}

value cut(const std::string& name, Arguments& a) {
    const std::int64_t first = whole(a[0]);
    if (name == "repeat") {
        const std::string_view piece = text(a[1]);
        if (first < 0) throw ExpressionError("strings: negative Repeat count");
        check_size(first > 1'000'000 ? 1'000'001 : static_cast<std::size_t>(first) * piece.size());
        std::string out;
        for (std::int64_t i = 0; i < first; ++i) out += piece;
        return to_value(out);
    }
    if (name == "indent") return to_value(indent(first, text(a[1])));
    if (name == "nindent") return to_value('\n' + indent(first, text(a[1])));
    if (name == "trunc") {
        const std::string_view from = text(a[1]);
        const auto size = static_cast<std::int64_t>(from.size());
        if (first < 0 && first + size > 0)
            return to_value(from.substr(static_cast<std::size_t>(first + size)));
        return to_value(first >= 0 && size > first ? from.substr(0, static_cast<std::size_t>(first)) : from);
    }
    const std::int64_t end = whole(a[1]);  // substr
    const std::string_view from = text(a[2]);
    const auto size = static_cast<std::int64_t>(from.size());
    const std::int64_t begin = std::max<std::int64_t>(first, 0);
    const std::int64_t stop = first >= 0 && (end < 0 || end > size) ? size : end;
    if (begin > stop || stop > size)
        throw ExpressionError("runtime error: slice bounds out of range [" + std::to_string(begin) + ':' +
                              std::to_string(stop) + ']');
    return to_value(from.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(stop - begin)));
}

value shown(const std::string& name, Arguments& a) {
    std::string out;
    for (const value& argument : a) {
        if (argument.is_null()) continue;
        out += out.empty() ? "" : " ";
        const std::string piece = format_value(argument);
        out += name == "quote" ? quote(piece) : name == "squote" ? '\'' + piece + '\'' : piece;
    }
    return to_value(out);
}

value numbers(const std::string& name, Arguments& a) {
    const auto wrap = [](std::uint64_t number) { return static_cast<std::int64_t>(number); };
    auto total = static_cast<std::uint64_t>(a.empty() ? 0 : cast_int(a[0]));
    if (name == "int" || name == "int64" || name == "atoi")
        return name == "atoi" ? parse_int(text(a[0])).value_or(0) : wrap(total);
    if (name == "add1") return wrap(total + 1);
    if (name == "div" || name == "mod") {
        const std::int64_t by = cast_int(a[1]);
        if (by == 0) throw ExpressionError("runtime error: integer divide by zero");
        if (by == -1) return name == "div" ? wrap(~total + 1) : std::int64_t{0};
        return name == "div" ? wrap(total) / by : wrap(total) % by;
    }
    for (std::size_t i = 1; i < a.size(); ++i) {
        const std::int64_t next = cast_int(a[i]);
        const auto bits = static_cast<std::uint64_t>(next);
        if (name == "add")
            total += bits;
        else if (name == "sub")
            total -= bits;
        else if (name == "mul")
            total *= bits;
        else if (name == "min" ? next < wrap(total) : next > wrap(total))
            total = bits;
    }
    return wrap(total);
}

value floats(const std::string& name, Arguments& a) {
    const double number = cast_float(a[0]);
    if (name == "floor") return std::floor(number);
    if (name == "ceil") return std::ceil(number);
    if (name == "float64") return number;
    const double power = std::pow(10, static_cast<double>(whole(a[1])));  // round
    const double digit = power * number;
    double part = 0;
    return (std::modf(digit, &part) >= 0.5 ? std::ceil(digit) : std::floor(digit)) / power;
}

value logic(const std::string& name, Arguments& a) {
    if (name == "default") return a.size() < 2 || empty(a[1]) ? a[0] : a[1];
    if (name == "empty") return empty(a[0]);
    if (name == "ternary") {
        if (!a[2].is_bool())
            throw ExpressionError("reflect: Call using " + std::string(type_name(a[2])) + " as type bool");
        return a[2].get_bool() ? a[0] : a[1];
    }
    if (name == "coalesce") {
        for (const value& candidate : a)
            if (!empty(candidate)) return candidate;
        return nullptr;
    }
    for (const value& candidate : a)  // all, any
        if (empty(candidate) == (name == "all")) return name == "any";
    return name == "all";
}

const boost::json::array& list_of(const std::string& name, const value& found) {
    if (const auto* array = found.if_array()) return *array;
    throw ExpressionError("Cannot find " + name + " on type " + std::string(type_name(found)));
}

value lists(const std::string& name, Arguments& a) {
    if (name == "list" || name == "tuple") return boost::json::array(a.begin(), a.end());
    if (name == "join") return join_values(text(a[0]), a[1]);
    const auto contains = [](const boost::json::array& array, const value& wanted) {
        return std::find(array.begin(), array.end(), wanted) != array.end();
    };
    if (name == "has") return !a[1].is_null() && contains(list_of(name, a[1]), a[0]);
    const auto& array = list_of(name, a[0]);
    if (name == "first" || name == "last")
        return array.empty() ? value() : name == "first" ? array.front() : array.back();
    boost::json::array out;
    if (name == "rest" || name == "initial") {
        if (array.empty()) return nullptr;
        for (std::size_t i = 0; i + 1 < array.size(); ++i) out.push_back(array[name == "rest" ? i + 1 : i]);
    } else if (name == "append" || name == "push" || name == "prepend") {
        out = array;
        out.insert(name == "prepend" ? out.begin() : out.end(), a[1]);
    } else if (name == "concat") {
        for (const value& argument : a) {
            const auto& more = list_of(name, argument);
            out.insert(out.end(), more.begin(), more.end());
        }
    } else if (name == "reverse") {
        for (auto element = array.end(); element != array.begin();) out.push_back(*--element);
    } else if (name == "uniq" || name == "compact" || name == "without") {
        const boost::json::array omitted(a.begin() + 1, a.end());
        if (name == "uniq" && array.size() > 10'000)
            throw ExpressionError("uniq of so long a list takes too many steps");
        for (const value& element : array)
            if (name == "uniq"      ? !contains(out, element)
                : name == "compact" ? !empty(element)
                                    : !contains(omitted, element))
                out.push_back(element);
    } else {  // sortAlpha
        for (const value& element : array) out.push_back(to_value(format_value(element)));
        std::sort(out.begin(), out.end(), [](const value& x, const value& y) { return less(x, y); });
    }
    return out;
}

value until(const std::string& name, Arguments& a) {
    std::int64_t from = 0;
    std::int64_t to = whole(a[0]);
    std::int64_t step = to < 0 ? -1 : 1;
    if (name == "untilStep") {
        from = to;
        to = whole(a[1]);
        step = whole(a[2]);
    }
    boost::json::array out;
    if (step == 0 || (to < from) != (step < 0)) return out;
    while (step > 0 ? from < to : from > to) {
        check_size(out.size() + 1);
        out.push_back(from);
        if (__builtin_add_overflow(from, step, &from)) break;
    }
    return out;
}

value maps(const std::string& name, Arguments& a) {
    if (name == "dict") {
        boost::json::object out;
        for (std::size_t i = 0; i < a.size(); i += 2)
            out[format_value(a[i])] = i + 1 < a.size() ? a[i + 1] : to_value("");
        return out;
    }
    const auto* object = a[0].if_object();
    if (object == nullptr)
        throw ExpressionError("reflect: Call using " + std::string(type_name(a[0])) +
                              " as type map[string]interface {}");
    if (name == "get" || name == "hasKey") {
        const value* found = object->if_contains(text(a[1]));
        return name == "hasKey" ? value(found != nullptr) : found == nullptr ? to_value("") : *found;
    }
    boost::json::array keys;
    for (const auto& entry : *object) keys.push_back(value(entry.key()));
    std::sort(keys.begin(), keys.end(), [](const value& x, const value& y) { return less(x, y); });
    return keys;
}

value json(const std::string& name, Arguments& a) {
    if (name == "fromJson" || name == "mustFromJson") {
        try {
            return read_json(text(a[0]));
        } catch (const ExpressionError&) {
            if (name == "mustFromJson") throw;
            return nullptr;
        }
    }
    return to_value(write_json(a[0], name == "toPrettyJson" ? "  " : ""));
}

value encodings(const std::string& name, Arguments& a) {
    if (name == "b64enc") return to_value(base64(text(a[0])));
    try {
        return to_value(from_base64(text(a[0])));
    } catch (const ExpressionError& error) {
        return to_value(error.what());  // sic: sprig gives the error as the text
    }
}

value regexes(const std::string& name, Arguments& a) {
    const std::string_view pattern = text(a[0]);
    const std::string_view from = text(a[1]);
    if (name == "regexMatch") {
        try {
            return Regex(pattern).matches(from);
        } catch (const ExpressionError&) {
            return false;  // sic
        }
    }
    const Regex regex = [&] {
        try {
            return Regex(pattern);
        } catch (const ExpressionError& error) {
            throw ExpressionError("regexp: Compile(`" + std::string(pattern) + "`): " + error.what());
        }
    }();
    if (name == "regexFind") {
        const auto found = find_all(regex, from, 1);
        return found.empty() ? to_value("") : to_value(found.front());
    }
    if (name == "regexFindAll") {
        const auto found = find_all(regex, from, whole(a[2]));
        return found.empty() ? value() : to_value(found);
    }
    if (name == "regexSplit") {
        const auto found = split_all(regex, from, whole(a[2]));
        return found.empty() ? value() : to_value(found);
    }
    return to_value(replace_all(regex, from, text(a[2]), name == "regexReplaceAllLiteral"));
}

const std::unordered_map<std::string_view, Entry>& table() {
    static const std::unordered_map<std::string_view, Entry> known{
        {"trim", {1, 1, texts}},
        {"upper", {1, 1, texts}},
        {"lower", {1, 1, texts}},
        {"title", {1, 1, texts}},
        {"nospace", {1, 1, texts}},
        {"trimAll", {2, 2, texts}},
        {"trimall", {2, 2, texts}},
        {"trimPrefix", {2, 2, texts}},
        {"trimSuffix", {2, 2, texts}},
        {"contains", {2, 2, texts}},
        {"hasPrefix", {2, 2, texts}},
        {"hasSuffix", {2, 2, texts}},
        {"replace", {3, 3, texts}},
        {"splitList", {2, 2, texts}},
        {"split", {2, 2, texts}},
        {"repeat", {2, 2, cut}},
        {"indent", {2, 2, cut}},
        {"nindent", {2, 2, cut}},
        {"trunc", {2, 2, cut}},
        {"substr", {3, 3, cut}},
        {"quote", {0, -1, shown}},
        {"squote", {0, -1, shown}},
        {"cat", {0, -1, shown}},
        {"toString", {1, 1, shown}},
        {"int", {1, 1, numbers}},
        {"int64", {1, 1, numbers}},
        {"atoi", {1, 1, numbers}},
        {"add", {0, -1, numbers}},
        {"add1", {1, 1, numbers}},
        {"sub", {2, 2, numbers}},
        {"mul", {1, -1, numbers}},
        {"div", {2, 2, numbers}},
        {"mod", {2, 2, numbers}},
        {"max", {1, -1, numbers}},
        {"biggest", {1, -1, numbers}},
        {"min", {1, -1, numbers}},
        {"floor", {1, 1, floats}},
        {"ceil", {1, 1, floats}},
        {"float64", {1, 1, floats}},
        {"round", {2, 2, floats}},
        {"default", {1, -1, logic}},
        {"empty", {1, 1, logic}},
        {"ternary", {3, 3, logic}},
        {"coalesce", {0, -1, logic}},
        {"all", {0, -1, logic}},
        {"any", {0, -1, logic}},
        {"list", {0, -1, lists}},
        {"tuple", {0, -1, lists}},
        {"join", {2, 2, lists}},
        {"has", {2, 2, lists}},
        {"first", {1, 1, lists}},
        {"last", {1, 1, lists}},
        {"rest", {1, 1, lists}},
        {"initial", {1, 1, lists}},
        {"append", {2, 2, lists}},
        {"push", {2, 2, lists}},
        {"prepend", {2, 2, lists}},
        {"concat", {1, -1, lists}},
        {"reverse", {1, 1, lists}},
        {"uniq", {1, 1, lists}},
        {"compact", {1, 1, lists}},
        {"without", {1, -1, lists}},
        {"sortAlpha", {1, 1, lists}},
        {"until", {1, 1, until}},
        {"untilStep", {3, 3, until}},
        {"dict", {0, -1, maps}},
        {"get", {2, 2, maps}},
        {"hasKey", {2, 2, maps}},
        {"keys", {1, 1, maps}},
        {"toJson", {1, 1, json}},
        {"toPrettyJson", {1, 1, json}},
        {"fromJson", {1, 1, json}},
        {"mustFromJson", {1, 1, json}},
        {"mustToJson", {1, 1, json}},
        {"b64enc", {1, 1, encodings}},
        {"b64dec", {1, 1, encodings}},
        {"regexMatch", {2, 2, regexes}},
        {"regexFind", {2, 2, regexes}},
        {"regexFindAll", {3, 3, regexes}},
        {"regexSplit", {3, 3, regexes}},
        {"regexReplaceAll", {3, 3, regexes}},
        {"regexReplaceAllLiteral", {3, 3, regexes}},
    };
    return known;
}

}  // namespace

value call_sprig(const std::string& name, Arguments& arguments) {
    const auto found = table().find(name);
    if (found == table().end())
        throw ExpressionError("sprig." + name + " is not supported by the embedded engine");
    const auto [least, most, function] = found->second;
    const auto count = static_cast<int>(arguments.size());
    if (count < least || (most >= 0 && count > most))
        throw ExpressionError("invalid number of arguments: expected " +
                              std::string(most < 0 ? "at least " : "") + std::to_string(least) + ", got " +
                              std::to_string(count));
    return function(name, arguments);
}

}  // namespace tiphys::expression::expr
