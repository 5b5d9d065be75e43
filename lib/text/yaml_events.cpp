// SPDX-License-Identifier: Apache-2.0
#include "yaml_events.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "path.hpp"

namespace tiphys::detail {
namespace {

using Kind = YamlEvent::Kind;

std::string_view view(const yaml_char_t* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

/// libyaml compares each %TAG with all before it.
bool has_many_tag_directives(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("%TAG"); at != std::string_view::npos; at = text.find("%TAG", at + 4))
        if ((at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') && ++count > 100) return true;
    return false;
}

}  // namespace

YamlEvents::YamlEvents(std::string_view text, const ReadOptions& options, Budget& budget)
    : text_(text),
      budget_(budget),
      max_depth_(std::min<std::size_t>(options.max_depth, 5000)),
      allowance_(options.max_alias_expansion),
      max_recorded_(500'000),
      flow_allowance_(50'000'000 + 16 * text.size()) {
    if (has_many_tag_directives(text)) throw YamlMistake{"more than 100 %TAG directives", {}};
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

YamlEvents::~YamlEvents() {
    if (has_event_) yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
}

Location YamlEvents::live_place() const {
    if (!has_event_) return {};
    return {event_.start_mark.line + 1, event_.start_mark.column + 1};
}

void YamlEvents::fail(std::string reason) const { throw YamlMistake{std::move(reason), live_place()}; }

void YamlEvents::parse() {
    if (has_event_) yaml_event_delete(&event_);
    has_event_ = yaml_parser_parse(&parser_, &event_) != 0;
    place_ = live_place();
    if (has_event_) return;
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    std::string reason = "not YAML: ";
    reason += parser_.problem != nullptr ? parser_.problem : "unknown problem";
    if (parser_.error == YAML_READER_ERROR) {
        throw YamlMistake{std::move(reason), location_of(text_, parser_.problem_offset), true};
    }
    if (parser_.context != nullptr) reason.append(" ").append(parser_.context);
    throw YamlMistake{
        std::move(reason), {parser_.problem_mark.line + 1, parser_.problem_mark.column + 1}, true};
}

void YamlEvents::begin_document() {
    log_.clear();
    log_text_.clear();
    replays_.clear();
    open_.clear();
    anchors_.clear();
    budget_.give_back(std::exchange(anchor_bytes_, 0));
    depth_ = 0;
    flow_depth_ = 0;
}

bool YamlEvents::next_document() {
    begin_document();
    while (true) {
        parse();
        if (event_.type == YAML_DOCUMENT_START_EVENT) return true;
        if (event_.type == YAML_STREAM_END_EVENT) return false;
    }
}

void YamlEvents::spend(std::size_t units) {
    if (units > allowance_)
        fail("aliases and merge keys repeat too much of the document (ReadOptions::max_alias_expansion)");
    allowance_ -= units;
}

/// For each token libyaml looks at every level of flow style that is open.
void YamlEvents::count_flow(bool is_flow) {
    constexpr std::size_t cheap = 64;
    if (is_flow) ++flow_depth_;
    if (flow_depth_ <= cheap) return;
    if (flow_allowance_ < flow_depth_)
        fail("too many values are nested deeper than " + std::to_string(cheap) + " levels of flow style");
    flow_allowance_ -= flow_depth_;
}

void YamlEvents::keep_anchor(std::string_view name) {
    // A node of the map, about, and the name.
    const std::size_t bytes = 128 + name.size();
    if (!budget_.take(bytes)) fail(budget_.exceeded());
    anchor_bytes_ += bytes;
    anchors_[std::string(name)] = std::nullopt;
    open_.push_back({std::string(name), log_size(), depth_});
}

YamlRange YamlEvents::anchored(std::string_view name) const {
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) fail("the alias *" + std::string(name) + " names no anchor before it");
    if (!found->second) fail("the anchor &" + std::string(name) + " contains itself");
    return *found->second;
}

/// Reads one event of the text, and records it where an anchor wants it. An alias becomes alias_.
void YamlEvents::live() {
    parse();
    current_ = {};
    const yaml_char_t* anchor = nullptr;
    bool is_flow = false;
    switch (event_.type) {
        case YAML_SCALAR_EVENT:
            current_ = {Kind::scalar,
                        event_.data.scalar.plain_implicit != 0,
                        {reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length},
                        view(event_.data.scalar.tag)};
            anchor = event_.data.scalar.anchor;
            break;
        case YAML_SEQUENCE_START_EVENT:
            current_.kind = Kind::begin_list;
            is_flow = event_.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
            anchor = event_.data.sequence_start.anchor;
            break;
        case YAML_MAPPING_START_EVENT:
            current_.kind = Kind::begin_map;
            is_flow = event_.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
            anchor = event_.data.mapping_start.anchor;
            break;
        case YAML_SEQUENCE_END_EVENT: current_.kind = Kind::end_list; break;
        case YAML_MAPPING_END_EVENT: current_.kind = Kind::end_map; break;
        case YAML_ALIAS_EVENT:
            current_.kind = Kind::alias;
            alias_ = anchored(view(event_.data.alias.anchor));
            break;
        default: current_.kind = Kind::end_document; return;
    }
    count_flow(is_flow);
    if (anchor != nullptr) keep_anchor(view(anchor));
    if (current_.kind == Kind::begin_map || current_.kind == Kind::begin_list) {
        if (++depth_ > max_depth_)
            fail("nested deeper than " + std::to_string(max_depth_) + " levels (ReadOptions::max_depth)");
    } else if (current_.kind == Kind::end_map || current_.kind == Kind::end_list) {
        --depth_;
        // What is open inside flow style is flow style too, so it ends first.
        if (flow_depth_ > 0) --flow_depth_;
    }
    if (!open_.empty()) record();
}

/// Counts storage before it grows.
template <class Container>
void YamlEvents::make_room(Container& in, std::size_t n) {
    constexpr std::size_t size = sizeof(typename Container::value_type);
    if (in.capacity() - in.size() >= n) return;
    const std::size_t wanted = std::max(Budget::grown(in.capacity(), size), in.size() + n);
    if (!budget_.take(wanted * size)) fail(budget_.exceeded());
    budget_.give_back(in.capacity() * size);
    in.reserve(wanted);
}

void YamlEvents::record() {
    if (log_.size() >= max_recorded_)
        fail("a node that bears an anchor, or what stands before \"kind\", is larger than " +
             std::to_string(max_recorded_) + " values");
    make_room(log_, 1);
    make_room(log_text_, current_.text.size() + current_.tag.size());
    Recorded& made = log_.emplace_back(Recorded{.kind = current_.kind,
                                                .plain = current_.plain,
                                                .tag_size = static_cast<std::uint32_t>(current_.tag.size()),
                                                .text_size = static_cast<std::uint32_t>(current_.text.size()),
                                                .line = static_cast<std::uint32_t>(place_.line),
                                                .column = static_cast<std::uint32_t>(place_.column),
                                                .text = log_text_.size()});
    if (current_.kind == Kind::alias) {
        made.alias = alias_;
    } else {
        log_text_.append(current_.text);
        log_text_.append(current_.tag);
    }
    close_recordings();
}

/// Ends the recordings whose node is complete.
void YamlEvents::close_recordings() {
    const Kind kind = current_.kind;
    if (kind == Kind::begin_map || kind == Kind::begin_list) return;
    while (!open_.empty() && open_.back().depth == depth_) {
        anchors_[open_.back().anchor] = YamlRange{open_.back().begin, log_size()};
        open_.pop_back();
    }
}

/// The replay that is under way, or null.
YamlEvents::Replay* YamlEvents::replaying() {
    while (!replays_.empty() && replays_.back().range.begin == replays_.back().range.end) replays_.pop_back();
    return replays_.empty() ? nullptr : &replays_.back();
}

const YamlEvent& YamlEvents::next() {
    while (true) {
        Replay* const from = replaying();
        if (from == nullptr) {
            live();
            if (current_.kind != Kind::alias) return current_;
            spend(1);
            replays_.push_back({alias_, false});
            continue;
        }
        const Recorded& event = log_[from->range.begin++];
        if (!from->is_free) spend(1 + event.text_size / 64);
        if (event.kind == Kind::alias) {
            replays_.push_back({event.alias, false});
            continue;
        }
        const std::string_view text = std::string_view(log_text_).substr(event.text);
        current_ = {event.kind, event.plain, text.substr(0, event.text_size),
                    text.substr(event.text_size, event.tag_size)};
        place_ = {event.line, event.column};
        return current_;
    }
}

/// The end of the recorded node that begins there.
std::uint32_t YamlEvents::node_end(std::uint32_t begin) const {
    std::size_t depth = 0;
    do {
        const Kind kind = log_[begin++].kind;
        if (kind == Kind::begin_map || kind == Kind::begin_list) ++depth;
        if (kind == Kind::end_map || kind == Kind::end_list) --depth;
    } while (depth != 0);
    return begin;
}

YamlRange YamlEvents::take_node() {
    if (Replay* const from = replaying(); from != nullptr) {
        // What peek_kind recorded ends between two members, so no node is cut by its end.
        const std::uint32_t begin = from->range.begin;
        const Recorded& event = log_[begin];
        if (event.kind == Kind::alias) {
            spend(1);
            ++from->range.begin;
            return event.alias;
        }
        const std::uint32_t end = node_end(begin);
        spend(end - begin);
        from->range.begin = end;
        return {begin, end};
    }
    const std::uint32_t begin = log_size();
    const std::size_t depth = depth_;
    open_.push_back({std::string(), begin, depth});
    do live();
    while (depth_ > depth);
    if (current_.kind == Kind::alias) return alias_;
    return {begin, log_size()};
}

std::vector<YamlRange> YamlEvents::merge_sources(YamlRange value) {
    constexpr std::string_view wanted = "a merge key (<<) takes a map, an alias of a map, or a list of those";
    std::vector<YamlRange> sources;
    if (log_[value.begin].kind == Kind::begin_map) return {value};
    if (log_[value.begin].kind != Kind::begin_list) fail(std::string(wanted));
    for (std::uint32_t at = value.begin + 1; log_[at].kind != Kind::end_list;) {
        spend(1);
        const std::uint32_t end = node_end(at);
        sources.push_back(log_[at].kind == Kind::alias ? log_[at].alias : YamlRange{at, end});
        if (log_[sources.back().begin].kind != Kind::begin_map) fail(std::string(wanted));
        at = end;
    }
    return sources;
}

void YamlEvents::replay(YamlRange node) {
    spend(1);
    replays_.push_back({node, false});
}

std::string YamlEvents::peek_kind() {
    const std::uint32_t begin = log_size();
    const std::size_t mine = open_.size();
    std::string kind;
    open_.push_back({std::string(), begin, depth_});
    live();
    start_ = place();
    is_empty_ = current_.kind == Kind::scalar && current_.plain && current_.text.empty();
    while (depth_ > 0) {
        live();
        if (depth_ != 1 || (current_.kind != Kind::scalar && current_.kind != Kind::alias)) continue;
        const bool is_kind = current_.text == "kind";
        do live();
        while (depth_ > 1);
        if (!is_kind) continue;
        if (current_.kind == Kind::scalar) kind = std::string(current_.text);
        break;
    }
    if (open_.size() > mine) open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(mine));
    replays_.push_back({{begin, log_size()}, true});
    return kind;
}

}  // namespace tiphys::detail
