// SPDX-License-Identifier: Apache-2.0
#include "runnable.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/go_format.hpp>
#include <tiphys/local/engine_options.hpp>
#include <tiphys/local/process/sandbox.hpp>

#include <algorithm>
#include <initializer_list>
#include <unordered_map>
#include <unordered_set>

#include "dag.hpp"
#include "expressions.hpp"
#include "members.hpp"
#include "pod_spec.hpp"
#include "substitution.hpp"

namespace tiphys::local::engine {
namespace {

using Names = std::unordered_set<std::string_view>;

/// What a process on this machine does without: scheduling, images, permissions, metrics, clean-up in a
/// cluster.
const Names spec_supported = {"activeDeadlineSeconds",
                              "affinity",
                              "archiveLogs",
                              "arguments",
                              "artifactGC",
                              "artifactRepositoryRef",
                              "automountServiceAccountToken",
                              "dnsConfig",
                              "dnsPolicy",
                              "entrypoint",
                              "executor",
                              "hooks",
                              "hostNetwork",
                              "imagePullSecrets",
                              "metrics",
                              "nodeSelector",
                              "onExit",
                              "parallelism",
                              "podDisruptionBudget",
                              "podGC",
                              "podMetadata",
                              "podPriorityClassName",
                              "podResources",
                              "priority",
                              "resourceClaims",
                              "retryStrategy",
                              "schedulerName",
                              "securityContext",
                              "serviceAccountName",
                              "shutdown",
                              "suspend",
                              "templates",
                              "tolerations",
                              "ttlStrategy",
                              "volumeClaimGC",
                              "workflowMetadata"};
const Names template_supported = {"activeDeadlineSeconds",
                                  "affinity",
                                  "annotations",
                                  "archiveLocation",
                                  "automountServiceAccountToken",
                                  "container",
                                  "daemon",
                                  "dag",
                                  "executor",
                                  "failFast",
                                  "inputs",
                                  "metadata",
                                  "metrics",
                                  "name",
                                  "nodeSelector",
                                  "outputs",
                                  "parallelism",
                                  "podResources",
                                  "priorityClassName",
                                  "resourceClaims",
                                  "retryStrategy",
                                  "schedulerName",
                                  "script",
                                  "securityContext",
                                  "serviceAccountName",
                                  "steps",
                                  "suspend",
                                  "timeout",
                                  "tolerations"};
const Names container_supported = {"args",
                                   "command",
                                   "env",
                                   "image",
                                   "imagePullPolicy",
                                   "livenessProbe",
                                   "name",
                                   "ports",
                                   "readinessProbe",
                                   "resizePolicy",
                                   "resources",
                                   "securityContext",
                                   "source",
                                   "startupProbe",
                                   "stdin",
                                   "stdinOnce",
                                   "terminationMessagePath",
                                   "terminationMessagePolicy",
                                   "tty",
                                   "workingDir"};

/// Why, where there is more to say than that it is not supported.
const std::unordered_map<std::string_view, std::string_view> reasons = {
    {"resource", "resource templates need a cluster"},
    {"containerSet", "container sets are not supported"},
    {"data", "data templates need artifacts"},
    {"http", "http templates need Argo's agent"},
    {"plugin", "plugin templates need Argo's agent"},
    {"sidecars", "sidecars are not supported"},
    {"initContainers", "init containers are not supported"},
    {"volumes", "there are no volumes"},
    {"volumeMounts", "there are no volumes"},
    {"volumeDevices", "there are no volumes"},
    {"volumeClaimTemplates", "there are no volumes"},
    {"memoize", "memoization needs ConfigMaps"},
    {"synchronization", "synchronization is not supported"},
    {"workflowTemplateRef", "there are no stored workflow templates"},
    {"envFrom", "there are no ConfigMaps and Secrets"},
};

[[noreturn]] void refuse(const std::string& text) { throw Refused(Refused::invalid_argument, text); }

std::string called(std::string_view kind, std::string_view name) {
    return std::string(kind) + " \"" + std::string(name) + "\"";
}

template <class T>
void check_members(const T& object, const Names& supported, const std::string& where, std::string_view path) {
    for (const std::string& each : members(object)) {
        if (supported.contains(each)) continue;
        const auto reason = reasons.find(each);
        refuse(where + ": " +
               (reason == reasons.end() ? std::string(path) + each + " is not supported"
                                        : std::string(reason->second)) +
               "; the embedded engine cannot run " + std::string(path) + each);
    }
}

class Checker {
public:
    Checker(const model::Workflow& workflow, bool sandboxed) : workflow_(workflow), sandboxed_(sandboxed) {}

