// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/documents.hpp>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "commands.hpp"
#include "manifest.hpp"

namespace tiphys::cli {

int convert(const ConvertOptions& options, std::ostream& out) {
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
    for (std::size_t i = 0; i < documents.size(); ++i) {
        if (options.to_json) {
            out << to_pretty_json(documents[i]);
        } else {
            if (i != 0) out << "---\n";
            out << to_yaml(documents[i]);
        }
    }
    if (!out.flush()) throw std::runtime_error("convert: cannot write to standard output");
    return exit_succeeded;
}

}  // namespace tiphys::cli
