// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/expr.hpp>

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::expression {

/// The variables that `{{…}}` may name: flat, `inputs.parameters.message`. A variable may be known and yet
/// have no value: the output of a skipped node without a default, which only `??` and `?.` of expressions can
/// take. Thread safety: as a container.
class Scope {
public:
    void set(std::string_view name, std::string_view text);
    void set_absent(std::string_view name);
    /// An artifact: seen by resolve_parameter and by expressions of `from`, not by `{{…}}` in texts.
    void set_artifact(std::string_view name, boost::json::value artifact);
    void erase(std::string_view name);
    /// Adds what `other` holds, which wins.
    void merge(const Scope& other);
    /// The text, null for an absent optional, the artifact; nullptr when the name is unknown.
    [[nodiscard]] const boost::json::value* find(std::string_view name) const;
    /// The text of a variable, nullptr for anything else.
    [[nodiscard]] const boost::json::string* text(std::string_view name) const;
    [[nodiscard]] bool is_absent(std::string_view name) const;
    [[nodiscard]] const boost::json::object& values() const { return values_; }
    /// As nested maps; absent optionals are nil.
    [[nodiscard]] Environment environment(bool with_artifacts = true) const;

private:
    boost::json::object values_;
};

/// What happens to a tag that the scope does not know.
class Mode {
public:
    /// It stays as it is (Argo's allowUnresolved).
    static Mode lenient();
    /// It is an error, `failed to resolve {{X}}`.
    static Mode strict();
    /// It is an error if it begins with one of these segments, as "steps" and "tasks" (artifacts of outputs
    /// excepted).
    static Mode strict_prefixes(std::vector<std::string> prefixes);

    [[nodiscard]] bool must_resolve(std::string_view tag) const;
    [[nodiscard]] bool checks() const { return kind_ != Kind::none; }
    [[nodiscard]] bool spares_artifacts() const { return kind_ != Kind::all; }

private:
    enum class Kind { none, all, prefixes };
    Kind kind_ = Kind::none;
    std::vector<std::string> prefixes_;
};

/// The text with its tags replaced once, from left to right; what a value holds is not looked at again. Tags
/// are trimmed; `{{a.{{b}}}}` becomes `{{a.value of b}}`, which a second call resolves; `{{=…}}` is an
/// expression. Errors: `failed to resolve {{X}}`, `unable to substitute {{X}}: …`, `failed to evaluate
/// expression: …`, `Cannot find end tag="}}" in the template="…" starting from "…"`. Limits: those of
/// evaluate_expression for each tag.
std::string substitute(std::string_view text, const Scope& scope, const Mode& mode);

/// The same in every text and every key of a document. Argo substitutes in the JSON text of a template and
/// quotes the values into it. The results are the same, except that a control character in a value does not
/// break the document, and that a `{{` without end is left alone in its own text, whatever brackets follow
/// elsewhere.
boost::json::value substitute_document(const boost::json::value& document, const Scope& scope,
                                       const Mode& mode);
/// Only a value itself, so that a text is never taken for a document.
template <std::same_as<boost::json::value> Value>
Value substitute(const Value& document, const Scope& scope, const Mode& mode) {
    return substitute_document(document, scope, mode);
}

/// Whether the text holds a `{{`, that is: whether substituting could change it.
bool has_tag(std::string_view text);

/// The whole-text reference of valueFrom.parameter and `from`: `{{steps.a.outputs.parameters.p}}`, a bare
/// name, or
/// `{{=…}}`. Gives the tag's name and the value; null for an absent optional.
/// Errors: `Unable to resolve: "X"`, `Unable to compile: "X"`, `Invalid expression: "X"`.
struct Resolved {
    std::string tag;
    boost::json::value value;
};
Resolved resolve_parameter(std::string_view reference, const Scope& scope);

/// Whether an argument is nothing but a reference to an absent optional: its input's default then applies.
bool is_absent_reference(std::string_view argument, const Scope& scope);

/// The value of valueFrom.expression and fromExpression.
/// Errors: those of evaluate_expression; `failed to evaluate expression "E"` when the result is nil.
boost::json::value resolve_expression(std::string_view expression, const Scope& scope);

/// A resolved value as the text of a parameter: a text as it is, others as fmt prints them.
std::string parameter_text(const boost::json::value& value);

/// One element of withItems, withParam or withSequence: what it sets, and the name of its node.
struct ItemScope {
    Scope scope;            ///< item, and item.KEY of a map
    std::string node_name;  ///< step(0:a), step(1:group:dev,name:jesse)
};
/// `item` is the element's JSON text, so that numbers stay as they were written. Strings inside maps and
/// lists keep their escapes, as in Argo.
ItemScope item_scope(std::string_view item, std::string_view name, std::size_t index);

/// The JSON texts of the elements of withParam's list.
/// Errors: `withParam value could not be parsed as a JSON list: V: E`.
std::vector<std::string> parse_with_param(std::string_view text);

}  // namespace tiphys::expression
