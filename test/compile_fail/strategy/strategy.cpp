// SPDX-License-Identifier: Apache-2.0
#include "../bad.hpp"
#include "../model.hpp"

constexpr auto duration = [] {
    return changed([](const parts& of) {
        of.work.timeout = BAD("5 minutes", "5m");  // expect-nowhere duration.malformed: spec.templates[0].timeout: the timeout of template `work` is `5 minutes`, which is no duration
    });
};

constexpr auto retry_limit = [] {
    return changed([](const parts& of) {
        of.work.retryStrategy.ensure().limit = BAD("three", "3");  // expect-nowhere retry.limit: spec.templates[0].retryStrategy.limit: the limit of retryStrategy of template `work` is `three`, which is no integer
    });
};

constexpr auto backoff_duration = [] {
    return changed([](const parts& of) {
        of.work.retryStrategy.ensure().backoff.ensure().BAD(cap, duration) = "10s";  // expect-nowhere retry.backoff-duration: spec.templates[0].retryStrategy.backoff: the backoff of retryStrategy of template `work` has no duration
    });
};

constexpr auto backoff_factor = [] {
    return changed([](const parts& of) {
        auto& backoff = of.work.retryStrategy.ensure().backoff.ensure();
        backoff.duration = "10s";
        backoff.factor = BAD("1.5", "2");  // expect-nowhere retry.backoff-factor: spec.templates[0].retryStrategy.backoff.factor: the factor of the backoff of template `work` is `1.5`, which is no integer
    });
};

constexpr model::Memoize& memoize(const parts& of) {
    auto& made = of.work.memoize.ensure();
    made.cache.configMap.name = "cache";
    made.key = "{{inputs.parameters.message}}";
    made.maxAge = "10m";
    return made;
}

constexpr auto memoize_config_map = [] {
    return changed([](const parts& of) {
        memoize(of).cache.configMap.name = BAD("", "cache");  // expect-nowhere memoize.config-map: spec.templates[0].memoize.cache: memoize of template `work` names no ConfigMap for its cache
    });
};

constexpr auto memoize_key = [] {
    return changed([](const parts& of) {
        memoize(of).key = BAD("my_key", "my-key");  // expect-nowhere memoize.key: spec.templates[0].memoize.key: the key of memoize of template `work` is `my_key`, which is not of letters, digits and `-`
    });
};

constexpr auto memoize_max_age = [] {
    return changed([](const parts& of) {
        memoize(of).maxAge = BAD("60", "60s");  // expect-nowhere memoize.max-age: spec.templates[0].memoize.maxAge: the maxAge of memoize of template `work` is `60`, which is no duration with a unit
    });
};

constexpr auto twice = [] {
    return changed([](const parts& of) {
        auto& locks = of.work.synchronization.ensure();
        locks.mutexes.emplace_back().name = "door";
        locks.mutexes.emplace_back().name = BAD("door", "window");  // expect-nowhere synchronization.duplicate: spec.templates[0].synchronization.mutexes[1]: template `work` takes the mutex `door` twice
    });
};

constexpr auto semaphore_source = [] {
    return changed([](const parts& of) {
        auto& semaphore = of.work.synchronization.ensure().semaphores.emplace_back();  // expect-nowhere semaphore.source: spec.templates[0].synchronization.semaphores[0]: a semaphore of template `work` has neither a configMapKeyRef nor a database
        TIPHYS_WHEN_RIGHT(semaphore.database.ensure().key = "limit";)
        semaphore.namespace_ = "here";
    });
};

constexpr auto lock_name = [] {
    return changed([](const parts& of) {
        of.work.synchronization.ensure().mutexes.emplace_back().name = BAD("", "door");  // expect-nowhere synchronization.name: spec.templates[0].synchronization.mutexes[0]: a mutex of template `work` has no name
    });
};

constexpr auto count_and_end = [] {
    return changed([](const parts& of) {
        auto& sequence = of.one.withSequence.ensure();
        sequence.count = 3;
        TIPHYS_WHEN_WRONG(sequence.end = 3;)  // expect-nowhere sequence.count-and-end: spec.templates[1].steps[0][0].withSequence: the withSequence of step `one` has both count and end
    });
};

constexpr auto no_end = [] {
    return changed([](const parts& of) {
        of.one.withSequence.ensure().BAD(start, end) = 3;  // expect-nowhere sequence.no-end: spec.templates[1].steps[0][0].withSequence: the withSequence of step `one` has neither count nor end
    });
};

constexpr auto not_an_integer = [] {
    return changed([](const parts& of) {
        of.one.withSequence.ensure().count = BAD("many", "7");  // expect-nowhere sequence.integer: spec.templates[1].steps[0][0].withSequence.count: the count of withSequence of step `one` is `many`, which is no integer
    });
};

constexpr auto format = [] {
    return changed([](const parts& of) {
        auto& sequence = of.one.withSequence.ensure();
        sequence.count = 3;
        sequence.format = BAD("node-%s", "node-%02d");  // expect-nowhere sequence.format: spec.templates[1].steps[0][0].withSequence.format: the format of withSequence of step `one` is `node-%s`, which does not print one integer
    });
};

constexpr auto null_item = [] {
    return changed([](const parts& of) {
        of.one.withItems.push_back(json(1));
        of.one.withItems.push_back(BAD(json(nullptr), json(2)));  // expect-nowhere items.kind: spec.templates[1].steps[0][0].withItems[1]: an item of step `one` is null
    });
};

void all() {
    checked<duration>();
    checked<retry_limit>();
    checked<backoff_duration>();
    checked<backoff_factor>();
    checked<memoize_config_map>();
    checked<memoize_key>();
    checked<memoize_max_age>();
    checked<twice>();
    checked<semaphore_source>();
    checked<lock_name>();
    checked<count_and_end>();
    checked<no_end>();
    checked<not_an_integer>();
    checked<format>();
    checked<null_item>();
}
