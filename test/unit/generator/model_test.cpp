// SPDX-License-Identifier: Apache-2.0
#include "model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "emit.hpp"
#include "files.hpp"
#include "problem_of.hpp"

namespace tiphys::generator {
namespace {

#define ARGO "io.argoproj.workflow.v1alpha1."

Schema schema(std::string_view definitions) {
    return read_schema(
        R"({"release": "v1.0.0", "operations": {}, "definitions": )" + std::string(definitions) + "}",
        "f.json");
}

Model build(std::string_view definitions, const Corrections& corrections = {}) {
    return build_model(merge({schema(definitions)}, corrections), corrections);
}

std::string problem(std::string_view definitions, const Corrections& corrections = {}) {
    return problem_of([&] { build(definitions, corrections); });
}

/// "type name" of every member, or "type name required".
std::vector<std::string> members(const Model& model, std::string_view name) {
    std::vector<std::string> made;
    for (const Struct& each : model.structs)
        if (each.name == name)
            for (const Member& member : each.members)
                made.push_back(member.type + " " + member.name + (member.required ? " required" : ""));
    return made;
}

TEST(Model, GivesPropertiesTheirCppTypes) {
    const Model model = build(R"({
        ")" ARGO R"(Steps": "list )" ARGO R"(Step",
        ")" ARGO R"(Step": {"inline": ")" ARGO R"(Whole", "pod": "required io.k8s.api.core.v1.Pod"},
        "io.k8s.api.core.v1.Pod": {"count": "integer", "self": "io.k8s.api.core.v1.Pod"},
        ")" ARGO R"(Whole": {"a": "required string", "b": "boolean", "c": "list )" ARGO R"(Steps",
            "d": "map list string/byte", "default": "number", "e": "any", "f": "map io.k8s.api.core.v1.Pod"}})");
    EXPECT_EQ(members(model, "Step"),
              (std::vector<std::string>{"box<Whole> inline_", "k8s::Pod pod required"}));
    EXPECT_EQ(members(model, "Pod"), (std::vector<std::string>{"opt<std::int64_t> count", "box<Pod> self"}));
    EXPECT_EQ(members(model, "Whole"),
              (std::vector<std::string>{"str a required", "opt<bool> b", "list<list<Step>> c",
                                        "map<list<str>> d", "number default_", "json e", "map<k8s::Pod> f"}));
    ASSERT_EQ(model.aliases.size(), 1u);
    EXPECT_EQ(model.aliases[0].type, "list<Step>");
    // Pod lies in Step by value.
    const auto at = [&](std::string_view name) {
        return std::find_if(model.structs.begin(), model.structs.end(),
                            [&](const Struct& s) { return s.name == name; });
    };
    EXPECT_LT(at("Pod"), at("Step"));
}

TEST(Model, InstantiatesStorageOnceForWhatBoxesAndListsHold) {
    const Model model =
        build(R"({")" ARGO R"(A": {"a": "list list )" ARGO R"(B", "b": "map integer", "c": "list string"},
                                  ")" ARGO R"(B": {"a": ")" ARGO R"(B", "b": "map )" ARGO R"(A"}})");
    EXPECT_EQ(storage_types(model, unit::requests),
              (std::vector<std::string>{"list<model::B>", "map_entry<model::A>",
                                        "map_entry<opt<std::int64_t>>", "model::B"}));
    EXPECT_TRUE(storage_types(model, unit::workflow).empty());
}

TEST(Model, AppliesCorrections) {
    using enum PropertyCorrection::action;
    constexpr DefinitionCorrection definitions[] = {{ARGO "Any", "json", "reason"}};
    constexpr PropertyCorrection properties[] = {{ARGO "A", "inner", embed, "", "reason"},
                                                 {ARGO "A", "kind", add, "string", "reason"},
                                                 {ARGO "A", "list", retype, "any_string", "reason"},
                                                 {ARGO "A", "must", optional, "", "reason"},
                                                 {ARGO "B", "n", retype, "integer", "reason"}};
    const Model model = build(R"({")" ARGO R"(A": {"any": ")" ARGO R"(Any", "inner": ")" ARGO
                              R"(B", "list": "list string", "must": "required string"},
                                  ")" ARGO R"(Any": {}, ")" ARGO R"(B": {"n": "string"}})",
                              {definitions, properties});
    EXPECT_EQ(members(model, "A"), (std::vector<std::string>{"json any", "str kind", "list<str> list",
                                                             "str must", "opt<std::int64_t> n"}));
}

