// SPDX-License-Identifier: Apache-2.0
#include "options.hpp"

#include <tiphys/text/word_of.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <ostream>

namespace tiphys::cli {
namespace {

/// "name=value", as the argo command line takes it.
std::string split(const std::vector<std::string>& texts,
                  std::vector<std::pair<std::string, std::string>>& parameters) {
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == 0 || equals == std::string::npos)
            return "-p " + text + ": write a parameter as name=value";
        parameters.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return {};
}

/// One that users may take: not a keyword, nothing that compilers keep for themselves.
bool is_identifier(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !name.empty() && is_letter(name[0]) && !is_cpp_keyword(name) && name != "std" &&
           name != "tiphys" && name.find("__") == name.npos &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

Command parse(int argc, const char* const* argv, std::ostream& out, std::ostream& error) {
    CLI::App app("Argo Workflows on this machine.", "tiphys");
    app.require_subcommand(1);

    RunCommand run;
    std::vector<std::string> parameters;
    CLI::App* run_command = app.add_subcommand(
        "run", "Run a workflow on the embedded server, with its pods as processes of this machine");
    run_command->add_option("FILE", run.file, "Manifest of a Workflow, YAML or JSON; - reads standard input")
        ->required();
    run_command
        ->add_option("-p,--parameter", parameters,
                     "Value of a parameter of the workflow, as name=value; repeatable")
        ->allow_extra_args(false)
        ->take_all();
    run_command->add_option("--entrypoint", run.overrides.entrypoint,
                            "Template to start with, instead of spec.entrypoint");
    auto* name = run_command->add_option("--name", run.overrides.name,
                                         "Name of the workflow, instead of metadata.name");
    run_command
        ->add_option("--generate-name", run.overrides.generate_name,
                     "Beginning of the name; the server adds the rest")
        ->excludes(name);
    run_command->add_option("--directory", run.how.engine.directory, "Folder for logs and outputs");
    run_command->add_option("--parallelism", run.how.engine.parallelism,
                            "Pods that run at the same time (default: one a processor)");
    run_command->add_flag("-q,--quiet", run.how.quiet, "Do not print what the pods print");

    ServeCommand serve;
    CLI::App* serve_command = app.add_subcommand("serve", "Serve Argo's API on 127.0.0.1 until Ctrl-C");
    serve_command->add_option("--port", serve.port, "Port to listen on; 0 takes a free one")
        ->capture_default_str();
    serve_command->add_option("--directory", serve.directory, "Folder for logs and outputs");
    serve_command->add_option("--parallelism", serve.parallelism,
                              "Pods that run at the same time (default: one a processor)");

    ConvertCommand convert;
    std::string format;
    CLI::App* convert_command =
        app.add_subcommand("convert", "Write manifests as JSON, as YAML or as C++ to standard output");
    convert_command->add_option("--to", format, "Format to write: json, yaml or cpp")
        ->required()
        ->check(CLI::IsMember({"json", "yaml", "cpp"}));
    auto* program = convert_command->add_flag(
        "--program", convert.program, "C++: a program that prints its documents, instead of a header");
    convert_command->add_flag("--yaml", convert.yaml, "C++: the program prints YAML instead of JSON")
        ->needs(program);
    auto* name_space =
        convert_command->add_option("--namespace", convert.name_space, "C++: the namespace of the recipes")
            ->capture_default_str();
    convert_command->add_option("FILE", convert.files,
                                "Manifests, YAML or JSON; - or none reads standard input");

    LintCommand lint;
    CLI::App* lint_command =
        app.add_subcommand("lint", "Judge manifests by Argo's rules and more, without a server");
    const std::map<std::string, LintFormat> formats = {
        {"text", LintFormat::text}, {"json", LintFormat::json}, {"github", LintFormat::github}};
    lint_command->add_option("--format", lint.how.format, "Form of the output: text, json or github")
        ->transform(CLI::CheckedTransformer(formats))
        ->default_str("text");
    lint_command->add_option("--argo-version", lint.how.argo_version,
                             "Judge for this release of Argo too, such as 3.7: fields that it lacks");
    lint_command
        ->add_option("--disable", lint.how.disabled,
                     "Rule that is not to be applied; repeatable. Only rules that Argo "
                     "itself does not enforce")
        ->allow_extra_args(false)
        ->take_all();
    lint_command->add_flag("--create", lint.how.create,
                           "Judge as the server does when a workflow is created: its arguments have values");
    lint_command
        ->add_option(
            "FILE", lint.files,
            "Manifests, folders of them, or - for standard input; together they are one set, in which "
            "templates refer to each other")
        ->required();

    app.add_subcommand("version", "Print the version of this program and of the API it serves");

    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        app.exit(help, out, error);
        return exit_succeeded;
    } catch (const CLI::ParseError& wrong) {
        // The parser would only say that a command is missing.
        if (app.get_subcommands().empty() && argc > 1 && argv[1][0] != '-') {
            error << "tiphys: there is no command `" << argv[1]
                  << "`; there are run, serve, convert, lint and version\n";
            return exit_usage;
        }
        error << "tiphys: " << wrong.what() << "\nRun `tiphys"
              << (*run_command       ? " run"
                  : *serve_command   ? " serve"
                  : *convert_command ? " convert"
                  : *lint_command    ? " lint"
                                     : "")
              << " --help` for what there is.\n";
        return exit_usage;
    }
    if (*run_command) {
        if (const std::string wrong = split(parameters, run.overrides.parameters); !wrong.empty()) {
            error << "tiphys: " << wrong << "\n";
            return exit_usage;
        }
        return run;
    }
    if (*serve_command) return serve;
    if (*convert_command) {
        convert.to_json = format == "json";
        convert.to_cpp = format == "cpp";
        if ((convert.program || *name_space) && !convert.to_cpp) {
            error << "tiphys: " << (convert.program ? "--program" : "--namespace")
                  << " is for C++: write it with --to cpp\n";
            return exit_usage;
        }
        if (!is_identifier(convert.name_space)) {
            error << "tiphys: --namespace " << convert.name_space << ": not an identifier of C++\n";
            return exit_usage;
        }
        return convert;
    }
    if (*lint_command) return lint;
    return VersionCommand{};
}

}  // namespace tiphys::cli
