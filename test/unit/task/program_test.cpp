// SPDX-License-Identifier: Apache-2.0
// Programs of several recipes, inside this process: what the command line makes of their documents.
#include <tiphys/task/main.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "functions.hpp"

namespace tiphys::functions {
namespace {

using detail::config_texts;
using detail::made_document;
using detail::program_recipe;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace other {
Words count(const Count& in) { return {static_cast<long>(2 * in.chunk.size())}; }
}  // namespace other

template <class Document>
made_document made(const Document& document) {
    return detail::document_for_program(document);
}
list<model::Parameter> no_options() { return {}; }

made_document counts(const config_texts&) {
    return made(Workflow("first").entrypoint("count").image("i:1").function<&count>());
}
made_document counts_elsewhere(const config_texts&) {
    return made(Workflow("second").entrypoint("count").image("i:2").function<&count>());
}
made_document counts_otherwise(const config_texts&) {
    return made(Workflow("third").entrypoint("count").image("i:1").function<&other::count>());
}
made_document counts_into(const config_texts&) {
    return made(Workflow("fourth").entrypoint("count").image("i:1").function<&count>(
        Script().output("total", "/results/total")));
}
made_document counts_in_a_container(const config_texts&) {
    return made(Workflow("fifth").entrypoint("count").container("count", Container("i:1").command("wc")));
}
made_document sums(const config_texts&) {
    return made(Workflow("first").entrypoint("sum").image("i:1").function<&sum>());
}
made_document nightly(const config_texts&) {
    return made(CronWorkflow("nightly")
                    .schedule("0 3 * * *")
                    .entrypoint("count")
                    .image("i:1")
                    .parameters<Split>()
                    .function<&count>());
}

class Programs : public testing::Test {
protected:
    ~Programs() override {
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
    }
    /// The status; what was written stands in `out_` and `error_`.
    int call(const std::vector<made_document (*)(const config_texts&)>& recipes,
             std::vector<const char*> words) {
        std::vector<program_recipe> all;
        for (const auto recipe : recipes) all.push_back({recipe, &no_options});
        words.insert(words.begin(), "program");
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int status =
            detail::run_program(static_cast<int>(words.size()), words.data(), all.data(), all.size());
        out_ = testing::internal::GetCapturedStdout();
        error_ = testing::internal::GetCapturedStderr();
        return status;
    }
    int call_function(const std::vector<made_document (*)(const config_texts&)>& recipes, const char* name,
                      const char* arguments) {
        std::ofstream(file_) << arguments;
        return call(recipes, {"function", name, file_.c_str()});
    }

    std::string out_, error_;
    std::string file_ =
        (std::filesystem::temp_directory_path() / ("tiphys-list-" + std::to_string(std::random_device{}())))
            .string();
};

TEST_F(Programs, OneNameMeansOneFunction) {
    EXPECT_EQ(call({counts, counts_elsewhere}, {"yaml", "second"}), 0) << error_;
    EXPECT_THAT(out_, HasSubstr("image: i:2"));
    EXPECT_EQ(call({counts, counts_otherwise}, {"yaml", "first"}), 2);
    EXPECT_THAT(error_, AllOf(HasSubstr("function `count`: the recipes first and third have it"),
                              HasSubstr("different functions"), HasSubstr("other::count")));
    EXPECT_EQ(out_, "");
    EXPECT_EQ(call({counts, counts_into}, {"lint", "first"}), 2);
    EXPECT_THAT(error_, HasSubstr("inputs or outputs that differ"));
    // A template of that name that runs no function is no rival of it.
    EXPECT_EQ(call({counts_in_a_container, counts}, {"yaml", "first"}), 0) << error_;
    EXPECT_EQ(call_function({counts_in_a_container, counts}, "count", "[]"), 2);
    EXPECT_THAT(error_, HasSubstr("parameter `chunk` is missing"));
    // The other functions of the program can be called all the same.
    EXPECT_EQ(call_function({counts, counts_otherwise}, "count", R"([{"name":"chunk","value":"x"}])"), 2);
    EXPECT_THAT(error_, HasSubstr("different functions"));
    EXPECT_EQ(call_function({counts, counts_otherwise}, "none", "[]"), 2);
    EXPECT_THAT(error_, AllOf(HasSubstr("there is no function `none`"), Not(HasSubstr("different"))));
}

TEST_F(Programs, ParametersAreOfEveryKindOfDocument) {
    ASSERT_EQ(call({nightly}, {"yaml"}), 0) << error_;
    EXPECT_THAT(out_, HasSubstr("kind: CronWorkflow"));
    ASSERT_EQ(call({nightly}, {"yaml", "--shards", "8"}), 0) << error_;
    EXPECT_THAT(
        out_, AllOf(HasSubstr("kind: CronWorkflow"), HasSubstr("name: nightly"), HasSubstr("value: \"8\"")));
    EXPECT_EQ(call({nightly}, {"json", "-p", "shard=8"}), 2);
    EXPECT_THAT(error_, HasSubstr("no parameter `shard`; it has: shards"));
}

TEST_F(Programs, DocumentsOfOneNameAreRefusedWhereTheNameIsNeeded) {
    EXPECT_EQ(call({counts, sums}, {"yaml", "first"}), 2);
    EXPECT_EQ(
        error_,
        "program: two recipes of this program make documents called `first`, which a command cannot tell "
        "apart: give one of them another name\n");
    EXPECT_EQ(call({counts, sums}, {"run", "first", "--quiet"}), 2);
    EXPECT_EQ(call({counts, sums}, {"version"}), 0);
    // It has found both, and asks for what is missing.
    EXPECT_EQ(call_function({counts, sums}, "sum", "[]"), 2);
    EXPECT_THAT(error_, HasSubstr("function `sum`: parameter `totals` is missing"));
}

}  // namespace
}  // namespace tiphys::functions
