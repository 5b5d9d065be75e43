// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace tiphys::test {
namespace {

std::pair<int, int> pipe_ends() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    return {ends[0], ends[1]};
}

}  // namespace

Child::Child(const std::vector<std::string>& arguments, const Settings& settings) {
    std::string program = TIPHYS_PROGRAM;
    std::vector<char*> words{program.data()};
    std::vector<std::string> copies = arguments;
    for (auto& one : copies) words.push_back(one.data());
    words.push_back(nullptr);
    const auto [input_read, input_write] = pipe_ends();
    const auto [error_read, error_write] = pipe_ends();
    int out_write = -1;
    if (settings.terminal) {
        winsize size{24, 80, 0, 0};
        if (openpty(&out_fd_, &out_write, nullptr, nullptr, &size) != 0)
            throw std::runtime_error("no terminal");
        fcntl(out_fd_, F_SETFD, FD_CLOEXEC);
    } else {
        std::tie(out_fd_, out_write) = pipe_ends();
    }
    error_fd_ = error_read;
    pid_ = fork();
    if (pid_ < 0) throw std::runtime_error("no process");
    if (pid_ == 0) {
        dup2(input_read, STDIN_FILENO);
        dup2(out_write, STDOUT_FILENO);
        dup2(error_write, STDERR_FILENO);
        for (const char* name : {"LANG", "LC_CTYPE", "NO_COLOR"}) unsetenv(name);
        setenv("LC_ALL", "C.UTF-8", 1);
        setenv("TERM", "xterm", 1);
        if (!settings.state.empty()) setenv("XDG_STATE_HOME", settings.state.c_str(), 1);
        for (const auto& one : settings.environment) putenv(const_cast<char*>(one.c_str()));
        execv(program.c_str(), words.data());
        _exit(127);
    }
    ::close(input_read);
    ::close(out_write);
    ::close(error_write);
    // Small enough for the pipe's own buffer.
    if (!settings.input.empty() && ::write(input_write, settings.input.data(), settings.input.size()) < 0)
        throw std::runtime_error("the child does not read");
    ::close(input_write);
}

Child::~Child() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    if (out_fd_ >= 0) ::close(out_fd_);
    if (error_fd_ >= 0) ::close(error_fd_);
}

bool Child::read_some() {
    pollfd both[2] = {{out_fd_, POLLIN, 0}, {error_fd_, POLLIN, 0}};
    if (out_fd_ < 0 && error_fd_ < 0) return false;
    if (::poll(both, 2, 60'000) <= 0) throw std::runtime_error("the program says nothing for a minute");
    int* fds[2] = {&out_fd_, &error_fd_};
    std::string* texts[2] = {&out_, &error_};
    for (int i = 0; i < 2; ++i) {
        if (both[i].revents == 0) continue;
        char part[4096];
        const ssize_t n = ::read(*fds[i], part, sizeof part);
        if (n > 0) {
            texts[i]->append(part, static_cast<std::size_t>(n));
        } else if (n == 0 || errno == EIO) {  // EIO: a terminal whose other end has been closed
            ::close(*fds[i]);
            *fds[i] = -1;
        }
    }
    return true;
}

const std::string& Child::out_until(const std::string& text) {
    while (out_.find(text) == std::string::npos && out_fd_ >= 0 && read_some()) {
    }
    return out_;
}

void Child::signal(int number) { ::kill(pid_, number); }

int Child::wait() {
    while (read_some()) {
    }
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::size_t processes_with(const std::string& argument) {
    std::size_t found = 0;
    for (const auto& one : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(one.path() / "cmdline");
        const std::string line((std::istreambuf_iterator<char>(file)), {});
        if (line.find(std::string("\0", 1) + argument) != std::string::npos) ++found;
    }
    return found;
}

bool process_appears(const std::string& argument) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (processes_with(argument) == 0)
        if (std::chrono::steady_clock::now() > limit) return false;
    return true;
}

bool processes_vanish(const std::string& argument) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (processes_with(argument) != 0)
        if (std::chrono::steady_clock::now() > limit) return false;
    return true;
}

}  // namespace tiphys::test