TEST(Model, RefusesCorrectionsThatChangeNothing) {
    using enum PropertyCorrection::action;
    const std::string_view facts = R"({")" ARGO R"(A": {"p": "string"}})";
    const auto with = [&](const PropertyCorrection& row) { return problem(facts, {{}, {&row, 1}}); };
    const std::string text = "corrections.cpp: " ARGO "A.p needs no correction in v1.0.0; remove the row";
    EXPECT_EQ(with({ARGO "A", "p", optional, "", ""}), text);
    EXPECT_EQ(with({ARGO "A", "p", retype, "string", ""}), text);
    EXPECT_EQ(with({ARGO "A", "p", add, "string", ""}), text);
    EXPECT_EQ(with({ARGO "A", "p", embed, "", ""}), text);
    EXPECT_EQ(with({ARGO "A", "q", retype, "integer", ""}),
              "corrections.cpp: " ARGO "A has no property \"q\" that the row could correct; remove the row");
    EXPECT_EQ(with({ARGO "B", "p", retype, "integer", ""}),
              "corrections.cpp: " ARGO "B is in no release; remove the row");
    EXPECT_EQ(with({ARGO "A", "p", retype, "quantity", ""}), "no problem");
    const DefinitionCorrection row{ARGO "B", "json", ""};
    EXPECT_EQ(problem(facts, {{&row, 1}, {}}), "corrections.cpp: " ARGO "B is in no release; remove the row");
}

TEST(Model, GivesTextTheConstantsOfItsValues) {
    constexpr ValueSet rows[] = {{ARGO "Phase", "Done delete minus=- at_least=>=", "A.phase A.all k8s_A.x"}};
    const std::string_view facts =
        R"({")" ARGO R"(A": {"phase": "string", "all": "list string", "n": "integer"},
                                       "io.k8s.k8s_A": {"x": "string"}})";
    const Model model = build(facts, {{}, {}, {}, rows});
    ASSERT_EQ(model.values.size(), 1u);
    using Constants = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(model.values[0].constants,
              (Constants{{"Done", "Done"}, {"delete_", "delete"}, {"minus", "-"}, {"at_least", ">="}}));
    EXPECT_EQ(model.values[0].users, (std::vector<std::string>{"A::phase", "A::all", "k8s_A::x"}));

    const auto with = [&](const ValueSet& row) { return problem(facts, {{}, {}, {}, {&row, 1}}); };
    EXPECT_EQ(with({ARGO "Phase", "Done", "A.n"}),
              "values.cpp: " ARGO "Phase: A.n is not a text property; correct the row");
    EXPECT_EQ(with({ARGO "Phase", "Done", "B.phase"}),
              "values.cpp: " ARGO "Phase: B.phase is not a text property; correct the row");
    EXPECT_EQ(with({ARGO "A", "Done", "A.phase"}),
              ARGO "A: another definition is called tiphys::model::::A as well");
}

TEST(Model, RefusesWhatHasNoCppForm) {
    EXPECT_EQ(problem(R"({")" ARGO R"(A": {"p": "string/uuid"}})"),
              ARGO "A.p: type \"string/uuid\" has no C++ form; give it one in model.cpp");
    EXPECT_EQ(problem(R"({"com.example.A": {}})"),
              "com.example.A: no C++ namespace is known for its prefix; add it to cpp_name()");
    EXPECT_EQ(problem(R"({"io.k8s.api.core.v1.A": {}, "io.k8s.api.policy.v1.A": {}})"),
              "io.k8s.api.policy.v1.A: another definition is called tiphys::model::k8s::A as well");
    EXPECT_EQ(problem(R"({")" ARGO R"(A": {"b": "required )" ARGO R"(B"}, ")" ARGO
                      R"(B": {"a": "required )" ARGO R"(A"}})"),
              ARGO "A: required properties make it hold itself by value: " ARGO "A " ARGO "B");
    EXPECT_EQ(problem(R"({")" ARGO R"(A": ")" ARGO R"(A"})"), ARGO "A: its definition stands for itself");
}

TEST(Model, SaysWhatTheTypesAre) {
    std::vector<Schema> schemas;
    for (const auto& file : list_folder(TIPHYS_SCHEMAS))
        schemas.push_back(read_schema(read_file(file), file.string()));
    const Model model = build_model(merge(std::move(schemas), argo_corrections()), argo_corrections());
    std::set<std::string> types;
    for (const Struct& made : model.structs) {
        types.insert((made.space.empty() ? "" : made.space + "::") + made.name);
        if (made.home == unit::workflow) {
            EXPECT_TRUE(phrase_of(made).ends_with('.')) << made.definition << " needs a row in phrases.cpp";
        }
    }
    for (const std::string& type : types_with_phrases())
        EXPECT_TRUE(types.contains(type)) << type << " is no type of Argo's; remove its row from phrases.cpp";
}

TEST(Model, MakesPlainPhrases) {
    EXPECT_EQ(phrase("HTTPGetAction"), "HTTP get action.");
    EXPECT_EQ(phrase("WorkflowSpec"), "What a workflow asks for.");
    EXPECT_EQ(phrase("NodeStatus"), "What is known of a node.");
    EXPECT_EQ(phrase("UpdateCronWorkflowRequest"), "What an update cron workflow request carries.");
    EXPECT_EQ(phrase("S3Artifact"), "S3 artifact.");
    EXPECT_EQ(phrase("KafkaEventSource"), "Where kafka events come from.");
    EXPECT_EQ(phrase("AWSLambdaTrigger"), "What to do with an event: AWS lambda.");
    EXPECT_EQ(phrase("DAGTask"), "DAG task.");
    EXPECT_EQ(phrase("Status"), "Status.");
}

}  // namespace
}  // namespace tiphys::generator
