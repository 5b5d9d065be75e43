// SPDX-License-Identifier: Apache-2.0
// The commands that speak to a server: submit, list, get, logs, watch, wait, and what is done by name.
#include <map>
#include <memory>

#include "option_parts.hpp"

namespace tiphys::cli {
namespace {

constexpr const char* workflow_name = "Name of the workflow; @latest is the newest";

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

/// -o with one of these words.
template <class T>
CLI::Option* add_output(CLI::App& app, std::string& to, const std::map<std::string, T>& formats,
                        const std::string& description) {
    std::vector<std::string> words;
    for (const auto& format : formats) words.push_back(format.first);
    return app.add_option("-o,--output", to, description)->check(CLI::IsMember(words));
}

const std::map<std::string, Format> formats = {
    {"name", Format::name}, {"json", Format::json}, {"yaml", Format::yaml}};
const std::map<std::string, ListFormat> list_formats = {{"wide", ListFormat::wide},
                                                        {"name", ListFormat::name},
                                                        {"json", ListFormat::json},
                                                        {"yaml", ListFormat::yaml}};

}  // namespace

void offer_submit(CLI::App& app, Offers& offers) {
    struct Words {
        SubmitCommand submit;
        std::vector<std::string> parameters;
        std::vector<std::string> labels;
        std::string output;
    };
    const auto words = std::make_shared<Words>();
    SubmitCommand& submit = words->submit;
    CLI::App* command = app.add_subcommand("submit", "Judge workflows and send them to an Argo server");
    command->add_option("FILE", submit.files,
                        "Manifests with any number of Workflows, YAML or JSON; - reads standard input");
    command->add_option("--from", submit.from,
                        "Instead of files, what the server stores: workflowtemplate/NAME, "
                        "clusterworkflowtemplate/NAME or cronworkflow/NAME");
    add_repeatable(*command, "-p,--parameter", words->parameters,
                   "Value of a parameter of the workflow, as name=value; repeatable");
    add_repeatable(*command, "-l,--labels", words->labels,
                   "Labels that the workflow gets, as name=value,…; repeatable");
    command->add_option("--entrypoint", submit.overrides.entrypoint,
                        "Template to start with, instead of spec.entrypoint");
    auto* name = command->add_option("--name", submit.overrides.name,
                                     "Name of the workflow, instead of metadata.name");
    command
        ->add_option("--generate-name", submit.overrides.generate_name,
                     "Beginning of the name; the server adds the rest")
        ->excludes(name);
    command->add_flag("-w,--wait", submit.how.wait, "Wait for the end; its outcome is the exit status");
    command->add_flag("--watch", submit.how.watch, "Show how it goes until it ends");
    command->add_flag("--log", submit.how.log, "Print what the pods print until it ends");
    auto* dry =
        command->add_flag("--dry-run", submit.how.dry_run, "Print what would be sent; create nothing");
    command
        ->add_flag("--server-dry-run", submit.how.server_dry_run,
                   "Have the server check and complete it; create nothing")
        ->excludes(dry);
    add_output(*command, words->output, formats, "What to print of the workflows (default: name)");
    add_server(*command, submit.server);
    offers.push_back({command, [words] {
                          if (words->submit.files.empty() == words->submit.from.empty())
                              throw UsageError(words->submit.from.empty()
                                                   ? "submit: name a FILE, or --from what the server stores"
                                                   : "--from takes the place of files: leave out " +
                                                         words->submit.files.front());
                          Overrides& to = words->submit.overrides;
                          if (!words->output.empty()) words->submit.how.format = formats.at(words->output);
                          to.parameters = pairs_of(words->parameters, "-p", "a parameter");
                          for (const std::string& labels : words->labels)
                              for (auto& label : pairs_of(words_of(labels), "-l", "a label"))
                                  to.labels.push_back(std::move(label));
                          return words->submit;
                      }});
}

void offer_list(CLI::App& app, Offers& offers) {
    struct Words {
        ListCommand list;
        std::string phases;
        std::string since;
        std::string output;
    };
    const auto words = std::make_shared<Words>();
    ListCommand& list = words->list;
    CLI::App* command = app.add_subcommand("list", "List the workflows of a server, the newest first");
    command->add_flag("-A,--all-namespaces", list.all_namespaces, "Of every namespace");
    command->add_option("-l,--selector", list.selector,
                        "Only workflows with such labels: team=a,stage!=test");
    command->add_option(
        "--status", words->phases,
        "Only of these phases: Pending, Running, Succeeded, Failed, Error; divided by commas");
    command->add_option("--since", words->since, "Only those made since then: 90s, 5m, 2h, 3d");
    command->add_option("--limit", list.limit, "This many at most (default: all)")
        ->check(CLI::NonNegativeNumber);
    add_output(*command, words->output, list_formats, "Instead of a table; wide is a wider one");
    add_server(*command, list.server);
    offers.push_back({command, [words] {
                          ListCommand made = words->list;
                          if (!words->output.empty()) made.format = list_formats.at(words->output);
                          if (!words->phases.empty()) made.phases = words_of(words->phases);
                          for (const std::string& phase : made.phases)
                              if (phase != "Pending" && phase != "Running" && phase != "Succeeded" &&
                                  phase != "Failed" && phase != "Error")
                                  throw UsageError(
                                      "--status " + phase +
                                      ": the phases of workflows are Pending, Running, Succeeded, "
                                      "Failed and Error");
                          if (!words->since.empty()) made.since = duration_of(words->since, "--since");
                          return made;
                      }});
}

void offer_get(CLI::App& app, Offers& offers) {
    struct Words {
        GetCommand get;
        std::string output;
    };
    const auto words = std::make_shared<Words>();
    CLI::App* command = app.add_subcommand("get", "Show a workflow: its state, its nodes and its outputs");
    command->add_option("NAME", words->get.name, workflow_name)->required();
    add_output(*command, words->output, formats, "Instead of the tree");
    add_server(*command, words->get.server);
    offers.push_back({command, [words] {
                          GetCommand made = words->get;
                          if (!words->output.empty()) made.format = formats.at(words->output);
                          return made;
                      }});
}

void offer_logs(CLI::App& app, Offers& offers) {
    struct Words {
        LogsCommand logs;
        std::string since;
    };
    const auto words = std::make_shared<Words>();
    LogsCommand& logs = words->logs;
    CLI::App* command = app.add_subcommand("logs", "Print what the pods of a workflow printed");
    command->add_option("NAME", logs.name, workflow_name)->required();
    command->add_option("POD", logs.pod, "Only this pod, or the pods of the node of this name");
    command->add_flag("-f,--follow", logs.follow, "Go on with what is printed, until the workflow ends");
    command->add_option("--tail", logs.tail, "Only so many of the last lines of each pod")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--since", words->since, "Only lines printed since then: 90s, 5m, 2h, 3d");
    command->add_option("--grep", logs.grep, "Only lines that match this regular expression (RE2)");
    command->add_flag("--timestamps", logs.timestamps, "The time before each line");
    command->add_option("-c,--container", logs.container, "The container of the pods")->capture_default_str();
    add_server(*command, logs.server);
    offers.push_back({command, [words] {
                          LogsCommand made = words->logs;
                          if (!words->since.empty()) made.since = duration_of(words->since, "--since");
                          return made;
                      }});
}

void offer_watch(CLI::App& app, Offers& offers) {
    const auto watch = std::make_shared<WatchCommand>();
    CLI::App* command =
        app.add_subcommand("watch", "Show how a workflow goes until it ends; its outcome is the exit status");
    command->add_option("NAME", watch->name, workflow_name)->required();
    command->add_flag("--log", watch->log, "Print what the pods print, too");
    add_server(*command, watch->server);
    offers.push_back({command, [watch] { return *watch; }});
}

void offer_wait(CLI::App& app, Offers& offers) {
    struct Words {
        WaitCommand wait;
        std::string timeout;
    };
    const auto words = std::make_shared<Words>();
    CLI::App* command =
        app.add_subcommand("wait", "Wait until workflows have ended; their outcome is the exit status");
    command->add_option("NAME", words->wait.names, workflow_name)->required();
    command->add_option("--timeout", words->timeout, "Give up after so long: 90s, 5m, 2h, 3d");
    add_server(*command, words->wait.server);
    offers.push_back({command, [words] {
                          WaitCommand made = words->wait;
                          if (!words->timeout.empty())
                              made.timeout = duration_of(words->timeout, "--timeout");
                          return made;
                      }});
}

void offer_acts(CLI::App& app, Offers& offers) {
    using Verb = ActCommand::Verb;
    struct Words {
        ActCommand act;
        std::vector<std::string> parameters;
    };
    const auto offer = [&](Verb verb, const char* name, const char* description) {
        const auto words = std::make_shared<Words>();
        ActCommand& act = words->act;
        act.verb = verb;
        CLI::App* command = app.add_subcommand(name, description);
        command->add_option("NAME", act.names, "Names of the workflows; @latest is the newest")->required();
        if (verb == Verb::stop) command->add_option("--message", act.message, "Message of the stopped nodes");
        auto* selector =
            verb == Verb::stop || verb == Verb::resume || verb == Verb::retry
                ? command->add_option("--node-field-selector", act.node_field_selector,
                                      "Which nodes, such as displayName=approve or templateName=build")
                : nullptr;
        if (verb == Verb::retry) {
            command
                ->add_flag("--restart-successful", act.restart_successful,
                           "Also the nodes that succeeded, as the selector says")
                ->needs(selector);
            add_repeatable(*command, "-p,--parameter", words->parameters,
                           "Value of a parameter of the workflow, as name=value; repeatable");
        }
        if (verb == Verb::resubmit) {
            command->add_flag("--memoized", act.memoized, "Nodes that succeeded are not run again");
            add_repeatable(*command, "-p,--parameter", words->parameters,
                           "Value of a parameter of the workflow, as name=value; repeatable");
        }
        if (verb == Verb::remove)
            command->add_flag("--force", act.force, "Without waiting for the finalizers that hold it");
        add_server(*command, act.server);
        offers.push_back({command, [words] {
                              words->act.parameters = pairs_of(words->parameters, "-p", "a parameter");
                              return words->act;
                          }});
    };
    offer(Verb::stop, "stop", "End workflows; exit handlers run");
    offer(Verb::terminate, "terminate", "End workflows at once; exit handlers do not run");
    offer(Verb::suspend, "suspend", "Have workflows start nothing more for now");
    offer(Verb::resume, "resume", "Let suspended workflows go on");
    offer(Verb::retry, "retry", "Run again what failed in workflows that have ended");
    offer(Verb::resubmit, "resubmit", "Submit workflows anew, each as a new one");
    offer(Verb::remove, "delete", "Delete workflows and what they own");
}

}  // namespace tiphys::cli
