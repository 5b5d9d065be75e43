// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/model.hpp>

#include <gtest/gtest.h>

#include <type_traits>

namespace tiphys::model {
namespace {

constexpr Workflow deep() {
    Workflow workflow;
    workflow.metadata.generateName = "deep-";
    workflow.metadata.labels["a"] = "b";
    workflow.spec.entrypoint = "main";
    auto& main = workflow.spec.templates.emplace_back();
    main.name = "main";
    auto& step = main.steps.emplace_back().emplace_back();
    step.name = "one";
    step.withItems.push_back(json("x"));
    // A template inside a step inside a template.
    auto& inner = step.inline_.ensure();
    inner.dag.ensure().tasks.emplace_back().inline_.ensure().container.ensure().image = "alpine";
    workflow.spec.volumes.emplace_back().emptyDir.ensure();
    workflow.status.ensure().nodes["id"].outputs.ensure().parameters.emplace_back().value = "out";
    return workflow;
}

constexpr bool copies_are_independent() {
    const Workflow original = deep();
    Workflow copy = original;
    if (!(copy == original)) return false;
    copy.spec.templates[0].steps[0][0].inline_->dag->tasks[0].inline_->container->image = "debian";
    if (copy == original) return false;
    return original.spec.templates[0].steps[0][0].inline_->dag->tasks[0].inline_->container->image ==
           "alpine";
}

constexpr bool moves_leave_nothing() {
    Workflow from = deep();
    Workflow to = std::move(from);
    return to == deep() && !from.spec.templates.has_value() && !from.status.has_value();
}

// The compiler evaluates what the program runs.
static_assert(copies_are_independent());
static_assert(moves_leave_nothing());

TEST(Value, CopiesAreDeep) { EXPECT_TRUE(copies_are_independent()); }
TEST(Value, MovesLeaveNothing) { EXPECT_TRUE(moves_leave_nothing()); }

constexpr bool bodies_are_values() {
    Workflow workflow = deep();
    Workflow other;
    other.spec.entrypoint = "other";
    const Workflow kept = other;
    std::swap(workflow, other);
    if (!(workflow == kept) || !(other == deep())) return false;
    const Workflow& self = workflow;
    workflow = self;
    if (!(workflow == kept)) return false;
    workflow = other;
    if (!(workflow == deep()) || !(other == deep())) return false;
    list<Workflow> several;
    for (int i = 0; i < 3; ++i) several.push_back(other);
    // What all kinds have in common is a type of its own.
    const object_body<k8s::ObjectMeta, WorkflowSpec>& body = several[2];
    return body == deep() && body.spec.entrypoint == "main";
}
static_assert(bodies_are_values());

TEST(Value, BodiesAreValues) { EXPECT_TRUE(bodies_are_values()); }

TEST(Value, AssignsFromItsOwnDescendant) {
    Workflow workflow = deep();
    Template& outer = workflow.spec.templates[0];
    const Template inner = *outer.steps[0][0].inline_;
    outer = Template(*outer.steps[0][0].inline_);
    EXPECT_TRUE(outer == inner);
}

TEST(Value, PresenceIsAValue) {
    Template with;
    with.suspend.ensure();
    const Template without;
    EXPECT_FALSE(with == without);
    with.suspend.reset();
    EXPECT_TRUE(with == without);
}

TEST(Value, AnEmptyListIsNotAnAbsentOne) {
    WorkflowSpec spec;
    spec.arguments.ensure().parameters.engage();
    WorkflowSpec other;
    other.arguments.ensure();
    EXPECT_FALSE(spec == other);
}

TEST(Value, MembersHaveTheTypesThatArgoMeans) {
    static_assert(std::is_same_v<decltype(Template::steps), list<list<WorkflowStep>>>);
    static_assert(std::is_same_v<decltype(Template::plugin), json>);
    static_assert(std::is_same_v<decltype(Template::activeDeadlineSeconds), int_or_string>);
    static_assert(std::is_same_v<decltype(Histogram::buckets), list<number>>);
    static_assert(std::is_same_v<decltype(Parameter::enum_), list<str>>);
    static_assert(std::is_same_v<decltype(DAGTask::withItems), list<json>>);
    static_assert(std::is_same_v<decltype(DAGTask::inline_), box<Template>>);
    static_assert(std::is_same_v<decltype(Template::suspend), box<SuspendTemplate>>);
    static_assert(std::is_same_v<decltype(Workflow::metadata), k8s::ObjectMeta>);
    static_assert(std::is_same_v<decltype(Workflow::status), box<WorkflowStatus>>);
    static_assert(std::is_same_v<decltype(NodeStatus::resourcesDuration), map<opt<std::int64_t>>>);
    static_assert(std::is_same_v<decltype(k8s::ResourceRequirements::limits), map<str>>);
    static_assert(std::is_same_v<decltype(k8s::ManagedFieldsEntry::fieldsV1), json>);
    static_assert(std::is_standard_layout_v<WorkflowSpec> && std::is_standard_layout_v<Template>);
    static_assert(std::is_nothrow_move_constructible_v<Workflow> && std::is_aggregate_v<Workflow>);
}

}  // namespace
}  // namespace tiphys::model
