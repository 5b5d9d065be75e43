// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/artifacts.hpp>

#include <boost/json/parse.hpp>

#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>

#include "client/artifact_operations.hpp"
#include "client/download.hpp"
#include "client/fetch.hpp"
#include "client/watch.hpp"

namespace tiphys {
namespace client_detail {
namespace {

[[noreturn]] void throw_file(const std::string& file, const char* what) {
    const boost::system::error_code why(errno, boost::system::system_category());
    throw ClientError(
        {.kind = ClientErrorKind::file,
         .message = "the file " + one_line(file, 500) + " cannot be " + what + ": " + why.message(),
         .cause = why});
}

std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw_file(file, "read");
    std::string bytes;
    std::array<char, 64 * 1024> chunk;
    do {
        in.read(chunk.data(), chunk.size());
        bytes.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
    } while (in);
    if (in.bad()) throw_file(file, "read");
    return bytes;
}

/// A file that is there as a whole or not at all.
class PartialFile {
public:
    explicit PartialFile(std::string file) : file_(std::move(file)), part_(file_ + ".part") {
        out_.open(part_, std::ios::binary | std::ios::trunc);
        if (!out_) throw_file(part_, "written");
    }
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;
    ~PartialFile() {
        if (!whole_) std::remove(part_.c_str());
    }

    void write(std::string_view bytes) {
        if (!out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
            throw_file(part_, "written");
    }
    void commit() {
        out_.close();
        if (!out_ || std::rename(part_.c_str(), file_.c_str()) != 0) throw_file(file_, "written");
        whole_ = true;
    }

private:
    const std::string file_;
    const std::string part_;
    std::ofstream out_;
    bool whole_ = false;
};

/// The server's web page is its answer to whatever it does not know.
void require_artifact(const Core& core, const Download& download) {
    if (download.file_name() || download.content_type().find("html") == std::string::npos) return;
    throw ClientError(
        {.kind = ClientErrorKind::not_json,
         .message = shown(download.request(), core.server().base_url) +
                    ": the answer is a web page, not an artifact: the server gives none "
                    "(ARGO_ARTIFACT_SERVER=false), or the API has another path (ARGO_BASE_HREF, "
                    "ClientOptions::base_href), or a directory has no file of its own: see Artifacts::files",
         .status = 200,
         .method = download.request().method,
         .target = download.request().target});
}

SavedArtifact described(const Download& download, std::uint64_t size) {
    return {size, download.file_name().value_or(std::string()), download.content_type()};
}

asio::awaitable<SavedArtifact> transfer(Operation& operation, Core& core, Download& download,
                                        const ByteSink& sink) {
    co_await download.open(operation);
    require_artifact(core, download);
    std::uint64_t size = 0;
    while (const auto piece = co_await download.next(operation)) {
        size += piece->size();
        sink(*piece);
    }
    co_return described(download, size);
}

/// Collects what comes, up to the client's limit.
class Collected {
public:
    Collected(const Core& core, const Request& request) : core_(core), request_(request) {}

    void add(std::string_view more) {
        if (bytes.size() + more.size() > core_.options().max_response_bytes)
            throw ClientError({.kind = ClientErrorKind::too_large,
                               .message = shown(request_, core_.server().base_url) +
                                          ": the artifact is larger than " +
                                          std::to_string(core_.options().max_response_bytes) +
                                          " bytes: save it to a file, or raise "
                                          "ClientOptions::max_response_bytes",
                               .status = 200,
                               .method = request_.method,
                               .target = request_.target});
        bytes += more;
    }

