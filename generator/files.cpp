// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "problem.hpp"

namespace tiphys::generator {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::generic_category().message(errno); }

/// Files of the generated folders that no schema entry asks for.
std::vector<std::string> strangers(const fs::path& root, const Files& files) {
    std::vector<std::string> found;
    for (std::string_view folder : generated_folders) {
        const fs::path at = root / folder;
        if (!fs::is_directory(at)) continue;
        for (const auto& entry : fs::directory_iterator(at)) {
            const std::string path = std::string(folder) + entry.path().filename().string();
            if (!files.contains(path)) found.push_back(path);
        }
    }
    return found;
}

}  // namespace

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in || fs::is_directory(path))
        throw Problem(path.string() + ": cannot be read: " + (in ? "is a folder" : reason()));
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (in.bad()) throw Problem(path.string() + ": cannot be read: " + reason());
    return text;
}

std::vector<fs::path> list_folder(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> found;
    for (fs::directory_iterator at(folder, error), end; at != end; at.increment(error))
        found.push_back(at->path());
    if (error) throw Problem(folder.string() + ": cannot be read: " + error.message());
    std::sort(found.begin(), found.end());
    return found;
}

void write_file(const fs::path& path, const std::string& text) {
    std::error_code error;
    if (fs::is_regular_file(path, error) && read_file(path) == text) return;
    if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) throw Problem(path.string() + ": cannot be written: " + reason());
}

void write_files(const fs::path& root, const Files& files) {
    for (const auto& [path, text] : files) write_file(root / path, text);
    for (const std::string& path : strangers(root, files)) fs::remove(root / path);
}

std::vector<std::string> differences(const fs::path& root, const Files& files) {
    std::vector<std::string> found;
    for (const auto& [path, text] : files) {
        if (!fs::is_regular_file(root / path))
            found.push_back(path + ": is missing");
        else if (read_file(root / path) != text)
            found.push_back(path + ": differs");
    }
    for (const std::string& path : strangers(root, files))
        found.push_back(path + ": is not generated from this schema");
    return found;
}

}  // namespace tiphys::generator
