// SPDX-License-Identifier: Apache-2.0
#include "substitution.hpp"

#include <tiphys/expression/go_text.hpp>

#include <boost/json/string.hpp>

#include "expressions.hpp"

namespace tiphys::local::engine {
namespace {

Mode mode(Unresolved unresolved) {
    switch (unresolved) {
        case Unresolved::allowed: return Mode::lenient();
        case Unresolved::references: return Mode::strict_prefixes({"steps", "tasks"});
        case Unresolved::none: break;
    }
    return Mode::strict();
}

}  // namespace

local::Scope flat(const Scope& scope) {
    local::Scope made;
    scope.each([&](std::string_view name, const Value& value) {
        if (value)
            made.set(name, *value);
        else
            made.set_absent(name);
    });
    return made;
}

std::string replace(std::string_view json, const Scope& scope, Unresolved unresolved) {
    const local::Scope variables = flat(scope);
    const Mode wanted = mode(unresolved);
    std::string out;
    out.reserve(json.size());
    // Strings without a tag, and all else, stay byte for byte: numbers keep the form in which they were
    // written.
    while (!json.empty()) {
        const std::size_t begin = json.find('"');
        out += json.substr(0, begin);
        if (begin == std::string_view::npos) break;
        std::size_t end = begin + 1;
        while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
        const std::string_view literal = json.substr(begin, end + 1 - begin);
        if (has_tag(literal)) {
            const boost::json::value text = read_json(literal);
            out += write_json(
                boost::json::string(substitute(std::string_view(text.as_string()), variables, wanted)));
        } else
            out += literal;
        json.remove_prefix(std::min(end + 1, json.size()));
    }
    return out;
}

std::string replace_text(std::string_view text, const Scope& scope, Unresolved unresolved) {
    return substitute(text, flat(scope), mode(unresolved));
}

bool evaluate_bool(std::string_view expression, const Scope& scope) {
    return local::evaluate_bool(expression, flat(scope).environment());
}

}  // namespace tiphys::local::engine
