// SPDX-License-Identifier: Apache-2.0
// The commands that work on files: convert, lint, diff.
#include <tiphys/text/word_of.hpp>

#include <algorithm>
#include <memory>

#include "option_parts.hpp"

namespace tiphys::cli {
namespace {

/// One that users may take: not a keyword, nothing that compilers keep for themselves.
bool is_identifier(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !name.empty() && is_letter(name[0]) && !is_cpp_keyword(name) && name != "std" &&
           name != "tiphys" && name.find("__") == name.npos &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

void offer_convert(CLI::App& app, Offers& offers) {
    struct Words {
        ConvertCommand convert;
        std::string format;
    };
    const auto words = std::make_shared<Words>();
    ConvertCommand& convert = words->convert;
    CLI::App* command = app.add_subcommand(
        "convert", "Write manifests as JSON, as YAML or as C++ to standard output or into a folder");
    command->add_option("--to", words->format, "Format to write: json, yaml or cpp")
        ->required()
        ->check(CLI::IsMember({"json", "yaml", "cpp"}));
    auto* program = command->add_flag("--program", convert.program,
                                      "C++: a program that prints its documents, instead of a header");
    command->add_flag("--yaml", convert.yaml, "C++: the program prints YAML instead of JSON")->needs(program);
    auto* name_space =
        command->add_option("--namespace", convert.name_space, "C++: the namespace of the recipes")
            ->capture_default_str();
    auto* output = command->add_option("-o,--output", convert.output,
                                       "Folder that gets a file for each file that is read; made if need be");
    const auto of_folders = [output](CLI::Option* option) { option->needs(output)->group("Folders"); };
    of_folders(command->add_flag("-r,--recursive", convert.recursive, "Folders within folders too"));
    of_folders(command->add_flag("--flatten", convert.flatten, "All files into the folder itself"));
    of_folders(add_repeatable(*command, "-i,--include", convert.choice.include,
                              "Of folders only files like this, such as '*.yaml' or 'team/**'; repeatable"));
    of_folders(add_repeatable(*command, "-x,--exclude", convert.choice.exclude,
                              "Of folders no files like this; repeatable"));
    command->add_option("FILE", convert.files,
                        "Manifests, YAML or JSON; - or none reads standard input; with --output folders too");
    offers.push_back({command, [words, name_space] {
                          ConvertCommand made = words->convert;
                          made.to_json = words->format == "json";
                          made.to_cpp = words->format == "cpp";
                          if ((made.program || *name_space) && !made.to_cpp)
                              throw UsageError(std::string(made.program ? "--program" : "--namespace") +
                                               " is for C++: write it with --to cpp");
                          if (!is_identifier(made.name_space))
                              throw UsageError("--namespace " + made.name_space +
                                               ": not an identifier of C++");
                          return made;
                      }});
}

void offer_lint(CLI::App& app, Offers& offers) {
    struct Words {
        LintCommand lint;
        std::string format = "text";
    };
    const auto words = std::make_shared<Words>();
    LintCommand* lint = &words->lint;
    CLI::App* command =
        app.add_subcommand("lint", "Judge manifests by Argo's rules and more, without a server");
    command->add_option("--format", words->format, "Form of the output: text, json or github")
        ->check(CLI::IsMember({"text", "json", "github"}))
        ->capture_default_str();
    command->add_option("--argo-version", lint->how.argo_version,
                        "Judge for this release of Argo too, such as 3.7: fields that it lacks");
    add_repeatable(
        *command, "--disable", lint->how.disabled,
        "Rule that is not to be applied; repeatable. Only rules that Argo itself does not enforce");
    command->add_flag("--create", lint->how.create,
                      "Judge as the server does when a workflow is created: its arguments have values");
    command
        ->add_option("FILE", lint->files,
                     "Manifests, folders of them, or - for standard input; together they are one set, in "
                     "which templates refer to each other")
        ->required();
    offers.push_back({command, [words] {
                          words->lint.how.format = words->format == "json"     ? LintFormat::json
                                                   : words->format == "github" ? LintFormat::github
                                                                               : LintFormat::text;
                          return words->lint;
                      }});
}

void offer_diff(CLI::App& app, Offers& offers) {
    struct Words {
        DiffCommand diff;
        std::string format = "text";
    };
    const auto words = std::make_shared<Words>();
    DiffCommand& diff = words->diff;
    CLI::App* command =
        app.add_subcommand("diff", "Say what two manifests differ in, member by member, as Argo reads them");
    command->add_option("BEFORE", diff.before, "Manifest, YAML or JSON; - reads standard input")->required();
    command->add_option("AFTER", diff.after, "The one to compare it with; - reads standard input")
        ->required();
    command->add_option("--format", words->format, "Form of the output: text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    offers.push_back({command, [words] {
                          DiffCommand made = words->diff;
                          made.json = words->format == "json";
                          return made;
                      }});
}

}  // namespace tiphys::cli
