// SPDX-License-Identifier: Apache-2.0
// Argo's own examples, unchanged, submitted over HTTP to the embedded server as `tiphys run` does: each must
// come to the node tree that Argo's controller gives it (its source decides). Where an example draws at
// random, the expectation is a function of the draw.
#include <tiphys/client/client.hpp>
#include <tiphys/local/process/sandbox.hpp>
#include <tiphys/local/server.hpp>
#include <tiphys/text/documents.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>
#include <vector>

#include "support/require.hpp"
#include "tree.hpp"

namespace tiphys::test {
namespace {

class Example : public ::testing::Test {
protected:
    Example() {
        std::string folder = (std::filesystem::temp_directory_path() / "tiphys-run-XXXXXX").string();
        if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make " + folder);
        folder_ = folder;
        // Debian puts cowsay there, which is in no service's PATH.
        const char* const path = std::getenv("PATH");
        ::setenv("PATH", (std::string(path == nullptr ? "/usr/bin:/bin" : path) + ":/usr/games").c_str(), 1);
    }
    ~Example() override {
        client_.reset();
        server_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    /// Whether the machine has what the example needs; if not, the test says what and is skipped.
    bool can_run(const std::string& example, const std::vector<std::string>& programs,
                 bool private_files = false) {
        const std::filesystem::path file =
            std::filesystem::path(TIPHYS_ARGO_DATA) / "v4.1.2" / "examples" / (example + ".yaml");
        std::string missing;
        if (!std::filesystem::exists(file)) missing = file.string();
        for (const std::string& program : programs)
            if (!has_program(program)) missing = "the program " + program;
        if (private_files && !local::Sandbox::probe())
            missing = "files of a pod's own: " + local::Sandbox::probe().reason;
        if (!missing.empty()) {
            if (nothing_is_skipped())
                ADD_FAILURE() << "this machine lacks " << missing;
            else
                skipped_ = "this machine lacks " + missing;
            return false;
        }
        std::ifstream in(file);
        const std::string text((std::istreambuf_iterator<char>(in)), {});
        local::ServerOptions options;
        options.engine.directory = folder_;
        options.engine.parallelism = 16;  // loops-param-result sleeps eleven times at once
        server_ = std::make_unique<local::Server>(options);
        client_ = std::make_unique<Client>(server_->client_options());
        latest_ = client_->create(read_yaml<model::Workflow>(text));
        return true;
    }

    const model::Workflow& workflow() const { return latest_.model(); }

    /// Watches until the condition holds of the workflow.
    template <class Condition>
    void run_until(Condition condition) {
        auto events = client_->watch(latest_);
        while (auto event = events.next()) {
            latest_ = SubmittedWorkflow(std::move(event->object));
            if (condition()) return;
        }
        ADD_FAILURE() << "the watch has ended:\n" << tree(workflow());
    }

    std::string finished_tree() {
        latest_ = client_->wait(latest_);
        const str* const completed = workflow().metadata.labels.find("workflows.argoproj.io/completed");
        EXPECT_TRUE(completed != nullptr && *completed == "true");
        check_times();
        return tree(workflow());
    }

    std::string result(std::string_view node) const { return result_of(workflow(), node); }

    std::string skipped_;

private:
    static bool has_program(const std::string& program) {
        std::istringstream path(std::getenv("PATH"));
        for (std::string folder; std::getline(path, folder, ':');)
            if (::access((folder + "/" + program).c_str(), X_OK) == 0) return true;
        return false;
    }

    void check_times() const {
        EXPECT_FALSE(workflow().status->startedAt.empty());
        EXPECT_FALSE(workflow().status->finishedAt.empty());
        for (const auto& entry : workflow().status->nodes) {
            EXPECT_FALSE(entry.value.startedAt.empty()) << entry.value.name;
            EXPECT_FALSE(entry.value.finishedAt.empty()) << entry.value.name;
            EXPECT_LE(entry.value.startedAt.view(), entry.value.finishedAt.view()) << entry.value.name;
            EXPECT_EQ(entry.key, entry.value.id);
        }
    }

    std::filesystem::path folder_;
    std::unique_ptr<local::Server> server_;
    std::unique_ptr<Client> client_;
    SubmittedWorkflow latest_;

protected:
    void resume() { client_->resume(latest_); }
};

#define NEED(...)                                        \
    if (!can_run(__VA_ARGS__)) {                         \
        if (!skipped_.empty()) GTEST_SKIP() << skipped_; \
        return;                                          \
    }

TEST_F(Example, hello_world) {
    NEED("hello-world", {"echo"})
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) Pod hello-world Succeeded {exit=0}\n");
}

TEST_F(Example, arguments_parameters) {
    NEED("arguments-parameters", {"echo"})
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) Pod print-message Succeeded {exit=0}\n");
    EXPECT_EQ(find_node(workflow(), "")->inputs->parameters[0].value, "hello world");
}

TEST_F(Example, steps) {
    NEED("steps", {"echo"})
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) Steps hello-hello-hello Succeeded -> [0]\n"
              "[0] ([0]) StepGroup - Succeeded -> [0].hello1\n"
              "[0].hello1 (hello1) Pod print-message Succeeded {exit=0} -> [1]\n"
              "[1] ([1]) StepGroup - Succeeded -> [1].hello2a [1].hello2b\n"
              "[1].hello2a (hello2a) Pod print-message Succeeded {exit=0}\n"
              "[1].hello2b (hello2b) Pod print-message Succeeded {exit=0}\n");
}

