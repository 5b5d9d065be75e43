// SPDX-License-Identifier: Apache-2.0
// Crons, the archive, limits and events.
#include <tiphys/build/cron_workflow.hpp>
#include <tiphys/build/events.hpp>

#include <boost/asio/use_future.hpp>

#include "kit.hpp"

namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> seen(const ScriptedServer& server) {
    std::vector<std::string> lines;
    for (const auto& request : server.requests())
        lines.push_back(request.method + " " + request.target +
                        (request.body.empty() ? "" : " " + request.body));
    return lines;
}

std::string cron_json(const char* more = "") {
    return std::string(
               R"({"apiVersion":"argoproj.io/v1alpha1","metadata":{"name":"daily","namespace":"argo","uid":"u9",)"
               R"("resourceVersion":"7"},"spec":{"schedules":["0 2 * * *"],)") +
           more + R"("workflowMetadata":{"labels":{"team":"x"}},"workflowSpec":{"entrypoint":"main"}},)" +
           R"("status":{"active":null,"lastScheduledTime":"2026-02-27T02:00:00Z","phase":"Active"}})";
}

TEST(ClientServices, UserInfoIsReadAndEventsOfUsersAreCounted) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "POST")
            talk.json(200, "{}");
        else
            talk.json(200, R"({"subject":"jane","groups":["a","b"],"serviceAccountName":"argo"})");
    });
    const Client client(test::options_for(server));
    const model::GetUserInfoResponse user = client.user_info();
    EXPECT_EQ(user.subject, "jane");
    EXPECT_EQ(user.groups.size(), 2u);
    client.collect_event("openedWorkflowList");
    EXPECT_THAT(seen(server), ElementsAre("GET /api/v1/userinfo",
                                          R"(POST /api/v1/tracking/event {"name":"openedWorkflowList"})"));
}

TEST(ClientServices, StoredDocumentsAreSubmittedAndWorkflowsResubmittedAndSet) {
    ScriptedServer server([](Talk& talk) { talk.json(200, test::workflow_json("a-x7", "")); });
    const Client client(test::options_for(server));
    EXPECT_EQ(client.submit({"CronWorkflow", "daily"}).name(), "a-x7");
    client.submit({"ClusterWorkflowTemplate", "all"}, {.namespace_ = "other",
                                                       .name = "a",
                                                       .entrypoint = "main",
                                                       .parameters = {{"p", "x=\"1\""}, {"q", ""}},
                                                       .labels = {{"l", "1"}, {"m", "2"}},
                                                       .priority = 5,
                                                       .server_dry_run = true});
    EXPECT_EQ(client.resubmit("a", {.memoized = true, .parameters = {{"n", "1"}}}).name(), "a-x7");
    client.set("a", {.node_field_selector = "displayName=approve",
                     .phase = "Succeeded",
                     .message = "fine",
                     .output_parameters = {{"p", "v"}}});
    EXPECT_THAT(
        seen(server),
        ElementsAre(
            R"(POST /api/v1/workflows/argo/submit {"namespace":"argo","resourceKind":"CronWorkflow","resourceName":"daily","submitOptions":{}})",
            R"(POST /api/v1/workflows/other/submit {"namespace":"other","resourceKind":"ClusterWorkflowTemplate","resourceName":"all","submitOptions":{"name":"a","entryPoint":"main","labels":"l=1,m=2","parameters":["p=x=\"1\"","q="],"priority":5,"serverDryRun":true}})",
            R"(PUT /api/v1/workflows/argo/a/resubmit {"memoized":true,"parameters":["n=1"]})",
            R"(PUT /api/v1/workflows/argo/a/set {"nodeFieldSelector":"displayName=approve","phase":"Succeeded","message":"fine","outputParameters":"{\"p\":\"v\"}"})"));
}

TEST(ClientServices, LogsOfOnePodInTheOlderWay) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        talk.event(R"({"result":{"content":"hello","podName":"a-1"}})");
        talk.end_events();
    });
    const Client client(test::options_for(server));
    LogStream logs = client.pod_logs("a", "a-1", {.tail_lines = 5});
    EXPECT_EQ(logs.next()->content, "hello");
    EXPECT_FALSE(logs.next().has_value());
    EXPECT_THAT(seen(server), ElementsAre("GET /api/v1/workflows/argo/a/a-1/log?logOptions.container=main"
                                          "&logOptions.tailLines=5"));
}

