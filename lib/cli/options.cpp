// SPDX-License-Identifier: Apache-2.0
#include "options.hpp"

#include <memory>
#include <ostream>

#include "option_parts.hpp"

namespace tiphys::cli {

void offer_run(CLI::App& app, Offers& offers) {
    struct Words {
        RunCommand run;
        std::vector<std::string> parameters;
    };
    const auto words = std::make_shared<Words>();
    RunCommand& run = words->run;
    CLI::App* command = app.add_subcommand(
        "run", "Run a workflow on the embedded server, with its pods as processes of this machine");
    command->add_option("FILE", run.file, "Manifest of a Workflow, YAML or JSON; - reads standard input")
        ->required();
    add_repeatable(*command, "-p,--parameter", words->parameters,
                   "Value of a parameter of the workflow, as name=value; repeatable");
    command->add_option("--entrypoint", run.overrides.entrypoint,
                        "Template to start with, instead of spec.entrypoint");
    auto* name =
        command->add_option("--name", run.overrides.name, "Name of the workflow, instead of metadata.name");
    command
        ->add_option("--generate-name", run.overrides.generate_name,
                     "Beginning of the name; the server adds the rest")
        ->excludes(name);
    command->add_option("--directory", run.how.engine.directory, "Folder for logs and outputs");
    command
        ->add_option("--parallelism", run.how.engine.parallelism,
                     "Pods that run at the same time (default: one a processor)")
        ->check(CLI::NonNegativeNumber);
    command->add_flag("-q,--quiet", run.how.quiet, "Do not print what the pods print");
    offers.push_back({command, [words] {
                          words->run.overrides.parameters = pairs_of(words->parameters, "-p", "a parameter");
                          return words->run;
                      }});
}

void offer_serve(CLI::App& app, Offers& offers) {
    const auto serve = std::make_shared<ServeCommand>();
    CLI::App* command = app.add_subcommand("serve", "Serve Argo's API on 127.0.0.1 until Ctrl-C");
    command->add_option("--port", serve->port, "Port to listen on; 0 takes a free one")
        ->capture_default_str();
    command->add_option("--directory", serve->directory, "Folder for logs and outputs");
    command
        ->add_option("--parallelism", serve->parallelism,
                     "Pods that run at the same time (default: one a processor)")
        ->check(CLI::NonNegativeNumber);
    offers.push_back({command, [serve] { return *serve; }});
}

Command parse(int argc, const char* const* argv, std::ostream& out, std::ostream& error) {
    CLI::App app("Argo Workflows: on this machine, and on a server.", "tiphys");
    app.require_subcommand(1);
    Offers offers;
    offer_run(app, offers);
    offer_serve(app, offers);
    offer_convert(app, offers);
    offer_lint(app, offers);
    offer_diff(app, offers);
    offer_graph(app, offers);
    offer_submit(app, offers);
    offer_list(app, offers);
    offer_get(app, offers);
    offer_logs(app, offers);
    offer_watch(app, offers);
    offer_wait(app, offers);
    offer_acts(app, offers);
    offers.push_back(
        {app.add_subcommand("version", "Print the version of this program and of the API it serves"),
         [] { return VersionCommand{}; }});

    const Offer* chosen = nullptr;
    const auto choose = [&] {
        for (const Offer& one : offers)
            if (*one.app) chosen = &one;
    };
    std::string wrong;
    try {
        app.parse(argc, argv);
        choose();
        return chosen->make();
    } catch (const CLI::CallForHelp& help) {
        app.exit(help, out, error);
        return exit_succeeded;
    } catch (const UsageError& problem) {
        error << "tiphys: " << problem.what() << "\n";
        return exit_usage;
    } catch (const CLI::ParseError& problem) {
        wrong = problem.what();
    }
    choose();
    // The parser would only say that a command is missing.
    if (chosen == nullptr && argc > 1 && argv[1][0] != '-') {
        error << "tiphys: there is no command `" << argv[1] << "`; there are ";
        for (std::size_t i = 0; i < offers.size(); ++i)
            error << (i == 0 ? "" : i + 1 < offers.size() ? ", " : " and ") << offers[i].app->get_name();
        error << "\n";
        return exit_usage;
    }
    error << "tiphys: " << wrong << "\nRun `tiphys"
          << (chosen == nullptr ? "" : " " + chosen->app->get_name()) << " --help` for what there is.\n";
    return exit_usage;
}

}  // namespace tiphys::cli
