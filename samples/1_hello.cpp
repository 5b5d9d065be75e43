// SPDX-License-Identifier: Apache-2.0
// One container. Prints the manifest: `1_hello | argo submit -`, or `1_hello | tiphys run -`.
#include <iostream>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[hello
constexpr auto hello = [] {
    return Workflow("hello-")
        .entrypoint("greet")
        .container("greet", Container("busybox").command("echo", "hello world"));
};

int main() { std::cout << checked<hello>(); }
//]
