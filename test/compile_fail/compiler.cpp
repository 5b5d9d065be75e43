// SPDX-License-Identifier: Apache-2.0
#include "compile_fail/compiler.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>

namespace tiphys::test {

namespace {

std::vector<std::string> split_lines(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find('\n', at);
        if (end == std::string::npos) end = text.size();
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// The environment with LC_ALL=C: in other locales g++ quotes with characters beyond ASCII.
std::vector<char*> c_locale() {
    static std::string setting = "LC_ALL=C";
    std::vector<char*> variables{setting.data()};
    for (char** variable = environ; *variable != nullptr; ++variable)
        if (!std::string_view(*variable).starts_with("LC_ALL=")) variables.push_back(*variable);
    variables.push_back(nullptr);
    return variables;
}

}  // namespace

std::vector<std::string> Compiler::command(const std::string& file, std::vector<std::string> more) const {
    std::vector<std::string> words{path, "-std=c++20", "-fsyntax-only", "-I" TIPHYS_SOURCE_DIR "/include",
                                   "-I" TIPHYS_SOURCE_DIR "/test"};
    if (clang)
        for (const char* word : {"-ferror-limit=0", "-fno-caret-diagnostics", "-fconstexpr-steps=100000000"})
            words.emplace_back(word);
    else
        for (const char* word :
             {"-fmax-errors=0", "-fno-diagnostics-show-caret", "-fconstexpr-ops-limit=1000000000"})
            words.emplace_back(word);
    for (std::string& word : more) words.push_back(std::move(word));
    words.push_back(file);
    return words;
}

std::vector<Compiler> compilers() {
    return {{"gxx", TIPHYS_GXX, false}, {"clang", TIPHYS_CLANGXX, true}};
}

std::string Output::text() const {
    std::string all;
    for (const std::string& line : lines) all += line + '\n';
    return all;
}

Output run(const std::vector<std::string>& command) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    pid_t child = 0;
    const int error = posix_spawnp(&child, words[0], &actions, nullptr, words.data(), c_locale().data());
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error != 0) {
        close(ends[0]);
        throw std::system_error(error, std::generic_category(), command.at(0));
    }

    std::string text;
    char buffer[1 << 16];
    for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    rusage usage{};
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), split_lines(text),
            seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss};
}

}  // namespace tiphys::test
