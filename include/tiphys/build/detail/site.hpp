// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/diagnostic.hpp>
#include <tiphys/core/word.hpp>

#include <source_location>

/// Which line of the user's source each value of a built workflow was written in.
namespace tiphys::detail {

/// What a site belongs to: the workflow, a template, or a step or task of a template.
struct owner {
    std::int32_t template_ = -1;  ///< index into spec.templates; -1: the workflow itself
    std::int32_t group = -1;      ///< of a step
    std::int32_t item = -1;       ///< index of the step in its group, or of the task

    friend constexpr bool operator==(const owner&, const owner&) = default;
};

/// The owner of nothing.
inline constexpr owner nowhere{-2, -2, -2};

/// One literal of a recipe. `field` and `index` name it below its owner: ("command", 1), ("arguments", 0).
struct site {
    owner of;
    literal field;
    std::int32_t index = -1;
    std::source_location where;
};

/// The owner of the value at a path, and what of the path lies below it.
struct place {
    owner of;
    const Path::Part* rest;
    const Path::Part* end;

    constexpr explicit place(const Path& path) : rest(path.begin()), end(path.end()) {
        if (!member("spec")) return;
        member("workflowSpec");
        if (!member("templates")) return;
        of.template_ = element();
        const Path::Part* before = rest;
        if (member("dag") && member("tasks"))
            of.item = element();
        else if (rest = before; member("steps"))
            of.group = element(), of.item = element();
        else
            rest = before;
    }

private:
    constexpr bool member(std::string_view name) {
        if (rest == end || !same(rest->name, name)) return false;
        ++rest;
        return true;
    }
    constexpr std::int32_t element() { return rest == end || rest->index < 0 ? -1 : (rest++)->index; }
};

/// How well a site fits a place: 0 not at all, more for a field deeper in the path, most with its index.
constexpr int fit(const site& site, const place& place, std::int32_t reference) {
    const bool name = is(site.field, "name");
    if (!(site.of == place.of)) {
        if (!name) return 0;
        if (site.of.template_ < 0) return 1;
        return site.of.template_ == place.of.template_ && site.of.item < 0 ? 2 : 0;
    }
    int depth = 4;
    for (const Path::Part* part = place.rest; part != place.end; ++part, depth += 2) {
        if (part->index >= 0 || !same(part->name, site.field)) continue;
        // The name of an argument is not the name of the task.
        if (name && part != place.rest) continue;
        if (site.index < 0) return depth;
        const Path::Part* next = part + 1;
        // "arguments" stands for arguments.parameters[i].
        if (next != place.end && next->index < 0) ++next;
        const std::int32_t wanted = next != place.end && next->index >= 0 ? next->index : reference;
        if (wanted < 0) return depth;
        return wanted == site.index ? depth + 1 : 0;
    }
    return name ? 3 : 0;
}

/// The site that fits best, or null.
constexpr const site* locate(const list<site>& sites, const Diagnostic& diagnostic) {
    const place place(diagnostic.path);
    const site* found = nullptr;
    int best = 0;
    for (const site& candidate : sites) {
        const int now = fit(candidate, place, diagnostic.reference);
        if (now > best) {
            best = now;
            found = &candidate;
        }
    }
    return found;
}

}  // namespace tiphys::detail
