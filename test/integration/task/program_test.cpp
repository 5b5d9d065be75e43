// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>
#include <tiphys/local/server.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "../cli/child.hpp"

namespace tiphys::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class Program : public testing::Test {
protected:
    Program() { fs::create_directories(folder_); }
    ~Program() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    struct Result {
        int status;
        std::string out;
        std::string error;
    };
    Result words(const std::vector<std::string>& arguments, const std::string& input = {},
                 std::vector<std::string> environment = {}) {
        environment.push_back("TIPHYS_ROOT=" + folder_.string());
        Child child(arguments, {.input = input, .environment = environment, .state = folder_ / "state"});
        const int status = child.wait();
        return {status, child.out(), child.error()};
    }
    std::string at(const std::string& path) const {
        std::ifstream file(folder_.string() + path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    fs::path folder_ = fs::temp_directory_path() / ("tiphys-words-" + std::to_string(std::random_device{}()));
};

TEST_F(Program, CallsAFunctionByHand) {
    const Result sum = words({"function", "sum", "-"}, R"([{"name":"totals","value":"[1,2,3]"}])");
    EXPECT_EQ(sum.status, 0) << sum.error;
    EXPECT_EQ(at("/results/total"), "6");
    const Result tone = words({"function", "tone-of", "-"},
                              R"([{"name":"text","value":"x"},{"name":"tone","value":"soft"}])");
    EXPECT_EQ(tone.status, 0) << tone.error;
    EXPECT_EQ(tone.out, "soft\n");
    EXPECT_EQ(tone.error, "what it prints is no part of its result\n");
    EXPECT_EQ(words({"function", "fall", "-"}, "[]").status, 2);
    const Result none = words({"function", "none", "-"}, "[]");
    EXPECT_EQ(none.status, 2);
    EXPECT_THAT(none.error, HasSubstr("there is no function `none`; there are: split, count, sum, repeat"));
}

TEST_F(Program, RunsItsWorkflowHere) {
    const Result run = words({"run", "word-count", "--shards", "3"});
    EXPECT_EQ(run.status, 0) << run.out << run.error;
    EXPECT_THAT(run.out, AllOf(HasSubstr("count(2:part-2)"), ContainsRegex("total = 18\n")));
    const Result by_default = words({"run", "word-count"});
    EXPECT_THAT(by_default.out, ContainsRegex("total = 12\n"));
}

// Text that breaks out of literals, shells and templates where values become part of a source.
TEST_F(Program, ValuesAreNeverRead) {
    const std::string text =
        "''' \"\"\" `touch x` $(touch y) ${HOME} $HOME \\n \\ %d ;&|<> } { ]] */ #\n\tü😀 end";
    local::ServerOptions options;
    options.engine.directory = folder_ / "server";
    local::Server server(options);
    const Result submit =
        words({"submit", "echo", "-w", "--text", text, "--tone", "soft"}, "",
              {"ARGO_SERVER=127.0.0.1:" + std::to_string(server.port()), "ARGO_SECURE=false", "ARGO_TOKEN="});
    ASSERT_EQ(submit.status, 0) << submit.out << submit.error;
    Client client(server.client_options());
    const auto ended = client.wait(submit.out.substr(0, submit.out.find('\n')));
    // It came through a parameter of the workflow, a function, its output and the parameter of another.
    EXPECT_EQ(ended.output("text"), text);
    EXPECT_EQ(ended.output("sum"), "3");
    EXPECT_EQ(ended.output("nothing"), "[]");
}

// Pods have a /tmp of their own; the program that runs them is there all the same.
TEST_F(Program, MayLieBelowTmp) {
    const std::string copy = (folder_ / "words").string();
    fs::copy_file(TIPHYS_PROGRAM, copy);
    const std::string command = "XDG_STATE_HOME='" + (folder_ / "state").string() + "' '" + copy +
                                "' run word-count --shards 1 >'" + copy + ".out' 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << at("/words.out");
}

TEST_F(Program, ResultsAreOfTheFunctionAlone) {
    const Result run = words({"run", "echo", "-p", "text=x"});
    EXPECT_EQ(run.status, 0) << run.out << run.error;
    EXPECT_THAT(run.out, AllOf(ContainsRegex("sum +=? *1003\n"), ContainsRegex("nothing +=? *.]\n"),
                               HasSubstr("tone: what it prints is no part of its result")));
}

TEST_F(Program, ConfigurationReachesTheFunctions) {
    const Result run = words({"run", "configured", "--times", "3", "--greeting", "ahoy"});
    EXPECT_EQ(run.status, 0) << run.out << run.error;
    EXPECT_THAT(run.out, AllOf(HasSubstr("greet-2"), HasSubstr("ahoy")));
    // Its functions stand in the recipe only with this configuration.
    const Result failing = words({"run", "configured", "--fail", "true"});
    EXPECT_EQ(failing.status, 1) << failing.error;
    EXPECT_THAT(failing.out + failing.error,
                AllOf(HasSubstr("function `stumble`: stumbled over a stone"), HasSubstr("total = 9"),
                      HasSubstr("main: Error (exit code 4)")));
    // Where Kubernetes and Argo would replace something, they find nothing.
    EXPECT_THAT(words({"json", "configured", "--greeting", "$(HOME) {}"}).out,
                HasSubstr("{\\\"greeting\\\":\\\"\\\\u0024(HOME) \\\\u007b\\\\u007d\\\"}"));
    EXPECT_EQ(words({"run", "configured", "--greeting", "$(HOME) {}"}).status, 0);
    const Result wrong = words({"run", "configured", "--times", "many"});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.error, HasSubstr("option `times`: `many` is no JSON"));
    EXPECT_EQ(words({"run", "configured", "--times", "0"}).status, 2);  // a workflow without tasks
}

// Statuses of a pod: what its configuration makes impossible was no failure of the function.
TEST_F(Program, AConfigurationIsOfOneRecipe) {
    const std::string arguments = R"([{"name":"text","value":"x"}])";
    const auto fall = [&](const std::string& config, const std::string& recipe) {
        return words({"function", "fall", "-"}, arguments,
                     {"TIPHYS_CONFIG=" + config, "TIPHYS_RECIPE=" + recipe});
    };
    const std::string failing = R"({"fail":"true"})";
    EXPECT_EQ(fall(failing, "configured").status, 4);
    EXPECT_EQ(fall(failing, "").status, 4);
    const Result other = fall(failing, "echo");
    EXPECT_EQ(other.status, 2);
    EXPECT_THAT(other.error, HasSubstr("TIPHYS_CONFIG: no recipe of this program takes all of it"));
    EXPECT_THAT(fall(failing, "none").error, HasSubstr("TIPHYS_RECIPE is `none`"));
    EXPECT_EQ(fall("{", "configured").status, 2);
    EXPECT_EQ(fall(R"({"fail":true})", "configured").status, 2);
    EXPECT_EQ(fall(R"({"times":"0"})", "configured").status, 2);
    EXPECT_THAT(words({"json", "configured", "--fail", "true"}).out,
                ContainsRegex("\"TIPHYS_RECIPE\",[^}]*\"configured\""));
}

TEST_F(Program, AResultThatCannotBeWrittenIsNoFailureOfTheFunction) {
    std::ofstream(folder_ / "list") << R"([{"name":"text","value":"x"}])";
    const std::string command = std::string("'") + TIPHYS_PROGRAM + "' function tone-of '" +
                                (folder_ / "list").string() + "' >/dev/full 2>/dev/null";
    const int ended = std::system(command.c_str());
    ASSERT_TRUE(WIFEXITED(ended));
    EXPECT_EQ(WEXITSTATUS(ended), 2);
}

TEST_F(Program, WhatSendsNothingNeedsNoServer) {
    const std::vector<std::string> nowhere = {"ARGO_SERVER=", "KUBECONFIG=/nowhere",
                                              "KUBERNETES_SERVICE_HOST=", "ARGO_NAMESPACE=there"};
    const Result submit = words({"submit", "word-count"}, "", nowhere);
    EXPECT_EQ(submit.status, 2);
    EXPECT_THAT(submit.error, HasSubstr("ARGO_SERVER"));
    const Result dry = words({"submit", "word-count", "--dry-run", "-o", "yaml"}, "", nowhere);
    EXPECT_EQ(dry.status, 0) << dry.error;
    EXPECT_THAT(dry.out, HasSubstr("namespace: there\n"));
    EXPECT_THAT(words({"submit", "word-count", "--dry-run", "-o", "yaml", "-n", "here"}, "", nowhere).out,
                HasSubstr("namespace: here\n"));
}

TEST_F(Program, SubmitsToAServer) {
    local::ServerOptions options;
    options.engine.directory = folder_ / "server";
    local::Server server(options);
    const std::vector<std::string> environment = {"ARGO_SERVER=127.0.0.1:" + std::to_string(server.port()),
                                                  "ARGO_SECURE=false", "ARGO_TOKEN="};
    const Result submit = words({"submit", "word-count", "--watch", "--shards", "4"}, "", environment);
    EXPECT_EQ(submit.status, 0) << submit.out << submit.error;
    EXPECT_THAT(submit.out, AllOf(HasSubstr("count(3:part-3)"), HasSubstr("total = 24")));
    const Result wrong = words({"submit", "word-count", "-p", "shard=4"}, "", environment);
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.error, HasSubstr("no parameter `shard`"));
    const Result required = words({"submit", "echo"}, "", environment);
    EXPECT_EQ(required.status, 2);
    EXPECT_THAT(required.error, HasSubstr("the workflow's parameters without a value: `text`"));
}

