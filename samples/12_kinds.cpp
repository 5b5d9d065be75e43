// SPDX-License-Identifier: Apache-2.0
// The kinds of templates that need a cluster, checked here and printed for it: several containers in one pod, an object
// of Kubernetes (here a workflow, built like any other), a request, a list of files, an executor plugin.
#include <iostream>

#include <tiphys/build/build.hpp>

using namespace tiphys;

//[kinds
constexpr auto child = [] { return Workflow("child-").entrypoint("main", Suspend().duration("1s")); };

constexpr auto kinds = [] {
    return Workflow("kinds-")
        .entrypoint("main")
        .service_account_name("argo")
        .container_set("pair", ContainerSet().containers(
            ContainerNode("a", "busybox").command("echo", "first"),
            ContainerNode("b", "busybox").command("echo", "second").dependencies("a")))
        .resource("start", Resource("create").manifest(child()).success_condition("status.phase == Succeeded"))
        .http("ask", Http("https://example.org").method("GET").timeout_seconds(10))
        .data("files", Data(ArtifactPaths("logs").s3(S3Artifact().bucket("logs")))
            .transformation("filter(data, {# endsWith '.log'})"))
        .plugin("hello", Plugin("hello", json::object()))
        .dag("main")
            .task("pair", "pair").task("start", "start").task("ask", "ask").task("files", "files")
            .task("hello", "hello").after("pair", "start", "ask", "files");
};
//]

int main() { std::cout << checked<kinds>(); }
