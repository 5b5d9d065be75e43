// SPDX-License-Identifier: Apache-2.0
#include "folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace tiphys::cli {
namespace {

namespace fs = std::filesystem;

bool is_manifest(const fs::path& path) {
    const fs::path extension = path.extension();
    return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

bool fits(std::string_view path, const std::vector<std::string>& patterns) {
    const std::string_view name = path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return matches(pattern.find('/') == pattern.npos ? name : path, pattern);
    });
}

bool is_chosen(const std::string& path, const FileChoice& choice) {
    if (choice.include.empty() ? !is_manifest(path) : !fits(path, choice.include)) return false;
    return !fits(path, choice.exclude);
}

template <class Iterator>
void add(std::vector<fs::path>& to, const fs::path& folder, const FileChoice& choice) {
    for (Iterator at(folder); at != Iterator(); ++at) {
        if (at->path().filename().native().starts_with('.')) {
            if constexpr (requires { at.disable_recursion_pending(); })
                if (at->is_directory()) at.disable_recursion_pending();
            continue;
        }
        if (at->is_regular_file() &&
            is_chosen(at->path().lexically_relative(folder).generic_string(), choice))
            to.push_back(at->path());
    }
}

bool holds(const fs::path& file, const std::string& text) {
    std::ifstream in(file, std::ios::binary);
    return in && std::string(std::istreambuf_iterator<char>(in), {}) == text;
}

/// New files that nobody has seen yet, and the folders made for them; gone at the end unless kept.
class Pending {
public:
    Pending() = default;
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;
    ~Pending() {
        std::error_code ignored;
        for (const auto& [made, wanted] : files_) fs::remove(made, ignored);
        // The innermost first; only empty ones go.
        for (auto one = folders_.rbegin(); one != folders_.rend(); ++one) fs::remove(*one, ignored);
    }

    void write(const fs::path& file, const std::string& text) {
        make_folder(file.parent_path());
        if (fs::is_directory(file))
            throw std::system_error(std::make_error_code(std::errc::is_a_directory), file.string());
        // One that was killed, in a container with the same process number, may have left its files.
        const fs::path first =
            file.parent_path() / ("." + file.filename().string() + ".tiphys-" + std::to_string(getpid()));
        fs::path made = first;
        int fd = -1;
        for (int n = 1; n <= 1000; ++n) {
            fd = open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
            if (fd >= 0 || errno != EEXIST) break;
            made = first.string() + "-" + std::to_string(n);
        }
        if (fd < 0) throw std::system_error(errno, std::generic_category(), file.string());
        close(fd);
        files_.emplace_back(made, file);
        std::ofstream out(made, std::ios::binary);
        if (!(out << text).flush())
            throw std::system_error(std::make_error_code(std::errc::io_error), file.string());
    }

    void keep() {
        for (; !files_.empty(); files_.pop_back()) fs::rename(files_.back().first, files_.back().second);
        folders_.clear();
    }

private:
    void make_folder(const fs::path& folder) {
        if (folder.empty() || fs::is_directory(folder)) return;
        make_folder(folder.parent_path());
        fs::create_directory(folder);
        folders_.push_back(folder);
    }

    std::vector<std::pair<fs::path, fs::path>> files_;
    std::vector<fs::path> folders_;
};

}  // namespace

bool matches(std::string_view path, std::string_view pattern) {
    if (pattern.empty()) return path.empty();
    if (pattern.starts_with("**/")) {
        // No folder, or any number of them.
        if (matches(path, pattern.substr(3))) return true;
        const std::size_t slash = path.find('/');
        return slash != path.npos && matches(path.substr(slash + 1), pattern);
    }
    if (pattern == "**") return !path.empty();
    if (pattern.front() == '*') {
        for (std::size_t n = 0;; ++n) {
            if (matches(path.substr(n), pattern.substr(1))) return true;
            if (n == path.size() || path[n] == '/') return false;
        }
    }
    if (path.empty() || (pattern.front() == '?' ? path.front() == '/' : pattern.front() != path.front()))
        return false;
    return matches(path.substr(1), pattern.substr(1));
}

std::vector<fs::path> manifests_of(const std::string& folder, bool recursive, const FileChoice& choice) {
    std::vector<fs::path> found;
    try {
        if (recursive)
            add<fs::recursive_directory_iterator>(found, folder, choice);
        else
            add<fs::directory_iterator>(found, folder, choice);
    } catch (const fs::filesystem_error& error) {
        throw UsageError(folder + ": cannot be read: " + error.code().message());
    }
    if (found.empty())
        throw UsageError(folder + (choice.include.empty() && choice.exclude.empty()
                                       ? ": has no files that end in .yaml, .yml or .json"
                                       : ": has no files that --include and --exclude leave"));
    std::sort(found.begin(), found.end());
    return found;
}

std::size_t write_all(const Files& files) {
    Pending pending;
    std::size_t written = 0;
    for (const auto& [file, text] : files) {
        if (holds(file, text)) continue;
        pending.write(file, text);
        ++written;
    }
    pending.keep();
    return written;
}

}  // namespace tiphys::cli
