// SPDX-License-Identifier: Apache-2.0
// What no server accepts of a service, the times of schedules, and the server's page of files.
#include <gmock/gmock.h>

#include <string>

#include "client/artifact_operations.hpp"
#include "client/cron_times.hpp"
#include "client/operations.hpp"
#include "client/service_operations.hpp"
#include "client/stored_operations.hpp"
#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* uuid = "6522aff1-1e01-11e9-b443-42010aa80075";

TEST(Preconditions, OfSubmission) {
    const auto said = [](const SubmitOptions& options, const char* kind = "WorkflowTemplate") {
        return test::refused([&] { submit_request("argo", kind, "a", options); });
    };
    for (const char* kind : {"WorkflowTemplate", "wftmpl", "ClusterWorkflowTemplate", "CronWorkflow"})
        EXPECT_NO_THROW(submit_request("argo", kind, "a", {})) << kind;
    for (const char* kind : {"Workflow", "", "workflowTemplate"})
        EXPECT_THAT(said({}, kind), HasSubstr("Argo runs a WorkflowTemplate")) << kind;
    EXPECT_THAT(test::refused([] { submit_request("argo", "CronWorkflow", "", {}); }), HasSubstr("is empty"));
    EXPECT_THAT(said({.name = "A"}), HasSubstr("name of the workflow, \"A\""));
    EXPECT_THAT(said({.generate_name = "A-"}), HasSubstr("SubmitOptions::generate_name"));

    const std::string key = std::string("uploads/argo/") + uuid + "/in.txt";
    EXPECT_NO_THROW(submit_request("argo", "CronWorkflow", "a", {.artifacts = {{"in", key}}}));
    for (const std::string& bad :
         {std::string(), std::string("in.txt"), std::string("uploads/other/") + uuid + "/in.txt",
          std::string("uploads/argo/1/in.txt"), key + "/x", std::string("uploads/argo/") + uuid + "/..",
          std::string("uploads/argo/") + uuid + "/"})
        EXPECT_THAT(said({.artifacts = {{"in", bad}}}), HasSubstr("only those that it gave for an upload"))
            << bad;
    EXPECT_THAT(said({.artifacts = {{"", key}}}), HasSubstr("SubmitOptions::artifacts has the name"));

    EXPECT_NO_THROW(submit_request("argo", "CronWorkflow", "a", {.labels = {{"a/b", "c"}, {"d", ""}}}));
    EXPECT_THAT(said({.labels = {{"a", "b,c"}}}), HasSubstr("no way to send"));
    EXPECT_THAT(said({.annotations = {{"a=", "b"}}}), HasSubstr("SubmitOptions::annotations has the name"));
    EXPECT_THAT(said({.labels = {{"a", "1"}, {"a", "2"}}}), HasSubstr("twice"));
}

TEST(Preconditions, OfSettingNodes) {
    const auto said = [](const SetOptions& options) {
        return test::refused([&] { set_request("ns", "a", options); });
    };
    EXPECT_EQ(
        set_request(
            "ns", "a",
            {.node_field_selector = "displayName=x", .output_parameters = {{"p", "a \"b\""}, {"q", "1"}}})
            .body,
        R"({"nodeFieldSelector":"displayName=x","outputParameters":"{\"p\":\"a \\\"b\\\"\",\"q\":\"1\"}"})");
    EXPECT_THAT(said({.phase = "Failed"}), HasSubstr("SetOptions::node_field_selector is empty"));
    EXPECT_THAT(said({.node_field_selector = "x"}), HasSubstr("no field selector"));
    EXPECT_THAT(said({.node_field_selector = "name=a", .phase = "Running"}),
                HasSubstr("Argo knows Succeeded, Failed, Error"));
    EXPECT_THAT(said({.node_field_selector = "name=a", .output_parameters = {{"a b", "1"}}}),
                HasSubstr("SetOptions::output_parameters"));
}

