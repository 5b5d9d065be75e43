// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

extern char** environ;

namespace tiphys::local::process {
namespace {

// What a shell does without PATH.
constexpr std::string_view default_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::string about_command(std::string_view name) { return "exec: \"" + std::string(name) + "\": "; }

// 0, or the errno that running the file would give.
int runnable(const std::string& path) {
    struct stat about;
    if (::stat(path.c_str(), &about) != 0) return errno;
    if (S_ISDIR(about.st_mode)) return EISDIR;
    if (!S_ISREG(about.st_mode)) return EACCES;
    return ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

std::string lower_message(int failure) {
    std::string text = std::generic_category().message(failure);
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

std::string_view value_of(const std::vector<std::string>& environment, std::string_view name,
                          std::string_view fallback) {
    for (const std::string& entry : environment)
        if (entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name))
            return std::string_view(entry).substr(name.size() + 1);
    return fallback;
}

}  // namespace

std::vector<std::string> environment_of(const ProcessSpec& spec) {
    std::vector<std::string> result;
    auto set_by_spec = [&spec](std::string_view entry) {
        std::string_view name = entry.substr(0, entry.find('='));
        for (const auto& [key, value] : spec.environment)
            if (key == name) return true;
        return false;
    };
    if (spec.inherit_environment)
        for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
            if (!set_by_spec(*entry)) result.emplace_back(*entry);
    for (std::size_t i = 0; i < spec.environment.size(); ++i) {
        const auto& [name, value] = spec.environment[i];
        bool again = false;  // the last of equal names counts
        for (std::size_t later = i + 1; later < spec.environment.size(); ++later)
            again = again || spec.environment[later].first == name;
        if (!again) result.push_back(name + "=" + value);
    }
    return result;
}

Command find_command(const ProcessSpec& spec, const std::vector<Place>& places,
                     const std::vector<std::string>& environment, const std::string& working_directory) {
    Command found;
    if (spec.argv.empty() || spec.argv[0].empty()) {
        found.error = "exec: no command given";
        found.code = 127;
        return found;
    }
    const std::string& name = spec.argv[0];
    auto seen = [&](const std::string& path) {
        return path.starts_with('/') ? path : (std::filesystem::path(working_directory) / path).string();
    };
    if (name.find('/') != std::string::npos) {
        found.path = name;
        if (int failure = runnable(host_path(places, seen(name)).string()); failure != 0) {
            found.error = about_command(name) + lower_message(failure);
            found.code = failure == ENOENT || failure == ENOTDIR ? 127 : 126;
        }
        return found;
    }

    const char* own = ::getenv("PATH");
    std::string_view path =
        value_of(environment, "PATH", own != nullptr ? std::string_view(own) : default_path);
    int best = 0;
    for (std::size_t begin = 0; begin <= path.size();) {
        std::size_t end = std::min(path.find(':', begin), path.size());
        std::string folder(path.substr(begin, end - begin));
        std::string candidate = folder.empty() ? "./" + name : folder + "/" + name;
        int failure = runnable(host_path(places, seen(candidate)).string());
        if (failure == 0) {
            found.path = candidate;
            return found;
        }
        // A folder of PATH that may not be searched holds nothing, as for a shell.
        struct stat about;
        if (failure == EACCES && ::stat(host_path(places, seen(candidate)).c_str(), &about) == 0)
            best = failure;
        begin = end + 1;
    }
    if (best != 0) {
        found.error = about_command(name) + lower_message(best);
        found.code = 126;
    } else {
        found.error = about_command(name) + "executable file not found in $PATH";
        found.code = 127;
    }
    return found;
}

Command explain_exec(const ProcessSpec& spec, const std::vector<Place>& places, const std::string& path,
                     int failure) {
    Command told;
    told.path = path;
    told.code = failure == ENOENT ? 127 : 126;
    told.error = about_command(spec.argv[0]) + lower_message(failure);
    if (failure == ENOENT) {  // the file is there, so it is its interpreter that is missing
        std::ifstream file(host_path(places, path));
        std::string first;
        if (std::getline(file, first) && first.starts_with("#!"))
            told.error += ": the interpreter of its first line `" + first.substr(0, 256) + "` does not exist";
    } else if (failure == E2BIG) {
        told.error += ": arguments and environment are too large (an argument may have 128 KiB)";
    }
    return told;
}

}  // namespace tiphys::local::process
