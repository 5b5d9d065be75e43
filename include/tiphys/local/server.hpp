// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/options.hpp>
#include <tiphys/local/engine_options.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace tiphys::local {

/// How a `Server` listens, and how its engine runs workflows.
struct ServerOptions {
    /// A loopback address (127.0.0.1, ::1 or localhost): whoever is served runs commands as this user, so
    /// anything else is refused for now.
    std::string address = "127.0.0.1";
    /// 0: a free one, which `Server::port` tells.
    std::uint16_t port = 0;
    EngineOptions engine = {};

    /// Largest request body; Argo itself stops at 100 MB.
    std::size_t max_body_bytes = 100u << 20;
    /// Largest request line and header together.
    std::uint32_t max_header_bytes = 64u << 10;
    /// Connections open at once; further ones wait in the system's queue.
    std::size_t max_connections = 1000;
    /// For a whole request to arrive, from its first byte on, and for a response to be taken.
    std::chrono::milliseconds request_timeout = std::chrono::seconds(60);
    /// Silence between two requests of one connection.
    std::chrono::milliseconds idle_timeout = std::chrono::minutes(5);
    /// How often a silent stream of server-sent events gives a sign of life; Argo: 15 s.
    std::chrono::milliseconds keep_alive = std::chrono::seconds(15);
};

/// An Argo Workflows server inside this program: Argo's REST interface over HTTP/1.1 on loopback, and an
/// engine that runs the workflows as processes of this machine. There is no TLS and no token: it serves the
/// user who runs it and root, as far as the kernel tells who is at the other end (Linux with /proc), and
/// refuses web pages of other origins and requests that name another host.
///
/// It has the operations of a workflow's life (create, get, list, delete, resume, suspend, stop, terminate,
/// lint, watch, logs) and version, info and userinfo; the others answer 501 and say their name.
///
/// Object lifetimes: runs on a thread of its own until `stop` or the destructor, which end all processes that
/// its workflows started.
/// Errors: the constructor throws `std::invalid_argument` for options that do not fit and `std::system_error`
/// when the port cannot be had; both name the address.
/// Thread safety: all members may be called from any thread, except that `stop` and the destructor must not
/// be called by two at once.
class Server {
public:
    explicit Server(ServerOptions options = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const noexcept;
    /// "http://127.0.0.1:37123"
    std::string url() const;
    /// For a `Client` of this server.
    ClientOptions client_options() const;
    /// Folder below which logs and outputs are kept.
    std::filesystem::path directory() const;
    /// Folder of the logs of one workflow.
    std::filesystem::path log_directory(std::string_view namespace_, std::string_view name) const;

    /// Ends all processes and connections; returns when nothing is left. Further calls do nothing.
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tiphys::local
