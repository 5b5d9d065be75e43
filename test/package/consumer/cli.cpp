// SPDX-License-Identifier: Apache-2.0
// A program of a user's own that judges and prints its documents as `tiphys` does, and runs one.
#include <tiphys/build/build.hpp>
#include <tiphys/cli/cli.hpp>

#include <iostream>

using namespace tiphys;

int main() {
    const model::Workflow hello = Workflow("hello-")
                                      .entrypoint("main")
                                      .container("main", Container("busybox").command("echo", "hi"))
                                      .model();
    const cli::Console console{std::cout, std::cerr, "consumer"};
    return cli::guarded(console, [&] {
        const int judged = cli::lint(console, {{"Workflow", hello}});
        if (judged != cli::exit_succeeded) return judged;
        cli::print(console.out, {{"Workflow", hello}}, cli::Format::yaml);
        return cli::run(console, hello);
    });
}
