// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include <tiphys/expression/error.hpp>
#include <tiphys/expression/go_text.hpp>

#include <algorithm>

#include "expressions.hpp"
#include "json_form.hpp"
#include "pod.hpp"
#include "substitution.hpp"
#include "variables.hpp"

namespace tiphys::local::engine {
namespace {

bool counts_for_parallelism(NodeType type) {
    return type == NodeType::pod || type == NodeType::steps || type == NodeType::dag;
}

/// The names in `tasks.<name>.outputs.result` (or steps): only these results are captured, as in Argo.
std::shared_ptr<const std::unordered_set<std::string>> referenced_results(const model::Template& definition) {
    auto names = std::make_shared<std::unordered_set<std::string>>();
    const std::string text = to_text(definition);
    const std::string_view prefix = definition.dag ? "tasks" : "steps";
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    };
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at + 1)) {
        std::string_view rest = std::string_view(text).substr(at + prefix.size());
        const bool dotted = rest.starts_with('.');
        if (!dotted && !rest.starts_with("['")) continue;
        rest.remove_prefix(dotted ? 1 : 2);
        std::size_t length = 0;
        while (length < rest.size() && letter(rest[length])) ++length;
        const std::string_view name = rest.substr(0, length);
        if (rest.substr(length).starts_with(dotted ? ".outputs.result" : "'].outputs.result"))
            names->emplace(name);
    }
    return names;
}

}  // namespace

Run::Run(Core& core, model::Workflow workflow, std::filesystem::path directory)
    : core_(core),
      workflow_(std::move(workflow)),
      directory_(std::move(directory)),
      nodes_(workflow_),
      logs_(directory_),
      deadline_timer_(core.executor()) {
    for (const model::Template& each : workflow_.spec.templates) templates_.emplace(each.name.view(), &each);
}

Run::~Run() = default;

void Run::post(std::function<void()> work) {
    queue_.push_back(std::move(work));
    core_.touch(*this);
}

void Run::pump() {
    if (pumping_ || completed_) return;
    pumping_ = true;
    try {
        if (!begun_) begin();
        while (!queue_.empty() && !workflow_.spec.suspend.value_or(false)) {
            const auto work = std::move(queue_.front());
            queue_.pop_front();
            work();
        }
    } catch (const std::exception& error) {
        queue_.clear();
        complete("Error", error.what());
        abort(error.what());
    }
    pumping_ = false;
    complete_when_idle();
}

void Run::begin() {
    begun_ = true;
    auto& status = workflow_.status.ensure();
    status.nodes.engage();
    started_ = std::chrono::system_clock::now();
    status.startedAt = timestamp(started_);
    status.progress = "0/0";
    workflow_.metadata.annotations["workflows.argoproj.io/pod-name-format"] = "v2";
    if (const auto& extra = workflow_.spec.workflowMetadata) {
        for (const auto& label : extra->labels) workflow_.metadata.labels[label.key] = label.value;
        for (const auto& annotation : extra->annotations)
            workflow_.metadata.annotations[annotation.key] = annotation.value;
    }
    set_phase("Running");
    try {
        set_globals();
        substitute_spec();
    } catch (const ExpressionError& error) {
        complete("Failed", std::string("failed to set global parameters: ") + error.what());
        return;
    }
    if (!workflow_.spec.shutdown.empty())
        shutdown_ = workflow_.spec.shutdown == "Terminate" ? Shutdown::terminate : Shutdown::stop;
    if (exec_.activeDeadlineSeconds.has_value()) {
        deadline_ = std::chrono::floor<std::chrono::seconds>(started_) +
                    std::chrono::seconds(*exec_.activeDeadlineSeconds);
        deadline_timer_.expires_after(*deadline_ - started_);
        deadline_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& stopped) {
            const auto self = weak.lock();
            if (self && !stopped) self->post([run = self.get()] { run->pass_deadline(); });
        });
    }
    post([this] {
        Invocation entry;
        entry.node_name = name();
        entry.template_name = exec_.entrypoint;
        if (exec_.arguments) entry.arguments = *exec_.arguments;
        if (const auto started = start(std::move(entry))) entry_started(*started, 0);
    });
}

void Run::set_globals() {
    const auto& metadata = workflow_.metadata;
    const auto& spec = begun_ && !exec_.entrypoint.empty() ? exec_ : workflow_.spec;
    const auto set = [this](std::string_view name, std::string_view value) {
        globals_.set("workflow." + std::string(name), std::string(value));
    };
    set("name", metadata.name);
    set("namespace", metadata.namespace_);
    set("uid", metadata.uid);
    set("mainEntrypoint", spec.entrypoint);
    set("serviceAccountName", spec.serviceAccountName.empty() ? core_.options().service_account_name
                                                              : spec.serviceAccountName.string());
    const Time created = parse_timestamp(metadata.creationTimestamp);
    set("creationTimestamp", metadata.creationTimestamp);
    set("creationTimestamp.RFC3339", metadata.creationTimestamp);
    set("creationTimestamp.s", std::to_string(std::chrono::system_clock::to_time_t(created)));
    for (const char letter : std::string_view("BbmAadHIMSYypZzL"))
        set(std::string("creationTimestamp.") + letter, format_time(created, letter));
    if (spec.priority.has_value()) set("priority", std::to_string(*spec.priority));
    const std::string parameters = spec.arguments ? parameters_text(spec.arguments->parameters) : "null";
    set("parameters", parameters);
    set("parameters.json", parameters);
    if (spec.arguments)
        for (const model::Parameter& parameter : spec.arguments->parameters) {
            if (!parameter.value.has_value())
                throw ExpressionError(
                    "either value or valueFrom must be specified in order to set global parameter " +
                    parameter.name.string());
            set("parameters." + parameter.name.string(), parameter.value);
        }
    for (const auto& [kind, entries] :
         {std::pair{"labels", &metadata.labels}, {"annotations", &metadata.annotations}}) {
        set(kind, map_text(*entries));
        set(std::string(kind) + ".json", map_text(*entries));
        for (const auto& entry : *entries) set(std::string(kind) + "." + entry.key.string(), entry.value);
    }
    set("status", workflow_.status->phase);
    set("duration", seconds_text(std::chrono::system_clock::now() - started_));
}

