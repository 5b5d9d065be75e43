// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/regex.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <cmath>
#include <list>
#include <utility>

#include "expr_ast.hpp"

namespace tiphys::expression::expr {
namespace {

using boost::json::value;

std::string conversion(const value& found, std::string_view wanted) {
    if (found.is_null()) return "interface conversion: interface {} is nil, not " + std::string(wanted);
    return "interface conversion: interface {} is " + std::string(type_name(found)) + ", not " +
           std::string(wanted);
}

/// The slots of a predicate: what # and its names mean.
struct PredicateScope {
    const value* item = nullptr;
    std::int64_t index = 0;
    value accumulator;
};

/// An error that already tells its place.
struct Placed : ExpressionError {
    explicit Placed(const ExpressionError& error) : ExpressionError(error) {}
};

class Evaluator {
public:
    Evaluator(std::string_view source, const Environment& env) : source_(source), env_(env) {}

    /// Members of the environment are read in place; only results are copied.
    value run(const Node& node) {
        value hold;
        const value& found = read(node, hold);
        return &found == &hold ? std::move(hold) : found;
    }

private:
    static constexpr std::size_t most_elements = 1'000'000;
    static constexpr std::size_t most_steps = 10'000'000;

    std::string_view source_;
    const Environment& env_;
    std::vector<std::pair<const std::string*, value>> variables_;
    std::vector<PredicateScope*> predicates_;
    std::size_t steps_ = 0;
    std::size_t elements_ = 0;
    bool cut_ = false;  // a `?.` found nil: the rest of its chain is skipped
    value environment_;

    [[noreturn]] void fail(const Node& node, const std::string& message) const {
        throw Placed(error_at(source_, node.at, message));
    }
    void grow(const Node& node, std::size_t elements) {
        elements_ += elements;
        if (elements_ >= most_elements) fail(node, "memory budget exceeded");
    }
    /// Errors of the functions on values get their place here.
    template <class Function>
    auto at(const Node& node, Function function) {
        try {
            return function();
        } catch (const Placed&) {
            throw;
        } catch (const ExpressionError& error) {
            throw Placed(error_at(source_, node.at, error.what()));
        }
    }

    const value& read(const Node& node, value& hold) {
        if (++steps_ > most_steps) fail(node, "the expression takes more than 10000000 steps");
        switch (node.kind) {
            case Kind::literal: return node.value;
            case Kind::identifier: return identifier(node, hold);
            case Kind::pointer: return pointer(node, hold);
            case Kind::member: return member(node, hold);
            case Kind::chain: {
                const value& found = read(node.child(0), hold);
                if (std::exchange(cut_, false)) {
                    hold = nullptr;
                    return hold;
                }
                return found;
            }
            case Kind::unary: hold = unary(node); return hold;
            case Kind::binary: hold = binary(node); return hold;
            case Kind::slice: hold = slice(node); return hold;
            case Kind::call: hold = call(node); return hold;
            case Kind::builtin: hold = builtin(node); return hold;
            case Kind::predicate: return read(node.child(0), hold);
            case Kind::let: {
                variables_.emplace_back(&node.text, run(node.child(0)));
                hold = run(node.child(1));
                variables_.pop_back();
                return hold;
            }
            case Kind::sequence:
                for (std::size_t i = 0; i + 1 < node.children.size(); ++i) run(node.child(i));
                return read(*node.children.back(), hold);
            case Kind::conditional: return read(node.child(truth(node.child(0)) ? 1 : 2), hold);
            case Kind::array: {
                grow(node, node.children.size());
                boost::json::array out;
                for (const Tree& element : node.children) out.push_back(run(*element));
                hold = std::move(out);
                return hold;
            }
            case Kind::map: {
                grow(node, node.children.size() / 2);
                boost::json::object out;
                for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
                    const value key = run(node.child(i));
                    if (!key.is_string()) fail(node, conversion(key, "string"));
                    out.insert_or_assign(key.get_string(), run(node.child(i + 1)));
                }
                hold = std::move(out);
                return hold;
            }
        }
        return hold;
    }

