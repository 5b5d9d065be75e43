// SPDX-License-Identifier: Apache-2.0
// The command lines of what speaks to a server, and of diff and convert with folders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "cli/connect.hpp"
#include "cli/options.hpp"

namespace tiphys::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

struct Parsed {
    Command command;
    std::string out;
    std::string error;
};

Parsed parsed(std::vector<const char*> words) {
    words.insert(words.begin(), "tiphys");
    std::ostringstream out;
    std::ostringstream error;
    Command made = parse(static_cast<int>(words.size()), words.data(), out, error);
    return {std::move(made), out.str(), error.str()};
}

template <class T>
T read(const std::vector<const char*>& words) {
    const Parsed made = parsed(words);
    const T* found = std::get_if<T>(&made.command);
    EXPECT_NE(found, nullptr) << made.error;
    return found == nullptr ? T() : *found;
}

TEST(ServerOptions, OfSubmit) {
    const auto made =
        read<SubmitCommand>({"submit", "a.yaml",           "-",        "-p",      "a=1",
                             "-l",     "x=1,y=2",          "--labels", "z=",      "--entrypoint",
                             "e",      "--generate-name",  "g-",       "--watch", "--log",
                             "--wait", "--server-dry-run", "-o",       "json",    "-n",
                             "team"});
    EXPECT_THAT(made.files, ElementsAre("a.yaml", "-"));
    EXPECT_THAT(made.overrides.parameters, ElementsAre(std::pair("a", "1")));
    EXPECT_THAT(made.overrides.labels,
                ElementsAre(std::pair("x", "1"), std::pair("y", "2"), std::pair("z", "")));
    EXPECT_EQ(made.overrides.entrypoint, "e");
    EXPECT_EQ(made.overrides.generate_name, "g-");
    EXPECT_TRUE(made.how.watch && made.how.log && made.how.wait && made.how.server_dry_run);
    EXPECT_FALSE(made.how.dry_run);
    EXPECT_EQ(made.how.format, Format::json);
    EXPECT_EQ(made.server.name_space, "team");
    EXPECT_EQ(read<SubmitCommand>({"submit", "--from", "cronwf/x"}).from, "cronwf/x");
    EXPECT_EQ(read<SubmitCommand>({"submit", "a", "--name", "n", "--dry-run"}).overrides.name, "n");
}

TEST(ServerOptions, OfListAndGet) {
    const auto list = read<ListCommand>({"list", "-A", "-l", "a=b", "--status", "Running,Failed", "--since",
                                         "2h", "--limit", "5", "-o", "wide"});
    EXPECT_TRUE(list.all_namespaces);
    EXPECT_EQ(list.selector, "a=b");
    EXPECT_THAT(list.phases, ElementsAre("Running", "Failed"));
    EXPECT_EQ(list.since, std::chrono::hours(2));
    EXPECT_EQ(list.limit, 5u);
    EXPECT_EQ(list.format, ListFormat::wide);
    EXPECT_EQ(read<ListCommand>({"list"}).format, ListFormat::table);
    EXPECT_FALSE(read<GetCommand>({"get", "@latest"}).format);
    EXPECT_EQ(read<GetCommand>({"get", "wf", "-o", "yaml"}).format, Format::yaml);
}

TEST(ServerOptions, OfStreams) {
    const auto logs = read<LogsCommand>({"logs", "wf", "pod", "-f", "--tail", "10", "--since", "90s",
                                         "--grep", "a.b", "-c", "side", "--timestamps"});
    EXPECT_EQ(logs.name + logs.pod + logs.container + logs.grep, "wfpodsidea.b");
    EXPECT_TRUE(logs.follow && logs.timestamps);
    EXPECT_EQ(logs.tail, 10);
    EXPECT_EQ(logs.since, std::chrono::seconds(90));
    EXPECT_TRUE(read<WatchCommand>({"watch", "wf", "--log"}).log);
    const auto wait = read<WaitCommand>({"wait", "a", "b", "--timeout", "5m"});
    EXPECT_THAT(wait.names, ElementsAre("a", "b"));
    EXPECT_EQ(wait.timeout, std::chrono::minutes(5));
}

