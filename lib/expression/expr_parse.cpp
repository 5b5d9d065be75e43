// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "expr_ast.hpp"
#include "expr_lex.hpp"

namespace tiphys::expression::expr {
namespace {

struct Operator {
    std::string_view text;
    int precedence;
    bool right = false;
};
constexpr std::array<Operator, 24> binary_operators{
    {{"|", 0},         {"or", 10}, {"||", 10},        {"and", 15},      {"&&", 15},
     {"==", 20},       {"!=", 20}, {"<", 20},         {">", 20},        {">=", 20},
     {"<=", 20},       {"in", 20}, {"matches", 20},   {"contains", 20}, {"startsWith", 20},
     {"endsWith", 20}, {"..", 25}, {"+", 30},         {"-", 30},        {"*", 60},
     {"/", 60},        {"%", 60},  {"**", 100, true}, {"^", 100, true}}};
constexpr int coalesce_precedence = 500;

std::optional<Operator> find_operator(std::string_view text) {
    if (text == "??") return Operator{"??", coalesce_precedence};
    for (const Operator& found : binary_operators)
        if (found.text == text) return found;
    return std::nullopt;
}

bool is_comparison(std::string_view text) {
    return text == "<" || text == ">" || text == "<=" || text == ">=";
}

class Parser {
public:
    Parser(std::string_view source, const Environment& env)
        : source_(source), env_(env), tokens_(lex(source)) {}

    Tree parse() {
        Tree tree = sequence();
        if (now().kind != TokenKind::end) unexpected();
        return tree;
    }

private:
    static constexpr int most_levels = 500;
    static constexpr std::size_t most_nodes = 10'000;

    struct Level {  // counts the recursion of the parser itself
        explicit Level(Parser& owner) : parser(owner) {
            if (++parser.level_ > most_levels) parser.fail("the expression nests deeper than 500 levels");
        }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;
        ~Level() { --parser.level_; }
        Parser& parser;
    };

    [[nodiscard]] const Token& now() const { return tokens_[position_]; }
    [[noreturn]] void fail(const std::string& message) const { throw error_at(source_, now().at, message); }
    [[noreturn]] void fail(const Token& token, const std::string& message) const {
        throw error_at(source_, token.at, message);
    }
    [[noreturn]] void unexpected() const { fail("unexpected token " + show(now())); }
    void next() {
        if (position_ + 1 >= tokens_.size()) fail("unexpected end of expression");
        ++position_;
    }
    void expect_op(std::string_view text) {
        if (!now().op(text)) unexpected();
        next();
    }
    void expect_bracket(std::string_view text) {
        if (!now().bracket(text)) unexpected();
        next();
    }
    std::string expect_name() {
        if (now().kind != TokenKind::identifier) unexpected();
        std::string name = now().value;
        next();
        return name;
    }

    template <class... Children>
    Tree make(Kind kind, std::size_t at, std::string text, Children... children) {
        if (++nodes_ > most_nodes) fail("compilation failed: expression exceeds maximum allowed nodes");
        auto node = std::make_unique<Node>();
        node->kind = kind;
        node->at = at;
        node->text = std::move(text);
        (adopt(*node, std::move(children)), ...);
        return node;
    }
    void adopt(Node& node, Tree child) {
        if (child) {
            node.depth = std::max(node.depth, child->depth + 1);
            if (node.depth > most_levels) fail("the expression nests deeper than 500 levels");
        }
        node.children.push_back(std::move(child));
    }
    Tree copy(const Node& node) {
        Tree out = make(node.kind, node.at, node.text);
        out->optional = node.optional;
        out->value = node.value;
        for (const Tree& child : node.children) adopt(*out, child ? copy(*child) : nullptr);
        return out;
    }
    Tree literal(std::size_t at, boost::json::value value) {
        Tree node = make(Kind::literal, at, {});
        node->value = std::move(value);
        return node;
    }

