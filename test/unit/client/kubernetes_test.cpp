// SPDX-License-Identifier: Apache-2.0
#include "client/kubernetes.hpp"

#include "client/line_parser.hpp"
#include "client/operations.hpp"
#include "client/response.hpp"
#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;

ClientOptions options() {
    ClientOptions made;
    made.server = "k8s:6443";
    made.api = ClientApi::kubernetes;
    return made;
}

std::string sent(const Request& request) {
    return request.method + " " + request.target + (request.body.empty() ? "" : " " + request.body);
}
std::string call(const Request& request, const ClientOptions& with = options()) {
    return sent(kubernetes_call(request, with).first);
}
std::string stream(const Request& request, const ClientOptions& with = options()) {
    return sent(kubernetes_stream(request, with).request);
}
std::string then(const Request& request, std::string_view answer) {
    const KubernetesCall made = kubernetes_call(request, options());
    const auto second = made.then(answer);
    return second ? sent(*second) : "nothing";
}

constexpr const char* base = "/apis/argoproj.io/v1alpha1/namespaces/argo/workflows";
const std::string no_instance = "labelSelector=%21workflows.argoproj.io%2Fcontroller-instanceid";

TEST(KubernetesCalls, CreateABareObject) {
    const std::string workflow =
        R"({"metadata":{"generateName":"a-"},"spec":{"priority":12345678901234567890}})";
    EXPECT_EQ(call(create_request("argo", workflow, {})),
              std::string("POST ") + base +
                  R"( {"metadata":{"generateName":"a-"},"spec":{"priority":12345678901234567890},)"
                  R"("apiVersion":"argoproj.io/v1alpha1","kind":"Workflow"})");
    CreateOptions dry;
    dry.server_dry_run = true;
    EXPECT_THAT(call(create_request("argo", workflow, dry)), HasSubstr("/workflows?dryRun=All {"));
    ClientOptions mine = options();
    mine.instance_id = "mine";
    EXPECT_THAT(call(create_request("argo", workflow, {}), mine),
                HasSubstr(R"("labels":{"workflows.argoproj.io/controller-instanceid":"mine"})"));
}

TEST(KubernetesCalls, ReadAndList) {
    EXPECT_EQ(call(get_request("argo", "a", {})), std::string("GET ") + base + "/a");
    EXPECT_EQ(call(list_request("argo", {})), std::string("GET ") + base + "?" + no_instance);
    ListOptions all;
    all.all_namespaces = true;
    all.label_selector = "a=b";
    all.limit = 2;
    EXPECT_EQ(call(list_request("argo", all)),
              "GET /apis/argoproj.io/v1alpha1/workflows?labelSelector="
              "a%3Db%2C%21workflows.argoproj.io%2Fcontroller-instanceid&limit=2");
    ListOptions next;
    next.continue_ = "eyJ2Ijoi/+=";
    ClientOptions mine = options();
    mine.instance_id = "mine";
    EXPECT_EQ(
        call(next_page_request("argo", next), mine),
        std::string("GET ") + base +
            "?labelSelector=workflows.argoproj.io%2Fcontroller-instanceid%3Dmine&continue=eyJ2Ijoi%2F%2B%3D");
}

TEST(KubernetesCalls, RemoveInTheBackground) {
    EXPECT_EQ(call(remove_request("argo", "a", {})),
              std::string("DELETE ") + base + "/a?propagationPolicy=Background");
    RemoveOptions force;
    force.force = true;
    EXPECT_EQ(call(remove_request("argo", "a", force)),
              std::string("PATCH ") + base + R"(/a {"metadata":{"finalizers":null}})");
    EXPECT_EQ(then(remove_request("argo", "a", force), "{}"),
              std::string("DELETE ") + base + "/a?propagationPolicy=Background");
}

constexpr const char* running =
    R"({"metadata":{"name":"a","resourceVersion":"7"},"spec":{},"status":{"phase":"Running"}})";

