// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/json_writer.hpp>

#include <array>

#include "text_testing.hpp"

namespace {

using namespace tiphys;

constexpr model::Workflow small() {
    model::Workflow made;
    made.kind = "Workflow";
    made.metadata.generateName = "hello-";
    made.spec.entrypoint = "main";
    made.spec.activeDeadlineSeconds = std::int64_t{-5};
    made.spec.suspend = true;
    made.spec.templates.emplace_back().name = "ma\"in";
    made.spec.templates.back().suspend.ensure();
    made.spec.templates.emplace_back().steps.emplace_back();
    return made;
}
constexpr std::string_view small_text =
    R"({"kind":"Workflow","metadata":{"generateName":"hello-"},"spec":{"activeDeadlineSeconds":-5,)"
    R"("entrypoint":"main","suspend":true,"templates":[{"name":"ma\"in","suspend":{}},{"steps":[[]]}]}})";

static_assert(write_json(small()) == small_text);
static_assert(json_size(small()) == small_text.size());

constexpr auto frozen = [] {
    std::array<char, json_size(small())> made{};
    text_array to(made.data(), made.size());
    basic_json_writer<text_array> writer(to);
    visit(writer, small());
    return made;
}();
static_assert(std::string_view(frozen.data(), frozen.size()) == small_text);

// An array that is too small keeps what fits and still counts all.
static_assert([] {
    std::array<char, 3> made{};
    text_array to(made.data(), made.size());
    basic_json_writer<text_array> writer(to);
    visit(writer, str("abcdef"));
    return to.size() == 8 && made[0] == '"' && made[2] == 'b';
}());

TEST(JsonWriter, WritesAtRunTimeWhatTheCompilerWrites) {
    EXPECT_EQ(to_json(small()), small_text);
    EXPECT_EQ(write_json(small()).string(), small_text);
}

TEST(JsonWriter, EscapesAndPassesUtf8) {
    std::string all;
    for (int c = 0; c < 0x20; ++c) all += static_cast<char>(c);
    all += "\"\\/\x7f é 🎉";
    EXPECT_EQ(
        to_json(str(all)),
        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
        "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d"
        "\\u001e\\u001f\\\"\\\\/\x7f é 🎉\"");
    EXPECT_EQ(read_json<str>(to_json(str(all))), all);
}

// The scan takes eight bytes at a time: an escape has to be found at each of their places.
TEST(JsonWriter, FindsAnEscapeAtEveryPlace) {
    for (std::size_t size = 1; size < 40; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            for (const char c : {'"', '\\', '\n', '\x1f', '\x01'}) {
                std::string text(size, static_cast<char>(0x80 + at % 64));
                for (char& other : text) other = static_cast<char>(other | '\x40');
                text[at] = c;
                EXPECT_EQ(detail::plain_run(text), at);
                EXPECT_FALSE(detail::is_plain(text.data(), size));
                EXPECT_EQ(json_size(str(text)), to_json(str(text)).size());
            }
        }
        EXPECT_EQ(detail::plain_run(std::string(size, ' ')), size);
        EXPECT_EQ(detail::plain_run(std::string(size, '\xff')), size);
        EXPECT_EQ(detail::plain_run(std::string(size, '!')), size);
        EXPECT_TRUE(detail::is_plain(std::string(size, '!').data(), size));
        EXPECT_EQ(json_size(str(std::string(size, '!'))), size + 2);
    }
}

TEST(JsonWriter, WritesExtremeIntegersAndNumbersAsTheyAre) {
    EXPECT_EQ(to_json(json(INT64_MIN)), "-9223372036854775808");
    EXPECT_EQ(to_json(opt<std::int64_t>(INT64_MIN)), "-9223372036854775808");
    EXPECT_EQ(to_json(opt<std::int64_t>(INT64_MAX)), "9223372036854775807");
    EXPECT_EQ(to_json(opt<std::int64_t>(0)), "0");
    EXPECT_EQ(to_json(number{"1.50e-3"}), "1.50e-3");
    EXPECT_EQ(to_json(json(nullptr)), "null");
}

TEST(JsonWriter, PrettyJsonPutsOneMemberOnALine) {
    EXPECT_EQ(to_pretty_json(small()), R"({
  "kind": "Workflow",
  "metadata": {
    "generateName": "hello-"
  },
  "spec": {
    "activeDeadlineSeconds": -5,
    "entrypoint": "main",
    "suspend": true,
    "templates": [
      {
        "name": "ma\"in",
        "suspend": {}
      },
      {
        "steps": [
          []
        ]
      }
    ]
  }
}
)");
    EXPECT_EQ(to_pretty_json(json(nullptr)), "null\n");
    EXPECT_EQ(to_pretty_json(json::array()), "[]\n");
}

// What does not fit into the stage of to_json goes on by another way; every length near its 32 KiB is tried,
// with and without a character that needs an escape.
TEST(JsonWriter, LongTextsAreWrittenWhole) {
    for (const std::size_t n :
         {0u, 1u, 32'760u, 32'765u, 32'766u, 32'767u, 32'768u, 32'769u, 40'000u, 200'000u}) {
        for (const std::size_t escape : {n + 1, std::size_t{0}, n / 2, n - 1}) {
            std::string text(n, 'x');
            if (escape < n) text[escape] = '"';
            json value = json::array();
            for (const std::string& each : {std::string("first"), text, std::string(100, 'y'), text}) {
                value.push_back(json(std::string_view(each)));
            }
            ASSERT_EQ(to_json(value), write_json(value).view()) << n << " with an escape at " << escape;
        }
    }
}

}  // namespace
