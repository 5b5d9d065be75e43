// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <concepts>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tiphys {

/// What proves to a server who asks: the answer of a TokenSource.
struct Credential {
    /// The whole value of the Authorization header, or a single word, which gets "Bearer " before it. Empty:
    /// no such header.
    std::string token = {};
    /// When it ends. The source is asked again 10 s before. Not given: when the server refuses it.
    std::optional<std::chrono::system_clock::time_point> expires = {};
    /// Whether there is a newer one. Called on the client's executor before each request: it must be quick.
    /// It may be called in several threads at once.
    std::function<bool()> outdated = {};
    /// PEM texts of a client certificate and its key, in place of those of ClientOptions; both or none.
    std::string client_certificate = {};
    std::string client_key = {};
};

namespace client_detail {

template <class Result>
concept CredentialOrText =
    std::convertible_to<Result, Credential> || std::convertible_to<Result, std::string>;

template <class Function>
concept Answers =
    (std::invocable<Function&, std::stop_token> && requires(Function& function, std::stop_token stop) {
        { function(stop) } -> CredentialOrText;
    }) || (std::invocable<Function&> && requires(Function& function) {
        { function() } -> CredentialOrText;
    });

}  // namespace client_detail

/// Where a client gets its token from, when it needs one: a function that gives a token, or a Credential.
///
/// It is asked at the first request, not when the client is made, and its answer is kept and shared by all
/// copies of the client. It is asked again when the token's end is near, when `outdated` says so, and when
/// the server answers 401: then the refused request is sent once more. Operations that need a token at the
/// same time wait for one and the same answer, each no longer than its own limits and
/// ClientOptions::token_timeout.
///
/// The function is called on a thread of its own and may block; an asynchronous one is waited for in it. It
/// may take a std::stop_token, which tells it that nobody waits any more. Whoever destroys the client waits
/// for a call that still runs. One client never calls it twice at a time; clients that share a source may.
///
/// Errors: what the function throws reaches the operations as ClientError (unauthorized, with no status).
class TokenSource {
public:
    /// None.
    TokenSource() = default;

    /// `name` is what messages call it.
    template <class Function>
        requires(!std::same_as<std::remove_cvref_t<Function>, TokenSource> &&
                 client_detail::Answers<Function>)
    TokenSource(Function function, std::string name = "the token source of this program")
        : ask_([function = std::move(function)](std::stop_token stop) mutable -> Credential {
              if constexpr (std::invocable<Function&, std::stop_token>)
                  return credential(function(std::move(stop)));
              else
                  return credential(function());
          }),
          name_(std::move(name)) {}

    explicit operator bool() const noexcept { return static_cast<bool>(ask_); }
    const std::string& name() const noexcept { return name_; }

    /// Asks.
    ///
    /// Preconditions: it is not a default-constructed one.
    Credential operator()(std::stop_token stop = {}) const { return ask_(std::move(stop)); }

private:
    static Credential credential(Credential answer) { return answer; }
    static Credential credential(std::string token) {
        Credential made;
        made.token = std::move(token);
        return made;
    }

    std::function<Credential(std::stop_token)> ask_;
    std::string name_;
};

/// The token in a file, which is read again when it has changed: service account tokens are replaced before
/// they end. A line break at its end does not matter.
///
/// Errors: of the source, where the file cannot be read, is empty or larger than 1 MiB.
TokenSource tokens_from_file(std::string path);

/// The token that a program prints: `tokens_from_program({"argo", "auth", "token"})`. It is looked up in PATH
/// and run without a shell, with an empty standard input and this process's environment, to which
/// `environment` adds. When nobody waits for its answer any more, its process group is killed.
///
/// Errors: of the source, where the program cannot be run, fails, prints nothing or more than 1 MiB; with the
/// name of the program and what it wrote to its standard error.
TokenSource tokens_from_program(std::vector<std::string> command,
                                std::vector<std::pair<std::string, std::string>> environment = {});

}  // namespace tiphys
