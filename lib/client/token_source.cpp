// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/token_source.hpp>

#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <tuple>

#include "client/identity.hpp"
#include "client/program.hpp"
#include "client/words.hpp"

namespace tiphys {
namespace {

using client_detail::one_line;

/// What tells one state of a file from another.
using FileState = std::tuple<dev_t, ino_t, off_t, decltype(timespec::tv_sec), decltype(timespec::tv_nsec),
                             decltype(timespec::tv_sec), decltype(timespec::tv_nsec)>;

std::optional<FileState> state_of(const std::string& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return std::nullopt;
    return FileState(found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec,
                     found.st_ctim.tv_sec, found.st_ctim.tv_nsec);
}

std::string file_text(const std::string& path) {
    static constexpr std::size_t most = 1u << 20;
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("it cannot be read (" + std::generic_category().message(errno) + ")");
    std::string text(most + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad()) throw std::runtime_error("it cannot be read to its end");
    if (text.size() > most) throw std::runtime_error("it is larger than 1 MiB");
    return text;
}

}  // namespace

TokenSource tokens_from_file(std::string path) {
    std::string name = "the file " + one_line(path, 500);
    return TokenSource(
        [path = std::move(path)] {
            Credential credential;
            // Looked at first: what changes while it is read is read again.
            const auto state = state_of(path);
            credential.token = client_detail::trimmed(file_text(path));
            if (credential.token.empty()) throw std::runtime_error("it is empty");
            credential.outdated = [path, state] {
                const auto now = state_of(path);
                return now && now != state;
            };
            return credential;
        },
        std::move(name));
}

TokenSource tokens_from_program(std::vector<std::string> command,
                                std::vector<std::pair<std::string, std::string>> environment) {
    if (command.empty() || command[0].empty())
        client_detail::throw_invalid_argument(
            "tokens_from_program was given no program: write its name and its arguments, e.g. "
            "{\"argo\", \"auth\", \"token\"}");
    std::string name = "the program \"" + one_line(command[0], 500) + "\"";
    return TokenSource(
        [command = std::move(command), environment = std::move(environment)](const std::stop_token& stop) {
            std::string token =
                client_detail::trimmed(client_detail::run_program(command, environment, stop).out);
            if (token.empty()) throw std::runtime_error("it printed nothing");
            return token;
        },
        std::move(name));
}

}  // namespace tiphys
