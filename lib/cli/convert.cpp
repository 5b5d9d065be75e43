// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/validate.hpp>
#include <tiphys/text/cpp.hpp>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "commands.hpp"
#include "manifest.hpp"
#include "print.hpp"

namespace tiphys::cli {
namespace {

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
    for (const std::string& file : files)
        how.made_from += (how.made_from.empty() ? "" : ", ") + (file == "-" ? "standard input" : file);
    if (options.program) {
        how.form = options.yaml ? CppOptions::Form::program_yaml : CppOptions::Form::program_json;
        for (const Document& document : recipes_of(documents))
            how.objections.push_back(objection_to(document));
    }
    return to_cpp(documents, how);
}

}  // namespace

int convert(const ConvertCommand& options, std::ostream& out) {
    const std::vector<std::string> files =
        options.files.empty() ? std::vector<std::string>{"-"} : options.files;
    if (std::count(files.begin(), files.end(), "-") > 1)
        throw UsageError("convert: standard input can be read once; write `-` once");
    Documents documents;
    try {
        // All are read before anything is written: what a pipe gets is whole or nothing.
        for (const std::string& file : files) {
            Documents read = read_file(file);
            std::move(read.begin(), read.end(), std::back_inserter(documents));
        }
    } catch (const ReadError& error) {
        throw UsageError(error.what());
    }
    if (!options.to_cpp) {
        print(out, documents, options.to_json ? Format::json : Format::yaml);
        return exit_succeeded;
    }
    out << cpp_of(documents, options, files);
    flush(out);
    return exit_succeeded;
}

}  // namespace tiphys::cli
