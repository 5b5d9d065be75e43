// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/documents.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "text_testing.hpp"

namespace {

using namespace tiphys;

std::string documents_error(std::string_view text, const ReadOptions& options = {}) {
    try {
        read_documents(text, "f.yaml", options);
    } catch (const ReadError& error) {
        return error.what();
    }
    return {};
}

TEST(Documents, ChoosesTheTypeByKind) {
    const Documents read = read_documents(
        "# comment\nkind: Workflow\nspec: {entrypoint: a}\n---\nspec: {schedules: [x]}\nkind: "
        "CronWorkflow\n---\n---\n"
        "kind: ConfigMap\ndata: {a: '1'}\n---\n# nothing\n---\nkind: WorkflowTemplate\n...\n---\nkind: "
        "ClusterWorkflowTemplate\n"
        "---\nkind: WorkflowEventBinding\n---\nno: kind\n---\n- 1\n---\nx: &k {kind: Workflow}\nkind: "
        "Secret\n",
        "f.yaml");
    ASSERT_EQ(read.size(), 9u);
    EXPECT_EQ(std::get<model::Workflow>(read[0].value).spec.entrypoint, "a");
    EXPECT_EQ(read[0].line, 2u);
    EXPECT_EQ(std::get<model::CronWorkflow>(read[1].value).spec.schedules[0], "x");
    EXPECT_EQ(read[1].line, 5u);
    EXPECT_EQ(read[2].kind, "ConfigMap");
    EXPECT_EQ(to_json(read[2]), R"({"kind":"ConfigMap","data":{"a":"1"}})");
    EXPECT_TRUE(std::holds_alternative<model::WorkflowTemplate>(read[3].value));
    EXPECT_TRUE(std::holds_alternative<model::ClusterWorkflowTemplate>(read[4].value));
    EXPECT_TRUE(std::holds_alternative<model::WorkflowEventBinding>(read[5].value));
    EXPECT_EQ(read[6].kind, "");
    EXPECT_EQ(to_json(read[7]), "[1]");
    EXPECT_EQ(to_json(read[8]), R"({"x":{"kind":"Workflow"},"kind":"Secret"})");
    EXPECT_EQ(to_json(read_documents(to_yaml(read), "again").back()), to_json(read.back()));
    EXPECT_EQ(read_documents(to_yaml(read), "again").size(), read.size());
}

TEST(Documents, KeepsAnchorsThatStandBeforeTheKind) {
    const Documents read = read_documents(
        "&all\nmetadata: &m {name: &n x}\nspec: {entrypoint: *n}\nkind: &k Workflow\n"
        "status: {message: *k}\n",
        "f");
    EXPECT_EQ(
        to_json(read[0]),
        R"({"kind":"Workflow","metadata":{"name":"x"},"spec":{"entrypoint":"x"},"status":{"message":"Workflow"}})");
    EXPECT_EQ(to_json(read_documents("a: &a {q: 1}\nkind: X\nb: {<<: *a}\n<<: {c: 2}", "f")[0]),
              R"({"a":{"q":1},"kind":"X","b":{"q":1},"c":2})");
    EXPECT_EQ(to_json(read_documents("<<: &x {a: {b: 1}}\nc: *x", "f")[0]),
              R"({"c":{"a":{"b":1}},"a":{"b":1}})");
}

TEST(Documents, ReadsJsonTextsOneAfterTheOther) {
    const Documents read = read_documents(
        "{\"spec\": {\"a\": \"kind\"}, \"kind\": \"ConfigMap\"}\n\n {\"kind\":\"Workflow\"} "
        "{\"metadata\": {\"kind\": \"no\"}}[1]",
        "f.json");
    ASSERT_EQ(read.size(), 4u);
    EXPECT_EQ(read[0].kind, "ConfigMap");
    EXPECT_EQ(read[0].line, 1u);
    EXPECT_TRUE(std::holds_alternative<model::Workflow>(read[1].value));
    EXPECT_EQ(read[1].line, 3u);
    EXPECT_EQ(read[2].kind, "");
    EXPECT_EQ(read[3].line, 3u);
    EXPECT_EQ(read_documents(to_pretty_json(read), "again").size(), 4u);
}

TEST(Documents, ReportsFileAndLine) {
    EXPECT_EQ(documents_error("kind: A\n---\nkind: Workflow\nspec:\n  entrypont: x\n"),
              "spec.entrypont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (f.yaml:5:3)");
    EXPECT_EQ(documents_error("{\"kind\": \"A\"}\n  {\"kind\": \"Workflow\", \"spec\": {\"entrypont\": 1}}"),
              "spec.entrypont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (f.yaml:2:33)");
    EXPECT_EQ(documents_error("{\"kind\": \"A\"}\n  {\"kind\": "),
              "the JSON text ends too early (f.yaml:2:12)");
    EXPECT_EQ(documents_error("a: [\n"),
              "not YAML: did not find expected node content while parsing a flow node (f.yaml:2:1)");
    EXPECT_EQ(documents_error("a: 1", {.max_bytes = 3}),
              "longer than 3 bytes (ReadOptions::max_bytes) (f.yaml)");
    EXPECT_TRUE(read_documents("", "f").empty());
    EXPECT_TRUE(read_documents("# only a comment\n---\n", "f").empty());
}

class Files : public testing::Test {
protected:
    Files() {
        std::string name = (std::filesystem::path(testing::TempDir()) / "tiphys-text-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = name;
    }
    ~Files() override { std::filesystem::remove_all(folder_); }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string error(const std::string& name, const ReadOptions& options = {}) const {
        try {
            read_file(path(name), options);
        } catch (const ReadError& mistake) {
            return mistake.what();
        }
        return {};
    }

private:
    std::filesystem::path folder_;
};

TEST_F(Files, AreReadAndNamedInErrors) {
    std::ofstream(path("good.yaml")) << "kind: Workflow\nspec: {entrypoint: a}\n";
    std::ofstream(path("bad.yaml")) << "kind: Workflow\nspec: {entrypont: a}\n";
    EXPECT_EQ(read_file(path("good.yaml")).size(), 1u);
    EXPECT_EQ(error("bad.yaml"),
              "spec.entrypont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (" +
                  path("bad.yaml") + ":2:8)");
    EXPECT_EQ(error("none.yaml"), "cannot open: No such file or directory (" + path("none.yaml") + ")");
    EXPECT_EQ(error("."), "cannot read: Is a directory (" + path(".") + ")");
    EXPECT_EQ(error("good.yaml", {.max_bytes = 10}),
              "longer than 10 bytes (ReadOptions::max_bytes) (" + path("good.yaml") + ")");
}

TEST_F(Files, AnEndlessStreamEndsAtTheLimit) {
    try {
        read_text("/dev/zero", {.max_bytes = 1u << 20});
        FAIL();
    } catch (const ReadError& error) {
        EXPECT_STREQ(error.what(), "longer than 1048576 bytes (ReadOptions::max_bytes) (/dev/zero)");
    }
}

}  // namespace
