// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/spec.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace tiphys::local {

/// Whether and how processes can have files of their own on this machine.
struct Sandbox {
    enum class Means : unsigned char {
        none,
        namespaces,  ///< a mount namespace made while starting the process: costs little
        bubblewrap   ///< the program bwrap, where only it may make namespaces: some milliseconds per process
    };

    Means means = Means::none;
    bool user_namespace = false;     ///< namespaces: an own user namespace is needed (not root)
    bool process_namespace = false;  ///< bubblewrap: processes have a process namespace of their own
    std::filesystem::path program;   ///< bubblewrap: the program
    std::string reason;              ///< none: why, and what to do about it

    explicit operator bool() const noexcept { return means != Means::none; }

    /// Tried once, the answer is kept. Takes some milliseconds the first time.
    static const Sandbox& probe();

    /// Tries `means` now.
    static Sandbox probe(Means means);
};

/// The path on this machine of what the process of `spec` sees at the absolute `path`. A path that is neither
/// private nor mounted is returned as it is. The folders above it exist only once the process has started.
std::filesystem::path host_path(const ProcessSpec& spec, const std::string& path);

/// A file that the process sees at the absolute `path`: at most `max_size` bytes, or nothing and the reason
/// in `error`. Symbolic links are followed as the process would within its private directories, so they do
/// not lead out of them.
std::optional<std::string> read_file(const ProcessSpec& spec, const std::string& path, std::size_t max_size,
                                     std::string& error);

}  // namespace tiphys::local
