// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tiphys::cli {
namespace {

using testing::HasSubstr;

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

TEST(Options, OfRun) {
    const auto made =
        parsed({"run", "-p", "a=1", "--parameter", "b=x=y", "f.yaml", "-p", "c=", "--quiet", "--entrypoint",
                "main", "--name", "n", "--directory", "d", "--parallelism", "3"});
    const auto* run = std::get_if<RunCommand>(&made.command);
    ASSERT_NE(run, nullptr) << made.error;
    EXPECT_EQ(run->file, "f.yaml");
    EXPECT_THAT(run->overrides.parameters,
                testing::ElementsAre(std::pair("a", "1"), std::pair("b", "x=y"), std::pair("c", "")));
    EXPECT_TRUE(run->how.quiet);
    EXPECT_EQ(run->overrides.entrypoint, "main");
    EXPECT_EQ(run->overrides.name, "n");
    EXPECT_EQ(run->how.engine.directory, "d");
    EXPECT_EQ(run->how.engine.parallelism, 3u);
}

TEST(Options, ADashIsStandardInput) {
    const auto made = parsed({"run", "-"});
    ASSERT_NE(std::get_if<RunCommand>(&made.command), nullptr) << made.error;
    EXPECT_EQ(std::get<RunCommand>(made.command).file, "-");
}

TEST(Options, OfServe) {
    EXPECT_EQ(std::get<ServeCommand>(parsed({"serve"}).command).port, 2746);
    EXPECT_EQ(std::get<ServeCommand>(parsed({"serve", "--port", "0"}).command).port, 0);
    EXPECT_TRUE(std::holds_alternative<VersionCommand>(parsed({"version"}).command));
}

TEST(Options, OfConvert) {
    const auto json = parsed({"convert", "--to", "json", "a.yaml", "-", "b.json"});
    const auto* convert = std::get_if<ConvertCommand>(&json.command);
    ASSERT_NE(convert, nullptr) << json.error;
    EXPECT_TRUE(convert->to_json);
    EXPECT_THAT(convert->files, testing::ElementsAre("a.yaml", "-", "b.json"));
    const auto yaml = parsed({"convert", "--to=yaml"});
    ASSERT_NE(std::get_if<ConvertCommand>(&yaml.command), nullptr) << yaml.error;
    EXPECT_FALSE(std::get<ConvertCommand>(yaml.command).to_json);
    EXPECT_TRUE(std::get<ConvertCommand>(yaml.command).files.empty());
    const auto cpp = parsed({"convert", "--to", "cpp", "--program", "--yaml", "a.yaml"});
    ASSERT_NE(std::get_if<ConvertCommand>(&cpp.command), nullptr) << cpp.error;
    EXPECT_TRUE(std::get<ConvertCommand>(cpp.command).to_cpp);
    EXPECT_TRUE(std::get<ConvertCommand>(cpp.command).program);
    EXPECT_TRUE(std::get<ConvertCommand>(cpp.command).yaml);
}

TEST(Options, HelpIsNoMistake) {
    const auto made = parsed({"run", "--help"});
    EXPECT_EQ(std::get<int>(made.command), 0);
    EXPECT_THAT(made.out, HasSubstr("--entrypoint"));
    EXPECT_EQ(made.error, "");
}

TEST(Options, MistakesAreBadUsage) {
    const std::vector<std::pair<std::vector<const char*>, const char*>> cases{
        {{}, "subcommand"},
        {{"walk"}, "walk"},
        {{"run"}, "FILE"},
        {{"run", "a", "b"}, "b"},
        {{"run", "a", "--quick"}, "--quick"},
        {{"run", "a", "-p", "x"}, "write a parameter as name=value"},
        {{"run", "a", "-p", "=x"}, "write a parameter as name=value"},
        {{"run", "a", "--name", "x", "--generate-name", "y"}, "--name"},
        {{"convert", "a"}, "--to"},
        {{"convert", "--to", "xml", "a"}, "xml"},
        {{"convert", "--to", "json", "--quick"}, "tiphys convert --help"},
        {{"convert", "--to", "json", "--program"}, "--to cpp"},
        {{"convert", "--to", "cpp", "--yaml"}, "--program"},
        {{"convert", "--to", "yaml", "--namespace", "a"}, "--to cpp"},
        {{"convert", "--to", "cpp", "--namespace", "a b"}, "not an identifier"},
        {{"convert", "--to", "cpp", "--namespace", "for"}, "not an identifier"},
        {{"serve", "--port", "many"}, "many"},
        {{"serve", "--port", "70000"}, "70000"},
    };
    for (const auto& [words, mention] : cases) {
        const auto made = parsed(words);
        ASSERT_TRUE(std::holds_alternative<int>(made.command)) << mention;
        EXPECT_EQ(std::get<int>(made.command), 2) << mention;
        EXPECT_THAT(made.error, testing::StartsWith("tiphys: "));
        EXPECT_THAT(made.error, HasSubstr(mention));
    }
}

}  // namespace
}  // namespace tiphys::cli
