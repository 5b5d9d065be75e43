// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/expression/error.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tiphys::expression {

/// A regular expression of Go's package regexp (RE2 syntax), matched in time linear in the text: the
/// expressions come from workflows, and std::regex takes exponential time and unbounded stack.
/// Unicode classes (`\pL`) are refused with Go's text; `(?i)` folds ASCII, Latin, Greek and Cyrillic letters.
/// Limits: 1,000 levels of nesting, repetition up to 1,000, 30,000 instructions, 20 million steps a match.
/// Errors: `error parsing regexp: …` as Go says it.
/// Thread safety: const members may be called concurrently.
class Regex {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    explicit Regex(std::string_view pattern);

    /// Whether the text holds a match anywhere.
    [[nodiscard]] bool matches(std::string_view text) const;
    /// The leftmost match that begins at or after `from`: pairs of begin and end, the whole match first, then
    /// each group (npos where a group took no part).
    [[nodiscard]] std::optional<std::vector<std::size_t>> find(std::string_view text,
                                                               std::size_t from = 0) const;
    [[nodiscard]] const std::string& pattern() const { return pattern_; }
    [[nodiscard]] std::size_t groups() const { return groups_; }
    /// The number of a named group; empty when there is none.
    [[nodiscard]] std::optional<std::size_t> group(std::string_view name) const;

    /// Where execution may go on; public for the compiler of patterns only.
    enum class Op : std::uint8_t {
        set,
        split,
        jump,
        save,
        begin_text,
        end_text,
        begin_line,
        end_line,
        word,
        not_word,
        match
    };
    struct Instruction {
        Op op = Op::match;
        std::uint32_t first = 0, second = 0;
    };
    using Set = std::vector<std::pair<char32_t, char32_t>>;

private:
    std::string pattern_;
    std::vector<Instruction> program_;
    std::vector<Set> sets_;
    std::vector<std::pair<std::string, std::size_t>> names_;
    std::size_t groups_ = 0;

    [[nodiscard]] bool run(std::string_view text, std::size_t from, std::vector<std::size_t>* slots) const;
    friend class RegexCompiler;
};

}  // namespace tiphys::expression
