// SPDX-License-Identifier: Apache-2.0
#include "local_rules.hpp"

#include <tiphys/check/detail/kubernetes.hpp>
#include <tiphys/text/text.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tiphys::detail {
namespace {

/// The text with every `{{…}}` replaced by a word, as Argo's validator does it.
std::string without_tags(std::string_view text) {
    std::string made;
    while (true) {
        const auto from = text.find("{{");
        const auto to = from == std::string_view::npos ? from : text.find("}}", from);
        if (to == std::string_view::npos) return made.append(text);
        made.append(text.substr(0, from)).append("placeholder");
        text.remove_prefix(to + 2);
    }
}

/// What keeps a text from being YAML; empty: nothing, or there is no text.
std::string yaml_error(std::string_view source) {
    std::string text = without_tags(source);
    // Argo reads the first document only.
    const std::size_t start = text.rfind("---", 0) == 0 ? 3 : 0;
    if (const auto mark = text.find("\n---", start); mark != std::string::npos) text.resize(mark + 1);
    try {
        ReadOptions as_argo;
        as_argo.duplicate_keys = DuplicateKeys::last_wins;
        read_yaml<json>(text, as_argo);
        return {};
    } catch (const ReadError& error) {
        // Without a place: it is empty.
        return error.line == 0 ? "" : error.reason + " (line " + std::to_string(error.line) + ")";
    }
}

std::filesystem::path time_zones() {
    const char* named = std::getenv("TZDIR");
    return named != nullptr && *named != '\0' ? named : "/usr/share/zoneinfo";
}

}  // namespace

void pod_spec_patch_yaml(const str& patch, const Path& path, std::string_view owner, report& report) {
    const std::string wrong = yaml_error(patch.view());
    if (!wrong.empty())
        report(rule::pod_spec_patch_yaml, path / "podSpecPatch",
               joined("the podSpecPatch of ", owner, " is no YAML: ", wrong));
}

void local_templates(const template_view& view, report& report) {
    const model::Template& self = view.self;
    if (self.resource) {
        const std::string wrong = yaml_error(self.resource->manifest.view());
        if (!wrong.empty())
            report(rule::resource_manifest_yaml, view.path / "resource" / "manifest",
                   joined("the manifest of ", template_words(self).view(), " is no YAML: ", wrong));
    }
    if (!self.podSpecPatch.empty())
        pod_spec_patch_yaml(self.podSpecPatch, view.path, template_words(self).view(), report);
}

void document_size(std::size_t bytes, std::string_view kind, report& report) {
    // etcd: embed.DefaultMaxRequestBytes; Argo: workflow/packer.
    constexpr std::size_t most = 3 * 512 * 1024;
    constexpr std::size_t much = 1024 * 1024;
    if (bytes <= much) return;
    const auto words = [&](std::size_t limit) {
        return joined("the ", kind, " is ", std::to_string(bytes), " bytes of JSON, ",
                      std::to_string(bytes - limit), " more than ", limit == most ? "1.5 MiB" : "1 MiB");
    };
    if (bytes > most)
        report(rule::document_too_large, Path(), words(most));
    else
        report(rule::document_large, Path(), words(much));
}

void cron_timezone(const model::CronWorkflow& cron, report& report) {
    const auto zone = cron.spec.timezone.view();
    if (zone.empty() || zone == "UTC" || zone == "Local") return;
    const std::filesystem::path folder = time_zones();
    std::error_code ignored;
    // Without a database nothing is known; the server has its own.
    if (!std::filesystem::is_directory(folder, ignored)) return;
    char magic[4] = {};
    if (zone.front() != '/' && !contains(zone, "..") && !contains(zone, "\\"))
        std::ifstream(folder / std::string(zone), std::ios::binary).read(magic, sizeof magic);
    if (std::string_view(magic, sizeof magic) == "TZif") return;
    report(rule::cron_timezone, Path() / "spec" / "timezone", joined("there is no time zone `", zone, "`"));
}

}  // namespace tiphys::detail