    void check() {
        const model::WorkflowSpec& spec = workflow_.spec;
        check_members(spec, spec_supported, "workflow", "spec.");
        if (spec.workflowMetadata && !spec.workflowMetadata->labelsFrom.empty())
            refuse(
                "workflow: spec.workflowMetadata.labelsFrom is not supported; the embedded engine cannot run "
                "it");
        for (const model::Template& each : spec.templates) {
            if (each.name.empty())
                refuse("spec.templates[" + std::to_string(&each - spec.templates.begin()) +
                       "].name is required");
            if (!names_.insert(each.name).second)
                refuse("spec.templates[" + std::to_string(&each - spec.templates.begin()) + "].name '" +
                       each.name.string() + "' is not unique");
        }
        if (spec.entrypoint.empty()) refuse("spec.entrypoint is required");
        need_template(spec.entrypoint, "spec.entrypoint");
        if (!spec.onExit.empty()) need_template(spec.onExit, "spec.onExit");
        hooks(spec.hooks, "spec");
        if (spec.arguments) {
            arguments(spec.arguments, "spec.arguments");
            for (const model::Parameter& each : spec.arguments->parameters)
                if (!each.value.has_value())
                    refuse("spec.arguments." + each.name.string() + ".value or spec.arguments." +
                           each.name.string() + ".valueFrom is required");
        }
        if (spec.retryStrategy) retry(*spec.retryStrategy, "workflow");
        for (const model::Template& each : spec.templates)
            check_template(each, called("template", each.name));
    }

private:
    void need_template(std::string_view name, const std::string& where) const {
        if (has_tags(name) || names_.contains(name)) return;
        refuse(where + " template name '" + std::string(name) + "' undefined");
    }

    void hooks(const map<model::LifecycleHook>& hooks, const std::string& where) const {
        for (const auto& hook : hooks) {
            if (hook.key != "exit")
                refuse(
                    where +
                    ": lifecycle hooks other than exit are not supported; the embedded engine cannot run " +
                    called("hook", hook.key));
            if (hook.value.templateRef) template_ref(*hook.value.templateRef, where);
            need_template(hook.value.template_, where + ".hooks." + hook.key.string());
            arguments(hook.value.arguments, where + ".hooks." + hook.key.string() + ".arguments");
        }
    }

    [[noreturn]] static void template_ref(const model::TemplateRef& ref, const std::string& where) {
        refuse(where + " template reference " + ref.name.string() + "." + ref.template_.string() +
               " not found: the embedded engine has no stored workflow templates");
    }

    static void arguments(const box<model::Arguments>& arguments, const std::string& where) {
        if (!arguments) return;
        if (!arguments->artifacts.empty())
            refuse(where + ": artifacts are not supported; the embedded engine cannot pass " +
                   called("artifact", arguments->artifacts[0].name));
        for (const model::Parameter& each : arguments->parameters) {
            if (each.name.empty()) refuse(where + ": a parameter has no name");
            if (each.valueFrom)
                refuse(where + ": valueFrom of " + called("parameter", each.name) +
                       " needs a cluster; the embedded engine cannot resolve it");
        }
    }

    static void retry(const model::RetryStrategy& strategy, const std::string& where) {
        if (strategy.affinity)
            refuse(where + ": retryStrategy.affinity needs a cluster; the embedded engine cannot honour it");
        const std::string_view policy = strategy.retryPolicy;
        if (policy == "OnTransientError")
            refuse(where + ": retryPolicy OnTransientError is not supported by the embedded engine");
        if (!policy.empty() && policy != "Always" && policy != "OnFailure" && policy != "OnError" &&
            !has_tags(policy))
            refuse(std::string(policy) + " is not a valid RetryPolicy");
    }

    static void duration(const str& text, const std::string& where) {
        if (text.empty() || has_tags(text)) return;
        try {
            parse_duration(text);
        } catch (const ExpressionError& error) {
            refuse(where + ": " + error.what());
        }
    }

