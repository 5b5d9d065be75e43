// SPDX-License-Identifier: Apache-2.0
// `convert` from folders into folders.
#include "cli/folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/commands.hpp"

namespace tiphys::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string workflow(const std::string& name) {
    return "kind: Workflow\nmetadata: {name: " + name +
           "}\nspec: {entrypoint: m, templates: [{name: m, container: {image: i}}]}\n";
}

class Folder : public testing::Test {
protected:
    Folder() {
        std::string name = (fs::path(testing::TempDir()) / "tiphys-folder-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for temporary files");
        folder_ = name;
        for (const char* one :
             {"in/a.yaml", "in/team/b.yml", "in/team/deep/c.json", "in/.git/d.yaml", "in/notes.txt"})
            file(one, std::string(one).ends_with("txt") ? "notes" : workflow("w"));
    }
    ~Folder() override { fs::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& text) const {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name) << text;
        return (folder_ / name).string();
    }
    std::string text(const std::string& name) const {
        std::ifstream in(folder_ / name);
        return std::string(std::istreambuf_iterator<char>(in), {});
    }
    /// All files below a folder, by their paths in it.
    std::vector<std::string> files(const std::string& below) const {
        std::vector<std::string> made;
        if (fs::exists(folder_ / below))
            for (const auto& entry : fs::recursive_directory_iterator(folder_ / below))
                if (entry.is_regular_file())
                    made.push_back(entry.path().lexically_relative(folder_ / below).string());
        std::sort(made.begin(), made.end());
        return made;
    }
    ConvertCommand into(const std::string& output, bool recursive = true) const {
        ConvertCommand made;
        made.files = {(folder_ / "in").string()};
        made.output = (folder_ / output).string();
        made.recursive = recursive;
        return made;
    }
    std::string converted(const ConvertCommand& command) const {
        std::ostringstream out;
        EXPECT_EQ(convert(command, out), 0);
        return out.str().substr(command.output.size());
    }
    std::string refusal(const ConvertCommand& command) const {
        std::ostringstream out;
        try {
            convert(command, out);
        } catch (const UsageError& error) {
            EXPECT_EQ(out.str(), "");
            return error.what();
        }
        return "no error";
    }

    fs::path folder_;
};

TEST_F(Folder, KeepsTheTree) {
    EXPECT_EQ(converted(into("out")), ": 3 files written, 0 up to date\n");
    EXPECT_THAT(files("out"), ElementsAre("a.yaml", "team/b.yaml", "team/deep/c.yaml"));
    EXPECT_THAT(text("out/team/deep/c.yaml"), StartsWith("kind: Workflow\nmetadata:\n  name: w\n"));
    ConvertCommand json = into("json", false);
    json.to_json = true;
    converted(json);
    EXPECT_THAT(files("json"), ElementsAre("a.json"));
    ConvertCommand cpp = into("cpp");
    cpp.to_cpp = true;
    converted(cpp);
    cpp.program = true;
    converted(cpp);
    EXPECT_THAT(files("cpp"), ElementsAre("a.cpp", "a.hpp", "team/b.cpp", "team/b.hpp", "team/deep/c.cpp",
                                          "team/deep/c.hpp"));
}

TEST_F(Folder, FlattenPutsAllIntoOne) {
    ConvertCommand flat = into("flat");
    flat.flatten = true;
    converted(flat);
    EXPECT_THAT(files("flat"), ElementsAre("a.yaml", "b.yaml", "c.yaml"));
    file("in/team/a.json", workflow("other"));
    flat.output = (folder_ / "clash").string();
    EXPECT_THAT(refusal(flat), AllOf(HasSubstr("in/a.yaml"), HasSubstr("in/team/a.json"),
                                     HasSubstr("would both become"), HasSubstr("--flatten")));
    EXPECT_FALSE(fs::exists(flat.output));
}

