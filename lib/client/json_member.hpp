// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace tiphys::client_detail {

/// The text of one member of a JSON object, as it stands in the object's text: lets the envelope of an event
/// be opened without building a value of what it holds. Nothing if the object has no such member.
///
/// Only what must be understood is checked: strings, brackets and the outermost commas and colons. What the
/// member holds is judged by whoever reads it. Names are compared as written, escapes are not decoded.
///
/// Errors: throws ClientError (not_json) for text that is not one object.
std::optional<std::string_view> json_member(std::string_view object, std::string_view name);

}  // namespace tiphys::client_detail
