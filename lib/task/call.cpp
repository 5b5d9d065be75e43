// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/model.hpp>
#include <tiphys/task/detail/call.hpp>
#include <tiphys/task/detail/decode.hpp>
#include <tiphys/task/error.hpp>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace tiphys::detail {
namespace {

namespace fs = std::filesystem;

/// A file that is being written; the name that it gets later has nothing of it.
constexpr const char* part_suffix = ".tiphys-part";

std::string reason() { return std::generic_category().message(errno == 0 ? EIO : errno); }

template <class Named>
const Named* find(const list<Named>& all, std::string_view name) {
    for (const Named& one : all)
        if (one.name == name) return &one;
    return nullptr;
}

template <class Named>
std::string names_of(const list<Named>& all) {
    std::string made;
    for (const Named& one : all) made += (made.empty() ? "" : ", ") + one.name.string();
    return made.empty() ? "none" : made;
}

std::string quoted_name(std::string_view name) { return "`" + std::string(name) + "`"; }

/// The text of a value: Argo writes all of them as text.
std::string text_of(const json& value) {
    return value.is_string() ? value.as_text().string() : json_text(value);
}

void write_file(const std::string& path, std::string_view content, const std::string& subject) {
    errno = 0;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    if (!file) throw CallError(subject + ": cannot write " + path + ": " + reason());
}

}  // namespace

function_call::function_call(const model::Template& of, std::string_view arguments, std::string root)
    : template_(of), root_(std::move(root)) {
    const auto blank = [](std::string_view text) {
        return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    };
    json given;
    try {
        given = blank(arguments) ? json::array() : json_from(arguments);
    } catch (const CallError& wrong) {
        throw CallError(subject() + ": its arguments cannot be read: " + wrong.what());
    }
    if (given.is_null()) return;
    const list<model::Parameter> none;
    const auto& known = of.inputs ? of.inputs->parameters : none;
    if (!given.is_array())
        throw CallError(subject() + ": its arguments are no list: Argo gives [{\"name\": …, \"value\": …}]");
    for (const json& one : given.items()) {
        const json* name = one.find("name");
        if (name == nullptr || !name->is_string())
            throw CallError(subject() +
                            ": an argument has no name: Argo gives [{\"name\": …, \"value\": …}]");
        const std::string called = name->as_text().string();
        if (find(known, called) == nullptr)
            throw CallError(subject() + ": it has no parameter " + quoted_name(called) +
                            "; it has: " + names_of(known));
        const json* value = one.find("value");
        if (value == nullptr) value = one.find("default");
        if (value == nullptr) continue;
        if (!arguments_.emplace(called, text_of(*value)).second)
            throw CallError(subject() + ": parameter " + quoted_name(called) + " is given twice");
    }
}

function_call::~function_call() {
    std::error_code ignored;
    for (const Output& one : outputs_)
        if (one.part != one.path) fs::remove_all(one.part, ignored);
}

std::string function_call::subject() const { return "function " + quoted_name(template_.name.view()); }

const std::string* function_call::parameter(std::string_view name) const {
    const auto found = arguments_.find(name);
    if (found != arguments_.end()) return &found->second;
    const model::Parameter* declared = template_.inputs ? find(template_.inputs->parameters, name) : nullptr;
    if (declared != nullptr && (declared->default_.has_value() || declared->value.has_value()))
        return nullptr;
    throw CallError(subject() + ": parameter " + quoted_name(name) + " is missing, and it has no default");
}

std::string function_call::input_file(std::string_view name, bool optional) const {
    const model::Artifact* declared = template_.inputs ? find(template_.inputs->artifacts, name) : nullptr;
    if (declared == nullptr)
        throw CallError(subject() + ": its template has no input artifact " + quoted_name(name));
    if (declared->path.view().find("{{") != std::string_view::npos)
        throw CallError(subject() + ": the path of artifact " + quoted_name(name) + " holds a variable (" +
                        declared->path.string() + "), which only Argo knows: give it a fixed path");
    std::string path = root_ + declared->path.string();
    std::error_code ignored;
    if (fs::exists(path, ignored)) return path;
    if (optional || declared->optional.value_or(false)) return {};
    throw CallError(subject() + ": artifact " + quoted_name(name) + " is missing: there is no " + path);
}