TEST(ServerOptions, OfWhatIsDoneByName) {
    using Verb = ActCommand::Verb;
    const std::map<const char*, Verb> verbs{{"stop", Verb::stop},         {"terminate", Verb::terminate},
                                            {"suspend", Verb::suspend},   {"resume", Verb::resume},
                                            {"resubmit", Verb::resubmit}, {"retry", Verb::retry},
                                            {"delete", Verb::remove}};
    for (const auto& [word, verb] : verbs) {
        const auto made = read<ActCommand>({word, "a", "b"});
        EXPECT_EQ(made.verb, verb) << word;
        EXPECT_THAT(made.names, ElementsAre("a", "b")) << word;
    }
    EXPECT_EQ(read<ActCommand>({"stop", "a", "--message", "m"}).message, "m");
    EXPECT_TRUE(read<ActCommand>({"delete", "a", "--force"}).force);
    EXPECT_TRUE(read<ActCommand>({"resubmit", "a", "--memoized"}).memoized);
    const auto retry = read<ActCommand>(
        {"retry", "a", "--restart-successful", "--node-field-selector", "templateName=t", "-p", "x=1"});
    EXPECT_TRUE(retry.restart_successful);
    EXPECT_EQ(retry.node_field_selector, "templateName=t");
    EXPECT_THAT(retry.parameters, ElementsAre(std::pair("x", "1")));
}

TEST(ServerOptions, OfDiffAndFolders) {
    const auto diff = read<DiffCommand>({"diff", "a", "-", "--format", "json"});
    EXPECT_EQ(diff.before + diff.after, "a-");
    EXPECT_TRUE(diff.json);
    const auto convert = read<ConvertCommand>({"convert", "--to", "json", "-o", "out", "-r", "--flatten",
                                               "--include", "*.yaml", "--exclude", "test/**", "src"});
    EXPECT_EQ(convert.output, "out");
    EXPECT_TRUE(convert.recursive && convert.flatten);
    EXPECT_THAT(convert.choice.include, ElementsAre("*.yaml"));
    EXPECT_THAT(convert.choice.exclude, ElementsAre("test/**"));
    EXPECT_THAT(convert.files, ElementsAre("src"));
}

TEST(ServerOptions, EachCommandHasHelp) {
    for (const char* command : {"submit", "list", "get", "logs", "watch", "wait", "stop", "terminate",
                                "suspend", "resume", "retry", "delete"}) {
        const auto made = parsed({command, "--help"});
        EXPECT_EQ(std::get<int>(made.command), 0);
        EXPECT_THAT(made.out, AllOf(HasSubstr("--argo-server"), HasSubstr("--namespace"))) << command;
    }
    EXPECT_THAT(parsed({"diff", "--help"}).out, HasSubstr("BEFORE"));
}

TEST(ServerOptions, MistakesNameTheOptionAndTheRemedy) {
    const std::vector<std::pair<std::vector<const char*>, const char*>> cases{
        {{"submit"}, "FILE"},
        {{"submit", "a", "--from", "cwft/x"}, "--from takes the place of files: leave out a"},
        {{"submit", "a", "-p", "x"}, "-p x: write a parameter as name=value"},
        {{"submit", "a", "-l", "x=1,y"}, "-l y: write a label as name=value"},
        {{"submit", "a", "-o", "xml"}, "xml"},
        {{"submit", "a", "--dry-run", "--server-dry-run"}, "--dry-run"},
        {{"submit", "a", "--name", "x", "--generate-name", "y"}, "--name"},
        {{"list", "--status", "Running,Done"}, "--status Done: the phases of workflows are Pending, Running"},
        {{"list", "--since", "soon"}, "--since soon: write a number with s, m, h or d after it"},
        {{"list", "--since", "0h"}, "--since 0h"},
        {{"list", "--since", "1w"}, "--since 1w"},
        {{"list", "wf"}, "wf"},
        {{"list", "-o", "table"}, "{json,name,wide,yaml}"},
        {{"list", "--limit", "-1"}, "--limit"},
        {{"get"}, "NAME"},
        {{"logs", "wf", "--tail", "-1"}, "--tail"},
        {{"logs", "wf", "pod", "more"}, "more"},
        {{"wait"}, "NAME"},
        {{"wait", "wf", "--timeout", "1"}, "--timeout 1: write a number with"},
        {{"retry", "wf", "--restart-successful"}, "--node-field-selector"},
        {{"stop", "wf", "--force"}, "--force"},
        {{"diff", "a"}, "AFTER"},
        {{"convert", "--to", "json", "-r", "a"}, "--output"},
        {{"convert", "--to", "json", "--flatten", "a"}, "--output"},
    };
    for (const auto& [words, mention] : cases) {
        const auto made = parsed(words);
        ASSERT_TRUE(std::holds_alternative<int>(made.command)) << mention;
        EXPECT_EQ(std::get<int>(made.command), 2) << mention;
        EXPECT_THAT(made.error, AllOf(StartsWith("tiphys: "), HasSubstr(mention)));
    }
    EXPECT_THAT(parsed({"wlak"}).error, HasSubstr("resubmit, delete and version"));
}

