// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <iostream>

#include "compare.hpp"
#include "distil.hpp"
#include "emit.hpp"
#include "files.hpp"
#include "problem.hpp"

namespace {

using namespace tiphys::generator;

exit_code run_distil(const std::string& swagger, const std::string& release, const std::string& output,
                     bool check) {
    const std::string text = write_schema(distil(read_file(swagger), swagger, release));
    if (!check) {
        write_file(output, text);
        return exit_code::ok;
    }
    if (read_file(output) == text) return exit_code::ok;
    std::cout << output << ": differs from what " << swagger << " says\n";
    return exit_code::differs;
}

std::vector<Schema> read_schemas(const std::filesystem::path& folder) {
    std::vector<Schema> schemas;
    for (const auto& path : list_folder(folder))
        if (path.extension() == ".json") schemas.push_back(read_schema(read_file(path), path.string()));
    if (schemas.empty()) throw Problem(folder.string() + ": holds no schema; write one with distil");
    return schemas;
}

exit_code run_emit(const std::filesystem::path& schemas, const std::filesystem::path& root, bool check) {
    const History history = merge(read_schemas(schemas), argo_corrections());
    const Files files = emit(history, build_model(history, argo_corrections()));
    if (!check) {
        write_files(root, files);
        return exit_code::ok;
    }
    const auto found = differences(root, files);
    for (const std::string& line : found) std::cout << line << '\n';
    return found.empty() ? exit_code::ok : exit_code::differs;
}

/// Distils the release into the folder of schemas, in the place of an older patch of the same minor release,
/// emits, and prints what changed since that patch or the release before.
exit_code run_update(const std::string& swagger, const std::string& release,
                     const std::filesystem::path& schemas, const std::filesystem::path& root) {
    const Schema made = distil(read_file(swagger), swagger, release);
    std::vector<Schema> all = read_schemas(schemas);
    const std::string minor = minor_release(release);
    const Schema* before = nullptr;
    for (const Schema& each : all) {
        if (each.release == release || is_older(release, each.release)) continue;
        if (before == nullptr || is_older(before->release, each.release)) before = &each;
    }
    const std::string changes = before == nullptr ? "" : compare(*before, made);
    std::vector<std::string> replaced;
    std::erase_if(all, [&](const Schema& each) {
        if (minor_release(each.release) != minor) return false;
        if (each.release != release) replaced.push_back(each.release);
        return true;
    });
    all.push_back(made);
    // Everything that can be wrong is found out before the first file is written.
    const History history = merge(std::move(all), argo_corrections());
    const Files files = emit(history, build_model(history, argo_corrections()));
    write_file(schemas / (release + ".json"), write_schema(made));
    for (const std::string& old : replaced) std::filesystem::remove(schemas / (old + ".json"));
    write_files(root, files);
    std::cout << changes;
    return exit_code::ok;
}

exit_code run_diff(const std::string& from, const std::string& to) {
    std::cout << compare(read_schema(read_file(from), from), read_schema(read_file(to), to));
    return exit_code::ok;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Writes the models of Tiphys from the facts of an Argo release.", "tiphys-generate");
    app.require_subcommand(1);
    app.footer("Exit status: 0 done, 1 wrong input, 2 wrong usage, 3 --check found differences.");
    bool check = false;
    std::string swagger, release, schemas, output, from, to, root = ".";
    auto* distil_command =
        app.add_subcommand("distil", "Read Argo's swagger.json, write the schema of facts");
    distil_command->add_option("--swagger", swagger, "Argo's api/openapi-spec/swagger.json")->required();
    distil_command->add_option("--release", release, "Argo release, for example v4.1.2")->required();
    distil_command->add_option("--output", output, "Schema file to write")->required();
    distil_command->add_flag("--check", check, "Write nothing; compare");
    auto* emit_command =
        app.add_subcommand("emit", "Read the schemas of all releases, write the folders called generated/");
    emit_command->add_option("--root", root, "Root of the repository (default: where you are)");
    emit_command->add_option("--schemas", schemas,
                             "Folder of schemas (default: generator/schema in the root)");
    emit_command->add_flag("--check", check, "Write nothing; list files that differ");
    auto* update_command = app.add_subcommand(
        "update", "Take in a release of Argo: distil, emit, and print what changed as a table");
    update_command->add_option("--swagger", swagger, "Argo's api/openapi-spec/swagger.json")->required();
    update_command->add_option("--release", release, "Argo release, for example v4.1.2")->required();
    update_command->add_option("--root", root, "Root of the repository (default: where you are)");
    auto* diff_command = app.add_subcommand("diff", "Print what changed between two schemas as a table");
    diff_command->add_option("OLD", from, "Schema file of the earlier release")->required();
    diff_command->add_option("NEW", to, "Schema file of the later release")->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? 0 : static_cast<int>(exit_code::wrong_usage);
    }
    try {
        exit_code status = exit_code::ok;
        if (distil_command->parsed()) status = run_distil(swagger, release, output, check);
        if (emit_command->parsed())
            status = run_emit(schemas.empty() ? root + "/generator/schema" : schemas, root, check);
        if (update_command->parsed()) status = run_update(swagger, release, root + "/generator/schema", root);
        if (diff_command->parsed()) status = run_diff(from, to);
        return static_cast<int>(status);
    } catch (const std::exception& error) {
        std::cerr << "tiphys-generate: " << error.what() << '\n';
        return static_cast<int>(exit_code::wrong_input);
    }
}
