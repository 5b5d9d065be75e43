// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "engine_fixture.hpp"
#include "local/server/log_feed.hpp"
#include "local/server/watch_feed.hpp"

namespace tiphys::local::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// "ADDED a Running", … of what a feed has at the moment.
std::vector<std::string> events(Feed& feed) {
    std::vector<std::string> made;
    while (const auto text = feed.next()) {
        const auto value = boost::json::parse(*text);
        std::string one(value.at("type").as_string());
        one += ' ';
        one += std::string(value.at("object").at("metadata").at("name").as_string());
        if (const auto* phase = value.at("object").at("status").as_object().if_contains("phase"))
            one += " " + std::string(phase->as_string());
        made.push_back(one);
    }
    return made;
}

class WatchFeedTest : public EngineTest {};

TEST_F(WatchFeedTest, BeginsWithWhatThereIsAndGoesOnWithWhatChanges) {
    create(suspended("a"));
    run_until([this] { return phase("a") == "Running"; });
    const auto feed = stream("/api/v1/workflow-events/argo");
    int news = 0;
    feed->on_news([&news] { ++news; });
    EXPECT_THAT(events(*feed), ElementsAre("ADDED a Running"));
    EXPECT_EQ(news, 0);
    create(suspended("b"));
    run_until([&] { return phase("b") == "Running" && news > 0; });
    EXPECT_THAT(events(*feed), ElementsAre("ADDED b Running"));
    call("PUT", "/api/v1/workflows/argo/a/resume");
    run_until([&] { return complete("a"); });
    EXPECT_THAT(events(*feed), ElementsAre("MODIFIED a Succeeded"));
    call("DELETE", "/api/v1/workflows/argo/a");
    news = 0;
    run_until([&] { return news > 0; });
    EXPECT_THAT(events(*feed), ElementsAre("DELETED a Succeeded"));
    EXPECT_FALSE(feed->ended());
    EXPECT_FALSE(feed->failure());
}

TEST_F(WatchFeedTest, WatchesOneWorkflowByName) {
    create(suspended("a"));
    create(suspended("b"));
    run_until([this] { return phase("b") == "Running"; });
    const auto one = stream("/api/v1/workflow-events/argo?listOptions.fieldSelector=metadata.name%3Da");
    EXPECT_THAT(events(*one), ElementsAre("ADDED a Running"));
    const auto latest =
        stream("/api/v1/workflow-events/argo?listOptions.fieldSelector=metadata.name=@latest");
    EXPECT_THAT(events(*latest), ElementsAre("ADDED b Running"));
    call("PUT", "/api/v1/workflows/argo/b/resume");
    run_until([&] { return complete("b"); });
    EXPECT_THAT(events(*one), IsEmpty());
    EXPECT_THAT(events(*latest), ElementsAre("MODIFIED b Succeeded"));
}

TEST_F(WatchFeedTest, RefusesBeforeTheFirstMessageAsAStreamDoes) {
    const Response missing =
        call("GET", "/api/v1/workflow-events/argo?listOptions.fieldSelector=metadata.name=x");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(
        missing.body,
        R"({"error":{"grpc_code":5,"http_code":404,"message":"workflows.argoproj.io \"x\" not found","http_status":"Not Found"}})");
    EXPECT_THAT(call("GET", "/api/v1/workflow-events/argo?listOptions.resourceVersion=99").body,
                HasSubstr("Too large resource version: 99, current: 0"));
    const Response parameter = call("GET", "/api/v1/workflow-events/argo?listOptions.timeoutSeconds=x");
    EXPECT_EQ(parameter.status, 400);
    EXPECT_THAT(parameter.body, HasSubstr("{\"code\":3"));
}

TEST_F(WatchFeedTest, SaysOnlyTheLastStateToASlowWatcher) {
    create(script("a", "true"));
    const auto feed = stream("/api/v1/workflow-events/argo");
    run_until([this] { return complete("a"); });
    EXPECT_THAT(events(*feed), ElementsAre("ADDED a Succeeded"));
}

