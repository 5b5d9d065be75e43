// SPDX-License-Identifier: Apache-2.0
// What no server accepts is refused before anything is sent.
#include "client/preconditions.hpp"

#include <gmock/gmock.h>

#include <string>

#include "client/operations.hpp"
#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

using testing::HasSubstr;

TEST(Preconditions, NamesAreThoseOfKubernetes) {
    for (const char* good : {"a", "hello-x7k2p", "a.b", "@latest", "1a"})
        EXPECT_NO_THROW(check_name(good)) << good;
    for (const std::string bad : {"A", "a b", "a/b", "a_b", "-a", "a-", "a,b=c", "@first", "a\nb"})
        EXPECT_THAT(test::refused([&] { check_name(bad); }), HasSubstr("none that Kubernetes accepts"))
            << bad;
    EXPECT_NO_THROW(check_name(std::string(253, 'a')));
    EXPECT_THAT(test::refused([] { check_name(std::string(254, 'a')); }), HasSubstr("at most 253"));

    EXPECT_NO_THROW(check_namespace("argo"));
    EXPECT_NO_THROW(check_namespace("", true));
    EXPECT_THAT(test::refused([] { check_namespace(""); }), HasSubstr("needs a namespace"));
    for (const std::string bad : {"a.b", "A", "a\"b", "a/b", "-a"})
        EXPECT_THAT(test::refused([&] { check_namespace(bad); }), HasSubstr("at most 63")) << bad;

    // Every operation that names a workflow.
    const auto acts = [](const std::string& ns, const std::string& name) {
        return std::vector<std::function<void()>>{
            [=] { get_request(ns, name, {}); },       [=] { remove_request(ns, name, {}); },
            [=] { resume_request(ns, name, {}); },    [=] { suspend_request(ns, name, {}); },
            [=] { stop_request(ns, name, {}); },      [=] { retry_request(ns, name, {}); },
            [=] { terminate_request(ns, name, {}); }, [=] { logs_request(ns, name, {}); },
            [=] { watch_request(ns, name, {}); }};
    };
    for (const auto& act : acts("ns", "a")) EXPECT_NO_THROW(act());
    for (const auto& act : acts("ns", "a b")) EXPECT_THAT(test::refused(act), HasSubstr("\"a b\""));
    for (const auto& act : acts("n s", "a")) EXPECT_THAT(test::refused(act), HasSubstr("\"n s\""));
    EXPECT_THAT(test::refused([] { create_request("n s", "{}", {}); }), HasSubstr("\"n s\""));
    EXPECT_THAT(test::refused([] { list_request("n s", {}); }), HasSubstr("\"n s\""));
    EXPECT_THAT(test::refused([] { watch_request("n s", "", {}); }), HasSubstr("\"n s\""));
}

TEST(Preconditions, UidsAreOfLettersAndDigits) {
    EXPECT_NO_THROW(get_request("ns", "a", {.uid = "6522aff1-1e01-11e9-b443-42010aa80075"}));
    for (const auto& bad : {std::string("a b"), std::string("a/b"), std::string("-"), std::string(64, 'a')})
        EXPECT_THAT(test::refused([&] { get_request("ns", "a", {.uid = bad}); }),
                    HasSubstr("GetOptions::uid"))
            << bad;
}

TEST(Preconditions, OfCreation) {
    model::Workflow workflow;
    EXPECT_THAT(test::refused([&] { check_new(workflow, "argo"); }), HasSubstr("metadata.generateName"));
    workflow.metadata.generateName = "a-";
    EXPECT_NO_THROW(check_new(workflow, "argo"));
    workflow.metadata.name = "a";
    EXPECT_NO_THROW(check_new(workflow, "argo"));
    workflow.metadata.namespace_ = "argo";
    EXPECT_NO_THROW(check_new(workflow, "argo"));
    workflow.metadata.namespace_ = "mine";
    EXPECT_THAT(
        test::refused([&] { check_new(workflow, "argo"); }),
        testing::AllOf(HasSubstr("namespace \"mine\""), HasSubstr("in \"argo\""), HasSubstr("drop its")));
}

