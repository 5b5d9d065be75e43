// SPDX-License-Identifier: Apache-2.0
#include "client/artifact_operations.hpp"

#include <tiphys/check/detail/selector.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "client/preconditions.hpp"
#include "client/url.hpp"
#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

std::string_view chosen(const std::string& own, std::string_view ns) { return own.empty() ? ns : own; }

void check_ref(const ArtifactRef& artifact) {
    if (artifact.workflow.empty() == artifact.uid.empty())
        throw_invalid_argument(artifact.uid.empty()
                                   ? "ArtifactRef names no workflow: set `workflow`, or `uid` for one in the "
                                     "archive"
                                   : "ArtifactRef has both `workflow` and `uid`: an artifact is one of a "
                                     "workflow by its name, or of one in the archive by its uid");
    if (!artifact.workflow.empty()) check_name(artifact.workflow);
    check_uid(artifact.uid, "ArtifactRef::uid");
    if (artifact.node.empty())
        throw_invalid_argument("ArtifactRef::node is empty: the id of a node, a key of status.nodes");
    if (artifact.name.empty())
        throw_invalid_argument("ArtifactRef::name is empty: the artifact's, e.g. main-logs");
}

Target file_target(std::string_view ns, const ArtifactRef& artifact, std::string_view path) {
    check_ref(artifact);
    const std::string_view in = chosen(artifact.namespace_, ns);
    check_namespace(in);
    const bool archived = !artifact.uid.empty();
    Target target("/artifact-files");
    target.segment(in, "namespace")
        .segment(archived ? "archived-workflows" : "workflows", "kind")
        .segment(archived ? artifact.uid : artifact.workflow, "workflow")
        .segment(artifact.node, "node")
        .segment(artifact.input ? "inputs" : "outputs", "direction")
        .segment(artifact.name, "artifact");
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        target.segment(path.substr(0, end), "name within the path of the file");
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return target;
}

/// One of HTML's entities: the character of "#34" or "amp".
std::string character_of(std::string_view entity) {
    for (const auto& [name, text] : {std::pair<std::string_view, const char*>{"amp", "&"},
                                     {"lt", "<"},
                                     {"gt", ">"},
                                     {"quot", "\""},
                                     {"apos", "'"}})
        if (entity == name) return text;
    unsigned code = 0;
    if (entity.starts_with('#')) {
        entity.remove_prefix(1);
        const bool hex = entity.starts_with('x');
        if (hex) entity.remove_prefix(1);
        std::from_chars(entity.data(), entity.data() + entity.size(), code, hex ? 16 : 10);
    }
    // Beyond ASCII, the server writes names as they are.
    return code > 0 && code < 0x80 ? std::string(1, static_cast<char>(code)) : std::string("\xef\xbf\xbd");
}

std::string plain(std::string_view html) {
    std::string text;
    while (!html.empty()) {
        const auto end = html.front() == '&' ? html.find(';') : html.npos;
        if (end == html.npos) {
            text += html.front();
            html.remove_prefix(1);
        } else {
            text += character_of(html.substr(1, end - 1));
            html.remove_prefix(end + 1);
        }
    }
    return text;
}

/// Whether a name of a file, or a path of names, leads nowhere but down, wherever it is put.
bool leads_down(std::string_view path) {
    for (;;) {
        const auto end = std::min(path.find('/'), path.size());
        const std::string_view name = path.substr(0, end);
        if (name.empty() || name == "." || name == "..") return false;
        for (const char c : name)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return false;
        if (end == path.size()) return true;
        path.remove_prefix(end + 1);
    }
}

/// A line that does not occur in what it separates.
std::string boundary_for(std::string_view bytes) {
    for (unsigned i = 0;; ++i) {
        std::string boundary = "tiphys-boundary-" + std::to_string(i);
        if (bytes.find(boundary) == bytes.npos) return boundary;
    }
}

}  // namespace

Request get_artifact_request(std::string_view ns, const ArtifactRef& artifact) {
    check_ref(artifact);
    const std::string side = artifact.input ? "/input-artifacts" : "/artifacts";
    Target target(artifact.uid.empty() ? side : side + "-by-uid");
    if (artifact.uid.empty()) {
        const std::string_view in = chosen(artifact.namespace_, ns);
        check_namespace(in);
        target.segment(in, "namespace").segment(artifact.workflow, "workflow");
    } else {
        target.segment(artifact.uid, "uid");
    }
    target.segment(artifact.node, "node").segment(artifact.name, "artifact");
    return {"GET", target.take(), {}, nullptr};
}

Request get_artifact_file_request(std::string_view ns, const ArtifactRef& artifact, std::string_view path) {
    return {"GET", file_target(ns, artifact, path).take(), {}, nullptr};
}

Request list_artifact_files_request(std::string_view ns, const ArtifactRef& artifact, std::string_view path) {
    return {"GET", file_target(ns, artifact, path).take() + '/', {}, nullptr};
}

Request upload_artifact_request(std::string_view ns, std::string_view workflow_template,
                                std::string_view artifact, std::string_view file_name, std::string_view bytes,
                                const DocumentOptions& options) {
    const std::string_view in = chosen(options.namespace_, ns);
    check_namespace(in);
    check_object_name(workflow_template, "workflow template");
    if (!detail::is_parameter_name(artifact))
        throw_invalid_argument("\"" + one_line(artifact, 200) + "\" is no name of an artifact");
    const auto unfit = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"' || c == '/' || c == '\\';
    };
    if (file_name.empty() || file_name == "." || file_name.find("..") != file_name.npos ||
        std::any_of(file_name.begin(), file_name.end(), unfit))
        throw_invalid_argument("the name of the file, \"" + one_line(file_name, 200) +
                               "\", is none that Argo stores: no path, no \"..\", no quotation mark");
    Target target("/upload-artifacts");
    target.segment(in, "namespace")
        .segment(workflow_template, "workflow template")
        .segment(artifact, "artifact");
    const std::string boundary = boundary_for(bytes);
    std::string body;
    body.reserve(bytes.size() + file_name.size() + 256);
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"";
    body += file_name;
    body += "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    body += bytes;
    body += "\r\n--" + boundary + "--\r\n";
    return {.method = "POST",
            .target = target.take(),
            .body = std::move(body),
            .content_type = "multipart/form-data; boundary=" + boundary};
}

std::optional<std::vector<ArtifactFile>> read_file_list(std::string_view page) {
    constexpr std::string_view head = "<html><body><ul>";
    constexpr std::string_view item = "<li><a href=\"./";
    if (!page.starts_with(head)) return std::nullopt;
    std::vector<ArtifactFile> files;
    for (auto at = page.find(item); at != page.npos; at = page.find(item, at)) {
        at = page.find('>', at + item.size());
        const auto end = page.find("</a>", at);
        if (at == page.npos || end == page.npos) return std::nullopt;
        std::string name = plain(page.substr(at + 1, end - at - 1));
        const bool directory = name.ends_with('/');
        if (directory) name.pop_back();
        at = end;
        // What some stores keep for the directory itself.
        if (name.empty() && !directory) continue;
        // Directories without files of their own are named with their way.
        if (!leads_down(name) || (!directory && name.find('/') != name.npos))
            throw std::runtime_error("it names \"" + one_line(name, 200) + "\", which is no name of a file");
        files.push_back({std::move(name), directory});
    }
    return files;
}

}  // namespace tiphys::client_detail
