// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model_sink.hpp"

namespace tiphys::detail {

/// What came of feeding a text to a sink.
struct JsonOutcome {
    std::size_t read = 0;     ///< bytes of the value, or up to the mistake
    std::string reason = {};  ///< empty when a whole value was read
};

/// Feeds the first JSON value of the text to the sink; white space may go before it.
/// Errors: Mistake, from the sink.
JsonOutcome feed_json(std::string_view text, ModelSink& sink);

/// The text of the top-level member `kind`; empty if there is none. Trusts that the text is JSON.
std::string json_kind(std::string_view text);

/// Offset of the first byte that is not white space.
std::size_t skip_space(std::string_view text, std::size_t from = 0);

/// The text without the byte order mark that some editors write.
std::string_view without_mark(std::string_view text);

}  // namespace tiphys::detail
