// SPDX-License-Identifier: Apache-2.0
#include "text_testing.hpp"

namespace {

using namespace tiphys;
using model::Parameter;
using model::Template;
using model::Workflow;

TEST(JsonReader, ReadsEveryKindOfMember) {
    const auto read = read_json<Workflow>(R"({
        "metadata": {"name": "a\u00e9\ud83c\udf89\n", "generation": 9223372036854775807, "labels": {"x": "1", "": "e"}},
        "spec": {
            "suspend": false,
            "templates": [
                {"name": "", "suspend": {}, "activeDeadlineSeconds": 5,
                 "container": {"image": "i", "resources": {"limits": {"cpu": 0.5, "memory": "1Gi"}},
                               "readinessProbe": {"httpGet": {"port": "http"}}}},
                {"inputs": {"parameters": [{"name": "a", "value": 1.50}, {"name": "b", "default": true, "enum": [1, "2"]}]},
                 "metrics": {"prometheus": [{"histogram": {"buckets": [0.1, 1e3], "value": "v"}}]},
                 "plugin": {"p": {"x": [1, null, "a", {"k": 1.50}]}}}
            ]
        }
    })");
    EXPECT_EQ(read.metadata.name, "a\xc3\xa9\xf0\x9f\x8e\x89\n");
    EXPECT_EQ(*read.metadata.generation, INT64_MAX);
    EXPECT_EQ(*read.metadata.labels.find(""), "e");
    EXPECT_TRUE(read.spec.suspend.has_value());
    const Template& first = read.spec.templates[0];
    EXPECT_TRUE(first.name.has_value());
    EXPECT_TRUE(first.suspend.has_value());
    EXPECT_TRUE(first.activeDeadlineSeconds.is_int());
    EXPECT_EQ(*first.container->resources->limits.find("cpu"), "0.5");
    EXPECT_EQ(first.container->readinessProbe->httpGet->port.as_str(), "http");
    const Template& second = read.spec.templates[1];
    EXPECT_FALSE(second.name.has_value());
    EXPECT_EQ(second.inputs->parameters[0].value, "1.5");
    EXPECT_EQ(second.inputs->parameters[1].default_, "true");
    EXPECT_EQ(second.inputs->parameters[1].enum_[0], "1");
    EXPECT_EQ(second.metrics->prometheus[0].histogram->buckets[1].literal, "1e3");
    EXPECT_EQ(to_json(second.plugin), R"({"p":{"x":[1,null,"a",{"k":1.50}]}})");
}

TEST(JsonReader, NullIsAbsentForMembersAndEmptyForElements) {
    const auto read = read_json<Workflow>(
        R"({"metadata": null, "kind": null, "spec": {"templates": null, "suspend": null, "arguments": null,
            "nodeSelector": {"a": null}, "hostAliases": [null], "priority": null}, "status": {"startedAt": null}})");
    EXPECT_FALSE(read.kind.has_value());
    EXPECT_FALSE(read.spec.templates.has_value());
    EXPECT_FALSE(read.spec.suspend.has_value());
    EXPECT_FALSE(read.spec.arguments.has_value());
    EXPECT_FALSE(read.spec.priority.has_value());
    EXPECT_EQ(read.spec.hostAliases.size(), 1u);
    ASSERT_TRUE(read.status.has_value());
    EXPECT_FALSE(read.status->startedAt.has_value());
    EXPECT_EQ(to_json(read),
              R"({"metadata":{},"spec":{"hostAliases":[{}],"nodeSelector":{"a":""}},"status":{}})");
    EXPECT_TRUE(read_json<json>("null").is_null());
}

