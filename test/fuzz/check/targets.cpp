// SPDX-License-Identifier: Apache-2.0
#include "targets.hpp"

#include <tiphys/check/detail/cron_schedule.hpp>
#include <tiphys/check/detail/depends.hpp>
#include <tiphys/check/validate.hpp>
#include <tiphys/expression/depends.hpp>
#include <tiphys/expression/expr.hpp>
#include <tiphys/expression/inspect.hpp>
#include <tiphys/expression/template.hpp>
#include <tiphys/expression/when.hpp>

#include <boost/json/parse.hpp>

#include <cstdlib>
#include <iostream>

namespace fuzz {
namespace {

using namespace tiphys;
using expression::ExpressionError;

/// Small enough that the fuzzer's time goes into new inputs.
constexpr std::size_t most_bytes = 4096;

void require(bool holds, std::string_view property) {
    if (holds) return;
    std::cerr << "does not hold: " << property << std::endl;
    std::abort();
}

/// The error of an attempt; empty: there was none.
template <class Attempt>
std::string error_of(Attempt attempt) {
    try {
        attempt();
    } catch (const ExpressionError& error) {
        const std::string text = error.what();
        require(!text.empty(), "an error has a reason");
        return text;
    }
    return {};
}

const boost::json::object& variables() {
    static const boost::json::object made =
        boost::json::parse(
            R"({"inputs": {"parameters": {"a": "1", "b-c": "x"}}, "item": {"k": [1, 2.5, null]},
                               "workflow": {"name": "w"}, "retries": "2"})")
            .as_object();
    return made;
}

}  // namespace

void expression(std::string_view input) {
    if (input.size() > most_bytes) return;
    const tiphys::expression::Environment environment(variables());
    const std::string wrong = error_of([&] {
        for (const auto& name : tiphys::expression::inspect_expression(input).names)
            require(!name.path.empty(), "a name has letters");
    });
    const std::string failed = error_of([&] { tiphys::expression::evaluate_expression(input, environment); });
    require(wrong.empty() || !failed.empty(), "what does not parse is not evaluated");
    error_of([&] { tiphys::expression::evaluate_bool(input, environment); });
    error_of([&] { tiphys::expression::expression_names(input); });
}

void depends(std::string_view input) {
    if (input.size() > most_bytes) return;
    bool known = true;
    const auto wrong = detail::read_depends(input, [&](const detail::depends_reference& reference) {
        require(!reference.task.empty(), "a word has letters");
        known = known && (reference.result.empty() || detail::is_depends_result(reference.result));
    });
    require(wrong.offset <= input.size(), "the place of a mistake is in the text");
    const auto never = [](std::string_view) { return tiphys::expression::ContinueOn{}; };
    const std::string failed = error_of([&] {
        const auto read = tiphys::expression::Depends::from_expression(input, never);
        std::map<std::string, tiphys::expression::TaskResults, std::less<>> results;
        for (const std::string& task : read.tasks()) results[task].succeeded = true;
        error_of([&] { (void)read.evaluate(results); });
    });
    require(!wrong.expected.empty() || !known || failed.empty() || input.size() > 1000,
            "the engine reads what the checks accept");
}

void when(std::string_view input) {
    if (input.size() > most_bytes) return;
    const std::string wrong = error_of([&] { tiphys::expression::check_when(input); });
    const std::string failed = error_of([&] { tiphys::expression::evaluate_when(input); });
    require(wrong.empty() || wrong == failed, "what does not parse fails for that reason");
    error_of([&] { tiphys::expression::evaluate_cron_when(input); });
}

void cron(std::string_view input) {
    if (input.size() > most_bytes) return;
    const str wrong = detail::cron_schedule_error(input);
    require(!wrong.has_value() || !wrong.empty(), "an error has a reason");
    const str again = detail::cron_schedule_error(std::string(input));
    require(wrong == again, "the same text is judged alike");
}

void tags(std::string_view input) {
    if (input.size() > most_bytes) return;
    // Where tags stand: in a container, an argument, conditions, loops, hooks and outputs.
    model::Workflow workflow;
    workflow.metadata.name = "fuzz";
    workflow.spec.entrypoint = "main";
    auto& work = workflow.spec.templates.emplace_back();
    work.name = "work";
    work.inputs.ensure().parameters.emplace_back().name = "p";
    work.container.ensure().image = "busybox";
    work.container->args.push_back(str(input));
    auto& main = workflow.spec.templates.emplace_back();
    main.name = "main";
    for (const char* name : {"a", "b"}) {
        auto& task = main.dag.ensure().tasks.emplace_back();
        task.name = name;
        task.template_ = "work";
        auto& given = task.arguments.ensure().parameters.emplace_back();
        given.name = "p";
        given.value = input;
        task.when = input;
        task.withParam = input;
        task.hooks["exit"].template_ = "work";
        task.hooks["exit"].expression = input;
    }
    auto& output = main.outputs.ensure().parameters.emplace_back();
    output.name = "o";
    output.valueFrom.ensure().parameter = input;
    const auto all = validate(workflow);
    const auto without = detail::validate_here(workflow);
    std::size_t k = 0;
    for (const Diagnostic& one : all) {
        require(!one.message.empty(), "a mistake has a message");
        if (k < without.size() && one.rule == without[k].rule && one.location == without[k].location &&
            one.message == without[k].message)
            ++k;
    }
    require(k == without.size(), "the program finds what the compiler finds");

    tiphys::expression::Scope scope;
    scope.set("inputs.parameters.p", "{{x}}");
    scope.set("item", "1");
    error_of([&] { tiphys::expression::substitute(input, scope, tiphys::expression::Mode::lenient()); });
    error_of([&] { tiphys::expression::substitute(input, scope, tiphys::expression::Mode::strict()); });
    error_of([&] { tiphys::expression::resolve_parameter(input, scope); });
}

}  // namespace fuzz
