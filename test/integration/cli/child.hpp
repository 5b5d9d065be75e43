// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace tiphys::test {

/// The `tiphys` program as a child with pipes, or with a terminal for its output.
class Child {
public:
    struct Settings {
        std::string input = {};                     ///< of standard input
        std::vector<std::string> environment = {};  ///< "NAME=value", in addition; LC_ALL is C.UTF-8
        bool terminal = false;                      ///< output to a terminal of 24 rows and 80 columns
        std::filesystem::path state = {};           ///< XDG_STATE_HOME
    };

    Child(const std::vector<std::string>& arguments, const Settings& settings);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Reads standard output until the text has come (or the output ends); gives all of it so far.
    const std::string& out_until(const std::string& text);
    void signal(int number);
    /// Waits for the end; the exit status, or -signal.
    int wait();
    const std::string& out() const { return out_; }
    const std::string& error() const { return error_; }

private:
    bool read_some();

    pid_t pid_ = -1;
    int out_fd_ = -1;
    int error_fd_ = -1;
    std::string out_;
    std::string error_;
};

/// Processes of this machine that have the argument in their command line, in whatever namespace they are.
std::size_t processes_with(const std::string& argument);
/// Waits until there is one, for half a minute at most.
bool process_appears(const std::string& argument);
/// Waits until there is none, for half a minute at most: what has been killed is seen for a moment longer.
bool processes_vanish(const std::string& argument);

}  // namespace tiphys::test
