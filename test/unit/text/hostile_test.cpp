// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/documents.hpp>

#include <chrono>

#include "text_testing.hpp"

namespace {

using namespace tiphys;
using model::Workflow;

/// What reading the text says, whichever way it is read; each of them within a second.
struct Said {
    std::string json;
    std::string yaml;
    std::string documents;
};

template <class Read>
std::string timed(Read read) {
    const auto start = std::chrono::steady_clock::now();
    std::string said;
    try {
        read();
    } catch (const ReadError& error) {
        said = error.what();
    }
    // Sanitizers and a busy machine make it several times slower; a bomb would take minutes.
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
    return said;
}

Said read_all(const std::string& text) {
    return {timed([&] { read_json<Workflow>(text); }), timed([&] { read_yaml<json>(text); }),
            timed([&] { read_documents(text, "f"); })};
}

std::string repeated(std::string_view piece, std::size_t n) {
    std::string made;
    for (std::size_t i = 0; i < n; ++i) made += piece;
    return made;
}

TEST(Hostile, DepthIsLimited) {
    constexpr std::string_view deep = "nested deeper than 1000 levels (ReadOptions::max_depth)";
    for (const char* piece : {"[", "{\"a\":", "{a: ", "- ", "[{a: "}) {
        const Said said = read_all(repeated(piece, 100'000));
        EXPECT_NE(said.yaml.find(deep), std::string::npos) << piece << said.yaml.substr(0, 200);
        EXPECT_NE(said.documents.find(deep), std::string::npos) << piece << said.documents.substr(0, 200);
        EXPECT_FALSE(said.json.empty());
    }
    EXPECT_NE(json_error<json>(repeated("[", 100'000)).find(deep), std::string::npos);
    EXPECT_NE(json_error<json>(repeated("[", 11), {.max_depth = 10}).find("nested deeper than 10 levels"),
              std::string::npos);
    EXPECT_NE(
        yaml_error<json>(repeated("- ", 11) + "x", {.max_depth = 10}).find("nested deeper than 10 levels"),
        std::string::npos);
    EXPECT_EQ(json_error<json>(repeated("[", 1000) + repeated("]", 1000)), "");
    const json deepest = read_json<json>(repeated("[", 1000) + repeated("]", 1000));
    EXPECT_EQ(read_yaml<json>(to_yaml(deepest)), deepest);
}

TEST(Hostile, MessagesStayShort) {
    const std::string deep = json_error<json>(repeated("[", 2000));
    EXPECT_LT(deep.size(), 300u);
    EXPECT_TRUE(deep.starts_with("[0][0][0]")) << deep;
    EXPECT_NE(deep.find("...[0]"), std::string::npos) << deep;
    const std::string name = json_error<Workflow>("{\"" + repeated("né", 100'000) + "\":1}");
    EXPECT_LT(name.size(), 300u);
    EXPECT_NE(name.find("unknown field of Workflow (line 1, column 2)"), std::string::npos) << name;
    try {
        read_json<Workflow>("{\"" + repeated("k", 1000) + "\":1}");
    } catch (const ReadError& error) {
        EXPECT_EQ(error.path, repeated("k", 1000));
    }
}

TEST(Hostile, AliasesCannotMultiply) {
    std::string laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = std::to_string(i - 1);
        laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int k = 0; k < 9; ++k) laughs += (k == 0 ? "*a" : ", *a") + before;
        laughs += "]\n";
    }
    constexpr std::string_view many =
        "aliases and merge keys repeat too much of the document (ReadOptions::max_alias_expansion)";
    EXPECT_EQ(read_all(laughs).yaml.substr(0, many.size()), many);
    EXPECT_EQ(read_all(laughs).documents.substr(0, many.size()), many);

    const std::string text =
        "a: &a " + std::string(1'000'000, 'x') + "\nb: [" + repeated("*a, ", 100'000) + "]\n";
    EXPECT_EQ(read_all(text).yaml.substr(0, many.size()), many);

    std::string map = "m: &m {";
    for (int i = 0; i < 20'000; ++i) map += "k" + std::to_string(i) + ": [], ";
    EXPECT_EQ(read_all(map + "}\nn: {<<: [" + repeated("*m, ", 20'000) + "]}\n").yaml.substr(0, many.size()),
              many);
    EXPECT_EQ(read_all(map + "}\n" + repeated("<<: *m\n", 20'000)).yaml.substr(0, many.size()), many);
    EXPECT_EQ(yaml_error<json>("a: &a [1, 2]\nb: [*a, *a]", {.max_alias_expansion = 10}), "");
    EXPECT_NE(yaml_error<json>("a: &a [1, 2]\nb: [*a, *a]", {.max_alias_expansion = 9}), "");
}

TEST(Hostile, ManyNamesAndDirectivesCostLittle) {
    std::string names = "{";
    for (int i = 0; i < 200'000; ++i)
        names += (i == 0 ? "\"k" : ",\"k") + std::to_string(i * 7919 % 200'003) + "\":1";
    EXPECT_EQ(timed([&] { read_json<json>(names + "}"); }), "");
    EXPECT_EQ(timed([&] { read_yaml<json>(names + ",\"k0\":1}"); }).substr(0, 15), "k0: given twice");
    EXPECT_EQ(timed([&] { read_json<Workflow>(names + "}", {.unknown_fields = UnknownFields::keep}); }), "");
    EXPECT_EQ(read_all(repeated("%TAG !a! b\n", 100'000)).yaml, "more than 100 %TAG directives");
    EXPECT_EQ(read_all("&a " + repeated("&a ", 100'000)).yaml.substr(0, 9), "not YAML:");
}

TEST(Hostile, BrokenTextEndsInAnError) {
    for (const std::string& text :
         {std::string("\xe2\x82"), std::string("a: \xc3"), std::string("{\"a\": \"\xf0\x9f\x8e"),
          std::string("a: \xed\xa0\x80"), std::string("a: \0b", 5), std::string("{\"a\":\0}", 7),
          std::string("\0\0\0\0", 4),
          std::string("\xff\xfe"
                      "a\0",
                      4),
          std::string("a: \x1b[0m"), std::string("{\"a\": 1}\0", 9), std::string("\"\\ud83c\""),
          std::string("*"), std::string("&")}) {
        const Said said = read_all(text);
        EXPECT_FALSE(said.json.empty()) << testing::PrintToString(text);
        if (text != "\"\\ud83c\"") {
            EXPECT_FALSE(said.yaml.empty()) << testing::PrintToString(text);
        }
    }
    EXPECT_EQ(yaml_error<json>("ok: 1\na: é\xc3"),
              "not YAML: incomplete UTF-8 octet sequence (line 2, column 5)");
    EXPECT_EQ(yaml_error<json>(std::string_view("ok: 1\na: \0", 10)),
              "not YAML: control characters are not allowed (line 2, column 4)");
}

TEST(Hostile, LengthIsLimited) {
    EXPECT_EQ(json_error<json>("[1,2]", {.max_bytes = 4}), "longer than 4 bytes (ReadOptions::max_bytes)");
    EXPECT_EQ(yaml_error<json>("[1,2]", {.max_bytes = 4, .name = "n"}),
              "longer than 4 bytes (ReadOptions::max_bytes) (n)");
}

}  // namespace