TEST_F(Example, dag_diamond) {
    NEED("dag-diamond", {"echo"})
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) DAG diamond Succeeded -> .A\n"
              ".A (A) Pod echo Succeeded {exit=0} -> .B .C\n"
              ".B (B) Pod echo Succeeded {exit=0} -> .D\n"
              ".C (C) Pod echo Succeeded {exit=0} -> .D\n"
              ".D (D) Pod echo Succeeded {exit=0}\n");
}

TEST_F(Example, dag_diamond_steps) {
    NEED("dag-diamond-steps", {"echo"})
    std::string expected =
        "Succeeded\n"
        ". (.) DAG diamond Succeeded -> .A\n";
    for (const auto& [task, next] :
         {std::pair{".A", " -> .B .C"}, {".B", " -> .D"}, {".C", " -> .D"}, {".D", ""}}) {
        const std::string name = task, group = name + "[0]";
        expected += name + " (" + name.substr(1) + ") Steps echo-thrice Succeeded -> " + group + "\n";
        expected += group + " ([0]) StepGroup - Succeeded -> " + group + ".echo(0:1) " + group +
                    ".echo(1:2) " + group + ".echo(2:3)\n";
        for (const char* const round : {"0:1", "1:2", "2:3"})
            expected += group + ".echo(" + round + ") (echo(" + round + ")) Pod echo Succeeded {exit=0}" +
                        next + "\n";
    }
    EXPECT_EQ(finished_tree(), expected);
    EXPECT_EQ(find_node(workflow(), ".C[0].echo(1:2)")->inputs->parameters[0].value, "C2");
}

TEST_F(Example, dag_multiroot) {
    NEED("dag-multiroot", {"echo"})
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) DAG multiroot Succeeded -> .A .B\n"
              ".A (A) Pod echo Succeeded {exit=0} -> .C .D\n"
              ".B (B) Pod echo Succeeded {exit=0} -> .D\n"
              ".C (C) Pod echo Succeeded {exit=0}\n"
              ".D (D) Pod echo Succeeded {exit=0}\n");
}

TEST_F(Example, dag_nested) {
    NEED("dag-nested", {"echo"})
    std::string expected =
        "Succeeded\n"
        ". (.) DAG diamond Succeeded -> .A\n";
    for (const auto& [task, next] :
         {std::pair{".A", " -> .B .C"}, {".B", " -> .D"}, {".C", " -> .D"}, {".D", ""}}) {
        const std::string name = task;
        expected += name + " (" + name.substr(1) + ") DAG nested-diamond Succeeded -> " + name + ".A\n";
        expected += name + ".A (A) Pod echo Succeeded {exit=0} -> " + name + ".B " + name + ".C\n";
        expected += name + ".B (B) Pod echo Succeeded {exit=0} -> " + name + ".D\n";
        expected += name + ".C (C) Pod echo Succeeded {exit=0} -> " + name + ".D\n";
        expected += name + ".D (D) Pod echo Succeeded {exit=0}" + next + "\n";
    }
    EXPECT_EQ(finished_tree(), expected);
    EXPECT_EQ(find_node(workflow(), ".B.C")->inputs->parameters[0].value, "BC");
}

