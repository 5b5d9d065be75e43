// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::expression {

/// How a task ended, in the words of `depends`; any number may hold.
struct TaskResults {
    bool succeeded = false, failed = false, errored = false, skipped = false, omitted = false,
         daemoned = false, any_succeeded = false, all_failed = false;
    friend bool operator==(const TaskResults&, const TaskResults&) = default;
};

/// The continueOn flags of a task that others depend on.
struct ContinueOn {
    bool error = false, failed = false;
};

/// The condition under which a DAG task starts, read from `depends` or made from `dependencies`.
/// Errors: `task result 'X' for task 'Y' is invalid`; `unable to evaluate expression 'E': …` as Argo says it
/// when it comes to evaluating. Limits: 64 KiB of text, 500 levels, 10,000 nodes.
class Depends {
public:
    using Lookup = std::function<ContinueOn(std::string_view task)>;

    /// Empty: the task starts at once.
    Depends() = default;
    static Depends from_expression(std::string_view depends, const Lookup& continue_on);
    static Depends from_list(const std::vector<std::string>& dependencies, const Lookup& continue_on);

    /// The tasks it names, each once, in the order of the text.
    [[nodiscard]] const std::vector<std::string>& tasks() const { return tasks_; }
    /// Those of them whose items are asked for by AnySucceeded or AllFailed.
    [[nodiscard]] const std::vector<std::string>& item_tasks() const { return item_tasks_; }
    /// With every bare name written out: `(A.Succeeded || A.Skipped || A.Daemoned)`.
    [[nodiscard]] const std::string& logic() const { return logic_; }
    [[nodiscard]] bool empty() const { return logic_.empty(); }

    /// Whether the task shall run, once all that it names are fulfilled.
    [[nodiscard]] bool evaluate(const std::map<std::string, TaskResults, std::less<>>& results) const;

private:
    std::string logic_;
    std::vector<std::string> tasks_;
    std::vector<std::string> item_tasks_;
};

}  // namespace tiphys::expression
