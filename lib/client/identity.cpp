// SPDX-License-Identifier: Apache-2.0
#include "client/identity.hpp"

#include <algorithm>
#include <system_error>

#include "client/connection.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

constexpr std::chrono::seconds margin(10);

ClientError no_token(const std::string& source, const std::string& why) {
    return ClientError(
        {.kind = ClientErrorKind::unauthorized,
         .message = "no token from " + source + ": " + one_line(why, 2000) + "; the request was not sent"});
}

}  // namespace

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string authorization(std::string_view token) {
    std::string value = trimmed(token);
    if (!value.empty() && value.find(' ') == value.npos) value.insert(0, "Bearer ");
    return value;
}

bool has_control_character(std::string_view token) noexcept {
    return std::any_of(token.begin(), token.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

/// Leaves the queue when it is destroyed, however its coroutine ends.
struct Identities::Place {
    Identities& all;
    Waiting waiting;
    std::list<Waiting*>::iterator at{};
    bool queued = false;

    ~Place() {
        if (!queued) return;
        const std::lock_guard lock(all.mutex_);
        if (waiting.served) return;
        all.waiting_.erase(at);
        if (all.waiting_.empty()) all.stop_.request_stop();
    }
};

Identities::Identities(const ClientOptions& options, std::shared_ptr<asio::ssl::context> tls, Clock clock)
    : options_(options),
      tls_(std::move(tls)),
      clock_(clock ? std::move(clock) : Clock([] { return std::chrono::system_clock::now(); })) {
    if (options_.token_source) return;
    Identity fixed;
    fixed.authorization = client_detail::authorization(options_.token);
    fixed.tls = tls_;
    kept_ = std::make_shared<const Identity>(std::move(fixed));
}

Identities::~Identities() {
    shut_down();
    if (thread_.joinable()) thread_.join();
}

void Identities::shut_down() {
    const std::lock_guard lock(mutex_);
    shut_down_ = true;
    stop_.request_stop();
}

bool Identities::serves(const Identity& identity) const {
    if (identity.expires && clock_() + margin >= *identity.expires) return false;
    return !identity.outdated || !identity.outdated();
}

std::shared_ptr<const Identity> Identities::kept() {
    std::shared_ptr<const Identity> found;
    {
        const std::lock_guard lock(mutex_);
        found = kept_;
    }
    // `outdated` is not ours: it is called without the lock.
    if (found == nullptr || serves(*found)) return found;
    const std::lock_guard lock(mutex_);
    if (kept_ == found) kept_.reset();
    return nullptr;
}

asio::awaitable<std::shared_ptr<const Identity>> Identities::current(Operation& operation) {
    operation.check();
    if (auto found = kept()) co_return found;
    Place place{*this, {&operation}};
    {
        const std::lock_guard lock(mutex_);
        if (kept_ != nullptr) co_return kept_;  // it has come in this moment
        place.at = waiting_.insert(waiting_.end(), &place.waiting);
        place.queued = true;
        if (!asking_) start();
    }
    const Limit limit(operation, Limit::Kind::step, options_.token_timeout, [this] {
        return ClientError({.kind = ClientErrorKind::timeout,
                            .message = "no token from " + options_.token_source.name() + " within " +
                                       std::to_string(options_.token_timeout.count()) +
                                       " ms (ClientOptions::token_timeout); the request was not sent",
                            .cause = asio::error::timed_out});
    });
    while (true) {
        co_await operation.pause();
        const std::lock_guard lock(mutex_);
        if (place.waiting.served) break;
    }
    if (place.waiting.failure) throw *place.waiting.failure;
    co_return place.waiting.identity;
}

bool Identities::refuse(const std::shared_ptr<const Identity>& identity) {
    if (!options_.token_source) return false;
    const std::lock_guard lock(mutex_);
    if (kept_ == identity) kept_.reset();
    return true;
}

ClientError Identities::refused(const ClientError& refusal) const {
    if (!options_.token_source) return refusal;
    return ClientError({.kind = refusal.kind(),
                        .message = std::string(refusal.what()) + "; the token is from " +
                                   options_.token_source.name() + ", which was asked again",
                        .status = refusal.status(),
                        .grpc_code = refusal.grpc_code(),
                        .method = refusal.method(),
                        .target = refusal.target(),
                        .server_message = refusal.server_message(),
                        .cause = refusal.cause()});
}

/// With the lock.
void Identities::start() {
    // The last thing that it did with the lock was to say that it has done.
    if (thread_.joinable()) thread_.join();
    stop_ = std::stop_source();
    if (shut_down_) stop_.request_stop();
    asking_ = true;
    try {
        thread_ = std::thread([this, stop = stop_.get_token()] { ask(stop); });
    } catch (const std::system_error& failed) {
        asking_ = false;
        for (Waiting* each : std::exchange(waiting_, {})) {
            each->served = true;
            each->failure = no_token(options_.token_source.name(),
                                     std::string("no thread can be made for it: ") + failed.what());
            each->operation->wake();
        }
    }
}

void Identities::ask(std::stop_token stop) {
    while (true) {
        std::shared_ptr<const Identity> identity;
        std::optional<ClientError> failure;
        try {
            identity = identity_of(options_.token_source(stop));
        } catch (const std::exception& thrown) {
            failure = no_token(options_.token_source.name(), thrown.what());
        } catch (...) {
            failure = no_token(options_.token_source.name(), "it threw what is no std::exception");
        }
        const std::lock_guard lock(mutex_);
        if (failure && stop.stop_requested() && !waiting_.empty() && !shut_down_) {
            stop_ = std::stop_source();
            stop = stop_.get_token();
            continue;
        }
        if (identity != nullptr) kept_ = identity;
        for (Waiting* each : std::exchange(waiting_, {})) {
            each->served = true;
            each->identity = identity;
            each->failure = failure;
            each->operation->wake();
        }
        asking_ = false;
        return;
    }
}

std::shared_ptr<const Identity> Identities::identity_of(Credential credential) const {
    Identity made;
    if (has_control_character(trimmed(credential.token)))
        throw std::runtime_error("the token has a control character or line break inside");
    made.authorization = client_detail::authorization(credential.token);
    made.tls = tls_;
    if (credential.client_certificate.empty() != credential.client_key.empty())
        throw std::runtime_error("a client certificate and its key must be given together");
    if (tls_ != nullptr && !credential.client_certificate.empty())
        made.tls = make_tls_context(options_, &credential);
    made.expires = credential.expires;
    made.outdated = std::move(credential.outdated);
    return std::make_shared<const Identity>(std::move(made));
}

}  // namespace tiphys::client_detail
