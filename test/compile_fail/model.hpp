// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/checked.hpp>

using namespace tiphys;

/// What a recipe changes: template 0 is the container `work` with the input `message` and the output `result`,
/// template 1 the steps `main`, whose steps `one` and `two` run it; `calls[0]` and `calls[1]` are these.
struct parts {
    model::WorkflowSpec& spec;
    model::Template& work;
    model::Template& main;
    model::WorkflowStep& one;
    model::WorkflowStep& two;
};

/// A workflow without lines: messages begin with the path.
template <class Change>
constexpr model::Workflow changed(Change change) {
    Workflow workflow("nightly-");
    workflow.entrypoint("main")
        .container("work", Container("busybox").input("message").command("echo", "{{inputs.parameters.message}}")
            .output("result", "/tmp/result"))
        .steps("main")
            .step("one", "work").with("message", "hello")
            .step("two", "work").with("message", "{{steps.one.outputs.parameters.result}}");
    model::Workflow model = std::move(workflow).model();
    model::Template& steps = model.spec.templates[1];
    change(parts{model.spec, model.spec.templates[0], steps, steps.steps[0][0], steps.steps[1][0]});
    return model;
}

constexpr void add(list<str>& to, std::string_view text) { to.push_back(str(text)); }