TEST(ClientCrons, AreStoredSuspendedAndResumed) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target.ends_with("/cron-workflows/argo") && talk.request().method == "GET")
            talk.json(200, R"({"metadata":{},"items":[)" + cron_json() + "]}");
        else
            talk.json(200, cron_json());
    });
    const Client client(test::options_for(server));
    const auto crons = client.cron_workflows();
    CronWorkflow document("daily");
    document.schedule("0 2 * * *").container("main", Container().image("alpine:3.20").args("true"));
    EXPECT_EQ(crons.create(document).metadata.uid, "u9");
    crons.lint(document);
    EXPECT_EQ(crons.list().items.size(), 1u);
    EXPECT_EQ(crons.suspend("daily").spec.schedules.size(), 1u);
    crons.resume(document, {.namespace_ = "other"});
    // What the controller keeps of a cron is not lost where it is replaced.
    crons.apply(document);
    const auto requests = server.requests();
    std::vector<std::string> lines;
    for (const auto& request : requests) lines.push_back(request.method + " " + request.target);
    EXPECT_THAT(
        lines, ElementsAre("POST /api/v1/cron-workflows/argo", "POST /api/v1/cron-workflows/argo/lint",
                           "GET /api/v1/cron-workflows/argo", "PUT /api/v1/cron-workflows/argo/daily/suspend",
                           "PUT /api/v1/cron-workflows/other/daily/resume",
                           "GET /api/v1/cron-workflows/argo/daily", "PUT /api/v1/cron-workflows/argo/daily"));
    EXPECT_EQ(requests.at(3).body, "{}");
    EXPECT_THAT(requests.at(6).body, AllOf(HasSubstr(R"("resourceVersion":"7")"),
                                           HasSubstr("2026-02-27T02:00:00Z"), HasSubstr("alpine:3.20")));
    EXPECT_EQ(crons.link("daily"), "http://" + server.address() + "/cron-workflows/argo/daily");
}

std::chrono::system_clock::time_point february(int day) {
    return std::chrono::sys_days(std::chrono::year(2026) / std::chrono::February / day);
}

TEST(ClientCrons, ABackfillRunsWhatWasMissed) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "GET")
            talk.json(200, cron_json());
        else if (talk.request().number == 3)
            talk.json(409, R"({"code":6,"message":"workflows.argoproj.io \"daily-1\" already exists"})");
        else
            talk.json(200, test::workflow_json("run-" + std::to_string(talk.request().number), ""));
    });
    const Client client(test::options_for(server));
    const auto runs = client.cron_workflows().backfill("daily", {.start = february(20), .end = february(23)});
    ASSERT_EQ(runs.size(), 2u);
    EXPECT_EQ(runs[1].name(), "run-4");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 4u);
    EXPECT_EQ(requests[0].target, "/api/v1/cron-workflows/argo/daily");
    EXPECT_EQ(requests[1].target, "/api/v1/workflows/argo");
    // 2026-02-20T02:00:00Z
    EXPECT_THAT(
        requests[1].body,
        AllOf(HasSubstr(R"("name":"daily-1771552800")"),
              HasSubstr(R"("workflows.argoproj.io/scheduled-time":"2026-02-20T02:00:00Z")"),
              HasSubstr(R"("workflows.argoproj.io/cron-workflow":"daily")"), HasSubstr(R"("team":"x")"),
              HasSubstr(R"("uid":"u9")"), HasSubstr(R"("entrypoint":"main")"),
              HasSubstr(R"({"name":"cronScheduleTime","value":"2026-02-20T02:00:00Z"})"),
              HasSubstr(R"("mutexes":[{"name":"daily-backfill"}])")));

    client.cron_workflows().backfill(
        "daily",
        {.start = february(20), .end = february(21), .argument = "", .name = "again", .parallel = true});
    EXPECT_THAT(server.requests().at(5).body,
                AllOf(HasSubstr(R"("name":"daily-again-1771552800")"), Not(HasSubstr("cronScheduleTime")),
                      Not(HasSubstr("mutexes"))));
}

