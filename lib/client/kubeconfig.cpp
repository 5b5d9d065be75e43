// SPDX-License-Identifier: Apache-2.0
#include "client/kubeconfig.hpp"

#include <tiphys/text/documents.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <filesystem>

#include "client/exec_credential.hpp"
#include "client/identity.hpp"
#include "client/url.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

using Entry = Kubeconfig::Entry;
using Entries = std::map<std::string, Entry>;

std::string in_quotes(std::string_view text) { return "\"" + one_line(text, 300) + "\""; }

/// One entry of a file with the words for it: `user "admin" of /home/me/.kube/config`.
struct Named {
    std::string words;
    const Entry* entry;

    [[noreturn]] void refuse(const std::string& why) const { throw_invalid_argument(words + ": " + why); }

    const json* find(std::string_view name) const {
        const json* found = entry->value.find(name);
        return found == nullptr || found->is_null() ? nullptr : found;
    }
    std::string text(std::string_view name) const { return text(find(name), name); }
    std::string text(const json* found, std::string_view name) const {
        if (found == nullptr || found->is_null()) return {};
        if (!found->is_string()) refuse(std::string(name) + " must be a text");
        return std::string(found->as_text().view());
    }
    bool flag(std::string_view name) const {
        const json* found = find(name);
        if (found == nullptr) return false;
        if (!found->is_boolean()) refuse(std::string(name) + " must be true or false");
        return found->as_boolean();
    }
    /// A path that is relative to the folder of its file.
    std::string path(std::string_view name) const {
        const std::string given = text(name);
        return given.empty() ? given : (std::filesystem::path(entry->file).parent_path() / given).string();
    }
    std::string bytes(std::string_view name) const {
        const auto decoded = from_base64(text(name));
        if (!decoded) refuse(std::string(name) + " is not base64");
        return *decoded;
    }
    void must_not_have(std::string_view name, const std::string& remedy) const {
        const json* found = find(name);
        if (found == nullptr || (found->is_string() && found->as_text().view().empty()) ||
            (found->is_array() && found->items().empty()) || (found->is_object() && found->members().empty()))
            return;
        refuse(std::string(name) + " is not supported: " + remedy);
    }
};

void take_entries(const json& document, const char* list, const char* inner, const std::string& file,
                  Entries& into) {
    const json* entries = document.find(list);
    if (entries == nullptr || entries->is_null()) return;
    const auto refuse = [&](const std::string& why) {
        throw_invalid_argument("the kubeconfig " + in_quotes(file) + ": " + list + " " + why);
    };
    if (!entries->is_array()) refuse("must be a list");
    for (const json& entry : entries->items()) {
        const json* name = entry.find("name");
        if (name == nullptr || !name->is_string()) refuse("has an entry without a name");
        const json* value = entry.find(inner);
        if (value != nullptr && !value->is_null() && !value->is_object())
            refuse("has an entry " + in_quotes(name->as_text().view()) + " whose " + inner +
                   " is not an object");
        into.emplace(name->as_text().view(),
                     Entry{file, value == nullptr || value->is_null() ? json::object() : *value});
    }
}

/// The three entries that a context leads to.
struct Chosen {
    Named context;
    std::optional<Named> cluster;
    std::optional<Named> user;
};

std::optional<Named> named(const Kubeconfig& config, const Named& context, const char* kind,
                           const Entries& entries) {
    const std::string name = context.text(kind);
    if (name.empty()) return std::nullopt;
    const auto found = entries.find(name);
    if (found == entries.end())
        context.refuse("its " + std::string(kind) + " " + in_quotes(name) + " is not in " + config.files);
    return Named{std::string("the ") + kind + " " + in_quotes(name) + " of " + in_quotes(found->second.file),
                 &found->second};
}