TEST(JsonReader, AnyStringTakesNumbersAsArgoFormatsThem) {
    const auto value = [](std::string_view literal) {
        return read_json<Parameter>("{\"value\": " + std::string(literal) + "}").value.string();
    };
    EXPECT_EQ(value("1"), "1");
    EXPECT_EQ(value("-0.50"), "-0.5");
    EXPECT_EQ(value("1e3"), "1000");
    EXPECT_EQ(value("1e21"), "1000000000000000000000");
    EXPECT_EQ(value("1e-7"), "0.0000001");
    EXPECT_EQ(value("9007199254740993"), "9007199254740992");
    EXPECT_EQ(value("false"), "false");
    EXPECT_EQ(json_error<Parameter>(R"({"value": 1e999})"),
              "value: expected text, a number or a boolean, found the number 1e999 (line 1, column 2)");
    EXPECT_EQ(json_error<Parameter>(R"({"value": [1]})"),
              "value: expected text, a number or a boolean, found a list (line 1, column 2)");
}

TEST(JsonReader, RefusesValuesThatDoNotFit) {
    EXPECT_EQ(json_error<Workflow>(R"({"kind": 1})"),
              "kind: expected text, found the number 1; write it in quotes (line 1, column 2)");
    EXPECT_EQ(json_error<Workflow>(R"({"kind": true})"),
              "kind: expected text, found true; write it in quotes (line 1, column 2)");
    EXPECT_EQ(json_error<Workflow>(R"({"spec": {"suspend": "yes"}})"),
              "spec.suspend: expected true or false, found the text \"yes\" (line 1, column 11)");
    EXPECT_EQ(json_error<Workflow>(R"({"spec": {"parallelism": 1.0}})"),
              "spec.parallelism: expected an integer of 64 bits, found the number 1.0 (line 1, column 11)");
    EXPECT_EQ(json_error<Workflow>(R"({"spec": {"parallelism": 9223372036854775808}})"),
              "spec.parallelism: expected an integer of 64 bits, found the number 9223372036854775808 "
              "(line 1, column 11)");
    EXPECT_EQ(json_error<Workflow>("{\"spec\":\n {\"templates\": [{},\n [1]]}}"),
              "spec.templates[1]: expected an object (Template), found a list (line 3, column 2)");
    EXPECT_EQ(json_error<Workflow>(R"({"spec": {"templates": {}}})"),
              "spec.templates: expected a list, found an object (line 1, column 11)");
    EXPECT_EQ(json_error<Workflow>(R"({"metadata": {"labels": {"a.b/c": []}}})"),
              "metadata.labels[\"a.b/c\"]: expected text, found a list (line 1, column 26)");
    EXPECT_EQ(json_error<Workflow>("null"), "expected an object (Workflow), found null (line 1, column 1)");
    EXPECT_EQ(json_error<Workflow>("  []"), "expected an object (Workflow), found a list (line 1, column 3)");
    EXPECT_EQ(json_error<Template>(R"({"activeDeadlineSeconds": 1.5})"),
              "activeDeadlineSeconds: expected an integer or text, found the number 1.5 (line 1, column 2)");
}

TEST(JsonReader, NamesTheNearestKnownField) {
    EXPECT_EQ(
        json_error<Workflow>("{\"spec\": {\"templates\": [\n  {\"contaner\": {}}]}}", {.name = "file.json"}),
        "spec.templates[0].contaner: unknown field of Template; did you mean \"container\"? (file.json:2:4)");
    EXPECT_EQ(
        json_error<Workflow>(R"({"spec": {"EntryPoint": "a"}})"),
        "spec.EntryPoint: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (line 1, column 11)");
    EXPECT_EQ(json_error<Workflow>(R"({"zzzzzzzzz": "a"})"),
              "zzzzzzzzz: unknown field of Workflow (line 1, column 2)");
    EXPECT_EQ(json_error<Workflow>("{\"" + std::string(1000, 'a') + "\": 1}").substr(163),
              ": unknown field of Workflow (line 1, column 2)");
}

