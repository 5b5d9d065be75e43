// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/template.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace tiphys::expression {

void Scope::set(std::string_view name, std::string_view text) { values_[name] = boost::json::string(text); }
void Scope::set_absent(std::string_view name) { values_[name] = nullptr; }
void Scope::erase(std::string_view name) { values_.erase(name); }

void Scope::set_artifact(std::string_view name, boost::json::value artifact) {
    if (!artifact.is_object())
        throw ExpressionError("artifact " + std::string(name) + " must be a JSON object");
    values_[name] = std::move(artifact);
}

void Scope::merge(const Scope& other) {
    for (const auto& entry : other.values_) values_[entry.key()] = entry.value();
}

const boost::json::value* Scope::find(std::string_view name) const { return values_.if_contains(name); }

const boost::json::string* Scope::text(std::string_view name) const {
    const boost::json::value* found = find(name);
    return found == nullptr ? nullptr : found->if_string();
}

bool Scope::is_absent(std::string_view name) const {
    const boost::json::value* found = find(name);
    return found != nullptr && found->is_null();
}

Environment Scope::environment(bool with_artifacts) const {
    if (with_artifacts) return Environment::from_names(values_);
    boost::json::object texts;
    for (const auto& entry : values_)
        if (!entry.value().is_object()) texts[entry.key()] = entry.value();
    return Environment::from_names(texts);
}

Mode Mode::lenient() { return {}; }

Mode Mode::strict() {
    Mode mode;
    mode.kind_ = Kind::all;
    return mode;
}

Mode Mode::strict_prefixes(std::vector<std::string> prefixes) {
    Mode mode;
    mode.kind_ = prefixes.empty() ? Kind::none : Kind::prefixes;
    mode.prefixes_ = std::move(prefixes);
    return mode;
}

bool Mode::must_resolve(std::string_view tag) const {
    if (kind_ != Kind::prefixes) return kind_ == Kind::all;
    return std::any_of(prefixes_.begin(), prefixes_.end(), [&](std::string_view prefix) {
        return tag.starts_with(prefix) && (tag.size() == prefix.size() || tag[prefix.size()] == '.');
    });
}

bool has_tag(std::string_view text) { return text.find("{{") != std::string_view::npos; }

namespace {

/// One pass over a text or document; the environment of expressions is made when the first one is met.
class Substitution {
public:
    Substitution(const Scope& scope, const Mode& mode) : scope_(scope), mode_(mode) {}

    std::string text(std::string_view whole, bool allow_open) {
        std::string out;
        std::string_view rest = whole;
        while (true) {
            const auto begin = rest.find("{{");
            out += rest.substr(0, begin);
            if (begin == std::string_view::npos) return out;
            rest.remove_prefix(begin + 2);
            const auto end = rest.find("}}");
            if (end == std::string_view::npos) {
                if (!allow_open)
                    throw ExpressionError("Cannot find end tag=\"}}\" in the template=" + quote(whole) +
                                          " starting from " + quote(rest));
                return out.append("{{").append(rest);
            }
            const std::string_view tag = rest.substr(0, end);
            rest.remove_prefix(end + 2);
            if (tag.starts_with('='))
                expression(tag.substr(1), out);
            else
                simple(tag, out);
        }
    }

    boost::json::value document(const boost::json::value& from) {
        if (const auto* found = from.if_string())
            return has_tag(*found) ? boost::json::value(boost::json::string(text(*found, true))) : from;
        if (const auto* array = from.if_array()) {
            boost::json::array out;
            out.reserve(array->size());
            for (const auto& element : *array) out.push_back(document(element));
            return out;
        }
        if (const auto* object = from.if_object()) {
            boost::json::object out;
            out.reserve(object->size());
            for (const auto& entry : *object) {
                const std::string_view key = entry.key();
                out.insert_or_assign(has_tag(key) ? text(key, true) : std::string(key),
                                     document(entry.value()));
            }
            return out;
        }
        return from;
    }

private:
    /// What a tag can see: texts and absent optionals, not artifacts.
    [[nodiscard]] const boost::json::value* look(std::string_view name) const {
        const boost::json::value* found = scope_.find(name);
        return found != nullptr && !found->is_object() ? found : nullptr;
    }

    void simple(std::string_view tag, std::string& out) const {
        const std::string_view name = trim_space(tag);
        const boost::json::value* found = look(name);
        if (found != nullptr) {
            if (!found->is_string())
                throw ExpressionError(
                    "unable to substitute {{" + std::string(tag) +
                    "}}: output is an absent optional (skipped/omitted node with no default)");
            out += std::string_view(found->get_string());
            return;
        }
        if (const auto inner = tag.rfind("{{"); inner != std::string_view::npos && inner > 0) {
            const std::string_view nested = tag.substr(inner + 2);
            if (const boost::json::value* value = look(nested)) {
                if (!value->is_string())
                    throw ExpressionError("unable to substitute nested tag {{" + std::string(tag) +
                                          "}}: " + quote(nested) + " is an absent optional");
                out.append("{{").append(tag.substr(0, inner)).append(std::string_view(value->get_string()));
                return;
            }
        }
        const bool artifact = name.find(".outputs.artifacts.") != std::string_view::npos;
        if (mode_.must_resolve(name) && !(artifact && mode_.spares_artifacts()))
            throw ExpressionError("failed to resolve {{" + std::string(tag) + "}}");
        keep("", tag, out);
    }

