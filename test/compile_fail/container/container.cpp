// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/k8s.hpp>

#include "../models.hpp"

using namespace tiphys;
using namespace tiphys::test;

constexpr auto image = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("main", Container(BAD("", "busybox")).command("true"));  // expect container.image: the container of template `main` has no image
};

constexpr auto fields = [] {
    auto workflow = working();
    auto& container = *workflow.spec.templates[0].container;
    container.imagePullPolicy = BAD("always", "Always");  // expect-nowhere container.pull-policy: spec.templates[0].container.imagePullPolicy: the imagePullPolicy of the container is `always`, which is none of Always, IfNotPresent and Never; did you mean `Always`?
    container.env.emplace_back().name = BAD("A=B", "A_B");  // expect-nowhere env.name: spec.templates[0].container.env[0].name: `A=B` of the container is no name of an environment variable
    container.ports.emplace_back().containerPort = BAD(70000, 8080);  // expect-nowhere port.malformed: spec.templates[0].container.ports[0].containerPort: port 70000 of the container is not within 1 and 65535
    container.resources.ensure().requests["memory"] = BAD("2Gi", "1Gi");  // expect-nowhere resources.request-above-limit: spec.templates[0].container.resources.requests.memory: the container requests 2Gi of memory, and its limit is 1Gi
    container.resources->limits["memory"] = "1Gi";
    container.resources->limits["cpu"] = BAD("1 core", "1");  // expect-nowhere quantity.malformed: spec.templates[0].container.resources.limits.cpu: the cpu in limits of the container is `1 core`, which is no amount
    return workflow;
};

constexpr auto mounts = [] {
    auto workflow = working();
    auto& self = workflow.spec.templates[0];
    workflow.spec.volumes.emplace_back().name = "data";
    for (const char* name : {"data", BAD("date", "data")}) {  // expect-nowhere volume.unknown: spec.templates[0].container.volumeMounts[1].name: the container mounts volume `date`, which neither the template nor the workflow has; did you mean `data`?
        auto& mount = self.container->volumeMounts.emplace_back();
        mount.name = name;
        mount.mountPath = self.container->volumeMounts.size() == 1 ? "/data" : BAD("/data", "/more");  // expect-nowhere container.duplicate-mount: spec.templates[0].container.volumeMounts[1].mountPath: the container mounts `date` and `data` at /data
    }
    return workflow;
};

constexpr auto volumes = [] {
    Workflow workflow("nightly-");
    workflow.entrypoint("main").container("main", Container("busybox").command("true")
        .volume("/a", k8s::Volume("tmp").empty_dir())
        .volume(BAD("/b", "/c"), k8s::Volume(BAD("tmp", "other"))));  // expect volume.duplicate-name: template `main` has two volumes `tmp` that differ; only the first would be mounted
    workflow.container("more", Container("busybox").command("true")
        .volume("/a", Claim("work").size("1Gi"))
        .volume("/b", Claim("work").size(BAD("2Gi", "1Gi"))));  // expect volume-claim.duplicate-name: the workflow has two volumeClaimTemplates `work` that differ; only the first would be made
    return workflow;
};

constexpr auto sidecars = [] {
    auto workflow = working();
    auto& self = workflow.spec.templates[0];
    for (const char* name : {BAD("Log", "log"), BAD("wait", "waits"), "a", BAD("a", "b")})  // expect-nowhere container.name: spec.templates[0].sidecars[0].name: the container name `Log` of template `main` is not of lower-case letters, digits and `-`, or longer than 63 characters // expect-nowhere container.reserved-name: spec.templates[0].sidecars[1].name: a container of template `main` is named `wait`, as one of Argo's own // expect-nowhere container.duplicate-name: spec.templates[0].sidecars[3].name: template `main` has two containers `a`
        self.sidecars.emplace_back().name = name;
    return workflow;
};

constexpr auto empty_set = [] {
    auto workflow = empty();
    auto& set = workflow.spec.templates[0].containerSet.ensure();
    if (BAD(true, false)) return workflow;  // expect-nowhere container-set.empty: spec.templates[0].containerSet: the containerSet of template `main` is empty
    auto& container = set.containers.emplace_back();
    container.name = "main";
    container.image = "busybox";
    return workflow;
};

constexpr auto dependent_set = [] {
    auto workflow = empty();
    auto& self = workflow.spec.templates[0];
    input(self, "/in");
    self.inputs->artifacts[0].name = "in";
    auto& set = self.containerSet.ensure();
    for (const char* name : {"a", "b", BAD("mein", "main")}) {  // expect-nowhere container-set.main: spec.templates[0].containerSet.containers: template `main` has input artifacts, but no container `main`
        auto& container = set.containers.emplace_back();
        container.name = name;
        container.image = "busybox";
    }
    set.containers[0].dependencies.push_back(BAD("b", "main"));  // expect-nowhere container-set.cycle: spec.templates[0].containerSet.containers[1].dependencies: the containers of template `main` wait for each other: `a` after `b` after `a`
    set.containers[1].dependencies.push_back("a");
    set.containers[2].dependencies.push_back(BAD("c", "b"));  // expect-nowhere container-set.unknown-dependency: spec.templates[0].containerSet.containers[2].dependencies: container `mein` depends on `c`, which template `main` does not have; did you mean `a`?
    if (BAD(false, true)) set.containers[2].dependencies.reset();
    return workflow;
};

void all() {
    checked<image>();
    checked<fields>();
    checked<mounts>();
    checked<volumes>();
    checked<sidecars>();
    checked<empty_set>();
    checked<dependent_set>();
}
