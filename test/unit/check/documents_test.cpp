// SPDX-License-Identifier: Apache-2.0
// The kinds of documents, the set that answers their references, and the options.
#include <tiphys/check/invalid_workflow.hpp>
#include <tiphys/check/validate.hpp>
#include <tiphys/text/text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tiphys {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

template <class Document>
std::vector<std::string> problems(std::string_view yaml, const DocumentSet& set = {},
                                  const CheckOptions& options = {}) {
    std::vector<std::string> made;
    for (const auto& found : validate(read_yaml<Document>(yaml), set, options))
        made.push_back(found.to_string());
    return made;
}

TEST(Documents, EachKindIsJudged) {
    const char* spec = "spec: {templates: [{name: t, suspend: {}}]}}";
    EXPECT_THAT(problems<model::WorkflowTemplate>(std::string("{metadata: {name: a}, ") + spec), IsEmpty());
    EXPECT_THAT(problems<model::ClusterWorkflowTemplate>(std::string("{metadata: {name: A}, ") + spec),
                ElementsAre("error document.name at metadata.name: the cluster workflow template name `A` is "
                            "not of lower-case letters, digits, `-` and `.`, or longer than 63 characters"));
    EXPECT_THAT(
        problems<model::CronWorkflow>("{metadata: {name: a}, spec: {schedules: ['* * * * *'], workflowSpec: "
                                      "{entrypoint: other, templates: "
                                      "[{name: t, suspend: {}}]}}}"),
        ElementsAre("error workflow.unknown-entrypoint at spec.workflowSpec.entrypoint: the entrypoint is "
                    "template `other`, which the workflow does not have"));
    EXPECT_THAT(problems<model::WorkflowEventBinding>(
                    "{spec: {event: {selector: 'true'}, submit: {workflowTemplateRef: {name: x}}}}"),
                ElementsAre("error document.name at metadata: the workflow event binding has no name"));
}

TEST(Documents, HaveScalarsForValues) {
    for (const char* text :
         {"value: [1]", "value: {a: b}", "default: [a]", "description: [a]", "enum: [[a]]"})
        EXPECT_THROW(read_yaml<model::Parameter>(text), ReadError) << text;
}

TEST(Documents, ACronWorkflowHasTheShortestName) {
    const auto named = [](std::size_t length) {
        return problems<model::CronWorkflow>("{metadata: {name: " + std::string(length, 'a') +
                                             "}, spec: {schedules: ['* * * * *'], workflowSpec: {entrypoint: "
                                             "t, templates: [{name: t, suspend: {}}]}}}");
    };
    EXPECT_THAT(named(52), IsEmpty());
    EXPECT_THAT(named(53), ElementsAre(HasSubstr("longer than 52 characters")));
}

