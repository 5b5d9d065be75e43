// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/artifacts.hpp>

#include <string>
#include <string_view>
#include <vector>

/// The operations on artifacts as pure functions.
///
/// Errors: throw ClientError (invalid_argument) for what no server accepts.
/// Source: server/artifacts/artifact_server.go.
namespace tiphys::client_detail {

Request get_artifact_request(std::string_view ns, const ArtifactRef& artifact);
/// A file within it, or the artifact itself for an empty path.
Request get_artifact_file_request(std::string_view ns, const ArtifactRef& artifact, std::string_view path);
/// The list of a directory's files: the server's web page of them.
Request list_artifact_files_request(std::string_view ns, const ArtifactRef& artifact, std::string_view path);
Request upload_artifact_request(std::string_view ns, std::string_view workflow_template,
                                std::string_view artifact, std::string_view file_name, std::string_view bytes,
                                const DocumentOptions& options);

/// What such a page names; nothing if it is another page.
///
/// Errors: throws std::runtime_error for a name that would lead out of the directory.
std::optional<std::vector<ArtifactFile>> read_file_list(std::string_view page);

}  // namespace tiphys::client_detail