    Tree sequence() {
        const std::size_t at = now().at;
        Tree first = expression(0);
        if (!now().op(";")) return first;
        Tree node = make(Kind::sequence, at, {}, std::move(first));
        while (now().op(";")) {
            next();
            if (now().kind == TokenKind::end) break;
            adopt(*node, expression(0));
        }
        return node->children.size() == 1 ? std::move(node->children.front()) : std::move(node);
    }

    Tree expression(int precedence) {
        const Level level(*this);
        if (precedence == 0 && now().op("let")) return declaration();
        if (precedence == 0 && now().op("if")) return conditional_if();
        Tree left = primary();
        std::string previous;
        while (now().kind == TokenKind::operation) {
            const Token first = now();
            Token token = first;
            const bool negate = token.value == "not";
            if (negate) {
                token = tokens_[std::min(position_ + 1, tokens_.size() - 1)];
                static constexpr std::array<std::string_view, 5> allowed{"contains", "matches", "startsWith",
                                                                         "endsWith", "in"};
                if (std::find(allowed.begin(), allowed.end(), token.value) == allowed.end()) {
                    next();
                    unexpected();
                }
            }
            const auto found = find_operator(token.value);
            if (!found || found->precedence < precedence) break;
            if (negate) next();
            next();
            if (token.value == "|") {
                const Token name = now();
                if (name.kind != TokenKind::identifier) unexpected();
                next();
                std::vector<Tree> arguments;
                arguments.push_back(std::move(left));
                left = call(name, std::move(arguments));
            } else {
                if (previous == "??" && token.value != "??")
                    fail(token,
                         "Operator (" + token.value +
                             ") and coalesce expressions (?\?) cannot be mixed. Wrap either by parentheses.");
                if (is_comparison(token.value)) {
                    left = comparison(std::move(left), token, found->precedence);
                } else {
                    Tree right = expression(found->right ? found->precedence : found->precedence + 1);
                    left = make(Kind::binary, token.at, token.value, std::move(left), std::move(right));
                    if (negate) left = make(Kind::unary, token.at, "not", std::move(left));
                }
            }
            previous = token.value;
        }
        return precedence == 0 ? conditional(std::move(left)) : std::move(left);
    }

    /// `a < b < c` is `a < b && b < c`.
    Tree comparison(Tree left, Token sign, int precedence) {
        Tree root;
        Token token;
        while (true) {
            Tree right = expression(precedence + 1);
            token = now();
            const bool more = token.kind == TokenKind::operation && is_comparison(token.value);
            Tree shared = more ? copy(*right) : nullptr;
            Tree one = make(Kind::binary, sign.at, sign.value, std::move(left), std::move(right));
            root = root ? make(Kind::binary, sign.at, "&&", std::move(root), std::move(one)) : std::move(one);
            if (!more) return root;
            left = std::move(shared);
            sign = token;
            next();
        }
    }

    Tree declaration() {
        next();
        const Token name = now();
        expect_name();
        expect_op("=");
        Tree value = expression(0);
        expect_op(";");
        Tree body = sequence();
        return make(Kind::let, name.at, name.value, std::move(value), std::move(body));
    }

    Tree conditional_if() {
        const Level level(*this);
        next();
        Tree condition = expression(0);
        expect_bracket("{");
        Tree then = sequence();
        expect_bracket("}");
        expect_op("else");
        Tree other;
        if (now().op("if")) {
            other = conditional_if();
        } else {
            expect_bracket("{");
            other = sequence();
            expect_bracket("}");
        }
        return make(Kind::conditional, 0, {}, std::move(condition), std::move(then), std::move(other));
    }

    Tree conditional(Tree node) {
        while (now().op("?")) {
            next();
            Tree then = now().op(":") ? copy(*node) : expression(0);
            expect_op(":");
            Tree other = expression(0);
            node = make(Kind::conditional, now().at, {}, std::move(node), std::move(then), std::move(other));
        }
        return node;
    }