    std::string bytes;

private:
    const Core& core_;
    const Request& request_;
};

asio::awaitable<ArtifactBytes> read(Operation& operation, Core& core, Request request) {
    Download download(core, std::move(request));
    Collected all(core, download.request());
    const ByteSink sink = [&all](std::string_view piece) { all.add(piece); };
    SavedArtifact saved = co_await transfer(operation, core, download, sink);
    co_return ArtifactBytes{std::move(all.bytes), std::move(saved.file_name), std::move(saved.content_type)};
}

asio::awaitable<SavedArtifact> save(Operation& operation, Core& core, Request request, ByteSink sink) {
    Download download(core, std::move(request));
    if (!sink) throw_invalid_argument("the sink of the artifact is empty");
    co_return co_await transfer(operation, core, download, sink);
}

asio::awaitable<SavedArtifact> save_file(Operation& operation, Core& core, Request request,
                                         std::string file) {
    Download download(core, std::move(request));
    co_await download.open(operation);
    require_artifact(core, download);
    PartialFile partial(file);
    std::uint64_t size = 0;
    while (const auto piece = co_await download.next(operation)) {
        size += piece->size();
        partial.write(*piece);
    }
    partial.commit();
    co_return described(download, size);
}

asio::awaitable<std::vector<ArtifactFile>> list_files(Operation& operation, Core& core, Request request) {
    Download download(core, std::move(request));
    co_await download.open(operation);
    Collected page(core, download.request());
    while (const auto piece = co_await download.next(operation)) page.add(*piece);
    std::optional<std::vector<ArtifactFile>> files;
    try {
        files = read_file_list(page.bytes);
    } catch (const std::runtime_error& why) {
        throw_unreadable(core, download.request(), page.bytes, why);
    }
    if (files) co_return std::move(*files);
    throw ClientError({.kind = ClientErrorKind::not_json,
                       .message = shown(download.request(), core.server().base_url) +
                                  ": the answer is no list of files: the server gives no artifacts "
                                  "(ARGO_ARTIFACT_SERVER=false), or the API has another path "
                                  "(ARGO_BASE_HREF, ClientOptions::base_href)",
                       .status = 200,
                       .method = download.request().method,
                       .target = download.request().target,
                       .server_message = page.bytes});
}

asio::awaitable<NamedValue> upload(Operation& operation, Core& core, Request request) {
    const Response response = co_await perform(operation, core, request);
    boost::system::error_code broken;
    const auto answer = boost::json::parse(response.body, broken);
    const auto text = [&](const char* name) -> const boost::json::string* {
        const auto* found = answer.is_object() ? answer.get_object().if_contains(name) : nullptr;
        return found == nullptr ? nullptr : found->if_string();
    };
    const auto* name = text("name");
    const auto* key = text("key");
    if (broken || name == nullptr || key == nullptr)
        throw_unreadable(core, request, response.body, std::runtime_error("it has no `name` and `key`"));
    co_return NamedValue{std::string(name->data(), name->size()), std::string(key->data(), key->size())};
}

}  // namespace

class ArtifactState {
public:
    ArtifactState(std::shared_ptr<Core> shared, Request request)
        : core(std::move(shared)), download(*core, std::move(request)) {}

    asio::awaitable<void> open(Operation& operation) {
        co_await download.open(operation);
        require_artifact(*core, download);
    }
    asio::awaitable<std::optional<ArtifactPiece>> next(Operation& operation) {
        if (broken_) throw *broken_;
        try {
            auto piece = co_await download.next(operation);
            if (!piece) co_return std::nullopt;
            co_return ArtifactPiece{std::move(*piece)};
        } catch (const ClientError& error) {
            broken_ = error;
            throw;
        }
    }

