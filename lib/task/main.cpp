// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/graph.hpp>
#include <tiphys/cli/cli.hpp>
#include <tiphys/client/error.hpp>
#include <tiphys/model/model.hpp>
#include <tiphys/task/main.hpp>
#include <tiphys/text/documents.hpp>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>
#include <sstream>
#include <vector>

#include "cli/connect.hpp"
#include "program.hpp"

namespace tiphys::detail {
namespace {

/// What the command line says of one recipe.
struct Said {
    config_texts config;
    cli::Overrides overrides;
    cli::RunOptions run;
    cli::SubmitOptions submit;
    cli::LintOptions lint;
    std::string name_space;
    bool mermaid = false;
};

using Action = std::function<int(const cli::Console&, const Recipe&, const Said&)>;

// --- options

std::string option_name(std::string_view name) {
    std::string made(name);
    std::replace(made.begin(), made.end(), '_', '-');
    return made;
}

/// What the help says of a parameter.
std::string help_of(const model::Parameter& one) {
    std::string made = one.description.string();
    if (!one.enum_.empty()) {
        made += made.empty() ? "one of " : "; one of ";
        for (const str& value : one.enum_) made += (&value == one.enum_.begin() ? "" : ", ") + value.string();
    }
    const char* gap = made.empty() ? "" : " ";
    if (one.value.has_value()) return made + gap + "(default: " + one.value.string() + ")";
    if (one.default_.has_value()) return made + gap + "(default: " + one.default_.string() + ")";
    return one.valueFrom ? made : made + gap + "(required)";
}

std::vector<std::string> values_of(const model::Parameter& one) {
    std::vector<std::string> made;
    for (const str& value : one.enum_) made.push_back(value.string());
    return made;
}

/// Adds `--name VALUE`, unless the command has another option of that name.
void add_option(CLI::App& command, const model::Parameter& one,
                const std::function<void(const std::string&)>& take) {
    const std::string name = "--" + option_name(one.name.view());
    try {
        auto* option = command.add_option_function<std::string>(name, take, help_of(one));
        option->group("Parameters")->type_name("VALUE");
        if (!one.enum_.empty()) option->check(CLI::IsMember(values_of(one)));
    } catch (const CLI::ConstructionError&) {
        // Its own options come first; -p takes them all.
    }
}

void add_config(CLI::App& command, const Recipe& recipe, Said& said) {
    for (const model::Parameter& one : recipe.options)
        add_option(command, one,
                   [&said, name = one.name.string()](const std::string& text) { said.config[name] = text; });
}

void add_parameters(CLI::App& command, const Recipe& recipe, Said& said) {
    auto& parameters = said.overrides.parameters;
    for (const model::Parameter& one : recipe.parameters())
        add_option(command, one, [&parameters, name = one.name.string()](const std::string& text) {
            parameters.emplace_back(name, text);
        });
    command
        .add_option_function<std::vector<std::string>>(
            "-p,--parameter",
            [&parameters](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) {
                    const std::size_t equals = text.find('=');
                    if (equals == 0 || equals == std::string::npos)
                        throw CLI::ValidationError("-p " + text, "write a parameter as name=value");
                    parameters.emplace_back(text.substr(0, equals), text.substr(equals + 1));
                }
            },
            "Value of a parameter, as name=value; repeatable")
        ->type_size(1)
        ->allow_extra_args(false)
        ->take_all();
}

void add_names(CLI::App& command, Said& said) {
    command.add_option("--name", said.overrides.name, "Name of the workflow");
    command.add_option("--entrypoint", said.overrides.entrypoint, "Template to start with");
}

// --- commands

int run_here(const cli::Console& console, const Recipe& recipe, const Said& said) {
    model::Workflow workflow = recipe.workflow("run");
    cli::apply(said.overrides, workflow, recipe.name());
    require_parameters(workflow);
    // The same program runs each task, with files of its own and what the workflow says.
    ::unsetenv(root_variable);
    ::unsetenv(config_variable);
    ::unsetenv(recipe_variable);
    set_program(workflow.spec, recipe.functions(), std::filesystem::read_symlink("/proc/self/exe").string());
    return cli::run(console, workflow, said.run);
}

/// Errors: UsageError where there is no server, and it is needed.
ClientOptions client_options(const Said& said) {
    cli::ServerFlags flags;
    if (!said.name_space.empty()) flags.name_space = said.name_space;
    if (said.submit.dry_run) return cli::options_for_dry_run(flags);
    try {
        ClientOptions options = ClientOptions::from_environment();
        if (flags.name_space) options.namespace_ = *flags.name_space;
        options.validate();
        return options;
    } catch (const ClientError& wrong) {
        throw cli::UsageError(wrong.what());
    }
}

int submit(const cli::Console& console, const Recipe& recipe, const Said& said) {
    model::Workflow workflow = recipe.workflow("submit");
    cli::apply(said.overrides, workflow, recipe.name());
    require_parameters(workflow);
    cli::SubmitOptions how = said.submit;
    how.client = client_options(said);
    return cli::submit(console, {workflow}, how);
}

int print(const cli::Console& console, const Recipe& recipe, const Said& said, cli::Format format) {
    cli::print(console.out, {recipe.document(said.overrides)}, format);
    return cli::exit_succeeded;
}

int lint(const cli::Console& console, const Recipe& recipe, const Said& said) {
    return cli::lint(console, {recipe.document()}, said.lint);
}

int draw(const cli::Console& console, const Recipe& recipe, const Said& said) {
    bool drawn = false;
    std::visit(
        [&](const auto& document) {
            if constexpr (requires { to_dot(document); }) {
                console.out << (said.mermaid ? to_mermaid(document) : to_dot(document)) << std::flush;
                drawn = true;
            }
        },
        recipe.document().value);
    if (!drawn)
        throw cli::UsageError("`graph` draws workflows and their templates, not a " + recipe.document().kind);
    return cli::exit_succeeded;
}

struct Command {
    const char* name;
    const char* help;
    void (*add)(CLI::App&, const Recipe&, Said&);
    Action act;
};

const std::vector<Command>& commands() {
    static const std::vector<Command> all = {
        {"run", "Run it here, each task as a process of this program",
         [](CLI::App& command, const Recipe& recipe, Said& said) {
             command.add_option("--directory", said.run.engine.directory, "Folder for logs and outputs");
             command.add_option("--parallelism", said.run.engine.parallelism,
                                "Pods that run at the same time (default: one a processor)");
             command.add_flag("-q,--quiet", said.run.quiet, "Do not print what the pods print");
             add_names(command, said);
             add_config(command, recipe, said);
             add_parameters(command, recipe, said);
         },
         &run_here},
        {"submit", "Submit it to the Argo that ARGO_SERVER names",
         [](CLI::App& command, const Recipe& recipe, Said& said) {
             command.add_option("-n,--namespace", said.name_space, "Namespace; ARGO_NAMESPACE unless given");
             command.add_flag("--watch", said.submit.watch, "Show how it goes until it ends");
             command.add_flag("-w,--wait", said.submit.wait, "Wait for the end in silence");
             command.add_flag("--log", said.submit.log, "Print what the pods print until it ends");
             command.add_flag("--dry-run", said.submit.dry_run, "Print what would be sent");
             const std::map<std::string, cli::Format> formats = {
                 {"name", cli::Format::name}, {"json", cli::Format::json}, {"yaml", cli::Format::yaml}};
             command.add_option("-o,--output", said.submit.format, "What to print: name, json or yaml")
                 ->transform(CLI::CheckedTransformer(formats))
                 ->default_str("name");
             add_names(command, said);
             add_config(command, recipe, said);
             add_parameters(command, recipe, said);
         },
         &submit},
        {"yaml", "Print it as YAML",
         [](CLI::App& command, const Recipe& recipe, Said& said) {
             add_config(command, recipe, said);
             add_parameters(command, recipe, said);
         },
         [](const cli::Console& console, const Recipe& recipe, const Said& said) {
             return print(console, recipe, said, cli::Format::yaml);
         }},
        {"json", "Print it as JSON",
         [](CLI::App& command, const Recipe& recipe, Said& said) {
             add_config(command, recipe, said);
             add_parameters(command, recipe, said);
         },
         [](const cli::Console& console, const Recipe& recipe, const Said& said) {
             return print(console, recipe, said, cli::Format::json);
         }},
        {"lint", "Judge it by Argo's rules and more, without a server",
         [](CLI::App& command, const Recipe& recipe, Said& said) {
             command.add_option("--argo-version", said.lint.argo_version,
                                "Judge for this release of Argo too, such as 3.7");
             add_config(command, recipe, said);
         },
         &lint},
        {"graph", "Print its graph for Graphviz: `graph | dot -Tsvg`",
         [](CLI::App& command, const Recipe& recipe, Said& said) {
             command.add_flag("--mermaid", said.mermaid,
                              "For Mermaid instead, which draws it in Markdown pages");
             add_config(command, recipe, said);
         },
         &draw},
    };
    return all;
}

/// Why a command could not name one of several recipes; empty where it can.
std::string nameless(const std::vector<Recipe>& recipes) {
    std::set<std::string> names;
    if (recipes.size() > 1)
        for (const Recipe& one : recipes) {
            const std::string name = one.name();
            if (name.empty())
                return "a recipe of this program makes a " + one.document().kind +
                       " without a name, by which a command tells it from the others: give it one";
            if (!names.insert(name).second)
                return "two recipes of this program make documents called `" + name +
                       "`, which a command cannot tell apart: give one of them another name";
        }
    return {};
}

/// Commands, options of every recipe, and what they have said.
class CommandLine {
public:
    CommandLine(const std::string& program, const std::vector<Recipe>& recipes)
        : app_(description(recipes), program), recipes_(recipes), nameless_(nameless(recipes)) {
        app_.require_subcommand(1);
        for (const Command& command : commands()) {
            CLI::App* part = app_.add_subcommand(command.name, command.help);
            if (!nameless_.empty()) {
                // `function` needs no name of a recipe; these say what is wrong when they are called.
                refused_.push_back(part->allow_extras());
                continue;
            }
            for (const Recipe& recipe : recipes) {
                CLI::App* to = part;
                if (recipes.size() > 1) {
                    part->require_subcommand(1);
                    to = part->add_subcommand(recipe.name(), recipe.description());
                }
                said_.push_back(std::make_unique<Said>());
                Said& said = *said_.back();
                command.add(*to, recipe, said);
                chosen_.push_back({to, &command, &recipe, &said});
            }
        }
        function_ = app_.add_subcommand("function", "Call a function inside its pod");
        function_->add_option("NAME", function_name, "Template that runs the function")->required();
        function_->add_option("FILE", function_file, "List of names and values; - reads standard input")
            ->required();
        version_ = app_.add_subcommand("version", "Print the versions that this program was made with");
    }