TEST(ClientCrons, ABackfillThatCannotBeCreatesNothing) {
    ScriptedServer server([](Talk& talk) {
        talk.json(200, cron_json(talk.request().target.find("zoned") == std::string::npos
                                     ? ""
                                     : R"("timezone":"Asia/Tokyo",)"));
    });
    const auto crons = Client(test::options_for(server)).cron_workflows();
    const auto refused = [](auto act) {
        const ClientError error = test::client_error(act);
        EXPECT_EQ(error.kind(), ClientErrorKind::invalid_argument);
        return std::string(error.what());
    };
    EXPECT_THAT(refused([&] { crons.backfill("daily", {}); }), HasSubstr("BackfillOptions::start"));
    EXPECT_THAT(refused([&] { crons.backfill("daily", {.start = february(2), .end = february(1)}); }),
                HasSubstr("before start"));
    EXPECT_TRUE(server.requests().empty());
    EXPECT_THAT(
        refused([&] { crons.backfill("daily", {.start = february(1), .end = february(20), .limit = 18}); }),
        HasSubstr("more than 18 times"));
    EXPECT_THAT(refused([&] { crons.backfill("zoned", {.start = february(1), .end = february(2)}); }),
                HasSubstr("Asia/Tokyo"));
    for (const auto& request : server.requests()) EXPECT_EQ(request.method, "GET");
}

TEST(ClientArchive, IsListedReadRunAgainAndCleared) {
    ScriptedServer server([](Talk& talk) {
        const std::string& target = talk.request().target;
        if (target.find("label-") != std::string::npos)
            talk.json(200, R"({"items":["a","b"]})");
        else if (talk.request().method == "DELETE")
            talk.json(200, "{}");
        else if (target.starts_with("/api/v1/archived-workflows?"))
            talk.json(200, target.find("continue") == std::string::npos
                               ? R"({"metadata":{"continue":"1"},"items":[{"metadata":{"name":"a"}}]})"
                               : R"({"metadata":{},"items":[{"metadata":{"name":"b"}}]})");
        else
            talk.json(200, test::workflow_json("a", "Failed"));
    });
    const Client client(test::options_for(server));
    const auto archive = client.archived_workflows();
    EXPECT_EQ(archive.list({.name_prefix = "a", .limit = 1}).items.size(), 2u);
    EXPECT_EQ(archive.get("u1").phase(), "Failed");
    archive.resubmit("u1", {.memoized = true, .parameters = {{"n", "1"}}});
    EXPECT_EQ(archive.retry("u1", {.namespace_ = "other"}).name(), "a");
    archive.remove("u1");
    EXPECT_EQ(archive.label_keys().items.size(), 2u);
    EXPECT_EQ(archive.label_values("team").items[1], "b");
    EXPECT_THAT(
        seen(server),
        ElementsAre(
            "GET /api/v1/archived-workflows?namespace=argo&namePrefix=a&listOptions.limit=1",
            "GET /api/v1/archived-workflows?namespace=argo&namePrefix=a&listOptions.limit=1"
            "&listOptions.continue=1",
            "GET /api/v1/archived-workflows/u1?namespace=argo",
            R"(PUT /api/v1/archived-workflows/u1/resubmit {"memoized":true,"parameters":["n=1"],"namespace":"argo"})",
            R"(PUT /api/v1/archived-workflows/u1/retry {"namespace":"other"})",
            "DELETE /api/v1/archived-workflows/u1?namespace=argo",
            "GET /api/v1/archived-workflows-label-keys?namespace=argo",
            "GET /api/v1/archived-workflows-label-values?listOptions.labelSelector=team&namespace=argo"));
}

TEST(ClientArchive, SaysWhereThereIsNone) {
    ScriptedServer server([](Talk& talk) {
        talk.json(500, R"({"code":13,"message":"getting archived workflows not supported"})");
    });
    const auto error =
        test::client_error([&] { Client(test::options_for(server)).archived_workflows().get("u1"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::server);
    EXPECT_EQ(error.server_message(), "getting archived workflows not supported");
}

TEST(ClientLimits, AreNumbersThatComeBack) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "DELETE")
            talk.json(200, "{}");
        else if (talk.request().target.find("missing") != std::string::npos)
            talk.json(404, R"({"code":5,"message":"sync limit not found"})");
        else
            talk.json(200, R"({"cmName":"cm","namespace":"argo","key":"k","limit":3})");
    });
    const auto limits = Client(test::options_for(server)).sync_limits();
    const SyncLimitOptions in{.config_map = "cm"};
    const model::sync::SyncLimitResponse created = limits.create("k", 3, in);
    EXPECT_EQ(created.limit, 3);
    EXPECT_EQ(created.cmName, "cm");
    EXPECT_EQ(limits.get("k", in).key, "k");
    limits.update("k", 4, {.namespace_ = "other", .type = SyncLimitType::database});
    limits.remove("k", in);
    EXPECT_EQ(test::client_error([&] { limits.get("missing", in); }).kind(), ClientErrorKind::not_found);
    EXPECT_THAT(seen(server),
                ElementsAre(R"(POST /api/v1/sync/argo {"type":0,"cmName":"cm","key":"k","limit":3})",
                            "GET /api/v1/sync/argo/k?type=0&cmName=cm",
                            R"(PUT /api/v1/sync/other/k {"type":1,"key":"k","limit":4})",
                            "DELETE /api/v1/sync/argo/k?type=0&cmName=cm",
                            "GET /api/v1/sync/argo/missing?type=0&cmName=cm"));
}

