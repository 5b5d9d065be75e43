// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/defaults.hpp>
#include <tiphys/build/detail/process_defaults.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

namespace tiphys {
namespace {

struct Scopes {
    std::mutex mutex;
    std::vector<std::shared_ptr<const Defaults>> active;
    // So that programs without scopes take no lock.
    std::atomic<bool> any = false;
};

Scopes& scopes() {
    static Scopes all;
    return all;
}

template <class Document>
void apply(Document& document) {
    if (scopes().any.load(std::memory_order_acquire)) process_defaults().apply_to(document);
}

}  // namespace

DefaultsScope::DefaultsScope(Defaults defaults)
    : defaults_(std::make_shared<const Defaults>(std::move(defaults))) {
    Scopes& all = scopes();
    const std::lock_guard lock(all.mutex);
    all.active.push_back(defaults_);
    all.any.store(true, std::memory_order_release);
}

DefaultsScope::~DefaultsScope() {
    Scopes& all = scopes();
    const std::lock_guard lock(all.mutex);
    all.active.erase(std::find(all.active.begin(), all.active.end(), defaults_));
    all.any.store(!all.active.empty(), std::memory_order_release);
}

Defaults process_defaults() {
    std::vector<std::shared_ptr<const Defaults>> active;
    {
        Scopes& all = scopes();
        const std::lock_guard lock(all.mutex);
        active = all.active;
    }
    Defaults made;
    for (auto one = active.rbegin(); one != active.rend(); ++one) made.under(**one);
    return made;
}

namespace detail {
void apply_process_defaults(model::Workflow& document) { apply(document); }
void apply_process_defaults(model::WorkflowTemplate& document) { apply(document); }
void apply_process_defaults(model::ClusterWorkflowTemplate& document) { apply(document); }
void apply_process_defaults(model::CronWorkflow& document) { apply(document); }
}  // namespace detail

}  // namespace tiphys
