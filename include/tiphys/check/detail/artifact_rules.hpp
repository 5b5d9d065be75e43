// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/document_rules.hpp>

/// Rules on where artifacts lie: their locations, and the paths of inputs.
namespace tiphys::detail {

/// Whether a path climbs out of the folder that it begins with. Source: Artifact.CleanPath.
constexpr bool climbs(std::string_view path) noexcept {
    const auto is_up = [&](std::size_t at) {
        return path[at] == '.' && at + 1 < path.size() && path[at + 1] == '.' &&
               (at + 2 == path.size() || path[at + 2] == '/');
    };
    std::size_t depth = 0;       // of the folders before `at`
    bool found = false;          // a `/..` was met
    std::size_t safe_depth = 0;  // of the folder before the first `/..`
    bool left = false;
    for (std::size_t at = 0; at < path.size();) {
        std::size_t end = at;
        while (end < path.size() && path[end] != '/') ++end;
        if (end != at && is_up(at)) {
            if (!found && at != 0) {
                found = true;
                safe_depth = depth;
            }
            if (depth != 0) --depth;
            left = left || depth < safe_depth;
        } else if (end != at && !(end - at == 1 && path[at] == '.')) {
            ++depth;
        }
        at = end + 1;
    }
    // The folder itself is no place for an artifact either. Argo lets pass what climbs out and comes back in.
    return found && safe_depth != 0 && (left || depth <= safe_depth);
}

constexpr void artifact_git_repo(const model::GitArtifact& git, const Path& path, std::string_view who,
                                 report& report) {
    if (git.repo.empty())
        report(rule::artifact_git_repo, path / "git", joined("the git of ", who, " has no repo"));
}

constexpr void artifact_hdfs(const model::HDFSArtifact& hdfs, const Path& path, std::string_view who,
                             report& report) {
    const auto lacks = [&](std::string_view what) {
        report(rule::artifact_hdfs, path / "hdfs", joined("the hdfs of ", who, " has no ", what));
    };
    if (hdfs.addresses.empty()) lacks("addresses");
    if (hdfs.path.empty())
        lacks("path");
    else if (hdfs.path.view().front() != '/' && !has_variable(hdfs.path.view()))
        report(rule::artifact_hdfs, path / "hdfs" / "path",
               joined("the hdfs path `", hdfs.path.view(), "` of ", who, " is not absolute"));
    const bool keytab = hdfs.krbKeytabSecret.has_value();
    const bool cache = hdfs.krbCCacheSecret.has_value();
    if (hdfs.hdfsUser.empty() && !keytab && !cache) lacks("hdfsUser, krbCCacheSecret or krbKeytabSecret");
    if ((keytab || cache) && hdfs.krbServicePrincipalName.empty()) lacks("krbServicePrincipalName");
    if ((keytab || cache) && !hdfs.krbConfigConfigMap) lacks("krbConfigConfigMap");
    if (keytab && hdfs.krbUsername.empty()) lacks("krbUsername");
    if (keytab && hdfs.krbRealm.empty()) lacks("krbRealm");
}

inline constexpr std::string_view addressing_styles[] = {"path", "virtual-hosted"};

/// The location of an Artifact or an archiveLocation; `who` names it.
template <class Location>
constexpr void locations(const Location& given, const Path& path, std::string_view who, report& report) {
    str kinds("");
    int count = 0;
    const auto note = [&](bool present, std::string_view kind) {
        if (!present) return;
        if (count++ != 0) kinds.append(" and ");
        kinds.append(kind);
    };
    note(given.artifactory.has_value(), "artifactory");
    note(given.azure.has_value(), "azure");
    note(given.gcs.has_value(), "gcs");
    note(given.git.has_value(), "git");
    note(given.hdfs.has_value(), "hdfs");
    note(given.http.has_value(), "http");
    note(given.oss.has_value(), "oss");
    note(given.plugin.has_value(), "plugin");
    note(given.raw.has_value(), "raw");
    note(given.s3.has_value(), "s3");
    if (count == 0) return;
    if (count > 1)
        report(rule::artifact_several_locations, path, joined(who, " lies in ", kinds.view(), " at once"));
    const auto need = [&](const str& value, std::string_view kind, std::string_view member) {
        if (value.empty())
            report(rule::field_required, path / kind, joined("the ", kind, " of ", who, " has no ", member));
    };
    if (given.git) artifact_git_repo(*given.git, path, who, report);
    if (given.hdfs) artifact_hdfs(*given.hdfs, path, who, report);
    if (given.http) need(given.http->url, "http", "url");
    if (given.s3)
        one_of(rule::artifact_addressing_style, given.s3->addressingStyle, addressing_styles, path / "s3",
               "addressingStyle", who, report);
}

constexpr bool has_location(const model::Artifact& given) noexcept {
    return given.s3 || given.git || given.http || given.artifactory || given.hdfs || given.raw || given.gcs ||
           given.oss || given.azure || given.plugin;
}

/// An artifact of any list: an input, an output, an argument.
constexpr void artifact_location(const model::Artifact& given, const Path& path, std::string_view owner,
                                 report& report) {
    const auto who = [&] { return joined("artifact `", given.name.view(), "` of ", owner); };
    if (has_location(given)) locations(given, path, who().view(), report);
    if (given.mode.has_value() && (*given.mode < 0 || *given.mode > 511))
        report(rule::artifact_mode, path / "mode",
               joined("the mode of ", who().view(), " is ", text(*given.mode).view(),
                      ", which is not within 0 and 511"));
    if (given.artifactGC)
        artifact_gc_strategy(given.artifactGC->strategy, path / "artifactGC", who().view(), report);
}

constexpr void input_artifacts(const template_view& view, report& report) {
    const auto& artifacts = view.self.inputs->artifacts;
    const bool leaf = view.is_leaf();
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        const model::Artifact& input = artifacts[i];
        const auto path = [&] { return (view.path / "inputs" / "artifacts")[i]; };
        const auto who = [&] {
            return joined("the input artifact `", input.name.view(), "` of ",
                          template_words(view.self).view());
        };
        if (leaf && input.path.empty())
            report(rule::input_artifact_path, path(), joined(who().view(), " has no path"));
        if (leaf && climbs(input.path.view()))
            report(rule::input_artifact_traversal, path() / "path",
                   joined("the path `", input.path.view(), "` of ", who().view(), " climbs with `..`"));
        if (!leaf && has_text(input.path))
            report(rule::input_artifact_misplaced_path, path() / "path", joined(who().view(), " has a path"));
        if (has_text(input.from))
            report(rule::input_artifact_from, path() / "from", joined(who().view(), " has a from"));
        artifact_location(input, path(), template_words(view.self).view(), report);
    }
}

}  // namespace tiphys::detail
