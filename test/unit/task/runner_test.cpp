// SPDX-License-Identifier: Apache-2.0
// Calls of functions as their pods make them: a list of names and values, files, an exit code.
#include <tiphys/task/runner.hpp>
#include <tiphys/text/text.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>

#include "functions.hpp"

namespace tiphys::functions {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Trained train(const Train& in) {
    std::ifstream data(in.data.path());
    double sum = 0;
    for (double one = 0; data >> one;) sum += one;
    std::ofstream(in.model.path()) << "model of " << sum;
    std::ofstream(in.summary.path()) << in.epochs << " epochs";
    std::ofstream(in.data.path() + ".log") << "from " << in.start->x;
    Trained made;
    made.log = File(in.data.path() + ".log");
    made.report = Text(in.notes ? in.notes->view() : "no notes");
    made.end.value = {in.start->x + 1, false};
    made.loss = 0.5;
    return made;
}
struct Lazy {
    OutputArtifact file;
    OutputParameter number;
    bool write_both = false;
    bool fail = false;
};
BOOST_DESCRIBE_STRUCT(Lazy, (), (file, number, write_both, fail))
void lazy(const Lazy& in) {
    std::ofstream(in.number.path()) << 1;
    if (in.write_both) std::ofstream(in.file.path()) << 2;
    if (in.fail) throw std::runtime_error("the disk is tired");
}

struct Linked {
    File file;
};
BOOST_DESCRIBE_STRUCT(Linked, (), (file))
Linked give_link(const Count& in) {
    fs::create_symlink("data", in.chunk + "/link");
    return {File(in.chunk + "/link")};
}

Words fail(const Count& in) {
    if (in.chunk == "number") throw 5;
    if (in.chunk == "code") throw FunctionFailure("not today", 42);
    if (in.chunk == "read") throw ReadError("spec", "it is empty");
    if (in.chunk == "call") throw CallError("no such thing");
    throw std::runtime_error("cannot count `" + in.chunk + "`");
}
Outcome<Words, std::string> partly(const Count& in) {
    return {.outputs = {7}, .result = in.chunk, .exit_code = 3};
}

int zero() { return 0; }
bool no() { return false; }
std::string nothing_said() { return ""; }
std::vector<int> no_numbers() { return {}; }
std::map<std::string, int> no_names() { return {}; }
std::string two_lines() { return "a\n"; }
double not_a_number() { return std::numeric_limits<double>::quiet_NaN(); }
Level level() { return Level::high; }
std::optional<std::string> null_text() { return "null"; }

Chunks list_words(const Chunks& in) { return in; }

class Runner : public testing::Test {
protected:
    Runner() { fs::create_directories(root_); }
    ~Runner() override {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }

    int call(const Workflow& document, const std::string& name, const std::string& arguments) {
        const std::string file = (root_ / "arguments").string();
        std::ofstream(file, std::ios::binary) << arguments;
        out_.str("");
        error_.str("");
        return run_function(document, name, file, {.root = root_.string()}, out_, error_);
    }
    std::string out() const { return out_.str(); }
    std::string error() const { return error_.str(); }
    fs::path place(const std::string& path) const { return root_.string() + path; }
    void put(const std::string& path, const std::string& content) const {
        fs::create_directories(place(path).parent_path());
        std::ofstream(place(path), std::ios::binary) << content;
    }
    std::string at(const std::string& path) const {
        std::ifstream file(place(path), std::ios::binary);
        if (!file) return "(missing)";
        return {std::istreambuf_iterator<char>(file), {}};
    }
    /// What is left below /tmp, parts of files and all.
    std::string left() const {
        std::string made;
        if (fs::exists(place("/tmp")))
            for (const auto& one : fs::recursive_directory_iterator(place("/tmp")))
                if (one.is_regular_file()) made += one.path().filename().string() + " ";
        return made;
    }

