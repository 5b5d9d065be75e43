// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "child.hpp"

namespace tiphys::test {

/// A Workflow of this name; the spec is indented by two blanks.
inline std::string workflow(const std::string& spec, const std::string& name = "wf") {
    return "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata:\n  name: " + name + "\nspec:\n" +
           spec;
}

/// One script template; the source has eight blanks before each of its lines.
inline std::string script(const std::string& source, const std::string& name = "wf") {
    std::string lines;
    std::size_t at = 0;
    while (at <= source.size()) {
        const std::size_t end = std::min(source.find('\n', at), source.size());
        lines += "          " + source.substr(at, end - at) + "\n";
        at = end + 1;
    }
    return workflow(
        "  entrypoint: main\n  templates:\n    - name: main\n      script:\n        image: any\n"
        "        command: [sh]\n        source: |\n" +
            lines,
        name);
}

/// The program in a folder of the test's own.
class ProgramTest : public testing::Test {
protected:
    ProgramTest()
        : folder_(std::filesystem::temp_directory_path() /
                  ("tiphys-cli-" + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directories(folder_);
    }
    ~ProgramTest() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& text, const std::string& name = "f.yaml") {
        const auto path = folder_ / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
        return path.string();
    }
    Child::Settings settings() const { return {.environment = environment_, .state = folder_ / "state"}; }

    struct Result {
        int status;
        std::string out;
        std::string error;
    };
    Result tiphys(const std::vector<std::string>& arguments, Child::Settings with = {}) {
        with.state = folder_ / "state";
        with.environment.insert(with.environment.end(), environment_.begin(), environment_.end());
        Child child(arguments, with);
        const int status = child.wait();
        return {status, child.out(), child.error()};
    }
    /// What it prints when it succeeds.
    std::string said(const std::vector<std::string>& arguments, int status = 0) {
        const Result made = tiphys(arguments);
        EXPECT_EQ(made.status, status) << made.out << made.error;
        if (status == 0) {
            EXPECT_EQ(made.error, "");
        }
        return made.out;
    }
    /// A run that must not start anything: status 2 and one message.
    std::string refusal(const std::vector<std::string>& arguments) {
        const Result made = tiphys(arguments);
        EXPECT_EQ(made.status, 2) << made.out << made.error;
        EXPECT_EQ(made.out, "");
        EXPECT_THAT(made.error, testing::StartsWith("tiphys: "));
        return made.error;
    }

    std::filesystem::path folder_;
    std::vector<std::string> environment_;
};

}  // namespace tiphys::test