TEST(Preconditions, OfLists) {
    const auto said = [](const ListOptions& options, const char* ns = "argo") {
        return test::refused([&] { list_request(ns, options); });
    };
    EXPECT_THAT(said({.limit = -1}), HasSubstr("ListOptions::limit"));
    for (const char* bad : {"x", "-1", "1 ", "0x1", "99999999999999999999"})
        EXPECT_THAT(said({.continue_ = bad}), HasSubstr("ListOptions::continue_")) << bad;
    EXPECT_NO_THROW(list_request("argo", {.continue_ = "20"}));
    // What a server itself says is next is not ours to judge.
    EXPECT_EQ(next_page_request("argo", {.continue_ = "x"}).target,
              "/api/v1/workflows/argo?listOptions.continue=x");

    for (const char* good :
         {"metadata.name=a", "metadata.name==a", "metadata.name!=a", "metadata.namespace=argo",
          "metadata.namespace==argo", "metadata.namespace!=x", "spec.startedAt>2026-01-31T00:00:00Z",
          "spec.startedAt<2024-02-29T23:59:59.5+01:30,metadata.name=a", "ext.showRemainingItemCount=true",
          ",metadata.name=a,"})
        EXPECT_NO_THROW(list_request("argo", {.field_selector = good})) << good;
    for (const char* bad : {"status.phase=Running", "metadata.name", "metadata.names=a", "metadata.namespace",
                            "a", "spec.startedAt=2026-01-01T00:00:00Z", "ext.showRemainingItemCount=yes",
                            "ext.showRemainingItemCount"})
        EXPECT_THAT(said({.field_selector = bad}), HasSubstr("has the requirement")) << bad;
    for (const char* bad : {"", "yesterday", "2026-01-01", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
                            "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z",
                            "2026-01-01 00:00:00Z", "2026-01-01T00:00:00Zx"})
        EXPECT_THAT(said({.field_selector = std::string("spec.startedAt>") + bad}),
                    HasSubstr("write a time as"))
            << bad;
    EXPECT_THAT(said({.field_selector = "metadata.namespace=other"}),
                testing::AllOf(HasSubstr("\"other\""), HasSubstr("\"argo\"")));
    EXPECT_NO_THROW(
        list_request("argo", {.all_namespaces = true, .field_selector = "metadata.namespace=other"}));
}

TEST(Preconditions, LabelSelectorsParse) {
    for (const char* good :
         {"", "a=b", "a in (b,c),!d", "workflows.argoproj.io/phase in (Running,Pending)", "a"}) {
        EXPECT_NO_THROW(list_request("argo", {.label_selector = good})) << good;
        EXPECT_NO_THROW(watch_request("argo", "", {.label_selector = good})) << good;
        EXPECT_NO_THROW(logs_request("argo", "a", {.selector = good})) << good;
    }
    for (const char* bad : {"a=b,", "a in b", "a b", "=b", "a=b c", "a>b"}) {
        EXPECT_THAT(test::refused([&] { list_request("argo", {.label_selector = bad}); }),
                    HasSubstr("ListOptions::label_selector"))
            << bad;
        EXPECT_THAT(test::refused([&] { watch_request("argo", "", {.label_selector = bad}); }),
                    HasSubstr("WatchOptions::label_selector"))
            << bad;
        EXPECT_THAT(test::refused([&] { logs_request("argo", "a", {.selector = bad}); }),
                    HasSubstr("LogOptions::selector"))
            << bad;
    }
}

