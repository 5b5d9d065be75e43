// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/from.hpp>
#include <tiphys/build/generated/call_words.hpp>

namespace tiphys {

/// The numbers that `with_sequence` counts through. Source: Argo's Sequence.
struct Sequence {
    int_or_string count = {};
    int_or_string start = {};
    int_or_string end = {};
    /// Go's printf form of one number: "node-%03d".
    str format = {};
};

namespace detail {

/// A value of a loop as the JSON that it stands for in `withItems`.
constexpr json to_item(json item) { return item; }
template <std::size_t N>
constexpr json to_item(const char (&literal)[N]) {
    return json(std::string_view(literal, N - 1));
}
constexpr json to_item(std::string_view text) { return json(text); }
template <std::same_as<bool> Bool>
constexpr json to_item(Bool flag) {
    return json(flag);
}
template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
constexpr json to_item(Integer number) {
    return json(static_cast<std::int64_t>(number));
}

constexpr model::Sequence to_model(const Sequence& sequence) {
    model::Sequence made;
    if (sequence.count.has_value()) made.count = sequence.count;
    if (sequence.start.has_value()) made.start = sequence.start;
    if (sequence.end.has_value()) made.end = sequence.end;
    made.format = sequence.format;
    return made;
}

/// What steps and tasks have in common. `Derived` gives `call()`, the step or task of the model,
/// `note(field, index, where)`, and `imply_tasks_of(expression, where)`.
template <class Derived>
class call_verbs : public call_words<Derived> {
public:
    /// The argument for an input parameter of the template. References stand in it as Argo writes them:
    /// `{{tasks.A.outputs.result}}`.
    [[gnu::noinline]] constexpr Derived& with(const word& name, const value& given) & {
        auto& parameters = self().call().arguments.ensure().parameters;
        auto& parameter = parameters.emplace_back();
        parameter.name = name.view();
        parameter.value = given.view();
        // A mistake in the value is likelier than one in the name; both mostly stand on one line.
        self().note("arguments", static_cast<std::int32_t>(parameters.size() - 1), given.where());
        if (given.is_expression()) self().imply_tasks_of(given.view(), given.where());
        return self();
    }
    constexpr Derived&& with(const word& name, const value& given) && { return std::move(with(name, given)); }
    /// An argument whose value lies elsewhere: `from_config_map`, `ValueFrom().expression(…)`.
    constexpr Derived& with(const word& name, model::ValueFrom from) & {
        model::Parameter made;
        made.name = name.view();
        made.valueFrom = std::move(from);
        return with(std::move(made), name.where());
    }
    constexpr Derived&& with(const word& name, model::ValueFrom from) && {
        return std::move(with(name, std::move(from)));
    }
    constexpr Derived& with(model::Parameter made, line where = line::current()) & {
        return fill::add(self(), "arguments", self().call().arguments.ensure().parameters, std::move(made),
                         where);
    }
    constexpr Derived&& with(model::Parameter made, line where = line::current()) && {
        return std::move(with(std::move(made), where));
    }
    /// The same of an expression (`build/expr.hpp`): `when(tasks["A"].outputs.result() == "yes")`.
    template <taggable Expression>
    constexpr Derived& when(const Expression& condition,
                            std::source_location where = std::source_location::current()) & {
        const std::source_location& place = condition.where().line() == 0 ? where : condition.where();
        self().call().when = condition_text(condition);
        self().note("when", -1, place);
        self().imply_tasks_of(condition.text(), place);
        return self();
    }
    template <taggable Expression>
    constexpr Derived&& when(const Expression& condition,
                             std::source_location where = std::source_location::current()) && {
        return std::move(when(condition, where));
    }
    using call_words<Derived>::when;

    using call_words<Derived>::with_param;
    /// Runs once for each element of the list that an expression gives; `{{item}}` is the element.
    template <taggable Expression>
    constexpr Derived& with_param(const Expression& list,
                                  std::source_location where = std::source_location::current()) & {
        return with_list(value(list, where));
    }
    template <taggable Expression>
    constexpr Derived&& with_param(const Expression& list,
                                   std::source_location where = std::source_location::current()) && {
        return std::move(with_list(value(list, where)));
    }
    /// The same of a list that is known here: `json_array("a", 1)`, or a container.
    template <written_as_json List>
    constexpr Derived& with_param(const List& list,
                                  std::source_location where = std::source_location::current()) & {
        return with_list(value(list, where));
    }
    template <written_as_json List>
    constexpr Derived&& with_param(const List& list,
                                   std::source_location where = std::source_location::current()) && {
        return std::move(with_list(value(list, where)));
    }

    /// Runs once for each of these, at the same time; `{{item}}` is the value.
    template <class... Items>
    constexpr Derived& with_items(const Items&... items) & {
        auto& to = self().call().withItems;
        to.engage();
        (to.push_back(to_item(items)), ...);
        return self();
    }
    template <class... Items>
    constexpr Derived&& with_items(const Items&... items) && {
        return std::move(with_items(items...));
    }

    /// Runs once for each number of the sequence.
    constexpr Derived& with_sequence(const Sequence& sequence, line where = line::current()) & {
        return fill::set(self(), "withSequence", self().call().withSequence, to_model(sequence), where);
    }
    constexpr Derived&& with_sequence(const Sequence& sequence, line where = line::current()) && {
        return std::move(with_sequence(sequence, where));
    }

    /// What follows goes on even where this failed (or ended in an error).
    constexpr Derived& continue_on(bool failed, bool error = false) & {
        auto& to = self().call().continueOn.ensure();
        if (failed) to.failed = true;
        if (error) to.error = true;
        return self();
    }
    constexpr Derived&& continue_on(bool failed, bool error = false) && {
        return std::move(continue_on(failed, error));
    }

    constexpr Derived& continue_on(model::ContinueOn given, line where = line::current()) & {
        return fill::set(self(), "continueOn", self().call().continueOn, std::move(given), where);
    }
    constexpr Derived&& continue_on(model::ContinueOn given, line where = line::current()) && {
        return std::move(continue_on(std::move(given), where));
    }

protected:
    friend fill;
    constexpr call_verbs() = default;
    constexpr auto& call_to_fill() { return self().call(); }
    constexpr void note_word(literal field, std::int32_t index, const line& where) {
        self().note(field, index, where);
    }

private:
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }
    constexpr Derived& with_list(const value& list) {
        fill::text(self(), "withParam", self().call().withParam, list);
        if (list.is_expression()) self().imply_tasks_of(list.view(), list.where());
        return self();
    }
};

}  // namespace detail
}  // namespace tiphys
