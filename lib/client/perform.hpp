// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/text.hpp>

#include "client/core.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {

/// Carries out an operation that is not a stream, and gives its JSON answer. A GET is tried again where that
/// can help; another request only if it cannot have reached the server.
///
/// Errors: throws ClientError.
asio::awaitable<Response> perform(Operation& operation, Core& core, const Request& request);

/// The pause that follows so many failures in a row, and at least `least`.
asio::awaitable<void> pause_after(Operation& operation, const Core& core, unsigned failures,
                                  std::chrono::milliseconds least = {});

[[noreturn]] void throw_unreadable(const Core& core, const Request& request, std::string_view text,
                                   const std::exception& why);

/// A model from the server's text; members that the model does not know are kept.
template <class Model>
Model read_answer(const Core& core, const Request& request, std::string_view text) {
    ReadOptions options;
    options.unknown_fields = UnknownFields::keep;
    options.max_bytes = core.options().max_response_bytes;
    options.name = "the server's answer";
    try {
        return tiphys::read_json<Model>(text, options);
    } catch (const ReadError& why) {
        throw_unreadable(core, request, text, why);
    }
}

}  // namespace tiphys::client_detail
