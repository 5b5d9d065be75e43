// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/documents.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

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

template <class Read>
std::string error_of(Read read) {
    try {
        read();
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

// One type is wanted: a document of another kind is an error, however it is written.
TEST(Documents, OfAnotherKindAreNotTakenForTheTypeThatIsRead) {
    const auto yaml_error = [](std::string_view text) {
        return error_of([&] { read_yaml<model::Workflow>(text); });
    };
    const auto json_error = [](std::string_view text) {
        return error_of([&] { read_json<model::Workflow>(text); });
    };
    const std::string pod =
        "kind: this is a Pod, but a Workflow is read: read_documents() chooses the type by the kind ";
    EXPECT_EQ(yaml_error("apiVersion: v1\nkind: Pod\n"), pod + "(line 2, column 1)");
    EXPECT_EQ(json_error("{\"apiVersion\": \"v1\",\n \"kind\": \"Pod\"}"), pod + "(line 2, column 2)");
    EXPECT_EQ(yaml_error("{\"kind\": \"Pod\"}"), pod + "(line 1, column 2)");
    // It is why the rest does not fit.
    EXPECT_EQ(yaml_error("spec:\n  containers: []\nkind: Pod\n"), pod + "(line 3, column 1)");
    EXPECT_EQ(json_error("{\"spec\": {\"containers\": []}, \"kind\": \"Pod\"}"), pod + "(line 1, column 30)");
    EXPECT_EQ(yaml_error("kind: WorkflowTemplate\n"),
              "kind: this is a WorkflowTemplate, but a Workflow is read: read_documents() chooses the type "
              "by the kind (line 1, column 1)");
    EXPECT_EQ(yaml_error("kind: Workflow\napiVersion: batch/v1\n"),
              "apiVersion: batch/v1 is of another group than argoproj.io, whose Workflow is read: "
              "read_yaml<json>() "
              "takes any document (line 2, column 1)");
    // What says nothing, or the same, is taken; so is any version of the group, and what is no document.
    EXPECT_EQ(yaml_error("kind: Workflow\napiVersion: argoproj.io/v1beta1\n"), "");
    EXPECT_EQ(json_error("{}"), "");
    EXPECT_EQ(json_error("{\"kind\": \"\"}"), "");
    EXPECT_EQ(error_of([] { read_json<model::WorkflowList>("{\"items\": [{\"metadata\": {}}]}"); }), "");
    EXPECT_EQ(error_of([] { read_json<model::k8s::PersistentVolumeClaim>("{\"apiVersion\": \"v1\"}"); }), "");
    EXPECT_EQ(error_of([] {
                  read_json<model::k8s::OwnerReference>("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}");
              }),
              "");
    EXPECT_EQ(error_of([] { read_yaml<json>("kind: Pod"); }), "");
    EXPECT_NE(error_of([] { read_yaml<model::k8s::PersistentVolumeClaim>("kind: Pod"); }), "");
    ReadOptions last;
    last.duplicate_keys = DuplicateKeys::last_wins;
    EXPECT_EQ(error_of([&] { read_yaml<model::Workflow>("kind: Pod\nkind: Workflow", last); }), "");
}

// Kinds that are none of the schema's, Argo's own among them, are kept as they are.
TEST(Documents, KeepsOtherKindsWhole) {
    constexpr std::string_view task_set = R"(apiVersion: argoproj.io/v1alpha1
kind: WorkflowTaskSet
metadata:
  name: a-1
spec:
  tasks:
    a-2:
      http: {url: "http://localhost"}
status:
  nodes:
    a-2: {phase: Succeeded}
)";
    const Documents read = read_documents(task_set, "f.yaml");
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0].kind, "WorkflowTaskSet");
    const json& held = std::get<json>(read[0].value);
    EXPECT_EQ(held, read_yaml<json>(task_set));
    EXPECT_EQ(held.find("status")->find("nodes")->find("a-2")->find("phase")->as_text(), "Succeeded");
    EXPECT_EQ(std::get<json>(read_documents(to_yaml(read), "again")[0].value), held);
    EXPECT_EQ(read_json<json>(to_json(read[0])), held);
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

