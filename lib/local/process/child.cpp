// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"

#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <new>

// The child shares this program's memory but none of a sanitizer's idea of threads: it is not instrumented
// and makes system calls directly. ThreadSanitizer takes clone() for fork(); glibc's other name for it is the
// call.
#if defined(__SANITIZE_THREAD__)
#define TIPHYS_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TIPHYS_THREAD_SANITIZER
#endif
#endif
#if defined(__clang__)
#define TIPHYS_BARE __attribute__((noinline, disable_sanitizer_instrumentation))
#else
#define TIPHYS_BARE \
    __attribute__((noinline, no_sanitize("address"), no_sanitize("thread"), no_sanitize("undefined")))
#endif

#ifdef TIPHYS_THREAD_SANITIZER
extern "C" int __clone(int (*)(void*), void*, int, void*, ...);
#endif

namespace tiphys::local::process {
namespace {

constexpr int detach = 2;                       // MNT_DETACH
constexpr unsigned long recursive = 0x4000;     // MS_REC
constexpr unsigned long follow_only = 0x80000;  // MS_SLAVE
constexpr unsigned long no_device_no_suid = 6;  // MS_NODEV | MS_NOSUID

TIPHYS_BARE bool failed(ChildPlan& plan, const char* at, const char* path) {
    plan.failure = errno;
    plan.failed_at = at;
    plan.failed_path = path;
    return false;
}

TIPHYS_BARE bool write_text(const char* path, const char* text) {
    long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    if (file < 0) return false;
    std::size_t size = 0;
    while (text[size] != 0) ++size;
    long written = syscall(SYS_write, file, text, size);
    int failure = errno;
    syscall(SYS_close, file);
    errno = failure;
    return written == static_cast<long>(size);
}

TIPHYS_BARE bool own_user(ChildPlan& plan) {
    if (!write_text("/proc/self/uid_map", plan.uid_map))
        return failed(plan, "map the user", "/proc/self/uid_map");
    // Without this the kernel refuses the group map to an unprivileged user.
    if (!write_text("/proc/self/setgroups", "deny"))
        return failed(plan, "map the groups", "/proc/self/setgroups");
    if (!write_text("/proc/self/gid_map", plan.gid_map))
        return failed(plan, "map the group", "/proc/self/gid_map");
    return true;
}

// Every source is cloned before anything is attached: an attached folder may hide another's source.
TIPHYS_BARE bool clone_trees(ChildPlan& plan) {
    for (std::size_t i = 0; i < plan.step_count; ++i) {
        Step& step = plan.steps[i];
        if (step.kind != Step::Kind::attach) continue;
        step.tree = static_cast<int>(syscall(SYS_open_tree, AT_FDCWD, step.source,
                                             OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
        if (step.tree < 0 && step.optional && errno == ENOENT) continue;
        if (step.tree < 0) return failed(plan, "show", step.source);
        if (!step.read_only) continue;
        mount_attr attributes;
        attributes.attr_set = MOUNT_ATTR_RDONLY;
        attributes.attr_clr = 0;
        attributes.propagation = 0;
        attributes.userns_fd = 0;
        if (syscall(SYS_mount_setattr, step.tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes,
                    sizeof attributes) != 0)
            return failed(plan, "make read-only", step.source);
    }
    return true;
}

TIPHYS_BARE bool take(ChildPlan& plan, Step& step) {
    long result = 0;
    switch (step.kind) {
        case Step::Kind::directory:
            result = syscall(SYS_mkdirat, AT_FDCWD, step.target, step.mode);
            if (result == 0) result = syscall(SYS_fchmodat, AT_FDCWD, step.target, step.mode);
            break;
        case Step::Kind::file: result = syscall(SYS_mknodat, AT_FDCWD, step.target, S_IFREG | 0600, 0); break;
        case Step::Kind::symbolic_link:
            result = syscall(SYS_symlinkat, step.source, AT_FDCWD, step.target);
            break;
        case Step::Kind::attach:
            if (step.tree < 0) break;
            result = syscall(SYS_move_mount, step.tree, "", AT_FDCWD, step.target, MOVE_MOUNT_F_EMPTY_PATH);
            syscall(SYS_close, step.tree);
            break;
    }
    return result == 0 || failed(plan, "make", step.target);
}

TIPHYS_BARE bool own_files(ChildPlan& plan) {
    // What is mounted here must not appear outside.
    if (syscall(SYS_mount, nullptr, "/", nullptr, recursive | follow_only, nullptr) != 0)
        return failed(plan, "separate", "/");
    if (!clone_trees(plan)) return false;
    if (plan.new_root != nullptr) {
        if (syscall(SYS_mount, "tmpfs", plan.new_root, "tmpfs", no_device_no_suid, "mode=0755") != 0)
            return failed(plan, "mount a tmpfs on", plan.new_root);
        if (syscall(SYS_chdir, plan.new_root) != 0) return failed(plan, "enter", plan.new_root);
    }
    for (std::size_t i = 0; i < plan.step_count; ++i)
        if (!take(plan, plan.steps[i])) return false;
    if (plan.new_root != nullptr) {
        // The old root lies on top of the new one for a moment, so no folder is needed to hold it.
        if (syscall(SYS_pivot_root, ".", ".") != 0) return failed(plan, "change the root to", plan.new_root);
        if (syscall(SYS_umount2, ".", detach) != 0) return failed(plan, "leave", "/");
    }
    return true;
}

TIPHYS_BARE bool move_descriptor(ChildPlan& plan, int from, int to) {
    return syscall(SYS_dup3, from, to, 0) >= 0 || failed(plan, "connect", "the standard streams");
}

TIPHYS_BARE bool prepare(ChildPlan& plan) {
    if (syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        return failed(plan, "tie to", "this program");
    if (syscall(SYS_getppid) != plan.parent) syscall(SYS_exit_group, 128 + SIGKILL);
    if (syscall(SYS_setsid) < 0) return failed(plan, "begin", "a process group");
    if (plan.user_namespace && !own_user(plan)) return false;
    if (plan.mount_namespace && !own_files(plan)) return false;
    if (plan.working_directory != nullptr && syscall(SYS_chdir, plan.working_directory) != 0)
        return failed(plan, "chdir to working directory", plan.working_directory);
    if (!move_descriptor(plan, plan.in, 0) || !move_descriptor(plan, plan.out, 1) ||
        !move_descriptor(plan, plan.err, 2))
        return false;
    if (plan.extra >= 0 && !move_descriptor(plan, plan.extra, 3)) return false;
    // Descriptors that other parts of this program left open for children; a kernel before 5.11 keeps them.
    syscall(SYS_close_range, plan.extra >= 0 ? 4U : 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */);
    return true;
}

// Only then may signals arrive: a handler of this program must not run in the child, in this program's
// memory.
TIPHYS_BARE void default_signals() {
    // The kernel's sigaction, whose all-zero value is SIG_DFL without flags, is at most this large.
    std::uint64_t action[8];
    for (std::uint64_t& part : action) part = 0;
    for (long signal = 1; signal <= 64; ++signal) syscall(SYS_rt_sigaction, signal, action, nullptr, 8);
    std::uint64_t none = 0;
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, 8);
}

TIPHYS_BARE int child_main(void* argument) {
    ChildPlan& plan = *static_cast<ChildPlan*>(argument);
    if (prepare(plan)) {
        if (plan.program == nullptr) syscall(SYS_exit_group, 0);
        default_signals();
        syscall(SYS_execve, plan.program, plan.argv, plan.environment);
        if (errno == ENOEXEC && plan.shell_argv != nullptr)
            syscall(SYS_execve, "/bin/sh", plan.shell_argv, plan.environment);
        failed(plan, "exec", plan.program);
    }
    syscall(SYS_exit_group, 127);
    return 127;
}

// The child's stack, one per launching thread, below it a page that must not be touched.
class Stack {
public:
    Stack() {
        base_ = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
        if (base_ == MAP_FAILED) throw std::bad_alloc();
        mprotect(base_, 4096, PROT_NONE);
    }
    ~Stack() { munmap(base_, size); }
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;
    void* top() const noexcept { return static_cast<char*>(base_) + size; }

private:
    static constexpr std::size_t size = 65536;
    void* base_;
};

}  // namespace

Child launch(ChildPlan& plan) {
    thread_local Stack stack;
    plan.parent = getpid();

    // Blocked in the child too until its handlers are the default ones.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);

    int flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD;
    if (plan.mount_namespace) flags |= CLONE_NEWNS;
    if (plan.user_namespace) flags |= CLONE_NEWUSER;
    Child child;
    int descriptor = -1;
#ifdef TIPHYS_THREAD_SANITIZER
    int pid = __clone(child_main, stack.top(), flags, &plan, &descriptor, nullptr, nullptr);
#else
    int pid = ::clone(child_main, stack.top(), flags, &plan, &descriptor, nullptr, nullptr);
#endif
    int failure = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0) {
        child.failure = failure;
        return child;
    }
    child.pid = pid;
    child.descriptor = descriptor;
    return child;
}

}  // namespace tiphys::local::process
