// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/process/process.hpp>
#include <tiphys/local/process/sandbox.hpp>

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace tiphys::local::test {

/// A folder that goes with its owner.
class Folder {
public:
    Folder() : path_((std::filesystem::temp_directory_path() / "tiphys-test-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) std::abort();
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path operator/(const char* name) const { return std::filesystem::path(path_) / name; }
    std::filesystem::path path() const { return path_; }

private:
    std::string path_;
};

inline std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Waits until the process is gone; false after half a minute.
inline bool dies(pid_t id) {
    int process = static_cast<int>(::syscall(SYS_pidfd_open, id, 0));
    if (process < 0) return errno == ESRCH;
    pollfd ready{process, POLLIN, 0};
    int result = ::poll(&ready, 1, 30000);
    ::close(process);
    return result == 1;
}

inline ProcessSpec shell(std::string script) {
    ProcessSpec spec;
    spec.argv = {"sh", "-c", std::move(script)};
    return spec;
}

struct Outcome {
    ExitStatus status;
    std::vector<std::string> out;
    std::vector<std::string> err;
    int completions = 0;
};

/// Each test leaves no process and no descriptor behind.
class ProcessTest : public testing::Test {
protected:
    void SetUp() override {
        static const ExitStatus first = run(shell(":")).status;  // what is made once stays
        ASSERT_TRUE(first.succeeded()) << first.error;
        descriptors_ = open_descriptors();
    }
    void TearDown() override {
        EXPECT_EQ(Process::live_count(), 0U);
        EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
        EXPECT_EQ(errno, ECHILD);
        EXPECT_EQ(open_descriptors(), descriptors_);
    }

    static Outcome run(ProcessSpec spec) {
        Outcome outcome;
        outcome.status.code = -1;
        spec.on_line = [&outcome](Stream stream, std::string_view line) {
            (stream == Stream::out ? outcome.out : outcome.err).emplace_back(line);
        };
        boost::asio::io_context context;
        Process process = Process::start(context.get_executor(), std::move(spec));
        process.async_wait([&outcome](ExitStatus status) {
            outcome.status = std::move(status);
            ++outcome.completions;
        });
        context.run();
        EXPECT_EQ(outcome.completions, 1);
        return outcome;
    }

private:
    static std::ptrdiff_t open_descriptors() {
        return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
    }
    std::ptrdiff_t descriptors_ = 0;
};

using Lines = std::vector<std::string>;

}  // namespace tiphys::local::test