    const std::shared_ptr<Core> core;
    std::atomic<bool> busy = false;
    Download download;

private:
    std::optional<ClientError> broken_;
};

std::string_view file_name_of(const ArtifactState& state) noexcept {
    return state.download.file_name() ? std::string_view(*state.download.file_name()) : std::string_view();
}
std::string_view content_type_of(const ArtifactState& state) noexcept {
    return state.download.content_type();
}

TIPHYS_CLIENT_STREAM(ArtifactState, ArtifactPiece);

Request artifact_request(const Core& core, const ArtifactRef& artifact) {
    return made([&] { return get_artifact_request(core.options().namespace_, artifact); });
}
Request artifact_file_request(const Core& core, const ArtifactRef& artifact, std::string_view path) {
    return made([&] { return get_artifact_file_request(core.options().namespace_, artifact, path); });
}
Request artifact_files_request(const Core& core, const ArtifactRef& artifact, std::string_view path) {
    return made([&] { return list_artifact_files_request(core.options().namespace_, artifact, path); });
}
Request upload_request(const Core& core, const DocumentRef& workflow_template, std::string_view artifact,
                       std::string_view file_name, std::string_view bytes, const DocumentOptions& options) {
    return made([&] {
        return upload_artifact_request(core.options().namespace_, workflow_template.name, artifact, file_name,
                                       bytes, placed(workflow_template, options));
    });
}
Request upload_file_request(const Core& core, const DocumentRef& workflow_template, std::string_view artifact,
                            const std::string& file, const DocumentOptions& options) {
    return made([&] {
        const std::string bytes = content(file);
        const auto slash = file.find_last_of('/');
        return upload_artifact_request(core.options().namespace_, workflow_template.name, artifact,
                                       std::string_view(file).substr(slash == file.npos ? 0 : slash + 1),
                                       bytes, placed(workflow_template, options));
    });
}

void start_open(const std::shared_ptr<Core>& core, Handler<ArtifactStream> handler, Request request) {
    auto state = std::make_shared<ArtifactState>(core, std::move(request));
    run<ArtifactStream>(core, std::move(handler), [state = std::move(state)](Operation& operation) {
        return opened<ArtifactStream>(operation, state);
    });
}
void start_read(const std::shared_ptr<Core>& core, Handler<ArtifactBytes> handler, Request request) {
    run<ArtifactBytes>(core, std::move(handler), [core, request = std::move(request)](Operation& operation) {
        return read(operation, *core, request);
    });
}
void start_save(const std::shared_ptr<Core>& core, Handler<SavedArtifact> handler, Request request,
                ByteSink sink) {
    run<SavedArtifact>(core, std::move(handler),
                       [core, request = std::move(request), sink = std::move(sink)](Operation& operation) {
                           return save(operation, *core, request, sink);
                       });
}
void start_save_file(const std::shared_ptr<Core>& core, Handler<SavedArtifact> handler, Request request,
                     std::string file) {
    run<SavedArtifact>(core, std::move(handler),
                       [core, request = std::move(request), file = std::move(file)](Operation& operation) {
                           return save_file(operation, *core, request, file);
                       });
}
void start_files(const std::shared_ptr<Core>& core, Handler<std::vector<ArtifactFile>> handler,
                 Request request) {
    run<std::vector<ArtifactFile>>(core, std::move(handler),
                                   [core, request = std::move(request)](Operation& operation) {
                                       return list_files(operation, *core, request);
                                   });
}
void start_upload(const std::shared_ptr<Core>& core, Handler<NamedValue> handler, Request request) {
    // Moved on, for it holds all of the file.
    run<NamedValue>(core, std::move(handler),
                    [core, request = std::move(request)](Operation& operation) mutable {
                        return upload(operation, *core, std::move(request));
                    });
}

}  // namespace client_detail

ArtifactBytes Artifacts::read(const ArtifactRef& artifact) const {
    return client_detail::block_on<ArtifactBytes>(core(), "read", &client_detail::start_read,
                                                  client_detail::artifact_request(*core(), artifact));
}
ArtifactStream Artifacts::open(const ArtifactRef& artifact) const {
    return client_detail::block_on<ArtifactStream>(core(), "open", &client_detail::start_open,
                                                   client_detail::artifact_request(*core(), artifact));
}
SavedArtifact Artifacts::save(const ArtifactRef& artifact, const ByteSink& sink) const {
    if (!sink) client_detail::throw_invalid_argument("the sink of the artifact is empty");
    core()->forbid_blocking("save");
    // The sink belongs to this thread.
    const ArtifactStream stream = open(artifact);
    SavedArtifact saved{0, std::string(stream.file_name()), std::string(stream.content_type())};
    while (const auto piece = stream.next()) {
        saved.size += piece->bytes.size();
        sink(piece->bytes);
    }
    return saved;
}
SavedArtifact Artifacts::save(const ArtifactRef& artifact, const std::string& file) const {
    return client_detail::block_on<SavedArtifact>(core(), "save", &client_detail::start_save_file,
                                                  client_detail::artifact_request(*core(), artifact), file);
}
ArtifactBytes Artifacts::read_file(const ArtifactRef& artifact, std::string_view path) const {
    return client_detail::block_on<ArtifactBytes>(
        core(), "read_file", &client_detail::start_read,
        client_detail::artifact_file_request(*core(), artifact, path));
}
std::vector<ArtifactFile> Artifacts::files(const ArtifactRef& artifact, std::string_view path) const {
    return client_detail::block_on<std::vector<ArtifactFile>>(
        core(), "files", &client_detail::start_files,
        client_detail::artifact_files_request(*core(), artifact, path));
}
NamedValue Artifacts::upload(const DocumentRef& workflow_template, std::string_view artifact,
                             std::string_view file_name, std::string_view bytes,
                             const DocumentOptions& options) const {
    return client_detail::block_on<NamedValue>(
        core(), "upload", &client_detail::start_upload,
        client_detail::upload_request(*core(), workflow_template, artifact, file_name, bytes, options));
}
NamedValue Artifacts::upload_file(const DocumentRef& workflow_template, std::string_view artifact,
                                  const std::string& file, const DocumentOptions& options) const {
    return client_detail::block_on<NamedValue>(
        core(), "upload_file", &client_detail::start_upload,
        client_detail::upload_file_request(*core(), workflow_template, artifact, file, options));
}

}  // namespace tiphys
