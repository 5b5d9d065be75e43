// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/validate.hpp>
#include <tiphys/text/cpp.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <ostream>

#include "commands.hpp"
#include "folder.hpp"
#include "manifest.hpp"
#include "print.hpp"

namespace tiphys::cli {
namespace {

namespace fs = std::filesystem;

/// Why the compiler would not take a document; empty if it would.
std::string objection_to(const Document& document) {
    return std::visit(
        []<class T>(const T& value) {
            std::string text;
            if constexpr (detail::is_document<T>)
                for (const Diagnostic& one : validate(value))
                    if (one.rule->severity == Severity::error)
                        text += (text.empty() ? "" : "\n") + one.to_string();
            return text;
        },
        document.value);
}

std::string cpp_of(const Documents& documents, const ConvertCommand& options,
                   const std::vector<std::string>& files) {
    CppOptions how;
    how.name_space = options.name_space;
    for (const std::string& file : files) how.made_from += (how.made_from.empty() ? "" : ", ") + called(file);
    if (options.program) {
        how.form = options.yaml ? CppOptions::Form::program_yaml : CppOptions::Form::program_json;
        for (const Document& document : recipes_of(documents))
            how.objections.push_back(objection_to(document));
    }
    return to_cpp(documents, how);
}

std::string text_of(const Documents& documents, const ConvertCommand& options,
                    const std::vector<std::string>& files) {
    if (options.to_cpp) return cpp_of(documents, options, files);
    return options.to_json ? to_pretty_json(documents) : to_yaml(documents);
}

Documents read(const std::string& file) {
    try {
        return read_file(file);
    } catch (const ReadError& error) {
        throw UsageError(error.what());
    }
}

/// A file that is read, and the one that is made of it, below the output folder.
struct Pair {
    fs::path from;
    fs::path to;
};

std::vector<Pair> pairs_of(const ConvertCommand& options) {
    const char* extension = options.to_json   ? ".json"
                            : !options.to_cpp ? ".yaml"
                            : options.program ? ".cpp"
                                              : ".hpp";
    std::vector<Pair> pairs;
    const auto add = [&](const fs::path& from, fs::path to) {
        if (options.flatten) to = to.filename();
        pairs.push_back({from, (options.output / to).replace_extension(extension)});
    };
    for (const std::string& one : options.files) {
        if (one == "-")
            throw UsageError("convert: standard input has no name that its file in " + options.output +
                             " could have; leave out --output");
        std::error_code ignored;
        if (!fs::is_directory(one, ignored)) {
            add(one, fs::path(one).filename());
            continue;
        }
        for (const fs::path& file : manifests_of(one, options.recursive, options.choice))
            add(file, file.lexically_relative(one));
    }
    // Before anything is read: no file is made of two, and none is made over what is read.
    std::map<fs::path, fs::path> made;
    for (const Pair& pair : pairs) {
        const auto [other, is_new] = made.try_emplace(pair.to.lexically_normal(), pair.from);
        if (!is_new)
            throw UsageError(pair.from.string() + " and " + other->second.string() + " would both become " +
                             pair.to.string() + (options.flatten ? "; leave out --flatten" : "") +
                             ", or convert them into folders of their own");
        std::error_code ignored;
        for (const Pair& source : pairs)
            if (fs::equivalent(source.from, pair.to, ignored))
                throw UsageError(pair.to.string() +
                                 " is read and would be replaced; name another folder with --output");
    }
    return pairs;
}

int convert_into_folder(const ConvertCommand& options, std::ostream& out) {
    if (options.files.empty())
        throw UsageError("convert: --output " + options.output + " needs files or folders to read");
    Files files;
    for (const Pair& pair : pairs_of(options))
        files.emplace_back(pair.to, text_of(read(pair.from.string()), options, {pair.from.string()}));
    const std::size_t written = write_all(files);
    out << options.output << ": " << written << (written == 1 ? " file" : " files") << " written, "
        << files.size() - written << " up to date\n";
    flush(out);
    return exit_succeeded;
}

}  // namespace

int convert(const ConvertCommand& options, std::ostream& out) {
    if (!options.output.empty()) return convert_into_folder(options, out);
    const std::vector<std::string> files =
        options.files.empty() ? std::vector<std::string>{"-"} : options.files;
    if (std::count(files.begin(), files.end(), "-") > 1)
        throw UsageError("convert: standard input can be read once; write `-` once");
    Documents documents;
    // All are read before anything is written: what a pipe gets is whole or nothing.
    for (const std::string& file : files) {
        Documents some = read(file);
        std::move(some.begin(), some.end(), std::back_inserter(documents));
    }
    out << text_of(documents, options, files);
    flush(out);
    return exit_succeeded;
}

}  // namespace tiphys::cli