TEST(ClientEvents, AreSentAsAnyJson) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "GET")
            talk.json(200, R"({"metadata":{},"items":[{"metadata":{"name":"b"}}]})");
        else if (talk.request().target.ends_with("/full"))
            talk.json(503, R"({"code":14,"message":"operation queue full"})");
        else
            talk.json(200, "{}");
    });
    const auto events = Client(test::options_for(server)).events();
    json payload = json::object();
    payload.set("message", "hello");
    payload.set("n", std::int64_t{9007199254740993});
    events.send("greeting", payload);
    events.send("", json("text"), {.namespace_ = "other"});
    events.send("list", json::array());
    EXPECT_EQ(test::client_error([&] { events.send("full", json(true)); }).kind(), ClientErrorKind::server);
    EXPECT_EQ(events.bindings({.label_selector = "a=b"}).items[0].metadata.name, "b");
    EXPECT_THAT(seen(server),
                ElementsAre(R"(POST /api/v1/events/argo/greeting {"message":"hello","n":9007199254740993})",
                            R"(POST /api/v1/events/other/ "text")", "POST /api/v1/events/argo/list []",
                            "POST /api/v1/events/argo/full true",
                            "GET /api/v1/workflow-event-bindings/argo?listOptions.labelSelector=a%3Db"));
}

TEST(ClientEvents, SourcesAndSensorsAreStored) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().method == "DELETE")
            talk.json(200, "{}");
        else if (talk.request().target.ends_with("s/argo") && talk.request().method == "GET")
            talk.json(200, R"({"metadata":{},"items":null})");
        else
            talk.json(200, R"({"metadata":{"name":"s","namespace":"argo","resourceVersion":"7"},"spec":{}})");
    });
    const Client client(test::options_for(server));
    const auto sources = client.event_sources();
    const auto sensors = client.sensors();
    const model::events::EventSource source = sources.create(events::EventSource("s"));
    EXPECT_EQ(source.metadata->resourceVersion, "7");
    sources.update(source);
    sources.get(source);
    sources.apply(events::EventSource("s"));
    EXPECT_TRUE(sources.list().items.empty());
    sources.remove("s");
    const model::events::Sensor sensor = sensors.create(events::Sensor("s"));
    sensors.update(sensor);
    sensors.get("s", {.resource_version = "1"});
    EXPECT_TRUE(sensors.list().items.empty());
    sensors.remove(sensor);
    std::vector<std::string> lines;
    for (const auto& request : server.requests()) lines.push_back(request.method + " " + request.target);
    EXPECT_THAT(lines, ElementsAre("POST /api/v1/event-sources/argo", "PUT /api/v1/event-sources/argo/s",
                                   "GET /api/v1/event-sources/argo/s", "GET /api/v1/event-sources/argo/s",
                                   "PUT /api/v1/event-sources/argo/s", "GET /api/v1/event-sources/argo",
                                   "DELETE /api/v1/event-sources/argo/s", "POST /api/v1/sensors/argo",
                                   "PUT /api/v1/sensors/argo/s",
                                   "GET /api/v1/sensors/argo/s?getOptions.resourceVersion=1",
                                   "GET /api/v1/sensors/argo", "DELETE /api/v1/sensors/argo/s"));
    EXPECT_THAT(server.requests().at(0).body, HasSubstr(R"({"namespace":"argo","eventSource":{)"));
    EXPECT_THAT(server.requests().at(7).body, HasSubstr(R"({"namespace":"argo","sensor":{)"));
}

constexpr const char* end_of_watch =
    R"({"error":{"grpc_code":8,"http_code":429,"message":"EOF","http_status":"Too Many Requests"}})";