    fs::path root_ = fs::temp_directory_path() / ("tiphys-runner-" + std::to_string(std::random_device{}()));

private:
    std::ostringstream out_, error_;
};

/// The list that Argo makes of these.
std::string list_of_arguments(const std::multimap<std::string, std::string>& given) {
    json made = json::array();
    for (const auto& [name, value] : given) {
        json one = json::object();
        one.set("name", json(std::string_view(name)));
        one.set("value", json(std::string_view(value)));
        made.push_back(std::move(one));
    }
    detail::text_sink sink;
    basic_json_writer<detail::text_sink> writer(sink);
    visit(writer, made);
    return sink.text.string();
}

TEST_F(Runner, CallsAFunctionWithItsParameters) {
    const Workflow built = Workflow("a-").function<&split>().function<&sum>();
    EXPECT_EQ(call(built, "split", R"([{"name":"shards","value":"2"}])"), 0) << error();
    EXPECT_EQ(at("/tmp/names"), R"(["part-0","part-1"])");
    EXPECT_EQ(out(), "");
    EXPECT_EQ(call(built, "sum", R"([{"name":"totals","value":"[1,2,39]"}])"), 0) << error();
    EXPECT_EQ(at("/tmp/total"), "42");
    // So Argo collects the output parameters of a loop.
    EXPECT_EQ(call(built, "sum", R"([{"name":"totals","value":"[\"1\",\"2\",\"39\"]"}])"), 0) << error();
    EXPECT_EQ(at("/tmp/total"), "42");
    // Argo leaves out what it does not know; the default of the template is that of the struct.
    for (const char* none : {"", "null", "[]", "[{\"name\":\"shards\"}]"})
        EXPECT_EQ(call(built, "split", none), 0) << error();
    EXPECT_EQ(at("/tmp/names"), R"(["part-0"])");
}

TEST_F(Runner, GivesBackWhatItWasGiven) {
    const Workflow built =
        Workflow("a-").function<&repeat>().function<&repeat_loosely>().function<&list_words>();
    const std::string text = "'''\"\"\" ` $(touch /tmp/x) ${HOME} %s \\ \n\t#{} ü 😀 ; rm -rf / </script>";
    EXPECT_EQ(call(built, "repeat",
                   list_of_arguments({{"text", text},
                                      {"flag", "true"},
                                      {"small", "-128"},
                                      {"large", "9223372036854775807"},
                                      {"number", "-1.5e-7"},
                                      {"level", "high"},
                                      {"maybe", "5"},
                                      {"maybe_text", "true"},
                                      {"names", R"(["a","\"b\"",""])"},
                                      {"points", R"([{"x":3,"visible":false},{"x":-1}])"},
                                      {"free", R"({"b":1.0,"a":[null]})"}})),
              0)
        << error();
    EXPECT_EQ(at("/tmp/text"), text);
    EXPECT_EQ(at("/tmp/flag"), "true");
    EXPECT_EQ(at("/tmp/small"), "-128");
    EXPECT_EQ(at("/tmp/large"), "9223372036854775807");
    EXPECT_EQ(at("/tmp/number"), "-1.5e-07");
    EXPECT_EQ(at("/tmp/level"), "high");
    EXPECT_EQ(at("/tmp/maybe"), "5");
    EXPECT_EQ(at("/tmp/maybe_text"), "true");
    EXPECT_EQ(at("/tmp/names"), R"(["a","\"b\"",""])");
    EXPECT_EQ(at("/tmp/points"), R"([{"x":3,"visible":false},{"x":-1,"visible":true}])");
    EXPECT_EQ(at("/tmp/free"), R"({"b":1.0,"a":[null]})");

    EXPECT_EQ(call(built, "repeat-loosely",
                   list_of_arguments({{"weights", R"({"a":[0.5,1],"":[]})"},
                                      {"level", "null"},
                                      {"levels", R"(["high","low"])"}})),
              0)
        << error();
    // What functions of text have given may look like JSON to Argo, which then makes JSON of it.
    EXPECT_EQ(call(built, "list-words", list_of_arguments({{"names", R"(["a",5,true,null,{"b":[1]}])"}})), 0)
        << error();
    EXPECT_EQ(at("/tmp/names"), R"(["a","5","true","null","{\"b\":[1]}"])");
    EXPECT_EQ(at("/tmp/weights"), R"({"":[],"a":[0.5,1]})");
    EXPECT_EQ(at("/tmp/level"), "null");
    EXPECT_EQ(at("/tmp/levels"), R"(["high","low"])");
}

