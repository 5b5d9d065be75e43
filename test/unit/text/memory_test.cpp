// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/visit.hpp>
#include <tiphys/text/documents.hpp>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <istream>
#include <streambuf>

#include "support/allocation.hpp"
#include "support/large_documents.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TIPHYS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TIPHYS_SANITIZED 1
#endif
#endif
#ifndef TIPHYS_SANITIZED
#define TIPHYS_SANITIZED 0
#endif

/// What reading takes: of documents as people have them, in bytes for a byte of text; of hostile ones, in
/// all.
namespace {

using namespace tiphys;
using model::Workflow;

struct Taken {
    double held = 0;  ///< bytes of the model for each byte of text
    double most = 0;  ///< the same while it was read
};

template <class Read>
Taken taken(const std::string& text, Read read) {
    const std::size_t before = test::allocated().live;
    test::reset_peak();
    const Workflow made = read(text);
    EXPECT_FALSE(made.spec.templates.empty());
    const auto for_each = [&](std::size_t bytes) {
        return static_cast<double>(bytes - before) / static_cast<double>(text.size());
    };
    return {for_each(test::allocated().live), for_each(test::allocated().peak)};
}

TEST(Memory, OfALargeModelIsBoundByItsText) {
    for (const auto make : {&test::large_dag, &test::large_status}) {
        const Taken json =
            taken(to_json(make(10'000)), [](const std::string& text) { return read_json<Workflow>(text); });
        // Fewer, because libyaml under a sanitizer takes its time.
        const Taken yaml =
            taken(to_yaml(make(2'000)), [](const std::string& text) { return read_yaml<Workflow>(text); });
        for (const Taken& one : {json, yaml}) {
            EXPECT_LE(one.held, 6.0);
            EXPECT_LE(one.most, 6.0);
            RecordProperty("held", std::to_string(one.held));
            RecordProperty("most", std::to_string(one.most));
        }
    }
}

std::string repeated(std::string_view piece, std::size_t n) {
    std::string made;
    made.reserve(piece.size() * n);
    for (std::size_t i = 0; i < n; ++i) made += piece;
    return made;
}

constexpr std::size_t megabyte = 1'000'000;

/// What the read says as its error, when it has taken no more than 100 MB beyond the text.
std::string said_within_bounds(const std::function<void()>& read) {
    const std::size_t before = test::allocated().live;
    test::reset_peak();
    std::string said;
    try {
        read();
    } catch (const ReadError& error) {
        said = error.what();
    }
    EXPECT_LE(test::allocated().peak - before, 100 * megabyte) << said;
    EXPECT_LE(test::allocated().live - before, said.capacity() + 64);
    return said;
}

/// The same in a child, where the system counts what libyaml takes too, and the processor time: seconds,
/// where what grows with the square of the text would take minutes.
std::string said_in_child(const std::function<void()>& read) {
    int ends[2] = {};
    if (pipe(ends) != 0) return "no pipe";
    rusage empty{};
    getrusage(RUSAGE_SELF, &empty);
    const pid_t child = fork();
    if (child == 0) {
        const rlim_t seconds = TIPHYS_SANITIZED ? 60 : 10;
        const rlimit most{seconds, seconds};
        setrlimit(RLIMIT_CPU, &most);
        std::string said = "nothing";
        try {
            read();
        } catch (const std::exception& error) {
            said = error.what();
        }
        const auto sent = write(ends[1], said.data(), said.size());
        _exit(sent == static_cast<ssize_t>(said.size()) ? 0 : 1);
    }
    close(ends[1]);
    std::string said;
    char part[4096];
    for (ssize_t n = 0; (n = ::read(ends[0], part, sizeof part)) > 0;)
        said.append(part, static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    rusage used{};
    EXPECT_EQ(wait4(child, &status, 0, &used), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status << " " << said;
    // A sanitizer keeps what was freed, and more.
    if (!TIPHYS_SANITIZED) {
        EXPECT_LE(used.ru_maxrss - empty.ru_maxrss, 100 * 1024) << said;
    }
    return said;
}

void expect_refused(const std::string& text, std::string_view says,
                    const std::function<void(const std::string&)>& read) {
    const std::string said = said_within_bounds([&] { read(text); });
    EXPECT_NE(said.find(says), std::string::npos) << text.substr(0, 60) << ": " << said.substr(0, 300);
}

const auto as_json = [](const std::string& text) { read_json<Workflow>(text); };
const auto as_value = [](const std::string& text) { read_json<json>(text); };
const auto as_yaml = [](const std::string& text) { read_yaml<Workflow>(text); };
const auto as_yaml_value = [](const std::string& text) { read_yaml<json>(text); };
const auto as_documents = [](const std::string& text) { read_documents(text, "f"); };
const auto as_lenient = [](const std::string& text) {
    read_documents(text, "f",
                   {.unknown_fields = UnknownFields::keep, .duplicate_keys = DuplicateKeys::last_wins});
};

constexpr std::string_view too_large = "the values take more memory than is allowed";

TEST(Memory, AMillionEmptyObjectsAreRefused) {
    const std::string objects = repeated("{},", megabyte) + "{}";
    const std::string templates = R"({"kind":"Workflow","spec":{"templates":[)" + objects + "]}}";
    for (const auto& read : {+as_json, +as_documents, +as_lenient})
        expect_refused(templates, too_large, read);
    const std::string flow = "kind: Workflow\nspec:\n  templates: [" + objects + "]\n";
    const std::string block = "kind: Workflow\nspec:\n  templates:\n" + repeated("  - {}\n", megabyte);
    expect_refused(flow, too_large, as_yaml);
    expect_refused(block, too_large, as_documents);
    // The mistake has a place: that of the object for which there was no room.
    const std::string said = said_in_child([&] { as_documents(flow); });
    EXPECT_TRUE(said.starts_with("spec.templates[")) << said.substr(0, 200);
    EXPECT_NE(said.find("(f:3:"), std::string::npos) << said.substr(0, 300);
    EXPECT_NE(said.find("(ReadOptions::max_memory)"), std::string::npos);
    EXPECT_NE(said_in_child([&] { as_json(templates); }).find(too_large), std::string::npos);
}

/// Under a limit of its own, the smaller the text the better it shows that all is counted.
class Counted : public testing::Test {
protected:
    static constexpr std::size_t limit = 2 * megabyte;

    static void expect_refused_at_limit(const std::string& text,
                                        UnknownFields unknown = UnknownFields::reject) {
        ReadOptions options;
        options.unknown_fields = unknown;
        options.max_memory = limit;
        const std::size_t before = test::allocated().live;
        test::reset_peak();
        std::string said;
        try {
            read_documents(text, "f", options);
        } catch (const ReadError& error) {
            said = error.what();
        }
        const std::size_t peak = test::allocated().peak;
        EXPECT_NE(said.find(too_large), std::string::npos) << text.substr(0, 60) << said.substr(0, 200);
        EXPECT_NE(said.find("than is allowed, 2000000 bytes and 8 for each"), std::string::npos) << said;
        // Messages, frames and libyaml's buffers are not values, and small.
        EXPECT_LE(peak - before, limit + 8 * text.size() + megabyte / 4) << text.substr(0, 60);
        EXPECT_GE(peak - before, (limit + 8 * text.size()) / 5) << text.substr(0, 60);
    }
};

TEST_F(Counted, ObjectsOfAnyPlace) {
    std::string nodes = R"({"kind":"Workflow","status":{"nodes":{"x":{})";
    for (std::size_t i = 0; i < 20'000; ++i) nodes += ",\"" + std::to_string(i) + "\":{}";
    expect_refused_at_limit(nodes + "}}}");
    expect_refused_at_limit(R"({"kind":"Workflow","spec":{"templates":[{"steps":[)" +
                            repeated("[{}],", 20'000) + "[]]}]}}");
    expect_refused_at_limit(R"({"kind":"WorkflowList","items":[)" + repeated("{},", 20'000) + "{}]}");
    expect_refused_at_limit(R"({"kind":"List","items":[)" + repeated("{\"kind\":\"Workflow\"},", 20'000) +
                            "{}]}");
    expect_refused_at_limit("kind: Workflow\nspec: {templates: [" + repeated("{container: {}},", 20'000) +
                            "]}");
    // Each alias is another copy of a large struct.
    expect_refused_at_limit("kind: Workflow\nx: &x {}\nspec: {templates: [" + repeated("*x, ", 20'000) + "]}",
                            UnknownFields::keep);
}

TEST_F(Counted, WholeDocuments) {
    expect_refused_at_limit(repeated("{}\n", 20'000));
    expect_refused_at_limit(repeated("kind: Workflow\n---\n", 20'000));
}

TEST_F(Counted, ValuesOfAnyKind) {
    expect_refused_at_limit("[" + repeated("[],", 100'000) + "[]]");
    expect_refused_at_limit("a:\n" + repeated("- 1\n", 100'000));
    std::string members = "\"x\":1";
    for (std::size_t i = 0; i < 50'000; ++i) members += ",\"" + std::to_string(i) + "\":1";
    expect_refused_at_limit("{" + members + "}");
    expect_refused_at_limit("{\"kind\":\"Workflow\",\"spec\":{" + members + "}}", UnknownFields::keep);
    expect_refused_at_limit("- " + repeated("{a: b, c: d}\n- ", 20'000));
}

TEST_F(Counted, MoreIsAMatterOfAskingForIt) {
    const std::string text = "[" + repeated("[],", 100'000) + "[]]";
    EXPECT_EQ(read_json<json>(text).items().size(), 100'001u);
    EXPECT_THROW(read_json<json>(text, {.max_memory = limit}), ReadError);
    EXPECT_NO_THROW(read_json<json>(text, {.max_memory = 16 * megabyte}));
}

TEST(Memory, WhatIsReadBeforeTheKindIsBound) {
    expect_refused("x: [" + repeated("{},", megabyte / 2) + "{}]\nkind: Workflow\n",
                   "is larger than 500000 values", as_documents);
    expect_refused("x: &x [" + repeated("a,", megabyte / 2) + "a]\ny: *x\n", "is larger than 500000 values",
                   [](const std::string& text) { read_yaml<json>(text, {.max_memory = 80 * megabyte}); });
}

TEST(Memory, DepthIsBound) {
    constexpr std::string_view deep = "nested deeper than 1000 levels (ReadOptions::max_depth)";
    for (const char* piece : {"[", "{\"a\":"}) expect_refused(repeated(piece, 100'000), deep, as_value);
    for (const char* piece : {"[", "{a: ", "- ", "[{a: "})
        for (const auto& read : {+as_yaml_value, +as_documents})
            expect_refused(repeated(piece, 100'000), deep, read);
    EXPECT_NE(said_in_child([] { as_yaml_value(repeated("{a: ", 100'000)); }).find(deep), std::string::npos);
}

TEST(Memory, WhatLibyamlIsSlowAtIsBound) {
    // It looks at each open level of flow style for each value.
    expect_refused(repeated("[", 900) + repeated("b, ", 100'000) + repeated("]", 900),
                   "too many values are nested deeper than 64 levels of flow style", as_yaml_value);
    expect_refused(repeated("{a: ", 900) + repeated("{}, a: ", 100'000), "levels of flow style",
                   as_yaml_value);
    const std::string deep = repeated("[", 900) + repeated("b, ", 20'000) + repeated("]", 900);
    EXPECT_EQ(said_within_bounds([&] { as_yaml_value(deep); }), "");
    std::string anchors;
    for (int i = 0; i < 60'000; ++i) anchors += "- &a" + std::to_string(i) + " x\n";
    EXPECT_NE(said_within_bounds([&] { read_yaml<json>(anchors, {.max_memory = megabyte}); }).find(too_large),
              std::string::npos);
}

TEST(Memory, LaughsAreBound) {
    std::string laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = std::to_string(i - 1);
        laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int k = 0; k < 9; ++k) laughs += (k == 0 ? "*a" : ", *a") + before;
        laughs += "]\n";
    }
    constexpr std::string_view many = "(ReadOptions::max_alias_expansion)";
    for (const auto& read : {+as_yaml_value, +as_documents}) expect_refused(laughs, many, read);
    EXPECT_NE(said_in_child([&] { as_documents(laughs); }).find(many), std::string::npos);
}

/// A stream without an end.
class Endless final : public std::streambuf {
    int_type underflow() override {
        setg(part_, part_, part_ + sizeof part_);
        return traits_type::to_int_type(*part_);
    }
    char part_[4096] = {' '};
};

TEST(Memory, AnEndlessStreamIsBound) {
    const auto expect_limit = [](const std::function<void()>& read) {
        const std::string said = said_within_bounds(read);
        EXPECT_NE(said.find("longer than 67108864 bytes (ReadOptions::max_bytes)"), std::string::npos)
            << said;
    };
    expect_limit([] {
        Endless endless;
        std::istream in(&endless);
        read_documents(in, "endless");
    });
    expect_limit([] {
        Endless endless;
        std::istream in(&endless);
        read_yaml<Workflow>(in);
    });
    expect_limit([] { read_file("/dev/zero"); });
    EXPECT_NE(said_in_child([] { read_file("/dev/zero"); }).find("longer than"), std::string::npos);
}

TEST(Memory, BrokenTextIsBound) {
    const std::string many = repeated("a: x\n", 20'000);
    expect_refused("{\"a\": \"" + repeated("x", megabyte) + "\xf0\x9f\x8e", "the JSON text ends too early",
                   as_value);
    expect_refused("- |\n  " + repeated("x", megabyte) + "\xf0\x9f", "incomplete UTF-8", as_yaml_value);
    expect_refused(std::string("\0", 1) + many, "", as_yaml_value);
    expect_refused(many, "a: given twice (line 2, column 1)", as_yaml_value);
    expect_refused(repeated("{\"a\":1,\"a\":", 400), "the JSON text ends too early", as_value);
    expect_refused("{\"x\":[" + repeated("{\"a\":1,\"b\":2,\"a\":3},", 100'000) + "0]}",
                   "x[0].a: given twice", as_value);
}

}  // namespace