    int act(int argc, const char* const* argv, const cli::Console& console) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::CallForHelp& help) {
            app_.exit(help, console.out, console.error);
            return cli::exit_succeeded;
        } catch (const CLI::ParseError& wrong) {
            app_.exit(wrong, console.out, console.error);
            return cli::exit_usage;
        }
        for (const CLI::App* one : refused_)
            if (one->parsed()) throw cli::UsageError(nameless_);
        for (const Choice& one : chosen_) {
            if (!one.app->parsed()) continue;
            require_one_meaning(recipes_);
            return one.command->act(console, one.recipe->with(one.said->config), *one.said);
        }
        return version_->parsed() ? print_version(console.out, console.program) : -1;
    }

    std::string function_name, function_file;

private:
    struct Choice {
        CLI::App* app;
        const Command* command;
        const Recipe* recipe;
        const Said* said;
    };

    static std::string description(const std::vector<Recipe>& recipes) {
        return recipes.size() == 1 ? recipes[0].description() : "Workflows and their functions.";
    }

    CLI::App app_;
    const std::vector<Recipe>& recipes_;
    std::string nameless_;
    std::vector<CLI::App*> refused_;
    std::vector<std::unique_ptr<Said>> said_;
    std::vector<Choice> chosen_;
    CLI::App* function_ = nullptr;
    CLI::App* version_ = nullptr;
};

}  // namespace

int run_program(int argc, const char* const* argv, const program_recipe* recipes, std::size_t count) {
    const std::string program =
        argc > 0 ? std::filesystem::path(argv[0]).filename().string() : std::string("program");
    const cli::Console console{std::cout, std::cerr, program};
    return cli::guarded(console, [&] {
        std::vector<Recipe> made;
        for (std::size_t i = 0; i < count; ++i) made.emplace_back(recipes[i]);
        CommandLine said(program, made);
        const int status = said.act(argc, argv, console);
        if (status >= 0) return status;
        return call_in_pod(console, made, said.function_name, said.function_file);
    });
}

}  // namespace tiphys::detail