TEST_F(WatchFeedTest, ResumesAfterAResourceVersion) {
    create(suspended("a"));
    create(suspended("b"));
    run_until([this] { return phase("b") == "Running" && phase("a") == "Running"; });
    const std::string version(
        parsed(call("GET", "/api/v1/workflows/argo")).at("metadata").at("resourceVersion").as_string());
    const std::string target = "/api/v1/workflow-events/argo?listOptions.resourceVersion=" + version;
    EXPECT_THAT(events(*stream(target)), IsEmpty());
    create(suspended("c"));
    call("PUT", "/api/v1/workflows/argo/a/resume");
    run_until([this] { return complete("a") && phase("c") == "Running"; });
    call("DELETE", "/api/v1/workflows/argo/b");
    bool told = false;
    const int connection = engine_.on_change(
        [&](Change change, const model::Workflow&) { told = told || change == Change::deleted; });
    run_until([&] { return told; });
    engine_.disconnect(connection);
    EXPECT_THAT(events(*stream(target)), testing::UnorderedElementsAre(
                                             "DELETED b Running", "MODIFIED a Succeeded", "ADDED c Running"));
    // What was created at a version that a client knows already, is not new to it.
    const std::string of_create(parsed(call("POST", "/api/v1/workflows/argo", suspended("d")))
                                    .at("metadata")
                                    .at("resourceVersion")
                                    .as_string());
    const auto early = stream("/api/v1/workflow-events/argo?listOptions.resourceVersion=" + of_create);
    run_until([this] { return phase("d") == "Running"; });
    EXPECT_THAT(events(*early), ElementsAre("MODIFIED d Running"));
}

TEST_F(WatchFeedTest, SendsAwayWhoLagsBehindTooManyDeletions) {
    const auto feed = stream("/api/v1/workflow-events/argo");
    for (std::size_t i = 0; i <= WatchFeed::most_deletions; ++i) create(suspended("w" + std::to_string(i)));
    EXPECT_FALSE(feed->failure());
    for (std::size_t i = 0; i <= WatchFeed::most_deletions; ++i)
        call("DELETE", "/api/v1/workflows/argo/w" + std::to_string(i));
    run_until([&] { return feed->failure().has_value(); });
    EXPECT_EQ(feed->failure()->code(), code::resource_exhausted);
    EXPECT_STREQ(feed->failure()->what(), "EOF");
    EXPECT_EQ(feed->next(), std::nullopt);
    EXPECT_THAT(call("GET", "/api/v1/workflow-events/argo?listOptions.resourceVersion=1").body,
                HasSubstr("too old resource version: 1 ("));
}

TEST_F(WatchFeedTest, FiltersTheObjectAndThenTheMessage) {
    create(suspended("a"));
    run_until([this] { return phase("a") == "Running"; });
    const auto feed = stream(
        "/api/v1/workflow-events/"
        "argo?fields=result.type,result.object.metadata.name,result.object.status.phase");
    EXPECT_EQ(feed->next(),
              R"({"type":"ADDED","object":{"metadata":{"name":"a"},"status":{"phase":"Running"}}})");
}

TEST_F(WatchFeedTest, TellsWhoseLabelsNoLongerMatchAsDeleted) {
    create(script("a", "true"));
    const auto feed = stream(
        "/api/v1/workflow-events/argo?listOptions.labelSelector=workflows.argoproj.io/completed%21%3Dtrue");
    EXPECT_THAT(events(*feed), ElementsAre(testing::StartsWith("ADDED a")));
    run_until([this] { return complete("a"); });
    EXPECT_THAT(events(*feed), ElementsAre("DELETED a Succeeded"));
}

class LogFeedTest : public EngineTest {
protected:
    static std::vector<std::string> contents(Feed& feed) {
        std::vector<std::string> made;
        while (const auto text = feed.next()) {
            const auto value = boost::json::parse(*text);
            const auto* content = value.as_object().if_contains("content");
            made.emplace_back(content == nullptr ? "(none)" : std::string(content->as_string()));
        }
        return made;
    }
    std::vector<std::string> logs(const std::string& query) {
        return contents(*stream("/api/v1/workflows/argo/a/log?" + query));
    }
};

