// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/variable_rules.hpp>

/// Rules on inputs and outputs that nothing uses. Before one is called unused, all texts are looked through
/// for its name: expressions name things in ways that no scope knows.
namespace tiphys::detail {

/// Notes which of some names stand in texts that also hold the word.
class mention_finder final : public visitor {
public:
    constexpr mention_finder(std::string_view word, std::size_t expected) : word_(word), names_(expected) {}

    constexpr void want(std::string_view name) {
        if (names_.add(name, seen_.size()) < 0) seen_.push_back(0);
    }
    constexpr bool has(std::string_view name) const {
        const auto found = names_.find(name);
        return found >= 0 && seen_[static_cast<std::size_t>(found)] != 0;
    }

    constexpr void begin_object() override {}
    constexpr void end_object() override {}
    constexpr void begin_array() override {}
    constexpr void end_array() override {}
    constexpr void key(std::string_view) override {}
    constexpr void map_key(std::string_view name) override { look(name); }
    constexpr void string(std::string_view text) override { look(text); }
    constexpr void integer(std::int64_t) override {}
    constexpr void boolean(bool) override {}
    constexpr void number(std::string_view) override {}
    constexpr void null() override {}

private:
    constexpr void look(std::string_view text) {
        if (!contains(text, word_)) return;
        std::size_t at = 0;
        while (at < text.size()) {
            std::size_t from = at;
            while (at < text.size() &&
                   (characters.of[static_cast<unsigned char>(text[at])] & parameter_character) != 0)
                ++at;
            if (at != from) {
                const auto found = names_.find(text.substr(from, at - from));
                if (found >= 0) seen_[static_cast<std::size_t>(found)] = 1;
            } else {
                ++at;
            }
        }
    }

    std::string_view word_;
    name_index names_;
    list<std::uint8_t> seen_;
};

constexpr void input_unused(const template_view& view, const variable_scope& scope, report& report) {
    const model::Template& self = view.self;
    // A suspend shows its inputs to people, a plugin gets them all.
    if (!self.inputs || self.suspend || self.plugin.has_value()) return;
    const auto& inputs = self.inputs->parameters;
    std::size_t unused = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (!scope.uses_input(i)) ++unused;
    if (unused == 0) return;
    mention_finder mentions("inputs", unused);
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (!scope.uses_input(i)) mentions.want(inputs[i].name.view());
    visit(mentions, self);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (scope.uses_input(i) || inputs[i].name.empty() || mentions.has(inputs[i].name.view())) continue;
        report(rule::input_unused, (view.path / "inputs" / "parameters")[i],
               joined("nothing in ", template_words(self).view(), " uses its input parameter `",
                      inputs[i].name.view(), "`"));
    }
}

constexpr void output_unused(const workflow_view& workflow, report& report) {
    // What stands in a template of workflows is there for others.
    if (workflow.is_template() || workflow.is_open()) return;
    const auto& templates = workflow.spec.templates;
    const auto shown = [&](const model::Template& self) {
        return !self.outputs || self.suspend || same(self.name.view(), workflow.entrypoint()) ||
               same(self.name.view(), workflow.exit_handler());
    };
    list<std::uint32_t> unused;  // template and output, in turn
    for (std::size_t i = 0; i < templates.size(); ++i) {
        if (shown(templates[i])) continue;
        const auto& outputs = templates[i].outputs->parameters;
        for (std::size_t k = 0; k < outputs.size(); ++k)
            if (outputs[k].globalName.empty() && !outputs[k].name.empty() && !workflow.uses.has(i, k)) {
                unused.push_back(static_cast<std::uint32_t>(i));
                unused.push_back(static_cast<std::uint32_t>(k));
            }
    }
    if (unused.empty()) return;
    mention_finder mentions("outputs", unused.size() / 2);
    const auto output = [&](std::size_t i) -> const model::Parameter& {
        return templates[unused[i]].outputs->parameters[unused[i + 1]];
    };
    for (std::size_t i = 0; i < unused.size(); i += 2) mentions.want(output(i).name.view());
    visit(mentions, workflow.spec);
    for (std::size_t i = 0; i < unused.size(); i += 2) {
        if (mentions.has(output(i).name.view())) continue;
        const model::Template& self = templates[unused[i]];
        report(rule::output_unused,
               ((workflow.path / "templates")[unused[i]] / "outputs" / "parameters")[unused[i + 1]],
               joined("nothing uses the output parameter `", output(i).name.view(), "` of ",
                      template_words(self).view()));
    }
}

}  // namespace tiphys::detail