TEST(ClientEvents, WatchesGoOnAfterTheirEnd) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        switch (talk.request().number) {
            case 1:
                talk.event(
                    R"({"result":{"type":"ADDED","object":{"metadata":{"name":"s","resourceVersion":"5"},"spec":{}}}})");
                talk.event(end_of_watch);
                talk.end_events();
                return;
            case 2:
                talk.event(
                    R"({"result":{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"8"},"spec":{}}}})");
                talk.reset();
                return;
            case 3:
                talk.event(test::version_gone);
                talk.end_events();
                return;
            default:
                talk.event(
                    R"({"result":{"type":"DELETED","object":{"metadata":{"name":"s","resourceVersion":"9"},"spec":{}}}})");
                talk.wait_for_close();
        }
    });
    const auto sensors = Client(test::options_for(server)).sensors();
    {
        SensorWatchStream stream = sensors.watch({.label_selector = "a"});
        EXPECT_EQ(stream.next()->type, "ADDED");
        const auto deleted = stream.next();
        EXPECT_EQ(deleted->type, "DELETED");
        EXPECT_EQ(deleted->object->metadata->name, "s");
    }
    const std::string base = "GET /api/v1/stream/sensors/argo?listOptions.labelSelector=a";
    EXPECT_THAT(seen(server), ElementsAre(base, base + "&listOptions.resourceVersion=5",
                                          base + "&listOptions.resourceVersion=8", base));
}

TEST(ClientEvents, LogsBearWhatArgoEventsSaysOfThem) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        talk.event(
            R"({"result":{"namespace":"argo","eventSourceName":"s","eventSourceType":"webhook","level":"info","msg":"hello"}})");
        if (talk.request().target.find("sensors") == std::string::npos) {
            talk.event(R"({"error":{"grpc_code":5,"http_code":404,"message":"gone"}})");
            talk.end_events();
        } else {
            talk.close();
        }
    });
    const Client client(test::options_for(server));
    EventSourceLogStream lines = client.event_sources().logs({.name = "s", .event_source_type = "webhook"});
    EXPECT_EQ(lines.next()->msg, "hello");
    EXPECT_EQ(test::client_error([&] { lines.next(); }).kind(), ClientErrorKind::not_found);
    SensorLogStream others = client.sensors().logs({.trigger_name = "t", .follow = true});
    EXPECT_EQ(others.next()->msg, "hello");
    // Lines could not be told from those that came already.
    EXPECT_EQ(test::client_error([&] { others.next(); }).kind(), ClientErrorKind::closed);
    EXPECT_THAT(seen(server),
                ElementsAre("GET /api/v1/stream/event-sources/argo/logs?name=s&eventSourceType=webhook"
                            "&podLogOptions.container=main",
                            "GET /api/v1/stream/sensors/argo/logs?triggerName=t&podLogOptions.container=main"
                            "&podLogOptions.follow=true"));
}

TEST(ClientEvents, KubernetesEventsOfANamespace) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        if (talk.request().number == 1) {
            talk.event(
                R"({"result":{"metadata":{"name":"e1","resourceVersion":"3"},"involvedObject":{"kind":"Pod"},"reason":"Started"}})");
            talk.close();
            return;
        }
        talk.event(
            R"({"result":{"metadata":{"name":"e2","resourceVersion":"4"},"involvedObject":{},"reason":"Killing"}})");
        talk.wait_for_close();
    });
    const Client client(test::options_for(server));
    auto opened =
        client.events().async_watch({.field_selector = "involvedObject.name=a"}, boost::asio::use_future);
    {
        KubernetesEventStream stream = opened.get();
        EXPECT_EQ(stream.next()->reason, "Started");
        auto second = stream.async_next(boost::asio::use_future);
        EXPECT_EQ(second.get()->reason, "Killing");
    }
    EXPECT_EQ(server.requests().at(1).target,
              "/api/v1/stream/events/argo?listOptions.fieldSelector=involvedObject.name%3Da"
              "&listOptions.resourceVersion=3");
    EXPECT_EQ(server.requests().at(1).headers.at("accept"), "text/event-stream");
}

TEST(ClientEvents, AWatchThatIsRefusedSaysSo) {
    ScriptedServer server(
        [](Talk& talk) { talk.json(403, R"({"code":7,"message":"sensors is forbidden"})"); });
    const auto sensors = Client(test::options_for(server)).sensors();
    SensorWatchStream stream = sensors.watch();
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(test::client_error([&] { stream.next(); }).kind(), ClientErrorKind::forbidden);
    EXPECT_EQ(server.requests().size(), 1u);
}

}  // namespace
}  // namespace tiphys
