// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace tiphys::local::process {

/// One action that builds what the process sees of the file system. Paths are relative to the new root when
/// the root is rebuilt, absolute otherwise.
struct Step {
    enum class Kind : unsigned char { directory, file, symbolic_link, attach };
    Kind kind = Kind::attach;
    bool read_only = false;
    bool optional = false;         ///< attach: leave it out when it is gone
    unsigned mode = 0755;          ///< directory
    const char* source = nullptr;  ///< attach: what to show; symbolic_link: its text
    const char* target = nullptr;
    int tree = -1;  ///< attach: the cloned mount, while the child runs
};

/// What the child does between its birth and exec. It runs in the memory of this program while the thread
/// that made it is suspended, so it holds plain pointers only, and it writes its failure here.
struct ChildPlan {
    bool mount_namespace = false;
    bool user_namespace = false;
    const char* uid_map = nullptr;
    const char* gid_map = nullptr;
    const char* new_root = nullptr;  ///< a folder to build a new root in; null: change the present one
    Step* steps = nullptr;
    std::size_t step_count = 0;

    const char* working_directory = nullptr;  ///< null: stay
    int in = -1;
    int out = -1;
    int err = -1;
    int extra = -1;  ///< becomes descriptor 3, -1: none

    const char* program = nullptr;  ///< null: end with 0 instead (a probe)
    char* const* argv = nullptr;
    char* const* shell_argv = nullptr;  ///< for a text file without `#!`
    char* const* environment = nullptr;
    pid_t parent = 0;

    const char* failed_at = nullptr;  ///< the step that failed, null: none
    const char* failed_path = nullptr;
    int failure = 0;  ///< its errno
};

/// A child that has begun: `pid` is 0 when there is none.
struct Child {
    pid_t pid = 0;
    int descriptor = -1;  ///< its pidfd
    int failure = 0;      ///< errno of clone
};

/// Makes a child that carries out `plan`; returns when it runs its program or has failed. Not fork: the child
/// borrows this thread's memory and a stack of its own (as posix_spawn does), so other threads' locks do not
/// matter. The child dies when the calling thread ends.
Child launch(ChildPlan& plan);

}  // namespace tiphys::local::process
