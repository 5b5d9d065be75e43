// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/diagnostic.hpp>
#include <tiphys/check/rules/argument.hpp>
#include <tiphys/check/rules/artifact.hpp>
#include <tiphys/check/rules/call.hpp>
#include <tiphys/check/rules/container.hpp>
#include <tiphys/check/rules/cron.hpp>
#include <tiphys/check/rules/dag.hpp>
#include <tiphys/check/rules/document.hpp>
#include <tiphys/check/rules/event.hpp>
#include <tiphys/check/rules/expression.hpp>
#include <tiphys/check/rules/metric.hpp>
#include <tiphys/check/rules/output.hpp>
#include <tiphys/check/rules/pod.hpp>
#include <tiphys/check/rules/reference.hpp>
#include <tiphys/check/rules/release.hpp>
#include <tiphys/check/rules/resource.hpp>
#include <tiphys/check/rules/strategy.hpp>
#include <tiphys/check/rules/template.hpp>
#include <tiphys/check/rules/variable.hpp>
#include <tiphys/check/rules/workflow.hpp>

#include <array>

/// The table of rules, one header of rows per section. The rows are judged by the functions of
/// `check/detail/*_rules.hpp`, which bear their names; the compile error, the run-time diagnostic and the
/// documentation print from here. Source: Argo's validator (workflow/validate) and controller; where Argo is
/// looser than its own run time, the row says so in `enforced`.
namespace tiphys {
namespace detail {

template <std::size_t... Sizes>
constexpr auto all_rules(const Rule* const (&... sections)[Sizes]) {
    std::array<const Rule*, (Sizes + ...)> all{};
    std::size_t size = 0;
    const auto add = [&](const auto& section) {
        for (const Rule* rule : section) all[size++] = rule;
    };
    (add(sections), ...);
    return all;
}

}  // namespace detail

/// Every rule, in the order in which the documentation lists them.
inline constexpr auto rules = detail::all_rules(
    rule::document_rules, rule::workflow_rules, rule::cron_rules, rule::event_rules, rule::reference_rules,
    rule::template_rules, rule::container_rules, rule::pod_rules, rule::artifact_rules, rule::resource_rules,
    rule::metric_rules, rule::argument_rules, rule::call_rules, rule::dag_rules, rule::output_rules,
    rule::strategy_rules, rule::variable_rules, rule::expression_rules, rule::release_rules);

/// The rule of that id, or null.
constexpr const Rule* find_rule(std::string_view id) noexcept {
    for (const Rule* rule : rules)
        if (detail::same(rule->id, id)) return rule;
    return nullptr;
}

}  // namespace tiphys
