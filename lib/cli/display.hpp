// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/workflow.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "style.hpp"

namespace tiphys::cli {

/// Shows a workflow that runs, and what its pods print.
///
/// Log lines are prefixed by the display name of their node. One whose node is not known yet waits for the
/// next update, as the two come over different streams.
class Display {
public:
    virtual ~Display() = default;
    Display() = default;
    Display(const Display&) = delete;
    Display& operator=(const Display&) = delete;

    void update(const model::Workflow& workflow);
    void log(std::string_view pod_name, std::string_view content);
    /// Time has passed.
    virtual void tick() {}
    /// Nothing comes any more: shows what still waited.
    void finish();

protected:
    virtual void show(const model::Workflow& workflow) = 0;
    virtual void show_log(std::string_view node, std::string_view content) = 0;
    virtual void show_end() {}

private:
    /// Lines that wait for their node, at most; more are shown with their pod's name.
    static constexpr std::size_t most_waiting = 1000;

    std::map<std::string, std::string, std::less<>>
        names_;  ///< hash at the end of a pod's name -> display name
    std::vector<std::pair<std::string, std::string>> waiting_;
};

/// A line for each change: for files, pipes and logs of CI.
std::unique_ptr<Display> plain_display(std::ostream& out, bool unicode);

/// A tree that is drawn anew in place, below the log lines.
///
/// `screen` gives rows and columns, and is asked at each drawing; `now` gives seconds since 1970.
std::unique_ptr<Display> live_display(std::ostream& out, Style style,
                                      std::function<std::pair<std::size_t, std::size_t>()> screen,
                                      std::function<std::int64_t()> now);

/// The output parameters of a workflow and of its nodes, one a line, aligned; empty when there are none.
std::string render_outputs(const model::Workflow& workflow);

}  // namespace tiphys::cli
