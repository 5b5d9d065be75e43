// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/rule.hpp>

/// Rules on how often, how long and under which locks something runs: retries, durations, memoization,
/// synchronization, loops.
namespace tiphys::rule {

inline constexpr Rule duration_malformed{"duration.malformed",
                                         "A duration is a number of seconds or written like \"1h30m\".",
                                         "Use the units h, m, s, ms, us and ns.", error, at_run_time};
inline constexpr Rule retry_limit{"retry.limit", "The limit of a retryStrategy is an integer.",
                                  "Write it like limit: \"3\".", error, at_run_time};
inline constexpr Rule retry_backoff_duration{"retry.backoff-duration", "A backoff needs a duration.",
                                             "Give it: duration: \"10s\".", error, at_run_time};
inline constexpr Rule retry_backoff_factor{"retry.backoff-factor", "The factor of a backoff is an integer.",
                                           "Write it like factor: \"2\".", error, at_run_time};
inline constexpr Rule memoize_config_map{"memoize.config-map",
                                         "A memoized template names the ConfigMap that is its cache.",
                                         "Give cache.configMap.name.", error, at_run_time};
inline constexpr Rule memoize_key{
    "memoize.key", "A key of memoize consists of letters, digits and '-', and begins with a letter or digit.",
    "Mend the key; a {{…}} in it must give such a text.", error, at_run_time};
inline constexpr Rule memoize_max_age{"memoize.max-age", "The maxAge of memoize is written like \"1h30m\".",
                                      "Give it a unit: \"60s\" rather than \"60\".", error, at_run_time};
inline constexpr Rule synchronization_duplicate{"synchronization.duplicate",
                                                "A template takes each mutex and semaphore once.",
                                                "Drop one of them.", error, at_run_time};
inline constexpr Rule semaphore_source{
    "semaphore.source", "A semaphore has its limit in a ConfigMap or in the database: one of them.",
    "Give either configMapKeyRef or database.", error, at_run_time};
inline constexpr Rule lock_name{"synchronization.name",
                                "A mutex has a name; the ConfigMap of a semaphore has a name and a key "
                                "without '/'.",
                                "Name it.", error, at_run_time};
inline constexpr Rule sequence_count_and_end{
    "sequence.count-and-end", "A withSequence has a count or an end, not both.", "Keep one of them."};
inline constexpr Rule sequence_no_end{"sequence.no-end", "A withSequence has a count or an end.",
                                      "Give count: \"3\", or end.", error, at_run_time};
inline constexpr Rule sequence_integer{"sequence.integer",
                                       "The start, end and count of a withSequence are integers.",
                                       "Write an integer, or a {{…}} that gives one.", error, at_run_time};
inline constexpr Rule sequence_format{
    "sequence.format", "The format of a withSequence prints one integer, like \"node-%03d\".",
    "Use one of %d, %x, %X, %o, %b, %c, %q and %U, and write %% for a percent sign.", error, by_tiphys};
inline constexpr Rule items_kind{"items.kind",
                                 "An element of withItems is a text, a number, a boolean, a map or a list.",
                                 "Take null out of the list.", error, by_tiphys};

inline constexpr const Rule* strategy_rules[] = {&duration_malformed,
                                                 &retry_limit,
                                                 &retry_backoff_duration,
                                                 &retry_backoff_factor,
                                                 &memoize_config_map,
                                                 &memoize_key,
                                                 &memoize_max_age,
                                                 &synchronization_duplicate,
                                                 &semaphore_source,
                                                 &lock_name,
                                                 &sequence_count_and_end,
                                                 &sequence_no_end,
                                                 &sequence_integer,
                                                 &sequence_format,
                                                 &items_kind};

}  // namespace tiphys::rule
