// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/regex.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "jsonpath_token.hpp"

namespace tiphys::expression::path {

using boost::json::value;

/// `@.age > 42 && @.name == "x"`: an operator on two sides, a selector, or a plain text or value.
struct Formula {
    std::string sign;  // empty: a text or value
    std::string text;
    value constant;  // a JSON list or map
    Tokens selector;
    std::shared_ptr<const Formula> left, right;
};

namespace {

using Side = std::shared_ptr<const Formula>;

constexpr std::array<std::string_view, 19> signs{"||", "&&", "==",     "!=", "<=", ">=", "<",
                                                 ">",  "=~", "!",      "+",  "-",  "**", "*",
                                                 "/",  "%",  "not in", "in", "@"};

/// The first place of the sign outside of quotes and brackets.
std::size_t find_sign(std::string_view text, std::string_view sign) {
    bool single = false;
    bool twofold = false;
    int square = 0;
    int round = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool quoted = single || twofold;
        switch (text[i]) {
            case '(':
            case ')':
                if (!quoted && square <= 0) round += text[i] == '(' ? 1 : -1;
                break;
            case '[':
            case ']':
                if (!quoted && round <= 0) square += text[i] == '[' ? 1 : -1;
                break;
            case '\'':
                if (!twofold && square <= 0 && round <= 0) single = !single;
                break;
            case '"':
                if (!single && square <= 0 && round <= 0) twofold = !twofold;
                break;
            default: break;
        }
        if (single || twofold || square > 0 || round > 0 || i + 1 < sign.size()) continue;
        const std::size_t begin = i + 1 - sign.size();
        if (text.substr(begin, sign.size()) == sign) return begin;
    }
    return std::string_view::npos;
}

Side side(std::string_view text, std::size_t first, int level);

/// The operator of a text, looked for from `first` on in the order of binding; null when there is none.
Side operation(std::string_view text, std::size_t first, int level) {
    if (level > 100) throw ExpressionError("the JSONPath nests deeper than 100 levels");
    text = trim_space(text);
    if (text.empty()) return nullptr;
    for (bool stripped = true; stripped;) {
        stripped = text.size() > 1 && text.front() == '(' && text.back() == ')';
        if (stripped) {
            text = trim_space(text.substr(1, text.size() - 2));
            first = 0;
            if (++level > 100) throw ExpressionError("the JSONPath nests deeper than 100 levels");
        }
    }
    for (std::size_t i = first; i < signs.size() + 1; ++i) {
        const std::string_view sign = i < signs.size() ? signs[i] : "$";
        const auto at = find_sign(text, sign);
        if (at == std::string_view::npos) continue;
        const bool path = sign == "@" || sign == "$";
        const std::string_view after = trim_space(text.substr(at + sign.size()));
        if (after.empty() && !path) continue;
        const std::string_view before = trim_space(text.substr(0, at));
        if (before.empty() ? !path && sign != "!" : path || sign == "!") continue;
        auto out = std::make_shared<Formula>();
        out->sign = sign;
        if (path) {
            out->selector = compile(text, level + 1);
            return out;
        }
        out->right = side(after, i, level + 1);
        out->left = side(before, i, level + 1);
        return out;
    }
    return nullptr;
}

Side side(std::string_view text, std::size_t first, int level) {
    if (Side found = operation(text, first, level)) return found;
    text = trim_space(text);
    if (text.empty()) return nullptr;
    auto out = std::make_shared<Formula>();
    out->text = text;
    if ((text.front() == '[' && text.back() == ']') || (text.front() == '{' && text.back() == '}')) {
        try {
            out->constant = read_json(text);
        } catch (const ExpressionError&) {  // then it is only a text
        }
    }
    return out;
}

struct Context {
    const value& root;
    const value& current;
    Budget& budget;

    /// `$`, `@`, nil and null stand for values.
    [[nodiscard]] std::optional<value> named(std::string_view text) const {
        if (text == "$") return root;
        if (text == "@") return current;
        return text == "nil" || text == "null" ? std::optional<value>(nullptr) : std::nullopt;
    }

    [[nodiscard]] value raw(const Side& from) const {
        if (!from) throw ExpressionError("invalid argument. is nil");
        if (!from->sign.empty()) return calculate(*from);
        return from->constant.is_null() ? value(boost::json::string(from->text)) : from->constant;
    }
    [[nodiscard]] value resolved(const Side& from) const {
        value found = raw(from);
        if (const auto* text = found.if_string())
            if (auto known = named(*text)) return std::move(*known);
        return found;
    }

