// SPDX-License-Identifier: Apache-2.0
#include "findings.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <ostream>

namespace tiphys::cli {
namespace {

std::string_view word_for(Enforced enforced) noexcept {
    switch (enforced) {
        case Enforced::at_submission: return "at submission";
        case Enforced::at_run_time: return "at run time";
        case Enforced::by_tiphys: break;
    }
    return "by tiphys";
}

std::string where(const Finding& finding) {
    std::string made = finding.file;
    if (finding.place.line != 0)
        made += ":" + std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column);
    else if (finding.rule != nullptr && !finding.path.empty())
        made += ": " + finding.path;
    return made;
}

/// Where the n-th character of UTF-8 text begins.
std::size_t offset_of(std::string_view text, std::size_t n) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && n-- == 0) break;
    return at;
}

void print_excerpt(std::ostream& out, const Finding& finding, const Style& style) {
    const std::string number = std::to_string(finding.place.line);
    const std::size_t room = std::max<std::size_t>(style.width, 40) - number.size() - 5;
    std::size_t at = offset_of(finding.source, finding.place.column - 1);
    std::size_t from = 0;
    // Long lines (JSON has only one) are shown from a little before the place.
    if (columns(harmless(finding.source.substr(0, at))) > room - 10)
        from = offset_of(finding.source, finding.place.column - std::min(finding.place.column, room / 2));
    const std::string before = harmless(finding.source.substr(from, at - from));
    out << dimmed("  " + number + " | ", style) << cut(harmless(finding.source.substr(from)), room, style)
        << '\n'
        << dimmed(std::string(number.size() + 3, ' ') + "| ", style) << std::string(columns(before), ' ')
        << coloured("^", Look::failed, style) << '\n';
}

/// What GitHub takes for text, and within a property.
std::string escaped(std::string_view text, bool property) {
    std::string made;
    for (const char c : text) switch (c) {
            case '%': made += "%25"; break;
            case '\r': made += "%0D"; break;
            case '\n': made += "%0A"; break;
            case ':': made += property ? "%3A" : ":"; break;
            case ',': made += property ? "%2C" : ","; break;
            default: made += c;
        }
    return made;
}

}  // namespace

std::string_view word_for(Severity severity) noexcept {
    return severity == Severity::error ? "error" : "warning";
}

void print_text(std::ostream& out, const std::vector<Finding>& findings, const Style& style, bool excerpt) {
    for (const Finding& finding : findings) {
        const bool error = finding.severity() == Severity::error;
        out << harmless(where(finding)) << ": "
            << coloured(word_for(finding.severity()), error ? Look::failed : Look::waiting, style) << ": "
            << harmless(finding.message);
        if (finding.rule != nullptr)
            out << ' ' << dimmed("[" + std::string(finding.rule->id) + "]", style);
        else if (!finding.path.empty())
            out << ' ' << dimmed("(at " + harmless(finding.path) + ")", style);
        out << '\n';
        if (!excerpt) continue;
        if (finding.place.line != 0) print_excerpt(out, finding, style);
        if (finding.rule != nullptr) out << "  " << finding.rule->remedy << '\n';
    }
}

void print_json(std::ostream& out, const std::vector<Finding>& findings) {
    boost::json::array all;
    for (const Finding& finding : findings) {
        boost::json::object one;
        one["file"] = finding.file;
        one["line"] = nullptr;
        one["column"] = nullptr;
        if (finding.place.line != 0) {
            one["line"] = finding.place.line;
            one["column"] = finding.place.column;
        }
        one["severity"] = word_for(finding.severity());
        const Rule* rule = finding.rule;
        const auto known = [rule](std::string_view text) {
            return rule == nullptr ? boost::json::value() : boost::json::value(text);
        };
        one["rule"] = known(rule == nullptr ? std::string_view() : rule->id);
        one["enforced"] = known(rule == nullptr ? std::string_view() : word_for(rule->enforced));
        one["path"] = finding.path;
        one["message"] = finding.message;
        one["remedy"] = known(rule == nullptr ? std::string_view() : rule->remedy);
        all.push_back(std::move(one));
    }
    out << all << '\n';
}

void print_github(std::ostream& out, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        out << "::" << word_for(finding.severity()) << " file=" << escaped(finding.file, true);
        if (finding.place.line != 0) out << ",line=" << finding.place.line << ",col=" << finding.place.column;
        if (finding.rule != nullptr) out << ",title=" << escaped(finding.rule->id, true);
        out << "::" << escaped(finding.message, false) << '\n';
    }
}

}  // namespace tiphys::cli
