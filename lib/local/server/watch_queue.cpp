// SPDX-License-Identifier: Apache-2.0
#include "watch_queue.hpp"

namespace tiphys::local::server {

WatchQueue::Entry& WatchQueue::entry(const model::Workflow& workflow) {
    const auto& metadata = workflow.metadata;
    const auto at = waiting_.find(metadata.uid.view());
    if (at != waiting_.end()) return *at->second;
    Entry& made = entries_.emplace_back(
        Entry{metadata.uid.string(), metadata.namespace_.string(), metadata.name.string(), nullptr});
    waiting_.emplace(made.uid, &made);
    return made;
}

void WatchQueue::changed(const model::Workflow& workflow) { entry(workflow); }

void WatchQueue::deleted(Last workflow) {
    Entry& one = entry(*workflow);
    if (one.deleted == nullptr) ++deletions_;
    one.deleted = std::move(workflow);
}

std::optional<WatchQueue::Entry> WatchQueue::pop() {
    if (entries_.empty()) return std::nullopt;
    waiting_.erase(entries_.front().uid);
    std::optional<Entry> made(std::move(entries_.front()));
    entries_.pop_front();
    if (made->deleted != nullptr) --deletions_;
    return made;
}

void WatchQueue::tell(std::string_view uid, std::string_view version) {
    const auto at = told_.find(uid);
    if (at == told_.end())
        told_.emplace(uid, version);
    else
        at->second = version;
}

bool WatchQueue::knows(std::string_view uid, std::string_view version) const {
    const auto at = told_.find(uid);
    return at != told_.end() && at->second == version;
}

void WatchQueue::forget(std::string_view uid) {
    if (const auto at = told_.find(uid); at != told_.end()) told_.erase(at);
}

}  // namespace tiphys::local::server