std::string function_call::load(std::string_view name, const std::string& path) const {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string made{std::istreambuf_iterator<char>(file), {}};
    if (!file || fs::is_directory(path))
        throw CallError(subject() + ": artifact " + quoted_name(name) + ": cannot read " + path + ": " +
                        (fs::is_directory(path) ? "it is a folder; take it as a File" : reason()));
    return made;
}

std::string function_call::place_of(std::string_view name, bool artifact) const {
    std::string_view path;
    if (template_.outputs) {
        if (artifact) {
            if (const auto* found = find(template_.outputs->artifacts, name)) path = found->path.view();
        } else if (const auto* found = find(template_.outputs->parameters, name); found && found->valueFrom) {
            path = found->valueFrom->path.view();
        }
    }
    const char* kind = artifact ? "artifact " : "parameter ";
    if (path.empty())
        throw CallError(subject() + ": its template has no path for the output " + kind + quoted_name(name));
    if (path.find("{{") != std::string_view::npos)
        throw CallError(subject() + ": the path of the output " + kind + quoted_name(name) +
                        " holds a variable (" + std::string(path) +
                        "), which only Argo knows: give it a fixed path");
    return root_ + std::string(path);
}

function_call::Output& function_call::stage(std::string_view name, bool artifact) {
    Output made{std::string(name), place_of(name, artifact), {}, false};
    made.part = made.path + part_suffix;
    std::error_code failed;
    fs::create_directories(fs::path(made.path).parent_path(), failed);
    if (failed)
        throw CallError(subject() + ": output " + quoted_name(name) + ": cannot make the folder of " +
                        made.path + ": " + failed.message());
    fs::remove_all(made.part, failed);
    return outputs_.emplace_back(std::move(made));
}

std::string function_call::output_file(std::string_view name, bool artifact) {
    Output& made = stage(name, artifact);
    made.written_by_function = true;
    return made.part;
}

void function_call::give(std::string_view name, std::string_view text) {
    write_file(stage(name, false).part, text, subject() + ": output parameter " + quoted_name(name));
}

void function_call::give_artifact(std::string_view name, std::string_view content) {
    write_file(stage(name, true).part, content, subject() + ": output artifact " + quoted_name(name));
}

void function_call::give_file(std::string_view name, const std::string& path) {
    std::error_code failed;
    const std::string what = subject() + ": output artifact " + quoted_name(name) + ": ";
    if (path.empty()) throw CallError(what + "the File that it gives has no path");
    if (!fs::exists(path, failed)) throw CallError(what + "there is no " + path);
    Output& made = stage(name, true);
    if (fs::weakly_canonical(path, failed) == fs::weakly_canonical(made.path, failed)) {
        made.part = made.path;  // it lies where it belongs
        return;
    }
    // What a link leads to; links within a folder stay links.
    const fs::path from = fs::canonical(path, failed);
    if (!failed)
        fs::copy(from, made.part, fs::copy_options::recursive | fs::copy_options::copy_symlinks, failed);
    if (failed) throw CallError(what + "cannot copy " + path + " to " + made.path + ": " + failed.message());
}

void function_call::commit() {
    std::error_code failed;
    for (const Output& one : outputs_)
        if (one.written_by_function && !fs::exists(one.part, failed))
            throw CallError(subject() + ": it has not written its output " + quoted_name(one.name) +
                            " to the path that it was given");
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
        const Output& one = outputs_[i];
        if (one.part == one.path) continue;
        if (fs::is_directory(one.path, failed)) fs::remove_all(one.path, failed);
        fs::rename(one.part, one.path, failed);
        if (!failed) continue;
        std::error_code ignored;
        for (std::size_t done = 0; done < i; ++done) fs::remove_all(outputs_[done].path, ignored);
        throw CallError(subject() + ": output " + quoted_name(one.name) + ": cannot write " + one.path +
                        ": " + failed.message());
    }
    outputs_.clear();
}

}  // namespace tiphys::detail
