// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <cmath>

#include "jsonpath_token.hpp"

namespace tiphys::expression {
namespace path {

using boost::json::value;

std::optional<std::int64_t> whole(const value& found) {
    if (found.is_int64()) return found.get_int64();
    if (found.is_double() && std::trunc(found.get_double()) == found.get_double() &&
        std::abs(found.get_double()) < 9e18)
        return static_cast<std::int64_t>(found.get_double());
    return std::nullopt;
}

std::string kind_of(const value& found) {
    switch (found.kind()) {
        case boost::json::kind::null: return "nil";
        case boost::json::kind::array: return "slice";
        case boost::json::kind::object: return "map";
        case boost::json::kind::string: return "string";
        case boost::json::kind::bool_: return "bool";
        case boost::json::kind::double_: return "float64";
        default: return "int64";
    }
}

namespace {

[[noreturn]] void wrong_target(std::string_view token, std::string_view wanted, const value& found) {
    throw ExpressionError(std::string(token) + ": invalid token target. expected [" + std::string(wanted) +
                          "] got [" + kind_of(found) + ']');
}

std::vector<std::string_view> sorted_keys(const boost::json::object& object) {
    std::vector<std::string_view> keys;
    for (const auto& entry : object) keys.emplace_back(entry.key());
    std::sort(keys.begin(), keys.end());
    return keys;
}

/// Calls `use` with each element of a list, or of a map in the order of its keys.
template <class Use>
void each_element(const value& of, Use use) {
    if (const auto* array = of.if_array()) {
        for (const value& element : *array) use(element);
    } else if (const auto* object = of.if_object()) {
        for (const std::string_view key : sorted_keys(*object)) use(object->at(key));
    }
}

struct Query {
    const Tokens& tokens;
    const value& root;
    Budget& budget;

    value go_on(std::size_t at, const value& current) const {
        return at + 1 < tokens.size() ? apply(tokens, at + 1, root, current, budget) : current;
    }
    [[nodiscard]] bool last(std::size_t at) const { return at + 1 >= tokens.size(); }
    /// The rest of the path on one element; what fails there, or gives nil, is left out.
    void collect(std::size_t at, const value& element, boost::json::array& out) const {
        if (last(at)) {
            out.push_back(element);
            return;
        }
        value found;
        try {
            found = apply(tokens, at + 1, root, element, budget);
        } catch (const ExpressionError&) {
            if (budget.visits > 1'000'000) throw;
            return;
        }
        if (!found.is_null()) out.push_back(std::move(found));
    }
    /// Unions and slices: an index that follows picks from the result, anything else from each element.
    value gather(std::size_t at, const std::vector<const value*>& elements) const {
        const bool each = !last(at) && tokens[at + 1].kind != Kind::index;
        boost::json::array out;
        for (const value* element : elements) {
            if (each)
                collect(at, *element, out);
            else
                out.push_back(*element);
        }
        return each || last(at) ? value(std::move(out)) : go_on(at, value(std::move(out)));
    }

    value key(std::size_t at, std::string_view name, const value& current) const {
        const auto* object = current.if_object();
        if (object == nullptr) wrong_target("key", "map", current);
        const value* found = object->if_contains(name);
        if (found == nullptr)
            throw ExpressionError("key: invalid token key '" + std::string(name) + "' not found");
        return go_on(at, *found);
    }

    value index(std::size_t at, std::int64_t number, const value& current) const {
        const auto* array = current.if_array();
        if (array == nullptr) wrong_target("index", "array slice", current);
        const auto size = static_cast<std::int64_t>(array->size());
        number += number < 0 ? size : 0;
        if (number < 0 || number >= size) throw ExpressionError("index: invalid token out of range");
        return go_on(at, (*array)[static_cast<std::size_t>(number)]);
    }

