// SPDX-License-Identifier: Apache-2.0
#include "yaml_reader.hpp"

#include <set>

#include "number_text.hpp"
#include "yaml_scalar.hpp"

namespace tiphys::detail {
namespace {

using Kind = YamlEvent::Kind;

bool is_merge_key(const YamlEvent& event) {
    return event.text == "<<" && (event.plain || event.tag == "tag:yaml.org,2002:merge");
}

/// The text that a scalar is as the name of a member; Kubernetes turns numbers and booleans into text.
std::string key_text(const YamlEvent& event, const YamlEvents& events) {
    const YamlScalar scalar = resolve_scalar(event.text, event.tag, event.plain);
    switch (scalar.kind) {
        case YamlScalar::Kind::string: return std::string(event.text);
        case YamlScalar::Kind::boolean: return scalar.boolean ? "true" : "false";
        case YamlScalar::Kind::integer: return scalar.text;
        case YamlScalar::Kind::floating: return key_number(scalar.value);
        case YamlScalar::Kind::infinite:
            if (scalar.text.ends_with("nan") || scalar.text.ends_with("NaN") || scalar.text.ends_with("NAN"))
                return ".nan";
            return scalar.text.front() == '-' ? "-.inf" : ".inf";
        case YamlScalar::Kind::invalid: throw YamlMistake{scalar.text, events.place()};
        case YamlScalar::Kind::null: break;
    }
    throw YamlMistake{"null as the name of a member; write it in quotes if it is text", events.place()};
}

class Feeder {
public:
    Feeder(YamlEvents& events, ModelSink& sink) : events_(events), sink_(sink) {}

    void node() {
        do {
            const YamlEvent& event = events_.next();
            if (!levels_.empty() && levels_.back().at_key)
                key(event);
            else
                value(event);
        } while (!levels_.empty());
    }

private:
    struct Level {
        bool is_map;
        bool at_key;
        // The maps that merge keys name, and which of them comes next; its members follow the map's own.
        std::vector<YamlRange> sources = {};
        std::size_t next_source = 0;
        std::set<std::string, std::less<>> names = {};
    };

    void key(const YamlEvent& event) {
        Level& level = levels_.back();
        if (event.kind == Kind::end_map) {
            end_map(level);
        } else if (event.kind != Kind::scalar) {
            throw YamlMistake{"a map or list as the name of a member", events_.place()};
        } else if (is_merge_key(event)) {
            const std::vector<YamlRange> sources = events_.merge_sources(events_.take_node());
            // Those of a merged map come before the maps that follow it.
            const auto where = level.next_source == 0
                                   ? level.sources.end()
                                   : level.sources.begin() + static_cast<std::ptrdiff_t>(level.next_source);
            level.sources.insert(where, sources.begin(), sources.end());
        } else {
            own_or_merged(level, event);
        }
    }

    void own_or_merged(Level& level, const YamlEvent& event) {
        if (event.plain && level.next_source == 0 && is_word(event.text)) {
            sink_.key(event.text);
        } else {
            const std::string name = key_text(event, events_);
            if (level.next_source != 0 && !level.names.insert(name).second) {
                events_.take_node();
                return;
            }
            sink_.key(name);
        }
        level.at_key = false;
    }

    void end_map(Level& level) {
        if (level.next_source < level.sources.size()) {
            if (level.next_source == 0)
                for (std::string& name : sink_.keys()) level.names.insert(std::move(name));
            events_.replay(level.sources[level.next_source++]);
            events_.next();
            return;
        }
        sink_.end_object();
        end_value();
    }

    void value(const YamlEvent& event) {
        switch (event.kind) {
            case Kind::scalar: scalar(event); return;
            case Kind::begin_map:
                sink_.begin_object();
                levels_.push_back({.is_map = true, .at_key = true});
                return;
            case Kind::begin_list:
                sink_.begin_array();
                levels_.push_back({.is_map = false, .at_key = false});
                return;
            default:
                sink_.end_array();
                end_value();
                return;
        }
    }

    void end_value() {
        levels_.pop_back();
        value_done();
    }
    void value_done() {
        if (!levels_.empty()) levels_.back().at_key = levels_.back().is_map;
    }

    void scalar(const YamlEvent& event) {
        const YamlScalar scalar = resolve_scalar(event.text, event.tag, event.plain);
        switch (scalar.kind) {
            case YamlScalar::Kind::null: sink_.null(); break;
            case YamlScalar::Kind::boolean: sink_.boolean(scalar.boolean); break;
            case YamlScalar::Kind::integer: sink_.number(scalar.text); break;
            case YamlScalar::Kind::floating: sink_.number(json_number(scalar.value)); break;
            case YamlScalar::Kind::string: sink_.string(event.text); break;
            case YamlScalar::Kind::infinite:
                throw YamlMistake{"JSON has no number " + scalar.text + "; write it in quotes if it is text",
                                  events_.place()};
            case YamlScalar::Kind::invalid: throw YamlMistake{scalar.text, events_.place()};
        }
        value_done();
    }

    /// Text that resolves to itself by its length and first letter alone, as nearly all names do.
    static bool is_word(std::string_view text) {
        return text.size() > 5 && text.front() >= 'A' && text.front() != '~';
    }

    YamlEvents& events_;
    ModelSink& sink_;
    std::vector<Level> levels_;
};

}  // namespace

void feed_yaml(YamlEvents& events, ModelSink& sink) { Feeder(events, sink).node(); }

Location locate_yaml(std::string_view text, const std::vector<Step>& path, bool second,
                     std::size_t document) {
    try {
        Budget unlimited;
        YamlEvents events(text, {}, unlimited);
        for (std::size_t i = 0; i <= document; ++i) {
            if (!events.next_document()) return {};
            if (i < document) events.take_node();
        }
        if (path.empty()) {
            events.next();
            return events.place();
        }
        Finder finder(path, second);
        std::vector<bool> at_key;  // for each open map whether a name comes next; lists hold false
        while (true) {
            const YamlEvent& event = events.next();
            const bool ends = event.kind == Kind::end_map || event.kind == Kind::end_list;
            if (!ends && !at_key.empty()) {
                if (finder.in_list()) {
                    if (finder.element()) return events.place();
                } else if (at_key.back() && event.kind == Kind::scalar) {
                    at_key.back() = false;
                    if (finder.key(key_text(event, events))) return events.place();
                    continue;
                }
            }
            if (event.kind == Kind::begin_map || event.kind == Kind::begin_list) {
                finder.begin(event.kind == Kind::begin_list);
                at_key.push_back(event.kind == Kind::begin_map);
                continue;
            }
            if (ends) {
                finder.end();
                at_key.pop_back();
            }
            if (at_key.empty()) return {};
            if (!finder.in_list()) at_key.back() = true;
        }
    } catch (const YamlMistake&) {
        return {};
    }
}

}  // namespace tiphys::detail
