// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/str.hpp>
#include <tiphys/model/fwd.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::detail {

/// One call of a function inside its pod: what its template has given it, and what it will leave behind.
/// Nothing is at its place before `commit`, which puts all there or none.
///
/// Object lifetimes: refers to the template.
class function_call {
public:
    /// `arguments` is the list that Argo gives for {{inputs.parameters}}. `root` stands before all paths.
    /// Errors: `CallError` for what is no such list, for parameters that the template does not have, and for
    /// paths that only a pod knows.
    function_call(const model::Template& of, std::string_view arguments, std::string root);
    ~function_call();
    function_call(const function_call&) = delete;
    function_call& operator=(const function_call&) = delete;

    /// The text of an input parameter; null where none was given and the template has a default.
    /// Errors: `CallError` where none was given and there is no default.
    const std::string* parameter(std::string_view name) const;
    /// Where an input artifact lies; empty for one that is optional and not there.
    /// Errors: `CallError` for one that is not there.
    std::string input_file(std::string_view name, bool optional) const;
    /// What it holds.
    std::string load(std::string_view name, const std::string& path) const;

    /// A file for the function to write.
    std::string output_file(std::string_view name, bool artifact);
    void give(std::string_view name, std::string_view text);
    void give_artifact(std::string_view name, std::string_view content);
    void give_file(std::string_view name, const std::string& path);

    void set_result(std::string_view text) { result_ = text; }
    const std::string& result() const noexcept { return result_; }
    void set_exit_code(int code) noexcept { exit_code_ = code; }
    int exit_code() const noexcept { return exit_code_; }

    /// Puts the outputs in their places.
    /// Errors: `CallError`, and none of them is there.
    void commit();

    /// Between these the function itself runs, and what is thrown is its own.
    void enter() noexcept { in_function_ = true; }
    void leave() noexcept { in_function_ = false; }
    bool in_function() const noexcept { return in_function_; }

    /// "function `split`"
    std::string subject() const;

private:
    struct Output {
        std::string name;
        std::string path;  ///< where it goes
        std::string part;  ///< where it is written until then
        bool written_by_function;
    };

    std::string place_of(std::string_view name, bool artifact) const;
    Output& stage(std::string_view name, bool artifact);

    const model::Template& template_;
    std::string root_;
    std::map<std::string, std::string, std::less<>> arguments_;
    std::vector<Output> outputs_;
    std::string result_;
    int exit_code_ = 0;
    bool in_function_ = false;
};

}  // namespace tiphys::detail
