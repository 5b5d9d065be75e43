// SPDX-License-Identifier: Apache-2.0
// What other programs call: workflows that are ready, without files.
#include <tiphys/check/invalid_workflow.hpp>
#include <tiphys/cli/cli.hpp>
#include <tiphys/client/client.hpp>
#include <tiphys/local/server.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/commands.hpp"
#include "cli/manifest.hpp"

namespace tiphys::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

model::Workflow workflow(const std::string& command, const std::string& entrypoint = "main") {
    return read_yaml<model::Workflow>("metadata: {generateName: w-}\nspec:\n  entrypoint: " + entrypoint +
                                      "\n  templates:\n    - {name: main, container: {image: i, command: [" +
                                      command + "]}}\n");
}

class Library : public testing::Test {
protected:
    Library() {
        std::string name = (std::filesystem::path(testing::TempDir()) / "tiphys-library-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = name;
    }
    ~Library() override { std::filesystem::remove_all(folder_); }

    local::ServerOptions served() const {
        local::ServerOptions options;
        options.engine.directory = folder_;
        return options;
    }

    std::filesystem::path folder_;
    std::ostringstream out_;
    std::ostringstream error_;
    Console console_{out_, error_, "mine"};
};

TEST_F(Library, RunsAWorkflowAndSaysHowItWent) {
    RunOptions options;
    options.engine.directory = folder_;
    EXPECT_EQ(run(console_, workflow("echo, said"), options), exit_succeeded) << error_.str();
    EXPECT_THAT(out_.str(), AllOf(HasSubstr(": said\n"), HasSubstr("Succeeded"), HasSubstr("\nLogs: ")));
    options.quiet = true;
    out_.str({});
    EXPECT_EQ(run(console_, workflow("sh, -c, 'echo said; exit 3'"), options), exit_failed);
    EXPECT_THAT(out_.str(), AllOf(Not(HasSubstr("said\n")), HasSubstr("exit code 3")));
}

TEST_F(Library, RefusesAWorkflowWithMistakesBeforeAnythingStarts) {
    EXPECT_EQ(guarded(console_, [&] { return run(console_, workflow("echo", "mian")); }), exit_usage);
    EXPECT_THAT(error_.str(), AllOf(StartsWith("mine: w-: "), HasSubstr("mian")));
    EXPECT_EQ(out_.str(), "");
    SubmitOptions nowhere;
    nowhere.client.server = "127.0.0.1:1";
    EXPECT_EQ(
        guarded(console_,
                [&] { return submit(console_, {workflow("echo"), workflow("echo", "mian")}, nowhere); }),
        exit_usage);
}

TEST_F(Library, SubmitsToAServer) {
    local::Server server(served());
    SubmitOptions options;
    options.client = server.client_options();
    ASSERT_EQ(submit(console_, {workflow("echo, a"), workflow("echo, b")}, options), exit_succeeded);
    std::istringstream names(out_.str());
    std::string name;
    std::size_t n = 0;
    Client client(options.client);
    for (; std::getline(names, name); ++n) EXPECT_TRUE(client.wait(name).succeeded()) << name;
    EXPECT_EQ(n, 2u) << out_.str();
}

TEST_F(Library, TheOutcomeOfWhatWasWaitedForIsTheStatus) {
    local::Server server(served());
    SubmitOptions options;
    options.client = server.client_options();
    options.wait = true;
    EXPECT_EQ(submit(console_, {workflow("echo, a"), workflow("'false'")}, options), exit_failed);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr(" Succeeded\n"), HasSubstr(" Failed: ")));
    options.wait = false;
    options.log = true;
    out_.str({});
    EXPECT_EQ(submit(console_, {workflow("echo, said")}, options), exit_succeeded);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr(": said\n"), Not(HasSubstr("Succeeded"))));
    options.watch = true;
    out_.str({});
    EXPECT_EQ(submit(console_, {workflow("echo, said")}, options), exit_succeeded);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr(": said\n"), HasSubstr("Succeeded")));
}

TEST_F(Library, DryRunsCreateNothing) {
    local::Server server(served());
    SubmitOptions options;
    options.client = server.client_options();
    options.format = Format::yaml;
    options.server_dry_run = true;
    options.watch = true;
    EXPECT_EQ(submit(console_, {workflow("echo")}, options), exit_succeeded);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr("kind: Workflow\n"), HasSubstr("resources: {}\n")));
    options.client.server = "127.0.0.1:1";
    options.dry_run = true;
    out_.str({});
    EXPECT_EQ(submit(console_, {workflow("echo")}, options), exit_succeeded);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr("generateName: w-\n"), HasSubstr("namespace: default\n")));
    EXPECT_TRUE(Client(server.client_options()).list().items.empty());
}

TEST_F(Library, WhatSendsNothingNeedsNoServer) {
    SubmitCommand command;
    command.files = {(folder_ / "w.yaml").string()};
    std::ofstream(command.files[0]) << "kind: Workflow\n" << to_yaml(workflow("echo"));
    command.how.format = Format::yaml;
    command.how.dry_run = true;
    command.server.name_space = "here";
    EXPECT_EQ(submit(command, console_), exit_succeeded);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr("generateName: w-\n"), HasSubstr("namespace: here\n")));
}

TEST_F(Library, JudgesDocumentsByTheirNames) {
    EXPECT_EQ(lint(console_, {{"Workflow", workflow("echo")}}), exit_succeeded);
    EXPECT_EQ(out_.str(), "1 document: no mistakes\n");
    out_.str({});
    EXPECT_EQ(lint(console_, {{"Workflow", workflow("echo")}, {"Workflow", workflow("echo", "mian")}}),
              exit_failed);
    EXPECT_THAT(out_.str(), AllOf(StartsWith("w-: spec.entrypoint: error: "), HasSubstr("mian"),
                                  HasSubstr("[workflow.unknown-entrypoint]"),
                                  HasSubstr("2 documents: 1 error, 0 warnings\n")));
}

TEST_F(Library, PrintsDocuments) {
    const Documents two{{"Workflow", workflow("echo")},
                        {"ConfigMap", read_yaml<json>("metadata: {name: c}")}};
    print(out_, two, Format::name);
    EXPECT_EQ(out_.str(), "Workflow w-\nConfigMap c\n");
    out_.str({});
    print(out_, two, Format::yaml);
    EXPECT_EQ(out_.str(), to_yaml(two));
    out_.str({});
    print(out_, two, Format::json);
    EXPECT_EQ(out_.str(), to_pretty_json(two));
    out_.setstate(std::ios::badbit);
    EXPECT_THROW(print(out_, two, Format::json), std::runtime_error);
}

TEST_F(Library, WhatIsThrownBecomesAMessageAndAStatus) {
    EXPECT_EQ(guarded(console_, [] { return 7; }), 7);
    EXPECT_EQ(guarded(console_, []() -> int { throw UsageError("bad word"); }), exit_usage);
    EXPECT_EQ(guarded(console_, []() -> int { throw std::runtime_error("no luck"); }), exit_failed);
    EXPECT_EQ(error_.str(), "mine: bad word\nmine: no luck\n");
    const auto wrong = [] {
        throw_if_invalid(workflow("echo", "mian"));
        return exit_succeeded;
    };
    EXPECT_EQ(guarded(console_, wrong), exit_usage);
    EXPECT_THAT(error_.str(), HasSubstr("mian"));
}

}  // namespace
}  // namespace tiphys::cli