Chosen choose(const Kubeconfig& config, const std::string& context) {
    const std::string& name = context.empty() ? config.current_context : context;
    if (name.empty())
        throw_invalid_argument(config.files +
                               " has no current-context: name a context, or choose one with `kubectl config "
                               "use-context`");
    const auto found = config.contexts.find(name);
    if (found == config.contexts.end()) {
        std::string known;
        for (const auto& each : config.contexts) known += (known.empty() ? "" : ", ") + in_quotes(each.first);
        throw_invalid_argument(config.files + " has no context " + in_quotes(name) +
                               (known.empty() ? "" : "; it has " + known));
    }
    Chosen chosen{{"the context " + in_quotes(name) + " of " + in_quotes(found->second.file), &found->second},
                  std::nullopt,
                  std::nullopt};
    chosen.cluster = named(config, chosen.context, "cluster", config.clusters);
    chosen.user = named(config, chosen.context, "user", config.users);
    return chosen;
}

/// `https://host:port/path` to the members of the options that hold its parts.
void take_server(const Named& cluster, ClientOptions& options) {
    std::string url = cluster.text("server");
    if (url.empty()) cluster.refuse("it has no server");
    if (url.find("://") == url.npos) {
        const bool secured = cluster.find("certificate-authority") != nullptr ||
                             cluster.find("certificate-authority-data") != nullptr ||
                             cluster.flag("insecure-skip-tls-verify");
        url.insert(0, secured ? "https://" : "http://");
    }
    const std::string scheme = url.substr(0, url.find("://"));
    if (scheme != "https" && scheme != "http")
        cluster.refuse("the scheme of its server " + in_quotes(url) + " must be https or http");
    options.secure = scheme == "https";
    const std::string rest = url.substr(scheme.size() + 3);
    const auto slash = rest.find('/');
    options.server = rest.substr(0, slash);
    const auto bracket = options.server.rfind(']');
    if (options.server.find(':', bracket == std::string::npos ? 0 : bracket) == std::string::npos)
        options.server += options.secure ? ":443" : ":80";
    parse_endpoint(options.server, "the server of " + cluster.words);
    if (slash != rest.npos)
        options.base_href = normal_base_href(rest.substr(slash), "the server of " + cluster.words);
}

void take_cluster(const Named& cluster, ClientOptions& options) {
    cluster.must_not_have("proxy-url", "this client uses no proxies");
    take_server(cluster, options);
    options.tls_server_name = cluster.text("tls-server-name");
    options.insecure_skip_verify = cluster.flag("insecure-skip-tls-verify");
    options.certificate_authority_data = cluster.bytes("certificate-authority-data");
    if (options.certificate_authority_data.empty())
        options.certificate_authority = cluster.path("certificate-authority");
    if (options.insecure_skip_verify &&
        !(options.certificate_authority.empty() && options.certificate_authority_data.empty()))
        cluster.refuse("a certificate-authority and insecure-skip-tls-verify contradict each other");
}

void take_certificate(const Named& user, ClientOptions& options) {
    options.client_certificate_data = user.bytes("client-certificate-data");
    options.client_key_data = user.bytes("client-key-data");
    const std::string certificate = user.path("client-certificate");
    const std::string key = user.path("client-key");
    const bool some = !options.client_certificate_data.empty() || !certificate.empty();
    if (some != (!options.client_key_data.empty() || !key.empty()))
        user.refuse("a client certificate and its key must be given together");
    if (options.client_certificate_data.empty() != options.client_key_data.empty()) {
        // One as a text and one as a file: kubectl takes both, and so the file becomes a text.
        ReadOptions reading;
        reading.max_bytes = 1u << 20;
        try {
            if (options.client_certificate_data.empty())
                options.client_certificate_data = read_text(certificate, reading);
            else
                options.client_key_data = read_text(key, reading);
        } catch (const ReadError& failed) {
            user.refuse(failed.what());
        }
    } else if (options.client_certificate_data.empty()) {
        options.client_certificate = certificate;
        options.client_key = key;
    }
}

