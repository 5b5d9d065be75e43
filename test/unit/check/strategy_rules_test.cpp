// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/scalars.hpp>

#include "pairs.hpp"

namespace tiphys::test {
namespace {

const std::string work = "container: {image: busybox}, ";

TEST(StrategyRules, OfATemplate) {
    const auto semaphores = [](const std::string& list) {
        return work + "synchronization: {semaphores: [" + list + "]}";
    };
    const Pair pairs[] = {
        {"duration.malformed", "suspend: {duration: soon}", "suspend: {duration: '20'}",
         "suspend.duration: the duration of template `main` is `soon`, which is no duration"},
        {"", work + "pendingTimeout: 1d", work + "pendingTimeout: 1.5h", "the pendingTimeout of"},
        {"", work + "timeout: 1h-5m", work + "timeout: -1h5m", "`1h-5m`"},
        {"", work + "retryStrategy: {backoff: {duration: 10sec}}",
         work + "retryStrategy: {backoff: {duration: '10'}}",
         "retryStrategy.backoff.duration: the duration of template `main`"},
        {"", work + "retryStrategy: {backoff: {duration: 1s, cap: x}}",
         work + "retryStrategy: {backoff: {duration: 1s, cap: 5m, maxDuration: '{{workflow.name}}'}}",
         "the cap of"},
        {"retry.limit", work + "retryStrategy: {limit: '1.5'}", work + "retryStrategy: {limit: '{{=1+1}}'}",
         "`1.5`"},
        {"retry.backoff-duration", work + "retryStrategy: {backoff: {factor: 2}}",
         work + "retryStrategy: {backoff: {duration: 1s, factor: 2}}", "has no duration"},
        {"retry.backoff-factor", work + "retryStrategy: {backoff: {duration: 1s, factor: two}}",
         work + "retryStrategy: {backoff: {duration: 1s, factor: '2'}}", "`two`"},
        {"memoize.config-map", work + "memoize: {key: a, maxAge: 1h, cache: {configMap: {}}}",
         work + "memoize: {key: a, maxAge: 1h, cache: {configMap: {name: c}}}", "names no ConfigMap"},
        {"memoize.key", work + "memoize: {key: a/b, maxAge: 1h, cache: {configMap: {name: c}}}",
         work + "memoize: {key: 'a/{{workflow.name}}', maxAge: 1h, cache: {configMap: {name: c}}}", "`a/b`"},
        {"", work + "memoize: {key: -a, maxAge: 1h, cache: {configMap: {name: c}}}",
         work + "memoize: {key: a-, maxAge: 1h, cache: {configMap: {name: c}}}", "`-a`"},
        {"memoize.max-age", work + "memoize: {key: a, maxAge: '60', cache: {configMap: {name: c}}}",
         work + "memoize: {key: a, maxAge: '0', cache: {configMap: {name: c}}}", "`60`"},
        {"synchronization.duplicate", work + "synchronization: {mutexes: [{name: a}, {name: a}]}",
         work + "synchronization: {mutexes: [{name: a}, {name: a, namespace: b}]}",
         "takes the mutex `a` twice"},
        {"", semaphores("{database: {key: a}}, {database: {key: a}}"),
         semaphores("{database: {key: a}}, {database: {key: b}}"), "takes a semaphore twice"},
        {"semaphore.source", semaphores("{namespace: here}"), semaphores("{database: {key: a}}"),
         "has neither"},
        {"", semaphores("{database: {key: a}, configMapKeyRef: {name: a, key: b}}"),
         semaphores("{configMapKeyRef: {name: a, key: b}}"), "has both"},
        {"synchronization.name", work + "synchronization: {mutexes: [{namespace: a}]}",
         work + "synchronization: {mutexes: [{name: a/b}]}", "a mutex of template `main` has no name"},
        {"", semaphores("{configMapKeyRef: {name: a/b, key: c}}"),
         semaphores("{configMapKeyRef: {name: '{{workflow.name}}', key: c}}"), "lacks a name or key"},
        {"", semaphores("{database: {key: ''}}"), semaphores("{database: {key: a}}"), "lacks a key"},
    };
    expect_pairs<model::Workflow>(pairs, template_of);
}

TEST(StrategyRules, OfTheWorkflow) {
    const Pair pairs[] = {
        {"retry.limit", "retryStrategy: {limit: many}", "retryStrategy: {limit: 3}",
         "spec.retryStrategy.limit: the limit of retryStrategy of the workflow is `many`"},
        {"", "templateDefaults: {retryStrategy: {limit: many}}",
         "templateDefaults: {retryStrategy: {limit: 3}}", "spec.templateDefaults.retryStrategy.limit"},
        {"duration.malformed", "podGC: {deleteDelayDuration: later}", "podGC: {deleteDelayDuration: 30s}",
         "spec.podGC.deleteDelayDuration"},
        {"synchronization.name", "synchronization: {mutexes: [{}]}",
         "synchronization: {mutexes: [{name: a}]}", "a mutex of the workflow has no name"},
    };
    expect_pairs<model::Workflow>(pairs, spec_of);
}

TEST(Scalars, DurationsAreGosOrSeconds) {
    using namespace detail;
    for (const auto* good :
         {"0", "1s", "1h30m", "-1.5s", "+2m", ".5s", "5.s", "1us", "1\xc2\xb5s", "1\xce\xbcs", "1ms3ns"})
        EXPECT_TRUE(is_go_duration(good)) << good;
    for (const auto* bad : {"", "5", "s", "1", "-", ".s", "1d", "1h 2m", "1 s", "h1", "1\xc2s"})
        EXPECT_FALSE(is_go_duration(bad)) << bad;
    EXPECT_TRUE(is_duration("90"));
    EXPECT_FALSE(is_duration("9999999999999999999999"));
}

TEST(Scalars, OnlyVariables) {
    using namespace detail;
    EXPECT_EQ(only_variable("{{ a.b }}"), "a.b");
    EXPECT_EQ(only_variable("a.b"), "a.b");
    EXPECT_EQ(only_variable("{{=a + b}}"), "=a + b");
    for (const auto* bad : {"", "{{}}", "x {{a}}", "{{a}}{{b}}", "{{a.{{b}}}}"})
        EXPECT_EQ(only_variable(bad), "") << bad;
}

}  // namespace
}  // namespace tiphys::test