    Tree primary() {
        const Level level(*this);
        const Token token = now();
        if (token.kind == TokenKind::operation) {
            const bool logical = token.value == "not" || token.value == "!";
            if (logical || token.value == "-" || token.value == "+") {
                next();
                Tree operand = expression(logical ? 50 : 90);
                return postfix(make(Kind::unary, token.at, token.value, std::move(operand)));
            }
            if (predicates_ > 0 && (token.value == "#" || token.value == ".")) {
                std::string name;
                if (token.value == "#") {
                    next();
                    if (now().kind == TokenKind::identifier && now().at == token.at + 1) name = expect_name();
                }
                return postfix(make(Kind::pointer, token.at, std::move(name)));
            }
            if (token.value == "::") {
                next();
                const Token name = now();
                expect_name();
                return postfix(call(name, {}, false));
            }
        }
        if (token.bracket("(")) {
            next();
            Tree inner = sequence();
            expect_bracket(")");
            return postfix(std::move(inner));
        }
        return secondary();
    }

    Tree secondary() {
        const Token token = now();
        switch (token.kind) {
            case TokenKind::identifier:
                next();
                if (token.value == "true" || token.value == "false")
                    return literal(token.at, token.value == "true");
                if (token.value == "nil") return literal(token.at, nullptr);
                if (now().bracket("(")) return postfix(call(token, {}));
                return postfix(make(Kind::identifier, token.at, token.value));
            case TokenKind::number: next(); return number(token);
            case TokenKind::text: next(); return postfix(literal(token.at, boost::json::string(token.value)));
            default: break;
        }
        if (token.bracket("[")) return postfix(array());
        if (token.bracket("{")) return postfix(map());
        unexpected();
    }

    Tree number(const Token& token) {
        std::string text = token.value;
        std::erase(text, '_');
        const std::string lower = to_lower(text);
        const std::string_view prefix = std::string_view(lower).substr(0, 2);
        if (prefix == "0x" || prefix == "0b" || prefix == "0o") {
            const auto value = parse_int(lower, 0);
            if (!value)
                fail(std::string("invalid ") +
                     (prefix == "0x"   ? "hex"
                      : prefix == "0b" ? "binary"
                                       : "octal") +
                     " literal: strconv.ParseInt: parsing " + quote(text) + ": invalid syntax");
            return literal(token.at, *value);
        }
        if (lower.find_first_of(".e") != std::string::npos) {
            const auto value = parse_float(lower);
            if (!value)
                fail("invalid float literal: strconv.ParseFloat: parsing " + quote(text) + ": " +
                     (lower.find('e') == lower.size() - 1 ? "invalid syntax" : "value out of range"));
            return literal(token.at, *value);
        }
        const auto value = parse_int(text);
        if (!value)
            fail("invalid integer literal: strconv.ParseInt: parsing " + quote(text) +
                 ": value out of range");
        return literal(token.at, *value);
    }

    Tree call(const Token& name, std::vector<Tree> arguments, bool may_be_hidden = true) {
        const bool hidden = may_be_hidden && env_.values().contains(name.value);
        if (!hidden && is_predicate_builtin(name.value)) {
            predicate_arguments(name.value, arguments);
        } else {
            const std::size_t before = arguments.size();
            expect_bracket("(");
            while (!now().bracket(")")) {
                if (arguments.size() > before) expect_op(",");
                if (now().bracket(")")) break;
                arguments.push_back(expression(0));
            }
            next();
        }
        Tree node;
        if (!hidden && is_builtin(name.value)) {
            node = make(Kind::builtin, name.at, name.value);
        } else {
            Tree callee = make(Kind::identifier, name.at, name.value);
            node = make(Kind::call, name.at, {}, std::move(callee));
        }
        for (Tree& argument : arguments) adopt(*node, std::move(argument));
        return node;
    }

    void predicate_arguments(const std::string& name, std::vector<Tree>& arguments) {
        expect_bracket("(");
        const bool plain = name == "count" || name == "sum";
        const std::size_t least = plain ? 1 : 2;
        const std::size_t most = name == "sortBy" || name == "reduce" ? 3 : 2;
        const std::size_t piped = arguments.size();
        while (arguments.size() < most) {
            if (now().bracket(")")) {
                if (arguments.size() < least)
                    fail("expected at least " + std::to_string(most - piped) + " arguments");
                break;
            }
            if (arguments.size() > piped) expect_op(",");
            arguments.push_back(arguments.size() == 1 ? predicate() : expression(0));
        }
        if (now().op(",")) next();
        expect_bracket(")");
    }