TEST(Preconditions, NodeSelectorsNameFieldsOfNodes) {
    for (const char* good :
         {"", "displayName=approve", "displayName==approve,phase!=Failed", "templateRef.name=a",
          "templateRef.template=b", "inputs.parameters.x.value=a\\,b\\=c\\\\", "name=w(0)[1].x",
          "id=", "name=a,", "templateName=t"}) {
        EXPECT_NO_THROW(resume_request("ns", "a", {.node_field_selector = good})) << good;
        EXPECT_NO_THROW(stop_request("ns", "a", {.node_field_selector = good})) << good;
        EXPECT_NO_THROW(retry_request("ns", "a", {.node_field_selector = good})) << good;
    }
    const auto said = [](const std::string& selector) {
        return test::refused([&] { resume_request("ns", "a", {.node_field_selector = selector}); });
    };
    EXPECT_THAT(said("approve"), HasSubstr("there is no =, == or != in \"approve\""));
    EXPECT_THAT(said("displayname=approve"), HasSubstr("asks for \"displayname\"; a node has displayName"));
    EXPECT_THAT(said("inputs.parameters..value=1"), HasSubstr("a node has"));
    EXPECT_THAT(said("name=a=b"), HasSubstr("write \\= for the ="));
    EXPECT_THAT(said("name=a\\b"), HasSubstr("a \\ that escapes none of"));
    EXPECT_THAT(said("name=a\\"), HasSubstr("a \\ that escapes none of"));
    EXPECT_THAT(test::refused([] { stop_request("ns", "a", {.node_field_selector = "x"}); }),
                HasSubstr("StopOptions::node_field_selector"));
    EXPECT_THAT(test::refused([] { retry_request("ns", "a", {.node_field_selector = "x"}); }),
                HasSubstr("RetryOptions::node_field_selector"));
}

TEST(Preconditions, ParametersHaveNamesAndValues) {
    const std::vector<NamedValue> good = {{"a", "1"}, {"b", ""}, {"c", "x=y"}};
    EXPECT_NO_THROW(retry_request("ns", "a", {.parameters = good}));
    EXPECT_NO_THROW(resubmit_request("ns", "a", {.parameters = good}));
    EXPECT_NO_THROW(submit_request("ns", "WorkflowTemplate", "a", {.parameters = good}));
    for (const char* bad : {"", "a b", "a=1"}) {
        const std::vector<NamedValue> given = {{bad, "1"}};
        EXPECT_THAT(test::refused([&] { retry_request("ns", "a", {.parameters = given}); }),
                    HasSubstr("RetryOptions::parameters has the name"))
            << bad;
        EXPECT_THAT(test::refused([&] { resubmit_request("ns", "a", {.parameters = given}); }),
                    HasSubstr("ResubmitOptions::parameters has the name"))
            << bad;
        EXPECT_THAT(
            test::refused([&] { submit_request("ns", "WorkflowTemplate", "a", {.parameters = given}); }),
            HasSubstr("SubmitOptions::parameters has the name"))
            << bad;
    }
    EXPECT_THAT(
        test::refused([] { retry_request("ns", "a", {.parameters = {{"a", "1"}, {"b", "2"}, {"a", "3"}}}); }),
        HasSubstr("gives \"a\" twice"));
}

TEST(Preconditions, RetryRestartsWhatItNames) {
    EXPECT_NO_THROW(retry_request("ns", "a", {.restart_successful = true, .node_field_selector = "name=x"}));
    EXPECT_THAT(test::refused([] { retry_request("ns", "a", {.restart_successful = true}); }),
                HasSubstr("node_field_selector"));
}

TEST(Preconditions, OfLogs) {
    EXPECT_NO_THROW(logs_request(
        "ns", "a",
        {.pod = "a-1", .container = "main", .since_seconds = 1, .tail_lines = 0, .limit_bytes = 1}));
    const auto said = [](const LogOptions& options) {
        return test::refused([&] { logs_request("ns", "a", options); });
    };
    EXPECT_THAT(said({.container = "Main"}), HasSubstr("LogOptions::container \"Main\""));
    EXPECT_THAT(said({.pod = "a b"}), HasSubstr("LogOptions::pod \"a b\""));
    EXPECT_THAT(said({.since_seconds = 0}), HasSubstr("LogOptions::since_seconds is 0"));
    EXPECT_THAT(said({.tail_lines = -1}), HasSubstr("LogOptions::tail_lines is -1"));
    EXPECT_THAT(said({.limit_bytes = 0}), HasSubstr("no less than 1"));
}

}  // namespace
}  // namespace tiphys::client_detail
