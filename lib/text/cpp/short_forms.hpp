// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "values.hpp"

namespace tiphys::detail::cpp {

/// What people write instead of the value class, where it says the same: `from_secret("github", "token")`,
/// `Claim("work").size("1Gi")`. Nothing where there is no such form.
std::optional<Expression> short_form(std::string_view name, const json& value);

/// `.env("A", "b")`, `.mount("/work", "work")`, `.request("memory", "64Mi")`: words for a member of a
/// container. False where none says all of it.
bool add_container_word(std::vector<Link>& to, std::string_view member, const json& value);

/// The text of a member; empty where there is none.
std::string_view text_of(const json& value, std::string_view member);
/// Whether these are all of its members.
bool has_only(const json& value, std::initializer_list<std::string_view> names);

}  // namespace tiphys::detail::cpp