TEST_F(Program, WritesAndJudges) {
    const Result yaml = words({"yaml", "word-count", "--shards", "5"});
    EXPECT_EQ(yaml.status, 0);
    EXPECT_THAT(yaml.out,
                AllOf(HasSubstr("generateName: word-count-"), HasSubstr("value: \"5\""),
                      HasSubstr("source: \"{{inputs.parameters}}\""), HasSubstr("path: /results/total")));
    const Result json = words({"json", "configured", "--greeting", "ahoy"});
    EXPECT_THAT(json.out, AllOf(HasSubstr("\"TIPHYS_CONFIG\""), HasSubstr("ahoy")));
    EXPECT_THAT(words({"json", "configured"}).out, Not(HasSubstr("TIPHYS_CONFIG")));
    EXPECT_EQ(words({"lint", "word-count"}).status, 0);
    EXPECT_THAT(words({"graph", "word-count"}).out, AllOf(HasSubstr("digraph"), HasSubstr("count")));
    EXPECT_THAT(words({"graph", "word-count", "--mermaid"}).out, HasSubstr("flowchart"));
    const Result help = words({"run", "word-count", "--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_THAT(help.out, AllOf(HasSubstr("--shards"), HasSubstr("(default: 2)")));
    const Result required = words({"run", "echo", "--help"});
    EXPECT_THAT(required.out, AllOf(HasSubstr("(required)"), HasSubstr("one of soft, loud (default: loud)")));
    EXPECT_EQ(words({"run", "echo", "--text", "x", "--tone", "shrill"}).status, 2);
    EXPECT_EQ(words({}).status, 2);
    EXPECT_THAT(words({"version"}).out, HasSubstr("words (Tiphys "));
}

}  // namespace
}  // namespace tiphys::test
