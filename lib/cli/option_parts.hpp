// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "options.hpp"

/// The parts of which `parse` is made: what a command has for options, and what becomes of them.
namespace tiphys::cli {

/// A command of the program. `make` is called when the command line names it and could be parsed; it throws
/// UsageError for what the parser cannot see.
struct Offer {
    CLI::App* app;
    std::function<Command()> make;
};
using Offers = std::vector<Offer>;

void offer_run(CLI::App& app, Offers& offers);
void offer_serve(CLI::App& app, Offers& offers);
void offer_convert(CLI::App& app, Offers& offers);
void offer_lint(CLI::App& app, Offers& offers);
void offer_diff(CLI::App& app, Offers& offers);
void offer_graph(CLI::App& app, Offers& offers);
void offer_submit(CLI::App& app, Offers& offers);
void offer_list(CLI::App& app, Offers& offers);
void offer_get(CLI::App& app, Offers& offers);
void offer_logs(CLI::App& app, Offers& offers);
void offer_watch(CLI::App& app, Offers& offers);
void offer_wait(CLI::App& app, Offers& offers);
void offer_acts(CLI::App& app, Offers& offers);

/// Options that may be given again and again, with one value each.
CLI::Option* add_repeatable(CLI::App& app, const std::string& names, std::vector<std::string>& to,
                            const std::string& description);
/// --argo-server, --namespace and the like.
void add_server(CLI::App& app, ServerFlags& flags);

/// "name=value", as the argo command line takes it.
///
/// Errors: UsageError that names the option and `what`: "a parameter".
std::vector<std::pair<std::string, std::string>> pairs_of(const std::vector<std::string>& texts,
                                                          std::string_view option, std::string_view what);
/// "90s", "5m", "2h", "3d".
///
/// Errors: UsageError that names the option.
std::chrono::seconds duration_of(const std::string& text, std::string_view option);

}  // namespace tiphys::cli
