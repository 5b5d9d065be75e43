// SPDX-License-Identifier: Apache-2.0
// Random expressions: what the builder prints, the parser reads as the same tree, and `when` decides alike.
#include <gtest/gtest.h>

#include <tiphys/build/expr.hpp>
#include <tiphys/expression/template.hpp>
#include <tiphys/expression/when.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include <random>

#include "expr_ast.hpp"

namespace tiphys {
namespace {

using expr::Any;
using expr::Expr;
using expr::Type;
namespace ast = expression::expr;

/// A tree that is no text and knows nothing of parentheses.
struct Tree {
    std::string kind;
    std::string text;
    std::vector<Tree> children;
};

std::string dump(const Tree& tree) {
    if (tree.kind == "literal" || tree.kind == "name" || tree.kind == "#") return tree.text;
    std::string out = "(" + tree.kind + (tree.text.empty() ? "" : ":" + tree.text);
    for (const Tree& child : tree.children) out += ' ' + dump(child);
    return out + ')';
}

std::string dump(const ast::Node* node) {
    if (node == nullptr) return "_";
    const auto all = [&](std::string head) {
        for (const auto& child : node->children) head += ' ' + dump(child.get());
        return '(' + head + ')';
    };
    switch (node->kind) {
        case ast::Kind::literal: return boost::json::serialize(node->value);
        case ast::Kind::identifier: return node->text;
        case ast::Kind::pointer: return '#' + node->text;
        case ast::Kind::chain: return dump(node->children[0].get());
        case ast::Kind::unary: return all("unary:" + node->text);
        case ast::Kind::binary: return all("binary:" + node->text);
        case ast::Kind::member: return all(node->optional ? "maybe" : "member");
        case ast::Kind::slice: return all("slice");
        case ast::Kind::call: return all("call");
        case ast::Kind::builtin: return all("builtin:" + node->text);
        case ast::Kind::predicate: return dump(node->children[0].get());
        case ast::Kind::let: return all("let:" + node->text);
        case ast::Kind::sequence: return all("sequence");
        case ast::Kind::conditional: return all("conditional");
        case ast::Kind::array: return all("array");
        case ast::Kind::map: return all("map");
    }
    return "?";
}

std::string json_of(std::string_view text) { return boost::json::serialize(boost::json::string(text)); }

class Generator {
public:
    explicit Generator(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

    std::string text() {
        static constexpr std::string_view some[] = {"a",  "heads", "it's", "\"", "{{",  "}}",  "\\", "\n",
                                                    "\t", "ü",     "😀",    "",   "a b", "{%}", "'\"", "\x01"};
        std::string made;
        for (std::size_t i = below(3); i < 3; ++i) made += some[below(std::size(some))];
        return made;
    }

    Tree leaf(bool inside) {
        static constexpr const char* names[] = {"a", "b", "item", "retries", "lastRetry"};
        switch (below(inside ? 8 : 6)) {
            case 0: return {"literal", std::to_string(below(100)), {}};
            case 1: return {"literal", boost::json::serialize(boost::json::value(double(below(1000)) / 8)), {}};
            case 2: return {"text", text(), {}};
            case 3: return {"literal", below(2) == 0 ? "true" : "null", {}};
            case 4:
            case 5: return {"name", names[below(std::size(names))], {}};
            default: return {"#", below(2) == 0 ? "#" : "#acc", {}};
        }
    }

    Tree tree(int depth, bool inside) {
        if (depth == 0) return leaf(inside);
        const auto sub = [&] { return tree(depth - 1 - static_cast<int>(below(2) == 0 && depth > 1), inside); };
        switch (below(16)) {
            case 0:
            case 1:
            case 2:
            case 3:
            case 4: {
                static constexpr const char* signs[] = {"+",  "-",  "*",  "/",  "%",  "**", "==", "!=",     "<",
                                                        "<=", ">",  ">=", "&&", "||", "??", "in", "matches", "contains",
                                                        "..", "startsWith"};
                return {"binary", signs[below(std::size(signs))], {sub(), sub()}};
            }
            case 5: return {"unary", below(2) == 0 ? "!" : "-", {sub()}};
            case 6: return {"unary", "not", {{"binary", "in", {sub(), sub()}}}};
            case 7: return {below(2) == 0 ? "member" : "maybe", "", {sub(), {"text", text(), {}}}};
            case 8: return {"member", "", {sub(), sub()}};
            case 9: {
                const Tree none{"name", "_", {}};
                return {"slice", "", {sub(), below(2) == 0 ? sub() : none, sub()}};
            }
            case 10: return {"conditional", "", {sub(), sub(), sub()}};
            case 11: return {"array", "", {sub(), sub()}};
            case 12: return {"map", "", {{"text", text(), {}}, sub(), {"text", "k", {}}, sub()}};
            case 13: return {"builtin", below(2) == 0 ? "len" : "max|", {sub()}};
            case 14: {
                static constexpr const char* functions[] = {"filter", "map", "all", "count|", "groupBy"};
                return {"builtin", functions[below(std::size(functions))], {sub(), tree(depth - 1, true)}};
            }
            default: return {"let", "v" + std::to_string(variables_++), {sub(), sub()}};
        }
    }

private:
    std::mt19937 random_;
    int variables_ = 0;
};

template <bool In>
Expr<Type::any, In> built(const Tree& tree) {
    using E = Expr<Type::any, In>;
    const auto leaf = [](const auto& one) { return E(str(one.text()), one.strength()); };
    const auto child = [&](std::size_t i) { return built<In>(tree.children[i]); };
    if (tree.kind == "name" || tree.kind == "#") return E(str(tree.text), expr::detail::Strength::primary);
    if (tree.kind == "text") return leaf(expr::constant(tree.text));
    if (tree.kind == "literal") {
        if (tree.text == "true") return leaf(expr::constant(true));
        if (tree.text == "null") return leaf(expr::constant(nullptr));
        const auto value = boost::json::parse(tree.text);
        if (value.is_double()) return leaf(expr::constant(value.get_double()));
        return leaf(expr::constant(boost::json::value_to<std::int64_t>(value)));
    }
    if (tree.kind == "binary") {
        const E a = child(0);
        const E b = child(1);
        const std::string& sign = tree.text;
        if (sign == "+") return a + b;
        if (sign == "-") return a - b;
        if (sign == "*") return a * b;
        if (sign == "/") return a / b;
        if (sign == "%") return a % b;
        if (sign == "**") return pow(a, b);
        if (sign == "==") return a == b;
        if (sign == "!=") return a != b;
        if (sign == "<") return a < b;
        if (sign == "<=") return a <= b;
        if (sign == ">") return a > b;
        if (sign == ">=") return a >= b;
        if (sign == "&&") return a && b;
        if (sign == "||") return a || b;
        if (sign == "??") return a.value_or(b);
        if (sign == "in") return a.in(b);
        if (sign == "matches") return a.matches(b);
        if (sign == "contains") return a.contains(b);
        if (sign == "startsWith") return a.starts_with(b);
        if (sign == "..") return expr::range(a, b);
    }
    if (tree.kind == "unary") {
        if (tree.text == "!") return !child(0);
        if (tree.text == "-") return -child(0);
        return built<In>(tree.children[0].children[0]).not_in(built<In>(tree.children[0].children[1]));
    }
    if (tree.kind == "member" && tree.children[1].kind == "text") return child(0)[tree.children[1].text];
    if (tree.kind == "member") return child(0)[child(1)];
    if (tree.kind == "maybe") return child(0).maybe(tree.children[1].text);
    if (tree.kind == "slice")
        return tree.children[1].text == "_" ? E(child(0).slice_to(child(2))) : E(child(0).slice(child(1), child(2)));
    if (tree.kind == "conditional") return expr::conditional(child(0), child(1), child(2));
    if (tree.kind == "array") return expr::list_of(child(0), child(1));
    if (tree.kind == "map") return expr::map_of(tree.children[0].text, child(1), "k", child(3));
    if (tree.kind == "builtin") {
        if (tree.text == "len") return expr::len(child(0));
        if (tree.text == "max|") return child(0) | expr::max;
        const auto body = built<true>(tree.children[1]);
        if (tree.text == "filter") return expr::filter(child(0), body);
        if (tree.text == "map") return expr::map(child(0), body);
        if (tree.text == "all") return expr::all(child(0), body);
        if (tree.text == "groupBy") return expr::group_by(child(0), body);
        return child(0) | expr::count.with(body);
    }
    if (tree.kind == "let") return expr::let(tree.text, child(0), [&](const auto&) { return child(1); });
    throw std::logic_error(tree.kind);
}

/// What the parser must find: texts as literals, the mark of pipes taken away.
Tree expected(Tree tree) {
    if (tree.kind == "text") return {"literal", json_of(tree.text), {}};
    if (tree.kind == "builtin" && tree.text.ends_with('|')) tree.text.pop_back();
    for (Tree& child : tree.children) child = expected(child);
    return tree;
}

TEST(ExprProperty, PrintsWhatTheParserReads) {
    for (unsigned seed = 0; seed < 20'000; ++seed) {
        Generator generate(seed);
        const Tree tree = generate.tree(1 + static_cast<int>(seed % 5), false);
        const Any made = built<false>(tree);
        ast::Tree read;
        try {
            read = ast::parse(made.text(), expression::Environment());
        } catch (const expression::ExpressionError& error) {
            FAIL() << "seed " << seed << ": " << made.text() << '\n' << error.what();
        }
        ASSERT_EQ(dump(read.get()), dump(expected(tree))) << "seed " << seed << ": " << made.text();
        ASSERT_EQ(made.text().find("{{"), std::string_view::npos) << made.text();
        ASSERT_EQ(made.text().find("}}"), std::string_view::npos) << made.text();
    }
}

/// Parentheses stand only where they are needed: without any pair of them the tree is another, or a reader is
/// helped (operands of ! - ?? .. conditionals, and a comparison that is compared by <).
TEST(ExprProperty, PrintsNoNeedlessParenthesesAroundOperators) {
    static constexpr const char* signs[] = {"+", "-", "*", "/", "==", "&&", "||", "in", "contains"};
    std::mt19937 random(1);
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    for (int round = 0; round < 3000; ++round) {
        std::vector<Tree> parts;
        for (const char* name : {"a", "b", "c", "d"}) parts.push_back({"name", name, {}});
        while (parts.size() > 1) {
            const std::size_t at = below(parts.size() - 1);
            Tree joined{"binary", signs[below(std::size(signs))], {parts[at], parts[at + 1]}};
            parts[at] = joined;
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        }
        const std::string text(built<false>(parts[0]).text());
        const std::string tree = dump(parts[0]);
        for (std::size_t open = text.find('('); open != std::string::npos; open = text.find('(', open + 1)) {
            std::size_t close = open;
            for (int depth = 0; close < text.size(); ++close) {
                depth += text[close] == '(' ? 1 : text[close] == ')' ? -1 : 0;
                if (depth == 0) break;
            }
            std::string without = text;
            without.erase(close, 1).erase(open, 1);
            EXPECT_NE(dump(ast::parse(without, expression::Environment()).get()), tree) << text;
        }
    }
}

/// Arithmetic and logic, computed beside it by C++.
struct Both {
    Any made;
    double value;
};
Both arithmetic(Generator& generate, int depth) {
    static constexpr std::pair<const char*, int> names[] = {{"a", 2}, {"b", 3}, {"c", -5}};
    if (depth == 0) {
        if (generate.below(2) == 0) {
            const auto n = static_cast<std::int64_t>(generate.below(9)) - 4;
            return {expr::constant(n), static_cast<double>(n)};
        }
        const auto [name, value] = names[generate.below(3)];
        return {expr::name(name), static_cast<double>(value)};
    }
    const Both a = arithmetic(generate, depth - 1);
    const Both b = arithmetic(generate, depth - 1);
    switch (generate.below(6)) {
        case 0: return {a.made + b.made, a.value + b.value};
        case 1: return {a.made - b.made, a.value - b.value};
        case 2: return {a.made * b.made, a.value * b.value};
        case 3: return {-a.made, -a.value};
        case 4: return {expr::conditional(a.made < b.made, a.made, b.made), a.value < b.value ? a.value : b.value};
        default: return {expr::conditional(a.made == b.made || !(a.made > 0), b.made, a.made),
                         a.value == b.value || !(a.value > 0) ? b.value : a.value};
    }
}

TEST(ExprProperty, IsEvaluatedAsCppDoes) {
    const expression::Environment names(boost::json::object{{"a", 2}, {"b", 3}, {"c", -5}});
    for (unsigned seed = 0; seed < 5'000; ++seed) {
        Generator generate(seed);
        const Both one = arithmetic(generate, static_cast<int>(seed % 5));
        const auto found = expression::evaluate_expression(one.made.text(), names);
        ASSERT_EQ(found.to_number<double>(), one.value) << one.made.text();
    }
}

/// Conditions in the language of `when`.
expr::Bool condition(Generator& generate, int depth) {
    static constexpr const char* parameters[] = {"x", "y-z", "n", "m"};
    const auto text = [&] { return expr::inputs.parameters[parameters[generate.below(4)]]; };
    const auto number = [&] {
        expr::Number made = expr::as_int(expr::inputs.parameters[parameters[2 + generate.below(2)]]);
        const auto n = static_cast<std::int64_t>(generate.below(9)) - 4;
        switch (generate.below(5)) {
            case 0: return expr::Number(made + n);
            case 1: return expr::Number(made * n - 1);
            case 2: return expr::Number(-made);
            case 3: return expr::Number(made - (made - n));
            default: return made;
        }
    };
    static constexpr const char* texts[] = {"heads", "", "it's", "a b", "5", "a\\b", "true"};
    const std::string constant = texts[generate.below(std::size(texts))];
    if (depth > 0) {
        const expr::Bool a = condition(generate, depth - 1);
        const expr::Bool b = condition(generate, depth - 1);
        switch (generate.below(5)) {
            case 0: return a && b;
            case 1: return a || b;
            case 2: return !a;
            case 3: return a == b;
            default: return expr::conditional(a, b, !b);
        }
    }
    switch (generate.below(8)) {
        case 0: return text() == constant;
        case 1: return text() != text();
        case 2: return text() < constant;
        case 3: return text().in(expr::list_of(constant, "heads"));
        case 4: return text().not_in(expr::list_of("heads"));
        case 5: return text() + "s" == constant;
        case 6: return number() <= number();
        default: return number().in(expr::list_of(1, 2, -3));
    }
}

TEST(ExprProperty, WhenDecidesAlike) {
    static constexpr const char* texts[] = {"heads", "", "tails", "a b", "5", "05", "true", "1 == 1"};
    static constexpr const char* numbers[] = {"0", "1", "-3", "7"};
    int truths = 0;
    for (unsigned seed = 0; seed < 2'000; ++seed) {
        Generator generate(seed);
        const expr::Bool made = condition(generate, static_cast<int>(seed % 4));
        expression::Scope scope;
        scope.set("inputs.parameters.x", texts[generate.below(std::size(texts))]);
        scope.set("inputs.parameters.y-z", texts[generate.below(std::size(texts))]);
        scope.set("inputs.parameters.n", numbers[generate.below(std::size(numbers))]);
        scope.set("inputs.parameters.m", numbers[generate.below(std::size(numbers))]);
        const bool wanted = expression::evaluate_bool(made.text(), scope.environment());
        truths += wanted ? 1 : 0;
        const str when = when_text(made);
        const std::string replaced = expression::substitute(when.view(), scope, expression::Mode::strict());
        ASSERT_EQ(expression::evaluate_when(replaced), wanted) << made.text() << "\n" << when << "\n" << replaced;
        // Tags say the same.
        const std::string tagged = expression::substitute(in_tags(made).view(), scope, expression::Mode::strict());
        ASSERT_EQ(expression::evaluate_when(tagged), wanted) << made.text();
    }
    EXPECT_GT(truths, 200);
    EXPECT_LT(truths, 1'800);
}

}  // namespace
}  // namespace tiphys
