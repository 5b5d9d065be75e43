// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <sstream>

#include "text_testing.hpp"

namespace {

using namespace tiphys;

std::string scalar(std::string_view text) {
    const std::string made = to_yaml(str(text));
    EXPECT_EQ(read_yaml<json>(made).as_text(), text) << made;
    return made.substr(0, made.size() - 1);
}

TEST(YamlWriter, LeavesPlainTextPlain) {
    for (const char* text : {"a",
                             "hello world",
                             "-c",
                             "--flag",
                             "/bin/sh",
                             "busybox:1.36",
                             "a#b",
                             "a:b",
                             "x, y",
                             "it's",
                             "say \"hi\"",
                             "10Mi",
                             "1h30m",
                             "500m",
                             "v1.2",
                             "argoproj.io/v1alpha1",
                             "é 🎉",
                             "none",
                             "yesterday",
                             "a{{b}}",
                             "http://x/y?z=1#q",
                             "5 * 3",
                             "a]b",
                             "0.1.2-rc",
                             "nullable",
                             "sha256:0abc"})
        EXPECT_EQ(scalar(text), text);
}

TEST(YamlWriter, QuotesWhatCouldBeSomethingElse) {
    for (const char* text : {"",      "y",           "Y",
                             "n",     "N",           "yes",
                             "No",    "ON",          "off",
                             "true",  "False",       "tRuE",
                             "null",  "NULL",        "~",
                             "1",     "-1",          "+1",
                             "1.5",   ".5",          "1e3",
                             "0x1F",  "0o17",        "0b1",
                             "017",   "1_000",       ".inf",
                             "-.INF", ".nan",        "12:30",
                             "1:2:3", "2024-01-02",  "2024-01-02T03:04:05Z",
                             "1.2.3", "192.168.0.1", "=",
                             "<<",    " a",          "a ",
                             "a: b",  "a #b",        "a:",
                             "-",     "- a",         "---",
                             "--- a", "...",         "? a",
                             ": a",   ", a",         "[a",
                             "]a",    "{{a}}",       "}a",
                             "#a",    "&a",          "*a",
                             "!a",    "|",           ">",
                             "%a",    "@a",          "`a",
                             "?a",    ":a"})
        EXPECT_EQ(scalar(text), "\"" + std::string(text) + "\"");
    EXPECT_EQ(scalar("'a"), "\"'a\"");
    EXPECT_EQ(scalar("\"a\""), "'\"a\"'");
    EXPECT_EQ(scalar("{\"a\": '\\n'}"), "'{\"a\": ''\\n''}'");
    EXPECT_EQ(scalar("a\tb"), "\"a\\tb\"");
    EXPECT_EQ(scalar("a\rb\n"), "\"a\\rb\\n\"");
    EXPECT_EQ(scalar(std::string_view("\0\x01\x7f", 3)), "\"\\x00\\x01\\x7f\"");
    EXPECT_EQ(scalar("\xc2\x85\xe2\x80\xa8\xef\xbb\xbf"), "\"\\x85\\u2028\\ufeff\"");
    EXPECT_EQ(scalar("\n"), "\"\\n\"");
    EXPECT_EQ(to_yaml(str("a\xff"
                          "b")),
              "\"a\xef\xbf\xbd"
              "b\"\n");
}

TEST(YamlWriter, WritesLinesAsLiteralBlocks) {
    const auto block = [](std::string_view text) {
        json made = json::object();
        made.set("k", json::array().push_back(str(text)));
        json outer = json::object();
        json list = json::array();
        list.push_back(str(text));
        outer.set("k", list);
        outer.set("z", str("end"));
        const std::string yaml = to_yaml(outer);
        EXPECT_EQ(read_yaml<json>(yaml), outer) << yaml;
        return yaml.substr(0, yaml.size() - 7);
    };
    EXPECT_EQ(block("a\nb\n"), "k:\n- |\n  a\n  b\n");
    EXPECT_EQ(block("a\nb"), "k:\n- |-\n  a\n  b\n");
    EXPECT_EQ(block("a\n\n\n"), "k:\n- |+\n  a\n\n\n");
    EXPECT_EQ(block("a\n\n  b\n"), "k:\n- |\n  a\n\n    b\n");
    EXPECT_EQ(block("  a\nb"), "k:\n- |2-\n    a\n  b\n");
    EXPECT_EQ(block("\ta\n"), "k:\n- |2\n  \ta\n");
    EXPECT_EQ(block("a\n\tb 🎉 \n"), "k:\n- |\n  a\n  \tb 🎉 \n");
    EXPECT_EQ(block("\n\na"), "k:\n- |2-\n\n\n  a\n");
    EXPECT_EQ(block("a\n   \nb\n  "), "k:\n- |-\n  a\n     \n  b\n    \n");
    EXPECT_EQ(block("# a\n- b: {\n--- c\n"), "k:\n- |\n  # a\n  - b: {\n  --- c\n");
}

TEST(YamlWriter, WritesModelsInBlockStyle) {
    model::Workflow made;
    made.apiVersion = "argoproj.io/v1alpha1";
    made.kind = "Workflow";
    made.metadata.labels["on"] = "1";
    made.spec.entrypoint = "main";
    made.spec.arguments.ensure();
    model::Template& first = made.spec.templates.emplace_back();
    first.name = "main";
    first.steps.emplace_back().emplace_back().name = "a";
    first.steps.emplace_back().engage();
    model::Template& second = made.spec.templates.emplace_back();
    second.name = "b";
    second.suspend.ensure();
    second.inputs.ensure().parameters.engage();
    constexpr std::string_view text = R"(apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  labels:
    "on": "1"
spec:
  arguments: {}
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: a
    - []
  - name: b
    inputs:
      parameters: []
    suspend: {}
)";
    EXPECT_EQ(to_yaml(made), text);
    EXPECT_EQ(read_yaml<model::Workflow>(text), made);
    std::ostringstream out;
    out << made << made.metadata << second;
    EXPECT_EQ(out.str(), std::string(text) + to_yaml(made.metadata) + to_yaml(second));
}

