// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/diff.hpp>
#include <tiphys/text/json_writer.hpp>

#include <algorithm>
#include <ostream>

#include "json_builder.hpp"
#include "path.hpp"
#include "utf8.hpp"

namespace tiphys {
namespace {

using detail::Step;

/// The members of an object, or the named elements of a list, to be found by name: status.nodes has
/// thousands.
class Index {
public:
    struct Entry {
        std::string_view name;
        std::size_t at;
    };

    void add(std::string_view name) { entries_.push_back({name, entries_.size()}); }
    void sort() {
        std::sort(entries_.begin(), entries_.end(),
                  [](const Entry& a, const Entry& b) { return a.name < b.name; });
    }
    bool is_distinct() const {
        return std::adjacent_find(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
                   return a.name == b.name;
               }) == entries_.end();
    }
    const Entry* find(std::string_view name) const {
        const auto found = std::lower_bound(entries_.begin(), entries_.end(), name,
                                            [](const Entry& e, std::string_view n) { return e.name < n; });
        return found != entries_.end() && found->name == name ? &*found : nullptr;
    }

private:
    std::vector<Entry> entries_;
};

Index members_of(const json& object) {
    Index made;
    for (const auto& member : object.members()) made.add(member.key.view());
    made.sort();
    return made;
}

const json& member(const json& object, std::size_t at) { return (object.members().begin() + at)->value; }

bool same(const json& a, const json& b) {
    if (a.kind() != b.kind()) return false;
    if (a.is_array())
        return std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(), same);
    if (!a.is_object()) return a == b;
    if (a.members().size() != b.members().size()) return false;
    const Index there = members_of(b);
    return std::all_of(a.members().begin(), a.members().end(), [&](const auto& one) {
        const auto* found = there.find(one.key.view());
        return found != nullptr && same(one.value, member(b, found->at));
    });
}

std::string_view name_of(const json& element) {
    const json* name = element.find("name");
    return name != nullptr && name->is_string() ? name->as_text().view() : std::string_view();
}

/// False when an element has no name, or two have the same.
bool index_by_name(const list<json>& items, Index& made) {
    for (const json& item : items) {
        const std::string_view name = name_of(item);
        if (name.empty()) return false;
        made.add(name);
    }
    made.sort();
    return made.is_distinct();
}

json names_of(const list<json>& items) {
    json made = json::array();
    for (const json& item : items) made.push_back(json(name_of(item)));
    return made;
}

class Comparison {
public:
    void values(const json& before, const json& after) {
        if (before.is_object() && after.is_object())
            objects(before, after);
        else if (before.is_array() && after.is_array())
            lists(before.items(), after.items());
        else if (!same(before, after))
            add(Difference::Kind::changed, before, after);
    }

    Differences take() { return std::move(found_); }

private:
    using Kind = Difference::Kind;

    void add(Kind kind, const json& before, const json& after) {
        found_.push_back({kind, detail::path_text(path_), before, after});
    }
    template <class Compare>
    void at(Step step, Compare compare) {
        path_.push_back(std::move(step));
        compare();
        path_.pop_back();
    }
    void removed(Step step, const json& value) {
        at(std::move(step), [&] { add(Kind::removed, value, {}); });
    }
    void added(Step step, const json& value) {
        at(std::move(step), [&] { add(Kind::added, {}, value); });
    }

    void objects(const json& before, const json& after) {
        const Index old = members_of(before);
        const Index now = members_of(after);
        for (const auto& one : before.members()) {
            const std::string_view key = one.key.view();
            const auto* there = now.find(key);
            if (there == nullptr)
                removed(Step::member(key), one.value);
            else
                at(Step::member(key), [&] { values(one.value, member(after, there->at)); });
        }
        for (const auto& one : after.members())
            if (old.find(one.key.view()) == nullptr) added(Step::member(one.key.view()), one.value);
    }

    void lists(const list<json>& before, const list<json>& after) {
        Index old;
        Index now;
        if (!before.empty() && !after.empty() && index_by_name(before, old) && index_by_name(after, now))
            by_name(before, old, after, now);
        else
            by_place(before, after);
    }

    void by_name(const list<json>& before, const Index& old, const list<json>& after, const Index& now) {
        for (std::size_t i = 0; i < before.size(); ++i)
            if (now.find(name_of(before[i])) == nullptr) removed(Step::element(i), before[i]);
        bool is_ordered = true;
        std::size_t last = 0;
        for (std::size_t i = 0; i < after.size(); ++i) {
            const auto* there = old.find(name_of(after[i]));
            if (there == nullptr) {
                added(Step::element(i), after[i]);
                continue;
            }
            at(Step::element(i), [&] { values(before[there->at], after[i]); });
            is_ordered = is_ordered && there->at >= last;
            last = there->at;
        }
        if (!is_ordered) add(Kind::moved, names_of(before), names_of(after));
    }

    void by_place(const list<json>& before, const list<json>& after) {
        const std::size_t least = std::min(before.size(), after.size());
        std::size_t first = 0;
        while (first < least && same(before[first], after[first])) ++first;
        std::size_t tail = 0;
        while (tail < least - first && same(before[before.size() - 1 - tail], after[after.size() - 1 - tail]))
            ++tail;
        std::size_t i = first;
        for (; i < least - tail; ++i) at(Step::element(i), [&] { values(before[i], after[i]); });
        for (std::size_t k = i; k < before.size() - tail; ++k) removed(Step::element(k), before[k]);
        for (std::size_t k = i; k < after.size() - tail; ++k) added(Step::element(k), after[k]);
    }

    std::vector<Step> path_;
    Differences found_;
};

/// The value's compact JSON, cut between characters where it is long.
std::string excerpt(const json& value) {
    constexpr std::size_t most = 120;
    const std::string text = to_json(value);
    std::size_t end = 0;
    std::size_t count = 0;
    for (; end < text.size() && count < most; ++count)
        end += detail::decode_utf8(std::string_view(text).substr(end)).size;
    return end == text.size() ? text : text.substr(0, end) + "...";
}

std::string line_of(const Difference& difference) {
    const std::string path = difference.path.empty() ? "(the whole)" : difference.path;
    switch (difference.kind) {
        case Difference::Kind::added: return "+ " + path + ": " + excerpt(difference.after);
        case Difference::Kind::removed: return "- " + path + ": " + excerpt(difference.before);
        case Difference::Kind::moved:
            return "> " + path + ": " + excerpt(difference.before) + " -> " + excerpt(difference.after);
        case Difference::Kind::changed: break;
    }
    return "~ " + path + ": " + excerpt(difference.before) + " -> " + excerpt(difference.after);
}

}  // namespace

Differences detail::diff(visit_function visit, const void* before, const void* after) {
    json old;
    json now;
    JsonBuilder first(old);
    visit(first, before);
    JsonBuilder second(now);
    visit(second, after);
    Comparison comparison;
    comparison.values(old, now);
    return comparison.take();
}

std::string to_text(const Differences& differences) {
    std::string made;
    for (const Difference& one : differences) made += line_of(one) + "\n";
    return made;
}

std::ostream& operator<<(std::ostream& out, const Difference& difference) {
    return out << line_of(difference);
}

}  // namespace tiphys