TEST(Documents, ReadsEveryKindOfTheSchemaAndItsLists) {
    for (const char* kind : {"Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow",
                             "WorkflowEventBinding", "EventSource", "Sensor"})
        for (const char* suffix : {"", "List"}) {
            const std::string name = std::string(kind) + suffix;
            // Objects that the schema requires are always written.
            const std::string required = name.starts_with("CronWorkflow")           ? "workflowSpec: {}"
                                         : name.starts_with("WorkflowEventBinding") ? "event: {selector: x}"
                                                                                    : "";
            const std::string head = "apiVersion: argoproj.io/v1alpha1\nkind: " + name + "\nmetadata:\n";
            const std::string text =
                *suffix == 0 ? head + "  name: x\nspec: {" + required + "}\n"
                             : head + "  resourceVersion: '1'\nitems:\n- metadata:\n    name: x\n  spec: {" +
                                   required + "}\n";
            const Documents read = read_documents(text, "f");
            EXPECT_FALSE(std::holds_alternative<json>(read[0].value)) << name;
            const json source = read_yaml<json>(text);
            EXPECT_EQ(read_json<json>(to_json(read[0])), source) << name;
            EXPECT_NE(documents_error(text + "nmae: x\n").find("nmae: unknown field of "), std::string::npos)
                << name;
        }
    const Documents read =
        read_documents("kind: WorkflowList\nitems:\n- spec: {entrypoint: a}\n- spec: {entrypoint: b}\n", "f");
    EXPECT_EQ(std::get<model::WorkflowList>(read[0].value).items[1].spec.entrypoint, "b");
}

TEST(Documents, ReadsListsOfAnyKinds) {
    constexpr std::string_view text = R"(apiVersion: v1
kind: List
items:
- kind: Workflow
  spec: {entrypoint: a, arguments: {parameters: [{name: p, value: 1.10}]}}
- kind: ConfigMap
  data: {a: "1", b: [null, {}]}
- {kind: List, items: [{kind: CronWorkflow, spec: {schedules: [x]}}, 5]}
- kind: List
- null
metadata: {resourceVersion: ""}
)";
    const Documents read = read_documents(text, "f");
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0].kind, "List");
    const auto& list = std::get<DocumentList>(read[0].value);
    ASSERT_EQ(list.items.size(), 5u);
    EXPECT_EQ(std::get<model::Workflow>(list.items[0].value).spec.arguments->parameters[0].value, "1.1");
    EXPECT_EQ(list.items[1].kind, "ConfigMap");
    const auto& inner = std::get<DocumentList>(list.items[2].value);
    EXPECT_EQ(std::get<model::CronWorkflow>(inner.items[0].value).spec.schedules[0], "x");
    EXPECT_EQ(
        to_json(read[0]),
        R"({"apiVersion":"v1","kind":"List","metadata":{"resourceVersion":""},"items":[)"
        R"({"kind":"Workflow","metadata":{},"spec":{"arguments":{"parameters":[{"name":"p","value":"1.1"}]},"entrypoint":"a"}},)"
        R"({"kind":"ConfigMap","data":{"a":"1","b":[null,{}]}},)"
        R"({"kind":"List","items":[{"kind":"CronWorkflow","metadata":{},"spec":{"schedules":["x"],"workflowSpec":{}}},5]},)"
        R"({"kind":"List"},null]})");
    for (const std::string& written : {to_json(read[0]), to_yaml(read[0]), to_pretty_json(read)}) {
        const Documents again = read_documents(written, "again");
        ASSERT_EQ(again.size(), 1u);
        EXPECT_EQ(to_json(again[0]), to_json(read[0]));
        EXPECT_EQ(std::get<DocumentList>(again[0].value), list);
    }
}

TEST(Documents, NamesThePlaceOfAMistakeInAList) {
    EXPECT_EQ(
        documents_error("kind: X\n---\nkind: List\nitems:\n- kind: X\n- kind: List\n  items:\n  - kind: "
                        "Workflow\n    spec: {entrypont: x}\n"),
        "items[1].items[0].spec.entrypont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? "
        "(f.yaml:9:12)");
    EXPECT_EQ(documents_error("{}\n {\"kind\":\"List\",\"items\":[{\"kind\":\"CronWorkflow\",\"sepc\":{}}]}"),
              "items[0].sepc: unknown field of CronWorkflow; did you mean \"spec\"? (f.yaml:2:49)");
}

