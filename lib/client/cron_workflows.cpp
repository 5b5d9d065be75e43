// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/cron_workflows.hpp>

#include <algorithm>

#include "client/cron_times.hpp"
#include "client/fetch.hpp"
#include "client/operations.hpp"
#include "client/stored_operations.hpp"
#include "client/words.hpp"

namespace tiphys {
namespace client_detail {
namespace {

using std::chrono::sys_seconds;

std::string two_digits(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string rfc3339(sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return std::to_string(static_cast<int>(date.year())) + '-' +
           two_digits(static_cast<unsigned>(date.month())) + '-' +
           two_digits(static_cast<unsigned>(date.day())) + 'T' + two_digits(clock.hours().count()) + ':' +
           two_digits(clock.minutes().count()) + ':' + two_digits(clock.seconds().count()) + 'Z';
}

std::vector<sys_seconds> times_of(const model::CronWorkflow& cron, const BackfillOptions& options) {
    const model::CronWorkflowSpec& spec = cron.spec;
    if (!is_utc(spec.timezone.view()))
        throw_invalid_argument("the cron workflow \"" + one_line(cron.metadata.name.view(), 200) +
                               "\" runs by the time zone \"" + one_line(spec.timezone.view(), 100) +
                               "\"; a backfill is worked out for UTC only");
    const auto start = std::chrono::floor<std::chrono::seconds>(options.start);
    const auto end = std::chrono::floor<std::chrono::seconds>(options.end ? *options.end
                                                                          : std::chrono::system_clock::now());
    std::vector<sys_seconds> times;
    const auto add = [&](std::string_view schedule) {
        const CronTimes due(schedule);
        for (auto time = due.next(start); time && *time <= end; time = due.next(*time)) {
            times.push_back(*time);
            // More than one schedule may name the same times: those are counted below.
            if (times.size() > 8 * options.limit + 8) break;
        }
    };
    for (const str& schedule : spec.schedules) add(schedule.view());
    if (!spec.schedule.empty()) add(spec.schedule.view());
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    if (times.size() > options.limit)
        throw_invalid_argument("the schedules of the cron workflow \"" +
                               one_line(cron.metadata.name.view(), 200) + "\" have more than " +
                               std::to_string(options.limit) +
                               " times between start and end: raise BackfillOptions::limit, or take less");
    return times;
}

constexpr std::string_view cron_label = "workflows.argoproj.io/cron-workflow";

/// As the controller makes it for that time.
/// Source: workflow/common/convert.go, workflow/cron/operator.go.
model::Workflow run_of(const model::CronWorkflow& cron, sys_seconds time, const BackfillOptions& options) {
    model::Workflow workflow;
    std::string name(cron.metadata.name.view());
    if (!options.name.empty()) name += '-' + options.name;
    name += '-' + std::to_string(time.time_since_epoch().count());
    if (name.size() > 63)
        throw_invalid_argument("the name " + name + " of a run would have " + std::to_string(name.size()) +
                               " characters, 63 at most: shorten BackfillOptions::name");
    auto& metadata = workflow.metadata;
    metadata.name = name;
    metadata.annotations["workflows.argoproj.io/scheduled-time"] = rfc3339(time);
    for (const char* kept :
         {"workflows.argoproj.io/creator", "workflows.argoproj.io/creator-email",
          "workflows.argoproj.io/creator-preferred-username", "workflows.argoproj.io/controller-instanceid"})
        if (const str* label = cron.metadata.labels.find(kept)) metadata.labels[kept] = *label;
    metadata.labels[cron_label] = cron.metadata.name;
    if (cron.spec.workflowMetadata.has_value()) {
        const auto& given = *cron.spec.workflowMetadata;
        for (const auto& label : given.labels) metadata.labels[label.key.view()] = label.value;
        for (const auto& one : given.annotations) metadata.annotations[one.key.view()] = one.value;
        metadata.finalizers = given.finalizers;
    }
    model::k8s::OwnerReference& owner = metadata.ownerReferences.emplace_back();
    owner.apiVersion = "argoproj.io/v1alpha1";
    owner.kind = "CronWorkflow";
    owner.name = cron.metadata.name;
    owner.uid = cron.metadata.uid;
    owner.controller = true;
    owner.blockOwnerDeletion = true;

    workflow.spec = cron.spec.workflowSpec;
    if (!options.argument.empty()) {
        auto& parameters = workflow.spec.arguments.ensure().parameters;
        model::Parameter* given = nullptr;
        for (auto& parameter : parameters)
            if (parameter.name == options.argument) given = &parameter;
        if (given == nullptr) given = &parameters.emplace_back();
        given->name = options.argument;
        given->value = rfc3339(time);
    }
    if (!options.parallel) {
        auto& mutex = workflow.spec.synchronization.ensure().mutexes.emplace_back();
        mutex.name = std::string(cron.metadata.name.view()) + "-backfill";
    }
    return workflow;
}

asio::awaitable<std::vector<SubmittedWorkflow>> backfill(Operation& operation, Core& core,
                                                         BackfillPlan plan) {
    const auto cron = co_await fetch<model::CronWorkflow>(operation, core, plan.get);
    const std::string in(cron.metadata.namespace_.empty() ? std::string_view(plan.options.namespace_)
                                                          : cron.metadata.namespace_.view());
    std::vector<Request> requests;
    for (const sys_seconds time : times_of(cron, plan.options))
        requests.push_back(create_request(core.options().namespace_,
                                          tiphys::to_json(run_of(cron, time, plan.options)),
                                          {.namespace_ = in}));
    std::vector<SubmittedWorkflow> created;
    for (const Request& request : requests) {
        try {
            created.push_back(co_await fetch<SubmittedWorkflow>(operation, core, request));
        } catch (const ClientError& error) {
            if (error.kind() != ClientErrorKind::conflict) throw;  // it has run
        }
    }
    co_return created;
}

}  // namespace

Request suspend_cron_request(const Core& core, const DocumentRef& cron, const DocumentOptions& options) {
    return made([&] {
        return act_on_cron_request(core.options().namespace_, cron.name, "suspend", placed(cron, options));
    });
}

Request resume_cron_request(const Core& core, const DocumentRef& cron, const DocumentOptions& options) {
    return made([&] {
        return act_on_cron_request(core.options().namespace_, cron.name, "resume", placed(cron, options));
    });
}

BackfillPlan plan_backfill(const Core& core, const DocumentRef& cron, const BackfillOptions& options) {
    BackfillPlan plan;
    plan.options = placed(cron, options);
    plan.get = made([&] {
        if (options.start == std::chrono::system_clock::time_point())
            throw_invalid_argument("BackfillOptions::start is not set: since when are runs missing?");
        if (options.end && *options.end < options.start)
            throw_invalid_argument("BackfillOptions::end is before start");
        if (options.limit < 1 || options.limit > 10'000)
            throw_invalid_argument("BackfillOptions::limit is " + std::to_string(options.limit) +
                                   "; it goes from 1 to 10000");
        return get_document_request(cron_workflow_kind, core.options().namespace_, cron.name,
                                    {.namespace_ = plan.options.namespace_});
    });
    return plan;
}

void start_backfill(const std::shared_ptr<Core>& core, Handler<std::vector<SubmittedWorkflow>> handler,
                    BackfillPlan plan) {
    run<std::vector<SubmittedWorkflow>>(
        core, std::move(handler),
        [core, plan = std::move(plan)](Operation& operation) { return backfill(operation, *core, plan); });
}

}  // namespace client_detail

model::CronWorkflow CronWorkflows::suspend(const DocumentRef& cron, const DocumentOptions& options) const {
    return fetch<model::CronWorkflow>("suspend", client_detail::suspend_cron_request(*core(), cron, options));
}
model::CronWorkflow CronWorkflows::resume(const DocumentRef& cron, const DocumentOptions& options) const {
    return fetch<model::CronWorkflow>("resume", client_detail::resume_cron_request(*core(), cron, options));
}
std::vector<SubmittedWorkflow> CronWorkflows::backfill(const DocumentRef& cron,
                                                       const BackfillOptions& options) const {
    return client_detail::block_on<std::vector<SubmittedWorkflow>>(
        core(), "backfill", &client_detail::start_backfill,
        client_detail::plan_backfill(*core(), cron, options));
}

}  // namespace tiphys