    value length(std::size_t at, const value& current) const {
        if (const auto* object = current.if_object()) {
            if (const value* found = object->if_contains("length")) return go_on(at, *found);
            return go_on(at, static_cast<std::int64_t>(object->size()));
        }
        if (const auto* array = current.if_array())
            return go_on(at, static_cast<std::int64_t>(array->size()));
        if (const auto* text = current.if_string()) return go_on(at, static_cast<std::int64_t>(text->size()));
        wrong_target("length", "array map slice string", current);
    }

    void descend(std::size_t at, const value& current, boost::json::array& out) const {
        if (current.is_null()) return;
        budget.spend();
        if (last(at)) {
            out.push_back(current);
        } else {
            value found;
            try {
                found = apply(tokens, at + 1, root, current, budget);
            } catch (const ExpressionError&) {
                if (budget.visits > 1'000'000) throw;
            }
            if (const auto* array = found.if_array()) {
                budget.spend(array->size());
                out.insert(out.end(), array->begin(), array->end());
            } else if (!found.is_null()) {
                out.push_back(std::move(found));
            }
        }
        each_element(current, [&](const value& element) { descend(at, element, out); });
    }

    [[nodiscard]] value argument(const Argument& from, const value& current) const {
        if (const auto* number = std::get_if<std::int64_t>(&from)) return *number;
        if (const auto* text = std::get_if<std::string>(&from)) return boost::json::string(*text);
        if (const auto* formula = std::get_if<std::shared_ptr<const Formula>>(&from))
            return evaluate(**formula, root, current, budget);
        return nullptr;
    }

    value unite(std::size_t at, const value& current) const {
        std::vector<std::string> keys;
        std::vector<std::int64_t> numbers;
        for (const Argument& one : tokens[at].arguments) {
            const value found = argument(one, current);
            if (const auto* text = found.if_string())
                keys.emplace_back(*text);
            else if (const auto number = whole(found))
                numbers.push_back(*number);
            else
                throw ExpressionError("union: invalid token argument. expected [int string] got [" +
                                      kind_of(found) + ']');
            if (!keys.empty() && !numbers.empty())
                throw ExpressionError(found.is_string()
                                          ? "union: invalid token argument. expected [int] got [string]"
                                          : "union: invalid token argument. expected [string] got [int]");
        }
        std::vector<const value*> elements;
        if (!keys.empty()) {
            const auto* object = current.if_object();
            if (object == nullptr) wrong_target("union", "map", current);
            for (const std::string& name : keys)
                if (const value* found = object->if_contains(name)) elements.push_back(found);
        } else {
            const auto* array = current.if_array();
            if (array == nullptr) wrong_target("union", "array slice", current);
            const auto size = static_cast<std::int64_t>(array->size());
            for (std::int64_t number : numbers) {
                number += number < 0 ? size : 0;
                if (number >= 0 && number < size)
                    elements.push_back(&(*array)[static_cast<std::size_t>(number)]);
            }
        }
        return gather(at, elements);
    }

    value slice(std::size_t at, const value& current) const {
        const auto* array = current.if_array();
        if (array == nullptr) wrong_target("range", "array slice", current);
        const auto size = static_cast<std::int64_t>(array->size());
        const auto number = [&](std::size_t which, std::int64_t otherwise) {
            const Argument& from = tokens[at].arguments[which];
            if (std::holds_alternative<std::monostate>(from)) return otherwise;
            const value found = argument(from, current);
            if (const auto known = whole(found)) return *known;
            throw ExpressionError("range: invalid token unexpected expression result. expected [int] got [" +
                                  kind_of(found) + ']');
        };
        const auto bound = [&](std::int64_t place) {
            return std::clamp<std::int64_t>(place < 0 ? place + size : place, 0, size);
        };
        const std::int64_t from = bound(number(0, 0));
        const std::int64_t to = bound(number(1, size));
        const std::int64_t step = number(2, 1);
        if (step == 0) throw ExpressionError("range: invalid token out of range");
        std::vector<const value*> elements;
        for (std::int64_t i = step > 0 ? from : to - 1; step > 0 ? i < to : i >= from;) {
            elements.push_back(&(*array)[static_cast<std::size_t>(i)]);
            if (__builtin_add_overflow(i, step, &i)) break;
        }
        return gather(at, elements);
    }

