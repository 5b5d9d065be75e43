// SPDX-License-Identifier: Apache-2.0
#include "client/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "client/words.hpp"

// NOLINTNEXTLINE(readability-redundant-declaration)
extern char** environ;

namespace tiphys::client_detail {
namespace {

constexpr std::size_t most_output = 1u << 20;
constexpr std::size_t kept_of_errors = 4096;

std::string system_words(int error) { return std::generic_category().message(error); }

class Descriptor {
public:
    explicit Descriptor(int number = -1) noexcept : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        close();
        number_ = std::exchange(other.number_, -1);
        return *this;
    }

    int get() const noexcept { return number_; }
    bool is_open() const noexcept { return number_ >= 0; }
    void close() noexcept {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }

private:
    int number_;
};

struct Pipe {
    Descriptor read;
    Descriptor write;

    Pipe() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe can be made (" + system_words(errno) + ")");
        read = Descriptor(ends[0]);
        write = Descriptor(ends[1]);
        ::fcntl(read.get(), F_SETFL, O_NONBLOCK);
    }
};

/// How the child begins: its three descriptors and no other, a group of its own, no signal blocked.
class Beginning {
public:
    Beginning(int out, int err) {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawn_file_actions_addopen(&files_, 0, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&files_, out, 1);
        ::posix_spawn_file_actions_adddup2(&files_, err, 2);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
        ::posix_spawn_file_actions_addclosefrom_np(&files_, 3);
#endif
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawnattr_setflags(&attributes_,
                                   POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        sigset_t signals;
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes_, &signals);
        ::sigaddset(&signals, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    }
    ~Beginning() {
        ::posix_spawn_file_actions_destroy(&files_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    Beginning(const Beginning&) = delete;
    Beginning& operator=(const Beginning&) = delete;

    const posix_spawn_file_actions_t* files() const noexcept { return &files_; }
    const posix_spawnattr_t* attributes() const noexcept { return &attributes_; }

private:
    posix_spawn_file_actions_t files_;
    posix_spawnattr_t attributes_;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> made;
    for (std::string& text : texts) made.push_back(text.data());
    made.push_back(nullptr);
    return made;
}

std::vector<std::string> whole_environment(
    const std::vector<std::pair<std::string, std::string>>& environment) {
    std::vector<std::string> all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::string_view name = text.substr(0, text.find('='));
        bool replaced = false;
        for (const auto& added : environment) replaced = replaced || added.first == name;
        if (!replaced) all.emplace_back(text);
    }
    for (const auto& [name, value] : environment) all.push_back(name + "=" + value);
    return all;
}

/// A running child. Whatever happens, its group is killed and it is waited for.
class Child {
public:
    Child(std::vector<std::string> command, const Beginning& beginning,
          std::vector<std::string> environment) {
        const std::vector<char*> arguments = pointers(command);
        const std::vector<char*> variables = pointers(environment);
        const int failed = ::posix_spawnp(&pid_, command[0].c_str(), beginning.files(),
                                          beginning.attributes(), arguments.data(), variables.data());
        if (failed == ENOENT) throw NoSuchProgram();
        if (failed != 0) throw std::runtime_error("it cannot be run (" + system_words(failed) + ")");
        // Kernels and sandboxes without pidfds: it is looked at every now and then.
        descriptor_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
    }
    ~Child() {
        if (pid_ < 0 || state() == State::taken) return;
        // What has become another user's, as sudo does, may not be killed: nobody waits for it then.
        int status = 0;
        reap(status, kill() ? 0 : WNOHANG);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Readable when it has ended; or -1.
    int descriptor() const noexcept { return descriptor_.get(); }

    bool has_ended() const noexcept { return state() != State::runs; }

    /// Kills what it has left behind, and gives its status as `waitpid` does.
    ///
    /// Preconditions: it has ended.
    int end() {
        int status = 0;
        bool known = state() != State::taken;
        if (known) {
            // As long as it is not reaped, its number stands for its group and no other.
            kill();
            known = reap(status, 0);
        }
        pid_ = -1;
        if (!known) throw std::runtime_error("its end was taken by another part of this program (SIGCHLD)");
        return status;
    }

private:
    /// taken: somebody else has waited for it, or this process ignores SIGCHLD; its number is not its own any
    /// more.
    enum class State { runs, ended, taken };

    State state() const noexcept {
        siginfo_t found{};
        while (::waitid(P_PID, static_cast<id_t>(pid_), &found, WEXITED | WNOWAIT | WNOHANG) < 0)
            if (errno != EINTR) return State::taken;
        return found.si_pid == 0 ? State::runs : State::ended;
    }
    /// False if it may not be killed.
    bool kill() const noexcept {
        ::kill(-pid_, SIGKILL);
        return ::kill(pid_, SIGKILL) == 0;
    }
    /// False if it is not there to be waited for.
    bool reap(int& status, int options) const noexcept {
        while (::waitpid(pid_, &status, options) < 0)
            if (errno != EINTR) return false;
        return true;
    }

    pid_t pid_ = -1;
    Descriptor descriptor_;
};

/// Reads what there is; closes the descriptor at its end.
void drain(Descriptor& from, std::string& into) {
    std::array<char, 4096> chunk;
    while (from.is_open()) {
        const ssize_t size = ::read(from.get(), chunk.data(), chunk.size());
        if (size > 0)
            into.append(chunk.data(), static_cast<std::size_t>(size));
        else if (size < 0 && errno == EINTR)
            continue;
        else if (size < 0 && errno == EAGAIN)
            return;
        else
            from.close();
        if (into.size() > most_output) return;
    }
}

std::string ending(int status) {
    if (WIFSIGNALED(status)) return "it was ended by signal " + std::to_string(WTERMSIG(status));
    return "it exited with " + std::to_string(WEXITSTATUS(status));
}

std::string last_words(std::string_view errors) {
    while (!errors.empty() && (errors.back() == '\n' || errors.back() == '\r')) errors.remove_suffix(1);
    if (errors.empty()) return " and wrote nothing to its standard error";
    if (errors.size() > 500) errors.remove_prefix(errors.size() - 500);
    return ", in its words: \"" + one_line(errors, 1000) + "\"";
}

}  // namespace

ProgramOutput run_program(const std::vector<std::string>& command,
                          const std::vector<std::pair<std::string, std::string>>& environment,
                          const std::stop_token& stop) {
    Pipe out;
    Pipe err;
    const Descriptor stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!stopped.is_open()) throw std::runtime_error("no event can be made (" + system_words(errno) + ")");
    const std::stop_callback wake(stop, [&] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(stopped.get(), &one, sizeof one);
    });
    const Beginning beginning(out.write.get(), err.write.get());
    Child child(command, beginning, whole_environment(environment));
    out.write.close();
    err.write.close();

    ProgramOutput output;
    std::string errors;
    bool ended = false;
    while (!ended) {
        std::array<pollfd, 4> events = {pollfd{stopped.get(), POLLIN, 0},
                                        {child.descriptor(), POLLIN, 0},
                                        {out.read.get(), POLLIN, 0},
                                        {err.read.get(), POLLIN, 0}};
        if (::poll(events.data(), events.size(), child.descriptor() < 0 ? 20 : -1) < 0 && errno != EINTR)
            throw std::runtime_error("it cannot be waited for (" + system_words(errno) + ")");
        ended = child.descriptor() < 0 ? child.has_ended() : (events[1].revents & POLLIN) != 0;
        drain(out.read, output.out);
        drain(err.read, errors);
        if (errors.size() > kept_of_errors) errors.erase(0, errors.size() - kept_of_errors);
        if (stop.stop_requested())
            throw std::runtime_error("it was stopped because nobody waits for it any more");
        if (output.out.size() > most_output) throw std::runtime_error("it printed more than 1 MiB");
    }
    const int status = child.end();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error(ending(status) + last_words(errors));
    return output;
}

}  // namespace tiphys::client_detail
