// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/context.hpp>

namespace tiphys::detail {

/// What an expression says before anything has a value; `error` is empty if it parses.
struct expression_facts {
    struct name {
        str path;
        bool guarded;  ///< by `??` or `?.`
    };
    str error;
    list<name> names;
    list<str> unknown_functions;
    list<str> wrong_paths;
};

/// The rules that only the running program can judge, because they take a library: expressions, YAML, time
/// zones. The walk calls each for its node, after the rules that the compiler judges too; in constant
/// evaluation there are none. A null pointer: nothing to judge there. Their rows are `decided` locally.
/// lib/check/local_rules.cpp holds them.
struct local_rules {
    void (*on_workflow)(const workflow_view& view, report& report);
    void (*on_template)(const template_view& view, report& report);
    void (*on_call)(const template_view& view, const call_view& call, report& report);
    void (*on_cron_workflow)(const model::CronWorkflow& cron, report& report);
    void (*on_event_binding)(const model::WorkflowEventBinding& binding, report& report);

    /// Reads an expression of expr-lang; tags in it are variables too, replaced before.
    expression_facts (*read_expression)(std::string_view text);
    /// What is wrong with a `when`, if anything: the rule and the reason.
    const Rule* (*read_when)(std::string_view text, str& reason);
    /// The same for a withParam without tags.
    const Rule* (*read_with_param)(std::string_view text, str& reason);
};

}  // namespace tiphys::detail
