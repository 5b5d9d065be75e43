// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/options.hpp>
#include <tiphys/core/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the files of kubectl say about servers and users.
///
/// Errors: all throw ClientError (invalid_argument) that names the file and the entry.
/// Source: tools/clientcmd of Kubernetes' client-go.
namespace tiphys::client_detail {

/// Several files together: of entries of the same name the first one holds, as for kubectl.
struct Kubeconfig {
    struct Entry {
        std::string file;  ///< that it is from: paths in it are relative to its folder
        json value;
    };

    std::string files;  ///< what messages call them together
    std::string current_context;
    std::map<std::string, Entry> clusters;
    std::map<std::string, Entry> users;
    std::map<std::string, Entry> contexts;
};

/// The files of KUBECONFIG, or ~/.kube/config; those that do not exist are left out, as kubectl does.
std::vector<std::string> kubeconfig_files(const ClientOptions::Environment& environment);

/// Reads and merges them.
Kubeconfig read_kubeconfig(const std::vector<std::string>& files);

/// All that a context says: Kubernetes as the server. An empty one: the current one.
ClientOptions kubernetes_options(const Kubeconfig& config, const std::string& context);

/// What it says about who asks, as the argo program sends it to an Argo Server: the token or its source, and
/// the namespace.
void take_token(const Kubeconfig& config, ClientOptions& options);
void take_namespace(const Kubeconfig& config, ClientOptions& options);

/// The bytes of a base64 text; nothing if it is none.
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64(std::string_view bytes);

}  // namespace tiphys::client_detail
