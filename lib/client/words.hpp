// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/error.hpp>

#include <string>
#include <string_view>

/// Words for messages.
namespace tiphys::client_detail {

/// Text of a stranger as one line that a terminal survives: control characters and broken UTF-8 escaped, cut
/// to `limit` bytes.
std::string one_line(std::string_view text, std::size_t limit = 2000);

/// The same in quotes, for a name or value within a sentence.
std::string quoted(std::string_view text);

/// The text with U+FFFD in the place of each byte that is no part of a UTF-8 character.
std::string utf8(std::string_view text);

/// "Not Found" for 404; empty for a status without a name.
std::string_view reason(int status) noexcept;

/// "NotFound" for 5; empty for a code that gRPC does not define.
std::string_view grpc_name(int code) noexcept;

[[noreturn]] void throw_invalid_argument(std::string message);

}  // namespace tiphys::client_detail
