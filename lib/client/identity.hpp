// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/options.hpp>

#include <boost/asio/ssl/context.hpp>

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "client/operation.hpp"

namespace tiphys::client_detail {

/// What goes along with a request and its connection to prove who asks.
struct Identity {
    std::string authorization = {};                ///< value of the header; empty: none
    std::shared_ptr<asio::ssl::context> tls = {};  ///< how connections are secured; null: they are not
    std::optional<std::chrono::system_clock::time_point> expires = {};
    std::function<bool()> outdated = {};

    bool proves_the_same_as(const Identity& other) const noexcept {
        return authorization == other.authorization && tls == other.tls;
    }
};

/// Without the blanks and line breaks around it.
std::string trimmed(std::string_view text);
/// The value of the header for a token as options and sources give it; empty for an empty one.
std::string authorization(std::string_view token);
/// Whether a header could not hold it: it has a line break or another control character inside.
bool has_control_character(std::string_view token) noexcept;

/// Who the client is: fixed by its options, or as its token source says, which is asked as rarely as
/// possible, by one thread at a time, off the client's executor.
///
/// Operations wait as those for a connection do (Pool). When the last one leaves, the source is told to stop;
/// if it fails then, and others have come meanwhile, it is asked again for them.
///
/// Thread safety: all functions may be called from any thread.
class Identities {
public:
    using Clock = std::function<std::chrono::system_clock::time_point()>;

    /// `tls`: how connections are secured, unless a credential has a certificate of its own.
    Identities(const ClientOptions& options, std::shared_ptr<asio::ssl::context> tls, Clock clock = {});
    /// Waits for the source, if it is being asked.
    ~Identities();
    Identities(const Identities&) = delete;
    Identities& operator=(const Identities&) = delete;

    /// Errors: throws ClientError: unauthorized if the source fails, timeout if it takes too long; or what
    /// stopped the operation.
    asio::awaitable<std::shared_ptr<const Identity>> current(Operation& operation);
    /// The server does not take it: the next `current` asks the source, if there is one that can be asked.
    /// False if there is none.
    bool refuse(const std::shared_ptr<const Identity>& identity);
    /// The error of a request that was refused in spite of a new token, if there is a source.
    ClientError refused(const ClientError& refusal) const;
    void shut_down();

private:
    struct Waiting {
        Operation* operation;
        bool served = false;
        std::shared_ptr<const Identity> identity = {};
        std::optional<ClientError> failure = {};
    };
    struct Place;

    bool serves(const Identity& identity) const;
    /// What is kept, if it is still good.
    std::shared_ptr<const Identity> kept();
    void start();
    void ask(std::stop_token stop);
    std::shared_ptr<const Identity> identity_of(Credential credential) const;

    const ClientOptions options_;
    const std::shared_ptr<asio::ssl::context> tls_;
    const Clock clock_;

    std::mutex mutex_;
    std::shared_ptr<const Identity> kept_;
    std::list<Waiting*> waiting_;
    bool asking_ = false;
    bool shut_down_ = false;
    std::stop_source stop_;
    std::thread thread_;
};

}  // namespace tiphys::client_detail