    bool truth(const Node& node) {
        value hold;
        const value& found = read(node, hold);
        if (!found.is_bool()) fail(node, conversion(found, "bool"));
        return found.get_bool();
    }

    const value& identifier(const Node& node, value& hold) {
        for (auto variable = variables_.rbegin(); variable != variables_.rend(); ++variable) {
            if (*variable->first == node.text) {
                hold = variable->second;  // the vector may grow while the caller looks
                return hold;
            }
        }
        if (node.text == "$env") {
            if (environment_.is_null()) environment_ = env_.values();
            return environment_;
        }
        if (const value* found = env_.values().if_contains(node.text)) return *found;
        if (is_argo_function(node.text) || is_builtin(node.text))
            fail(node, node.text + " is a function: call it, it cannot be used as a value");
        hold = nullptr;  // only where expr-lang does not look: the arguments of sprig's functions
        return hold;
    }

    const value& pointer(const Node& node, value& hold) {
        if (predicates_.empty()) fail(node, "cannot use pointer accessor outside predicate");
        const PredicateScope& scope = *predicates_.back();
        if (node.text.empty()) return *scope.item;
        if (node.text == "index")
            hold = scope.index;
        else
            hold = scope.accumulator;
        return hold;
    }

    const value& member(const Node& node, value& hold) {
        value base_hold;
        const value& base = read(node.child(0), base_hold);
        const bool owned = &base == &base_hold;
        if (cut_) {
            hold = nullptr;
            return hold;
        }
        if (node.optional && base.is_null()) {
            cut_ = true;
            hold = nullptr;
            return hold;
        }
        const value property = run(node.child(1));
        const auto give = [&](const value& found) -> const value& {
            if (!owned) return found;
            value kept = found;
            hold = std::move(kept);
            return hold;
        };
        if (const auto* object = base.if_object()) {
            if (!property.is_string())
                fail(node, "reflect.Value.MapIndex: value of type " + std::string(type_name(property)) +
                               " is not assignable to type string");
            if (const value* found = object->if_contains(property.get_string())) return give(*found);
            hold = nullptr;
            return hold;
        }
        if (base.is_array() || base.is_string()) {
            std::int64_t index = at(node, [&] { return to_int(property); });
            const auto size = static_cast<std::int64_t>(base.is_array() ? base.get_array().size()
                                                                        : base.get_string().size());
            if (index < 0) index += size;
            if (index < 0 || index >= size)
                fail(node, "index out of range: " + std::to_string(index) + " (array length is " +
                               std::to_string(size) + ")");
            if (base.is_array()) return give(base.get_array()[static_cast<std::size_t>(index)]);
            hold = static_cast<std::int64_t>(
                static_cast<unsigned char>(base.get_string()[static_cast<std::size_t>(index)]));
            return hold;
        }
        fail(node, "cannot fetch " + format_value(property) + " from " + std::string(type_name(base)));
    }

    value unary(const Node& node) {
        if (node.text == "!" || node.text == "not") {
            value hold;
            const value& operand = read(node.child(0), hold);
            if (!operand.is_bool()) fail(node, conversion(operand, "bool"));
            return !operand.get_bool();
        }
        value operand = run(node.child(0));
        if (node.text == "+") return operand;
        if (operand.is_int64())
            return static_cast<std::int64_t>(~static_cast<std::uint64_t>(operand.get_int64()) + 1);
        if (operand.is_double()) return -operand.get_double();
        fail(node, "invalid operation: - " + std::string(type_name(operand)));
    }