TEST_F(Folder, PatternsChooseFiles) {
    ConvertCommand some = into("some");
    some.choice.include = {"*.yml", "team/**/*.json"};
    converted(some);
    EXPECT_THAT(files("some"), ElementsAre("team/b.yaml", "team/deep/c.yaml"));
    some = into("rest");
    some.choice.exclude = {"team/**"};
    converted(some);
    EXPECT_THAT(files("rest"), ElementsAre("a.yaml"));
    some.choice.exclude = {"*"};
    EXPECT_THAT(refusal(some), HasSubstr("--include and --exclude"));
}

TEST_F(Folder, WhatIsUpToDateIsLeftAlone) {
    converted(into("out"));
    const auto before = fs::last_write_time(folder_ / "out/a.yaml");
    file("out/team/b.yaml", "old");
    file("out/mine.txt", "mine");
    EXPECT_EQ(converted(into("out")), ": 1 file written, 2 up to date\n");
    EXPECT_EQ(fs::last_write_time(folder_ / "out/a.yaml"), before);
    EXPECT_THAT(text("out/team/b.yaml"), HasSubstr("kind: Workflow"));
    EXPECT_EQ(text("out/mine.txt"), "mine");
}

TEST_F(Folder, AMistakeLeavesEverythingAsItWas) {
    file("out/a.yaml", "old");
    file("in/team/wrong.yaml", "kind: Workflow\nspec: {entrypiont: a}\n");
    EXPECT_THAT(refusal(into("out")), HasSubstr("wrong.yaml"));
    EXPECT_THAT(files("out"), ElementsAre("a.yaml"));
    EXPECT_EQ(text("out/a.yaml"), "old");
    fs::remove(folder_ / "in/team/wrong.yaml");
    // A file where a folder must be: found after other files were prepared.
    file("out/team", "in the way");
    std::ostringstream out;
    EXPECT_THROW(convert(into("out"), out), std::exception);
    EXPECT_THAT(files("out"), ElementsAre("a.yaml", "team"));
    EXPECT_EQ(text("out/a.yaml"), "old");
}

TEST_F(Folder, WhatAKilledOneHasLeftIsNotInTheWay) {
    // In a container the next has the same process number.
    const std::string part = ".a.yaml.tiphys-" + std::to_string(getpid());
    file("out/" + part, "half of it");
    file("out/" + part + "-1", "half of it");
    EXPECT_EQ(converted(into("out", false)), ": 1 file written, 0 up to date\n");
    EXPECT_THAT(text("out/a.yaml"), HasSubstr("kind: Workflow"));
    EXPECT_THAT(files("out"), ElementsAre(part, part + "-1", "a.yaml"));
}

TEST_F(Folder, NothingIsMadeOverWhatIsRead) {
    ConvertCommand same = into("in");
    EXPECT_THAT(refusal(same), HasSubstr("is read and would be replaced"));
    EXPECT_EQ(text("in/a.yaml"), workflow("w"));
    same.files = {"-"};
    EXPECT_THAT(refusal(same), HasSubstr("standard input"));
    same.files = {};
    EXPECT_THAT(refusal(same), HasSubstr("needs files or folders"));
    ConvertCommand two = into("out");
    two.files = {file("x/a.yaml", workflow("w")), file("y/a.yaml", workflow("w"))};
    EXPECT_THAT(refusal(two), HasSubstr("would both become"));
}

TEST(Patterns, MatchNamesAndPaths) {
    EXPECT_TRUE(matches("a.yaml", "*.yaml"));
    EXPECT_TRUE(matches("a.yaml", "?.y*"));
    EXPECT_FALSE(matches("a/b.yaml", "*.yaml"));
    EXPECT_TRUE(matches("a/b.yaml", "**/*.yaml"));
    EXPECT_TRUE(matches("b.yaml", "**/*.yaml"));
    EXPECT_TRUE(matches("a/b/c.yaml", "a/**"));
    EXPECT_TRUE(matches("a/b/c.yaml", "a/**/c.yaml"));
    EXPECT_FALSE(matches("a", "a/**"));
    EXPECT_FALSE(matches("a/b", "a?b"));
    EXPECT_TRUE(matches("", "*"));
    EXPECT_FALSE(matches("ab", "a"));
}

}  // namespace
}  // namespace tiphys::cli
