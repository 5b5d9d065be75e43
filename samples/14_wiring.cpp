// SPDX-License-Identifier: Apache-2.0
// Many arguments in one word: a loop over objects whose members are the arguments, and all that one task gives to the
// next. `14_wiring | tiphys run -`
#include <iostream>

#include <tiphys/build/build.hpp>
#include <tiphys/build/json_value.hpp>

using namespace tiphys;

//[wiring
constexpr auto wiring = [] {
    return Workflow("wiring-")
        .entrypoint("main")
        .script("build", Script("busybox").command("sh")
            .input("os").input("cores")
            .output("image", "/tmp/image").output("size", "/tmp/size")
            .source("echo {{inputs.parameters.os}}.img >/tmp/image; echo {{inputs.parameters.cores}}0M >/tmp/size"))
        .container("publish", Container("busybox").input("image").input("size")
            .command("echo", "{{inputs.parameters.image}} of {{inputs.parameters.size}}"))
        .dag("main")
            .task("all", "build").with_each(
                json_object("os", "linux", "cores", 2),
                json_object("os", "bsd", "cores", 4))  // without "cores" it would not compile
            .task("publish-all", "publish").with_param(output_parameters("all"))
                .with("image", item("image")).with("size", item("size"))
            .task("one", "build").with("os", "haiku").with("cores", 1)
            .task("publish-one", "publish").with(outputs("one"));  // image and size, and after `one`
};
//]

int main() { std::cout << checked<wiring>(); }
