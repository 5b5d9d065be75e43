// SPDX-License-Identifier: Apache-2.0
#include "connect.hpp"

#include <tiphys/client/error.hpp>

#include <cstdlib>
#include <string_view>

#include "manifest.hpp"

namespace tiphys::cli {
namespace {

std::optional<std::string> variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string token_of(const std::string& file) {
    std::string text = read_text(file);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    if (text.empty()) throw UsageError("--token-file " + file + ": there is no token in it");
    return text;
}

}  // namespace

ClientOptions client_options(const ServerFlags& flags) { return client_options(flags, &variable); }

ClientOptions client_options(const ServerFlags& flags, const ClientOptions::Environment& environment) {
    const std::optional<std::string> token =
        flags.token_file.empty() ? std::nullopt : std::optional<std::string>(token_of(flags.token_file));
    // A flag stands for its variable, so that both are read in one place and in one way.
    const auto either = [&](const char* name) -> std::optional<std::string> {
        const std::string_view text = name;
        if (text == "ARGO_SERVER" && !flags.argo_server.empty()) return flags.argo_server;
        if (text == "ARGO_NAMESPACE" && flags.name_space) return flags.name_space;
        if (text == "ARGO_BASE_HREF" && !flags.base_href.empty()) return flags.base_href;
        if (text == "ARGO_SECURE" && flags.secure) return *flags.secure ? "true" : "false";
        if (text == "ARGO_INSECURE_SKIP_VERIFY" && flags.insecure_skip_verify) return "true";
        if (text == "ARGO_TOKEN" && token) return token;
        if (text == "KUBECONFIG" && !flags.kubeconfig.empty()) return flags.kubeconfig;
        return environment(name);
    };
    try {
        ClientOptions options = ClientOptions::from_environment(either);
        const auto set = [](std::string& to, const std::string& flag) {
            if (!flag.empty()) to = flag;
        };
        set(options.certificate_authority, flags.certificate_authority);
        set(options.client_certificate, flags.client_certificate);
        set(options.client_key, flags.client_key);
        options.validate();
        return options;
    } catch (const ClientError& error) {
        std::string text = error.what();
        if (either("ARGO_SERVER").value_or("").empty()) text += "; --argo-server names a server, too";
        throw UsageError(text);
    }
}

ClientOptions options_for_dry_run(const ServerFlags& flags) { return options_for_dry_run(flags, &variable); }

ClientOptions options_for_dry_run(const ServerFlags& flags, const ClientOptions::Environment& environment) {
    if (!flags.argo_server.empty() || !environment("ARGO_SERVER").value_or("").empty())
        return client_options(flags, environment);
    // No server is asked: any will do, without a token.
    ServerFlags any = flags;
    any.argo_server = "localhost:2746";
    return client_options(any, [&](const char* name) -> std::optional<std::string> {
        if (std::string_view(name) == "ARGO_TOKEN") return "";
        return environment(name);
    });
}

}  // namespace tiphys::cli
