// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/documents.hpp>

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace tiphys {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, std::error_code why) {
    throw std::system_error(why, path.string() + " cannot be written");
}
std::error_code last_error() { return {errno, std::generic_category()}; }

std::string file_name(std::string_view given, std::string_view name, std::string_view generate_name) {
    while (generate_name.ends_with('-')) generate_name.remove_suffix(1);
    const std::string_view chosen = !given.empty() ? given : !name.empty() ? name : generate_name;
    if (chosen.empty())
        throw std::invalid_argument(
            "the document has no name to call its file after: give it metadata.name or "
            "metadata.generateName, or "
            "the file a name");
    // It must not lead out of the folder.
    if (chosen.find_first_of(std::string_view("/\0", 2)) != std::string_view::npos || chosen == "." ||
        chosen == "..")
        throw std::invalid_argument("\"" + std::string(chosen) +
                                    "\" is no name of a file: give the file another, without '/'");
    const bool whole = chosen.ends_with(".yaml") || chosen.ends_with(".yml");
    return std::string(chosen) + (whole ? "" : ".yaml");
}

/// A new file beside the one that it becomes; it goes unless it does.
class Draft {
public:
    explicit Draft(const fs::path& target) : target_(target) {
        static std::atomic<unsigned> count{0};
        path_ = target.parent_path() / ("." + target.filename().string() + "." + std::to_string(::getpid()) +
                                        "-" + std::to_string(count++));
        file_.reset(std::fopen(path_.c_str(), "wbx"));
        if (!file_) fail(target_, last_error());
    }
    ~Draft() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove(path_, ignored);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    void become(const std::string& text) {
        if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size() ||
            std::fclose(file_.release()) != 0)
            fail(target_, last_error());
        std::error_code failed;
        fs::rename(path_, target_, failed);
        if (failed) fail(target_, failed);
        path_.clear();
    }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    fs::path target_, path_;
    std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace

std::string detail::write_file(const std::string& folder, std::string_view given, std::string_view name,
                               std::string_view generate_name, const std::string& text) {
    const std::string file = file_name(given, name, generate_name);
    std::error_code failed;
    const fs::path path = (fs::absolute(folder.empty() ? "." : folder) / file).lexically_normal();
    fs::create_directories(path.parent_path(), failed);
    if (failed) fail(path, failed);
    Draft(path).become(text);
    return path.string();
}

std::string write_file(const std::string& folder, const Document& document, std::string_view name) {
    std::string_view own, generated;
    std::visit(
        [&]<class T>(const T& held) {
            if constexpr (std::is_same_v<T, json>) {
                const json* metadata = held.is_object() ? held.find("metadata") : nullptr;
                const auto text_of = [&](std::string_view key) -> std::string_view {
                    if (metadata == nullptr || !metadata->is_object()) return {};
                    const json* text = metadata->find(key);
                    return text != nullptr && text->is_string() ? text->as_text().view() : std::string_view();
                };
                own = text_of("name");
                generated = text_of("generateName");
            } else if constexpr (requires { detail::metadata_of(held.metadata); }) {
                if (const model::k8s::ObjectMeta* metadata = detail::metadata_of(held.metadata)) {
                    own = metadata->name.view();
                    generated = metadata->generateName.view();
                }
            }
        },
        document.value);
    return detail::write_file(folder, name, own, generated, to_yaml(document));
}

}  // namespace tiphys