    value binary(const Node& node) {
        const std::string& symbol = node.text;
        value left_hold;
        const value& left = read(node.child(0), left_hold);
        if (symbol == "&&" || symbol == "and" || symbol == "||" || symbol == "or") {
            if (!left.is_bool()) fail(node, conversion(left, "bool"));
            if (left.get_bool() == (symbol == "||" || symbol == "or")) return left;
            return run(node.child(1));
        }
        if (symbol == "??") return left.is_null() ? run(node.child(1)) : left;
        value right_hold;
        const value& right = read(node.child(1), right_hold);
        return at(node, [&] { return operate(node, symbol, left, right); });
    }

    value operate(const Node& node, const std::string& symbol, const value& left, const value& right) {
        if (symbol == "==") return equal(left, right);
        if (symbol == "!=") return !equal(left, right);
        if (symbol == "<") return less(left, right, symbol);
        if (symbol == ">") return more(left, right, symbol);
        if (symbol == "<=") return at_most(left, right, symbol);
        if (symbol == ">=") return at_most(right, left, symbol, true);
        if (symbol == "+") {
            if (left.is_string() && right.is_string())
                grow(node, (left.get_string().size() + right.get_string().size()) / 64);
            return add(left, right);
        }
        if (symbol == "in") return in(left, right);
        if (symbol == "..") return range(node, left, right);
        if (symbol == "matches" || symbol == "contains" || symbol == "startsWith" || symbol == "endsWith")
            return text_operation(symbol, left, right);
        return arithmetic(symbol, left, right);
    }

    static value more(const value& left, const value& right, std::string_view symbol) {
        if (both_numbers(left, right) || (left.is_string() && right.is_string())) return less(right, left);
        less(left, right, symbol);  // the error in the order of the operands
        return false;
    }
    static value at_most(const value& left, const value& right, std::string_view symbol,
                         bool swapped = false) {
        if (both_numbers(left, right)) {
            if (left.is_int64() && right.is_int64()) return left.get_int64() <= right.get_int64();
            return to_float(left) <= to_float(right);
        }
        if (left.is_string() && right.is_string()) return left.get_string() <= right.get_string();
        return swapped ? less(right, left, symbol) : less(left, right, symbol);
    }
    static bool both_numbers(const value& left, const value& right) {
        return (left.is_int64() || left.is_double()) && (right.is_int64() || right.is_double());
    }

    static value arithmetic(const std::string& symbol, const value& left, const value& right) {
        if (symbol == "**" || symbol == "^") return std::pow(to_float(left), to_float(right));
        const bool whole = left.is_int64() && right.is_int64();
        if (!both_numbers(left, right) || (symbol == "%" && !whole))
            throw ExpressionError("invalid operation: " + std::string(type_name(left)) + ' ' + symbol + ' ' +
                                  std::string(type_name(right)));
        if (symbol == "/") return to_float(left) / to_float(right);
        if (!whole)
            return symbol == "-" ? to_float(left) - to_float(right) : to_float(left) * to_float(right);
        const std::int64_t a = left.get_int64();
        const std::int64_t b = right.get_int64();
        if (symbol == "%") {
            if (b == 0) throw ExpressionError("runtime error: integer divide by zero");
            return b == -1 ? std::int64_t{0} : a % b;
        }
        // Integers wrap around, as in Go.
        const auto x = static_cast<std::uint64_t>(a);
        const auto y = static_cast<std::uint64_t>(b);
        return static_cast<std::int64_t>(symbol == "-" ? x - y : x * y);
    }

    static value in(const value& needle, const value& list) {
        if (list.is_null()) return false;
        if (const auto* array = list.if_array())
            return std::any_of(array->begin(), array->end(),
                               [&](const value& element) { return equal(element, needle); });
        if (const auto* object = list.if_object()) {
            if (needle.is_null()) return object->contains("");
            if (!needle.is_string())
                throw ExpressionError("reflect.Value.MapIndex: value of type " +
                                      std::string(type_name(needle)) + " is not assignable to type string");
            return object->contains(needle.get_string());
        }
        throw ExpressionError("operator \"in\" not defined on " + std::string(type_name(list)));
    }

