// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/context.hpp>
#include <tiphys/check/detail/scalars.hpp>

/// Rules on retries, durations, memoization, synchronization and loops. What holds a `{{…}}` is not known yet
/// and passes.
namespace tiphys::detail {

constexpr void duration_malformed(const str& given, const Path& path, std::string_view member,
                                  std::string_view owner, report& report) {
    const auto text = given.view();
    if (text.empty() || is_duration(text) || has_variable(text)) return;
    report(rule::duration_malformed, path / member,
           joined("the ", member, " of ", owner, " is `", text, "`, which is no duration"));
}

constexpr bool is_integer_or_variable(const int_or_string& given) noexcept {
    return !given.has_value() || given.is_int() || is_integer(given.as_str().view()) ||
           has_variable(given.as_str().view());
}

constexpr void retry_strategy(const model::RetryStrategy& given, const Path& path, std::string_view owner,
                              report& report) {
    if (!is_integer_or_variable(given.limit))
        report(rule::retry_limit, path / "limit",
               joined("the limit of retryStrategy of ", owner, " is `", given.limit.as_str().view(),
                      "`, which is no integer"));
    if (!given.backoff) return;
    const model::Backoff& backoff = *given.backoff;
    const Path at = path / "backoff";
    if (backoff.duration.empty())
        report(rule::retry_backoff_duration, at,
               joined("the backoff of retryStrategy of ", owner, " has no duration"));
    duration_malformed(backoff.duration, at, "duration", owner, report);
    duration_malformed(backoff.maxDuration, at, "maxDuration", owner, report);
    duration_malformed(backoff.cap, at, "cap", owner, report);
    if (!is_integer_or_variable(backoff.factor))
        report(rule::retry_backoff_factor, at / "factor",
               joined("the factor of the backoff of ", owner, " is `", backoff.factor.as_str().view(),
                      "`, which is no integer"));
}

constexpr void memoize(const model::Memoize& given, const Path& path, std::string_view owner,
                       report& report) {
    if (given.cache.configMap.name.empty())
        report(rule::memoize_config_map, path / "cache",
               joined("memoize of ", owner, " names no ConfigMap for its cache"));
    const auto key = given.key.view();
    if (!has_variable(key) && !(consists_of(key, node_character) && key[0] != '-')) {
        if (key.empty())
            report(rule::memoize_key, path, joined("memoize of ", owner, " has no key"));
        else
            report(rule::memoize_key, path / "key",
                   joined("the key of memoize of ", owner, " is `", key,
                          "`, which is not of letters, digits and `-`"));
    }
    const auto age = given.maxAge.view();
    if (!age.empty() && !is_go_duration(age) && !has_variable(age))
        report(
            rule::memoize_max_age, path / "maxAge",
            joined("the maxAge of memoize of ", owner, " is `", age, "`, which is no duration with a unit"));
}

constexpr void synchronization(const model::Synchronization& given, const Path& path, std::string_view owner,
                               report& report) {
    const auto bad_part = [](std::string_view name) {
        if (name.empty()) return true;
        if (has_variable(name)) return false;
        for (const char c : name)
            if (c == '/') return true;
        return false;
    };
    for (std::size_t i = 0; i < given.mutexes.size(); ++i) {
        const Path at = (path / "mutexes")[i];
        if (given.mutexes[i].name.empty())
            report(rule::lock_name, at, joined("a mutex of ", owner, " has no name"));
        for (std::size_t j = 0; j < i; ++j)
            if (given.mutexes[i] == given.mutexes[j]) {
                report(rule::synchronization_duplicate, at,
                       joined(owner, " takes the mutex `", given.mutexes[i].name.view(), "` twice"));
                break;
            }
    }
    for (std::size_t i = 0; i < given.semaphores.size(); ++i) {
        const model::SemaphoreRef& semaphore = given.semaphores[i];
        const Path at = (path / "semaphores")[i];
        if (semaphore.configMapKeyRef.has_value() == semaphore.database.has_value())
            report(rule::semaphore_source, at,
                   joined("a semaphore of ", owner,
                          semaphore.database.has_value() ? " has both a configMapKeyRef and a database"
                                                         : " has neither a configMapKeyRef nor a database"));
        else if (semaphore.configMapKeyRef && (bad_part(semaphore.configMapKeyRef->name.view()) ||
                                               bad_part(semaphore.configMapKeyRef->key.view())))
            report(
                rule::lock_name, at / "configMapKeyRef",
                joined("the configMapKeyRef of a semaphore of ", owner, " lacks a name or key without `/`"));
        else if (semaphore.database && semaphore.database->key.empty())
            report(rule::lock_name, at / "database",
                   joined("the database of a semaphore of ", owner, " lacks a key"));
        for (std::size_t j = 0; j < i; ++j)
            if (semaphore == given.semaphores[j]) {
                report(rule::synchronization_duplicate, at, joined(owner, " takes a semaphore twice"));
                break;
            }
    }
}

/// `kept` follows the strategies of a template: what most templates lack costs one question each.
constexpr void template_strategies(const template_view& view, report& report) {
    const model::Template& self = view.self;
    const bool timed = self.timeout.has_value() || self.pendingTimeout.has_value() ||
                       self.suspend.has_value() || self.containerSet.has_value();
    if (!timed && !self.retryStrategy && !self.memoize && !self.synchronization) return;
    const str owner = template_words(self);
    if (self.retryStrategy)
        retry_strategy(*self.retryStrategy, view.path / "retryStrategy", owner.view(), report);
    if (self.memoize) memoize(*self.memoize, view.path / "memoize", owner.view(), report);
    if (self.synchronization)
        synchronization(*self.synchronization, view.path / "synchronization", owner.view(), report);
    if (!timed) return;
    duration_malformed(self.timeout, view.path, "timeout", owner.view(), report);
    duration_malformed(self.pendingTimeout, view.path, "pendingTimeout", owner.view(), report);
    if (self.suspend)
        duration_malformed(self.suspend->duration, view.path / "suspend", "duration", owner.view(), report);
    if (self.containerSet && self.containerSet->retryStrategy)
        duration_malformed(self.containerSet->retryStrategy->duration,
                           view.path / "containerSet" / "retryStrategy", "duration", owner.view(), report);
}

constexpr void workflow_strategies(const workflow_view& view, report& report) {
    const model::WorkflowSpec& spec = view.spec;
    if (spec.retryStrategy)
        retry_strategy(*spec.retryStrategy, view.path / "retryStrategy", "the workflow", report);
    if (spec.synchronization)
        synchronization(*spec.synchronization, view.path / "synchronization", "the workflow", report);
    if (spec.podGC)
        duration_malformed(spec.podGC->deleteDelayDuration, view.path / "podGC", "deleteDelayDuration",
                           "the workflow", report);
    if (spec.templateDefaults) {
        const Path path = view.path / "templateDefaults";
        if (spec.templateDefaults->retryStrategy)
            retry_strategy(*spec.templateDefaults->retryStrategy, path / "retryStrategy",
                           "the templateDefaults", report);
        duration_malformed(spec.templateDefaults->timeout, path, "timeout", "the templateDefaults", report);
    }
}

constexpr void sequence(const template_view& view, const call_view& call, const model::Sequence& given,
                        report& report) {
    const Path path = view.path_of(call) / "withSequence";
    const auto who = [&] { return joined(view.call_kind(), " `", call.name, "`"); };
    if (given.count.has_value() && given.end.has_value())
        report(rule::sequence_count_and_end, path,
               joined("the withSequence of ", who().view(), " has both count and end"));
    else if (!given.count.has_value() && !given.end.has_value())
        report(rule::sequence_no_end, path,
               joined("the withSequence of ", who().view(), " has neither count nor end"));
    const auto integer = [&](const int_or_string& value, std::string_view member) {
        if (is_integer_or_variable(value)) return;
        report(rule::sequence_integer, path / member,
               joined("the ", member, " of withSequence of ", who().view(), " is `", value.as_str().view(),
                      "`, which is no integer"));
    };
    integer(given.start, "start");
    integer(given.end, "end");
    integer(given.count, "count");
    const auto format = given.format.view();
    if (!format.empty() && !has_variable(format) && !prints_one_integer(format))
        report(rule::sequence_format, path / "format",
               joined("the format of withSequence of ", who().view(), " is `", format,
                      "`, which does not print one integer"));
}

constexpr void items_kind(const template_view& view, const call_view& call, report& report) {
    for (std::size_t i = 0; i < call.items->size(); ++i) {
        const json& item = (*call.items)[i];
        if (item.is_null() || !item.has_value())
            report(rule::items_kind, (view.path_of(call) / "withItems")[i],
                   joined("an item of ", view.call_kind(), " `", call.name, "` is null"));
    }
}

}  // namespace tiphys::detail