TEST_F(Runner, SaysWhatIsWrongWithAValue) {
    const Workflow built = Workflow("a-").function<&repeat>();
    const auto wrong = [&](const char* name, const char* text) {
        // The one value instead of the right one.
        std::multimap<std::string, std::string> values = {
            {"text", "x"},    {"flag", "false"}, {"small", "0"},   {"large", "0"}, {"number", "0"},
            {"level", "low"}, {"names", "[]"},   {"points", "[]"}, {"free", "0"}};
        EXPECT_EQ(call(built, "repeat", list_of_arguments(values)), 0) << error();
        fs::remove_all(place("/tmp"));
        values.erase(name);
        values.emplace(name, text);
        const std::string given = list_of_arguments(values);
        EXPECT_EQ(call(built, "repeat", given), 2);
        EXPECT_EQ(left(), "");
        EXPECT_EQ(out(), "");
        return error();
    };
    EXPECT_EQ(
        wrong("small", "128"),
        "function `repeat`: parameter `small`: a whole number from -128 to 127 is wanted, but it is `128`\n");
    EXPECT_EQ(wrong("large", "9223372036854775808"),
              "function `repeat`: parameter `large`: a whole number from -9223372036854775808 to "
              "9223372036854775807 is wanted, but it is `9223372036854775808`\n");
    EXPECT_THAT(wrong("large", "1.5"), HasSubstr("but it is `1.5`"));
    EXPECT_THAT(wrong("large", "\"1\""), HasSubstr("but it is `\"1\"`"));
    EXPECT_THAT(wrong("large", "eight"), HasSubstr("parameter `large`: `eight` is no JSON"));
    EXPECT_THAT(wrong("large", ""), HasSubstr("parameter `large`: `` is no JSON"));
    EXPECT_THAT(wrong("flag", "1"), HasSubstr("true or false is wanted, but it is `1`"));
    EXPECT_THAT(wrong("number", "1e999"), HasSubstr("a number of its type's range is wanted"));
    EXPECT_EQ(wrong("level", "Low"),
              "function `repeat`: parameter `level`: one of low, high is wanted, but it is `Low`\n");
    EXPECT_THAT(wrong("points", "[\"{\"]"), HasSubstr("parameter `points`: [0]: `{` is no JSON"));
    EXPECT_THAT(wrong("points", "[{\"x\":1},{\"x\":\"2\"}]"),
                HasSubstr("parameter `points`: [1].x: a whole number from"));
    EXPECT_THAT(wrong("points", "[{\"y\":1}]"),
                HasSubstr("[0]: a member `x` is wanted, but it is `{\"y\":1}`"));
    EXPECT_THAT(wrong("points", "[{\"x\":1,\"z\":1}]"),
                HasSubstr("an object of no other members than x, visible"));
    EXPECT_THAT(wrong("points", "[{\"x\":1,\"x\":1}]"), HasSubstr("is no JSON"));
    EXPECT_THAT(wrong("names", ("[\"" + std::string(500, 'u') + "\"").c_str()),
                HasSubstr("uuu…` is no JSON"));
}

TEST_F(Runner, MissingAndUnknownParametersAreErrors) {
    const Workflow built = Workflow("a-").function<&count>();
    EXPECT_EQ(call(built, "count", "[]"), 2);
    EXPECT_EQ(error(), "function `count`: parameter `chunk` is missing, and it has no default\n");
    EXPECT_EQ(call(built, "count", list_of_arguments({{"chunk", "a"}, {"chnk", "b"}})), 2);
    EXPECT_EQ(error(), "function `count`: it has no parameter `chnk`; it has: chunk\n");
    EXPECT_EQ(call(built, "count", list_of_arguments({{"chunk", "a"}, {"chunk", "b"}})), 2);
    EXPECT_EQ(error(), "function `count`: parameter `chunk` is given twice\n");
    EXPECT_EQ(call(built, "count", "{}"), 2);
    EXPECT_THAT(error(), HasSubstr("function `count`: its arguments are no list"));
    EXPECT_EQ(call(built, "count", "[{}]"), 2);
    EXPECT_THAT(error(), HasSubstr("function `count`: an argument has no name"));
    EXPECT_EQ(call(built, "count", "[{"), 2);
    EXPECT_THAT(error(), HasSubstr("function `count`: its arguments cannot be read: `[{` is no JSON"));
    EXPECT_EQ(call(built, "cuont", "[]"), 2);
    EXPECT_EQ(error(), "there is no function `cuont`; there are: count\n");
    std::ostringstream nothing, said;
    EXPECT_EQ(run_function(built, "count", (root_ / "none").string(), {}, nothing, said), 2);
    EXPECT_THAT(said.str(), HasSubstr((root_ / "none").string()));
    EXPECT_EQ(left(), "");
}

