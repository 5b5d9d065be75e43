// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/text.hpp>

#include <yaml.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "budget.hpp"

namespace tiphys::detail {

/// The text is not YAML, or needs more than the limits allow.
struct YamlMistake {
    std::string reason;
    Location place;
    bool is_syntax = false;
};

/// The beginning or end of a node. Its text is valid until the next event is asked for.
struct YamlEvent {
    enum class Kind : std::uint8_t { scalar, begin_map, end_map, begin_list, end_list, alias, end_document };

    Kind kind = Kind::end_document;
    bool plain = false;
    std::string_view text = {};
    std::string_view tag = {};
};

/// A part of the recorded events: one node, for an alias or a merge key.
struct YamlRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// The events of a YAML text, with each alias replaced by what it stands for.
///
/// Nodes that bear an anchor are recorded as they pass and replayed where an alias names them. How much is
/// replayed is limited, however the aliases nest. libyaml's own tree is never built: its depth is not
/// limited. Errors: throws YamlMistake.
class YamlEvents {
public:
    YamlEvents(std::string_view text, const ReadOptions& options, Budget& budget);
    YamlEvents(const YamlEvents&) = delete;
    YamlEvents& operator=(const YamlEvents&) = delete;
    ~YamlEvents();

    /// Moves to the next document; false at the end of the text.
    bool next_document();
    /// The next event of the document; never an alias.
    const YamlEvent& next();
    /// Passes over the next node and returns where it is recorded.
    YamlRange take_node();
    /// The maps that the value of a merge key names, in order of precedence.
    std::vector<YamlRange> merge_sources(YamlRange value);
    /// Delivers a recorded node next, before the text goes on.
    void replay(YamlRange node);
    /// The text of the document's top-level member `kind`, empty if there is none; the document then starts
    /// at its beginning again.
    std::string peek_kind();
    /// True when peek_kind found that the document holds nothing at all.
    bool is_empty() const { return is_empty_; }
    /// Where peek_kind found the document's beginning.
    Location start() const { return start_; }
    /// Where the current event stands; one that is replayed, where it was recorded.
    Location place() const { return place_; }

private:
    /// Half a million of them may be kept, so they are small. Their text lies in log_text_.
    struct Recorded {
        YamlEvent::Kind kind;
        bool plain;
        std::uint32_t tag_size;
        std::uint32_t text_size;
        std::uint32_t line;
        std::uint32_t column;
        union {
            std::size_t text;  // scalar: its offset; the tag follows it
            YamlRange alias;
        };
    };
    static_assert(sizeof(Recorded) <= 32);
    struct Open {
        std::string anchor;
        std::uint32_t begin;
        std::size_t depth;
    };
    struct Replay {
        YamlRange range;
        bool is_free;
    };

    void parse();
    void live();
    void record();
    template <class Container>
    void make_room(Container& in, std::size_t n);
    void begin_document();
    void close_recordings();
    std::uint32_t node_end(std::uint32_t begin) const;
    std::uint32_t log_size() const { return static_cast<std::uint32_t>(log_.size()); }
    Replay* replaying();
    YamlRange anchored(std::string_view name) const;
    void spend(std::size_t units);
    void count_flow(bool is_flow);
    void keep_anchor(std::string_view name);
    Location live_place() const;
    [[noreturn]] void fail(std::string reason) const;

    std::string_view text_;
    Budget& budget_;
    yaml_parser_t parser_;
    yaml_event_t event_;
    bool has_event_ = false;
    bool is_empty_ = false;
    Location start_;
    Location place_;
    std::size_t max_depth_;
    std::size_t allowance_;
    std::size_t max_recorded_;
    YamlEvent current_;
    YamlRange alias_;
    std::vector<Recorded> log_;
    std::string log_text_;
    std::vector<Replay> replays_;
    std::vector<Open> open_;
    std::size_t depth_ = 0;
    std::size_t flow_depth_ = 0;
    std::size_t flow_allowance_;
    // An anchor whose node is still open stands for nothing yet.
    std::map<std::string, std::optional<YamlRange>, std::less<>> anchors_;
    std::size_t anchor_bytes_ = 0;
};

}  // namespace tiphys::detail
