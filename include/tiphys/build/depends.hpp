// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/depends.hpp>

/// When a task runs, said of the tasks before it: `succeeded("A") && !failed("B")`.
namespace tiphys {

/// A condition on other tasks, which `depends` takes. Prints Argo's own form, with the parentheses that it
/// needs and no others, and keeps the line of each name. Source: Argo's DAGTask.depends.
class Dependency {
public:
    constexpr Dependency(const word& task, std::string_view result) : text_(task.view()) {
        text_.append(result);
        lines_.push_back(task.where());
    }

    constexpr std::string_view text() const noexcept { return text_.view(); }
    /// One for each name, in the order of the text.
    constexpr const list<std::source_location>& lines() const noexcept { return lines_; }

    /// As it stands between `&&`: with parentheses where it needs them.
    constexpr str operand() const { return within(level::both); }

    friend constexpr Dependency operator&&(Dependency a, const Dependency& b) {
        a.join(" && ", level::both, b);
        return a;
    }
    friend constexpr Dependency operator||(Dependency a, const Dependency& b) {
        a.join(" || ", level::either, b);
        return a;
    }
    /// Both, as in `(succeeded(a), failed(b)) >> c`.
    friend constexpr Dependency operator,(const Dependency& a, const Dependency& b) { return a && b; }
    friend constexpr Dependency operator!(Dependency a) {
        str made("!");
        made.append(a.within(level::negation).view());
        a.text_ = std::move(made);
        a.level_ = level::negation;
        return a;
    }

private:
    /// How tightly the outermost operator binds.
    enum class level : std::uint8_t { either, both, negation, name };

    constexpr str within(level outer) const {
        if (level_ < outer) return detail::joined("(", text_.view(), ")");
        return text_;
    }
    constexpr void join(std::string_view sign, level made, const Dependency& other) {
        str text = within(made);
        text.append(sign).append(other.within(made).view());
        text_ = std::move(text);
        level_ = made;
        for (const auto& line : other.lines_) lines_.push_back(line);
    }

    str text_;
    list<std::source_location> lines_;
    level level_ = level::name;
};

/// The task is over and has not gone wrong: it succeeded, was skipped or is a daemon that runs. What
/// `after("A")` waits for; the bare name in Argo.
constexpr Dependency done(const word& task) { return {task, {}}; }
constexpr Dependency succeeded(const word& task) { return {task, ".Succeeded"}; }
constexpr Dependency failed(const word& task) { return {task, ".Failed"}; }
constexpr Dependency errored(const word& task) { return {task, ".Errored"}; }
/// Its `when` did not hold.
constexpr Dependency skipped(const word& task) { return {task, ".Skipped"}; }
/// Its `depends` did not hold.
constexpr Dependency omitted(const word& task) { return {task, ".Omitted"}; }
/// It is a daemon and ready.
constexpr Dependency daemoned(const word& task) { return {task, ".Daemoned"}; }
/// Of a task that loops: one of its runs at least.
constexpr Dependency any_succeeded(const word& task) { return {task, ".AnySucceeded"}; }
/// Of a task that loops: all of its runs.
constexpr Dependency all_failed(const word& task) { return {task, ".AllFailed"}; }

}  // namespace tiphys
