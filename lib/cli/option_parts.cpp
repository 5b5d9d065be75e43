// SPDX-License-Identifier: Apache-2.0
#include "option_parts.hpp"

#include <algorithm>
#include <charconv>

namespace tiphys::cli {

CLI::Option* add_repeatable(CLI::App& app, const std::string& names, std::vector<std::string>& to,
                            const std::string& description) {
    return app.add_option(names, to, description)->allow_extra_args(false)->take_all();
}

void add_server(CLI::App& app, ServerFlags& flags) {
    const auto add = [&app](const std::string& names, auto& to, const std::string& description) {
        app.add_option(names, to, description)->group("Server");
    };
    add("-s,--argo-server", flags.argo_server, "Argo server, host:port (ARGO_SERVER)");
    add("-n,--namespace", flags.name_space, "Namespace (ARGO_NAMESPACE)");
    add("--argo-base-href", flags.base_href, "Path that a proxy puts before /api (ARGO_BASE_HREF)");
    add("--token-file", flags.token_file, "File with the token, instead of ARGO_TOKEN");
    add("--certificate-authority", flags.certificate_authority, "PEM file with the authorities to trust");
    add("--client-certificate", flags.client_certificate, "PEM file, for proxies that ask for one");
    add("--client-key", flags.client_key, "PEM file of the certificate's key");
    add("--kubeconfig", flags.kubeconfig,
        "Where Kubernetes is, and its token (KUBECONFIG); without a server, workflows are submitted to it");
    app.add_flag("-e,--secure", flags.secure, "Whether to speak TLS; --secure=false does not (ARGO_SECURE)")
        ->group("Server");
    app.add_flag("-k,--insecure-skip-verify", flags.insecure_skip_verify,
                 "Accept any certificate (ARGO_INSECURE_SKIP_VERIFY)")
        ->group("Server");
}

std::vector<std::pair<std::string, std::string>> pairs_of(const std::vector<std::string>& texts,
                                                          std::string_view option, std::string_view what) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == 0 || equals == std::string::npos)
            throw UsageError(std::string(option) + " " + text + ": write " + std::string(what) +
                             " as name=value");
        pairs.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return pairs;
}

std::chrono::seconds duration_of(const std::string& text, std::string_view option) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const std::int64_t seconds = unit == "s"   ? 1
                                 : unit == "m" ? 60
                                 : unit == "h" ? 3600
                                 : unit == "d" ? 86'400
                                               : 0;
    if (failed != std::errc() || seconds == 0 || number < 1 || number > 1'000'000)
        throw UsageError(std::string(option) + " " + text +
                         ": write a number with s, m, h or d after it: 90s, 5m, 2h, 3d");
    return std::chrono::seconds(number * seconds);
}

}  // namespace tiphys::cli