    value range(const Node& node, const value& left, const value& right) {
        const std::int64_t first = to_int(left);
        const std::int64_t last = to_int(right);
        boost::json::array out;
        if (first <= last) {
            const std::uint64_t size = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
            grow(node, size >= most_elements ? most_elements : static_cast<std::size_t>(size) + 1);
            for (std::int64_t i = first; i <= last; ++i) out.push_back(i);
        }
        return out;
    }

    static value text_operation(const std::string& symbol, const value& left, const value& right) {
        if (left.is_null() || right.is_null()) return false;
        if (symbol == "matches" && !left.is_string()) throw ExpressionError(conversion(left, "[]uint8"));
        const std::string_view text = to_text(left);
        const std::string_view part = to_text(right);
        if (symbol == "matches") return Regex(part).matches(text);
        if (symbol == "contains") return text.find(part) != std::string_view::npos;
        return symbol == "startsWith" ? text.starts_with(part) : text.ends_with(part);
    }

    value slice(const Node& node) {
        value hold;
        const value& base = read(node.child(0), hold);
        const auto bound = [&](const Tree& tree, std::int64_t otherwise) {
            return tree ? at(node, [&] { return to_int(run(*tree)); }) : otherwise;
        };
        if (!base.is_array() && !base.is_string()) fail(node, "cannot slice " + format_value(base));
        const auto size =
            static_cast<std::int64_t>(base.is_array() ? base.get_array().size() : base.get_string().size());
        std::int64_t to = bound(node.children[2], size);
        std::int64_t from = bound(node.children[1], 0);
        if (from < 0) from += size;
        if (to < 0) to += size;
        to = std::clamp<std::int64_t>(to, 0, size);
        from = std::clamp<std::int64_t>(from, 0, to);
        const auto begin = static_cast<std::size_t>(from);
        const auto count = static_cast<std::size_t>(to - from);
        if (base.is_string())
            return boost::json::string(std::string_view(base.get_string()).substr(begin, count));
        const auto& array = base.get_array();
        return boost::json::array(array.begin() + from, array.begin() + to);
    }

    Arguments arguments(const Node& node, std::size_t first) {
        Arguments out;
        for (std::size_t i = first; i < node.children.size(); ++i) out.push_back(run(node.child(i)));
        return out;
    }

    value call(const Node& node) {
        const Node& callee = node.child(0);
        if (callee.kind == Kind::identifier && !env_.values().contains(callee.text)) {
            if (is_argo_function(callee.text) && callee.text != "sprig") {
                Arguments given = arguments(node, 1);
                return at(node, [&] { return call_builtin(callee.text, given); });
            }
        } else if (callee.kind == Kind::member && callee.child(0).kind == Kind::identifier &&
                   callee.child(0).text == "sprig" && callee.child(1).value.is_string()) {
            Arguments given = arguments(node, 1);
            const std::string name(callee.child(1).value.get_string());
            value result = at(node, [&] { return call_sprig(name, given); });
            if (const auto* text = result.if_string()) grow(node, text->size() / 64);
            return result;
        }
        const value found = run(callee);
        if (cut_) return nullptr;
        if (found.is_null()) fail(node, "invalid operation: cannot call nil");
        fail(node, "invalid operation: cannot call non-function of type " + std::string(type_name(found)));
    }

    value builtin(const Node& node) {
        if (is_predicate_builtin(node.text)) return predicate_builtin(node);
        Arguments given = arguments(node, 0);
        value result = at(node, [&] { return call_builtin(node.text, given); });
        if (const auto* text = result.if_string())
            grow(node, text->size() / 64);
        else if (const auto* array = result.if_array())
            grow(node, array->size());
        return result;
    }

