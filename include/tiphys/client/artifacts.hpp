// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/operation_options.hpp>
#include <tiphys/client/service_options.hpp>
#include <tiphys/client/stored.hpp>
#include <tiphys/client/streams.hpp>

#include <vector>

namespace tiphys {

/// An artifact of a node: what it put out, or, with `input`, what it was given.
struct ArtifactRef {
    /// The workflow's name; or `uid` instead, of a workflow in the archive.
    std::string workflow = {};
    std::string uid = {};
    /// The node's id, a key of WorkflowStatus::nodes.
    std::string node = {};
    /// The artifact's name, e.g. "main-logs".
    std::string name = {};
    bool input = false;
    std::string namespace_ = {};  ///< empty: ClientOptions::namespace_
};

/// An artifact whole, as it is stored: a directory is a .tgz.
struct ArtifactBytes {
    std::string bytes;
    std::string file_name;     ///< as the server calls it; no path
    std::string content_type;  ///< what the server makes of its ending
};

/// Bytes of an artifact, in their order; never none.
struct ArtifactPiece {
    std::string bytes;
};

/// What was written elsewhere.
struct SavedArtifact {
    std::uint64_t size = 0;
    std::string file_name;
    std::string content_type;
};

struct ArtifactFile {
    std::string name;  ///< below the directory that was asked for
    bool directory = false;

    friend bool operator==(const ArtifactFile&, const ArtifactFile&) = default;
};

/// Takes the bytes of an artifact piece by piece. What it throws ends the transfer.
using ByteSink = std::function<void(std::string_view bytes)>;

namespace client_detail {

template <>
inline constexpr bool is_awaited_result<ArtifactBytes> = true;
template <>
inline constexpr bool is_awaited_result<SavedArtifact> = true;
template <>
inline constexpr bool is_awaited_result<std::vector<ArtifactFile>> = true;
template <>
inline constexpr bool is_awaited_result<NamedValue> = true;
template <>
inline constexpr bool is_awaited_result<ArtifactPiece> = true;

class ArtifactState;
std::string_view file_name_of(const ArtifactState& state) noexcept;
std::string_view content_type_of(const ArtifactState& state) noexcept;

}  // namespace client_detail

/// The bytes of an artifact as they come: `next` gives a piece. A connection that breaks is an error. Where
/// the store behind Argo's server fails midway, the server ends the bytes as if all were well, after words of
/// its own ("failed to stream artifact: …"). Move-only; destroying it closes its connection.
///
/// Thread safety: one stream, one operation at a time.
class ArtifactStream : public client_detail::Stream<client_detail::ArtifactState, ArtifactPiece> {
public:
    ArtifactStream() = default;
    explicit ArtifactStream(std::shared_ptr<client_detail::ArtifactState> state) noexcept
        : Stream(state), artifact_(std::move(state)) {}

    std::string_view file_name() const noexcept { return client_detail::file_name_of(*artifact_); }
    std::string_view content_type() const noexcept { return client_detail::content_type_of(*artifact_); }

private:
    std::shared_ptr<client_detail::ArtifactState> artifact_;
};

namespace client_detail {

template <>
inline constexpr bool is_awaited_result<ArtifactStream> = true;

Request artifact_request(const Core& core, const ArtifactRef& artifact);
Request artifact_file_request(const Core& core, const ArtifactRef& artifact, std::string_view path);
Request artifact_files_request(const Core& core, const ArtifactRef& artifact, std::string_view path);
Request upload_request(const Core& core, const DocumentRef& workflow_template, std::string_view artifact,
                       std::string_view file_name, std::string_view bytes, const DocumentOptions& options);
Request upload_file_request(const Core& core, const DocumentRef& workflow_template, std::string_view artifact,
                            const std::string& file, const DocumentOptions& options);
void start_open(const std::shared_ptr<Core>& core, Handler<ArtifactStream> handler, Request request);
void start_read(const std::shared_ptr<Core>& core, Handler<ArtifactBytes> handler, Request request);
void start_save(const std::shared_ptr<Core>& core, Handler<SavedArtifact> handler, Request request,
                ByteSink sink);
void start_save_file(const std::shared_ptr<Core>& core, Handler<SavedArtifact> handler, Request request,
                     std::string file);
void start_files(const std::shared_ptr<Core>& core, Handler<std::vector<ArtifactFile>> handler,
                 Request request);
void start_upload(const std::shared_ptr<Core>& core, Handler<NamedValue> handler, Request request);

}  // namespace client_detail

/// The artifacts of workflows: `client.artifacts()`. Each download has a connection of its own, and its time
/// limit is ClientOptions::stream_timeout for each piece.
///
/// Errors: not_json where the server has no artifacts to give (`ARGO_ARTIFACT_SERVER=false`), and so answers
/// with its web page.
class Artifacts : public client_detail::Service {
public:
    using Service::Service;

    /// The whole artifact in memory. Errors: too_large beyond ClientOptions::max_response_bytes.
    template <class Token = boost::asio::deferred_t>
    auto async_read(const ArtifactRef& artifact, Token&& token = Token()) const {
        return client_detail::launch<ArtifactBytes>(&client_detail::start_read, core(),
                                                    std::forward<Token>(token),
                                                    client_detail::artifact_request(*core(), artifact));
    }
    ArtifactBytes read(const ArtifactRef& artifact) const;

