// SPDX-License-Identifier: Apache-2.0
#include "guard.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdio>

#include "child.hpp"

namespace tiphys::local::process {
namespace {

// The shell that reads this ends at once, so that its second half is not our child.
constexpr char script[] = R"(
{
    groups=
    while read -r what group; do
        case $what in
        +) groups="$groups $group" ;;
        -)
            rest=
            for each in $groups; do [ "$each" = "$group" ] || rest="$rest $each"; done
            groups=$rest
            ;;
        esac
    done
    for each in $groups; do kill -KILL "-$each"; done
} <&3 3<&- &
)";

}  // namespace

Guard& Guard::instance() {
    static Guard& guard = *new Guard;  // as long as the program: closing the socket is the signal
    return guard;
}

Guard::Guard() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
    Descriptor ours = raised(ends[0]), theirs = raised(ends[1]);
    Descriptor null = raised(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!ours || !theirs || !null) return;

    char name[] = "sh", option[] = "-c", text[sizeof script];
    for (std::size_t i = 0; i < sizeof script; ++i) text[i] = script[i];
    char* const argv[] = {name, option, text, nullptr};
    char* const environment[] = {nullptr};
    ChildPlan plan;
    plan.working_directory = "/";
    plan.in = plan.out = plan.err = null.get();
    plan.extra = theirs.get();
    plan.program = "/bin/sh";
    plan.argv = argv;
    plan.environment = environment;
    Child child = launch(plan);
    if (child.pid == 0) return;
    Descriptor process(child.descriptor);
    siginfo_t about{};
    while (::waitid(P_PIDFD, static_cast<id_t>(process.get()), &about, WEXITED) != 0 && errno == EINTR) {
    }
    if (plan.failed_at == nullptr) socket_ = std::move(ours);
}

void Guard::tell(char what, pid_t group) noexcept {
    if (!socket_) return;
    char line[32];
    const int size = std::snprintf(line, sizeof line, "%c %ld\n", what, static_cast<long>(group));
    // One call keeps lines of several threads apart. A guard that someone killed or stopped must not end or
    // hold up this program.
    while (::send(socket_.get(), line, static_cast<std::size_t>(size), MSG_NOSIGNAL | MSG_DONTWAIT) < 0 &&
           errno == EINTR) {
    }
}

}  // namespace tiphys::local::process