TEST(KubernetesCalls, SuspendLooksFirst) {
    const Request suspend = suspend_request("argo", "a", {});
    EXPECT_EQ(call(suspend), std::string("GET ") + base + "/a");
    EXPECT_EQ(
        then(suspend, running),
        std::string("PATCH ") + base + R"(/a {"metadata":{"resourceVersion":"7"},"spec":{"suspend":true}})");
    EXPECT_EQ(then(suspend, R"({"metadata":{"name":"a"},"spec":{"suspend":true}})"), "nothing");
    EXPECT_THAT(test::client_error([&] {
                    then(suspend, R"({"metadata":{"name":"a"},"spec":{},"status":{"phase":"Failed"}})");
                }).what(),
                HasSubstr("the workflow a has finished"));
}

TEST(KubernetesCalls, StopAndTerminate) {
    const Request stop = stop_request("argo", "a", {});
    EXPECT_EQ(then(stop, running), std::string("PATCH ") + base + R"(/a {"spec":{"shutdown":"Stop"}})");
    EXPECT_EQ(then(terminate_request("argo", "a", {}), running),
              std::string("PATCH ") + base + R"(/a {"spec":{"shutdown":"Terminate"}})");
    const ClientError error = test::client_error(
        [&] { then(stop, R"({"metadata":{"name":"a"},"spec":{},"status":{"phase":"Succeeded"}})"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::invalid_request);
    EXPECT_THAT(error.what(), HasSubstr("has finished already"));
    EXPECT_EQ(test::client_error([&] { then(stop, "[]"); }).kind(), ClientErrorKind::not_json);
}

TEST(KubernetesCalls, ResumeTheWorkflowAndItsSuspendedNodes) {
    const Request resume = resume_request("argo", "a", {});
    EXPECT_EQ(then(resume, running), "nothing");
    EXPECT_EQ(
        then(resume, R"({"metadata":{"name":"a","resourceVersion":"7"},"spec":{"suspend":true}})"),
        std::string("PATCH ") + base + R"(/a {"metadata":{"resourceVersion":"7"},"spec":{"suspend":null}})");
    const auto waiting = [](const std::string& outputs) {
        return R"({"metadata":{"name":"a","resourceVersion":"7"},"spec":{},"status":{"nodes":{
            "n1":{"id":"n1","name":"n1","type":"Suspend","phase":"Running")" +
               outputs + R"(},
            "n2":{"id":"n2","name":"n2","type":"Suspend","phase":"Succeeded"},
            "n3":{"id":"n3","name":"n3","type":"Pod","phase":"Running"}}}})";
    };
    EXPECT_THAT(
        then(resume, waiting("")),
        MatchesRegex(R"(PATCH .*/a \{"metadata":\{"resourceVersion":"7"\},"status":\{"nodes":\{"n1":\{)"
                     R"("phase":"Succeeded","finishedAt":"....-..-..T..:..:..Z"\}\}\}\})"));
    EXPECT_THAT(
        then(resume, waiting(R"(,"outputs":{"parameters":[{"name":"p","valueFrom":{"supplied":{},)"
                             R"("default":"d"}},{"name":"q","value":"x"}]})")),
        HasSubstr(R"("outputs":{"parameters":[{"name":"p","value":"d"},{"name":"q","value":"x"}]}})"));
    EXPECT_THAT(test::client_error([&] {
                    then(resume,
                         waiting(R"(,"outputs":{"parameters":[{"name":"p","valueFrom":{"supplied":{}}}]})"));
                }).what(),
                HasSubstr("the output parameter p of the node n1 has neither a value nor a default"));
    EXPECT_THAT(test::client_error([&] {
                    then(resume, R"({"metadata":{"name":"a"},"spec":{},"status":{"compressedNodes":"x"}})");
                }).what(),
                AllOf(HasSubstr("compressed"), HasSubstr("needs an Argo Server")));
}