/// The cluster as the interface of credential programs describes it.
json described(const Named& cluster) {
    ClientOptions options;
    take_cluster(cluster, options);
    json made = json::object();
    made.set("server", std::string_view(cluster.text("server")));
    if (!options.tls_server_name.empty())
        made.set("tls-server-name", std::string_view(options.tls_server_name));
    if (options.insecure_skip_verify) made.set("insecure-skip-tls-verify", true);
    std::string authority = options.certificate_authority_data;
    if (!options.certificate_authority.empty()) {
        try {
            authority = read_text(options.certificate_authority);
        } catch (const ReadError& failed) {
            cluster.refuse(failed.what());
        }
    }
    if (!authority.empty()) made.set("certificate-authority-data", std::string_view(to_base64(authority)));
    const json* extensions = cluster.find("extensions");
    if (extensions == nullptr) return made;
    for (const json& extension : extensions->items()) {
        const json* name = extension.find("name");
        const json* value = extension.find("extension");
        if (name != nullptr && name->as_text().view() == "client.authentication.k8s.io/exec" &&
            value != nullptr)
            made.set("config", *value);
    }
    return made;
}

TokenSource plugin_of(const Named& user, const json& exec, const std::optional<Named>& cluster) {
    ExecPlugin plugin;
    plugin.api_version = user.text(exec.find("apiVersion"), "exec.apiVersion");
    if (plugin.api_version != "client.authentication.k8s.io/v1" &&
        plugin.api_version != "client.authentication.k8s.io/v1beta1")
        user.refuse("exec.apiVersion " + in_quotes(plugin.api_version) +
                    " is not supported: client.authentication.k8s.io/v1 and v1beta1 are");
    if (user.text(exec.find("interactiveMode"), "exec.interactiveMode") == "Always")
        user.refuse(
            "exec.interactiveMode Always is not supported: programs that give credentials run without a "
            "terminal");
    std::string program = user.text(exec.find("command"), "exec.command");
    if (program.empty()) user.refuse("exec has no command");
    plugin.name = "the program " + in_quotes(program) + ", of " + user.words;
    if (program.find('/') != program.npos)
        program = (std::filesystem::path(user.entry->file).parent_path() / program).string();
    plugin.command.push_back(std::move(program));
    if (const json* arguments = exec.find("args"))
        for (const json& argument : arguments->items())
            plugin.command.push_back(user.text(&argument, "exec.args"));
    if (const json* variables = exec.find("env"))
        for (const json& variable : variables->items())
            plugin.environment.emplace_back(user.text(variable.find("name"), "exec.env"),
                                            user.text(variable.find("value"), "exec.env"));
    plugin.install_hint = user.text(exec.find("installHint"), "exec.installHint");
    const json* wants_cluster = exec.find("provideClusterInfo");
    if (cluster && wants_cluster != nullptr && wants_cluster->is_boolean() && wants_cluster->as_boolean())
        plugin.cluster = described(*cluster);
    return tokens_from_plugin(std::move(plugin));
}

/// What goes into the Authorization header.
void take_user(const Named& user, const std::optional<Named>& cluster, ClientOptions& options) {
    user.must_not_have("auth-provider",
                       "use a program that gives credentials (exec), or give a token "
                       "(ARGO_TOKEN, ClientOptions::token)");
    for (const char* impersonation : {"as", "as-uid", "as-groups", "as-user-extra"})
        user.must_not_have(impersonation, "this client acts for nobody else");
    const std::string name = user.text("username");
    if (const std::string file = user.path("tokenFile"); !file.empty()) {
        options.token_source = tokens_from_file(file);
    } else if (const std::string token = user.text("token"); !token.empty()) {
        options.token = "Bearer " + trimmed(token);
        if (has_control_character(options.token)) user.refuse("its token has a control character inside");
    } else if (!name.empty()) {
        options.token = "Basic " + to_base64(name + ":" + user.text("password"));
    } else if (const json* exec = user.find("exec")) {
        if (!exec->is_object()) user.refuse("exec must be an object");
        options.token_source = plugin_of(user, *exec, cluster);
    }
}

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
    static constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::size_t count = 0;
    std::size_t padding = 0;
    std::uint32_t bits = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r') continue;
        const auto value = letters.find(c);
        if (c == '=')
            ++padding;
        else if (value == letters.npos || padding != 0)
            return std::nullopt;
        bits = bits << 6 | (c == '=' ? 0u : static_cast<std::uint32_t>(value));
        if (++count % 4 != 0) continue;
        for (const int shift : {16, 8, 0}) bytes += static_cast<char>(bits >> shift & 0xff);
        bits = 0;
    }
    if (count % 4 != 0 || padding > 2) return std::nullopt;
    bytes.resize(bytes.size() - padding);
    return bytes;
}

