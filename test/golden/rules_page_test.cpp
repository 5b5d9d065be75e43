// SPDX-License-Identifier: Apache-2.0
// lib/check/RULES.md is written from the table of rules; TIPHYS_UPDATE_GOLDEN=1 writes it anew.
#include <tiphys/check/rules.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/golden.hpp"

namespace tiphys::test {
namespace {

std::string_view word(Enforced enforced) {
    switch (enforced) {
        case Enforced::at_submission: return "at submission";
        case Enforced::at_run_time: return "when it runs";
        case Enforced::by_tiphys: break;
    }
    return "never";
}

/// Bars would end a cell, and `<` begin a tag.
std::string cell(std::string_view text) {
    std::string made;
    for (const char c : text) {
        if (c == '|' || c == '<') made += '\\';
        made += c;
    }
    return made;
}

std::string page() {
    std::string made =
        "# The rules\n\n"
        "What `validate`, `checked<recipe>()` and `tiphys lint` judge; this page is written from the table "
        "in\n"
        "[include/tiphys/check/rules](../../include/tiphys/check/rules) (`TIPHYS_UPDATE_GOLDEN=1 ctest -R "
        "RulesPage`).\n"
        "[ARGO.md](ARGO.md) says which of Argo's own checks each of them stands for.\n\n"
        "- **Argo objects**: when Argo itself would say so: at submission; when the workflow runs; never. "
        "Rules of the\n"
        "  last kind can be switched off: `tiphys lint --disable RULE`, `CheckOptions::disable`.\n"
        "- **judged by**: the compiler (and the program), or the program only.\n"
        "- Warnings do not make a workflow invalid.\n";
    const auto section_of = [](const Rule* rule) { return rule->id.substr(0, rule->id.find('.')); };
    std::vector<std::string_view> sections;
    for (const Rule* rule : rules)
        if (std::ranges::find(sections, section_of(rule)) == sections.end())
            sections.push_back(section_of(rule));
    for (const std::string_view section : sections) {
        made.append("\n## ").append(section).append(
            "\n\n| rule | what is wrong | what to do | Argo objects | judged by |\n|---|---|---|---|---|\n");
        for (const Rule* rule : rules) {
            if (section_of(rule) != section) continue;
            made.append("| `").append(rule->id).append("`");
            if (rule->severity == Severity::warning) made += " (warning)";
            made.append(" | ").append(cell(rule->sentence)).append(" | ").append(cell(rule->remedy));
            made.append(" | ").append(word(rule->enforced)).append(" | ");
            made.append(rule->decided == Decided::statically ? "compiler" : "program").append(" |\n");
        }
    }
    return made;
}

TEST(RulesPage, IsWrittenFromTheTable) { EXPECT_GOLDEN("../../lib/check/RULES.md", page()); }

}  // namespace
}  // namespace tiphys::test
