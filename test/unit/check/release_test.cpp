// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/release.hpp>
#include <tiphys/check/rules/release.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "support/require.hpp"

namespace tiphys {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Release release(std::string_view name) {
    const auto found = Release::parse(name);
    if (!found) throw std::invalid_argument(std::string(name));
    return *found;
}

template <class T>
std::vector<std::string> mistakes(const T& document, std::string_view target) {
    std::vector<std::string> made;
    for (const Diagnostic& each : check_release(document, release(target))) made.push_back(each.to_string());
    return made;
}

TEST(Release, IsReadInTheFormsPeopleWrite) {
    for (const std::string_view text : {"3.7", "v3.7", "v3.7.18", "3.7.0"}) {
        ASSERT_TRUE(Release::parse(text)) << text;
        EXPECT_EQ(Release::parse(text)->name(), "3.7");
    }
    for (const std::string_view text :
         {"", "v", "3", "3.70", "3.7.", "3.7.x", "3.7-rc1", "V3.7", " 3.7", "5.0", "latest"})
        EXPECT_FALSE(Release::parse(text)) << text;
    EXPECT_EQ(Release::names(), "3.6, 3.7, 4.0, 4.1");
    EXPECT_EQ(Release::newest().name(), "4.1");
    EXPECT_LT(release("3.7"), release("4.0"));
}

TEST(Release, RemovedFieldsNameTheirReplacement) {
    model::CronWorkflow cron;
    cron.spec.schedule = "* * * * *";
    cron.spec.workflowSpec.synchronization.ensure().mutex.ensure().name = "m";
    EXPECT_THAT(
        mistakes(cron, "4.1"),
        ElementsAre("error release.removed-field at spec.schedule: field `schedule` of `CronWorkflowSpec` "
                    "exists until Argo 3.7; 4.1 ignores it; use `schedules`",
                    "error release.removed-field at spec.workflowSpec.synchronization.mutex: field `mutex` "
                    "of `Synchronization` exists until Argo 3.7; 4.1 ignores it; use `mutexes`"));
    EXPECT_EQ(mistakes(cron, "4.0").size(), 2u);
    EXPECT_THAT(mistakes(cron, "3.7"), IsEmpty());
    EXPECT_THAT(mistakes(cron, "3.6"), IsEmpty());
}

TEST(Release, NewerFieldsNameTheirRelease) {
    model::Workflow workflow;
    auto& main = workflow.spec.templates.emplace_back();
    workflow.spec.templates.emplace_back();
    main.steps.emplace_back();
    main.steps.emplace_back().emplace_back();
    auto& step = main.steps[1].emplace_back();
    auto& inner = step.inline_.ensure();
    inner.annotations["a"] = "b";
    inner.inputs.ensure().artifacts.emplace_back().plugin.ensure().name = "p";
    inner.pendingTimeout = "1m";
    const std::string at = "spec.templates[0].steps[1][1].inline.";
    const std::string annotations = "error release.unknown-field at " + at +
                                    "annotations: field `annotations` of `Template` exists since Argo 3.7; "
                                    "3.6 ignores it";
    const auto plugin = [&](const std::string& target) {
        return "error release.unknown-field at " + at +
               "inputs.artifacts[0].plugin: field `plugin` of `Artifact` exists since Argo 4.0; " + target +
               " ignores it";
    };
    const auto timeout = [&](const std::string& target) {
        return "error release.unknown-field at " + at +
               "pendingTimeout: field `pendingTimeout` of `Template` exists since Argo 4.1; " + target +
               " ignores it";
    };
    EXPECT_THAT(mistakes(workflow, "3.6"), ElementsAre(annotations, plugin("3.6"), timeout("3.6")));
    EXPECT_THAT(mistakes(workflow, "3.7"), ElementsAre(plugin("3.7"), timeout("3.7")));
    EXPECT_THAT(mistakes(workflow, "4.0"), ElementsAre(timeout("4.0")));
    EXPECT_THAT(mistakes(workflow, "4.1"), IsEmpty());
}

TEST(Release, LooksIntoMapsAndPassesOverFreeJson) {
    model::Workflow workflow;
    auto& node = workflow.status.ensure().nodes["a node"];
    node.failedPodRestarts = 1;
    // Not fields of a Template: free JSON, and a field that the schema does not know.
    auto& main = workflow.spec.templates.emplace_back();
    json free = json::object();
    free.set("priority", 1);
    json list = json::array();
    list.push_back(free);
    main.plugin = json::object();
    main.plugin.set("p", list);
    main.unknown_fields.ensure() = json::object();
    main.unknown_fields->set("later", list);
    main.priority = 5;
    EXPECT_THAT(
        mistakes(workflow, "3.7"),
        ElementsAre("error release.removed-field at spec.templates[0].priority: field `priority` of "
                    "`Template` exists until Argo 3.6; 3.7 ignores it; use `priorityClassName`",
                    "error release.unknown-field at status.nodes[\"a node\"].failedPodRestarts: field "
                    "`failedPodRestarts` of `NodeStatus` exists since Argo 4.0; 3.7 ignores it"));
}

TEST(Release, CutsThePathOfWhatLiesVeryDeep) {
    model::Workflow workflow;
    model::Template* at = &workflow.spec.templates.emplace_back();
    for (int i = 0; i < 20; ++i) at = &at->steps.emplace_back().emplace_back().inline_.ensure();
    at->priority = 1;
    const auto found = check_release(workflow, Release::newest());
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].rule, &rule::release_removed_field);
    EXPECT_THAT(found[0].location.string(),
                testing::StartsWith("spec.templates[0].steps[0][0].inline.steps[0][0].inline."));
    EXPECT_THAT(found[0].message.string(), testing::HasSubstr("field `priority` of `Template`"));
}

