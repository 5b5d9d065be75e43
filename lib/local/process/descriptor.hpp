// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <utility>

namespace tiphys::local::process {

/// A file descriptor that is closed with its owner.
class Descriptor {
public:
    Descriptor() noexcept = default;
    explicit Descriptor(int value) noexcept : value_(value) {}
    Descriptor(Descriptor&& other) noexcept : value_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) reset(other.release());
        return *this;
    }
    ~Descriptor() { reset(); }

    int get() const noexcept { return value_; }
    explicit operator bool() const noexcept { return value_ >= 0; }
    int release() noexcept { return std::exchange(value_, -1); }
    void reset(int value = -1) noexcept {
        if (value_ >= 0) ::close(value_);
        value_ = value;
    }

private:
    int value_ = -1;
};

/// Above the standard streams, also in a program that has closed those: children put their own there.
inline Descriptor raised(int descriptor) {
    constexpr int lowest = 10;
    Descriptor given(descriptor);
    if (descriptor < 0 || descriptor >= lowest) return given;
    return Descriptor(::fcntl(descriptor, F_DUPFD_CLOEXEC, lowest));
}

}  // namespace tiphys::local::process
