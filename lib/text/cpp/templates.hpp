// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "values.hpp"

/// Templates, and the calls of them, as builder code.
namespace tiphys::detail::cpp {

/// `.hook("exit", "notify")`, or `.hooks` with the generated value where that says more.
Link hook_link(std::string_view event, const json& value, const model::object_type& type, Needs& needs);

/// `.parameter("name", "value")` and its like: `word` is "parameter", "with" or "input"; `simple` the
/// property that stands behind the name. Anything else is said by the value class.
void add_parameter(std::vector<Link>& to, std::string_view word, std::string_view simple, const json& value,
                   const model::object_type& type, Needs& needs);

/// The one property that says of which kind a template is; empty where there are several or none.
std::string_view kind_of_template(const json& value);

/// Whether it is of any kind.
bool has_kind(const json& value);

/// A template that is a value: `Container("busybox").command("echo")`; `Template()` for one of no kind, which
/// holds defaults of others. Preconditions: it is of one kind or none, and no dag or steps.
Expression template_value(const json& value, Needs& needs);

/// What is said of a dag or steps in its scope, before its tasks.
std::vector<Link> scope_words(const json& value, Needs& needs);

/// The tasks of a dag, or the steps: for each the call and what follows it. Nothing where a word is missing
/// for something that they say.
std::optional<std::vector<std::vector<Link>>> calls_of(const json& value, Needs& needs);

/// The words of a container, a script or their like, without the image.
void add_container(std::vector<Link>& to, const json& value, const model::object_type& type, Needs& needs);

}  // namespace tiphys::detail::cpp