    static void keep(std::string_view prefix, std::string_view tag, std::string& out) {
        out.append("{{").append(prefix).append(tag).append("}}");
    }

    void expression(std::string_view source, std::string& out) {
        if (!environment_) environment_ = scope_.environment(false);
        // Variables that come later in a node's life: an expression that reads one waits for it.
        static constexpr std::array<std::string_view, 8> late{"item",
                                                              "retries",
                                                              "lastRetry.exitCode",
                                                              "lastRetry.status",
                                                              "lastRetry.duration",
                                                              "lastRetry.message",
                                                              "workflow.status",
                                                              "workflow.failures"};
        bool allow_unresolved = false;
        bool waits = false;
        try {
            for (const std::string& name : expression_names(source)) {
                const std::string_view base = std::string_view(name).substr(0, name.find('.'));
                if (base == "sprig" || base == "asInt" || base == "asFloat" || base == "jsonpath" ||
                    base == "toJson" || environment_->has(name))
                    continue;
                if (mode_.must_resolve(name))
                    throw ExpressionError("failed to evaluate expression: " + name + " is missing");
                allow_unresolved = true;
                waits = waits || std::find(late.begin(), late.end(), name) != late.end();
            }
            allow_unresolved = allow_unresolved || !mode_.checks();
        } catch (const ExpressionError& error) {
            const std::string_view why = error.what();
            if (why.starts_with("failed to evaluate expression: ")) throw;
            throw ExpressionError("failed to evaluate expression: " + std::string(why));
        }
        if (waits && allow_unresolved) {
            keep("=", source, out);
            return;
        }
        boost::json::value result;
        try {
            result = evaluate_expression(source, *environment_);
        } catch (const ExpressionError& error) {
            if (!allow_unresolved)
                throw ExpressionError(std::string("failed to evaluate expression: ") + error.what());
        }
        if (result.is_null()) {
            if (!allow_unresolved) throw ExpressionError("failed to evaluate expression " + quote(source));
            keep("=", source, out);
            return;
        }
        if (const auto* text = result.if_string()) {
            out += std::string_view(*text);
            return;
        }
        try {
            out += write_json(result);
        } catch (const ExpressionError& error) {
            if (!allow_unresolved)
                throw ExpressionError(std::string("failed to marshal evaluated expression: ") + error.what());
            keep("=", source, out);
        }
    }

    const Scope& scope_;
    const Mode& mode_;
    std::optional<Environment> environment_;
};

}  // namespace

std::string substitute(std::string_view text, const Scope& scope, const Mode& mode) {
    return has_tag(text) ? Substitution(scope, mode).text(text, false) : std::string(text);
}

boost::json::value substitute_document(const boost::json::value& document, const Scope& scope,
                                       const Mode& mode) {
    return Substitution(scope, mode).document(document);
}

Resolved resolve_parameter(std::string_view reference, const Scope& scope) {
    std::string_view tag = reference;
    if (tag.starts_with("{{")) tag.remove_prefix(2);
    if (tag.ends_with("}}")) tag.remove_suffix(2);
    tag = trim_space(tag);
    const auto fail = [](std::string_view what, std::string_view text) {
        return ExpressionError(std::string(what) + quote(text));
    };
    if (!tag.starts_with('=')) {
        const boost::json::value* found = scope.find(tag);
        if (found == nullptr) throw fail("Unable to resolve: ", tag);
        return {std::string(tag), *found};
    }
    const std::string_view source = tag.substr(1);
    // The scope's flat names are the environment here, as in Argo: `a.b` is looked up as a member of `a`.
    const Environment environment(scope.values());
    try {
        expression_names(source);
    } catch (const ExpressionError&) {
        throw fail("Unable to compile: ", source);
    }
    boost::json::value value;
    try {
        value = evaluate_expression(source, environment);
    } catch (const ExpressionError& error) {
        const bool compile = std::string_view(error.what()).find("unknown name") != std::string_view::npos;
        throw fail(compile ? "Unable to compile: " : "Invalid expression: ", source);
    }
    if (value.is_null()) throw fail("Unable to resolve: ", tag);
    return {std::string(tag), std::move(value)};
}

bool is_absent_reference(std::string_view argument, const Scope& scope) {
    if (argument.size() < 4 || !argument.starts_with("{{") || !argument.ends_with("}}")) return false;
    const std::string_view name = trim_space(argument.substr(2, argument.size() - 4));
    return name.find("{{") == std::string_view::npos && name.find("}}") == std::string_view::npos &&
           scope.is_absent(name);
}

boost::json::value resolve_expression(std::string_view expression, const Scope& scope) {
    boost::json::value value = evaluate_expression(expression, scope.environment());
    if (value.is_null()) throw ExpressionError("failed to evaluate expression " + quote(expression));
    return value;
}

std::string parameter_text(const boost::json::value& value) { return format_value(value); }

}  // namespace tiphys::expression
