// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tiphys::local::server {

/// Which workflows a slow watcher still has to hear about: each at most once, in the order in which they
/// changed first, so that a watcher who reads nothing costs one small entry per workflow and no state.
///
/// What to say about one (ADDED, MODIFIED, DELETED) is decided when it is said, from what the watcher was
/// told before: that is what makes skipping the states in between honest.
class WatchQueue {
public:
    using Last = std::shared_ptr<const model::Workflow>;
    struct Entry {
        std::string uid;
        std::string namespace_of;
        std::string name;
        Last deleted;  ///< the last state, or null when it exists
    };

    void changed(const model::Workflow& workflow);
    void deleted(Last workflow);
    std::optional<Entry> pop();
    bool empty() const noexcept { return entries_.empty(); }
    /// Deletions hold the last state of their workflow: whoever uses the queue limits their number.
    std::size_t deletions() const noexcept { return deletions_; }

    /// The watcher knows this version of the workflow.
    void tell(std::string_view uid, std::string_view version);
    bool knows(std::string_view uid) const { return told_.find(uid) != told_.end(); }
    bool knows(std::string_view uid, std::string_view version) const;
    void forget(std::string_view uid);

private:
    Entry& entry(const model::Workflow& workflow);

    std::deque<Entry> entries_;
    std::map<std::string_view, Entry*> waiting_;  ///< by uid; the texts are those of entries_
    std::map<std::string, std::string, std::less<>> told_;
    std::size_t deletions_ = 0;
};

}  // namespace tiphys::local::server
