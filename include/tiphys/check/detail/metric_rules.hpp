// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/document_rules.hpp>

/// Rules on the metrics of a workflow and of a template. Source: workflow/metrics/util.go, and the
/// controller's computeMetrics.
namespace tiphys::detail {

/// `^[a-zA-Z_][a-zA-Z0-9_]*$`
constexpr bool is_metric_name(std::string_view name) noexcept {
    for (const char c : name)
        if (!is_letter_or_digit(c) && c != '_') return false;
    return !name.empty() && !is_digit(name.front());
}

constexpr void metric_name(const model::Prometheus& metric, const Path& path, std::string_view owner,
                           report& report) {
    const auto name = metric.name.view();
    if (name.empty())
        report(rule::metric_name, path, joined("a metric of ", owner, " has no name"));
    else if (!is_metric_name(name) && !has_variable(name))
        report(rule::metric_name, path / "name",
               joined("the metric name `", name, "` of ", owner,
                      " is not of letters, digits and `_`, or begins with a digit"));
}

constexpr void metric_label(const model::Prometheus& metric, const Path& path, std::string_view who,
                            report& report) {
    for (std::size_t i = 0; i < metric.labels.size(); ++i) {
        const auto key = metric.labels[i].key.view();
        if (!is_metric_name(key) && !has_variable(key))
            report(rule::metric_label, (path / "labels")[i] / "key",
                   joined("the label `", key, "` of ", who,
                          " is not of letters, digits and `_`, or begins with a digit"));
    }
}

constexpr void metric_help(const model::Prometheus& metric, const Path& path, std::string_view who,
                           report& report) {
    if (metric.help.empty()) report(rule::metric_help, path, joined(who, " has no help"));
}

constexpr void metric_kind(const model::Prometheus& metric, const Path& path, std::string_view who,
                           report& report) {
    const int kinds =
        int{metric.gauge.has_value()} + int{metric.counter.has_value()} + int{metric.histogram.has_value()};
    if (kinds == 0)
        report(rule::metric_kind, path, joined(who, " is neither gauge, counter nor histogram"));
    else if (kinds > 1)
        report(rule::metric_kind, path, joined(who, " is more than one of gauge, counter and histogram"));
}

constexpr void metric_value(const str& value, const Path& path, std::string_view kind, std::string_view who,
                            report& report) {
    if (value.empty())
        report(rule::metric_value, path, joined("the ", kind, " of ", who, " has no value"));
    else if (is(kind, "gauge") && value.size() > 256)
        report(rule::metric_value, path / "value",
               joined("the value of the gauge of ", who, " is longer than 256 characters"));
}

constexpr void metric_realtime(const model::Gauge& gauge, const Path& path, std::string_view who, bool whole,
                               report& report) {
    if (!gauge.realtime.value_or(false) || gauge.value.empty()) return;
    const auto value = gauge.value.view();
    const auto variable = only_variable(value);
    const bool tag = value.size() > 4 && value.substr(0, 2) == "{{";
    if (tag && (is(variable, "workflow.duration") || (!whole && is(variable, "duration")))) return;
    report(rule::metric_realtime, path / "value",
           joined("the real-time gauge of ", who, " has the value `", value, "`, which is not ",
                  whole ? "" : "{{duration}} or ", "{{workflow.duration}}"));
}

inline constexpr std::string_view gauge_operations[] = {"Set", "Add", "Sub"};

/// `whole`: of the workflow, not of a template.
constexpr void metrics(const model::Metrics& given, const Path& path, std::string_view owner, bool whole,
                       report& report) {
    if (given.prometheus.size() > 100)
        report(rule::metric_too_many, path / "prometheus",
               joined(owner, " has ", text(static_cast<std::int64_t>(given.prometheus.size())).view(),
                      " metrics"));
    for (std::size_t i = 0; i < given.prometheus.size(); ++i) {
        const model::Prometheus& metric = given.prometheus[i];
        const Path at = (path / "prometheus")[i];
        const str who = joined("metric `", metric.name.view(), "`");
        metric_name(metric, at, owner, report);
        metric_label(metric, at, who.view(), report);
        metric_help(metric, at, who.view(), report);
        metric_kind(metric, at, who.view(), report);
        if (metric.gauge) {
            metric_value(metric.gauge->value, at / "gauge", "gauge", who.view(), report);
            one_of(rule::metric_operation, metric.gauge->operation, gauge_operations, at / "gauge",
                   "operation", who.view(), report);
            metric_realtime(*metric.gauge, at / "gauge", who.view(), whole, report);
        }
        if (metric.counter)
            metric_value(metric.counter->value, at / "counter", "counter", who.view(), report);
        if (metric.histogram) {
            metric_value(metric.histogram->value, at / "histogram", "histogram", who.view(), report);
            if (metric.histogram->buckets.empty())
                report(rule::field_required, at / "histogram",
                       joined("the histogram of ", who.view(), " has no buckets"));
        }
    }
}

}  // namespace tiphys::detail
