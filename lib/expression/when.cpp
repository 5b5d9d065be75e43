// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/inspect.hpp>
#include <tiphys/expression/when.hpp>

#include <cmath>
#include <cstdint>
#include <string>

#include "when_token.hpp"

namespace tiphys::expression {
namespace when {
namespace {

enum class Part { literal, variable, access, brackets, prefix, binary };

struct Node;
using Tree = std::unique_ptr<Node>;
struct Node {
    Part part = Part::literal;
    std::string symbol;  // of operators; the name of a variable or accessor
    Value value;
    Tree left, right;

    Node() = default;
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    // A chain of operators is as deep as it is long: taken apart in a loop, not by recursion.
    ~Node() {
        for (Tree next = std::move(left); next;) next = std::move(next->left);
    }
};

int level(const Token& token) {
    const std::string& text = token.shown;
    switch (token.kind) {
        case Kind::separator: return 0;
        case Kind::ternary: return 1;
        case Kind::logical: return text == "||" ? 2 : 3;
        case Kind::comparator: return 4;
        case Kind::modifier:
            if (text == "&" || text == "|" || text == "^") return 5;
            if (text == "<<" || text == ">>") return 6;
            if (text == "+" || text == "-") return 7;
            return text == "**" ? 9 : 8;
        default: return -1;
    }
}

/// Tokens to a tree. As in govaluate all operators bind to the left, `**` and `? :` too, and whatever follows
/// a complete expression is ignored.
class Planner {
public:
    explicit Planner(const std::vector<Token>& tokens) : tokens_(tokens) {}

    Tree plan() { return binary(0); }

private:
    static constexpr int most_levels = 1000;

    Tree binary(int least) {
        Tree left = value();
        while (at_ < tokens_.size()) {
            const int own = level(tokens_[at_]);
            if (own < least) break;
            auto node = std::make_unique<Node>();
            node->part = Part::binary;
            node->symbol = tokens_[at_++].shown;
            node->left = std::move(left);
            node->right = binary(own + 1);
            left = std::move(node);
        }
        return left;
    }

