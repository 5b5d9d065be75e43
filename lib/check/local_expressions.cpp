// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/cron_variables.hpp>
#include <tiphys/check/detail/scalars.hpp>
#include <tiphys/expression/inspect.hpp>
#include <tiphys/expression/template.hpp>
#include <tiphys/expression/when.hpp>

#include "local_rules.hpp"

namespace tiphys::detail {
namespace {

using expression::ExpressionError;

/// A name that nobody uses: it stands where a tag stood.
constexpr std::string_view stand_in = "tiphys_tag";

/// The text with each `{{…}}` replaced; `outside` tells whether something else is left.
std::string without_tags(std::string_view text, std::string_view by, bool& outside) {
    std::string made;
    outside = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find("{{", at);
        const auto end = begin == std::string_view::npos ? begin : text.find("}}", begin + 2);
        const auto plain = text.substr(at, end == std::string_view::npos ? end : begin - at);
        outside = outside || plain.find_first_not_of(" \t\r\n") != std::string_view::npos;
        made.append(plain);
        if (end == std::string_view::npos) break;
        made.append(by);
        at = end + 2;
        // `{{a.{{b}}}}` ends with the outer pair.
        while (at + 1 < text.size() && text[at] == '}' && text[at + 1] == '}') at += 2;
    }
    return made;
}

/// The first line of an error: the others show the source.
std::string first_line(const ExpressionError& error) {
    const std::string text = error.what();
    return text.substr(0, text.find('\n'));
}

expression_facts facts_of(std::string_view text) {
    expression_facts made;
    expression::ExpressionUses uses = expression::inspect_expression(text);
    for (const auto& name : uses.names) {
        if (name.path.find(stand_in) != std::string::npos) continue;
        made.names.push_back({str(name.path), name.guarded});
    }
    for (const auto& name : uses.unknown_functions) made.unknown_functions.push_back(str(name));
    for (const auto& why : uses.wrong_paths) made.wrong_paths.push_back(str(why));
    return made;
}

void judge_condition(std::string_view text, const Path& path, std::string_view words,
                     std::initializer_list<std::string_view> roots, bool cron,
                     const model::k8s::ObjectMeta* meta, report& report) {
    const expression_facts facts = read_expression(text);
    if (!facts.error.empty())
        report(rule::expression_syntax, path, joined(words, " does not parse: ", facts.error.view()));
    for (const str& function : facts.unknown_functions)
        report(rule::expression_unknown_function, path,
               joined(words, " calls `", function.view(), "`, and there is no such function"));
    for (const str& why : facts.wrong_paths)
        report(rule::expression_syntax, path, joined(words, " is wrong: ", why.view()));
    for (const auto& name : facts.names) {
        std::string_view rest = name.path.view();
        const auto root = take(rest);
        bool known = false;
        for (const auto& one : roots) known = known || same(one, root);
        bool is_text = true;
        if (known && cron && !rest.empty()) known = is_cron_variable(*meta, name.path.view(), is_text);
        if (!known && !name.guarded)
            report(rule::expression_unknown_name, path,
                   joined(words, " names `", name.path.view(), "`, which it does not have"));
    }
}

}  // namespace

expression_facts read_expression(std::string_view text) {
    bool outside = true;
    const bool tags = has_variable(text);
    try {
        if (!tags) return facts_of(text);
        const std::string replaced = without_tags(text, stand_in, outside);
        if (!outside) return {};
        return facts_of(replaced);
    } catch (const ExpressionError& error) {
        if (tags) {
            // What a tag stands for may be a number, and it may be a part of an expression.
            try {
                return facts_of(without_tags(text, "1", outside));
            } catch (const ExpressionError&) {
            }
        }
        expression_facts made;
        made.error = first_line(error);
        return made;
    }
}

const Rule* read_when(std::string_view text, str& reason) {
    bool outside = true;
    const bool tags = has_variable(text);
    const auto syntax = [&](const ExpressionError& error) {
        reason = joined("which does not parse: ", first_line(error));
        return &rule::when_syntax;
    };
    if (!tags) {
        try {
            expression::check_when(text);
        } catch (const ExpressionError& error) {
            return syntax(error);
        }
        try {
            expression::evaluate_when(text);
        } catch (const ExpressionError& error) {
            reason = joined("which is not true or false: ", first_line(error));
            return &rule::when_boolean;
        }
        return nullptr;
    }
    try {
        const std::string replaced = without_tags(text, stand_in, outside);
        if (outside) expression::check_when(replaced);
    } catch (const ExpressionError& error) {
        // A tag may stand for any part of a condition: only what no text in its place could mend is wrong.
        for (const std::string_view by : {"1", "true", "==", "&&", "''", ""}) {
            try {
                expression::check_when(without_tags(text, by, outside));
                return nullptr;
            } catch (const ExpressionError&) {
            }
        }
        return syntax(error);
    }
    return nullptr;
}

const Rule* read_with_param(std::string_view text, str& reason) {
    try {
        expression::parse_with_param(text);
    } catch (const ExpressionError&) {
        reason = "which is no JSON list";
        return &rule::with_param_list;
    }
    return nullptr;
}

void judge_expressions(const model::CronWorkflow& cron, report& report) {
    const Path path = Path() / "spec";
    if (cron.spec.stopStrategy && !cron.spec.stopStrategy->expression.empty())
        judge_condition(cron.spec.stopStrategy->expression.view(), path / "stopStrategy" / "expression",
                        "the stopStrategy of the cron workflow", {"cronworkflow"}, true, &cron.metadata,
                        report);
    const auto when = cron.spec.when.view();
    if (when.empty()) return;
    for (std::size_t at = when.find("{{="); at != std::string_view::npos; at = when.find("{{=", at + 3)) {
        const auto end = when.find("}}", at);
        if (end == std::string_view::npos) break;
        judge_condition(when.substr(at + 3, end - at - 3), path / "when",
                        "an expression in when of the cron workflow", {"cronworkflow"}, true, &cron.metadata,
                        report);
    }
    str reason;
    if (const Rule* wrong = read_when(when, reason))
        report(*wrong, path / "when", joined("the cron workflow has when `", when, "`, ", reason.view()));
}

void judge_expressions(const model::WorkflowEventBinding& binding, report& report) {
    const std::initializer_list<std::string_view> roots{"namespace", "discriminator", "payload", "metadata"};
    const Path path = Path() / "spec";
    if (!binding.spec.event.selector.empty())
        judge_condition(binding.spec.event.selector.view(), path / "event" / "selector",
                        "the selector of the event binding", roots, false, nullptr, report);
    if (!binding.spec.submit || !binding.spec.submit->arguments) return;
    const auto& parameters = binding.spec.submit->arguments->parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (parameters[i].valueFrom && !parameters[i].valueFrom->event.empty())
            judge_condition(parameters[i].valueFrom->event.view(),
                            (path / "submit" / "arguments" / "parameters")[i] / "valueFrom" / "event",
                            joined("the event of argument `", parameters[i].name.view(), "`").view(), roots,
                            false, nullptr, report);
}

}  // namespace tiphys::detail