TEST(Preconditions, OfLimits) {
    const SyncLimitOptions in{.config_map = "cm"};
    EXPECT_EQ(create_sync_limit_request("ns", "k", 3, in).body,
              R"({"type":0,"cmName":"cm","key":"k","limit":3})");
    EXPECT_EQ(update_sync_limit_request("ns", "k/x", 4, {.type = SyncLimitType::database}).body,
              R"({"type":1,"key":"k/x","limit":4})");
    EXPECT_EQ(get_sync_limit_request("ns", "k", {.type = SyncLimitType::database}).target,
              "/api/v1/sync/ns/k?type=1");
    EXPECT_EQ(remove_sync_limit_request("ns", "k", in).target, "/api/v1/sync/ns/k?type=0&cmName=cm");
    for (const std::int64_t limit : {0, -1})
        EXPECT_THAT(test::refused([&] { create_sync_limit_request("ns", "k", limit, in); }),
                    HasSubstr("no less than 1"));
    EXPECT_THAT(test::refused([] { get_sync_limit_request("ns", "k", {}); }),
                HasSubstr("SyncLimitType::database"));
    EXPECT_THAT(test::refused([&] { get_sync_limit_request("ns", "", in); }), HasSubstr("key"));
    EXPECT_THAT(test::refused([&] { get_sync_limit_request("ns", "a b", in); }),
                HasSubstr("none of a ConfigMap"));
    EXPECT_THAT(test::refused([] {
                    get_sync_limit_request("ns", "k", {.type = SyncLimitType::database, .config_map = "cm"});
                }),
                HasSubstr("one of the database"));
}

TEST(Preconditions, OfTheArchive) {
    EXPECT_EQ(archived_label_values_request("ns", "workflows.argoproj.io/phase", {}).target,
              "/api/v1/archived-workflows-label-values?listOptions.labelSelector="
              "workflows.argoproj.io%2Fphase&namespace=ns");
    for (const char* bad : {"", "a=b", "a,b", "!a", "a in (b)"})
        EXPECT_THAT(test::refused([&] { archived_label_values_request("ns", bad, {}); }),
                    HasSubstr("no key of a label"))
            << bad;
    EXPECT_THAT(test::refused([] { get_archived_request("ns", "", {}); }), HasSubstr("metadata.uid"));
    EXPECT_THAT(test::refused([] { get_archived_request("ns", "a/b", {}); }), HasSubstr("is no uid"));
    EXPECT_THAT(test::refused([] { retry_archived_request("", "u", {}); }), HasSubstr("needs a namespace"));
    EXPECT_THAT(test::refused([] { list_archived_request("ns", {.name_filter = "Like"}); }),
                HasSubstr("Exact, Contains, Prefix, NotEquals"));
    EXPECT_THAT(test::refused([] { list_archived_request("ns", {.continue_ = "x"}); }),
                HasSubstr("no whole number"));
    EXPECT_EQ(list_archived_request("ns", {.all_namespaces = true}).target, "/api/v1/archived-workflows");
}

TEST(Preconditions, OfEvents) {
    EXPECT_EQ(receive_event_request("ns", "", json(nullptr), {}).target, "/api/v1/events/ns/");
    EXPECT_EQ(receive_event_request("ns", "a/b", json("x\n"), {}).target, "/api/v1/events/ns/a%2Fb");
    EXPECT_EQ(receive_event_request("ns", "a", json("x\n"), {}).body, R"("x\n")");
    EXPECT_THAT(test::refused([] { receive_event_request("ns", "a", json(), {}); }), HasSubstr("payload"));
    EXPECT_THAT(test::refused([] { event_logs_request(sensor_kind, "ns", {.event_name = "e"}); }),
                HasSubstr("event_name"));
    EXPECT_THAT(test::refused([] { event_logs_request(event_source_kind, "ns", {.trigger_name = "e"}); }),
                HasSubstr("trigger_name"));
    EXPECT_THAT(test::refused([] { event_logs_request(sensor_kind, "ns", {.container = ""}); }),
                HasSubstr("EventLogOptions::container"));
    EXPECT_THAT(
        test::refused([] { get_document_request(event_source_kind, "ns", "a", {.resource_version = "1"}); }),
        HasSubstr("resource_version"));
}

