// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/invalid_workflow.hpp>
#include <tiphys/cli/cli.hpp>

#include <ostream>

namespace tiphys::cli {

int guarded(const Console& console, const std::function<int()>& action) {
    try {
        return action();
    } catch (const UsageError& wrong) {
        console.error << console.program << ": " << wrong.what() << "\n";
        return exit_usage;
    } catch (const InvalidWorkflow& wrong) {
        console.error << console.program << ": " << wrong.what() << "\n";
        return exit_usage;
    } catch (const std::exception& problem) {
        console.error << console.program << ": " << problem.what() << "\n";
        return exit_failed;
    }
}

}  // namespace tiphys::cli
