// SPDX-License-Identifier: Apache-2.0
// lib/check/ARGO.md says which rule answers each of Argo's.
#include <tiphys/check/rules.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace tiphys {
namespace {

struct Row {
    std::string section;
    std::string what;
    std::string answer;
};

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> found;
    for (std::size_t at = 1, end = 0; (end = line.find('|', at)) != std::string::npos; at = end + 1) {
        std::string cell = line.substr(at, end - at);
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
        found.push_back(cell);
    }
    return found;
}

std::vector<Row> rows() {
    std::vector<Row> found;
    std::ifstream in(TIPHYS_SOURCE_DIR "/lib/check/ARGO.md");
    std::string section;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("## ")) section = line.substr(3, line.find(' ', 3) - 3);
        if (!line.starts_with("| ") || line.starts_with("| what ")) continue;
        const auto parts = cells(line);
        EXPECT_EQ(parts.size(), 3u) << line;
        if (parts.size() == 3) found.push_back({section, parts[0], parts[2]});
    }
    return found;
}

/// The words between backticks.
std::vector<std::string> quoted(const std::string& text) {
    std::vector<std::string> found;
    for (std::size_t from = 0; (from = text.find('`', from)) != std::string::npos;) {
        const auto to = text.find('`', from + 1);
        if (to == std::string::npos) break;
        found.push_back(text.substr(from + 1, to - from - 1));
        from = to + 1;
    }
    return found;
}

/// "Suite.Test" of every test of the project.
std::set<std::string> tests() {
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(TIPHYS_SOURCE_DIR "/test")) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            if (!line.starts_with("TEST")) continue;
            const auto open = line.find('('), comma = line.find(", ", open), close = line.find(')', open);
            if (comma < close && close != std::string::npos)
                found.insert(line.substr(open + 1, comma - open - 1) + "." +
                             line.substr(comma + 2, close - comma - 2));
        }
    }
    return found;
}

TEST(ArgoPage, AnswersEachWithARuleOrATestThatExists) {
    const std::set<std::string> known = tests();
    for (const Row& row : rows()) {
        const auto names = quoted(row.answer);
        EXPECT_FALSE(names.empty()) << row.section << ": " << row.what << ": " << row.answer;
        const bool tested =
            row.answer.starts_with("unrepresentable: `") || row.answer.starts_with("request: `");
        if (!tested) {
            EXPECT_TRUE(row.answer.starts_with("`") || row.answer.starts_with("same as `")) << row.answer;
        }
        for (const std::string& name : names) {
            if (tested) {
                EXPECT_TRUE(known.contains(name)) << "no test " << name;
            } else {
                EXPECT_NE(find_rule(name), nullptr) << "no rule " << name;
            }
        }
    }
}

// As many as the source states.
TEST(ArgoPage, MissesNone) {
    const std::map<std::string, int> stated = {
        {"1", 10},  {"2", 14},   {"2a", 11}, {"3", 7},    {"4a", 4},  {"4b", 2},    {"4c", 14}, {"4d", 2},
        {"4e", 7},  {"5", 13},   {"6", 18},  {"7", 10},   {"8", 19},  {"8b", 14},   {"8c", 5},  {"9", 7},
        {"10a", 5}, {"10b", 28}, {"11a", 4}, {"11b", 43}, {"11c", 2}, {"more", 14}, {"11d", 20}};
    std::map<std::string, int> found;
    for (const Row& row : rows()) ++found[row.section];
    EXPECT_EQ(found, stated);
}

TEST(ArgoPage, NamesEachRuleThatArgoEnforces) {
    std::set<std::string> named;
    for (const Row& row : rows())
        for (const std::string& name : quoted(row.answer)) named.insert(name);
    for (const Rule* rule : rules) {
        if (rule->enforced == Enforced::by_tiphys || rule->decided == Decided::locally) continue;
        EXPECT_TRUE(named.contains(std::string(rule->id))) << rule->id;
    }
}

}  // namespace
}  // namespace tiphys
