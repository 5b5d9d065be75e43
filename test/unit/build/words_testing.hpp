// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/build.hpp>
#include <tiphys/build/k8s.hpp>

#include <gtest/gtest.h>

#include <string_view>

/// What the generated tests of the words stand on.
namespace tiphys {

/// Fails unless the property of the object `text` holds what the word was given.
void expect_word(std::string_view property, std::string_view found, const str& text,
                 const char* expression);

/// Sets a property by its word: the JSON must hold it.
#define EXPECT_WORD(property, found, ...) \
    expect_word(property, found, write_json(__VA_ARGS__), #__VA_ARGS__)

/// A model that can be told from an empty one.
template <class Model>
Model marked() {
    Model made;
    made.unknown_fields.ensure() = json::object();
    made.unknown_fields->set("mark", json("mark"));
    return made;
}

template <class Built>
const model::k8s::ObjectMeta& metadata_of(const Built& built) {
    return built.model().metadata;
}
template <class Built>
const model::WorkflowSpec& spec_of(const Built& built) {
    return built.model().spec;
}
template <class Built>
const model::CronWorkflowSpec& cron_of(const Built& built) {
    return built.model().spec;
}
template <class Built>
const model::Template& template_of(const Built& built) {
    return built.model().spec.templates[0];
}
template <class Built>
const model::DAGTemplate& dag_of(const Built& built) {
    return *template_of(built).dag;
}
template <class Built>
const model::DAGTask& task_of(const Built& built) {
    return dag_of(built).tasks[0];
}
template <class Built>
const model::WorkflowStep& step_of(const Built& built) {
    return template_of(built).steps[0][0];
}

inline const model::k8s::Container& part_of(const Container& built) { return *built.model().container; }
inline const model::ScriptTemplate& part_of(const Script& built) { return *built.model().script; }
inline const model::ContainerSetTemplate& part_of(const ContainerSet& built) {
    return *built.model().containerSet;
}
inline const model::Data& part_of(const Data& built) { return *built.model().data; }
inline const model::HTTP& part_of(const Http& built) { return *built.model().http; }
inline const model::ResourceTemplate& part_of(const Resource& built) { return *built.model().resource; }
inline const model::SuspendTemplate& part_of(const Suspend& built) { return *built.model().suspend; }

}  // namespace tiphys
