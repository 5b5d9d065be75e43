// SPDX-License-Identifier: Apache-2.0
#include "style.hpp"

#include <array>
#include <ctime>
#include <utility>

namespace tiphys::cli {
namespace {

/// Length in bytes of the UTF-8 character that begins the text; 1 for what is none.
std::size_t character(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t n = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (n > text.size()) return 1;
    for (std::size_t i = 1; i < n; ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 1;
    return n;
}

char32_t code_point(std::string_view one) noexcept {
    const auto byte = [&one](std::size_t i) { return static_cast<unsigned char>(one[i]); };
    if (one.size() == 2) return static_cast<char32_t>((byte(0) & 0x1f) << 6 | (byte(1) & 0x3f));
    if (one.size() == 3)
        return static_cast<char32_t>((byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f));
    if (one.size() == 4)
        return static_cast<char32_t>((byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 |
                                     (byte(3) & 0x3f));
    return byte(0);
}

/// The wide and the combining ranges that texts of workflows really hold; a terminal knows more.
std::size_t width_of(char32_t c) noexcept {
    if (c < 0x300) return 1;
    if (c <= 0x36f || (c >= 0x200b && c <= 0x200f) || (c >= 0xfe00 && c <= 0xfe0f)) return 0;
    if ((c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
        (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff00 && c <= 0xff60) ||
        (c >= 0x1f300 && c <= 0x1f64f) || (c >= 0x1f900 && c <= 0x1f9ff) || (c >= 0x20000 && c <= 0x3fffd))
        return 2;
    return 1;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> stand_ins{{
    {"✔", "+"},
    {"✖", "x"},
    {"●", "*"},
    {"◷", "~"},
    {"○", "o"},
    {"…", "..."},
    {"├", "|"},
    {"└", "`"},
    {"─", "-"},
}};

}  // namespace

Look look_of(std::string_view phase, std::string_view node_type) noexcept {
    if (phase == "Succeeded") return Look::succeeded;
    if (phase == "Failed" || phase == "Error") return Look::failed;
    if (phase == "Skipped" || phase == "Omitted") return Look::not_run;
    if (phase == "Running") return node_type == "Suspend" ? Look::waiting : Look::running;
    return Look::waiting;
}

std::string_view symbol(Look look, const Style& style) noexcept {
    switch (look) {
        case Look::succeeded: return style.unicode ? "✔" : "+";
        case Look::failed: return style.unicode ? "✖" : "x";
        case Look::running: return style.unicode ? "●" : "*";
        case Look::waiting: return style.unicode ? "◷" : "~";
        case Look::not_run: return style.unicode ? "○" : "o";
    }
    return "?";
}

std::string coloured(std::string_view text, Look look, const Style& style) {
    if (!style.colour) return std::string(text);
    const char* code = look == Look::succeeded ? "32"
                       : look == Look::failed  ? "31"
                       : look == Look::running ? "36"
                       : look == Look::waiting ? "33"
                                               : "2";
    return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

std::string dimmed(std::string_view text, const Style& style) {
    if (!style.colour || text.empty()) return std::string(text);
    return "\x1b[2m" + std::string(text) + "\x1b[0m";
}

std::size_t columns(std::string_view text) noexcept {
    std::size_t n = 0;
    while (!text.empty()) {
        const std::size_t bytes = character(text);
        n += width_of(code_point(text.substr(0, bytes)));
        text.remove_prefix(bytes);
    }
    return n;
}

std::string cut(std::string_view text, std::size_t width, const Style& style) {
    if (columns(text) <= width) return std::string(text);
    const std::string_view mark = style.unicode ? "…" : "...";
    const std::size_t room = width > columns(mark) ? width - columns(mark) : 0;
    std::string made;
    std::size_t used = 0;
    while (!text.empty()) {
        const std::size_t bytes = character(text);
        const std::size_t wide = width_of(code_point(text.substr(0, bytes)));
        if (used + wide > room) break;
        used += wide;
        made += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    if (width >= columns(mark)) made += mark;
    return made;
}

std::string harmless(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\n' || c == '\t' || c == '\r') {
            made += ' ';
        } else if (c == 0x1b) {
            // CSI: up to a final byte of 0x40 to 0x7e; OSC: up to BEL or ESC \; others: one byte.
            if (i + 1 < text.size() && text[i + 1] == '[') {
                for (i += 2; i < text.size() && (text[i] < 0x40 || text[i] > 0x7e); ++i) {
                }
            } else if (i + 1 < text.size() && text[i + 1] == ']') {
                for (i += 2; i < text.size() && text[i] != 0x07 && text[i] != 0x1b; ++i) {
                }
                if (i + 1 < text.size() && text[i] == 0x1b) ++i;
            } else {
                ++i;
            }
        } else if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0x80 &&
                   static_cast<unsigned char>(text[i + 1]) < 0xa0) {
            ++i;  // C1 controls: some terminals take U+009B for ESC [
        } else if (c >= 0x20 && c != 0x7f) {
            made += text[i];
        }
    }
    return made;
}

std::string to_ascii(std::string_view text) {
    std::string made;
    while (!text.empty()) {
        bool replaced = false;
        for (const auto& [symbol, ascii] : stand_ins) {
            if (!text.starts_with(symbol)) continue;
            made += ascii;
            text.remove_prefix(symbol.size());
            replaced = true;
            break;
        }
        if (replaced) continue;
        made += text.front();
        text.remove_prefix(1);
    }
    return made;
}

std::optional<std::int64_t> seconds_of(std::string_view time) noexcept {
    if (time.size() < 20) return std::nullopt;
    const std::string text(time.substr(0, 19));
    std::tm parts{};
    const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    if (end == nullptr || *end != '\0') return std::nullopt;
    return static_cast<std::int64_t>(timegm(&parts));
}

std::string duration_text(std::int64_t seconds) {
    if (seconds < 0) seconds = 0;
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    if (seconds < 60) return std::to_string(seconds) + "s";
    if (seconds < 3600) return std::to_string(seconds / 60) + "m" + two(seconds % 60) + "s";
    return std::to_string(seconds / 3600) + "h" + two(seconds / 60 % 60) + "m";
}

}  // namespace tiphys::cli