TEST_F(Runner, ResultsStandOnStandardOutput) {
    const Workflow built = Workflow("a-")
                               .function<&word_count>()
                               .function<&zero>()
                               .function<&no>()
                               .function<&nothing_said>()
                               .function<&no_numbers>()
                               .function<&no_names>()
                               .function<&two_lines>()
                               .function<&list_parts>()
                               .function<&level>()
                               .function<&check_all>()
                               .function<&not_a_number>()
                               .function<&null_text>();
    const auto said = [&](const char* name) {
        EXPECT_EQ(call(built, name, "[]"), 0) << error();
        return out();
    };
    EXPECT_EQ(call(built, "word-count", list_of_arguments({{"chunk", "four"}})), 0) << error();
    EXPECT_EQ(out(), "4\n");
    EXPECT_EQ(said("zero"), "0\n");
    EXPECT_EQ(said("no"), "false\n");
    EXPECT_EQ(said("nothing-said"), "\n");
    EXPECT_EQ(said("no-numbers"), "[]\n");
    EXPECT_EQ(said("no-names"), "{}\n");
    EXPECT_EQ(said("two-lines"), "a\n\n");
    EXPECT_EQ(said("list-parts"), "[\"a\",\"b\"]\n");
    EXPECT_EQ(said("level"), "high\n");
    EXPECT_EQ(said("check-all"), "");
    EXPECT_EQ(call(built, "not-a-number", "[]"), 2);
    EXPECT_EQ(error(), "function `not-a-number`: result: JSON has neither infinity nor NaN\n");
    EXPECT_EQ(call(built, "null-text", "[]"), 2);
    EXPECT_THAT(error(), HasSubstr("the text `null` would be taken for an optional without a value"));
    EXPECT_EQ(out(), "");
}

TEST_F(Runner, WhatIsThrownLeavesNoOutputs) {
    const Workflow built = Workflow("a-").function<&fail>().function<&lazy>();
    EXPECT_EQ(call(built, "fail", list_of_arguments({{"chunk", "it"}})), 1);
    EXPECT_EQ(error(), "function `fail`: cannot count `it`\n");
    EXPECT_EQ(call(built, "fail", list_of_arguments({{"chunk", "number"}})), 1);
    EXPECT_EQ(error(), "function `fail`: it threw what is no std::exception\n");
    EXPECT_EQ(call(built, "fail", list_of_arguments({{"chunk", "code"}})), 42);
    EXPECT_EQ(error(), "function `fail`: not today\n");
    // What the runner throws itself is the function's own here.
    EXPECT_EQ(call(built, "fail", list_of_arguments({{"chunk", "read"}})), 1);
    EXPECT_THAT(error(), testing::StartsWith("function `fail`: "));
    EXPECT_EQ(call(built, "fail", list_of_arguments({{"chunk", "call"}})), 1);
    EXPECT_EQ(error(), "function `fail`: no such thing\n");
    // Also those that the function had written already.
    EXPECT_EQ(call(built, "lazy", list_of_arguments({{"write_both", "true"}, {"fail", "true"}})), 1);
    EXPECT_EQ(error(), "function `lazy`: the disk is tired\n");
    EXPECT_EQ(left(), "");
    EXPECT_EQ(out(), "");
}

TEST_F(Runner, OutputsAndAnExitCode) {
    const Workflow built = Workflow("a-").function<&partly>();
    EXPECT_EQ(call(built, "partly", list_of_arguments({{"chunk", "half"}})), 3);
    EXPECT_EQ(at("/tmp/total"), "7");
    EXPECT_EQ(out(), "half\n");
    EXPECT_EQ(error(), "");
}

TEST_F(Runner, OutputsLieWhereTheTemplateSays) {
    const Workflow built = Workflow("a-").function<&count>(Script().output("total", "/results/of/count"));
    EXPECT_EQ(call(built, "count", list_of_arguments({{"chunk", "ten"}})), 0) << error();
    EXPECT_EQ(at("/results/of/count"), "3");
    EXPECT_EQ(left(), "");
    const Workflow variable =
        Workflow("a-").function<&count>(Script().output("total", "/r/{{inputs.parameters.chunk}}"));
    EXPECT_EQ(call(variable, "count", list_of_arguments({{"chunk", "ten"}})), 2);
    EXPECT_THAT(error(), HasSubstr("the path of the output parameter `total` holds a variable"));
}

