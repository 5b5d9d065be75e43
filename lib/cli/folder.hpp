// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "options.hpp"

namespace tiphys::cli {

/// The manifests of a folder in the order of their names, hidden ones apart; with `recursive`, those of the
/// folders in it too.
///
/// Errors: UsageError where there is none, or a folder cannot be read.
std::vector<std::filesystem::path> manifests_of(const std::string& folder, bool recursive,
                                                const FileChoice& choice = {});

/// Whether a path with slashes fits a pattern, as FileChoice describes them.
bool matches(std::string_view path, std::string_view pattern);

/// Files and what they are to hold.
using Files = std::vector<std::pair<std::filesystem::path, std::string>>;

/// Writes all of them or none, as far as the file system lets it: beside each place first, then renamed. What
/// is there already is left untouched where it is the same, and replaced otherwise. Gives the number of those
/// that were written.
///
/// Errors: `std::system_error` that names the file.
std::size_t write_all(const Files& files);

}  // namespace tiphys::cli
