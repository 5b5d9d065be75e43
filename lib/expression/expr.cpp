// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <unordered_set>

#include "expr_ast.hpp"

namespace tiphys::expression {

Environment Environment::from_names(const boost::json::object& flat) {
    std::unordered_set<std::string_view> parents;
    for (const auto& entry : flat) {
        const std::string_view name = entry.key();
        for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1))
            parents.insert(name.substr(0, dot));
    }
    Environment out;
    for (const auto& entry : flat) {
        const std::string_view name = entry.key();
        if (parents.contains(name)) continue;
        boost::json::object* at = &out.values_;
        std::size_t begin = 0;
        for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', begin)) {
            boost::json::value& inner = (*at)[name.substr(begin, dot - begin)];
            at = inner.is_object() ? &inner.get_object() : &inner.emplace_object();
            begin = dot + 1;
        }
        (*at)[name.substr(begin)] = entry.value();
    }
    return out;
}

bool Environment::has(std::string_view path) const {
    const boost::json::object* at = &values_;
    while (true) {
        const auto dot = path.find('.');
        const boost::json::value* found = at->if_contains(path.substr(0, dot));
        if (found == nullptr) return false;
        if (dot == std::string_view::npos) return true;
        at = found->if_object();
        if (at == nullptr) return false;
        path.remove_prefix(dot + 1);
    }
}

boost::json::value evaluate_expression(std::string_view expression, const Environment& environment) {
    const expr::Tree tree = expr::parse(expression, environment);
    expr::check(expression, *tree, environment);
    return expr::evaluate(expression, *tree, environment);
}

bool evaluate_bool(std::string_view expression, const Environment& environment) {
    const expr::Tree tree = expr::parse(expression, environment);
    expr::check(expression, *tree, environment);
    boost::json::value result;
    try {
        result = expr::evaluate(expression, *tree, environment);
    } catch (const ExpressionError& error) {
        throw ExpressionError("unable to evaluate expression '" + std::string(expression) +
                              "': " + error.what());
    }
    if (result.is_bool()) return result.get_bool();
    // Argo prints the value with %s, which marks what is not a text.
    std::string shown = format_value(result);
    if (result.is_null())
        shown = "%!s(<nil>)";
    else if (!result.is_string() && !result.is_structured())
        shown = "%!s(" + std::string(type_name(result)) + '=' + shown + ')';
    throw ExpressionError("unable to cast expression result '" + shown + "' to bool");
}

namespace expr {
namespace {

/// `a.b.c` of plain members on a variable; empty for anything else.
std::string member_path(const Node& node) {
    if (node.kind == Kind::identifier) return node.text;
    if (node.kind != Kind::member || node.optional || node.child(1).kind != Kind::literal ||
        !node.child(1).value.is_string())
        return {};
    const std::string base = member_path(node.child(0));
    return base.empty() ? base : base + '.' + std::string(node.child(1).value.get_string());
}

struct Names {
    std::vector<std::string> found;
    std::unordered_set<std::string> seen;
    std::unordered_set<const Node*> guarded;

    void guard_members(const Node& node) {
        if (node.kind == Kind::member) guarded.insert(&node);
        for (const Tree& child : node.children)
            if (child) guard_members(*child);
    }
    void guards(const Node& node) {
        if (node.kind == Kind::binary && node.text == "??") guard_members(node.child(0));
        if (node.kind == Kind::member && node.optional && node.child(0).kind == Kind::member)
            guarded.insert(&node.child(0));
        for (const Tree& child : node.children)
            if (child) guards(*child);
    }
    void collect(const Node& node) {
        for (const Tree& child : node.children)
            if (child) collect(*child);
        if (guarded.contains(&node) || (node.kind != Kind::identifier && node.kind != Kind::member)) return;
        std::string path = member_path(node);
        if (!path.empty() && seen.insert(path).second) found.push_back(std::move(path));
    }
};

}  // namespace
}  // namespace expr

std::vector<std::string> expression_names(std::string_view expression) {
    const expr::Tree tree = expr::parse(expression, Environment());
    expr::Names names;
    names.guards(*tree);
    names.collect(*tree);
    return std::move(names.found);
}

}  // namespace tiphys::expression