TEST_F(Example, dag_targets) {
    NEED("dag-targets", {"echo"})
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) DAG dag-target Succeeded -> .A\n"
              ".A (A) Pod echo Succeeded {exit=0} -> .C\n"
              ".C (C) Pod echo Succeeded {exit=0} -> .E\n"
              ".E (E) Pod echo Succeeded {exit=0}\n");
}

TEST_F(Example, output_parameter) {
    NEED("output-parameter", {"sh", "sleep", "echo"}, true)
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) Steps output-parameter Succeeded -> [0]\n"
              "[0] ([0]) StepGroup - Succeeded -> [0].generate-parameter\n"
              "[0].generate-parameter (generate-parameter) Pod hello-world-to-file Succeeded "
              "{hello-param=hello world, exit=0} -> [1]\n"
              "[1] ([1]) StepGroup - Succeeded -> [1].consume-parameter\n"
              "[1].consume-parameter (consume-parameter) Pod print-message Succeeded {exit=0}\n");
    EXPECT_EQ(find_node(workflow(), "[1].consume-parameter")->inputs->parameters[0].value, "hello world");
}

void expect_number(const std::string& text, int low, int high) {
    EXPECT_FALSE(text.empty());
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) << text;
    const int number = std::atoi(text.c_str());
    EXPECT_TRUE(low <= number && number <= high) << text;
}

TEST_F(Example, scripts_bash) {
    NEED("scripts-bash", {"sh", "od", "awk", "cat"})
    const std::string got = finished_tree();
    const std::string drawn = result("[0].generate");
    expect_number(drawn, 1, 100);
    EXPECT_EQ(got,
              "Succeeded\n"
              ". (.) Steps bash-script-example Succeeded -> [0]\n"
              "[0] ([0]) StepGroup - Succeeded -> [0].generate\n"
              "[0].generate (generate) Pod gen-random-int Succeeded {result=" +
                  drawn +
                  ", exit=0} -> [1]\n"
                  "[1] ([1]) StepGroup - Succeeded -> [1].print\n"
                  "[1].print (print) Pod print-message Succeeded {exit=0}\n");
    EXPECT_EQ(find_node(workflow(), "[1].print")->inputs->parameters[0].value, drawn);
}

TEST_F(Example, scripts_python) {
    NEED("scripts-python", {"python", "sh"})
    const std::string got = finished_tree();
    const std::string drawn = result("[0].generate");
    expect_number(drawn, 1, 100);
    EXPECT_EQ(got,
              "Succeeded\n"
              ". (.) Steps python-script-example Succeeded -> [0]\n"
              "[0] ([0]) StepGroup - Succeeded -> [0].generate\n"
              "[0].generate (generate) Pod gen-random-int Succeeded {result=" +
                  drawn +
                  ", exit=0} -> [1]\n"
                  "[1] ([1]) StepGroup - Succeeded -> [1].print\n"
                  "[1].print (print) Pod print-message Succeeded {exit=0}\n");
    EXPECT_EQ(find_node(workflow(), "[1].print")->inputs->parameters[0].value, drawn);
}

TEST_F(Example, conditionals) {
    NEED("conditionals", {"sh", "cowsay"})
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) Steps conditional-example Succeeded -> [0]\n"
              "[0] ([0]) StepGroup - Succeeded -> [0].print-hello-expr [0].print-hello-expr-json "
              "[0].print-hello-govaluate\n"
              "[0].print-hello-expr (print-hello-expr) Pod argosay Succeeded {exit=0}\n"
              "[0].print-hello-expr-json (print-hello-expr-json) Pod argosay Succeeded {exit=0}\n"
              "[0].print-hello-govaluate (print-hello-govaluate) Pod argosay Succeeded {exit=0}\n");
}