class References : public testing::Test {
protected:
    References() {
        lib_ = read_yaml<model::WorkflowTemplate>(
            "{metadata: {name: lib}, spec: {entrypoint: say, templates: [{name: say, inputs: {parameters: "
            "[{name: message}]}, container: {image: busybox}}]}}");
        set_.add(lib_);
    }
    static std::string call(const std::string& reference, const std::string& arguments = "") {
        return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, steps: [[{name: a, "
               "templateRef: {" +
               reference + "}" + arguments + "}]]}]}}";
    }

    model::WorkflowTemplate lib_;
    DocumentSet set_;
};

TEST_F(References, AreAnsweredByTheSet) {
    const std::string arguments = ", arguments: {parameters: [{name: message, value: hi}]}";
    EXPECT_THAT(problems<model::Workflow>(call("name: lib, template: say", arguments), set_), IsEmpty());
    EXPECT_THAT(problems<model::Workflow>(call("name: lib, template: say"), set_),
                ElementsAre(HasSubstr("arguments.missing at spec.templates[0].steps[0][0]: step `a` does not "
                                      "give `message`, an input parameter of template `say`")));
    EXPECT_THAT(problems<model::Workflow>(call("name: lib, template: say")), IsEmpty());
}

TEST_F(References, OfAWorkflowCompleteIt) {
    const auto with = [&](const std::string& more) {
        return problems<model::Workflow>(
            "{metadata: {name: x}, spec: {workflowTemplateRef: {name: lib}" + more + "}}", set_);
    };
    EXPECT_THAT(with(", arguments: {parameters: [{name: message, value: hi}]}"), IsEmpty());
    EXPECT_THAT(with(""), ElementsAre(HasSubstr("arguments.missing at spec.entrypoint")));
    EXPECT_THAT(
        with(", entrypoint: sya"),
        ElementsAre(HasSubstr("workflow.unknown-entrypoint at spec.entrypoint: the entrypoint is "
                              "template `sya`, which the workflow does not have; did you mean `say`")));
}

TEST_F(References, AreSoughtInTheirNamespaceFirst) {
    model::WorkflowTemplate other = lib_;
    lib_.metadata.namespace_ = "a";
    other.metadata.namespace_ = "b";
    DocumentSet set;
    set.add(lib_).add(other);
    EXPECT_EQ(set.find("lib", "b"), &other);
    EXPECT_EQ(set.find("lib", "a"), &lib_);
    EXPECT_EQ(set.find("lib"), &lib_);
    EXPECT_EQ(set.find("lib", "c"), nullptr);
    EXPECT_EQ(set.find_cluster("lib"), nullptr);
}

TEST(Options, SwitchOffOnlyWhatTiphysAdds) {
    const char* yaml =
        "{metadata: {name: x}, spec: {entrypoint: m, templates: [{name: t, suspend: {}}, {name: m, steps: "
        "[[{name: s, template: t, arguments: {parameters: [{name: p, value: v}]}}]]}]}}";
    EXPECT_THAT(problems<model::Workflow>(yaml), ElementsAre(HasSubstr("arguments.unknown")));
    CheckOptions options;
    options.disable("arguments.unknown");
    EXPECT_THAT(problems<model::Workflow>(yaml, {}, options), IsEmpty());
    EXPECT_THAT([] { CheckOptions().disable("dag.cycle"); },
                testing::ThrowsMessage<std::invalid_argument>(HasSubstr("Argo itself enforces it")));
    EXPECT_THAT([] { CheckOptions().disable("arguments.unknwon"); },
                testing::ThrowsMessage<std::invalid_argument>(
                    "tiphys: there is no rule arguments.unknwon; did you mean arguments.unknown?"));
}

TEST(ThrowIfInvalid, NamesTheKind) {
    EXPECT_THAT([] { throw_if_invalid(model::WorkflowEventBinding()); },
                testing::ThrowsMessage<InvalidWorkflow>(
                    testing::StartsWith("the workflow event binding is wrong:\n  error document.name")));
}

TEST(HasErrors, CountsErrorsOnly) {
    list<Diagnostic> found;
    EXPECT_FALSE(has_errors(found));
    constexpr Rule mild{"a.b", "A.", "B.", Severity::warning};
    found.push_back(Diagnostic{&mild, {}, "", -1, "m"});
    EXPECT_FALSE(has_errors(found));
    found.push_back(Diagnostic{&rule::dag_cycle, {}, "", -1, "m"});
    EXPECT_TRUE(has_errors(found));
}

// The compiler answers references too.
constexpr bool answered_by_the_compiler() {
    model::WorkflowTemplate lib;
    lib.metadata.name = "lib";
    auto& say = lib.spec.templates.emplace_back();
    say.name = "say";
    say.suspend.ensure();
    say.inputs.ensure().parameters.emplace_back().name = "message";
    model::Workflow workflow;
    workflow.metadata.name = "x";
    workflow.spec.entrypoint = "say";
    workflow.spec.workflowTemplateRef.ensure().name = "lib";
    DocumentSet set;
    set.add(lib);
    const auto found = validate(workflow, set);
    return found.size() == 1 && found[0].rule == &rule::arguments_missing && validate(workflow).empty();
}
static_assert(answered_by_the_compiler());

}  // namespace
}  // namespace tiphys