void Run::substitute_spec() {
    // The templates stay where they are: they are substituted when they are executed.
    auto templates = std::move(workflow_.spec.templates);
    exec_ = workflow_.spec;
    workflow_.spec.templates = std::move(templates);
    const std::string text = to_text(exec_);
    if (!has_tags(text)) return;
    exec_ = from_text<model::WorkflowSpec>(replace(text, globals_, Unresolved::allowed));
    set_globals();
}

const model::Template* Run::find_template(std::string_view name) const {
    const auto at = templates_.find(name);
    return at == templates_.end() ? nullptr : at->second;
}

const model::Template* Run::resolve(std::string_view name, const model::Template* inline_template) const {
    return inline_template != nullptr ? inline_template : find_template(name);
}

const model::RetryStrategy* Run::retry_strategy(const model::Template& definition) const {
    if (definition.retryStrategy) return definition.retryStrategy.get();
    return exec_.retryStrategy.get();
}

void Run::ended(ActivityId parent, std::uint32_t slot, Node node, std::optional<std::string> error) {
    post([this, parent, slot, node, error = std::move(error)] {
        if (parent == the_run)
            entry_ended(slot, node, error);
        else if (Activity* const to = activity(parent))
            to->child_ended(slot, node, error);
    });
}

Activity* Run::activity(ActivityId id) {
    const auto at = activities_.find(id);
    return at == activities_.end() ? nullptr : at->second.get();
}

void Run::release(ActivityId id) {
    const auto at = activities_.find(id);
    if (at == activities_.end()) return;
    // The activity itself is still on the call stack.
    queue_.push_back([keep = std::shared_ptr<Activity>(std::move(at->second))] {});
    activities_.erase(at);
}

Node Run::create(NodeSeed seed) {
    const Node boundary = seed.boundary;
    const NodeType type = seed.type;
    const bool active = !fulfilled(seed.phase);
    const Node node = nodes_.create(std::move(seed));
    if (active) {
        if (type == NodeType::pod) ++active_pods_;
        if (counts_for_parallelism(type) && boundary != no_node)
            if (const auto at = boundaries_.find(boundary); at != boundaries_.end()) ++at->second.active;
    }
    core_.touch(*this);
    return node;
}

void Run::mark(Node node, Phase phase, std::optional<std::string_view> message) {
    const bool before = fulfilled(nodes_.phase(node));
    nodes_.mark(node, phase, message);
    core_.touch(*this);
    if (before || !fulfilled(phase)) return;
    const NodeType type = nodes_.type(node);
    const Node boundary = nodes_.boundary(node);
    if (type == NodeType::pod) {
        --active_pods_;
        if (!waiting_.empty()) post([this] { unblock(no_node); });
    }
    if (!counts_for_parallelism(type) || boundary == no_node) return;
    const auto at = boundaries_.find(boundary);
    if (at == boundaries_.end()) return;
    --at->second.active;
    if (!at->second.waiting.empty()) post([this, boundary] { unblock(boundary); });
}

void Run::open_boundary(Node node, const model::Template& processed, std::string_view template_name,
                        const model::Template* inline_template) {
    Boundary& boundary = boundaries_[node];
    boundary.parallelism = processed.parallelism.value_or(0);
    if (inline_template != nullptr) {
        boundary.results = referenced_results(*inline_template);
        return;
    }
    auto& known = results_[std::string(template_name)];
    if (!known) known = referenced_results(*find_template(template_name));
    boundary.results = known;
}

void Run::close_boundary(Node node) { boundaries_.erase(node); }

bool Run::wants_result(Node boundary, std::string_view node_name) const {
    const auto at = boundaries_.find(boundary);
    return at != boundaries_.end() && at->second.results->contains(std::string(step_name(node_name)));
}

void Run::export_outputs(const model::Outputs& outputs) {
    for (const model::Parameter& parameter : outputs.parameters) {
        if (parameter.globalName.empty()) continue;
        if (parameter.value.has_value())
            globals_.set("workflow.outputs.parameters." + parameter.globalName.string(),
                         parameter.value.string());
        auto& exported = workflow_.status->outputs.ensure().parameters;
        const auto at = std::find_if(exported.begin(), exported.end(), [&](const model::Parameter& each) {
            return each.name == parameter.globalName;
        });
        if (at == exported.end()) {
            model::Parameter& made = exported.emplace_back();
            made.name = parameter.globalName;
            made.value = parameter.value;
        } else if (parameter.value.has_value()) {
            at->value = parameter.value;
        }
    }
}

void Run::pod_started() {
    if (processes_++ == 0) condition("PodRunning", true);
}

void Run::pod_stopped() {
    if (--processes_ == 0) condition("PodRunning", false);
    core_.touch(*this);
}

void Run::start_pod(ActivityId pod) {
    if (auto* const found = static_cast<PodActivity*>(activity(pod)))
        found->start();
    else
        core_.vacate();
}

}  // namespace tiphys::local::engine