/// The line of a step that runs only on a condition.
std::string conditional(const std::string& name, const std::string& definition, bool runs,
                        const std::string& when, const std::string& outputs, const std::string& next) {
    const std::string display = name.substr(name.find('.') + 1);
    return name + " (" + display + ") " +
           (runs ? "Pod " + definition + " Succeeded " + outputs
                 : "Skipped " + definition + " Skipped \"when '" + when + "' evaluated false\"") +
           next + "\n";
}

TEST_F(Example, conditionals_complex) {
    NEED("conditionals-complex", {"python", "sh"})
    const std::string got = finished_tree();
    const std::string first = result("[0].flip-coin"), second = result("[2].flip-again");
    const std::set<std::string> sides = {"heads", "tails"};
    EXPECT_TRUE(sides.contains(first) && sides.contains(second)) << first << second;
    const bool complex = (first == "heads" && second == "tails") || (first == "tails" && second == "tails");
    const std::string when = "( " + first + " == heads &&\n  " + second + " == tails\n) || ( " + first +
                             " == tails &&\n  " + second + " == tails )";
    EXPECT_EQ(
        got,
        "Succeeded\n"
        ". (.) Steps coinflip Succeeded -> [0]\n"
        "[0] ([0]) StepGroup - Succeeded -> [0].flip-coin\n"
        "[0].flip-coin (flip-coin) Pod flip-coin Succeeded {result=" +
            first +
            ", exit=0} -> [1]\n"
            "[1] ([1]) StepGroup - Succeeded -> [1].heads [1].tails\n" +
            conditional("[1].heads", "heads", first == "heads", first + " == heads", "{exit=0}", " -> [2]") +
            conditional("[1].tails", "tails", first == "tails", first + " == tails", "{exit=0}", " -> [2]") +
            "[2] ([2]) StepGroup - Succeeded -> [2].flip-again\n"
            "[2].flip-again (flip-again) Pod flip-coin Succeeded {result=" +
            second +
            ", exit=0} -> [3]\n"
            "[3] ([3]) StepGroup - Succeeded -> [3].complex-condition [3].heads-regex [3].tails-regex\n" +
            conditional("[3].complex-condition", "heads-tails-or-twice-tails", complex, when, "{exit=0}",
                        "") +
            conditional("[3].heads-regex", "heads", second == "heads", second + " =~ hea", "{exit=0}", "") +
            conditional("[3].tails-regex", "tails", second == "tails", second + " =~ tai", "{exit=0}", ""));
}

TEST_F(Example, loops) {
    NEED("loops", {"echo"})
    EXPECT_EQ(
        finished_tree(),
        "Succeeded\n"
        ". (.) Steps loop-example Succeeded -> [0]\n"
        "[0] ([0]) StepGroup - Succeeded -> [0].print-message-loop(0:hello world) "
        "[0].print-message-loop(1:goodbye world)\n"
        "[0].print-message-loop(0:hello world) (print-message-loop(0:hello world)) Pod print-message "
        "Succeeded "
        "{exit=0}\n"
        "[0].print-message-loop(1:goodbye world) (print-message-loop(1:goodbye world)) Pod print-message "
        "Succeeded {exit=0}\n");
}

/// A steps template of one group with these children, all pods of one template.
std::string one_group(const std::string& entry, const std::string& definition,
                      std::vector<std::string> children) {
    std::sort(children.begin(), children.end());
    std::string head =
        "Succeeded\n. (.) Steps " + entry + " Succeeded -> [0]\n[0] ([0]) StepGroup - Succeeded ->";
    std::string rest;
    for (const std::string& each : children) {
        head += " [0]." + each;
        rest += "[0]." + each + " (" + each + ") Pod " + definition + " Succeeded {exit=0}\n";
    }
    return head + "\n" + rest;
}

TEST_F(Example, loops_maps) {
    NEED("loops-maps", {"cat"})
    EXPECT_EQ(finished_tree(),
              one_group("loop-map-example", "cat-os-release",
                        {"test-linux(0:image:debian,tag:9.1)", "test-linux(1:image:debian,tag:8.9)",
                         "test-linux(2:image:alpine,tag:3.6)", "test-linux(3:image:ubuntu,tag:17.10)"}));
}

