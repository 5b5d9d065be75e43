// SPDX-License-Identifier: Apache-2.0
// What all workflows of a team have in common, said once.
#include <iostream>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[defaults
constexpr auto ours = [] {
    return Defaults()
        .namespace_("team")
        .service_account_name("runner")
        .label("team", "argonauts")
        .templates(Container("busybox:1.37").image_pull_policy("IfNotPresent").env("TZ", "UTC"))
        .before_building([](model::Template& made) {
            if (made.container && !made.activeDeadlineSeconds.has_value()) made.activeDeadlineSeconds = 3600;
        });
};

constexpr auto nightly = [] {
    return CronWorkflow("nightly")
        .schedule("0 3 * * *")
        .entrypoint("main")
        .container("main", Container("alpine:3.22").command("date"))
        .apply(ours());
};
//]

int main() { std::cout << checked<nightly>(); }