    [[nodiscard]] static std::optional<double> as_number(const value& found) {
        return parse_float(format_value(found));
    }
    [[nodiscard]] double number(const Side& from) const {
        if (const auto found = as_number(resolved(from))) return *found;
        throw ExpressionError("invalid argument. expected number");
    }
    [[nodiscard]] std::int64_t integer(const Side& from) const {
        if (const auto found = parse_int(format_value(resolved(from)))) return *found;
        throw ExpressionError("invalid argument. expected integer");
    }
    [[nodiscard]] static std::optional<bool> as_truth(const value& found) {
        if (found.is_null()) return false;
        const std::string text = format_value(found);
        for (const std::string_view word : {"1", "t", "T", "TRUE", "true", "True"})
            if (text == word) return true;
        for (const std::string_view word : {"0", "f", "F", "FALSE", "false", "False"})
            if (text == word) return false;
        return std::nullopt;
    }
    [[nodiscard]] bool truth(const Side& from) const {
        if (!from) return false;
        if (const auto found = as_truth(resolved(from))) return *found;
        throw ExpressionError("invalid argument. expected boolean");
    }
    /// Texts are compared in single quotes, whatever quotes they came in.
    [[nodiscard]] std::string text(const Side& from) const {
        const value found = raw(from);
        const auto* given = found.if_string();
        if (given == nullptr) return format_value(found);
        std::string out(*given);
        const auto known = named(out);
        if (known && !known->is_string()) return format_value(*known);
        if (known) out = std::string(known->get_string());
        const auto quoted = [&](char mark) {
            return out.size() > 1 && out.front() == mark && out.back() == mark;
        };
        if (quoted('\'')) return out;
        if (quoted('"')) return '\'' + out.substr(1, out.size() - 2) + '\'';
        return known ? '\'' + out + '\'' : out;
    }

    [[nodiscard]] bool same(const Formula& formula) const {
        std::optional<double> left;
        std::optional<double> right;
        try {
            left = number(formula.left);
            right = number(formula.right);
        } catch (const ExpressionError&) {
            left.reset();
        }
        if (left) return *left == *right;
        return text(formula.left) == text(formula.right);
    }

    [[nodiscard]] bool contained(const Formula& formula) const {
        value item;
        try {
            item = number(formula.left);
        } catch (const ExpressionError&) {
            item = boost::json::string(text(formula.left));
        }
        const value list = resolved(formula.right);
        bool found = false;
        const auto look = [&](const value& element) { found = found || element == item; };
        if (const auto* array = list.if_array()) {
            for (const value& element : *array) look(element);
        } else if (const auto* object = list.if_object()) {
            for (const auto& entry : *object) look(entry.value());
        } else {
            throw ExpressionError(list.is_null() ? "invalid argument. is nil"
                                                 : "invalid argument. expected array, map, or slice");
        }
        return found;
    }

    [[nodiscard]] static std::string bare(std::string quoted) {
        if (quoted.size() > 1 && quoted.front() == '\'' && quoted.back() == '\'')
            return quoted.substr(1, quoted.size() - 2);
        return quoted;
    }

    [[nodiscard]] value calculate(const Formula& formula) const {
        budget.spend();
        const std::string& sign = formula.sign;
        if (sign == "@" || sign == "$") {
            value found = apply(formula.selector, 0, root, current, budget);
            if (const auto* given = found.if_string()) {
                const std::string_view text = *given;
                if (text.size() < 2 || text.front() != '\'' || text.back() != '\'')
                    return boost::json::string('\'' + std::string(text) + '\'');
            }
            return found;
        }
        if (sign == "||" || sign == "&&") {
            const bool left = truth(formula.left);
            const bool right = truth(formula.right);
            return sign == "||" ? left || right : left && right;
        }
        if (sign == "!") return !truth(formula.right);
        if (sign == "==" || sign == "!=") return same(formula) == (sign == "==");
        if (sign == "in" || sign == "not in") return contained(formula) == (sign == "in");
        if (sign == "=~") {
            const std::string subject = bare(text(formula.left));
            try {
                return Regex(bare(text(formula.right))).matches(subject);
            } catch (const ExpressionError&) {
                throw ExpressionError("invalid argument. expected a valid regexp");
            }
        }
        if (sign == "%") {
            const std::int64_t left = integer(formula.left);
            const std::int64_t right = integer(formula.right);
            if (right == 0) throw ExpressionError("runtime error: integer divide by zero");
            return right == -1 ? std::int64_t{0} : left % right;
        }
        const double left = number(formula.left);
        const double right = number(formula.right);
        if (sign == "<") return left < right;
        if (sign == "<=") return left <= right;
        if (sign == ">") return left > right;
        if (sign == ">=") return left >= right;
        if (sign == "+") return left + right;
        if (sign == "-") return left - right;
        if (sign == "*") return left * right;
        return sign == "/" ? left / right : std::pow(left, right);
    }
};

}  // namespace

Side compile_formula(std::string_view text, int level) {
    if (Side found = operation(text, 0, level)) return found;
    auto out = std::make_shared<Formula>();
    out->text = text;
    return out;
}

value evaluate(const Formula& formula, const value& root, const value& current, Budget& budget) {
    const Context context{root, current, budget};
    if (!formula.sign.empty()) return context.calculate(formula);
    if (formula.text.empty()) throw ExpressionError("invalid expression. is empty");
    if (auto known = context.named(formula.text)) return std::move(*known);
    const value text = boost::json::string(formula.text);
    if (const auto number = Context::as_number(text)) return *number;
    if (const auto truth = Context::as_truth(text)) return *truth;
    return text;
}

}  // namespace tiphys::expression::path
