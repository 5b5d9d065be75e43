// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/model.hpp>

#include <gtest/gtest.h>

#include <string>

namespace tiphys::model {
namespace {

/// Writes the events down: `{` `}` `[` `]`, `name:`, and each value followed by a blank.
class Recorder final : public visitor {
public:
    constexpr void begin_object() override { text += "{ "; }
    constexpr void end_object() override { text += "} "; }
    constexpr void begin_array() override { text += "[ "; }
    constexpr void end_array() override { text += "] "; }
    constexpr void key(std::string_view name) override { add(name, ":"); }
    constexpr void string(std::string_view value) override { add(value, " "); }
    constexpr void integer(std::int64_t value) override { add(tiphys::text(value), " "); }
    constexpr void boolean(bool value) override { add(value ? "true" : "false", " "); }
    constexpr void number(std::string_view literal) override { add(literal, " "); }
    constexpr void null() override { add("null", " "); }

    str text;

private:
    constexpr void add(std::string_view a, std::string_view b) { text += a, text += b; }
};

template <class T>
constexpr str heard(const T& value) {
    Recorder recorder;
    visit(recorder, value);
    return recorder.text;
}

constexpr Workflow workflow() {
    Workflow made;
    made.apiVersion = "argoproj.io/v1alpha1";
    made.kind = "Workflow";
    made.metadata.name = "w";
    made.metadata.annotations["k"] = "v";
    made.spec.entrypoint = "main";
    made.spec.parallelism = 3;
    auto& main = made.spec.templates.emplace_back();
    main.steps.emplace_back().emplace_back().name = "s";
    main.name = "main";
    main.activeDeadlineSeconds = 10;
    main.daemon = false;
    main.suspend.ensure();
    auto& metric = main.metrics.ensure().prometheus.emplace_back();
    metric.histogram.ensure().buckets.push_back(number{"0.5"});
    made.unknown_fields.ensure() = json::object();
    made.unknown_fields->set("later", nullptr);
    return made;
}

constexpr std::string_view expected =
    "{ apiVersion:argoproj.io/v1alpha1 kind:Workflow metadata:{ name:w annotations:{ k:v } } "
    "spec:{ entrypoint:main parallelism:3 templates:[ { name:main activeDeadlineSeconds:10 daemon:false "
    "metrics:{ prometheus:[ { histogram:{ buckets:[ 0.5 ] } } ] } steps:[ [ { name:s } ] ] suspend:{ } } ] } "
    "later:null } ";

// The same function in the compiler and in the program.
static_assert(heard(workflow()) == expected);

TEST(Visit, SaysWhatIsPresentInTheOrderPeopleWrite) { EXPECT_EQ(heard(workflow()), expected); }

TEST(Visit, SaysRequiredObjectsEvenIfEmpty) { EXPECT_EQ(heard(Workflow()), "{ metadata:{ } spec:{ } } "); }

TEST(Visit, TakesListsMapsAndBoxes) {
    list<Parameter> parameters;
    parameters.emplace_back().name = "a";
    EXPECT_EQ(heard(parameters), "[ { name:a } ] ");
    map<list<Parameter>> sets;
    sets["x"] = parameters;
    EXPECT_EQ(heard(sets), "{ x:[ { name:a } ] } ");
    EXPECT_EQ(heard(box<Parameter>(parameters[0])), "{ name:a } ");
    list<map<str>> maps;
    maps.emplace_back()["k"] = "v";
    EXPECT_EQ(heard(maps), "[ { k:v } ] ");
}

TEST(Visit, KeepsEmptyContainersAndJsonAsGiven) {
    DAGTask task;
    task.dependencies.engage();
    json item = json::object();
    item.set("z", json::array()).push_back(json(number{"1e3"}));
    item.set("a", true);
    task.withItems.push_back(item);
    EXPECT_EQ(heard(task), "{ dependencies:[ ] withItems:[ { z:[ 1e3 ] a:true } ] } ");
}

}  // namespace
}  // namespace tiphys::model
