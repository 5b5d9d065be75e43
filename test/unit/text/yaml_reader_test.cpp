// SPDX-License-Identifier: Apache-2.0
#include "text_testing.hpp"

namespace {

using namespace tiphys;
using model::Workflow;

std::string as_json(std::string_view yaml) { return to_json(read_yaml<json>(yaml)); }

TEST(YamlReader, ReadsBlockAndFlowStyle) {
    EXPECT_EQ(as_json("a: {b: [1, x], c: }\nd:\n- e\n-\n  f: |\n    g\n    h\n"),
              R"({"a":{"b":[1,"x"],"c":null},"d":["e",{"f":"g\nh\n"}]})");
    EXPECT_EQ(as_json("- - 1\n  - 2\n- []\n- {}\n"), "[[1,2],[],{}]");
    EXPECT_EQ(as_json("\xef\xbb\xbf"
                      "a: 1"),
              R"({"a":1})");
    EXPECT_EQ(as_json("plain"), R"("plain")");
    EXPECT_EQ(as_json("? a\n: b"), R"({"a":"b"})");
}

TEST(YamlReader, TriesJsonFirst) {
    EXPECT_EQ(as_json("{\"a\": \"\\ud83c\\udf89\"}"), "{\"a\":\"🎉\"}");
    EXPECT_EQ(as_json(" [1.10]"), "[1.10]");
    EXPECT_EQ(as_json("{a: 1, b: yes}"), R"({"a":1,"b":true})");
    EXPECT_EQ(as_json("{\"a\": 1,}"), R"({"a":1})");
    // What is neither is reported as JSON.
    EXPECT_EQ(yaml_error<json>("{\"a\": 1"), "the JSON text ends too early (line 1, column 8)");
}

TEST(YamlReader, ReplacesAliases) {
    EXPECT_EQ(as_json("a: &x {k: [1, &y two]}\nb: *x\nc: [*y, *x]\n"),
              R"({"a":{"k":[1,"two"]},"b":{"k":[1,"two"]},"c":["two",{"k":[1,"two"]}]})");
    EXPECT_EQ(as_json("a: &x 1\nb: &x 2\nc: *x\n"), R"({"a":1,"b":2,"c":2})");
    EXPECT_EQ(as_json("&k key: 1\nb: *k"), R"({"key":1,"b":"key"})");
    EXPECT_EQ(as_json("a: &x k\n*x : 2"), R"({"a":"k","k":2})");
    EXPECT_EQ(as_json("a: &x \"1\"\nb: *x"), R"({"a":"1","b":"1"})");
    EXPECT_EQ(as_json("a: &x\nb: *x"), R"({"a":null,"b":null})");
    EXPECT_EQ(as_json("- &a [1]\n- &b [*a, *a]\n- [*b, *a]"), "[[1],[[1],[1]],[[[1],[1]],[1]]]");
    EXPECT_EQ(yaml_error<json>("a: *x"), "the alias *x names no anchor before it (line 1, column 4)");
    EXPECT_EQ(yaml_error<json>("a: &x [*x]"), "the anchor &x contains itself (line 1, column 8)");
}

TEST(YamlReader, CarriesOutMergeKeys) {
    // What is written out wins, wherever the merge key stands; of several maps the first.
    EXPECT_EQ(as_json("b: &b {x: 1, v: 2}\na: {<<: *b, x: 3}"), R"({"b":{"x":1,"v":2},"a":{"x":3,"v":2}})");
    EXPECT_EQ(as_json("b: &b {x: 1, v: 2}\na: {x: 3, <<: *b, z: 4}"),
              R"({"b":{"x":1,"v":2},"a":{"x":3,"z":4,"v":2}})");
    EXPECT_EQ(as_json("- &b {x: 1}\n- &c {x: 2, v: 2}\n- {<<: [*b, *c, {z: 9, v: 9}]}"),
              R"([{"x":1},{"x":2,"v":2},{"x":1,"v":2,"z":9}])");
    EXPECT_EQ(as_json("- &b {x: {k: 1}}\n- &c {<<: *b, v: 2}\n- {<<: *c}"),
              R"([{"x":{"k":1}},{"v":2,"x":{"k":1}},{"v":2,"x":{"k":1}}])");
    EXPECT_EQ(as_json("<<: {a: 1}\n<<: {a: 2, b: 2}"), R"({"a":1,"b":2})");
    EXPECT_EQ(as_json("a: &a\n  <<: {q: [1]}\nb: *a"), R"({"a":{"q":[1]},"b":{"q":[1]}})");
    EXPECT_EQ(as_json("\"<<\": 1"), R"({"<<":1})");
    EXPECT_EQ(as_json("- &a {x: 1}\n- k: {<<: *a}\n  l: 2"), R"([{"x":1},{"k":{"x":1},"l":2}])");
    for (const char* wrong : {"<<: 1", "<<: [1]", "<<: [[{a: 1}]]", "a: &a 1\n<<: *a"})
        EXPECT_NE(yaml_error<json>(wrong).find(
                      "a merge key (<<) takes a map, an alias of a map, or a list of those"),
                  std::string::npos)
            << wrong;
    const auto read = read_yaml<Workflow>(
        "metadata: {labels: &l {a: '1'}, annotations: {<<: *l, b: '2'}}\n"
        "spec: {templates: [&t {name: x, container: {image: i}}, {<<: *t, name: b}]}");
    EXPECT_EQ(to_json(read),
              R"({"metadata":{"annotations":{"b":"2","a":"1"},"labels":{"a":"1"}},"spec":{"templates":[)"
              R"({"name":"x","container":{"image":"i"}},{"name":"b","container":{"image":"i"}}]}})");
}

TEST(YamlReader, RefusesDuplicates) {
    EXPECT_EQ(yaml_error<json>("a: 1\nb: 2\na: 3\n"), "a: given twice (line 3, column 1)");
    EXPECT_EQ(yaml_error<json>("x:\n- yes: 1\n  true: 3\n"), "x[0].true: given twice (line 3, column 3)");
    EXPECT_EQ(yaml_error<Workflow>("kind: a\nkind: b\n"), "kind: given twice (line 2, column 1)");
}

TEST(YamlReader, TheLastOfEqualNamesWinsIfWanted) {
    const ReadOptions options{.duplicate_keys = DuplicateKeys::last_wins};
    constexpr std::string_view text =
        "metadata:\n  labels: {a: '1'}\n  labels: {b: '2', c: '3', b: '4'}\nkind: x\nkind: Workflow\n";
    EXPECT_EQ(to_json(read_yaml<Workflow>(text, options)),
              R"({"kind":"Workflow","metadata":{"labels":{"c":"3","b":"4"}},"spec":{}})");
    EXPECT_EQ(to_json(read_json<json>(R"({"a":1,"b":2,"a":[{"c":1,"c":2}]})", options)),
              R"({"b":2,"a":[{"c":2}]})");
    EXPECT_EQ(
        yaml_error<Workflow>("kind: x\nspec:\n  entrypont: x\nkind: z\n",
                             {.duplicate_keys = DuplicateKeys::last_wins}),
        "spec.entrypont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (line 3, column 3)");
}

TEST(YamlReader, NamesTheNearestKnownField) {
    constexpr std::string_view text =
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {}\nspec:\n  entrypoint: main\n  "
        "templates:\n"
        "  - contaner: {}\n";
    EXPECT_EQ(
        yaml_error<Workflow>(text, {.name = "file.yaml"}),
        "spec.templates[0].contaner: unknown field of Template; did you mean \"container\"? (file.yaml:7:5)");
    // What a merge key brings is found where it was read.
    EXPECT_EQ(
        yaml_error<Workflow>("spec:\n  <<: {entrypont: x}\n"),
        "spec.entrypont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (line 2, column 8)");
}

TEST(YamlReader, ReportsWhereTheTextIsNotYaml) {
    EXPECT_EQ(yaml_error<json>("a:\n  b: 1\n c: 2\n"),
              "not YAML: did not find expected key while parsing a block mapping (line 3, column 2)");
    EXPECT_EQ(yaml_error<json>("a: \"x"),
              "not YAML: found unexpected end of stream while scanning a quoted scalar "
              "(line 1, column 6)");
    EXPECT_EQ(yaml_error<json>("a:\n\t- b"),
              "not YAML: found character that cannot start any token while scanning for "
              "the next token (line 2, column 1)");
    EXPECT_EQ(yaml_error<json>(""), "the text holds no document");
    EXPECT_EQ(yaml_error<Workflow>("# nothing\n"), "the text holds no document");
    EXPECT_EQ(yaml_error<json>("a: 1\n---\nb: 2\n"),
              "a second document, where one is wanted (line 2, column 1)");
    EXPECT_EQ(yaml_error<json>("a: 1\n---\n"), "a second document, where one is wanted (line 2, column 1)");
    EXPECT_EQ(read_yaml<json>("---\na: 1\n...\n").members().size(), 1u);
}

}  // namespace