    void check_template(const model::Template& each, const std::string& where) {
        check_members(each, template_supported, where, "");
        const int kinds = each.container.has_value() + each.script.has_value() + each.dag.has_value() +
                          each.suspend.has_value() + each.steps.has_value();
        if (kinds != 1)
            refuse(where +
                   (kinds == 0 ? ": template type unspecified" : ": multiple template types specified") +
                   ". choose one of: container, script, steps, dag, suspend");
        if (each.daemon.value_or(false)) refuse(where + ": daemons are not supported by the embedded engine");
        if (each.failFast.value_or(false))
            refuse(where +
                   ": failFast of a template is not supported by the embedded engine (failFast of a dag is)");
        if (each.retryStrategy) retry(*each.retryStrategy, where);
        duration(each.timeout, where + " timeout");
        if (each.inputs) {
            if (!each.inputs->artifacts.empty())
                refuse(where + ": artifacts are not supported; the embedded engine cannot provide " +
                       called("input artifact", each.inputs->artifacts[0].name));
            for (const model::Parameter& input : each.inputs->parameters)
                if (input.valueFrom)
                    refuse(where + ": valueFrom of " + called("input parameter", input.name) +
                           " needs a cluster; the embedded engine cannot resolve it");
        }
        outputs(each, where);
        if (each.container) container(*each.container, where);
        if (each.script) container(*each.script, where);
        if (each.suspend) duration(each.suspend->duration, where + " suspend.duration");
        if (each.steps.has_value()) steps(each, where);
        if (each.dag) dag(each, where);
    }

    void outputs(const model::Template& each, const std::string& where) const {
        if (!each.outputs) return;
        if (!each.outputs->artifacts.empty())
            refuse(where + ": artifacts are not supported; the embedded engine cannot save " +
                   called("output artifact", each.outputs->artifacts[0].name));
        static const Names pod = {"path", "default"}, composite = {"parameter", "expression", "default"},
                           waits = {"supplied", "default"};
        const bool is_pod = each.container || each.script;
        for (const model::Parameter& output : each.outputs->parameters) {
            const std::string what = where + ": " + called("output parameter", output.name);
            if (!output.valueFrom) refuse(what + " has no valueFrom");
            for (const std::string& member : members(*output.valueFrom))
                if (!(is_pod ? pod : each.suspend ? waits : composite).contains(member))
                    refuse(what + ": valueFrom." + member + " is not supported here by the embedded engine");
            const std::string_view path = output.valueFrom->path;
            if (!is_pod || path.empty()) continue;
            if (!sandboxed_)
                refuse(what + ": its path " + std::string(path) +
                       " needs files of the pod's own, which this machine does not allow (" +
                       (Sandbox::probe() ? "the sandbox is switched off" : Sandbox::probe().reason) + ")");
            if (has_tags(path)) continue;
            const PrivateFolder folder = private_folder(path);
            if (!folder.refusal.empty())
                refuse(what + ": its path " + std::string(path) + " " + folder.refusal);
        }
    }

    template <class Container>
    void container(const Container& each, const std::string& where) const {
        constexpr bool script = std::is_same_v<Container, model::ScriptTemplate>;
        check_members(each, container_supported, where, script ? "script." : "container.");
        if (each.command.empty())
            refuse(where + ": no command, and the entrypoint of image \"" + each.image.string() +
                   "\" is unknown here; give a command");
        for (const auto& variable : each.env)
            if (variable.valueFrom)
                refuse(where + ": valueFrom of " + called("environment variable", variable.name) +
                       " needs a cluster; the embedded engine cannot resolve it");
    }

    template <class Holder>
    void holder(const Holder& each, const std::string& where) {
        if (each.templateRef) template_ref(*each.templateRef, where);
        if (each.inline_)
            check_template(*each.inline_, where + " inline template");
        else if (each.template_.empty())
            refuse(where + " failed to get a template");
        else
            need_template(each.template_, where);
        if (!each.onExit.empty()) need_template(each.onExit, where + ".onExit");
        hooks(each.hooks, where);
        arguments(each.arguments, where + ".arguments");
    }

