// SPDX-License-Identifier: Apache-2.0
#include "client/exec_credential.hpp"

#include <tiphys/text/text.hpp>

#include <charconv>
#include <stdexcept>

#include "client/program.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

std::string member(const json& object, std::string_view name) {
    const json* found = object.find(name);
    if (found == nullptr || found->is_null()) return {};
    if (!found->is_string())
        throw std::runtime_error("what it printed is not an ExecCredential: " + std::string(name) +
                                 " is not a text");
    return std::string(found->as_text().view());
}

/// Reads `digits` digits and moves on.
std::optional<int> number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + digits, value);
    if (read.ec != std::errc() || read.ptr != text.data() + digits || value < 0) return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool skip(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == any_of.npos) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

std::optional<std::chrono::system_clock::time_point> read_time(std::string_view text) {
    const auto year = number(text, 4);
    if (!year || !skip(text, "-")) return std::nullopt;
    const auto month = number(text, 2);
    if (!month || !skip(text, "-")) return std::nullopt;
    const auto day = number(text, 2);
    if (!day || !skip(text, "Tt ")) return std::nullopt;
    const auto hour = number(text, 2);
    if (!hour || !skip(text, ":")) return std::nullopt;
    const auto minute = number(text, 2);
    if (!minute || !skip(text, ":")) return std::nullopt;
    const auto second = number(text, 2);
    if (!second) return std::nullopt;
    if (skip(text, "."))
        while (skip(text, "0123456789")) {
        }
    std::chrono::minutes offset(0);
    if (!skip(text, "Zz")) {
        const int sign = !text.empty() && text.front() == '-' ? -1 : 1;
        if (!skip(text, "+-")) return std::nullopt;
        const auto hours = number(text, 2);
        if (!hours || !skip(text, ":")) return std::nullopt;
        const auto minutes = number(text, 2);
        if (!minutes) return std::nullopt;
        offset = sign * std::chrono::minutes(*hours * 60 + *minutes);
    }
    const std::chrono::year_month_day date(std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!text.empty() || !date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    // The clock counts nanoseconds and ends in the year 2262.
    if (*year > 2200) return std::chrono::system_clock::time_point::max();
    if (*year < 1970) return std::chrono::system_clock::time_point();
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) - offset;
}

std::string exec_info(const ExecPlugin& plugin) {
    json spec = json::object();
    if (plugin.cluster.is_object()) spec.set("cluster", plugin.cluster);
    spec.set("interactive", false);
    json info = json::object();
    info.set("kind", "ExecCredential");
    info.set("apiVersion", std::string_view(plugin.api_version));
    info.set("spec", std::move(spec));
    return to_json(info);
}

Credential read_exec_credential(std::string_view text, std::string_view api_version) {
    json document;
    try {
        ReadOptions options;
        options.name = "its output";
        document = read_json<json>(text, options);
    } catch (const ReadError&) {
        // The text may hold a token: not even a part of it is shown.
        throw std::runtime_error("what it printed is not JSON; an ExecCredential is wanted");
    }
    if (member(document, "kind") != "ExecCredential")
        throw std::runtime_error("what it printed is not an ExecCredential");
    if (const std::string version = member(document, "apiVersion"); version != api_version)
        throw std::runtime_error("it printed an ExecCredential of " + one_line(version, 100) +
                                 ", and the kubeconfig asks for " + std::string(api_version));
    const json* status = document.find("status");
    Credential credential;
    if (status != nullptr && status->is_object()) {
        credential.token = member(*status, "token");
        credential.client_certificate = member(*status, "clientCertificateData");
        credential.client_key = member(*status, "clientKeyData");
        if (const std::string end = member(*status, "expirationTimestamp"); !end.empty()) {
            credential.expires = read_time(end);
            if (!credential.expires)
                throw std::runtime_error("its expirationTimestamp \"" + one_line(end, 100) +
                                         "\" is no moment of RFC 3339");
        }
    }
    if (credential.token.empty() && credential.client_certificate.empty())
        throw std::runtime_error("its ExecCredential has neither a token nor a client certificate");
    return credential;
}

TokenSource tokens_from_plugin(ExecPlugin plugin) {
    std::string name = plugin.name;
    return TokenSource(
        [plugin = std::move(plugin)](const std::stop_token& stop) {
            auto environment = plugin.environment;
            environment.emplace_back("KUBERNETES_EXEC_INFO", exec_info(plugin));
            try {
                return read_exec_credential(run_program(plugin.command, environment, stop).out,
                                            plugin.api_version);
            } catch (const NoSuchProgram& missing) {
                if (plugin.install_hint.empty()) throw;
                throw std::runtime_error(std::string(missing.what()) + "; the kubeconfig says: \"" +
                                         one_line(plugin.install_hint, 500) + "\"");
            }
        },
        std::move(name));
}

}  // namespace tiphys::client_detail