TEST(Release, JudgesEveryTypeWithATable) {
    model::sync::CreateSyncLimitRequest request;
    EXPECT_THAT(
        mistakes(request, "3.7"),
        ElementsAre("error release.unknown-field: type `CreateSyncLimitRequest` exists since Argo 4.0; 3.7 "
                    "ignores it"));
    EXPECT_THAT(mistakes(request, "4.0"), IsEmpty());
    model::events::EventSource source;
    source.spec.ensure().kafka["k"].schemaRegistry.ensure();
    EXPECT_THAT(
        mistakes(source, "4.0"),
        ElementsAre("error release.unknown-field at spec.kafka.k.schemaRegistry: field `schemaRegistry` of "
                    "`KafkaEventSource` exists since Argo 4.1; 4.0 ignores it"));
}

constexpr std::string_view earlier = R"(apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata:
  name: c
spec:
  schedule: '* * * * *'
  schedules: []
  workflowSpec:
    podPriority: 7
    synchronization:
      mutex:
        name: m
      semaphore:
        configMapKeyRef:
          name: s
          key: k
    templates:
      - name: main
        memoize:
          cache:
            configMap:
              name: cache
              key: k
              optional: true
          key: x
        priority: 3
)";

TEST(Release, FilesOfEarlierReleasesAreReadAndWrittenWhole) {
    const Documents documents = read_documents(earlier, "earlier.yaml");
    ASSERT_EQ(documents.size(), 1u);
    EXPECT_THAT(mistakes(documents[0], "3.6"), IsEmpty());
    EXPECT_EQ(mistakes(documents[0], "3.7").size(), 2u);
    EXPECT_EQ(mistakes(documents[0], "4.1").size(), 7u);
    const Documents again = read_documents(to_json(documents[0]), "earlier.json");
    ASSERT_EQ(again.size(), 1u);
    const auto& cron = std::get<model::CronWorkflow>(again[0].value);
    EXPECT_EQ(cron, std::get<model::CronWorkflow>(documents[0].value));
    EXPECT_EQ(read_documents(to_yaml(again), "again.yaml")[0].value, documents[0].value);
    EXPECT_EQ(cron.spec.schedule, "* * * * *");
    EXPECT_EQ(cron.spec.workflowSpec.synchronization->semaphore->configMapKeyRef->key, "k");
    EXPECT_EQ(cron.spec.workflowSpec.templates[0].memoize->cache.configMap.key, "k");
    EXPECT_EQ(cron.spec.workflowSpec.templates[0].priority, 3);
}

TEST(Release, ItemsOfAListAreJudgedEach) {
    const Documents documents = read_documents(
        "kind: List\nitems:\n- kind: ConfigMap\n- kind: CronWorkflow\n  spec:\n"
        "    schedule: '* * * * *'\n    workflowSpec: {}\n",
        "list.yaml");
    ASSERT_EQ(documents.size(), 1u);
    EXPECT_THAT(mistakes(documents[0], "3.6"), IsEmpty());
    const auto found = mistakes(documents[0], "4.1");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_THAT(found[0], testing::HasSubstr(" at items[1].spec.schedule: "));
}

TEST(Release, OtherDocumentsHaveNoMistakes) {
    const Documents documents = read_documents("kind: ConfigMap\nschedule: x\n", "other.yaml");
    ASSERT_EQ(documents.size(), 1u);
    EXPECT_THAT(mistakes(documents[0], "4.1"), IsEmpty());
}

TEST(Release, ExamplesUseNothingThatTheirReleaseRemoved) {
    const std::filesystem::path examples = TIPHYS_ARGO_DATA "/v4.1.2/examples";
    TIPHYS_NEEDS_ARGO_DATA(std::filesystem::exists(examples), examples);
    ReadOptions options;
    options.duplicate_keys = DuplicateKeys::last_wins;
    std::size_t documents = 0, newer = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(examples)) {
        if (file.path().extension() != ".yaml") continue;
        for (const Document& document : read_file(file.path().string(), options)) {
            ++documents;
            EXPECT_THAT(mistakes(document, "4.1"), IsEmpty()) << file.path();
            newer += mistakes(document, "3.6").empty() ? 0 : 1;
        }
    }
    EXPECT_EQ(documents, 228u);
    // Some show what is new since 3.6.
    EXPECT_GT(newer, 0u);
    EXPECT_LT(newer, documents / 4);
}

}  // namespace
}  // namespace tiphys
