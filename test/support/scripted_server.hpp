// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/certificate.hpp"

namespace tiphys::test {

/// A request as it reached the server.
struct SeenRequest {
    std::string method;
    std::string target;
    std::string body;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string client_certificate;              ///< PEM text of the peer's, if it has one (TLS only)
    std::size_t connection = 0;                  ///< the first one is 1
    std::size_t number = 0;                      ///< among all requests; the first one is 1
};

/// What a script says on one connection, after a request came. Blocking; writes to a peer that has gone are
/// lost.
class Talk {
public:
    virtual ~Talk() = default;

    const SeenRequest& request() const noexcept { return request_; }

    /// A whole answer with its length.
    void answer(int status, std::string_view content_type, std::string_view body,
                std::string_view further_headers = "");
    void json(int status, std::string_view body) { answer(status, "application/json", body); }

    /// The beginning of a text/event-stream, then its parts.
    void begin_events();
    void event(std::string_view data);
    void sign_of_life();
    void end_events();

    /// Bytes as they are.
    virtual void raw(std::string_view bytes) = 0;
    /// Ends the connection in order.
    virtual void close() = 0;
    /// Ends it with a reset.
    virtual void reset() = 0;
    /// Says nothing until the client closes.
    virtual void wait_for_close() = 0;

protected:
    void chunk(std::string_view bytes);

    SeenRequest request_;
};

/// An HTTP server on a free port of 127.0.0.1 that does what a script says, each connection on a thread of
/// its own. It serves requests of a connection until either side closes it.
///
/// Object lifetimes: the destructor ends all connections; a script that waits for something else than its
/// peer must have been released before.
class ScriptedServer {
public:
    using Script = std::function<void(Talk&)>;

    /// With a certificate it speaks TLS, and asks clients for theirs, whoever has signed it. `authority` is
    /// PEM text: clients then have to show one that it has signed.
    explicit ScriptedServer(Script script, std::optional<Certificate> certificate = std::nullopt,
                            const std::string& authority = {});
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    unsigned short port() const noexcept;
    /// "127.0.0.1:port"
    std::string address() const;
    std::vector<SeenRequest> requests() const;
    std::size_t connections() const;
    void wait_for_requests(std::size_t count) const;
    void wait_for_connections(std::size_t count) const;
    /// Closes what idles between two requests, as servers do when they like.
    void close_idle();

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// Listens on a free port and lets nobody in: connections hang.
class DeafServer {
public:
    DeafServer();
    ~DeafServer();
    DeafServer(const DeafServer&) = delete;
    DeafServer& operator=(const DeafServer&) = delete;
    std::string address() const;

private:
    int listener_;
    std::vector<int> fillers_;
    unsigned short port_ = 0;
};

/// A port of 127.0.0.1 on which nobody listens, and which nobody else gets meanwhile.
class ClosedPort {
public:
    ClosedPort();
    ~ClosedPort();
    ClosedPort(const ClosedPort&) = delete;
    ClosedPort& operator=(const ClosedPort&) = delete;
    std::string address() const;

private:
    int descriptor_;
    unsigned short port_ = 0;
};

}  // namespace tiphys::test
