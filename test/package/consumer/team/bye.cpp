// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>

#include <iostream>

using namespace tiphys;

constexpr auto bye = [] {
    return Workflow("bye-").entrypoint("main").container("main", Container("busybox").command("echo", "bye"));
};

int main() {
    std::cout << to_yaml(checked<bye>());
    return std::cout.good() ? 0 : 1;
}
