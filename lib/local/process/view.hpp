// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/spec.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "child.hpp"

namespace tiphys::local::process {

/// A place in the process's file system that shows something else than this machine has there.
struct Place {
    std::filesystem::path target;  ///< absolute, normal, no symbolic link in the part that exists
    std::filesystem::path source;  ///< on this machine
    bool read_only = false;
    bool made = false;  ///< a private directory, which is made when it is missing
};

/// The places of `spec`, outer before inner. Empty with Isolation::none.
std::vector<Place> places_of(const ProcessSpec& spec);

/// `path` without symbolic links up to the first place on its way, and literally from there on: what this
/// machine has below a place is hidden from the process.
std::filesystem::path resolved(const std::vector<Place>& places, const std::filesystem::path& path);

/// The place that holds `path` (itself resolved), null when it is this machine's.
const Place* place_of(const std::vector<Place>& places, const std::filesystem::path& path);

/// Where on this machine lies what the process sees at `path`.
std::filesystem::path host_path(const std::vector<Place>& places, const std::filesystem::path& path);

/// How to build the file system that a process sees.
struct View {
    struct Entry {
        Step::Kind kind;
        std::string source;
        std::string target;  ///< absolute
        bool read_only = false;
        unsigned mode = 0755;
        bool optional = false;  ///< gone is as good as hidden
    };
    bool rebuilt =
        false;  ///< the root is built anew from all entries, else they are put over the present one
    std::vector<Entry> entries;
    std::string error;  ///< why there is no such view
};

/// Makes the private folders of `spec` on this machine and says how to show them.
View make_view(const ProcessSpec& spec, const std::vector<Place>& places);

}  // namespace tiphys::local::process