TEST_F(Runner, OutputsAreAllOrNone) {
    const Workflow built = Workflow("a-").function<&lazy>().function<&repeat_loosely>(
        Script().output("level", "/tmp/weights/level"));
    EXPECT_EQ(call(built, "lazy", list_of_arguments({{"write_both", "false"}, {"fail", "false"}})), 2);
    EXPECT_EQ(error(),
              "function `lazy`: it has not written its output `file` to the path that it was given\n");
    EXPECT_EQ(left(), "");
    EXPECT_EQ(call(built, "lazy", list_of_arguments({{"write_both", "true"}, {"fail", "false"}})), 0)
        << error();
    EXPECT_EQ(at("/tmp/number"), "1");
    EXPECT_EQ(at("/tmp/tiphys/outputs/file"), "2");
    // One path lies below the other: the second cannot be written, and the first is taken back.
    fs::remove_all(place("/tmp"));
    put("/tmp/weights", "a file where a folder has to be");
    EXPECT_EQ(call(built, "repeat-loosely",
                   list_of_arguments({{"weights", "{}"}, {"levels", "[]"}, {"level", "low"}})),
              2);
    EXPECT_THAT(error(), HasSubstr("output `level`: cannot make the folder of"));
    EXPECT_EQ(left(), "weights ");
    EXPECT_EQ(at("/tmp/weights"), "a file where a folder has to be");
}

TEST_F(Runner, WhatALinkLeadsToIsTheArtifact) {
    const Workflow built = Workflow("a-").function<&give_link>();
    put("/srv/data", "all of it");
    const std::string folder = place("/srv").string();
    EXPECT_EQ(call(built, "give-link", list_of_arguments({{"chunk", folder}})), 0) << error();
    EXPECT_FALSE(fs::is_symlink(place("/tmp/tiphys/outputs/file")));
    EXPECT_EQ(at("/tmp/tiphys/outputs/file"), "all of it");
    fs::remove_all(place("/srv"));
    fs::remove_all(place("/tmp"));
    put("/srv/data/one", "1");
    EXPECT_EQ(call(built, "give-link", list_of_arguments({{"chunk", folder}})), 0) << error();
    EXPECT_EQ(at("/tmp/tiphys/outputs/file/one"), "1");
}

TEST_F(Runner, ArtifactsAreLoadedAndLeftByType) {
    const Workflow built =
        Workflow("a-").function<&train>(Script()
                                            .input(Artifact("data").path("/data/numbers.txt"))
                                            .output(Artifact("report").path("/results/report")));
    put("/data/numbers.txt", "1 2 3");
    put("/tmp/tiphys/inputs/start", "{\"x\": 4}");
    EXPECT_EQ(call(built, "train", "[]"), 0) << error();
    EXPECT_EQ(at("/tmp/tiphys/outputs/model"), "model of 6");
    EXPECT_EQ(at("/tmp/summary"), "10 epochs");
    EXPECT_EQ(at("/tmp/tiphys/outputs/log"), "from 4");
    EXPECT_EQ(at("/results/report"), "no notes");
    EXPECT_EQ(at("/tmp/tiphys/outputs/end"), "{\"x\":5,\"visible\":false}");
    EXPECT_FALSE(fs::exists(place("/tmp/tiphys/outputs/remarks")));
    EXPECT_EQ(at("/tmp/loss"), "0.5");

    const std::string bytes("any \0 bytes \xff\n", 13);
    put("/tmp/tiphys/inputs/notes", bytes);
    EXPECT_EQ(call(built, "train", list_of_arguments({{"epochs", "3"}})), 0) << error();
    EXPECT_EQ(at("/results/report"), bytes);
    EXPECT_EQ(at("/tmp/summary"), "3 epochs");

    put("/tmp/tiphys/inputs/start", "{\"x\": \"4\"}");
    EXPECT_EQ(call(built, "train", "[]"), 2);
    EXPECT_THAT(error(), HasSubstr("function `train`: artifact `start`: x: a whole number from"));
    fs::remove(place("/data/numbers.txt"));
    EXPECT_EQ(call(built, "train", "[]"), 2);
    EXPECT_THAT(error(), HasSubstr("function `train`: artifact `data` is missing: there is no "));
}

}  // namespace
}  // namespace tiphys::functions