    /// Begins a download; completes when the server has begun to answer.
    template <class Token = boost::asio::deferred_t>
    auto async_open(const ArtifactRef& artifact, Token&& token = Token()) const {
        return client_detail::launch<ArtifactStream>(&client_detail::start_open, core(),
                                                     std::forward<Token>(token),
                                                     client_detail::artifact_request(*core(), artifact));
    }
    ArtifactStream open(const ArtifactRef& artifact) const;

    /// Hands the bytes to the sink, which asynchronously is called on the client's executor, one call at a
    /// time, and in `save` by the calling thread.
    template <class Token = boost::asio::deferred_t>
    auto async_save(const ArtifactRef& artifact, ByteSink sink, Token&& token = Token()) const {
        return client_detail::launch<SavedArtifact>(
            &client_detail::start_save, core(), std::forward<Token>(token),
            client_detail::artifact_request(*core(), artifact), std::move(sink));
    }
    SavedArtifact save(const ArtifactRef& artifact, const ByteSink& sink) const;

    /// Writes a file: under `file` + ".part" until it is whole. Files are written on the client's executor.
    template <class Token = boost::asio::deferred_t>
    auto async_save(const ArtifactRef& artifact, std::string file, Token&& token = Token()) const {
        return client_detail::launch<SavedArtifact>(
            &client_detail::start_save_file, core(), std::forward<Token>(token),
            client_detail::artifact_request(*core(), artifact), std::move(file));
    }
    SavedArtifact save(const ArtifactRef& artifact, const std::string& file) const;

    /// One file within an artifact that is a directory: GET /artifact-files/… An empty path: the artifact.
    template <class Token = boost::asio::deferred_t>
    auto async_read_file(const ArtifactRef& artifact, std::string_view path, Token&& token = Token()) const {
        return client_detail::launch<ArtifactBytes>(
            &client_detail::start_read, core(), std::forward<Token>(token),
            client_detail::artifact_file_request(*core(), artifact, path));
    }
    ArtifactBytes read_file(const ArtifactRef& artifact, std::string_view path) const;

    /// What a directory within an artifact holds, or the artifact itself where the path is empty.
    /// Errors: redirected where it holds an index.html, which the server shows in place of a list.
    template <class Token = boost::asio::deferred_t>
    auto async_files(const ArtifactRef& artifact, std::string_view path, Token&& token = Token()) const {
        return client_detail::launch<std::vector<ArtifactFile>>(
            &client_detail::start_files, core(), std::forward<Token>(token),
            client_detail::artifact_files_request(*core(), artifact, path));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_files(const ArtifactRef& artifact, Token&& token = Token()) const {
        return async_files(artifact, std::string_view(), std::forward<Token>(token));
    }
    std::vector<ArtifactFile> files(const ArtifactRef& artifact, std::string_view path = {}) const;

    /// Stores bytes for an artifact among the arguments of a WorkflowTemplate, and gives its name and key as
    /// SubmitOptions::artifacts takes them: POST /upload-artifacts/{namespace}/{template}/{artifact}.
    /// Units and shapes: `file_name` is a name without a path; the whole is in memory while it is sent,
    /// within ClientOptions::request_timeout; Argo takes 1 GiB unless told otherwise.
    template <class Token = boost::asio::deferred_t>
    auto async_upload(const DocumentRef& workflow_template, std::string_view artifact,
                      std::string_view file_name, std::string_view bytes, DocumentOptions options,
                      Token&& token = Token()) const {
        return client_detail::launch<NamedValue>(
            &client_detail::start_upload, core(), std::forward<Token>(token),
            client_detail::upload_request(*core(), workflow_template, artifact, file_name, bytes, options));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_upload(const DocumentRef& workflow_template, std::string_view artifact,
                      std::string_view file_name, std::string_view bytes, Token&& token = Token()) const {
        return async_upload(workflow_template, artifact, file_name, bytes, DocumentOptions(),
                            std::forward<Token>(token));
    }
    NamedValue upload(const DocumentRef& workflow_template, std::string_view artifact,
                      std::string_view file_name, std::string_view bytes,
                      const DocumentOptions& options = {}) const;

    /// The same with the bytes of a file, which is read at once.
    template <class Token = boost::asio::deferred_t>
    auto async_upload_file(const DocumentRef& workflow_template, std::string_view artifact,
                           const std::string& file, DocumentOptions options, Token&& token = Token()) const {
        return client_detail::launch<NamedValue>(
            &client_detail::start_upload, core(), std::forward<Token>(token),
            client_detail::upload_file_request(*core(), workflow_template, artifact, file, options));
    }
    template <class Token = boost::asio::deferred_t>
    auto async_upload_file(const DocumentRef& workflow_template, std::string_view artifact,
                           const std::string& file, Token&& token = Token()) const {
        return async_upload_file(workflow_template, artifact, file, DocumentOptions(),
                                 std::forward<Token>(token));
    }
    NamedValue upload_file(const DocumentRef& workflow_template, std::string_view artifact,
                           const std::string& file, const DocumentOptions& options = {}) const;
};

}  // namespace tiphys