TEST(KubernetesCalls, Streams) {
    WatchOptions from;
    from.resource_version = "5";
    EXPECT_EQ(stream(watch_request("argo", "a", from)),
              std::string("GET ") + base +
                  "?watch=true&allowWatchBookmarks=true&timeoutSeconds=30&"
                  "fieldSelector=metadata.name%3Da&resourceVersion=5");
    EXPECT_THAT(stream(watch_request("argo", "", {})), HasSubstr(no_instance));
    ClientOptions impatient = options();
    impatient.stream_timeout = std::chrono::milliseconds(100);
    EXPECT_THAT(stream(watch_request("argo", "", {}), impatient), HasSubstr("timeoutSeconds=1&"));
    LogOptions logs;
    logs.pod = "a-1";
    logs.follow = true;
    logs.tail_lines = 5;
    EXPECT_EQ(stream(logs_request("argo", "a", logs)),
              "GET /api/v1/namespaces/argo/pods/a-1/log?container=main&follow=true&tailLines=5");
    EXPECT_EQ(kubernetes_stream(logs_request("argo", "a", logs), options()).pod, "a-1");
    EXPECT_TRUE(kubernetes_stream(logs_request("argo", "a", logs), options()).follow);
    logs.follow = false;
    EXPECT_FALSE(kubernetes_stream(logs_request("argo", "a", logs), options()).follow);
}

TEST(KubernetesCalls, AWorkflowOfAnotherControllerIsRefused) {
    const auto of = [](const char* labels) {
        return std::string(R"({"metadata":{"name":"a")") + labels + R"(},"spec":{}})";
    };
    const std::string theirs = of(R"(,"labels":{"workflows.argoproj.io/controller-instanceid":"theirs"})");
    for (const Request& request : {get_request("argo", "a", {}), suspend_request("argo", "a", {})}) {
        const auto judge = [&](const std::string& answer, const char* instance_id) {
            ClientOptions with = options();
            with.instance_id = instance_id;
            kubernetes_call(request, with).then(answer);
        };
        EXPECT_NO_THROW(judge(theirs, "theirs"));
        EXPECT_NO_THROW(judge(of(R"(,"labels":{"x":"y"})"), ""));
        EXPECT_NO_THROW(judge(of(""), ""));
        const auto refusal = [&](const std::string& answer, const char* instance_id) {
            const ClientError error = test::client_error([&] { judge(answer, instance_id); });
            EXPECT_EQ(error.kind(), ClientErrorKind::invalid_request);
            return std::string(error.what());
        };
        EXPECT_THAT(refusal(theirs, ""), AllOf(HasSubstr("is not managed by the controller"),
                                               HasSubstr("\"theirs\""), HasSubstr("ARGO_INSTANCEID")));
        EXPECT_THAT(refusal(theirs, "mine"), HasSubstr("\"mine\""));
        EXPECT_THAT(refusal(of(R"(,"labels":null)"), "mine"), HasSubstr("one without an instance id"));
    }
    // What is no workflow is for whoever reads it.
    EXPECT_FALSE(kubernetes_call(get_request("argo", "a", {}), options()).then("nonsense").has_value());
}

TEST(KubernetesCalls, WhatNeedsAnArgoServerIsRefused) {
    const auto message = [](auto act) {
        const ClientError error = test::client_error(act);
        EXPECT_EQ(error.kind(), ClientErrorKind::invalid_argument);
        EXPECT_THAT(error.what(), HasSubstr("needs an Argo Server: this client talks to Kubernetes itself"));
        return std::string(error.what());
    };
    EXPECT_THAT(message([] { call(retry_request("argo", "a", {})); }), HasSubstr("/a/retry"));
    EXPECT_THAT(message([] { call(version_request()); }), HasSubstr("GET /api/v1/version"));
    EXPECT_THAT(message([] { call({"GET", "/api/v1/cron-workflows/argo", {}, nullptr}); }),
                HasSubstr("cron-workflows"));
    EXPECT_THAT(message([] { call({"POST", "/upload-artifacts/argo/t/a", "no JSON", nullptr}); }),
                HasSubstr("POST /upload-artifacts"));
    EXPECT_THAT(message([] { call(get_request("argo", "@latest", {})); }), HasSubstr("@latest"));
    GetOptions fields;
    fields.fields = "metadata";
    EXPECT_THAT(message([&] { call(get_request("argo", "a", fields)); }), HasSubstr("the option `fields`"));
    ResumeOptions one;
    one.node_field_selector = "displayName=x";
    EXPECT_THAT(message([&] { call(resume_request("argo", "a", one)); }), HasSubstr("selector"));
    EXPECT_THAT(message([&] { stream(logs_request("argo", "a", {})); }), HasSubstr("LogOptions::pod"));
    LogOptions grep;
    grep.pod = "p";
    grep.grep = "x";
    EXPECT_THAT(message([&] { stream(logs_request("argo", "a", grep)); }), HasSubstr("`grep`"));
    EXPECT_THAT(message([] { stream({"GET", "/api/v1/stream/events/argo", {}, nullptr}); }),
                HasSubstr("stream/events"));
}