TEST(YamlWriter, WritesValuesOfAnyShape) {
    for (const char* text :
         {R"([[[1,[]],[{"a":{}}]],{"b":[[2]]}])", R"({"a":{"b":{"c":[{"d":1,"e":[1]},null]}}})", "[]", "{}",
          "1.5", "null", "true", R"("x")", R"([{"a":[{"b":"x\ny"},{"c":{"d":"\n z"}}]},"\n\ny\n\n"])",
          R"({"":{"":""}})"}) {
        const json made = read_json<json>(text);
        EXPECT_EQ(read_yaml<json>(to_yaml(made)), made) << to_yaml(made);
        EXPECT_EQ(read_json<json>(to_pretty_json(made)), made);
    }
}

TEST(YamlWriter, WritesNamesOfAnyLength) {
    json made = json::object();
    json inner = json::object();
    inner.set(std::string(5000, 'k'), json::array().push_back("x"));
    inner.set(std::string(2000, 'm'), json::object());
    inner.set(std::string(2000, '\n'), 1);
    made.set("a", inner);
    EXPECT_EQ(read_yaml<json>(to_yaml(made)), made) << to_yaml(made);
}

/// Text of the characters that matter to YAML.
std::string random_text(std::mt19937& random) {
    static constexpr const char* pieces[] = {
        " ", "\n", "\t", "a", "-", ":", "#", "'", "\"", "\\", "|", "1",        ".",  "e",   "\r", "🎉",
        "é", "{",  "}",  "[", "]", ",", "&", "*", "!",  "%",  "?", "\xc2\x85", "0x", "yes", "~",  "<<"};
    std::string made;
    for (std::size_t n = random() % 8; n > 0; --n) made += pieces[random() % std::size(pieces)];
    return made;
}

json random_value(std::mt19937& random, int depth) {
    const auto kind = random() % (depth > 0 ? 8u : 6u);
    if (kind == 0) return json(nullptr);
    if (kind == 1) return json(random() % 2 == 0);
    if (kind == 2) return json(static_cast<int>(random() % 100) - 50);
    if (kind < 6) return json(str(random_text(random)));
    json made = kind == 6 ? json::array() : json::object();
    for (std::size_t n = random() % 4; n > 0; --n) {
        if (kind == 6)
            made.push_back(random_value(random, depth - 1));
        else
            made.set(random_text(random), random_value(random, depth - 1));
    }
    return made;
}

TEST(YamlWriter, IsReadBackEqual) {
    std::mt19937 random(20240607);
    for (int i = 0; i < 20000; ++i) {
        const json made = random_value(random, 4);
        const std::string yaml = to_yaml(made);
        ASSERT_EQ(read_yaml<json>(yaml), made) << yaml << to_json(made);
        ASSERT_EQ(read_json<json>(to_json(made)), made);
    }
}

}  // namespace
