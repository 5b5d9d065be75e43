// SPDX-License-Identifier: Apache-2.0
#include "log_store.hpp"

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace tiphys::local::engine {

LogStore::~LogStore() {
    for (auto& [node, file] : files_)
        if (file.descriptor >= 0) ::close(file.descriptor);
}

void LogStore::append(Node node, std::string_view node_id, std::string_view line) {
    File& file = files_[node];
    if (file.descriptor < 0) {
        if (file.path.empty()) {
            file.path = directory_ / node_id / "main.log";
            std::filesystem::create_directories(file.path.parent_path());
        }
        file.descriptor = ::open(file.path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
        if (file.descriptor < 0)
            throw std::system_error(errno, std::generic_category(), "cannot write " + file.path.string());
    }
    std::string text(line);
    text += '\n';
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t n = ::write(file.descriptor, text.data() + written, text.size() - written);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            throw std::system_error(errno, std::generic_category(), "cannot write " + file.path.string());
        written += static_cast<std::size_t>(n);
    }
    lines_.push_back(Line{file.size, static_cast<std::uint32_t>(line.size()), node});
    file.size += text.size();
}

void LogStore::close(Node node) {
    const auto at = files_.find(node);
    if (at == files_.end() || at->second.descriptor < 0) return;
    ::close(at->second.descriptor);
    at->second.descriptor = -1;
}

void LogStore::read(Node only, const std::function<void(Node, std::string_view)>& handler) const {
    // Lines of one pod mostly follow each other, so one open file at a time is enough.
    Node open = no_node;
    int descriptor = -1;
    std::string text;
    const std::size_t count = lines_.size();  // the handler may print
    for (std::size_t i = 0; i < count; ++i) {
        const Line line = lines_[i];
        if (only != no_node && line.node != only) continue;
        if (line.node != open) {
            if (descriptor >= 0) ::close(descriptor);
            open = line.node;
            descriptor = ::open(files_.at(line.node).path.c_str(), O_RDONLY | O_CLOEXEC);
        }
        text.resize(line.length);
        const ssize_t got =
            descriptor < 0 ? 0
                           : ::pread(descriptor, text.data(), text.size(), static_cast<off_t>(line.offset));
        text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
        handler(line.node, text);
    }
    if (descriptor >= 0) ::close(descriptor);
}

}  // namespace tiphys::local::engine