    value predicate_builtin(const Node& node) {
        const std::string& name = node.text;
        const value list = run(node.child(0));
        if (!list.is_array())
            fail(node.child(0),
                 "builtin " + name + " takes only array (got " + std::string(type_name(list)) + ')');
        const auto& array = list.get_array();
        const Node* body = node.children.size() > 1 ? node.children[1].get() : nullptr;
        PredicateScope scope;
        const auto each = [&](std::size_t i) {
            scope.item = &array[i];
            scope.index = static_cast<std::int64_t>(i);
            if (body == nullptr) return array[i];
            predicates_.push_back(&scope);
            value result = run(*body);
            predicates_.pop_back();
            return result;
        };
        const auto holds = [&](std::size_t i) {
            const value result = each(i);
            if (!result.is_bool()) fail(node, conversion(result, "bool"));
            return result.get_bool();
        };
        const std::size_t size = array.size();
        if (name == "all" || name == "none" || name == "any") {
            for (std::size_t i = 0; i < size; ++i)
                if (holds(i) != (name == "all")) return name == "any";
            return name != "any";
        }
        if (name == "one" || name == "count") {
            std::int64_t found = 0;
            for (std::size_t i = 0; i < size; ++i) found += holds(i) ? 1 : 0;
            return name == "one" ? value(found == 1) : value(found);
        }
        if (name.starts_with("find")) {
            const bool index = name.ends_with("Index");
            const bool last = name.starts_with("findLast");
            for (std::size_t i = 0; i < size; ++i) {
                const std::size_t here = last ? size - 1 - i : i;
                if (holds(here)) return index ? value(static_cast<std::int64_t>(here)) : array[here];
            }
            return nullptr;
        }
        if (name == "filter" || name == "map") {
            boost::json::array out;
            for (std::size_t i = 0; i < size; ++i) {
                if (name == "map")
                    out.push_back(each(i));
                else if (holds(i))
                    out.push_back(array[i]);
            }
            grow(node, out.size());
            return out;
        }
        if (name == "sum") {
            value total = std::int64_t{0};
            for (std::size_t i = 0; i < size; ++i) {
                const value term = each(i);
                total = at(node, [&] { return add(total, term); });
            }
            return total;
        }
        if (name == "groupBy") {
            boost::json::object out;
            for (std::size_t i = 0; i < size; ++i) {
                const value key = each(i);
                value& group = out[format_value(key)];
                if (!group.is_array()) group = boost::json::array();
                group.get_array().push_back(array[i]);
            }
            return out;
        }
        if (name == "sortBy") {
            bool down = false;
            if (node.children.size() > 2) {
                const value order = run(node.child(2));
                if (!order.is_string()) fail(node, "sortBy order argument must be a string");
                down = order.get_string() == "desc";
                if (!down && order.get_string() != "asc") fail(node, "unknown order, use asc or desc");
            }
            std::list<std::pair<value, std::size_t>> keys;  // sorted by merging: NaN has no order
            for (std::size_t i = 0; i < size; ++i) keys.emplace_back(each(i), i);
            at(node, [&] {
                keys.sort([&](const auto& a, const auto& b) {
                    return down ? less(b.first, a.first) : less(a.first, b.first);
                });
                return 0;
            });
            grow(node, size);
            boost::json::array out;
            for (const auto& key : keys) out.push_back(array[key.second]);
            return out;
        }
        // reduce
        std::size_t first = 0;
        if (node.children.size() > 2) {
            scope.accumulator = run(node.child(2));
        } else {
            if (size == 0) fail(node, "reduce of empty array with no initial value");
            scope.accumulator = array[0];
            first = 1;
        }
        for (std::size_t i = first; i < size; ++i) scope.accumulator = each(i);
        return std::move(scope.accumulator);
    }
};

}  // namespace

boost::json::value evaluate(std::string_view source, const Node& tree, const Environment& env) {
    return Evaluator(source, env).run(tree);
}

}  // namespace tiphys::expression::expr
