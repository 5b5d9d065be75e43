// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <tiphys/expression/go_format.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "expressions.hpp"

namespace tiphys::local::engine {
namespace {

std::tm utc(Time time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return parts;
}

std::string formatted(Time time, const char* format) {
    const std::tm parts = utc(time);
    char text[64];
    const std::size_t length = std::strftime(text, sizeof text, format, &parts);
    return std::string(text, length);
}

bool digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string timestamp(Time time) { return formatted(time, "%Y-%m-%dT%H:%M:%SZ"); }

Time parse_timestamp(std::string_view text) {
    const std::string copy(text);
    std::tm parts{};
    if (strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) return {};
    return std::chrono::system_clock::from_time_t(timegm(&parts));
}

std::string format_time(Time time, char letter) {
    switch (letter) {
        case 'B':
        case 'b':
        case 'm':
        case 'A':
        case 'a':
        case 'd':
        case 'H':
        case 'I':
        case 'M':
        case 'S':
        case 'Y':
        case 'y':
        case 'p': {
            const char format[] = {'%', letter, '\0'};
            return formatted(time, format);
        }
        case 'Z': return "UTC";
        case 'z': return "+0000";
        case 'L': {
            const auto since = time.time_since_epoch();
            const auto whole = std::chrono::floor<std::chrono::seconds>(since);
            const auto part = std::chrono::duration_cast<std::chrono::milliseconds>(since - whole).count();
            char text[8];
            std::snprintf(text, sizeof text, "%03d", static_cast<int>(part));
            return text;
        }
        default: return {};
    }
}

std::string seconds_text(std::chrono::nanoseconds duration) {
    const long long micros = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    char text[40];
    std::snprintf(text, sizeof text, "%lld.%06lld", micros / 1000000, micros % 1000000);
    return text;
}

std::string pod_name(std::string_view workflow, std::string_view node_name, std::string_view template_name) {
    if (node_name == workflow) return std::string(workflow);
    std::string name(workflow);
    if (!template_name.empty()) name.append("-").append(template_name);
    constexpr std::size_t longest_prefix = 253 - 10 - 1;
    if (name.size() > longest_prefix) name.resize(longest_prefix);
    return name.append("-").append(std::to_string(fnv1a_32(node_name)));
}

std::string_view step_name(std::string_view node_name) {
    std::size_t end = node_name.size();
    char opener = 0;
    while (end > 0) {
        const char c = node_name[end - 1];
        if (opener != 0 && c == opener)
            opener = 0;
        else if (opener == 0 && c == ')')
            opener = '(';
        else if (opener == 0 && c == ']')
            opener = '[';
        else if (opener == 0)
            break;
        --end;
    }
    node_name = node_name.substr(0, end == 0 ? node_name.size() : end);
    const std::size_t dot = node_name.rfind('.');
    return dot == std::string_view::npos ? node_name : node_name.substr(dot + 1);
}

std::string display_name(std::string_view node_name, std::string_view boundary_name) {
    std::string_view name = node_name;
    if (name.starts_with(boundary_name)) name.remove_prefix(boundary_name.size());
    std::string_view rest = name;
    if (rest.starts_with('[')) {
        std::size_t at = 1;
        while (at < rest.size() && digit(rest[at])) ++at;
        if (at > 1 && at < rest.size() && rest[at] == ']') rest.remove_prefix(at + 1);
    }
    if (rest.starts_with('.')) return std::string(rest.substr(1));
    return std::string(name);
}

std::string random_suffix(std::mt19937_64& random, std::size_t length) {
    static constexpr std::string_view letters = "bcdfghjklmnpqrstvwxz2456789";
    std::uniform_int_distribution<std::size_t> pick(0, letters.size() - 1);
    std::string suffix(length, ' ');
    for (char& c : suffix) c = letters[pick(random)];
    return suffix;
}

std::string random_uid(std::mt19937_64& random) {
    const std::uint64_t high = (random() & ~0xf000ull) | 0x4000ull;
    const std::uint64_t low = (random() & ~(3ull << 62)) | (2ull << 62);
    char text[40];
    std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                  static_cast<unsigned>(high >> 16 & 0xffff), static_cast<unsigned>(high & 0xffff),
                  static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xffffffffffffull));
    return text;
}

bool is_object_name(std::string_view name) {
    if (name.empty() || name.size() > 253) return false;
    const auto alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || digit(c); };
    char before = '.';
    for (const char c : name) {
        if (c == '.' && !alphanumeric(before)) return false;
        if (!alphanumeric(c) && c != '-' && c != '.') return false;
        if (before == '.' && !alphanumeric(c)) return false;
        before = c;
    }
    return alphanumeric(before);
}

}  // namespace tiphys::local::engine
