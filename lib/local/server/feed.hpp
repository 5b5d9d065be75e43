// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "http.hpp"

namespace tiphys::local::server {

/// A stream's elements, pulled by whoever can send them: nothing is made before the peer has room for it.
class Feed {
public:
    virtual ~Feed() = default;
    Feed() = default;
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;

    /// JSON text of the next element, or nothing at the moment.
    virtual std::optional<std::string> next() = 0;
    /// True when nothing will come any more, without an error.
    virtual bool ended() { return false; }
    /// Why the stream ends, when it ends with an error.
    virtual std::optional<Failure> failure() { return std::nullopt; }
    /// After how long the client wants it to end.
    virtual std::optional<std::int64_t> timeout_seconds() const { return std::nullopt; }

    /// Called when `next`, `ended` or `failure` may have something new to say.
    void on_news(std::function<void()> handler) { news_ = std::move(handler); }

protected:
    void news() const {
        if (news_) news_();
    }

private:
    std::function<void()> news_;
};

}  // namespace tiphys::local::server
