// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "emit.hpp"

namespace tiphys::generator {

/// Errors: `Problem` with the path and the system's reason.
std::string read_file(const std::filesystem::path&);
/// What lies in the folder, sorted. Errors: `Problem` as above.
std::vector<std::filesystem::path> list_folder(const std::filesystem::path&);
/// Writes only if the content differs, so that nothing is compiled again for nothing; makes folders.
void write_file(const std::filesystem::path&, const std::string& text);

/// Writes the generated files below `root` and removes what else lies in their folders.
void write_files(const std::filesystem::path& root, const Files&);
/// One line per file that is missing, differs or should not be there.
std::vector<std::string> differences(const std::filesystem::path& root, const Files&);

}  // namespace tiphys::generator
