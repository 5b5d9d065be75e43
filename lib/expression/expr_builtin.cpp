// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/jsonpath.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <list>
#include <unordered_map>

#include "expr_ast.hpp"
#include "expr_text.hpp"

namespace tiphys::expression::expr {

using boost::json::value;

namespace {

constexpr std::array<std::string_view, 15> predicate_names{
    "all",  "none",      "any",      "one",           "filter",  "map",    "count", "sum",
    "find", "findIndex", "findLast", "findLastIndex", "groupBy", "sortBy", "reduce"};

[[noreturn]] void misfit(const value& left, std::string_view symbol, const value& right) {
    throw ExpressionError("invalid operation: " + std::string(type_name(left)) + ' ' + std::string(symbol) +
                          ' ' + std::string(type_name(right)));
}

std::string conversion(const value& found, std::string_view wanted) {
    return "interface conversion: interface {} is " +
           std::string(found.is_null() ? "nil" : type_name(found)) + ", not " + std::string(wanted);
}

}  // namespace

bool is_predicate_builtin(std::string_view name) {
    return std::find(predicate_names.begin(), predicate_names.end(), name) != predicate_names.end();
}

bool is_argo_function(std::string_view name) {
    return name == "asInt" || name == "asFloat" || name == "jsonpath" || name == "toJson" || name == "sprig";
}

bool equal(const value& left, const value& right) {
    if (left.is_int64() && right.is_int64()) return left.get_int64() == right.get_int64();
    const bool numbers = (left.is_int64() || left.is_double()) && (right.is_int64() || right.is_double());
    if (numbers) return to_float(left) == to_float(right);
    if (left.is_array() && right.is_array()) {
        const auto& a = left.get_array();
        const auto& b = right.get_array();
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal);
    }
    return left == right;
}

bool less(const value& left, const value& right, std::string_view symbol) {
    if (left.is_int64() && right.is_int64()) return left.get_int64() < right.get_int64();
    if ((left.is_int64() || left.is_double()) && (right.is_int64() || right.is_double()))
        return to_float(left) < to_float(right);
    if (left.is_string() && right.is_string()) return left.get_string() < right.get_string();
    misfit(left, symbol, right);
}

value add(const value& left, const value& right) {
    if (left.is_string() && right.is_string()) {
        boost::json::string out = left.get_string();
        out.append(right.get_string());
        return out;
    }
    const bool numbers = (left.is_int64() || left.is_double()) && (right.is_int64() || right.is_double());
    if (!numbers) misfit(left, "+", right);
    if (left.is_int64() && right.is_int64())
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(left.get_int64()) +
                                         static_cast<std::uint64_t>(right.get_int64()));
    return to_float(left) + to_float(right);
}

std::int64_t truncate(double number) {
    constexpr double bound = 9223372036854775808.0;
    return number >= -bound && number < bound ? static_cast<std::int64_t>(number) : INT64_MIN;
}

std::int64_t to_int(const value& found) {
    if (found.is_int64()) return found.get_int64();
    if (found.is_double()) return truncate(found.get_double());
    throw ExpressionError("invalid operation: int(" + std::string(type_name(found)) + ')');
}

double to_float(const value& found) {
    if (found.is_int64()) return static_cast<double>(found.get_int64());
    if (found.is_double()) return found.get_double();
    throw ExpressionError("invalid operation: float(" + std::string(type_name(found)) + ')');
}

const boost::json::string& to_text(const value& found) {
    if (const auto* text = found.if_string()) return *text;
    throw ExpressionError(conversion(found, "string"));
}

const boost::json::array& to_array(const value& found) {
    if (const auto* array = found.if_array()) return *array;
    throw ExpressionError(conversion(found, "[]interface {}"));
}