TEST_F(Example, loops_param_result) {
    NEED("loops-param-result", {"python", "sh", "sleep"})
    std::string list = "[", children, pods;
    std::vector<std::string> names;
    for (int i = 0; i < 11; ++i) {
        list += (i == 0 ? "" : ", ") + std::to_string(20 + i);
        names.push_back("sleep(" + std::to_string(i) + ":" + std::to_string(20 + i) + ")");
    }
    std::sort(names.begin(), names.end());
    for (const std::string& each : names) {
        children += " [1]." + each;
        pods += "[1]." + each + " (" + each + ") Pod sleep-n-sec Succeeded {exit=0}\n";
    }
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) Steps loop-param-result-example Succeeded -> [0]\n"
              "[0] ([0]) StepGroup - Succeeded -> [0].generate\n"
              "[0].generate (generate) Pod gen-number-list Succeeded {result=" +
                  list +
                  "], exit=0} -> [1]\n"
                  "[1] ([1]) StepGroup - Succeeded ->" +
                  children + "\n" + pods);
}

TEST_F(Example, loops_sequence) {
    NEED("loops-sequence", {"echo"})
    std::vector<std::string> names;
    const auto add = [&](const std::string& step, int index, const std::string& item) {
        names.push_back(step + "(" + std::to_string(index) + ":" + item + ")");
    };
    for (int i = 0; i < 5; ++i) add("sequence-count", i, std::to_string(i));
    for (int i = 0; i < 6; ++i) add("sequence-start-end", i, std::to_string(100 + i));
    for (int i = 0; i < 3; ++i) add("sequence-param", i, std::to_string(200 + i));
    for (int i = 0; i < 6; ++i) add("sequence-negative", i, std::to_string(5 - i));
    for (int i = 0; i < 5; ++i) add("sequence-format", i, "testuser0" + std::to_string(i));
    EXPECT_EQ(finished_tree(), one_group("loops-sequence", "echo", names));
}

TEST_F(Example, parameter_aggregation) {
    NEED("parameter-aggregation", {"sh", "sleep", "echo"}, true)
    EXPECT_EQ(
        finished_tree(),
        "Succeeded\n"
        ". (.) Steps parameter-aggregation Succeeded -> [0]\n"
        "[0] ([0]) StepGroup - Succeeded -> [0].odd-or-even(0:1) [0].odd-or-even(1:2) [0].odd-or-even(2:3) "
        "[0].odd-or-even(3:4)\n"
        "[0].odd-or-even(0:1) (odd-or-even(0:1)) Pod odd-or-even Succeeded {num=1, evenness=odd, exit=0} -> "
        "[1]\n"
        "[0].odd-or-even(1:2) (odd-or-even(1:2)) Pod odd-or-even Succeeded {num=2, evenness=even, exit=0} -> "
        "[1]\n"
        "[0].odd-or-even(2:3) (odd-or-even(2:3)) Pod odd-or-even Succeeded {num=3, evenness=odd, exit=0} -> "
        "[1]\n"
        "[0].odd-or-even(3:4) (odd-or-even(3:4)) Pod odd-or-even Succeeded {num=4, evenness=even, exit=0} -> "
        "[1]\n"
        "[1] ([1]) StepGroup - Succeeded -> [1].print-nums\n"
        "[1].print-nums (print-nums) Pod print-message Succeeded {exit=0} -> [2]\n"
        "[2] ([2]) StepGroup - Succeeded -> [2].print-evenness\n"
        "[2].print-evenness (print-evenness) Pod print-message Succeeded {exit=0} -> [3]\n"
        "[3] ([3]) StepGroup - Succeeded -> [3].divide-by-2(0:evenness:odd,num:1) "
        "[3].divide-by-2(1:evenness:even,num:2) [3].divide-by-2(2:evenness:odd,num:3) "
        "[3].divide-by-2(3:evenness:even,num:4)\n"
        "[3].divide-by-2(0:evenness:odd,num:1) (divide-by-2(0:evenness:odd,num:1)) Skipped divide-by-2 "
        "Skipped "
        "\"when 'odd == even' evaluated false\" -> [4]\n"
        "[3].divide-by-2(1:evenness:even,num:2) (divide-by-2(1:evenness:even,num:2)) Pod divide-by-2 "
        "Succeeded "
        "{result=1, exit=0} -> [4]\n"
        "[3].divide-by-2(2:evenness:odd,num:3) (divide-by-2(2:evenness:odd,num:3)) Skipped divide-by-2 "
        "Skipped "
        "\"when 'odd == even' evaluated false\" -> [4]\n"
        "[3].divide-by-2(3:evenness:even,num:4) (divide-by-2(3:evenness:even,num:4)) Pod divide-by-2 "
        "Succeeded "
        "{result=2, exit=0} -> [4]\n"
        "[4] ([4]) StepGroup - Succeeded -> [4].print(0:1) [4].print(1:2)\n"
        "[4].print(0:1) (print(0:1)) Pod print-message Succeeded {exit=0}\n"
        "[4].print(1:2) (print(1:2)) Pod print-message Succeeded {exit=0}\n");
    EXPECT_EQ(find_node(workflow(), "[1].print-nums")->inputs->parameters[0].value,
              "[\"1\",\"2\",\"3\",\"4\"]");
    EXPECT_EQ(find_node(workflow(), "[2].print-evenness")->inputs->parameters[0].value,
              "[\"odd\",\"even\",\"odd\",\"even\"]");
}

