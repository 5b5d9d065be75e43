// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include "descriptor.hpp"

namespace tiphys::local::process {

/// Ends the process groups that still run when this program has ended, however it ended.
///
/// The kernel kills only our own children with us, not what they have started. So a shell, which is nobody's
/// child, is told of every group that begins and ends, and kills the rest when its socket closes. Where there
/// is no /bin/sh, grandchildren outlive a crash of this program.
class Guard {
public:
    static Guard& instance();

    void add(pid_t group) noexcept { tell('+', group); }
    void remove(pid_t group) noexcept { tell('-', group); }  ///< before its leader is reaped

private:
    Guard();
    void tell(char what, pid_t group) noexcept;

    Descriptor socket_;
};

}  // namespace tiphys::local::process