    Tree predicate() {
        const std::size_t at = now().at;
        const bool braces = now().bracket("{");
        if (braces) next();
        ++predicates_;
        Tree body = braces ? sequence() : expression(0);
        --predicates_;
        if (braces)
            expect_bracket("}");
        else if (now().op(";"))
            fail("wrap predicate with brackets { and }");
        return make(Kind::predicate, at, {}, std::move(body));
    }

    Tree array() {
        Tree node = make(Kind::array, now().at, {});
        next();
        while (!now().bracket("]")) {
            if (!node->children.empty()) {
                expect_op(",");
                if (now().bracket("]")) break;
            }
            adopt(*node, expression(0));
        }
        next();
        return node;
    }

    Tree map() {
        Tree node = make(Kind::map, now().at, {});
        next();
        while (!now().bracket("}")) {
            if (!node->children.empty()) {
                expect_op(",");
                if (now().bracket("}")) break;
            }
            const Token key = now();
            if (key.kind == TokenKind::number || key.kind == TokenKind::text ||
                key.kind == TokenKind::identifier) {
                adopt(*node, literal(key.at, boost::json::string(key.value)));
                next();
            } else if (key.bracket("(")) {
                adopt(*node, expression(0));
            } else {
                fail(
                    "a map key must be a quoted string, a number, a identifier, or an expression enclosed in "
                    "parentheses (unexpected token " +
                    show(key) + ")");
            }
            expect_op(":");
            adopt(*node, expression(0));
        }
        next();
        return node;
    }

    Tree postfix(Tree node) {
        while (true) {
            if (now().op(".") || now().op("?.")) {
                const bool optional = now().op("?.");
                next();
                if (optional && now().bracket("[")) {
                    node = subscript(std::move(node), true);
                    continue;
                }
                const Token name = now();
                next();
                const bool word = name.kind == TokenKind::operation && !name.value.empty() &&
                                  is_letter(static_cast<unsigned char>(name.value.front()));
                if (name.kind != TokenKind::identifier && !word) fail("expected name");
                const bool chained = node->kind == Kind::chain;
                if (chained) node = std::move(node->children.front());
                Tree property = literal(name.at, boost::json::string(name.value));
                node = make(Kind::member, name.at, {}, std::move(node), std::move(property));
                node->optional = optional;
                if (now().bracket("(")) {
                    node = make(Kind::call, name.at, {}, std::move(node));
                    next();
                    while (!now().bracket(")")) {
                        if (node->children.size() > 1) expect_op(",");
                        if (now().bracket(")")) break;
                        adopt(*node, expression(0));
                    }
                    next();
                }
                if (chained || optional) node = make(Kind::chain, name.at, {}, std::move(node));
            } else if (now().bracket("[")) {
                node = subscript(std::move(node), false);
            } else {
                return node;
            }
        }
    }

    Tree subscript(Tree node, bool optional) {
        const std::size_t at = now().at;
        next();
        Tree from;
        if (!now().op(":")) from = expression(0);
        if (now().op(":")) {
            next();
            Tree to = now().bracket("]") ? nullptr : expression(0);
            expect_bracket("]");
            return make(Kind::slice, at, {}, std::move(node), std::move(from), std::move(to));
        }
        expect_bracket("]");
        node = make(Kind::member, at, {}, std::move(node), std::move(from));
        node->optional = optional;
        return optional ? make(Kind::chain, at, {}, std::move(node)) : std::move(node);
    }

    std::string_view source_;
    const Environment& env_;
    std::vector<Token> tokens_;
    std::size_t position_ = 0;
    std::size_t nodes_ = 0;
    int level_ = 0;
    int predicates_ = 0;
};

}  // namespace

Tree parse(std::string_view source, const Environment& env) {
    if (source.size() > (1U << 16U)) throw ExpressionError("the expression is longer than 65536 bytes");
    return Parser(source, env).parse();
}

}  // namespace tiphys::expression::expr
