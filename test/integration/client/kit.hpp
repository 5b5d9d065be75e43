// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/client.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/scripted_server.hpp"

/// What the tests of the client share.
namespace tiphys::test {

/// Plain http to that address; retries come at once.
inline ClientOptions options_for(const std::string& address) {
    ClientOptions options;
    options.server = address;
    options.secure = false;
    options.namespace_ = "argo";
    options.retry_delay = std::chrono::milliseconds(0);
    return options;
}
inline ClientOptions options_for(const ScriptedServer& server) { return options_for(server.address()); }

/// Runs `act` and gives the ClientError that it throws; fails if it throws none.
template <class Act>
ClientError client_error(Act act) {
    try {
        act();
    } catch (const ClientError& error) {
        return error;
    }
    ADD_FAILURE() << "no ClientError was thrown";
    return ClientError({.message = "none"});
}

/// Calls `act` with a time limit that grows until it says that the machine was quick enough for it: whether a
/// limit of some milliseconds strikes before or after a given step is not the test's to decide.
template <class Act>
void patiently(Act act) {
    for (std::chrono::milliseconds limit(30); limit < std::chrono::minutes(1); limit *= 4)
        if (act(limit)) return;
    ADD_FAILURE() << "a minute was not enough";
}

/// A workflow as the server tells of it.
inline std::string workflow_json(std::string_view name, std::string_view phase,
                                 std::string_view version = "1") {
    std::string text = R"({"metadata":{"name":")" + std::string(name) + R"(","namespace":"argo","uid":"u1",)";
    text += R"("resourceVersion":")" + std::string(version) + R"("},"spec":{},"status":{)";
    if (!phase.empty()) text += R"("phase":")" + std::string(phase) + R"(",)";
    text += R"("startedAt":null,"finishedAt":null}})";
    return text;
}

inline std::string watch_json(std::string_view type, const std::string& workflow) {
    return R"({"result":{"type":")" + std::string(type) + R"(","object":)" + workflow + "}}";
}

/// The server no longer knows the version to go on from.
inline constexpr const char* version_gone =
    R"json({"error":{"grpc_code":3,"http_code":400,"message":"too old resource version: 5 (80)"}})json";

/// A workflow to create.
inline model::Workflow to_create() {
    model::Workflow workflow;
    workflow.metadata.generateName = "hello-";
    workflow.spec.entrypoint = "main";
    return workflow;
}

}  // namespace tiphys::test
