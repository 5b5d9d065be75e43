// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/artifact_rules.hpp>

#include "pairs.hpp"

namespace tiphys::test {
namespace {

TEST(ArtifactRules, Inputs) {
    const auto input = [](const std::string& body) {
        return template_of("inputs: {artifacts: [{name: a, " + body + "}]}, container: {image: busybox}");
    };
    const Pair pairs[] = {
        {"input.artifact-path", "optional: true", "optional: true, path: /a",
         "inputs.artifacts[0]: the input artifact `a` of template `main` has no path"},
        {"input.artifact-traversal", "optional: true, path: /tmp/../etc", "optional: true, path: /tmp/etc",
         "climbs with"},
        {"input.artifact-from", "path: /a, from: '{{inputs.artifacts.a}}', optional: true",
         "path: /a, optional: true", "has a from"},
        {"artifact.git-repo", "path: /a, git: {revision: main}", "path: /a, git: {repo: r}",
         "the git of artifact `a` of template `main` has no repo"},
        {"artifact.hdfs", "path: /a, hdfs: {path: /b, hdfsUser: u}",
         "path: /a, hdfs: {addresses: [h], path: /b, hdfsUser: u}", "has no addresses"},
        {"", "path: /a, hdfs: {addresses: [h], hdfsUser: u}",
         "path: /a, hdfs: {addresses: [h], path: /b, hdfsUser: u}", "has no path"},
        {"", "path: /a, hdfs: {addresses: [h], path: b, hdfsUser: u}",
         "path: /a, hdfs: {addresses: [h], path: /b, hdfsUser: u}",
         "the hdfs path `b` of artifact `a` of template `main` is not absolute"},
        {"", "path: /a, hdfs: {addresses: [h], path: /b}",
         "path: /a, hdfs: {addresses: [h], path: /b, hdfsUser: u}",
         "hdfsUser, krbCCacheSecret or krbKeytabSecret"},
        {"",
         "path: /a, hdfs: {addresses: [h], path: /b, krbCCacheSecret: {name: s, key: k}, "
         "krbServicePrincipalName: p}",
         "path: /a, hdfs: {addresses: [h], path: /b, krbCCacheSecret: {name: s, key: k}, "
         "krbServicePrincipalName: p, "
         "krbConfigConfigMap: {name: c, key: k}}",
         "has no krbConfigConfigMap"},
        {"",
         "path: /a, hdfs: {addresses: [h], path: /b, krbKeytabSecret: {name: s, key: k}, "
         "krbServicePrincipalName: p, "
         "krbConfigConfigMap: {name: c, key: k}, krbUsername: u}",
         "path: /a, hdfs: {addresses: [h], path: /b, krbKeytabSecret: {name: s, key: k}, "
         "krbServicePrincipalName: p, "
         "krbConfigConfigMap: {name: c, key: k}, krbUsername: u, krbRealm: r}",
         "has no krbRealm"},
        {"artifact.several-locations", "path: /a, raw: {data: a}, http: {url: b}", "path: /a, raw: {data: a}",
         "artifact `a` of template `main` lies in http and raw at once"},
        {"artifact.mode", "path: /a, raw: {data: a}, mode: 512", "path: /a, raw: {data: a}, mode: 511",
         "is 512, which"},
        {"artifact.addressing-style", "path: /a, s3: {key: k, addressingStyle: paths}",
         "path: /a, s3: {key: k, addressingStyle: path}", "did you mean `path`?"},
        {"field.required", "path: /a, http: {}", "path: /a, http: {url: u}",
         "the http of artifact `a` of template `main` has no url"},
        {"artifact-gc.strategy", "path: /a, raw: {data: a}, artifactGC: {strategy: Always}",
         "path: /a, raw: {data: a}, artifactGC: {strategy: Never}",
         "`Always`, which is none of OnWorkflowCompletion,"},
    };
    expect_pairs<model::Workflow>(pairs, input);
}

TEST(ArtifactRules, OtherLists) {
    const Pair pairs[] = {
        {"input.artifact-misplaced-path",
         "suspend: {}, inputs: {artifacts: [{name: a, path: /a, optional: true}]}",
         "suspend: {}, inputs: {artifacts: [{name: a, optional: true}]}", "has a path"},
        {"artifact.several-locations",
         "container: {image: b}, outputs: {artifacts: [{name: a, path: /a, s3: {key: b}, gcs: {key: b}}]}",
         "container: {image: b}, outputs: {artifacts: [{name: a, path: /a, s3: {key: b}}]}",
         "outputs.artifacts[0]"},
        {"artifact.git-repo", "container: {image: b}, archiveLocation: {git: {}}",
         "container: {image: b}, archiveLocation: {git: {repo: a}}",
         "the git of the archiveLocation of template `main` has no repo"},
    };
    expect_pairs<model::Workflow>(pairs, template_of);
}

TEST(ArtifactRules, KnowWhatClimbs) {
    using detail::climbs;
    for (const char* path : {"/tmp/safe/..", "/tmp/../etc/passwd", "/a/b/../../c", "a/..", "/a/../.."})
        EXPECT_TRUE(climbs(path)) << path;
    for (const char* path :
         {"/tmp/safe", "/tmp/ab", "/tmp/..a", "/tmp/a..", "../a", "/..", "/a/./b", "/a//b/"})
        EXPECT_FALSE(climbs(path)) << path;
    static_assert(climbs("/a/../b") && !climbs("/a/b"));
}

}  // namespace
}  // namespace tiphys::test
