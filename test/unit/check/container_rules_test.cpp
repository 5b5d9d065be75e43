// SPDX-License-Identifier: Apache-2.0
#include "pairs.hpp"

namespace tiphys::test {
namespace {

TEST(ContainerRules, OneContainer) {
    const auto container = [](const std::string& body) {
        return template_of("volumes: [{name: v, emptyDir: {}}, {name: w, emptyDir: {}}], container: {" +
                           body + "}");
    };
    const std::string image = "image: busybox, ";
    const Pair pairs[] = {
        {"container.image", "command: [a]", "image: busybox",
         "the container of template `main` has no image"},
        {"container.pull-policy", image + "imagePullPolicy: always", image + "imagePullPolicy: Always",
         "`always`, which is none of Always, IfNotPresent and Never; did you mean `Always`?"},
        {"env.name", image + "env: [{name: 'a=b', value: c}]", image + "env: [{name: a.b-c, value: c}]",
         "container.env[0].name: `a=b` of the container is no name"},
        {"", image + "env: [{value: c}]", image + "env: [{name: a}]", "`` of the container"},
        {"field.required", image + "env: [{name: a, valueFrom: {secretKeyRef: {name: s}}}]",
         image + "env: [{name: a, valueFrom: {secretKeyRef: {name: s, key: k}}}]", "has no key"},
        {"port.malformed", image + "ports: [{containerPort: 65536}]",
         image + "ports: [{containerPort: 65535}]", "port 65536 of the container is not within"},
        {"", image + "ports: [{containerPort: 1, name: HTTP}]",
         image + "ports: [{containerPort: 1, name: http-2}]", "the port name `HTTP`"},
        {"quantity.malformed", image + "resources: {limits: {cpu: 1 core}}",
         image + "resources: {limits: {cpu: '1.5'}}",
         "container.resources.limits.cpu: the cpu in limits of the container is `1 core`, which is no "
         "amount"},
        // What only the run knows is not judged, neither by itself nor against another.
        {"", image + "resources: {limits: {memory: 1e9b}}",
         image + "resources: {requests: {cpu: 8, memory: 1e9}, limits: {cpu: '{{workflow.name}}', memory: "
                 "'{{workflow.uid}}'}}",
         "the memory in limits of the container is `1e9b`"},
        {"", image + "resources: {requests: {memory: 1e}}",
         image + "resources: {requests: {memory: 1e9}, limits: {memory: 1000000000}}", "`1e`"},
        {"resources.request-above-limit",
         image + "resources: {requests: {memory: 1Gi}, limits: {memory: 1G}}",
         image + "resources: {requests: {memory: 1G, cpu: 500m}, limits: {memory: 1Gi, cpu: 0.5}}",
         "the container requests 1Gi of memory, and its limit is 1G"},
        {"volume.unknown", image + "volumeMounts: [{name: u, mountPath: /a}]",
         image + "volumeMounts: [{name: v, mountPath: /a}]",
         "mounts volume `u`, which neither the template nor the workflow has; did you mean"},
        {"container.duplicate-mount",
         image + "volumeMounts: [{name: v, mountPath: /a}, {name: w, mountPath: /a}]",
         image + "volumeMounts: [{name: v, mountPath: /a}, {name: w, mountPath: /b}]",
         "mounts `w` and `v` at /a"},
    };
    expect_pairs<model::Workflow>(pairs, container);
}

TEST(ContainerRules, ScriptsSidecarsAndSets) {
    const std::string work = "container: {image: busybox}";
    const auto set = [](const std::string& containers) {
        return "containerSet: {containers: [" + containers + "]}";
    };
    const std::string main = "{name: main, image: busybox}";
    const Pair pairs[] = {
        {"container.image", "script: {source: a}", "script: {image: busybox, source: a}",
         "the script of template `main`"},
        {"", set("{name: main}"), set(main), "container `main` of template `main` has no image"},
        {"container.name", work + ", sidecars: [{name: My_Log, image: b}]",
         work + ", sidecars: [{name: my-log, image: b}]", "sidecars[0].name: the container name `My_Log`"},
        {"", work + ", initContainers: [{image: b}]", work + ", initContainers: [{name: a, image: b}]",
         "a container of initContainers of template `main` has no name"},
        {"container.reserved-name", work + ", sidecars: [{name: wait, image: b}]",
         work + ", sidecars: [{name: waits, image: b}]", "is named `wait`"},
        {"", work + ", initContainers: [{name: init, image: b}]",
         work + ", initContainers: [{name: init-2, image: b}]", "is named `init`"},
        {"", set("{name: supervisor, image: b}"), set(main), "is named `supervisor`"},
        {"", work + ", sidecars: [{name: artifact-plugin-x, image: b}]",
         work + ", sidecars: [{name: artifact, image: b}]", "artifact-plugin-x"},
        {"container.duplicate-name", work + ", sidecars: [{name: a, image: b}, {name: a, image: b}]",
         work + ", sidecars: [{name: a, image: b}, {name: c, image: b}]",
         "sidecars[1].name: template `main` has two containers `a`"},
        {"", work + ", initContainers: [{name: a, image: b}], sidecars: [{name: a, image: b}]",
         work + ", initContainers: [{name: a, image: b}], sidecars: [{name: c, image: b}]",
         "two containers `a`"},
        {"container-set.empty", set(""), set(main), "the containerSet of template `main` is empty"},
        {"container-set.unknown-dependency", set("{name: a, image: b, dependencies: [mian]}, " + main),
         set("{name: a, image: b, dependencies: [main]}, " + main),
         "`mian`, which template `main` does not have; did you mean `main`?"},
        {"container-set.cycle",
         set("{name: a, image: b, dependencies: [c]}, {name: c, image: b, dependencies: [a]}, " + main),
         set("{name: a, image: b, dependencies: [c]}, {name: c, image: b, dependencies: [main]}, " + main),
         "containers[1].dependencies: the containers of template `main` wait for each other: `a` after `c` "
         "after `a`"},
        {"container-set.main",
         "inputs: {artifacts: [{name: a, path: /a, optional: true}]}, " + set("{name: b, image: b}"),
         "inputs: {artifacts: [{name: a, path: /a, optional: true}]}, " + set(main),
         "has input artifacts, but no container `main`"},
        {"container.duplicate-mount",
         "volumes: [{name: v, emptyDir: {}}], containerSet: {volumeMounts: [{name: v, mountPath: /a}, {name: "
         "v, mountPath: /a}], containers: [" +
             main + "]}",
         "volumes: [{name: v, emptyDir: {}}], containerSet: {volumeMounts: [{name: v, mountPath: /a}, {name: "
         "v, mountPath: /b}], containers: [" +
             main + "]}",
         "containerSet.volumeMounts[1].mountPath"},
        {"",
         "inputs: {artifacts: [{name: a, path: /a, optional: true}, {name: b, path: /a, optional: true}]}, " +
             work,
         "inputs: {artifacts: [{name: a, path: /a, optional: true}, {name: b, path: /b, optional: true}]}, " +
             work,
         "the input artifact `b` of template `main` and artifact `a` have the path /a"},
        {"",
         "volumes: [{name: v, emptyDir: {}}], inputs: {artifacts: [{name: a, path: /a, optional: true}]}, "
         "container: {image: b, volumeMounts: [{name: v, mountPath: /a}]}",
         "volumes: [{name: v, emptyDir: {}}], inputs: {artifacts: [{name: a, path: /b, optional: true}]}, "
         "container: {image: b, volumeMounts: [{name: v, mountPath: /a}]}",
         "and volume `v` have the path /a"},
        {"volume.name", work + ", volumes: [{name: V, emptyDir: {}}]",
         work + ", volumes: [{name: v, emptyDir: {}}]", "the volume name `V` of template `main`"},
        {"quantity.malformed", work + ", volumes: [{name: v, emptyDir: {sizeLimit: 1 GB}}]",
         work + ", volumes: [{name: v, emptyDir: {sizeLimit: 1Gi}}]", "the sizeLimit of volume `v`"},
    };
    expect_pairs<model::Workflow>(pairs, template_of);
}

// Twice the containers, mounts and amounts: a quadratic rule would take minutes here.
TEST(ContainerRules, GrowInProportion) {
    model::Workflow workflow;
    workflow.metadata.name = "x";
    workflow.spec.entrypoint = "main";
    auto& self = workflow.spec.templates.emplace_back();
    self.name = "main";
    auto& set = self.containerSet.ensure();
    constexpr int count = 50'000;
    for (int i = 0; i < count; ++i) {
        const std::string name = "c" + std::to_string(count + i);
        auto& container = set.containers.emplace_back();
        container.name = name;
        container.image = "busybox";
        if (i + 1 != count) container.dependencies.push_back("c" + std::to_string(count + i + 1));
        self.volumes.emplace_back().name = name;
        auto& mount = set.containers[0].volumeMounts.emplace_back();
        mount.name = name;
        mount.mountPath = "/" + name;
        if (i >= 2'000) continue;  // a map is filled by a search for each key
        set.containers[0].resources.ensure().requests[name] = "1";
        set.containers[0].resources->limits[name] = "1";
    }
    EXPECT_TRUE(validate(workflow, {}, of_any_size()).empty());
}

TEST(ContainerRules, WhatTheWorkflowGives) {
    const std::string mount = "{image: b, volumeMounts: [{name: v, mountPath: /a}]}";
    const auto workflow = [&](const std::string& spec, const std::string& container) {
        return "{metadata: {name: x}, spec: {entrypoint: main, " + spec +
               " templates: [{name: main, container: " + container + "}]}}";
    };
    for (const std::string& text :
         {workflow("volumes: [{name: v, emptyDir: {}}],", mount),
          workflow("volumeClaimTemplates: [{metadata: {name: v}}],", mount),
          workflow("templateDefaults: {volumes: [{name: v}]},", mount),
          workflow("templateDefaults: {container: {image: b}},", "{command: [a]}")}) {
        const auto found = validate(read_yaml<model::Workflow>(text));
        EXPECT_TRUE(found.empty()) << text << described(found);
    }
    // A template of workflows may run in one that has the volume.
    EXPECT_TRUE(validate(read_yaml<model::WorkflowTemplate>(workflow("", mount))).empty());
}

}  // namespace
}  // namespace tiphys::test