/// A stream that breaks after its text.
class Breaking final : public std::streambuf {
public:
    explicit Breaking(std::string text) : text_(std::move(text)) {
        setg(text_.data(), text_.data(), text_.data() + text_.size());
    }

private:
    int_type underflow() override { throw std::runtime_error("the disk is gone"); }
    std::string text_;
};

TEST(Documents, ReadsStreams) {
    std::istringstream two("kind: Workflow\n---\nkind: ConfigMap\n");
    EXPECT_EQ(read_documents(two, "f").size(), 2u);
    std::istringstream wrong("kind: Workflow\nspec: {entrypont: x}\n");
    try {
        read_documents(wrong, "the stream");
        FAIL();
    } catch (const ReadError& error) {
        EXPECT_STREQ(
            error.what(),
            "spec.entrypont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? (the stream:2:8)");
    }
    std::istringstream json_text("{\"kind\": \"Workflow\"}");
    EXPECT_EQ(read_json<model::Workflow>(json_text).kind, "Workflow");
    std::istringstream yaml_text("kind: Workflow");
    EXPECT_EQ(read_yaml<model::Workflow>(yaml_text).kind, "Workflow");
    std::istringstream empty;
    EXPECT_EQ(read_text(empty), "");
    std::istringstream long_text(std::string(600'000, 'x'));
    EXPECT_EQ(read_text(long_text), std::string(600'000, 'x'));
    std::istringstream longer("12345");
    EXPECT_THROW(read_text(longer, {.max_bytes = 4}), ReadError);
    std::istringstream fits("1234");
    EXPECT_EQ(read_text(fits, {.max_bytes = 4}), "1234");
    std::ifstream none("/none/there/is");
    EXPECT_THROW(read_text(none), ReadError);
    Breaking breaks("kind: Workflow\n");
    std::istream broken(&breaks);
    EXPECT_THROW(read_documents(broken, "f"), ReadError);
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

TEST_F(Files, AreWrittenWholeAndNamedAfterTheirDocuments) {
    const Documents made = read_documents(
        "kind: Workflow\nmetadata: {generateName: a-}\nspec: {entrypoint: m}\n---\n"
        "kind: Sensor\nmetadata: {name: s}\n---\nkind: ConfigMap\nmetadata: {name: c}\n---\nno: name\n",
        "f");
    const std::string below = path("new/folder");
    const std::string written = write_file(below, made[0]);
    EXPECT_EQ(written, below + "/a.yaml");
    EXPECT_EQ(read_text(written), to_yaml(made[0]));
    EXPECT_EQ(write_file(below, made[1]), below + "/s.yaml");
    EXPECT_EQ(write_file(below, made[2]), below + "/c.yaml");
    EXPECT_EQ(read_text(below + "/c.yaml"), to_yaml(made[2]));
    EXPECT_EQ(write_file(below, made[3], "given"), below + "/given.yaml");
    EXPECT_EQ(write_file(below + "/../b", made[3], "x.yml"), path("new/b/x.yml"));
    // What is there already is replaced.
    EXPECT_EQ(write_file(below, made[1], "a"), written);
    EXPECT_EQ(read_text(written), to_yaml(made[1]));
    EXPECT_THROW(write_file(below, made[3]), std::invalid_argument);
    for (const char* const name : {"../out", "..", "a/b", "/a"})
        EXPECT_THROW(write_file(below, made[0], name), std::invalid_argument) << name;
    // A mistake leaves nothing behind.
    std::filesystem::create_directory(path("taken.yaml"));
    try {
        write_file(path(""), made[0], "taken");
        FAIL();
    } catch (const std::system_error& error) {
        EXPECT_NE(std::string(error.what()).find(path("taken.yaml") + " cannot be written: "),
                  std::string::npos)
            << error.what();
    }
    EXPECT_THROW(write_file(written, made[0]), std::system_error) << "a file is no folder";
    std::size_t files = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(path("")))
        files += each.is_regular_file() ? 1u : 0u;
    EXPECT_EQ(files, 5u);
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