namespace {

using Function = value (*)(const std::string& name, Arguments& arguments);
struct Builtin {
    int least, most;  // most < 0: no bound
    Function function;
};

std::string_view kind_name(const value& found) {
    if (found.is_null()) return "invalid";
    if (found.is_array()) return "slice";
    return found.is_object() ? "map" : type_name(found);
}

const boost::json::array& list_of(const std::string& verb, const value& found) {
    if (const auto* array = found.if_array()) return *array;
    throw ExpressionError("cannot " + verb + ' ' + std::string(kind_name(found)));
}

const boost::json::object& map_of(const std::string& verb, const value& found) {
    if (const auto* object = found.if_object()) return *object;
    throw ExpressionError("cannot " + verb + ' ' + std::string(kind_name(found)));
}

/// Keys in order: Go's maps have none, so any will do, but it must not change from run to run.
std::vector<std::string_view> sorted_keys(const boost::json::object& object) {
    std::vector<std::string_view> keys;
    for (const auto& entry : object) keys.emplace_back(entry.key());
    std::sort(keys.begin(), keys.end());
    return keys;
}

value parse_whole(const value& found) {
    if (!found.is_string()) return to_int(found);
    if (const auto number = parse_int(found.get_string())) return *number;
    throw ExpressionError("invalid operation: int(" + format_value(found) + ')');
}

value parse_number(const value& found) {
    if (!found.is_string()) return to_float(found);
    if (const auto number = parse_float(found.get_string())) return *number;
    throw ExpressionError("invalid operation: float(" + format_value(found) + ')');
}

void collect(const std::string& name, const value& found, std::vector<value>& numbers) {
    if (found.is_int64() || found.is_double()) {
        numbers.push_back(found);
    } else if (const auto* array = found.if_array()) {
        for (const value& element : *array) collect(name, element, numbers);
    } else {
        throw ExpressionError("invalid argument for " + name + " (type " + std::string(type_name(found)) +
                              ')');
    }
}

value aggregate(const std::string& name, Arguments& arguments) {
    std::vector<value> numbers;
    const bool plain = arguments.size() == 1 && !arguments[0].is_array();
    if (plain && (name == "max" || name == "min")) return arguments[0];  // whatever it is
    for (const value& argument : arguments) collect(name, argument, numbers);
    if (name == "max" || name == "min") {
        if (numbers.empty()) return nullptr;
        value best = numbers.front();
        for (const value& number : numbers)
            if (name == "max" ? less(best, number) : less(number, best)) best = number;
        return best;
    }
    if (numbers.empty()) return 0.0;
    std::vector<double> sorted;
    for (const value& number : numbers) sorted.push_back(to_float(number));
    if (name == "mean") {
        double sum = 0;
        for (const double number : sorted) sum += number;
        return sum / static_cast<double>(sorted.size());
    }
    std::sort(sorted.begin(), sorted.end(),
              [](double x, double y) { return x < y || (std::isnan(x) && !std::isnan(y)); });
    const std::size_t half = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

value rounded(const std::string& name, Arguments& a) {
    if (!a[0].is_int64() && !a[0].is_double())
        throw ExpressionError("invalid argument for " + name + " (type " + std::string(type_name(a[0])) +
                              ')');
    if (name == "abs" && a[0].is_int64())
        return a[0].get_int64() < 0
                   ? static_cast<std::int64_t>(~static_cast<std::uint64_t>(a[0].get_int64()) + 1)
                   : a[0].get_int64();
    const double number = to_float(a[0]);
    return name == "ceil"    ? std::ceil(number)
           : name == "floor" ? std::floor(number)
           : name == "round" ? std::round(number)
                             : std::abs(number);
}

value bits(const std::string& name, Arguments& a) {
    for (const value& argument : a)
        if (!argument.is_int64())
            throw ExpressionError("cannot use " + std::string(type_name(argument)) +
                                  " as argument (type int) to call " + name);
    const std::int64_t x = a[0].get_int64();
    if (name == "bitnot") return ~x;
    const std::int64_t y = a[1].get_int64();
    if (name == "bitand") return x & y;
    if (name == "bitor") return x | y;
    if (name == "bitxor") return x ^ y;
    if (name == "bitnand") return x & ~y;
    if (y < 0)
        throw ExpressionError("invalid operation: negative shift count " + std::to_string(y) + " (type int)");
    const auto bits = static_cast<std::uint64_t>(x);
    if (name == "bitshl")
        return y > 63 ? std::int64_t{0} : static_cast<std::int64_t>(bits << static_cast<std::uint64_t>(y));
    if (name == "bitshr") return x >> std::min<std::int64_t>(y, 63);
    return y > 63 ? std::int64_t{0} : static_cast<std::int64_t>(bits >> static_cast<std::uint64_t>(y));
}

value sorted(const std::string&, Arguments& a) {
    boost::json::array out = to_array(a[0]);
    bool down = false;
    if (a.size() > 1) {
        const std::string_view order = to_text(a[1]);
        down = order == "desc";
        if (!down && order != "asc")
            throw ExpressionError("invalid order " + std::string(order) + ", expected asc or desc");
    }
    // A list's merge sort survives NaN and other values that have no order; std::sort would not.
    std::list<value> ordered(out.begin(), out.end());
    ordered.sort([&](const value& x, const value& y) { return down ? less(y, x) : less(x, y); });
    return boost::json::array(ordered.begin(), ordered.end());
}

void flatten(const boost::json::array& array, boost::json::array& out) {
    for (const value& element : array) {
        if (const auto* inner = element.if_array())
            flatten(*inner, out);
        else
            out.push_back(element);
    }
}

value get(const value& from, const value& key) {
    if (const auto* object = from.if_object()) {
        const value* found = key.is_string() ? object->if_contains(key.get_string()) : nullptr;
        return found == nullptr ? value() : *found;
    }
    if (from.is_array() || from.is_string()) {
        std::int64_t index = to_int(key);
        const auto size =
            static_cast<std::int64_t>(from.is_array() ? from.get_array().size() : from.get_string().size());
        index += index < 0 ? size : 0;
        if (index < 0 || index >= size) return nullptr;
        const auto at = static_cast<std::size_t>(index);
        return from.is_array()
                   ? from.get_array()[at]
                   : value(static_cast<std::int64_t>(static_cast<unsigned char>(from.get_string()[at])));
    }
    return nullptr;
}

value pairs(const std::string& name, Arguments& a) {
    if (name == "toPairs") {
        const auto& object = map_of("transform", a[0]);
        boost::json::array out;
        for (const std::string_view key : sorted_keys(object))
            out.push_back(boost::json::array{value(key), object.at(key)});
        return out;
    }
    boost::json::object out;
    for (const value& pair : list_of("transform", a[0])) {
        const auto* two = pair.if_array();
        if (two == nullptr) throw ExpressionError("invalid pair " + format_value(pair));
        if (two->size() != 2) throw ExpressionError("invalid pair length " + format_value(pair));
        out[format_value((*two)[0])] = (*two)[1];
    }
    return out;
}

value type_of(const value& found) {
    if (found.is_null()) return "nil";
    if (found.is_double()) return "float";
    return found.is_array() ? "array" : found.is_object() ? "map" : value(type_name(found));
}

value length(const value& found) {
    std::size_t size = 0;
    if (const auto* text = found.if_string())
        size = count_runes(*text);
    else if (const auto* array = found.if_array())
        size = array->size();
    else if (const auto* object = found.if_object())
        size = object->size();
    else
        throw ExpressionError("invalid argument for len (type " + std::string(type_name(found)) + ')');
    return static_cast<std::int64_t>(size);
}

value text_function(const std::string& name, Arguments& a) {
    const std::string_view text = to_text(a[0]);
    const auto second = [&]() -> std::string_view { return to_text(a[1]); };
    if (name == "trim") return a.size() > 1 ? to_value(trim(text, second())) : to_value(trim_space(text));
    if (name == "upper") return to_value(to_upper(text));
    if (name == "lower") return to_value(to_lower(text));
    if (name == "trimPrefix" || name == "trimSuffix") {
        const std::string_view part = a.size() > 1 ? second() : " ";
        if (name == "trimPrefix") return to_value(text.starts_with(part) ? text.substr(part.size()) : text);
        return to_value(text.ends_with(part) ? text.substr(0, text.size() - part.size()) : text);
    }
    if ((name == "split" || name == "splitAfter") && a.size() > 2 && to_int(a[2]) == 0) return nullptr;
    if (name == "split" || name == "splitAfter")
        return to_value(split(text, second(), a.size() > 2 ? to_int(a[2]) : -1, name == "splitAfter"));
    if (name == "replace")
        return to_value(replace(text, second(), to_text(a[2]), a.size() > 3 ? to_int(a[3]) : -1));
    if (name == "repeat") {
        const std::int64_t count = to_int(a[1]);
        if (count < 0)
            throw ExpressionError("invalid argument for repeat (expected positive integer, got " +
                                  std::to_string(count) + ')');
        if (count > 1'000'000 || static_cast<std::uint64_t>(count) * text.size() >= 1'000'000)
            throw ExpressionError("memory budget exceeded");
        std::string out;
        for (std::int64_t i = 0; i < count; ++i) out += text;
        return to_value(out);
    }
    if (name == "indexOf" || name == "lastIndexOf") {
        const auto at = name == "indexOf" ? text.find(second()) : text.rfind(second());
        return at == std::string_view::npos ? std::int64_t{-1} : static_cast<std::int64_t>(at);
    }
    if (name == "hasPrefix") return text.starts_with(second());
    if (name == "hasSuffix") return text.ends_with(second());
    if (name == "fromJSON") return read_json(text);
    return to_value(name == "toBase64" ? base64(text) : from_base64(text));
}

value join(const std::string&, Arguments& a) {
    const auto* array = a[0].if_array();
    if (array == nullptr)
        throw ExpressionError("invalid argument for join (type " + std::string(type_name(a[0])) + ')');
    const std::string_view glue = a.size() > 1 ? std::string_view(to_text(a[1])) : "";
    std::string out;
    for (std::size_t i = 0; i < array->size(); ++i) {
        out += i > 0 ? glue : "";
        out += to_text((*array)[i]);
    }
    return to_value(out);
}

value list_function(const std::string& name, Arguments& a) {
    if (name == "first" || name == "last")
        return get(a[0], name == "first" ? std::int64_t{0} : std::int64_t{-1});
    if (name == "concat" || name == "flatten") {
        boost::json::array out;
        for (const value& argument : a) {
            const auto& array = list_of(name, argument);
            if (name == "flatten")
                flatten(array, out);
            else
                out.insert(out.end(), array.begin(), array.end());
        }
        return out;
    }
    const auto& array = list_of(name == "take" ? "take from" : name, a[0]);
    if (name == "take") {
        if (!a[1].is_int64())
            throw ExpressionError("cannot take " + std::string(type_name(a[1])) + " elements");
        const std::int64_t count = a[1].get_int64();
        if (count < 0) throw ExpressionError("reflect.Value.Slice: slice index out of bounds");
        const auto size = static_cast<std::int64_t>(array.size());
        return boost::json::array(array.begin(), array.begin() + std::min(count, size));
    }
    boost::json::array out;
    if (name == "reverse") {
        for (auto element = array.end(); element != array.begin();) out.push_back(*--element);
        return out;
    }
    std::size_t compared = 0;
    for (const value& element : array) {  // uniq
        compared += out.size();
        if (compared > 50'000'000) throw ExpressionError("uniq of so long a list takes too many steps");
        if (std::none_of(out.begin(), out.end(), [&](const value& known) { return equal(element, known); }))
            out.push_back(element);
    }
    return out;
}

value map_function(const std::string& name, Arguments& a) {
    const auto& object = map_of("get " + name + " from", a[0]);
    boost::json::array out;
    for (const std::string_view key : sorted_keys(object))
        out.push_back(name == "keys" ? value(key) : object.at(key));
    return out;
}

value no_dates(const std::string& name, Arguments&) {
    throw ExpressionError(
        name +
        "() is not supported by the embedded engine, which has no dates; pass the time as a "
        "parameter, or as {{workflow.creationTimestamp}}");
}

value argo_jsonpath(const std::string&, Arguments& a) { return jsonpath(to_text(a[0]), to_text(a[1])); }

const std::unordered_map<std::string_view, Builtin>& builtins() {
    static const std::unordered_map<std::string_view, Builtin> table{
        {"len", {1, 1, [](const std::string&, Arguments& a) { return length(a[0]); }}},
        {"type", {1, 1, [](const std::string&, Arguments& a) { return type_of(a[0]); }}},
        {"abs", {1, 1, rounded}},
        {"ceil", {1, 1, rounded}},
        {"floor", {1, 1, rounded}},
        {"round", {1, 1, rounded}},
        {"int", {1, 1, [](const std::string&, Arguments& a) { return parse_whole(a[0]); }}},
        {"float", {1, 1, [](const std::string&, Arguments& a) { return parse_number(a[0]); }}},
        {"string", {1, 1, [](const std::string&, Arguments& a) { return to_value(format_value(a[0])); }}},
        {"trim", {1, 2, text_function}},
        {"trimPrefix", {1, 2, text_function}},
        {"trimSuffix", {1, 2, text_function}},
        {"upper", {1, 1, text_function}},
        {"lower", {1, 1, text_function}},
        {"split", {2, 3, text_function}},
        {"splitAfter", {2, 3, text_function}},
        {"replace", {3, 4, text_function}},
        {"repeat", {2, 2, text_function}},
        {"join", {1, 2, join}},
        {"indexOf", {2, 2, text_function}},
        {"lastIndexOf", {2, 2, text_function}},
        {"hasPrefix", {2, 2, text_function}},
        {"hasSuffix", {2, 2, text_function}},
        {"max", {1, -1, aggregate}},
        {"min", {1, -1, aggregate}},
        {"mean", {1, -1, aggregate}},
        {"median", {1, -1, aggregate}},
        {"toJSON", {1, 1, [](const std::string&, Arguments& a) { return to_value(write_json(a[0], "  ")); }}},
        {"fromJSON", {1, 1, text_function}},
        {"toBase64", {1, 1, text_function}},
        {"fromBase64", {1, 1, text_function}},
        {"now", {0, 1, no_dates}},
        {"duration", {1, 1, no_dates}},
        {"date", {1, 3, no_dates}},
        {"timezone", {1, 1, no_dates}},
        {"first", {1, 1, list_function}},
        {"last", {1, 1, list_function}},
        {"get", {2, 2, [](const std::string&, Arguments& a) { return get(a[0], a[1]); }}},
        {"take", {2, 2, list_function}},
        {"keys", {1, 1, map_function}},
        {"values", {1, 1, map_function}},
        {"toPairs", {1, 1, pairs}},
        {"fromPairs", {1, 1, pairs}},
        {"reverse", {1, 1, list_function}},
        {"uniq", {1, 1, list_function}},
        {"concat", {1, -1, list_function}},
        {"flatten", {1, 1, list_function}},
        {"sort", {1, 2, sorted}},
        {"bitand", {2, 2, bits}},
        {"bitor", {2, 2, bits}},
        {"bitxor", {2, 2, bits}},
        {"bitnand", {2, 2, bits}},
        {"bitshl", {2, 2, bits}},
        {"bitshr", {2, 2, bits}},
        {"bitushr", {2, 2, bits}},
        {"bitnot", {1, 1, bits}},
        {"asInt", {1, 1, [](const std::string&, Arguments& a) { return parse_whole(a[0]); }}},
        {"asFloat", {1, 1, [](const std::string&, Arguments& a) { return parse_number(a[0]); }}},
        {"toJson", {1, 1, [](const std::string&, Arguments& a) { return to_value(write_json(a[0])); }}},
        {"jsonpath", {2, 2, argo_jsonpath}},
    };
    return table;
}

}  // namespace

bool is_builtin(std::string_view name) {
    return is_predicate_builtin(name) || (builtins().contains(name) && !is_argo_function(name));
}

value call_builtin(const std::string& name, Arguments& arguments) {
    const Builtin& builtin = builtins().at(name);
    const auto count = static_cast<int>(arguments.size());
    if (count < builtin.least) throw ExpressionError("not enough arguments to call " + name);
    if (builtin.most >= 0 && count > builtin.most)
        throw ExpressionError("too many arguments to call " + name);
    return builtin.function(name, arguments);
}

}  // namespace tiphys::expression::expr
