// SPDX-License-Identifier: Apache-2.0
#include <tiphys/task/runner.hpp>
#include <tiphys/text/documents.hpp>

#include <exception>
#include <optional>
#include <ostream>

namespace tiphys::detail {
namespace {

constexpr int exit_threw = 1, exit_not_called = 2;

std::string names_of(const list<function_entry>& functions) {
    std::string made;
    for (const function_entry& one : functions) made += (made.empty() ? "" : ", ") + one.name.string();
    return made.empty() ? "none" : made;
}

const function_entry& entry_named(const list<function_entry>& functions, std::string_view name) {
    for (const function_entry& one : functions)
        if (one.name == name) return one;
    throw CallError("there is no function `" + std::string(name) + "`; there are: " + names_of(functions));
}

const model::Template& template_named(const list<model::Template>& templates, std::string_view name) {
    for (const model::Template& one : templates)
        if (one.name == name) return one;
    throw CallError("function `" + std::string(name) + "` has no template in the document");
}

}  // namespace

int run_function(const list<function_entry>& functions, const list<model::Template>& templates,
                 std::string_view name, const std::string& file, const RunnerOptions& options,
                 std::ostream& out, std::ostream& error) {
    std::optional<function_call> call;
    // The function may throw what the runner throws, too.
    const auto it_threw = [&] { return call && call->in_function(); };
    try {
        const function_entry& entry = entry_named(functions, name);
        call.emplace(template_named(templates, name), read_text(file), options.root);
        entry.call(*call);
        call->commit();
        if (entry.has_result) out << call->result() << '\n' << std::flush;
        if (!out) throw CallError(call->subject() + ": its result cannot be written to standard output");
        return call->exit_code();
    } catch (const FunctionFailure& failure) {
        error << "function `" << name << "`: " << failure.what() << '\n';
        return failure.exit_code();
    } catch (const CallError& wrong) {
        if (it_threw()) error << "function `" << name << "`: ";
        error << wrong.what() << '\n';
        return it_threw() ? exit_threw : exit_not_called;
    } catch (const std::exception& thrown) {
        error << "function `" << name << "`: " << thrown.what() << '\n';
        return it_threw() ? exit_threw : exit_not_called;
    } catch (...) {
        error << "function `" << name << "`: it threw what is no std::exception\n";
        return it_threw() ? exit_threw : exit_not_called;
    }
}

}  // namespace tiphys::detail
