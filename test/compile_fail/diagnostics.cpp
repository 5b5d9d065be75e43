// SPDX-License-Identifier: Apache-2.0
#include "compile_fail/diagnostics.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string_view>

namespace tiphys::test {

namespace {

bool has(std::string_view line, std::string_view part) { return line.find(part) != std::string_view::npos; }

bool is_error(std::string_view line) { return has(line, ": error: ") || has(line, ": fatal error: "); }

// The lines with which g++ leads to an error that lies in a header or a template, and clang to one in a header.
bool starts_context(std::string_view line) {
    return line.starts_with("In file included from") || has(line, ": In ") || has(line, ": At global scope");
}

// clang's closing "2 errors generated."
bool is_count(std::string_view line) {
    return !line.empty() && std::isdigit(static_cast<unsigned char>(line[0])) && has(line, " generated.");
}

std::string trimmed(std::string text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// The text of the literal that starts at `at`, which moves behind it.
std::string literal(std::string_view line, std::size_t& at) {
    std::string text;
    for (++at; at < line.size() && line[at] != '"'; ++at) {
        if (line[at] == '\\' && at + 1 < line.size()) ++at;
        text += line[at];
    }
    ++at;
    return text;
}

// "mistake<tiphys::text<9>{"one"}, tiphys::text<9>{"two"}>" and the same with double braces.
std::string pieces(std::string_view line) {
    std::size_t at = line.find("mistake<");
    if (at == std::string_view::npos) return "";
    std::string text;
    for (bool more = true; more;) {
        at = line.find('"', at);
        if (at == std::string_view::npos) throw std::runtime_error("no text in: " + std::string(line));
        text += literal(line, at);
        while (at < line.size() && line[at] == '}') ++at;
        more = at < line.size() && line[at] == ',';
    }
    return text;
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    for (std::size_t end; (end = text.find(separator, at)) != std::string::npos; at = end + separator.size())
        parts.push_back(trimmed(text.substr(at, end - at)));
    parts.push_back(trimmed(text.substr(at)));
    return parts;
}

Expectation expectation(const std::string& comment, int line) {
    using Kind = Expectation::Kind;
    const auto bad = [&](const char* why) {
        return std::runtime_error("line " + std::to_string(line) + ": " + why + ": // " + comment);
    };
    const auto word_end = comment.find(' ');
    const std::string word = comment.substr(0, word_end);
    if (word_end == std::string::npos) throw bad("nothing expected");
    const std::string rest = trimmed(comment.substr(word_end));
    if (word == "expect-error") return {Kind::error, line, "", rest};
    if (word != "expect" && word != "expect-nowhere") throw bad("expect, expect-nowhere or expect-error");
    const auto colon = rest.find(": ");
    if (colon == std::string::npos || rest.find(' ') < colon) throw bad("no `<rule>: <text>`");
    return {word == "expect" ? Kind::mistake : Kind::nowhere, line, rest.substr(0, colon),
            trimmed(rest.substr(colon + 2))};
}

bool answers(const Block& block, const Expectation& wanted, const std::string& file_name) {
    const std::string place = file_name + ":" + std::to_string(wanted.line) + ":";
    const std::string mistake = block.mistake();
    switch (wanted.kind) {
        case Expectation::Kind::mistake: return mistake == place + " " + wanted.text;
        case Expectation::Kind::nowhere: return mistake == wanted.text;
        case Expectation::Kind::error: break;
    }
    const auto parts = split(wanted.text, "||");
    return mistake.empty() && (block.contains("/" + place) || block.lines.front().starts_with(place)) &&
           std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return block.contains(part); });
}

std::string quoted(const Block& block) {
    std::string text;
    for (const std::string& line : block.lines) text += "\n    " + line;
    return text;
}

}  // namespace

std::vector<Expectation> expectations(const std::string& source) {
    std::vector<Expectation> found;
    int line = 0;
    for (const std::string& text : split(source, "\n")) {
        ++line;
        const std::string mark = "// expect";
        for (auto at = text.find(mark); at != std::string::npos;) {
            const auto next = text.find(mark, at + 1);
            found.push_back(expectation(trimmed(text.substr(at + 3, next - at - 3)), line));
            at = next;
        }
    }
    return found;
}

std::string Block::mistake() const {
    for (const std::string& line : lines)
        if (has(line, "evaluates to false") || has(line, "static assertion failed due to requirement"))
            if (std::string text = pieces(line); !text.empty()) return text;
    return "";
}

bool Block::contains(const std::string& part) const {
    return std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return has(line, part); });
}

std::vector<Block> blocks(const Output& output) {
    std::vector<Block> found;
    bool complete = true;
    for (const std::string& line : output.lines) {
        if (is_count(line)) continue;
        if (complete && (is_error(line) || starts_context(line) || found.empty())) {
            found.emplace_back();
            complete = false;
        }
        found.back().lines.push_back(line);
        if (is_error(line)) complete = true;
    }
    return found;
}

std::vector<std::string> complaints(const std::string& file_name, const std::vector<Expectation>& expected,
                                    const Output& output, std::size_t lines_per_error) {
    std::vector<std::string> found;
    if (output.status == 0) found.emplace_back("it compiles");
    if (expected.empty()) found.emplace_back("the case expects nothing: no `// expect <rule>: <text>`");
    std::vector<Block> said = blocks(output);
    for (const Expectation& wanted : expected) {
        const auto block = std::find_if(said.begin(), said.end(),
                                        [&](const Block& one) { return answers(one, wanted, file_name); });
        if (block == said.end()) {
            found.push_back("missing: " + file_name + ":" + std::to_string(wanted.line) + ": " + wanted.text);
            continue;
        }
        if (block->lines.size() > lines_per_error)
            found.push_back(std::to_string(block->lines.size()) + " lines, at most " +
                            std::to_string(lines_per_error) + ":" + quoted(*block));
        said.erase(block);
    }
    for (const Block& extra : said) {
        const std::string mistake = extra.mistake();
        found.push_back("not expected: " + (mistake.empty() ? quoted(extra) : mistake));
    }
    return found;
}

}  // namespace tiphys::test
