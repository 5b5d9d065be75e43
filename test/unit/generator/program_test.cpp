// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "files.hpp"
#include "support/require.hpp"

namespace tiphys::generator {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// The program, run in a folder of its own.
class Program : public testing::Test {
protected:
    Program() {
        std::string name = (fs::temp_directory_path() / "tiphys-generator-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    ~Program() override { fs::remove_all(folder); }

    /// Runs it; its texts are in `out` and `err` afterwards.
    int run(const std::string& arguments) {
        const std::string command =
            "cd '" + folder.string() + "' && '" TIPHYS_GENERATE "' " + arguments + " >out.txt 2>err.txt";
        const int status = std::system(command.c_str());
        out = read_file(folder / "out.txt");
        err = read_file(folder / "err.txt");
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    fs::path folder;
    std::string out, err;
};

const std::string emit_here = "emit --schemas '" TIPHYS_SCHEMAS "' ";

TEST_F(Program, ExplainsItself) {
    EXPECT_EQ(run("--help"), 0);
    EXPECT_THAT(out,
                HasSubstr("Exit status: 0 done, 1 wrong input, 2 wrong usage, 3 --check found differences."));
    EXPECT_EQ(run("emit --help"), 0);
    EXPECT_THAT(out, HasSubstr("--schemas"));
}

TEST_F(Program, RefusesWrongUsage) {
    EXPECT_EQ(run(""), 2);
    EXPECT_EQ(run("distil --swagger x --release v1.0.0"), 2);
    EXPECT_THAT(err, HasSubstr("--output is required"));
    EXPECT_EQ(run("emit --colour"), 2);
    EXPECT_EQ(run("distil --swagger x --output y"), 2);
    EXPECT_EQ(run("transmogrify"), 2);
}

TEST_F(Program, RefusesWrongInput) {
    EXPECT_EQ(run("emit"), 1);
    EXPECT_EQ(err, "tiphys-generate: ./generator/schema: cannot be read: No such file or directory\n");
    EXPECT_EQ(run("emit --schemas ."), 1);
    EXPECT_EQ(err, "tiphys-generate: .: holds no schema; write one with distil\n");
    const fs::path bad = folder / "generator/schema/bad.json";
    fs::create_directories(bad / "a folder");
    EXPECT_EQ(run("emit"), 1);
    EXPECT_EQ(err, "tiphys-generate: ./generator/schema/bad.json: cannot be read: is a folder\n");
    fs::remove_all(bad);
    write_file(bad, R"({"release": "v1.0.0", "definitions": {"a.X": {"p": "a.Y"}}, "operations": {}})");
    EXPECT_EQ(run("emit"), 1);
    EXPECT_EQ(err,
              "tiphys-generate: ./generator/schema/bad.json: a.X.p: refers to \"a.Y\", which is not a "
              "definition\n");
    EXPECT_FALSE(fs::exists(folder / "include"));
    write_file(folder / "swagger.json",
               R"({"swagger": "2.0", "paths": {}, "definitions": {"a.X": {"type": "object", "properties":
                   {"p": {"$ref": "#/definitions/a.Y"}}}}})");
    EXPECT_EQ(run("distil --swagger swagger.json --release v1 --output made.json"), 1);
    EXPECT_EQ(err,
              "tiphys-generate: swagger.json: a.X.p: $ref \"#/definitions/a.Y\" is not a definition of this "
              "file\n");
    EXPECT_FALSE(fs::exists(folder / "made.json"));
}

TEST_F(Program, SaysWhichFileCannotBeWritten) {
    write_file(folder / "include", "a file where a folder must be");
    EXPECT_EQ(run(emit_here), 1);
    EXPECT_THAT(err, HasSubstr("./include/tiphys/build/generated/"));
    EXPECT_THAT(err, HasSubstr("cannot be written"));
}

TEST_F(Program, WritesComparesAndCleans) {
    EXPECT_EQ(run(emit_here + "--check"), 3);
    EXPECT_THAT(out, HasSubstr("include/tiphys/model/generated/workflow.hpp: is missing\n"));
    EXPECT_EQ(run(emit_here), 0);
    EXPECT_EQ(out + err, "");
    EXPECT_EQ(run(emit_here + "--check"), 0);
    EXPECT_EQ(out, "");

    const fs::path header = folder / "include/tiphys/model/generated/workflow.hpp";
    const std::string text = read_file(header);
    write_file(header, text + "\n");
    write_file(folder / "lib/model/generated/old.cpp", "");
    EXPECT_EQ(run(emit_here + "--check"), 3);
    EXPECT_EQ(out,
              "include/tiphys/model/generated/workflow.hpp: differs\n"
              "lib/model/generated/old.cpp: is not generated from this schema\n");
    EXPECT_EQ(run(emit_here), 0);
    EXPECT_EQ(read_file(header), text);
    EXPECT_FALSE(fs::exists(folder / "lib/model/generated/old.cpp"));
    EXPECT_EQ(run(emit_here + "--check"), 0);
}

TEST_F(Program, LeavesEqualFilesAlone) {
    ASSERT_EQ(run(emit_here), 0);
    const fs::path header = folder / "include/tiphys/model/generated/workflow.hpp";
    const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(24);
    fs::last_write_time(header, long_ago);
    ASSERT_EQ(run(emit_here), 0);
    EXPECT_EQ(fs::last_write_time(header), long_ago) << "everything would be compiled again";
}

TEST_F(Program, DistilsTheCommittedSchemasAgain) {
    int found = 0;
    for (const auto& schema : fs::directory_iterator(TIPHYS_SCHEMAS)) {
        const std::string release = schema.path().stem().string();
        const fs::path swagger = fs::path(TIPHYS_ARGO_DATA) / release / "swagger.json";
        if (!fs::exists(swagger)) continue;
        ++found;
        const std::string files =
            " --swagger '" + swagger.string() + "' --output '" + schema.path().string() + "'";
        EXPECT_EQ(run("distil --check --release " + release + files), 0) << out << err;
        // And it would notice.
        EXPECT_EQ(run("distil --check --release v4.1.3" + files), 3);
        EXPECT_THAT(out, HasSubstr(release + ".json: differs from what"));
    }
    TIPHYS_NEEDS_ARGO_DATA(found != 0, TIPHYS_ARGO_DATA);
    EXPECT_EQ(found, 4);
}

TEST_F(Program, PrintsWhatChangedBetweenReleases) {
    const std::string schemas = TIPHYS_SCHEMAS;
    EXPECT_EQ(run("diff '" + schemas + "/v3.7.18.json' '" + schemas + "/v4.0.10.json'"), 0) << err;
    EXPECT_THAT(out, HasSubstr("| what | v3.7.18 | v4.0.10 |\n|---|---|---|\n"));
    EXPECT_THAT(out, HasSubstr("| io.argoproj.workflow.v1alpha1.CronWorkflowSpec.schedule | string | – |\n"));
    EXPECT_THAT(out, HasSubstr("| io.argoproj.workflow.v1alpha1.CronWorkflowSpec.schedules | list string | "
                               "required list string |\n"));
    EXPECT_EQ(run("diff '" + schemas + "/v4.1.2.json' '" + schemas + "/v4.1.2.json'"), 0);
    EXPECT_EQ(out, "v4.1.2 and v4.1.2 do not differ\n");
    EXPECT_EQ(run("diff '" + schemas + "/v4.1.2.json'"), 2);
    EXPECT_EQ(run("diff '" + schemas + "/v4.1.2.json' nowhere.json"), 1);
    EXPECT_EQ(err, "tiphys-generate: nowhere.json: cannot be read: No such file or directory\n");
}

TEST_F(Program, MakesTheModelsOfANewReleaseInOneCommand) {
    const fs::path data = TIPHYS_ARGO_DATA;
    const std::vector<std::string> releases{"v3.6.10", "v3.7.18", "v4.0.10", "v4.1.2"};
    for (const std::string& release : releases)
        TIPHYS_NEEDS_ARGO_DATA(fs::exists(data / release / "swagger.json"), data / release);
    // 4.2 shall be 4.1 with one field renamed.
    std::string swagger = read_file(data / "v4.1.2/swagger.json");
    const std::string name = "\"duration\"";
    const auto at = swagger.find(name, swagger.find("\"io.argoproj.workflow.v1alpha1.SuspendTemplate\": {"));
    ASSERT_NE(at, std::string::npos);
    swagger.replace(at, name.size(), "\"pause\"");
    write_file(folder / "v4.2.0.json", swagger);
    fs::create_directories(folder / "generator/schema");
    fs::copy(TIPHYS_SCHEMAS, folder / "generator/schema");
    const auto update = [&](const std::string& release, const fs::path& file) {
        return run("update --release " + release + " --swagger '" + file.string() + "'");
    };
    // Each of the releases is taken in again without a change.
    for (const std::string& release : releases)
        EXPECT_EQ(update(release, data / release / "swagger.json"), 0) << err;
    for (const std::string& release : releases)
        EXPECT_EQ(read_file(folder / "generator/schema" / (release + ".json")),
                  read_file(fs::path(TIPHYS_SCHEMAS) / (release + ".json")));
    EXPECT_EQ(run("emit --check --root '" TIPHYS_SOURCE_DIR "'"), 0) << out;
    EXPECT_EQ(read_file(folder / "include/tiphys/model/generated/workflow.hpp"),
              read_file(TIPHYS_SOURCE_DIR "/include/tiphys/model/generated/workflow.hpp"));

    const std::string table =
        "|---|---|---|\n"
        "| io.argoproj.workflow.v1alpha1.SuspendTemplate.duration | string | – |\n"
        "| io.argoproj.workflow.v1alpha1.SuspendTemplate.pause | – | string |\n";
    ASSERT_EQ(update("v4.2.0", "v4.2.0.json"), 0) << err;
    EXPECT_EQ(out, "| what | v4.1.2 | v4.2.0 |\n" + table);
    // A patch takes the place of the patch before.
    ASSERT_EQ(update("v4.2.1", "v4.2.0.json"), 0) << err;
    EXPECT_EQ(out, "v4.2.0 and v4.2.1 do not differ\n");
    EXPECT_FALSE(fs::exists(folder / "generator/schema/v4.2.0.json"));
    EXPECT_EQ(update("4.3", "v4.2.0.json"), 1);
    EXPECT_EQ(err, "tiphys-generate: release \"4.3\" is not written like v4.1.2\n");
    // Nothing is written if a correction does not fit.
    write_file(folder / "small.json", R"({"swagger": "2.0", "paths": {}, "definitions": {
        "io.argoproj.workflow.v1alpha1.Cache": {"type": "object", "properties": {"configMap": {"type": "string"}}}}})");
    EXPECT_EQ(update("v4.3.0", "small.json"), 1);
    EXPECT_THAT(err, HasSubstr("io.argoproj.workflow.v1alpha1.Cache"));
    EXPECT_FALSE(fs::exists(folder / "generator/schema/v4.3.0.json"));
    const std::string notes = read_file(folder / "lib/model/generated/releases.cpp");
    EXPECT_THAT(notes, HasSubstr(R"({"3.6", "3.7", "4.0", "4.1", "4.2"})"));
    EXPECT_THAT(notes, HasSubstr(R"(SuspendTemplate", "duration", 0, 3, "")"));
    EXPECT_THAT(notes, HasSubstr(R"(SuspendTemplate", "pause", 4, 4, "")"));
    EXPECT_THAT(read_file(folder / "include/tiphys/model/generated/operations.hpp"),
                HasSubstr(R"(argo_release = "v4.2.1")"));
}

}  // namespace
}  // namespace tiphys::generator
