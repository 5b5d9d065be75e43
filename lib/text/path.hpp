// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/text.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tiphys::detail {

/// One step of a path: into the member of a name, or the element of an index.
struct Step {
    bool is_index = false;
    std::size_t index = 0;
    std::string key = {};

    static Step member(std::string_view name) { return {.key = std::string(name)}; }
    static Step element(std::size_t i) { return {.is_index = true, .index = i}; }
    friend bool operator==(const Step&, const Step&) = default;
};

/// spec.templates[0].container, metadata.labels["a.b/c"]
std::string path_text(const std::vector<Step>& steps);
std::vector<Step> parse_path(std::string_view path);

/// What the reader found wrong, before it is given a place in the text.
struct Mistake {
    std::vector<Step> path;
    std::string reason;
    /// The path names two members, and the second is the wrong one.
    bool second = false;
};

/// The place where the path begins in a JSON text, or in the document of a YAML text.
Location locate_json(std::string_view text, const std::vector<Step>& path, bool second);
Location locate_yaml(std::string_view text, const std::vector<Step>& path, bool second, std::size_t document);
/// The line and column of a byte of the text.
Location location_of(std::string_view text, std::size_t offset);

/// Decides while a text is scanned whether the node that comes is the one that a path names.
class Finder {
public:
    Finder(const std::vector<Step>& path, bool second) : path_(path), skip_(second ? 1 : 0) {}

    /// The name of a member has been read; true when it is the one.
    bool key(std::string_view name);
    /// An element of a list begins; true when it is the one.
    bool element();
    void begin(bool is_list);
    void end();
    /// The value of the last key or element has been read.
    bool in_list() const { return !open_.empty() && open_.back().is_list; }

private:
    struct Container {
        bool is_list;
        bool on_path;
        std::size_t count = 0;
    };
    bool at(const Step& step);

    const std::vector<Step>& path_;
    std::size_t skip_;
    std::vector<Container> open_;
    std::size_t matched_ = 0;
    bool next_on_path_ = true;
};

/// The name among `known` that a person who wrote `name` most likely meant; empty when none is near.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace tiphys::detail
