// SPDX-License-Identifier: Apache-2.0
#include <tiphys/local/process/sandbox.hpp>

#include <fcntl.h>
#include <linux/openat2.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "command.hpp"
#include "descriptor.hpp"
#include "start.hpp"
#include "view.hpp"

namespace tiphys::local {
namespace {

namespace fs = std::filesystem;
using process::Descriptor;

std::string remedy() {
    return "; user namespaces are forbidden here: run as root, or allow them (Ubuntu 24.04: sysctl "
           "kernel.apparmor_restrict_unprivileged_userns=0; in a container: --cap-add SYS_ADMIN and an "
           "unconfined "
           "seccomp and AppArmor profile)";
}

Sandbox try_own() {
    Sandbox sandbox;
    // Root needs no user namespace, unless it is the root of a container that may not mount.
    for (bool user : {false, true}) {
        std::string why = process::try_namespaces(user);
        if (why.empty()) {
            sandbox.means = Sandbox::Means::namespaces;
            sandbox.user_namespace = user;
            sandbox.reason.clear();
            return sandbox;
        }
        sandbox.reason = std::move(why);
    }
    return sandbox;
}

// All that the process writes until it ends.
std::string drain(int descriptor) {
    std::string text;
    char buffer[4096];
    for (;;) {
        pollfd ready{descriptor, POLLIN, 0};
        if (::poll(&ready, 1, -1) < 0 && errno != EINTR) return text;
        ssize_t size = ::read(descriptor, buffer, sizeof buffer);
        if (size > 0)
            text.append(buffer, static_cast<std::size_t>(size));
        else if (size == 0 || (errno != EAGAIN && errno != EINTR))
            return text;
    }
}

std::string try_program(const Sandbox& sandbox) {
    std::error_code failure;
    std::string pattern = (fs::temp_directory_path(failure) / "tiphys-probe-XXXXXX").string();
    if (failure || ::mkdtemp(pattern.data()) == nullptr) return "cannot make a temporary folder";
    ProcessSpec spec;
    spec.argv = {"true"};
    spec.isolation = Isolation::private_files;
    spec.private_root = pattern;
    spec.private_directories = {"/tmp", "/tiphys-probe"};
    process::Started started = process::start(spec, process::environment_of(spec), sandbox);
    std::string answer = started.error;
    if (started.process) {
        answer = drain(started.err.get());
        int code = 0, signal = 0;
        process::reap(started.pid, started.process.get(), code, signal);
        if (code == 0)
            answer.clear();
        else if (answer.empty())
            answer = "bwrap ended with " + std::to_string(code);
    }
    fs::remove_all(pattern, failure);
    while (answer.ends_with('\n')) answer.pop_back();
    return answer;
}

Sandbox try_bubblewrap() {
    Sandbox sandbox;
    ProcessSpec spec;
    spec.argv = {"bwrap"};
    process::Command found = process::find_command(spec, {}, {}, "/");
    if (!found.error.empty()) {
        sandbox.reason = "bubblewrap is not installed (apt-get install bubblewrap)";
        return sandbox;
    }
    sandbox.means = Sandbox::Means::bubblewrap;
    sandbox.program = found.path;
    // A process namespace ends every descendant with the process; in some containers /proc cannot be mounted.
    for (bool own_processes : {true, false}) {
        sandbox.process_namespace = own_processes;
        sandbox.reason = try_program(sandbox);
        if (sandbox.reason.empty()) return sandbox;
    }
    sandbox.means = Sandbox::Means::none;
    sandbox.reason = "bubblewrap cannot run (" + sandbox.reason + ")";
    return sandbox;
}

}  // namespace

const Sandbox& Sandbox::probe() {
    static const Sandbox found = [] {
        Sandbox own = try_own();
        if (own) return own;
        Sandbox program = try_bubblewrap();
        if (program) return program;
        program.reason = own.reason + "; " + program.reason + remedy();
        return program;
    }();
    return found;
}

Sandbox Sandbox::probe(Means means) {
    switch (means) {
        case Means::namespaces: return try_own();
        case Means::bubblewrap: return try_bubblewrap();
        case Means::none: break;
    }
    Sandbox none;
    none.reason = "not asked for";
    return none;
}

std::filesystem::path host_path(const ProcessSpec& spec, const std::string& path) {
    return process::host_path(process::places_of(spec), path);
}

std::optional<std::string> read_file(const ProcessSpec& spec, const std::string& path, std::size_t max_size,
                                     std::string& error) {
    auto fail = [&](const std::string& why) {
        error = "cannot read \"" + path + "\": " + why;
        return std::nullopt;
    };
    const std::vector<process::Place> places = process::places_of(spec);
    const fs::path real = process::resolved(places, path);
    const process::Place* place = process::place_of(places, real);
    // O_NONBLOCK: a named pipe must not hold this program up.
    constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    Descriptor file;
    if (place == nullptr) {
        file = Descriptor(::open(path.c_str(), flags));
    } else {
        // Within private_root the folders lie as the process sees them, so its absolute links hold there too.
        const fs::path root = place->made ? spec.private_root : place->source;
        const fs::path below = place->made ? real.relative_path() : real.lexically_relative(place->target);
        Descriptor folder(::open(root.c_str(), O_PATH | O_CLOEXEC));
        if (fs::is_directory(root)) {
            open_how how{};
            how.flags = flags;
            how.resolve = RESOLVE_IN_ROOT;
            file = Descriptor(
                static_cast<int>(::syscall(SYS_openat2, folder.get(), below.c_str(), &how, sizeof how)));
        } else {
            file = Descriptor(::open(root.c_str(), flags));
        }
    }
    struct stat about;
    if (!file || ::fstat(file.get(), &about) != 0) return fail(std::generic_category().message(errno));
    if (!S_ISREG(about.st_mode))
        return fail(S_ISDIR(about.st_mode) ? "it is a folder" : "it is not a plain file");
    std::string text;
    char buffer[16384];
    for (;;) {
        ssize_t size = ::read(file.get(), buffer, sizeof buffer);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return fail(std::generic_category().message(errno));
        if (size == 0) return text;
        text.append(buffer, static_cast<std::size_t>(size));
        if (text.size() > max_size) return fail("it has more than " + std::to_string(max_size) + " bytes");
    }
}

}  // namespace tiphys::local