TEST_F(LogFeedTest, GivesTheLinesOfACompletedWorkflow) {
    create(script("a", "echo one; echo; echo 'two \"2\"'; echo three"));
    run_until([this] { return complete("a"); });
    const auto feed = stream("/api/v1/workflows/argo/a/log?logOptions.container=main");
    EXPECT_EQ(feed->next(), R"({"content":"one","podName":"a"})");
    EXPECT_THAT(contents(*feed), ElementsAre("(none)", "two \"2\"", "three"));
    EXPECT_TRUE(feed->ended());
    EXPECT_THAT(logs("grep=%5Et"), ElementsAre("two \"2\"", "three"));
    EXPECT_THAT(logs("logOptions.tailLines=1"), ElementsAre("three"));
    EXPECT_THAT(logs("logOptions.tailLines=0"), IsEmpty());
    EXPECT_THAT(logs("logOptions.limitBytes=6"), ElementsAre("one", "(none)", "t"));
    EXPECT_THAT(logs("logOptions.container=wait"), IsEmpty());
    EXPECT_THAT(logs("podName=a"), ElementsAre("one", "(none)", "two \"2\"", "three"));
    EXPECT_THAT(logs("podName=b"), IsEmpty());
    EXPECT_THAT(contents(*stream("/api/v1/workflows/argo/a/a/log")), testing::SizeIs(4));
    EXPECT_THAT(contents(*stream("/api/v1/workflows/argo/@latest/log")), testing::SizeIs(4));
}

TEST_F(LogFeedTest, FollowsUntilTheWorkflowCompletes) {
    create(script("a", "echo one; while [ ! -e go ]; do sleep 0.01; done; echo two"));
    std::vector<std::string> seen;
    const auto feed = stream("/api/v1/workflows/argo/a/log?logOptions.follow=true");
    const auto read = [&] {
        for (auto& line : contents(*feed)) seen.push_back(line);
        return !seen.empty();
    };
    run_until(read);
    EXPECT_THAT(seen, ElementsAre("one"));
    EXPECT_FALSE(feed->ended());
    call("PUT", "/api/v1/workflows/argo/a/terminate");
    run_until([&] { return read() && feed->ended(); });
    EXPECT_THAT(seen, ElementsAre("one"));
}

TEST_F(LogFeedTest, ReadsAgainWhatASlowReaderMissed) {
    create(script("a", "i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done"));
    // Room for about ten lines: the others stay in the engine's files until they are asked for.
    LogFeed feed(engine_, "argo", "a", LogOptions(Target("/x?logOptions.follow=true"), ""), 300);
    feed.next();
    run_until([this] { return complete("a"); });
    std::vector<std::string> expected;
    for (int i = 0; i < 500; ++i) expected.push_back("line " + std::to_string(i));
    EXPECT_EQ(contents(feed), expected);
    EXPECT_TRUE(feed.ended());
}

TEST_F(LogFeedTest, EndsWhenTheWorkflowIsDeleted) {
    create(suspended("a"));
    const auto feed = stream("/api/v1/workflows/argo/a/log?logOptions.follow=true");
    EXPECT_THAT(contents(*feed), IsEmpty());
    EXPECT_FALSE(feed->ended());
    call("DELETE", "/api/v1/workflows/argo/a");
    run_until([&] { return contents(*feed).empty() && feed->ended(); });
}

TEST_F(LogFeedTest, RefusesWhatItCannotDoByName) {
    create(suspended("a"));
    const auto refused = [this](const char* query) {
        return call("GET", std::string("/api/v1/workflows/argo/a/log?") + query).body;
    };
    EXPECT_THAT(
        refused("logOptions.timestamps=true"),
        HasSubstr(R"({"code":12,"message":"the embedded server does not have logOptions.timestamps)"));
    EXPECT_THAT(refused("logOptions.sinceSeconds=5"), HasSubstr("logOptions.sinceSeconds"));
    EXPECT_THAT(refused("selector=a%3Db"), HasSubstr("\"code\":12"));
    EXPECT_THAT(refused("logOptions.tailLines=-1"), HasSubstr("\"code\":3"));
    EXPECT_THAT(refused("grep=%28"), HasSubstr(R"(failed to compile \"(\")"));
    EXPECT_THAT(call("GET", "/api/v1/workflows/argo/x/log").body, HasSubstr("{\"error\":{\"grpc_code\":5"));
}

}  // namespace
}  // namespace tiphys::local::server
