// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/variable_scope.hpp>

/// The variables of a cron workflow's `when`. Source: workflow/cron (evalWhen, expressionEnv).
namespace tiphys::detail {

/// Whether a cron workflow has the variable, and whether it is a text, which alone can stand in a simple tag.
constexpr bool is_cron_variable(const model::k8s::ObjectMeta& metadata, std::string_view name, bool& text) {
    text = true;
    std::string_view rest = name;
    if (!is(take(rest), "cronworkflow")) return false;
    const auto head = take(rest);
    if (is(head, "labels") || is(head, "annotations")) {
        text = !rest.empty();
        // Both hold the labels, by an error of Argo's.
        return rest.empty() || is(rest, "json") || metadata.labels.contains(rest) ||
               metadata.annotations.contains(rest);
    }
    if (!rest.empty()) return false;
    if (is(head, "name") || is(head, "namespace")) return true;
    text = false;
    return is(head, "failed") || is(head, "succeeded") || is(head, "lastScheduledTime");
}

constexpr void cron_when_variables(const model::CronWorkflow& cron, report& report) {
    const auto when = cron.spec.when.view();
    const Path path = Path() / "spec" / "when";
    for (std::size_t i = 0; i + 1 < when.size(); ++i) {
        if (when[i] != '{' || when[i + 1] != '{') continue;
        std::size_t to = i + 2;
        while (to + 1 < when.size() && !(when[to] == '}' && when[to + 1] == '}')) ++to;
        if (to + 1 >= when.size()) {
            report(rule::variable_unterminated, path,
                   joined("the when of the cron workflow uses ", when.substr(i), ", which no }} ends"));
            return;
        }
        std::string_view name = when.substr(i + 2, to - i - 2);
        i = to + 1;
        if (!name.empty() && name.front() == '=') continue;
        while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
        while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
        bool text = true;
        if (!is_cron_variable(cron.metadata, name, text))
            report(rule::variable_unknown, path,
                   joined("the when of the cron workflow uses {{", name,
                          "}}, but a cron workflow has no such "
                          "variable"));
        else if (!text)
            report(rule::variable_unknown, path,
                   joined("the when of the cron workflow uses {{", name,
                          "}}, which is no text; write {{=", name, "}}"));
    }
}

}  // namespace tiphys::detail