TEST(KubernetesEvents, BecomeThoseOfTheArgoServer) {
    const Request request{"GET", "/x", {}, nullptr};
    const std::string added = R"({"type":"ADDED","object":{"metadata":{}}})";
    EXPECT_EQ(open_event(request, "", watch_event(added)).result, added);
    const StreamItem gone = open_event(
        request, "",
        watch_event(R"({"type":"ERROR","object":{"kind":"Status","code":410,"message":"too \"old\""}})"));
    EXPECT_TRUE(gone.version_gone);
    EXPECT_EQ(gone.error->server_message(), "too \"old\"");
    const StreamItem other =
        open_event(request, "", watch_event(R"({"type":"ERROR","object":{"code":403}})"));
    EXPECT_FALSE(other.version_gone);
    EXPECT_EQ(other.error->kind(), ClientErrorKind::forbidden);
    EXPECT_TRUE(open_event(request, "", gone_event("old")).version_gone);
    EXPECT_EQ(open_event(request, "", log_event("p", "say \"x\"")).result,
              R"({"content":"say \"x\"","podName":"p"})");
    EXPECT_EQ(
        open_event(request, "", log_event("p", "\xc3\xa4 \xff\xc3(\xe2\x82")).result,
        "{\"content\":\"\xc3\xa4 \xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd\",\"podName\":\"p\"}");
    EXPECT_THROW(watch_event("nonsense"), ClientError);
}

TEST(KubernetesStatus, IsReadAsAnError) {
    const Request request{"GET", "/x", {}, nullptr};
    const auto refused = [&](int status, const std::string& body) {
        Response response;
        response.status = status;
        response.body = body;
        return refusal(request, "https://k8s", response);
    };
    const ClientError missing = refused(
        404, R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":"workflows \"a\" not found",)"
             R"("reason":"NotFound","code":404})");
    EXPECT_EQ(missing.kind(), ClientErrorKind::not_found);
    EXPECT_EQ(missing.grpc_code(), -1);
    EXPECT_EQ(missing.server_message(), "workflows \"a\" not found");
    EXPECT_THAT(
        refused(404, R"({"kind":"Status","message":"the server could not find the requested resource"})")
            .what(),
        HasSubstr("is Argo Workflows installed"));
    EXPECT_THAT(refused(401, R"({"kind":"Status","message":"Unauthorized"})").what(),
                HasSubstr("the user of the kubeconfig's context"));
    EXPECT_THAT(refused(403, R"({"kind":"Status","message":"no"})").what(), HasSubstr("RBAC"));
}

TEST(LineParser, GivesWholeLinesOfAnyChunks) {
    const std::string text = "one\r\n\ntwo\nrest";
    for (std::size_t size = 1; size <= text.size(); ++size) {
        LineParser parser(10);
        std::vector<std::string> lines;
        for (std::size_t at = 0; at < text.size(); at += size) {
            parser.feed(std::string_view(text).substr(at, size));
            while (auto line = parser.next()) lines.push_back(*line);
        }
        EXPECT_THAT(lines, testing::ElementsAre("one", "", "two"));
        EXPECT_EQ(parser.rest(), "rest");
        EXPECT_EQ(parser.rest(), std::nullopt);
    }
    LineParser parser(3);
    parser.feed("long");
    EXPECT_EQ(test::client_error([&] { parser.next(); }).kind(), ClientErrorKind::too_large);
}

}  // namespace
}  // namespace tiphys::client_detail