ClientOptions::Environment environment(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const char* name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

TEST(Connect, FlagsStandForTheirVariables) {
    const auto around = environment({{"ARGO_SERVER", "a:1"},
                                     {"ARGO_NAMESPACE", "there"},
                                     {"ARGO_TOKEN", "old"},
                                     {"ARGO_SECURE", "false"}});
    EXPECT_EQ(client_options({}, around).base_url(), "http://a:1");
    EXPECT_EQ(client_options({}, around).namespace_, "there");
    const std::string file = testing::TempDir() + "tiphys-token";
    std::ofstream(file) << "secret\n";
    ServerFlags flags;
    flags.argo_server = "b:2";
    flags.name_space = "";
    flags.base_href = "/argo";
    flags.secure = true;
    flags.insecure_skip_verify = true;
    flags.token_file = file;
    const ClientOptions made = client_options(flags, around);
    EXPECT_EQ(made.base_url(), "https://b:2/argo");
    EXPECT_EQ(made.namespace_, "");
    EXPECT_EQ(made.token, "secret");
    EXPECT_TRUE(made.insecure_skip_verify);
    std::ofstream(file) << "\n";
    EXPECT_THROW(client_options(flags, around), UsageError);
    std::filesystem::remove(file);
    EXPECT_THROW(client_options(flags, around), UsageError);
}

TEST(Connect, WhatSendsNothingNeedsNoServer) {
    EXPECT_EQ(options_for_dry_run({}, environment({})).namespace_, "default");
    EXPECT_EQ(options_for_dry_run({}, environment({{"ARGO_NAMESPACE", "there"}})).namespace_, "there");
    EXPECT_EQ(
        options_for_dry_run({.name_space = "here"}, environment({{"ARGO_NAMESPACE", "there"}})).namespace_,
        "here");
    const auto around =
        environment({{"ARGO_SERVER", "a:1"}, {"ARGO_NAMESPACE", "there"}, {"ARGO_TOKEN", ""}});
    EXPECT_EQ(options_for_dry_run({}, around).server, "a:1");
    EXPECT_EQ(options_for_dry_run({}, around).namespace_, "there");
    EXPECT_THROW(options_for_dry_run({.argo_server = "http://a:1"}, environment({})), UsageError);
    // Of a kubeconfig the namespace alone: its server could not even be reached.
    const std::string file = testing::TempDir() + "tiphys-kubeconfig";
    std::ofstream(file)
        << "{kind: Config, current-context: c, contexts: [{name: c, context: {cluster: k, user: "
           "u, namespace: theirs}}], clusters: [{name: k, cluster: {server: 'https://k:1'}}], "
           "users: [{name: u, user: {}}]}\n";
    EXPECT_EQ(options_for_dry_run({}, environment({{"KUBECONFIG", file}})).namespace_, "theirs");
    std::filesystem::remove(file);
}

TEST(Connect, WhatIsWrongIsBadUsage) {
    const auto message = [](const ServerFlags& flags, const ClientOptions::Environment& around) {
        try {
            client_options(flags, around);
        } catch (const UsageError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_THAT(message({}, environment({})), AllOf(HasSubstr("ARGO_SERVER"), HasSubstr("--argo-server")));
    EXPECT_THAT(message({.argo_server = "http://a:1"}, environment({})), HasSubstr("http://a:1"));
    EXPECT_THAT(message({.argo_server = "a:1", .client_key = "k"}, environment({})),
                HasSubstr("certificate"));
}

}  // namespace
}  // namespace tiphys::cli
