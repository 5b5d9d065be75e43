// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cpp/expression.hpp"
#include "cpp/literal.hpp"
#include "cpp/names.hpp"

namespace tiphys::detail::cpp {
namespace {

TEST(CppLiteral, EscapesWhatASourceCannotHold) {
    EXPECT_EQ(quoted(""), R"("")");
    EXPECT_EQ(quoted("a \"b\" \\ c"), R"("a \"b\" \\ c")");
    EXPECT_EQ(quoted("a\n\tb\r"), R"("a\n\tb\r")");
    // Three digits: the 1 behind is not taken for a fourth.
    EXPECT_EQ(quoted(std::string_view("\0"
                                      "1",
                                      2)),
              R"("\0001")");
    EXPECT_EQ(quoted("\x7f"), R"("\177")");
    EXPECT_EQ(quoted("what?"
                     "?="),
              R"("what?\?=")");
    EXPECT_EQ(quoted("\xf0\x9f\x95\x93 \xc3\xa9"), "\"\xf0\x9f\x95\x93 \xc3\xa9\"");
    // Not UTF-8, a mark of direction, a blank that looks like another.
    EXPECT_EQ(quoted("\xff"), R"("\377")");
    EXPECT_EQ(quoted("\xe2\x80\xae"), R"("\342\200\256")");
    EXPECT_EQ(quoted("\xc2\xa0"), R"("\302\240")");
    EXPECT_EQ(quoted("\xed\xa0\x80"), R"("\355\240\200")");
    EXPECT_EQ(quoted("\xc0\x80"), R"("\300\200")");
}

TEST(CppLiteral, ScriptsAreRaw) {
    EXPECT_TRUE(reads_raw("set -e\necho one\necho two\n"));
    EXPECT_FALSE(reads_raw("echo one\n")) << "one line";
    EXPECT_FALSE(reads_raw("a\nb")) << "two short lines";
    EXPECT_FALSE(reads_raw("set -e \necho one\necho two\n")) << "a blank that editors take away";
    EXPECT_FALSE(reads_raw("set -e\r\necho one\r\necho two\n"));
    EXPECT_EQ(raw("f()\n"), "R\"(f()\n)\"");
    EXPECT_EQ(raw("f(\")\")"), "R\"text(f(\")\"))text\"");
    EXPECT_EQ(raw(")\" )text\""), "R\"text1()\" )text\")text1\"");
}

TEST(CppLiteral, IsCutBehindLinesAndBlanks) {
    using Pieces = std::vector<std::string>;
    EXPECT_EQ(pieces("one two three", 10), (Pieces{"\"one two \"", "\"three\""}));
    EXPECT_EQ(pieces("one\ntwo\n", 80), (Pieces{"\"one\\n\"", "\"two\\n\""}));
    EXPECT_EQ(pieces("abcdefghij", 6), (Pieces{"\"abcd\"", "\"efgh\"", "\"ij\""}));
    EXPECT_EQ(pieces("", 6), Pieces{"\"\""});
    // An escape is not cut.
    EXPECT_EQ(pieces("abc\"d", 6), (Pieces{"\"abc\"", "\"\\\"d\""}));
}

TEST(CppNames, AreIdentifiersThatAreFree) {
    Names names({"main"});
    EXPECT_EQ(names.unique("hello-world-", "workflow"), "hello_world");
    EXPECT_EQ(names.unique("hello.world", "workflow"), "hello_world_2");
    EXPECT_EQ(names.unique("main", "workflow"), "main_2");
    EXPECT_EQ(names.unique("3-steps", "workflow"), "workflow_3_steps");
    EXPECT_EQ(names.unique("-", "workflow"), "workflow");
    EXPECT_EQ(names.unique("", "workflow"), "workflow_2");
    EXPECT_EQ(names.unique("for", "workflow"), "for_");
    EXPECT_EQ(names.unique("for", "workflow"), "for_2");
    EXPECT_EQ(names.unique("a--b", "workflow"), "a_b");
}

Link link(std::string word, std::vector<Expression> arguments, std::size_t level = 0, bool glued = false) {
    return {std::move(word), std::move(arguments), level, glued};
}

TEST(CppLayout, KeepsInOneLineWhatFits) {
    Expression made = call("Container", {literal("busybox")});
    made.links.push_back(link("command", {literal("echo"), literal("hello")}));
    EXPECT_EQ(statement(4, "return ", made),
              "    return Container(\"busybox\").command(\"echo\", \"hello\");\n");
}

TEST(CppLayout, GivesEachLinkALine) {
    Expression value = call("Container", {literal("busybox")});
    value.links.push_back(link("input", {literal("message")}));
    value.links.push_back(link("command", {literal("echo"), literal(std::string(60, 'x'))}));
    Expression made = call("Workflow", {literal("a-")});
    made.open = true;
    made.links.push_back(link("container", {literal("echo"), value}));
    made.links.push_back(link("dag", {literal("main")}));
    made.links.push_back(link("task", {literal("A"), literal("echo")}, 1));
    made.links.push_back(link("with", {literal("message"), literal("A")}, 1, true));
    made.links.push_back(link("task", {literal("B"), literal("echo")}, 1));
    made.links.push_back(link("with", {literal("message"), literal(std::string(62, 'B'))}, 1, true));
    made.links.push_back(link("after", {literal("A")}, 1, true));
    EXPECT_EQ(statement(4, "return ", made),
              "    return Workflow(\"a-\")\n"
              "        .container(\"echo\", Container(\"busybox\")\n"
              "            .input(\"message\")\n"
              "            .command(\"echo\", \"" +
                  std::string(60, 'x') +
                  "\"))\n"
                  "        .dag(\"main\")\n"
                  "            .task(\"A\", \"echo\").with(\"message\", \"A\")\n"
                  "            .task(\"B\", \"echo\")\n"
                  "                .with(\"message\", \"" +
                  std::string(62, 'B') + "\").after(\"A\");\n");
}

TEST(CppLayout, FillsLinesWithTexts) {
    Expression made = call("f");
    std::vector<Expression> texts;
    for (int i = 0; i < 8; ++i) texts.push_back(literal(std::string(20, static_cast<char>('a' + i))));
    made.links.push_back(link("args", texts));
    const std::string code = statement(4, "return ", made);
    EXPECT_EQ(
        code,
        "    return f().args(\"aaaaaaaaaaaaaaaaaaaa\", \"bbbbbbbbbbbbbbbbbbbb\", \"cccccccccccccccccccc\",\n"
        "        \"dddddddddddddddddddd\", \"eeeeeeeeeeeeeeeeeeee\", \"ffffffffffffffffffff\", "
        "\"gggggggggggggggggggg\",\n"
        "        \"hhhhhhhhhhhhhhhhhhhh\");\n");
}

TEST(CppLayout, CutsLongTextsAndAlignsThem) {
    Expression made = call("f", {literal(std::string(60, 'a') + " " + std::string(60, 'b'))});
    EXPECT_EQ(statement(0, "", made),
              "f(\"" + std::string(60, 'a') + " \"\n  \"" + std::string(60, 'b') + "\");\n");
}

TEST(CppLayout, NoLineOfItsOwnIsLongerThanTheLimit) {
    Expression inner = call("S3Artifact");
    for (const char* word : {"bucket", "endpoint", "key", "region", "role_arn", "some_other"})
        inner.links.push_back(link(word, {literal("a value of some length")}));
    Expression artifact = call("Artifact", {literal("data")});
    artifact.links.push_back(link("s3", {inner}));
    artifact.links.push_back(link("path", {literal("/tmp/" + std::string(200, 'x'))}));
    Expression made = call("Container", {literal("busybox")});
    made.links.push_back(link("input", {artifact}));
    made.links.push_back(link("output", {artifact}));
    const std::string code = statement(4, "return ", made);
    for (std::size_t at = 0; at < code.size();) {
        const std::size_t end = code.find('\n', at);
        EXPECT_LE(end - at, line_width) << code.substr(at, end - at);
        at = end + 1;
    }
}

TEST(CppLayout, LeavesRawTextsAlone) {
    Expression made = call("Script", {literal("bash")});
    made.links.push_back(link("source", {literal("set -e\necho one\necho two\n")}));
    made.links.push_back(link("command", {literal("bash")}));
    EXPECT_EQ(statement(4, "return ", made),
              "    return Script(\"bash\")\n        .source(R\"(set -e\necho one\necho two\n)\")\n"
              "        .command(\"bash\");\n");
}

}  // namespace
}  // namespace tiphys::detail::cpp
