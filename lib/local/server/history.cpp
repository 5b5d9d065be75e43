// SPDX-License-Identifier: Apache-2.0
#include "history.hpp"

#include <algorithm>
#include <charconv>

namespace tiphys::local::server {

std::int64_t version_of(const model::Workflow& workflow) noexcept {
    const std::string_view text = workflow.metadata.resourceVersion.view();
    std::int64_t made = 0;
    std::from_chars(text.data(), text.data() + text.size(), made);
    return made;
}

History::History(Engine& engine) : engine_(engine) {
    for (const model::Workflow* one : engine.list({})) note(*one);
    connection_ = engine.on_change(
        [this](Change change, const model::Workflow& workflow) { on_change(change, workflow); });
}

History::~History() { engine_.disconnect(connection_); }

std::int64_t History::born(std::string_view uid) const {
    const auto at = born_.find(uid);
    return at == born_.end() ? 0 : at->second;
}

void History::note(const model::Workflow& workflow) {
    const std::int64_t version = version_of(workflow);
    newest_ = std::max(newest_, version);
    born_.emplace(workflow.metadata.uid.string(), version);
}

void History::on_change(Change change, const model::Workflow& workflow) {
    if (change != Change::deleted) {
        note(workflow);
        return;
    }
    const std::int64_t version = version_of(workflow);
    newest_ = std::max(newest_, version);
    stones_.push_back({version, born(workflow.metadata.uid), std::make_shared<model::Workflow>(workflow)});
    if (const auto at = born_.find(workflow.metadata.uid.view()); at != born_.end()) born_.erase(at);
    if (stones_.size() > kept) {
        forgotten_ = std::max(forgotten_, stones_.front().version);
        stones_.pop_front();
    }
}

}  // namespace tiphys::local::server