TEST_F(Example, dag_conditional_parameters) {
    NEED("dag-conditional-parameters", {"python"})
    const std::string got = finished_tree();
    const std::string drawn = result(".flip-coin");
    EXPECT_TRUE(drawn == "heads" || drawn == "tails") << drawn;
    EXPECT_EQ(got,
              "Succeeded\n"
              ". (.) DAG main Succeeded {stepresult=" +
                  drawn +
                  "} -> .flip-coin\n"
                  ".flip-coin (flip-coin) Pod flip-coin Succeeded {result=" +
                  drawn + ", exit=0} -> .heads .tails\n" +
                  conditional(".heads", "heads", drawn == "heads", drawn + " == heads",
                              "{result=heads, exit=0}", "") +
                  conditional(".tails", "tails", drawn == "tails", drawn + " == tails",
                              "{result=tails, exit=0}", ""));
}

TEST_F(Example, exit_handlers) {
    NEED("exit-handlers", {"sh", "echo"})
    EXPECT_EQ(
        finished_tree(),
        "Failed \"main: Error (exit code 1)\"\n"
        ". (.) Pod intentional-fail Failed \"main: Error (exit code 1)\" {exit=1}\n"
        ".onExit (.onExit) Steps exit-handler Succeeded -> .onExit[0]\n"
        ".onExit[0] ([0]) StepGroup - Succeeded -> .onExit[0].celebrate .onExit[0].cry .onExit[0].notify\n"
        ".onExit[0].celebrate (celebrate) Skipped celebrate Skipped \"when 'Failed == Succeeded' evaluated "
        "false\"\n"
        ".onExit[0].cry (cry) Pod cry Succeeded {exit=0}\n"
        ".onExit[0].notify (notify) Pod send-email Succeeded {exit=0}\n");
}

TEST_F(Example, suspend_template) {
    NEED("suspend-template", {"echo"})
    run_until([&] {
        const model::NodeStatus* const approve = find_node(workflow(), "[1].approve");
        return approve != nullptr && approve->phase == "Running";
    });
    resume();
    EXPECT_EQ(finished_tree(),
              "Succeeded\n"
              ". (.) Steps suspend Succeeded -> [0]\n"
              "[0] ([0]) StepGroup - Succeeded -> [0].build\n"
              "[0].build (build) Pod hello-world Succeeded {exit=0} -> [1]\n"
              "[1] ([1]) StepGroup - Succeeded -> [1].approve\n"
              "[1].approve (approve) Suspend approve Succeeded -> [2]\n"
              "[2] ([2]) StepGroup - Succeeded -> [2].delay\n"
              "[2].delay (delay) Suspend delay Succeeded -> [3]\n"
              "[3] ([3]) StepGroup - Succeeded -> [3].release\n"
              "[3].release (release) Pod hello-world Succeeded {exit=0}\n");
}

}  // namespace
}  // namespace tiphys::test
