// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/regex.hpp>

#include <algorithm>

namespace tiphys::expression {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

bool word_rune(char32_t rune) {
    return (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z') ||
           rune == '_';
}

/// The threads of Pike's machine: one program counter each at most, in order of preference.
struct Threads {
    std::vector<std::uint32_t> dense;
    std::vector<std::uint32_t> sparse;
    std::vector<std::vector<std::size_t>> slots;  // of dense[i]

    explicit Threads(std::size_t size) : sparse(size) {}
    [[nodiscard]] bool has(std::uint32_t at) const {
        return sparse[at] < dense.size() && dense[sparse[at]] == at;
    }
    void add(std::uint32_t at) {
        sparse[at] = static_cast<std::uint32_t>(dense.size());
        dense.push_back(at);
    }
};

struct Position {
    std::size_t at;
    std::size_t size;
    char32_t before, after;  // 0 at the ends of the text

    [[nodiscard]] bool holds(Regex::Op op) const {
        const bool boundary = word_rune(before) != word_rune(after);
        switch (op) {
            case Regex::Op::begin_text: return at == 0;
            case Regex::Op::end_text: return at == size;
            case Regex::Op::begin_line: return at == 0 || before == '\n';
            case Regex::Op::end_line: return at == size || after == '\n';
            case Regex::Op::word: return boundary;
            default: return !boundary;
        }
    }
};

}  // namespace

bool Regex::run(std::string_view text, std::size_t from, std::vector<std::size_t>* slots) const {
    constexpr std::size_t most_steps = 20'000'000;
    const bool captures = slots != nullptr;
    std::size_t steps = 0;
    Threads current(program_.size());
    Threads next(program_.size());
    struct Todo {
        std::uint32_t at;
        std::size_t slot, value;  // slot != none: put the old value back
    };
    std::vector<Todo> todo;
    const auto add = [&](Threads& threads, std::uint32_t start, const Position& here,
                         std::vector<std::size_t>& caught) {
        todo.push_back({start, none, 0});
        while (!todo.empty()) {
            const Todo step = todo.back();
            todo.pop_back();
            if (step.slot != none) {
                caught[step.slot] = step.value;
                continue;
            }
            if (++steps > most_steps)
                throw ExpressionError("matching the regexp `" + pattern_ +
                                      "` takes more than 20000000 steps");
            if (threads.has(step.at)) continue;
            const Instruction& instruction = program_[step.at];
            threads.add(step.at);
            if (captures) threads.slots.emplace_back();
            switch (instruction.op) {
                case Op::jump: todo.push_back({instruction.first, none, 0}); break;
                case Op::split:
                    todo.push_back({instruction.second, none, 0});
                    todo.push_back({instruction.first, none, 0});
                    break;
                case Op::save:
                    if (captures) {
                        todo.push_back({0, instruction.first, caught[instruction.first]});
                        caught[instruction.first] = here.at;
                    }
                    todo.push_back({step.at + 1, none, 0});
                    break;
                case Op::set:
                case Op::match:
                    if (captures) threads.slots.back() = caught;
                    break;
                default:
                    if (here.holds(instruction.op)) todo.push_back({step.at + 1, none, 0});
            }
        }
    };

    bool matched = false;
    char32_t before = 0;
    if (from > 0) {
        std::size_t begin = from - 1;
        while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) --begin;
        before = decode_rune(text, begin);
    }
    std::vector<std::size_t> fresh(captures ? 2 * (groups_ + 1) : 0, none);
    for (std::size_t at = from;;) {
        std::size_t after = at;
        const char32_t rune = at < text.size() ? decode_rune(text, after) : 0;
        const Position here{at, text.size(), before, rune};
        if (!matched) add(current, 0, here, fresh);
        if (current.dense.empty()) break;
        next.dense.clear();
        next.slots.clear();
        std::size_t peek = after;
        const char32_t following = after < text.size() ? decode_rune(text, peek) : 0;
        const Position there{after, text.size(), rune, following};
        for (std::size_t i = 0; i < current.dense.size(); ++i) {
            const std::uint32_t counter = current.dense[i];
            const Instruction& instruction = program_[counter];
            if (instruction.op == Op::match) {
                matched = true;
                if (!captures) return true;
                *slots = current.slots[i];
                break;  // what follows is less preferred
            }
            if (instruction.op != Op::set || at >= text.size()) continue;
            const Set& set = sets_[instruction.first];
            const auto range =
                std::lower_bound(set.begin(), set.end(), rune,
                                 [](const auto& entry, char32_t value) { return entry.second < value; });
            if (range != set.end() && range->first <= rune) {
                static thread_local std::vector<std::size_t> no_slots;
                add(next, counter + 1, there, captures ? current.slots[i] : no_slots);
            }
        }
        std::swap(current, next);
        if (at >= text.size()) break;
        before = rune;
        at = after;
    }
    return matched;
}

bool Regex::matches(std::string_view text) const { return run(text, 0, nullptr); }

std::optional<std::vector<std::size_t>> Regex::find(std::string_view text, std::size_t from) const {
    std::vector<std::size_t> slots;
    if (from > text.size() || !run(text, from, &slots)) return std::nullopt;
    return slots;
}

std::optional<std::size_t> Regex::group(std::string_view name) const {
    for (const auto& [known, number] : names_)
        if (known == name) return number;
    return std::nullopt;
}

}  // namespace tiphys::expression