TEST(JsonReader, KeepsUnknownFieldsOfServersAndWritesThemBack) {
    constexpr std::string_view text =
        R"({"metadata":{"new":[1,{"a":null}]},"spec":{"templates":[{"name":"x","b":1.50,"a":"z"}]},"more":true})";
    const auto read = read_json<Workflow>(text, {.unknown_fields = UnknownFields::keep});
    EXPECT_EQ(to_json(read), text);
    EXPECT_EQ(
        read_yaml<Workflow>(to_yaml(read), {.unknown_fields = UnknownFields::keep}).spec.templates[0].name,
        "x");
    EXPECT_EQ(json_error<Workflow>(R"({"a":1,"b":2,"a":3})", {.unknown_fields = UnknownFields::keep}),
              "a: given twice (line 1, column 14)");
}

TEST(JsonReader, RefusesDuplicates) {
    EXPECT_EQ(json_error<Workflow>("{\"kind\": \"a\",\n\"kind\": \"a\"}"),
              "kind: given twice (line 2, column 1)");
    EXPECT_EQ(json_error<Workflow>(R"({"metadata": {"labels": {"b": "1", "a": "2", "b": "1"}}})"),
              "metadata.labels.b: given twice (line 1, column 46)");
    EXPECT_EQ(json_error<json>(R"({"x": [{"k": {"b": 1, "b": 1}}]})"),
              "x[0].k.b: given twice (line 1, column 23)");
    EXPECT_EQ(json_error<json>(R"({"a": 1, "\u0061": 1})"), "a: given twice (line 1, column 10)");
}

TEST(JsonReader, ReportsWhereTheTextIsNotJson) {
    EXPECT_EQ(json_error<json>("{\"a\": 1,}", {.name = "x"}), "not JSON: syntax error at '}' (x:1:9)");
    EXPECT_EQ(json_error<json>("{\"a\": 1"), "the JSON text ends too early (line 1, column 8)");
    EXPECT_EQ(json_error<json>(""), "the JSON text ends too early (line 1, column 1)");
    EXPECT_EQ(json_error<json>("{} {}"), "more text after the JSON value (line 1, column 4)");
    EXPECT_EQ(json_error<json>("{\"a\": tru}"), "not JSON: syntax error at 't' (line 1, column 7)");
    EXPECT_EQ(json_error<json>("\"a\nb\""),
              "not JSON: a control character or a line break inside of a string (line 1, column 3)");
    EXPECT_EQ(json_error<json>("\"é\xff\""),
              "not JSON: broken UTF-8, or a character outside of a string (line 1, column 3)");
    EXPECT_EQ(json_error<json>(std::string_view("\"a\0b\"", 5)), "not JSON: a NUL byte (line 1, column 3)");
}

TEST(JsonReader, TakesAByteOrderMarkAndWhiteSpace) {
    EXPECT_EQ(read_json<str>("\xef\xbb\xbf \n\"a\"\r\n "), "a");
}

TEST(JsonReader, KeepsStringsWithNul) {
    EXPECT_EQ(read_json<str>(R"("a\u0000b")").size(), 3u);
    EXPECT_EQ(to_json(read_json<str>(R"("a\u0000b")")), R"("a\u0000b")");
}

TEST(JsonReader, ReadsListsAndMapsAtTheTop) {
    EXPECT_EQ(read_json<list<str>>(R"(["a","b"])").size(), 2u);
    EXPECT_EQ(*read_json<map<opt<std::int64_t>>>(R"({"a": 5})").find("a"), 5);
    EXPECT_EQ((json_error<list<str>>(R"(["a",{}])")),
              "[1]: expected text, found an object (line 1, column 6)");
}

TEST(ReadError, HoldsItsParts) {
    try {
        read_json<Workflow>("{\"spec\":{\"a b\":1}}", {.name = "f"});
        FAIL();
    } catch (const ReadError& error) {
        EXPECT_EQ(error.path, "spec[\"a b\"]");
        EXPECT_EQ(error.reason, "unknown field of WorkflowSpec");
        EXPECT_EQ(error.line, 1u);
        EXPECT_EQ(error.column, 10u);
    }
    EXPECT_STREQ(ReadError("", "r").what(), "r");
    EXPECT_STREQ(ReadError("p", "r", {}, "n").what(), "p: r (n)");
}

}  // namespace
