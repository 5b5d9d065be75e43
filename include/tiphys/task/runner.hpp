// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/contract_check.hpp>
#include <tiphys/task/function.hpp>

#include <iosfwd>
#include <string>
#include <string_view>

/// The runner: calls a function inside its pod.
namespace tiphys {

/// How a function is called.
struct RunnerOptions {
    /// Stands before the paths of all files that are read and written, for calls outside of a pod.
    std::string root = {};
};

namespace detail {

int run_function(const list<function_entry>& functions, const list<model::Template>& templates,
                 std::string_view name, const std::string& file, const RunnerOptions& options,
                 std::ostream& out, std::ostream& error);

}  // namespace detail

/// Calls the function of a template of the document, as its pod does: `file` is the list of names and values
/// that Argo puts where `{{inputs.parameters}}` stood ("-": standard input). Outputs go where the template
/// says, all or none; a result goes to `out`, and a line break behind it, which Argo takes off.
///
/// Gives the exit code of the process: that of an `Outcome` or a `FunctionFailure`; 1 where the function
/// threw, 2 where it could not be called or its outputs could not be left behind. `error` says why.
template <class Entity>
int run_function(const Entity& document, std::string_view name, const std::string& file,
                 const RunnerOptions& options, std::ostream& out, std::ostream& error) {
    return detail::run_function(document.functions(), detail::templates_of(document.model()), name, file,
                                options, out, error);
}

}  // namespace tiphys
