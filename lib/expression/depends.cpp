// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/depends.hpp>
#include <tiphys/expression/expr.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace tiphys::expression {
namespace {

constexpr std::array<std::pair<std::string_view, bool TaskResults::*>, 8> words{
    {{"Succeeded", &TaskResults::succeeded},
     {"Failed", &TaskResults::failed},
     {"Errored", &TaskResults::errored},
     {"Skipped", &TaskResults::skipped},
     {"Omitted", &TaskResults::omitted},
     {"Daemoned", &TaskResults::daemoned},
     {"AnySucceeded", &TaskResults::any_succeeded},
     {"AllFailed", &TaskResults::all_failed}}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

std::string expand(std::string_view task, const ContinueOn& flags) {
    const std::string name(task);
    std::string out = '(' + name + ".Succeeded || " + name + ".Skipped || " + name + ".Daemoned";
    if (flags.error) out += " || " + name + ".Errored";
    if (flags.failed) out += " || " + name + ".Failed";
    return out + ')';
}

void add(std::vector<std::string>& list, std::string_view name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.emplace_back(name);
}

std::string underscored(std::string_view text) {
    std::string out(text);
    std::replace(out.begin(), out.end(), '-', '_');  // expr-lang has no names with dashes
    return out;
}

}  // namespace

Depends Depends::from_expression(std::string_view depends, const Lookup& continue_on) {
    Depends out;
    std::size_t at = 0;
    while (at < depends.size()) {
        if (!is_word(depends[at])) {
            out.logic_ += depends[at++];
            continue;
        }
        const std::size_t begin = at;
        while (at < depends.size() && (is_word(depends[at]) || depends[at] == '-')) ++at;
        const std::string_view task = depends.substr(begin, at - begin);
        // A result begins with a capital and has two letters at least; else the words are two tasks.
        std::size_t end = at + 1;
        while (end < depends.size() && is_letter(depends[end])) ++end;
        const bool result = at + 2 < depends.size() && depends[at] == '.' && depends[at + 1] >= 'A' &&
                            depends[at + 1] <= 'Z' && end > at + 2;
        add(out.tasks_, task);
        if (!result) {
            out.logic_ += expand(task, continue_on(task));
            continue;
        }
        const std::string_view word = depends.substr(at + 1, end - at - 1);
        if (std::none_of(words.begin(), words.end(), [&](const auto& known) { return known.first == word; }))
            throw ExpressionError("task result '" + std::string(word) + "' for task '" + std::string(task) +
                                  "' is invalid");
        if (word == "AnySucceeded" || word == "AllFailed") add(out.item_tasks_, task);
        out.logic_ += depends.substr(begin, end - begin);
        at = end;
    }
    return out;
}

Depends Depends::from_list(const std::vector<std::string>& dependencies, const Lookup& continue_on) {
    Depends out;
    for (const std::string& task : dependencies) {
        add(out.tasks_, task);
        if (!out.logic_.empty()) out.logic_ += " && ";
        out.logic_ += expand(task, continue_on(task));
    }
    return out;
}

bool Depends::evaluate(const std::map<std::string, TaskResults, std::less<>>& results) const {
    if (logic_.empty()) return true;
    boost::json::object scope;
    for (const std::string& task : tasks_) {
        const auto found = results.find(task);
        const TaskResults none;
        const TaskResults& given = found == results.end() ? none : found->second;
        boost::json::object values;
        for (const auto& [word, member] : words) values[word] = given.*member;
        scope.emplace(underscored(task),
                      std::move(values));  // of two tasks that differ in - and _ the first counts
    }
    const std::string logic = underscored(logic_);
    try {
        return evaluate_bool(logic, Environment(std::move(scope)));
    } catch (const ExpressionError& error) {
        throw ExpressionError("unable to evaluate expression '" + logic + "': " + error.what());
    }
}

}  // namespace tiphys::expression
