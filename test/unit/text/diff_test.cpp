// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/diff.hpp>

#include <sstream>

#include "support/golden.hpp"
#include "support/large_documents.hpp"
#include "text_testing.hpp"

namespace {

using namespace tiphys;
using model::Workflow;

std::string diff_text(std::string_view before, std::string_view after) {
    return to_text(diff(read_json<json>(before), read_json<json>(after)));
}

constexpr std::string_view before_text = R"(
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: old-
  labels: {team: data, "workflows.argoproj.io/test": "true", zone: é}
spec:
  entrypoint: main
  priority: 3
  templates:
  - name: work
    container: {image: "alpine:3.22", command: [sh, -c, echo, bye]}
    suspend: {}
  - name: gone
    container: {image: x}
  - name: main
    steps:
    - - {name: a, template: work, withItems: [1, x, {k: 1.50}]}
      - {name: b, template: work}
    - - {name: c, template: gone}
)";

constexpr std::string_view after_text = R"(
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: new-
  labels: {team: data, "workflows.argoproj.io/test": "false", "a \"b\".c": "1"}
spec:
  entrypoint: main
  suspend: true
  templates:
  - name: main
    steps:
    - - {name: b, template: work, arguments: {}}
      - {name: a, template: work, withItems: [1, z, {k: 1.5}, 2]}
  - name: work
    container: {image: "alpine:3.23", command: [sh, -e, -c, "echo\nall of a script that is longer than what fits into a line that people still read to its end, as scripts are, é"]}
  - name: added
    suspend: {}
)";

TEST(Diff, ListsWhatDiffersInAWorkflow) {
    const auto before = read_yaml<Workflow>(before_text);
    const auto after = read_yaml<Workflow>(after_text);
    EXPECT_GOLDEN("text/diff.txt", to_text(diff(before, after)));
    EXPECT_GOLDEN("text/diff_back.txt", to_text(diff(after, before)));
    EXPECT_TRUE(diff(before, before).empty());
}

TEST(Diff, GivesTheValuesThemselves) {
    auto before = read_yaml<Workflow>(before_text);
    auto after = before;
    after.spec.priority = std::int64_t{4};
    after.spec.templates[0].suspend.reset();
    after.spec.arguments.ensure();
    const Differences expected{
        {Difference::Kind::changed, "spec.priority", json(3), json(4)},
        {Difference::Kind::removed, "spec.templates[0].suspend", json::object(), {}},
        {Difference::Kind::added, "spec.arguments", {}, json::object()},
    };
    EXPECT_EQ(diff(before, after), expected);
    std::ostringstream out;
    out << diff(before, after)[0];
    EXPECT_EQ(out.str(), "~ spec.priority: 3 -> 4");
    // A path leads back into the text.
    EXPECT_EQ(locate(before_text, diff(before, after)[0].path), (Location{9, 3}));
    EXPECT_EQ(to_text(diff(before.metadata, after.metadata)), "");
}

TEST(Diff, KnowsAbsentFromEmpty) {
    Workflow before;
    Workflow after;
    after.spec.templates.engage();
    EXPECT_EQ(to_text(diff(before, after)), "+ spec.templates: []\n");
    EXPECT_EQ(to_text(diff(after, before)), "- spec.templates: []\n");
    EXPECT_EQ(diff_text("{}", "[]"), "~ (the whole): {} -> []\n");
    EXPECT_EQ(diff_text("1", "1.0"), "~ (the whole): 1 -> 1.0\n");
    EXPECT_EQ(diff_text("null", "false"), "~ (the whole): null -> false\n");
}

TEST(Diff, ComparesListsByNameOrByPlace) {
    EXPECT_EQ(diff_text("[1,2,3]", "[1,9,2,3]"), "+ [1]: 9\n");
    EXPECT_EQ(diff_text("[1,2,3]", "[3]"), "- [0]: 1\n- [1]: 2\n");
    EXPECT_EQ(diff_text("[1,2,3]", "[1,4,3]"), "~ [1]: 2 -> 4\n");
    EXPECT_EQ(diff_text("[1,1]", "[1,1,1]"), "+ [2]: 1\n");
    EXPECT_EQ(diff_text("[]", "[1]"), "+ [0]: 1\n");
    EXPECT_EQ(diff_text(R"([{"name":"a"},{"name":"b","x":1}])", R"([{"name":"b","x":2}])"),
              "- [0]: {\"name\":\"a\"}\n~ [0].x: 1 -> 2\n");
    // Names that are not distinct say nothing.
    EXPECT_EQ(diff_text(R"([{"name":"a"},{"name":"a","x":1}])", R"([{"name":"a"},{"name":"a","x":2}])"),
              "~ [1].x: 1 -> 2\n");
    EXPECT_EQ(diff_text(R"([{"name":"a"},{}])", R"([{"name":"a"},{"name":"b"}])"), "+ [1].name: \"b\"\n");
    EXPECT_EQ(diff_text(R"([{"name":"a"},{"name":"b"}])", R"([{"name":"b"},{"name":"a"}])"),
              "> (the whole): [\"a\",\"b\"] -> [\"b\",\"a\"]\n");
}

TEST(Diff, TheOrderOfKeysDoesNotCount) {
    EXPECT_EQ(diff_text(R"({"a":1,"b":[{"x":1,"y":2}]})", R"({"b":[{"y":2,"x":1}],"a":1})"), "");
}

TEST(Diff, OfLargeModelsTakesLittleTime) {
    const Workflow before = test::large_status(5'000);
    Workflow after = before;
    after.status->nodes.find("large-1000007919")->phase = "Failed";
    EXPECT_EQ(to_text(diff(before, after)),
              "~ status.nodes.large-1000007919.phase: \"Succeeded\" -> \"Failed\"\n");
}

}  // namespace
