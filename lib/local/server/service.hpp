// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/engine.hpp>
#include <tiphys/model/operations.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "feed.hpp"
#include "history.hpp"
#include "http.hpp"
#include "target.hpp"

namespace tiphys::local::server {

/// A stream that begins: its elements and the form that the request asked for.
struct Stream {
    Framing framing;
    std::unique_ptr<Feed> feed;
};

using Answer = std::variant<Response, Stream>;

/// Argo's API over an engine, without any input or output: a request in, an answer out. What the API says on
/// the wire (status codes, error bodies, members that Go always writes) is decided here.
///
/// Object lifetimes: the engine must outlive the service, and the service its streams.
/// Thread safety: as the engine's.
/// Source: server/workflow/workflow_server.go, server/info/info_server.go, grpc-gateway 1.16.
class Service {
public:
    explicit Service(Engine& engine) : engine_(engine), history_(engine) {}

    Answer answer(const Request& request);

private:
    Answer route(const Request& request);
    Response create(const Target& target, const std::string& body);
    Response lint(const std::string& body);
    Response get(const Target& target);
    Response list(const Target& target);
    Response remove(const Target& target);
    Response resume(const Target& target, const std::string& body);
    Response suspend(const Target& target, const std::string& body);
    Response stop(const Target& target, const std::string& body);
    Response terminate(const Target& target, const std::string& body);
    Answer watch(const Target& target, const Request& request);
    Answer log(const Target& target, const Request& request, bool of_pod);
    const model::Workflow& find(std::string_view namespace_of, std::string_view name) const;

    Engine& engine_;
    History history_;
};

/// The operation that a method and a path belong to, as grpc-gateway matches them (a segment in braces takes
/// any text, the empty one too), or null.
const model::operation* match(std::string_view method, const Target& target);

}  // namespace tiphys::local::server