TEST(Preconditions, OfArtifacts) {
    const auto said = [](const ArtifactRef& artifact) {
        return test::refused([&] { get_artifact_request("ns", artifact); });
    };
    EXPECT_EQ(get_artifact_request("ns", {.workflow = "a", .node = "a-1", .name = "x y"}).target,
              "/artifacts/ns/a/a-1/x%20y");
    EXPECT_EQ(get_artifact_request("", {.uid = uuid, .node = "n", .name = "x", .input = true}).target,
              std::string("/input-artifacts-by-uid/") + uuid + "/n/x");
    EXPECT_THAT(said({.node = "n", .name = "x"}), HasSubstr("names no workflow"));
    EXPECT_THAT(said({.workflow = "a", .uid = "u", .node = "n", .name = "x"}), HasSubstr("has both"));
    EXPECT_THAT(said({.workflow = "a", .name = "x"}), HasSubstr("ArtifactRef::node"));
    EXPECT_THAT(said({.workflow = "a", .node = "n"}), HasSubstr("ArtifactRef::name"));
    EXPECT_THAT(said({.workflow = "a", .node = "..", .name = "x"}), HasSubstr("cannot be"));

    const ArtifactRef artifact{.uid = "u", .node = "n", .name = "x"};
    EXPECT_EQ(get_artifact_file_request("ns", artifact, "d/f 1.txt").target,
              "/artifact-files/ns/archived-workflows/u/n/outputs/x/d/f%201.txt");
    EXPECT_EQ(list_artifact_files_request("ns", artifact, "d/").target,
              "/artifact-files/ns/archived-workflows/u/n/outputs/x/d/");
    EXPECT_THAT(test::refused([&] { get_artifact_file_request("ns", artifact, "../f"); }),
                HasSubstr("cannot be"));
    EXPECT_THAT(test::refused([&] { get_artifact_file_request("ns", artifact, "a//f"); }),
                HasSubstr("is empty"));

    const auto uploaded = [](const char* file, std::string_view bytes) {
        return upload_artifact_request("ns", "hello", "in", file, bytes, {});
    };
    EXPECT_EQ(uploaded("f.txt", "abc").target, "/upload-artifacts/ns/hello/in");
    EXPECT_EQ(uploaded("f.txt", "abc").body,
              "--tiphys-boundary-0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.txt\"\r\n"
              "Content-Type: application/octet-stream\r\n\r\nabc\r\n--tiphys-boundary-0--\r\n");
    EXPECT_THAT(uploaded("f", "\r\n--tiphys-boundary-0").content_type, HasSubstr("tiphys-boundary-1"));
    for (const char* bad : {"", ".", "..", "a/b", "a\"b", "a\\b", "a\nb", "a..b"})
        EXPECT_THAT(test::refused([&] { uploaded(bad, ""); }), HasSubstr("the name of the file")) << bad;
}

TEST(ArtifactFiles, AreReadFromTheServersPage) {
    const auto files = read_file_list(
        "<html><body><ul>\n<li><a href=\"..\">..</a></li>\n<li><a href=\"./a.txt\">a.txt</a></li>\n"
        "<li><a href=\"./sub/dir/\">sub/dir/</a></li>\n"
        "<li><a href=\"./%3cb%3e&amp;%22\">&lt;b&gt;&amp;&#34;&#x27;\xc3\xa4</a></li>\n</ul></body></html>");
    ASSERT_TRUE(files.has_value());
    EXPECT_THAT(*files, ElementsAre(ArtifactFile{"a.txt", false}, ArtifactFile{"sub/dir", true},
                                    ArtifactFile{"<b>&\"'\xc3\xa4", false}));
    EXPECT_FALSE(read_file_list("<!doctype html><html><body>").has_value());
    EXPECT_FALSE(read_file_list("<html><body><ul><li><a href=\"./a").has_value());
}

TEST(ArtifactFiles, NamesThatLeadElsewhereAreRefused) {
    const auto read = [](const std::string& name) {
        return read_file_list("<html><body><ul><li><a href=\"./x\">" + name + "</a></li></ul>").value();
    };
    EXPECT_THAT(read("..a"), ElementsAre(ArtifactFile{"..a", false}));
    EXPECT_THAT(read(""), ElementsAre());  // what S3 keeps for the directory itself
    for (const char* bad :
         {"..", ".", "/", "../", "a/b", "/etc/", "a/../b/", "a//b/", "a\\b", "a&#10;b", "&#47;etc/", "a\x7f"})
        EXPECT_THROW(read(bad), std::runtime_error) << bad;
}

