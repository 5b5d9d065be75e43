// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/engine.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>

namespace tiphys::local::server {

/// `metadata.resourceVersion` as a number; 0 when it is none.
std::int64_t version_of(const model::Workflow& workflow) noexcept;

/// What a server remembers of the past, for watches that resume from a resource version: when each workflow
/// was first seen, and the last states of those that were deleted not long ago.
class History {
public:
    explicit History(Engine& engine);
    ~History();
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    /// A workflow as a client was told of it, which may be before the engine reports the change.
    void note(const model::Workflow& workflow);

    struct Stone {
        std::int64_t version;
        std::int64_t born;
        std::shared_ptr<const model::Workflow> last;
    };
    const std::deque<Stone>& deleted() const noexcept { return stones_; }
    /// First version of a workflow that exists; 0 when it is not known.
    std::int64_t born(std::string_view uid) const;
    /// A watch cannot resume from a version before this one: a deletion after it was forgotten.
    std::int64_t forgotten() const noexcept { return forgotten_; }
    /// The newest version there is.
    std::int64_t newest() const noexcept { return newest_; }

    static constexpr std::size_t kept = 100;

private:
    void on_change(Change change, const model::Workflow& workflow);

    Engine& engine_;
    std::deque<Stone> stones_;
    std::map<std::string, std::int64_t, std::less<>> born_;
    std::int64_t forgotten_ = 0;
    std::int64_t newest_ = 0;
    int connection_;
};

}  // namespace tiphys::local::server
