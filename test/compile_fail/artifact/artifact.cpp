// SPDX-License-Identifier: Apache-2.0
#include "../models.hpp"

using namespace tiphys;
using namespace tiphys::test;

constexpr auto paths = [] {
    auto workflow = working();
    auto& self = workflow.spec.templates[0];
    input(self, "a").path = BAD("", "/a");  // expect-nowhere input.artifact-path: spec.templates[0].inputs.artifacts[0]: the input artifact `a` of template `main` has no path
    input(self, "b").path = BAD("/tmp/../etc", "/tmp/etc");  // expect-nowhere input.artifact-traversal: spec.templates[0].inputs.artifacts[1].path: the path `/tmp/../etc` of the input artifact `b` of template `main` climbs with `..`
    input(self, "c").mode = BAD(755, 0755);  // expect-nowhere artifact.mode: spec.templates[0].inputs.artifacts[2].mode: the mode of artifact `c` of template `main` is 755, which is not within 0 and 511
    if (BAD(true, false)) input(self, "d").from = "{{inputs.artifacts.a}}";  // expect-nowhere input.artifact-from: spec.templates[0].inputs.artifacts[3].from: the input artifact `d` of template `main` has a from
    return workflow;
};

constexpr auto of_a_pause = [] {
    auto workflow = waiting();
    input(workflow.spec.templates[0], "a").path = BAD("/a", "");  // expect-nowhere input.artifact-misplaced-path: spec.templates[0].inputs.artifacts[0].path: the input artifact `a` of template `main` has a path
    return workflow;
};

constexpr auto locations = [] {
    auto workflow = working();
    auto& self = workflow.spec.templates[0];
    auto& both = input(self, "a");
    both.raw.ensure().data = "text";
    if (BAD(true, false)) both.http.ensure().url = "http://example.com";  // expect-nowhere artifact.several-locations: spec.templates[0].inputs.artifacts[0]: artifact `a` of template `main` lies in http and raw at once
    input(self, "b").git.ensure().repo = BAD("", "https://example.com/a.git");  // expect-nowhere artifact.git-repo: spec.templates[0].inputs.artifacts[1].git: the git of artifact `b` of template `main` has no repo
    auto& hdfs = input(self, "c").hdfs.ensure();
    hdfs.addresses.push_back("host:8020");
    hdfs.path = BAD("a", "/a");  // expect-nowhere artifact.hdfs: spec.templates[0].inputs.artifacts[2].hdfs.path: the hdfs path `a` of artifact `c` of template `main` is not absolute
    hdfs.hdfsUser = "me";
    auto& s3 = input(self, "d").s3.ensure();
    s3.key = "k";
    s3.addressingStyle = BAD("paths", "path");  // expect-nowhere artifact.addressing-style: spec.templates[0].inputs.artifacts[3].s3.addressingStyle: the addressingStyle of artifact `d` of template `main` is `paths`, which is none of path and virtual-hosted; did you mean `path`?
    return workflow;
};

void all() {
    checked<paths>();
    checked<of_a_pause>();
    checked<locations>();
}
