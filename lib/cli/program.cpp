// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "commands.hpp"

namespace tiphys::cli {
namespace {

/// Each command by its function.
struct Perform {
    const Console& console;

    int operator()(int status) const { return status; }
    int operator()(const RunCommand& one) const { return run(one, console); }
    int operator()(const ServeCommand& one) const { return serve(one, console.out, console.error); }
    int operator()(const ConvertCommand& one) const { return convert(one, console.out); }
    int operator()(const LintCommand& one) const { return lint(one, console.out); }
    int operator()(const DiffCommand& one) const { return diff(one, console); }
    int operator()(const GraphCommand& one) const { return graph(one, console.out); }
    int operator()(const SubmitCommand& one) const { return submit(one, console); }
    int operator()(const ListCommand& one) const { return list_workflows(one, console); }
    int operator()(const GetCommand& one) const { return get(one, console); }
    int operator()(const LogsCommand& one) const { return logs(one, console); }
    int operator()(const WatchCommand& one) const { return watch(one, console); }
    int operator()(const WaitCommand& one) const { return wait(one, console); }
    int operator()(const ActCommand& one) const { return act(one, console); }
    int operator()(const VersionCommand&) const { return version(console.out); }
};

}  // namespace

int main(int argc, const char* const* argv, std::ostream& out, std::ostream& error) {
    const Console console{out, error};
    return guarded(console, [&] { return std::visit(Perform{console}, parse(argc, argv, out, error)); });
}

}  // namespace tiphys::cli
