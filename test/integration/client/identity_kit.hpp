// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "kit.hpp"

/// What the tests of tokens share.
namespace tiphys::test {

inline std::string header_of(const SeenRequest& request) {
    const auto found = request.headers.find("authorization");
    return found == request.headers.end() ? std::string() : found->second;
}

inline std::vector<std::string> headers_of(const ScriptedServer& server) {
    std::vector<std::string> all;
    for (const SeenRequest& request : server.requests()) all.push_back(header_of(request));
    return all;
}

inline constexpr const char* refused = R"({"code":16,"message":"token not valid"})";

/// Takes this token, and no other.
inline ScriptedServer::Script takes(std::string token) {
    return [wanted = "Bearer " + std::move(token)](Talk& talk) {
        if (header_of(talk.request()) == wanted)
            talk.json(200, workflow_json("a", "Running"));
        else
            talk.json(401, refused);
    };
}

inline ClientOptions options_with(const ScriptedServer& server, TokenSource source) {
    ClientOptions options = options_for(server);
    options.token_source = std::move(source);
    return options;
}

}  // namespace tiphys::test