/// The first times after 2026-02-27 23:59:30 UTC, a Friday, as days, hours and minutes.
std::vector<std::string> times(const char* schedule, std::size_t count = 3) {
    using namespace std::chrono;
    const CronTimes due(schedule);
    std::optional<sys_seconds> at = sys_days(2026y / February / 27) + 23h + 59min + 30s;
    std::vector<std::string> shown;
    while (shown.size() < count && (at = due.next(*at))) {
        const auto day = floor<days>(*at);
        const year_month_day date(day);
        const hh_mm_ss clock(*at - day);
        std::string text = std::to_string(static_cast<int>(date.year())) + "-" +
                           std::to_string(static_cast<unsigned>(date.month())) + "-" +
                           std::to_string(static_cast<unsigned>(date.day())) + " " +
                           std::to_string(clock.hours().count()) + ":" +
                           std::to_string(clock.minutes().count());
        if (clock.seconds().count() != 0) text += ":" + std::to_string(clock.seconds().count());
        shown.push_back(std::move(text));
    }
    return shown;
}

TEST(CronTimes, AreThoseOfTheController) {
    EXPECT_THAT(times("0 2 * * *"), ElementsAre("2026-2-28 2:0", "2026-3-1 2:0", "2026-3-2 2:0"));
    EXPECT_THAT(times("* * * * *"), ElementsAre("2026-2-28 0:0", "2026-2-28 0:1", "2026-2-28 0:2"));
    EXPECT_THAT(times("*/20 3 * * *", 4),
                ElementsAre("2026-2-28 3:0", "2026-2-28 3:20", "2026-2-28 3:40", "2026-3-1 3:0"));
    EXPECT_THAT(times("5-15/10,30 22-23 ? jan,MAR mon"),
                ElementsAre("2026-3-2 22:5", "2026-3-2 22:15", "2026-3-2 22:30"));
    // Days of the month and of the week are alternatives, unless one of them is any.
    EXPECT_THAT(times("0 0 13 * fri"), ElementsAre("2026-3-6 0:0", "2026-3-13 0:0", "2026-3-20 0:0"));
    EXPECT_THAT(times("0 0 */1 * sun"), ElementsAre("2026-3-1 0:0", "2026-3-8 0:0", "2026-3-15 0:0"));
    EXPECT_THAT(times("0 0 */10 * sun"), ElementsAre("2026-3-1 0:0", "2026-3-8 0:0", "2026-3-11 0:0"));
    EXPECT_THAT(times("0 0 29 2 *"), ElementsAre("2028-2-29 0:0", "2032-2-29 0:0", "2036-2-29 0:0"));
    EXPECT_THAT(times("0 0 30 2 *"), ElementsAre());
    EXPECT_THAT(times("50/5 0 * * *"), ElementsAre("2026-2-28 0:50", "2026-2-28 0:55", "2026-3-1 0:50"));
    EXPECT_THAT(times("@monthly", 2), ElementsAre("2026-3-1 0:0", "2026-4-1 0:0"));
    EXPECT_THAT(times("@yearly", 1), ElementsAre("2027-1-1 0:0"));
    EXPECT_THAT(times("@weekly", 1), ElementsAre("2026-3-1 0:0"));
    EXPECT_THAT(times("@every 1h30m", 2), ElementsAre("2026-2-28 1:29:30", "2026-2-28 2:59:30"));
    EXPECT_THAT(times("@every 0.5h", 1), ElementsAre("2026-2-28 0:29:30"));
    EXPECT_THAT(times("CRON_TZ=UTC 0 2 * * *", 1), ElementsAre("2026-2-28 2:0"));
    EXPECT_THAT(test::refused([] { times("TZ=Europe/Berlin 0 2 * * *"); }), HasSubstr("Europe/Berlin"));
    EXPECT_THAT(test::refused([] { times("0 2 * *"); }), HasSubstr("not five"));
}

}  // namespace
}  // namespace tiphys::client_detail