    void steps(const model::Template& each, const std::string& where) {
        const std::string path = "templates." + each.name.string() + ".steps[";
        if (each.steps.empty()) refuse(where + ": steps is empty");
        Names seen;
        for (std::size_t group = 0; group < each.steps.size(); ++group)
            for (const model::WorkflowStep& step : each.steps[group]) {
                const std::string at = path + std::to_string(group) + "]." + step.name.string();
                if (step.name.empty()) refuse(path + std::to_string(group) + "].name is required");
                if (!seen.insert(step.name).second)
                    refuse(path + std::to_string(group) + "].name '" + step.name.string() +
                           "' is not unique");
                holder(step, at);
            }
    }

    void dag(const model::Template& each, const std::string& where) {
        const std::string path = "templates." + each.name.string() + ".tasks.";
        const auto& tasks = each.dag->tasks;
        if (tasks.empty()) refuse(where + ": dag.tasks is empty");
        std::unordered_map<std::string_view, std::uint32_t> by_name;
        for (const model::DAGTask& task : tasks) {
            if (task.name.empty()) refuse(where + ": a dag task has no name");
            if (!by_name.emplace(task.name.view(), static_cast<std::uint32_t>(&task - tasks.begin())).second)
                refuse(path + task.name.string() + " name is not unique");
            if (!task.depends.empty() && !task.dependencies.empty())
                refuse("templates." + each.name.string() +
                       " cannot use both 'depends' and 'dependencies' in the same DAG template");
            holder(task, path + task.name.string());
        }
        std::vector<std::vector<std::uint32_t>> needs;
        for (const model::DAGTask& task : tasks) {
            if (has_tags(task.depends))
                refuse(path + task.name.string() + ": a tag in depends is not supported");
            auto& open = needs.emplace_back();
            try {
                const Depends depends = read_depends(task, tasks, by_name);
                for (const std::string& name : depends.tasks()) {
                    const auto need = by_name.find(name);
                    if (need == by_name.end())
                        refuse(path + task.name.string() + " dependency '" + name + "' not defined");
                    open.push_back(need->second);
                }
            } catch (const ExpressionError& error) {
                refuse(path + task.name.string() + " " + error.what());
            }
        }
        find_cycle(needs, tasks, "templates." + each.name.string());
        const std::string_view target = each.dag->target;
        if (!target.empty() && !has_tags(target))
            for (std::size_t at = 0; at <= target.size();) {
                const std::size_t blank = std::min(target.find(' ', at), target.size());
                const std::string_view name = target.substr(at, blank - at);
                if (!by_name.contains(name))
                    refuse("templates." + each.name.string() + ".targets target '" + std::string(name) +
                           "' is not defined");
                at = blank + 1;
            }
    }

    static void find_cycle(const std::vector<std::vector<std::uint32_t>>& needs,
                           const list<model::DAGTask>& tasks, const std::string& where) {
        std::vector<std::uint32_t> open(needs.size());
        std::vector<std::vector<std::uint32_t>> feeds(needs.size());
        std::vector<std::uint32_t> ready;
        for (std::uint32_t i = 0; i < needs.size(); ++i) {
            open[i] = static_cast<std::uint32_t>(needs[i].size());
            for (const std::uint32_t need : needs[i]) feeds[need].push_back(i);
            if (needs[i].empty()) ready.push_back(i);
        }
        std::size_t done = 0;
        while (!ready.empty()) {
            const std::uint32_t at = ready.back();
            ready.pop_back();
            ++done;
            for (const std::uint32_t next : feeds[at])
                if (--open[next] == 0) ready.push_back(next);
        }
        if (done == needs.size()) return;
        // Walking back along open needs must come to a task twice: that is the cycle.
        std::uint32_t at = 0;
        while (open[at] == 0) ++at;
        std::vector<std::uint32_t> path;
        std::vector<bool> seen(needs.size());
        while (!seen[at]) {
            seen[at] = true;
            path.push_back(at);
            at = *std::find_if(needs[at].begin(), needs[at].end(),
                               [&](std::uint32_t need) { return open[need] != 0; });
        }
        std::string text = tasks[at].name.string();
        for (auto back = std::find(path.begin(), path.end(), at) + 1; back != path.end(); ++back)
            text += "->" + tasks[*back].name.string();
        refuse(where + " dependency cycle detected: " + text + "->" + tasks[at].name.string());
    }

    const model::Workflow& workflow_;
    bool sandboxed_;
    Names names_;
};

}  // namespace

void check_runnable(const model::Workflow& workflow, bool sandboxed) { Checker(workflow, sandboxed).check(); }

}  // namespace tiphys::local::engine
