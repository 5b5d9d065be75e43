// SPDX-License-Identifier: Apache-2.0
// What a user of the library writes first.
#include <tiphys/build/build.hpp>

#include <iostream>

using namespace tiphys;

constexpr auto hello = [] {
    return Workflow("hello-").entrypoint("main").container("main",
                                                           Container("busybox").command("echo", "hi"));
};

int main() {
    std::cout << to_yaml(checked<hello>());
    return std::cout.good() ? 0 : 1;
}