std::string to_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::vector<std::string> kubeconfig_files(const ClientOptions::Environment& environment) {
    std::vector<std::string> files;
    const auto add = [&](std::string path) {
        std::error_code unknown;
        if (!path.empty() && std::filesystem::exists(path, unknown)) files.push_back(std::move(path));
    };
    const std::string list = environment("KUBECONFIG").value_or("");
    if (list.empty()) {
        const std::string home = environment("HOME").value_or("");
        if (!home.empty()) add(home + "/.kube/config");
        return files;
    }
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t end = std::min(list.find(':', from), list.size());
        add(list.substr(from, end - from));
        from = end + 1;
    }
    return files;
}

Kubeconfig read_kubeconfig(const std::vector<std::string>& files) {
    Kubeconfig config;
    for (const std::string& file : files) {
        config.files += (config.files.empty() ? "the kubeconfig " : ", ") + in_quotes(file);
        json document;
        try {
            ReadOptions options;
            options.name = file;
            options.max_bytes = 16u << 20;
            const std::string text = read_text(file, options);
            if (trimmed(text).empty()) continue;
            document = read_yaml<json>(text, options);
        } catch (const ReadError& failed) {
            throw_invalid_argument("the kubeconfig cannot be read: " + one_line(failed.what(), 1000));
        }
        const json* kind = document.find("kind");
        if (!document.is_object() ||
            (kind != nullptr && kind->is_string() && kind->as_text().view() != "Config"))
            throw_invalid_argument("the file " + in_quotes(file) + " is not a kubeconfig (`kind: Config`)");
        const json* current = document.find("current-context");
        if (config.current_context.empty() && current != nullptr && current->is_string())
            config.current_context = current->as_text().view();
        take_entries(document, "clusters", "cluster", file, config.clusters);
        take_entries(document, "users", "user", file, config.users);
        take_entries(document, "contexts", "context", file, config.contexts);
    }
    return config;
}

ClientOptions kubernetes_options(const Kubeconfig& config, const std::string& context) {
    const Chosen chosen = choose(config, context);
    ClientOptions options;
    options.api = ClientApi::kubernetes;
    if (!chosen.cluster) chosen.context.refuse("it names no cluster");
    take_cluster(*chosen.cluster, options);
    if (chosen.user) {
        take_certificate(*chosen.user, options);
        take_user(*chosen.user, chosen.cluster, options);
    }
    if (std::string ns = chosen.context.text("namespace"); !ns.empty()) options.namespace_ = std::move(ns);
    return options;
}

void take_token(const Kubeconfig& config, ClientOptions& options) {
    if (config.current_context.empty()) return;
    const Chosen chosen = choose(config, {});
    if (chosen.user) take_user(*chosen.user, chosen.cluster, options);
}

void take_namespace(const Kubeconfig& config, ClientOptions& options) {
    if (config.current_context.empty()) return;
    if (std::string ns = choose(config, {}).context.text("namespace"); !ns.empty())
        options.namespace_ = std::move(ns);
}

}  // namespace tiphys::client_detail