    value filter(std::size_t at, const value& current) const {
        if (!tokens[at].formula) throw ExpressionError("invalid expression. is empty");
        if (!current.is_structured()) wrong_target("filter", "array map slice", current);
        std::vector<const value*> elements;
        each_element(current, [&](const value& element) {
            budget.spend();
            value verdict;
            try {
                verdict = evaluate(*tokens[at].formula, root, element, budget);
            } catch (const ExpressionError&) {
                if (budget.visits > 1'000'000) throw;
            }
            if (counts(verdict)) elements.push_back(&element);
        });
        return gather(at, elements);
    }

    /// Whether a filter's result lets an element in.
    static bool counts(const value& verdict) {
        switch (verdict.kind()) {
            case boost::json::kind::null: return false;
            case boost::json::kind::bool_: return verdict.get_bool();
            case boost::json::kind::array: return !verdict.get_array().empty();
            case boost::json::kind::object: return !verdict.get_object().empty();
            case boost::json::kind::string: {
                const std::string_view text = verdict.get_string();
                const bool quoted = text.size() > 1 && (text.front() == '\'' || text.front() == '"') &&
                                    text.back() == text.front();
                return text.size() > (quoted ? 2U : 0U);
            }
            case boost::json::kind::double_: return verdict.get_double() != 0;
            default: return verdict.to_number<std::int64_t>() != 0;
        }
    }

    value script(std::size_t at, const value& current) const {
        value found;
        try {
            found = evaluate(*tokens[at].formula, root, current, budget);
        } catch (const ExpressionError& error) {
            throw ExpressionError(std::string("invalid expression. ") + error.what());
        }
        if (const auto* name = found.if_string()) return key(at, *name, current);
        if (const auto number = whole(found)) return index(at, *number, current);
        throw ExpressionError("unexpected expression result. expected [int string] got [" + kind_of(found) +
                              ']');
    }
};

}  // namespace

value apply(const Tokens& tokens, std::size_t at, const value& root, const value& current, Budget& budget) {
    budget.spend();
    const Query query{tokens, root, budget};
    const Token& token = tokens[at];
    switch (token.kind) {
        case Kind::root: return query.go_on(at, root);
        case Kind::current: return query.go_on(at, current);
        case Kind::wildcard: {
            if (!current.is_structured()) wrong_target("wildcard", "array map slice", current);
            boost::json::array out;
            each_element(current, [&](const value& element) { query.collect(at, element, out); });
            return out;
        }
        case Kind::recursive: {
            boost::json::array out;
            query.descend(at, current, out);
            return out;
        }
        case Kind::length: return query.length(at, current);
        case Kind::key: return query.key(at, token.key, current);
        case Kind::index: return query.index(at, token.index, current);
        case Kind::range: return query.slice(at, current);
        case Kind::set: return query.unite(at, current);
        case Kind::filter: return query.filter(at, current);
        case Kind::script: return query.script(at, current);
        case Kind::formula: break;
    }
    return nullptr;
}

}  // namespace path

boost::json::value jsonpath(std::string_view document, std::string_view selector) {
    const boost::json::value root = read_json(document);
    const auto fail = [&](std::string_view why) {
        return ExpressionError("invalid JSONPath selector '" + std::string(selector) + "' " +
                               std::string(why));
    };
    if (selector.size() > (1U << 16U)) throw ExpressionError("the JSONPath is longer than 65536 bytes");
    path::Tokens tokens;
    try {
        tokens = path::compile(selector, 0);
    } catch (const ExpressionError& error) {
        throw fail(error.what());
    }
    if (tokens.size() > 1000) throw ExpressionError("the JSONPath has more than 1000 steps");
    path::Budget budget;
    return path::apply(tokens, 0, root, root, budget);
}

}  // namespace tiphys::expression