    Tree value() {
        if (at_ >= tokens_.size()) return nullptr;
        const Token& token = tokens_[at_++];
        auto node = std::make_unique<Node>();
        switch (token.kind) {
            case Kind::clause:
                if (++depth_ > most_levels) throw ExpressionError("more than 1000 levels of parentheses");
                node->part = Part::brackets;
                node->right = binary(0);
                if (at_++ >= tokens_.size()) throw ExpressionError("Unbalanced parenthesis");
                --depth_;
                return node;
            case Kind::clause_close: --at_; return nullptr;
            case Kind::prefix:
                node->part = Part::prefix;
                node->symbol = token.shown;
                node->right = value();
                return node;
            case Kind::accessor:
                node->part = Part::access;
                node->symbol = std::get<std::string>(token.value);
                if (at_ < tokens_.size() && tokens_[at_].kind == Kind::clause) node->right = binary(0);
                return node;
            case Kind::variable:
                node->part = Part::variable;
                node->symbol = token.shown;
                return node;
            case Kind::numeric:
            case Kind::string:
            case Kind::pattern:
            case Kind::boolean:
            case Kind::time: node->value = token.value; return node;
            default:
                throw ExpressionError("Unable to plan token kind: '" + std::string(name(token.kind)) +
                                      "', value: '" + token.shown + "'");
        }
    }

    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

std::int64_t whole(double number) {
    constexpr double bound = 9223372036854775808.0;
    return number >= -bound && number < bound ? static_cast<std::int64_t>(number) : INT64_MIN;
}

std::uint64_t natural(double number) {
    constexpr double half = 9223372036854775808.0;
    if (number >= half)
        return number < 2 * half ? static_cast<std::uint64_t>(number) : std::uint64_t{1} << 63U;
    return static_cast<std::uint64_t>(whole(number));
}

bool equal(const Value& left, const Value& right) {
    if (left.index() != right.index()) return false;
    if (const auto* list = std::get_if<List>(&left)) {
        const auto& other = std::get<List>(right);
        if (list->size() != other.size()) return false;
        for (std::size_t i = 0; i < list->size(); ++i)
            if (!equal((*list)[i], other[i])) return false;
        return true;
    }
    if (const auto* regex = std::get_if<std::shared_ptr<const Regex>>(&left))
        return (*regex)->pattern() == std::get<std::shared_ptr<const Regex>>(right)->pattern();
    return static_cast<const Value::variant&>(left) == static_cast<const Value::variant&>(right);
}

[[noreturn]] void misfit(const Value& value, std::string_view operation, std::string_view symbol,
                         std::string_view wanted) {
    std::string text = "Value '" + show(value) + "' cannot be used with the " + std::string(operation) +
                       " '" + std::string(symbol) + "'";
    if (!wanted.empty()) text += ", it is not a " + std::string(wanted);
    throw ExpressionError(text);
}

template <class T>
const T& want(const Value& value, std::string_view operation, std::string_view symbol,
              std::string_view wanted) {
    if (const T* found = std::get_if<T>(&value)) return *found;
    misfit(value, operation, symbol, wanted);
}

bool is_nil(const Value& value) { return std::holds_alternative<std::monostate>(value); }

Value evaluate(const Node* node);

Value arithmetic(const std::string& symbol, const Value& left, const Value& right) {
    if (symbol == "+" &&
        (std::holds_alternative<std::string>(left) || std::holds_alternative<std::string>(right)))
        return show(left) + show(right);
    if (symbol == "+" && (left.index() != right.index() || !std::holds_alternative<double>(left)))
        misfit(left, "modifier", symbol, "number");
    const double a = want<double>(left, "modifier", symbol, "number");
    const double b = want<double>(right, "modifier", symbol, "number");
    if (symbol == "+") return a + b;
    if (symbol == "-") return a - b;
    if (symbol == "*") return a * b;
    if (symbol == "/") return a / b;
    if (symbol == "%") return std::fmod(a, b);
    if (symbol == "**") return std::pow(a, b);
    if (symbol == "&") return static_cast<double>(whole(a) & whole(b));
    if (symbol == "|") return static_cast<double>(whole(a) | whole(b));
    if (symbol == "^") return static_cast<double>(whole(a) ^ whole(b));
    const std::uint64_t count = natural(b);
    if (count >= 64) return 0.0;
    return static_cast<double>(symbol == "<<" ? natural(a) << count : natural(a) >> count);
}

Value compare(const std::string& symbol, const Value& left, const Value& right) {
    if (symbol == "==") return equal(left, right);
    if (symbol == "!=") return !equal(left, right);
    if (symbol == "in") {
        const List& list = want<List>(right, "comparator", symbol, "number");  // sic, "number"
        for (const Value& element : list)
            if (equal(left, element)) return true;
        return false;
    }
    if (symbol == "=~" || symbol == "!~") {
        const auto& text = want<std::string>(left, "comparator", symbol, "number");
        bool found = false;
        if (const auto* regex = std::get_if<std::shared_ptr<const Regex>>(&right)) {
            found = (*regex)->matches(text);
        } else {
            const auto& pattern = want<std::string>(right, "comparator", symbol, "number");
            try {
                found = Regex(pattern).matches(text);
            } catch (const ExpressionError& error) {
                throw ExpressionError("Unable to compile regexp pattern '" + pattern + "': " + error.what());
            }
        }
        return found == (symbol == "=~");
    }
    const auto order = [&](const auto& a, const auto& b) {
        return symbol == "<" ? a < b : symbol == "<=" ? a <= b : symbol == ">" ? a > b : a >= b;
    };
    if (const auto* a = std::get_if<double>(&left))
        if (const auto* b = std::get_if<double>(&right)) return order(*a, *b);
    if (const auto* a = std::get_if<std::string>(&left))
        if (const auto* b = std::get_if<std::string>(&right)) return order(*a, *b);
    misfit(left, "comparator", symbol, "number");
}

Value combine(const Node& node, const Value& left) {
    const std::string& symbol = node.symbol;
    if (symbol == "&&" || symbol == "||") {
        const bool* known = std::get_if<bool>(&left);
        if (known != nullptr && *known == (symbol == "||")) return *known;
        const Value right = evaluate(node.right.get());
        want<bool>(left, "logical operator", symbol, "bool");
        return want<bool>(right, "logical operator", symbol, "bool");
    }
    if (symbol == "?") {
        const bool* known = std::get_if<bool>(&left);
        Value right = known != nullptr && !*known ? Value{} : evaluate(node.right.get());
        return want<bool>(left, "ternary operator", symbol, "bool") ? right : Value{};
    }
    if (symbol == ":" || symbol == "??") return is_nil(left) ? evaluate(node.right.get()) : left;
    Value right = evaluate(node.right.get());
    if (symbol == ",") {
        List list;
        if (const List* before = std::get_if<List>(&left))
            list = *before;
        else
            list.push_back(left);
        list.push_back(std::move(right));
        return list;
    }
    if (symbol == "==" || symbol == "!=" || symbol == "in" || symbol == "=~" || symbol == "!~" ||
        symbol.front() == '<' || symbol.front() == '>') {
        if (symbol != "<<" && symbol != ">>") return compare(symbol, left, right);
    }
    return arithmetic(symbol, left, right);
}

Value evaluate(const Node* node) {
    if (node == nullptr) return {};
    // Down the left spine in a loop: a chain of a thousand && is no reason to recurse.
    std::vector<const Node*> spine;
    while (node != nullptr && node->part == Part::binary) {
        spine.push_back(node);
        node = node->left.get();
    }
    Value value;
    if (node != nullptr) {
        switch (node->part) {
            case Part::literal: value = node->value; break;
            case Part::variable: throw ExpressionError("No parameter '" + node->symbol + "' found.");
            case Part::access:
                evaluate(node->right.get());
                throw ExpressionError("No parameter '" + node->symbol + "' found.");
            case Part::brackets: value = evaluate(node->right.get()); break;
            default: {
                const Value right = evaluate(node->right.get());
                if (node->symbol == "!")
                    value = !want<bool>(right, "prefix", "!", "");
                else if (node->symbol == "-")
                    value = -want<double>(right, "prefix", "-", "");
                else
                    value = static_cast<double>(~whole(want<double>(right, "prefix", "~", "")));
            }
        }
    }
    for (auto step = spine.rbegin(); step != spine.rend(); ++step) value = combine(**step, value);
    return value;
}

Tree plan(std::vector<Token>& tokens) {
    check_syntax(tokens);
    compile_patterns(tokens);
    return Planner(tokens).plan();
}

constexpr std::size_t most_bytes = std::size_t{1} << 20U;

bool truth_of(const Value& value, std::string_view expression) {
    if (const bool* truth = std::get_if<bool>(&value)) return *truth;
    throw ExpressionError("Expected boolean evaluation for '" + std::string(expression) + "'. Got " +
                          show(value));
}

Tree parse(std::string_view expression, std::vector<Token>& tokens) {
    const std::string quoted = "'" + std::string(expression.substr(0, most_bytes)) + "'";
    try {
        if (expression.size() > most_bytes) throw ExpressionError("it is longer than 1048576 bytes");
        tokens = tokenize(expression);
        return plan(tokens);
    } catch (const ExpressionError& error) {
        const std::string why = error.what();
        std::string text = "Invalid 'when' expression " + quoted + ": " + why;
        if (why.find("Invalid token") != std::string::npos)
            text += " (hint: try wrapping the affected expression in quotes (\"))";
        throw ExpressionError(text);
    }
}

bool run(std::string_view expression) {
    const std::string quoted = "'" + std::string(expression.substr(0, most_bytes)) + "'";
    std::vector<Token> tokens;
    Tree tree = parse(expression, tokens);
    try {
        for (Token& token : tokens)
            if (token.kind == Kind::variable) token.kind = Kind::string;
        tree = plan(tokens);
    } catch (const ExpressionError& error) {
        throw ExpressionError("Failed to parse 'when' expression " + quoted + ": " + error.what());
    }
    Value value;
    try {
        value = evaluate(tree.get());
    } catch (const ExpressionError& error) {
        throw ExpressionError("Failed to evaluate 'when' expresion " + quoted + ": " + error.what());
    }
    return truth_of(value, expression);
}

bool run_cron(std::string_view expression) {
    if (expression.size() > most_bytes)
        throw ExpressionError("the 'when' expression is longer than 1048576 bytes");
    std::vector<Token> tokens = tokenize(expression);
    return truth_of(evaluate(plan(tokens).get()), expression);
}

}  // namespace
}  // namespace when

bool evaluate_when(std::string_view expression) { return expression.empty() || when::run(expression); }
void check_when(std::string_view expression) {
    std::vector<when::Token> tokens;
    if (!expression.empty()) when::parse(expression, tokens);
}
bool evaluate_cron_when(std::string_view expression) {
    return expression.empty() || when::run_cron(expression);
}

}  // namespace tiphys::expression
