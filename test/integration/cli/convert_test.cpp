// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "child.hpp"

namespace tiphys::test {
namespace {

using testing::HasSubstr;

class ConvertTest : public testing::Test {
protected:
    ConvertTest() {
        std::string name = (std::filesystem::temp_directory_path() / "tiphys-convert-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = name;
    }
    ~ConvertTest() override { std::filesystem::remove_all(folder_); }

    struct Result {
        int status;
        std::string out;
        std::string error;
    };
    Result tiphys(const std::vector<std::string>& arguments, const std::string& input = {}) const {
        Child child(arguments, {.input = input, .state = folder_});
        const int status = child.wait();
        return {status, child.out(), child.error()};
    }

    std::filesystem::path folder_;
};

constexpr const char* yaml = "kind: Workflow\nmetadata:\n  name: a\nspec:\n  entrypoint: main\n";
constexpr const char* json =
    "{\n  \"kind\": \"Workflow\",\n  \"metadata\": {\n    \"name\": \"a\"\n  },\n  \"spec\": {\n"
    "    \"entrypoint\": \"main\"\n  }\n}\n";

TEST_F(ConvertTest, ReadsStandardInput) {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"convert", "--to", "json"},
                                                      {"convert", "--to", "json", "-"},
                                                      {"convert", "-", "--to=json"}}) {
        const Result made = tiphys(arguments, yaml);
        EXPECT_EQ(made.status, 0) << made.error;
        EXPECT_EQ(made.out, json);
        EXPECT_EQ(made.error, "");
    }
    EXPECT_EQ(tiphys({"convert", "--to", "yaml"}, json).out, yaml);
    EXPECT_EQ(tiphys({"convert", "--to", "yaml"}, std::string(json) + json).out,
              std::string(yaml) + "---\n" + yaml);
}

TEST_F(ConvertTest, ReadsFilesBesideStandardInput) {
    const std::string file = (folder_ / "f.yaml").string();
    std::ofstream(file) << yaml << "---\nkind: ConfigMap\n";
    const Result made = tiphys({"convert", "--to", "yaml", file, "-"}, json);
    EXPECT_EQ(made.status, 0) << made.error;
    EXPECT_EQ(made.out, std::string(yaml) + "---\nkind: ConfigMap\n---\n" + yaml);
}

TEST_F(ConvertTest, WhatCannotBeReadIsStatusTwo) {
    const Result unknown = tiphys({"convert", "--to", "json"}, std::string(yaml) + "  entrypiont: x\n");
    EXPECT_EQ(unknown.status, 2);
    EXPECT_EQ(unknown.out, "");
    EXPECT_EQ(unknown.error,
              "tiphys: spec.entrypiont: unknown field of WorkflowSpec; did you mean \"entrypoint\"? "
              "(standard input:6:3)\n");
    const Result none = tiphys({"convert", "--to", "json", (folder_ / "none").string()});
    EXPECT_EQ(none.status, 2);
    EXPECT_THAT(none.error, HasSubstr("cannot open: No such file or directory"));
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"convert"}, {"convert", "--to", "xml"}, {"convert", "--to"}}) {
        const Result made = tiphys(arguments);
        EXPECT_EQ(made.status, 2) << made.out;
        EXPECT_THAT(made.error, HasSubstr("--to"));
    }
}

}  // namespace
}  // namespace tiphys::test
