// SPDX-License-Identifier: Apache-2.0
#include "history.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "correct.hpp"
#include "problem.hpp"

namespace tiphys::generator {
namespace {

/// {3, 7, 18} of "v3.7.18".
std::array<int, 3> numbers(std::string_view release) {
    std::array<int, 3> made{};
    const char* at = release.data();
    const char* const end = at + release.size();
    for (std::size_t i = 0; i < made.size(); ++i) {
        const char before = i == 0 ? 'v' : '.';
        const auto [next, error] = at != end && *at == before ? std::from_chars(at + 1, end, made[i])
                                                              : std::from_chars_result{at, std::errc{1}};
        if (error != std::errc{} || next == at + 1)
            throw Problem("release \"" + std::string(release) + "\" is not written like v4.1.2");
        at = next;
    }
    if (at != end) throw Problem("release \"" + std::string(release) + "\" is not written like v4.1.2");
    return made;
}

std::string named(std::string_view definition, std::string_view property) {
    return std::string(definition) + (property.empty() ? "" : ".") + std::string(property);
}

/// The name of what a property holds, with its containers, without "required" and values.
std::string plain(TypeFact fact) {
    fact.required = false;
    fact.values.clear();
    return to_string(fact);
}

class Merger {
public:
    Merger(std::vector<Schema> schemas, const Corrections& corrections) : corrections_(corrections) {
        std::sort(schemas.begin(), schemas.end(),
                  [](const Schema& a, const Schema& b) { return numbers(a.release) < numbers(b.release); });
        for (Schema& schema : schemas) {
            const std::string minor = minor_release(schema.release);
            if (!made_.releases.empty() && minor_release(made_.releases.back()) == minor)
                throw Problem("there are schemas of " + made_.releases.back() + " and " + schema.release +
                              "; keep one of release " + minor);
            made_.releases.push_back(schema.release);
            corrected_.push_back(correct(std::move(schema), corrections));
        }
        if (corrected_.empty()) throw Problem("there is no schema");
    }

    History run() {
        check_rows();
        for (const PropertyCorrection& row : corrections_.properties)
            if (row.what == PropertyCorrection::action::unite) unite(row);
        made_.schema.release = made_.releases.back();
        made_.schema.operations = corrected_.back().schema.operations;
        // From the newest to the oldest: what it says last decides.
        for (std::size_t i = corrected_.size(); i-- > 0;)
            for (const auto& [name, definition] : corrected_[i].schema.definitions) add(name, definition, i);
        drop_what_nothing_holds();
        return std::move(made_);
    }

private:
    static const TypeFact* find(const Schema& schema, std::string_view definition,
                                std::string_view property) {
        const auto found = schema.definitions.find(std::string(definition));
        if (found == schema.definitions.end()) return nullptr;
        const auto fact = found->second.properties.find(std::string(property));
        return fact == found->second.properties.end() ? nullptr : &fact->second;
    }

    bool any_has(std::string_view definition) const {
        return std::any_of(corrected_.begin(), corrected_.end(), [&](const Corrected& each) {
            return each.schema.definitions.contains(std::string(definition));
        });
    }
    static bool any(const std::vector<Corrected>& all, std::vector<bool> Corrected::* rows, std::size_t i) {
        return std::any_of(all.begin(), all.end(), [&](const Corrected& each) { return (each.*rows)[i]; });
    }

    void check_rows() const {
        const Corrected& newest = corrected_.back();
        const auto fail = [&](std::string_view definition, std::string_view property) {
            const std::string name(definition);
            if (!any_has(definition))
                throw Problem("corrections.cpp: " + name + " is in no release; remove the row");
            if (find(newest.schema, definition, property) == nullptr)
                throw Problem("corrections.cpp: " + name + " has no property \"" + std::string(property) +
                              "\" that the row could correct; remove the row");
            throw Problem("corrections.cpp: " + named(definition, property) + " needs no correction in " +
                          made_.releases.back() + "; remove the row");
        };
        for (std::size_t i = 0; i < corrections_.properties.size(); ++i) {
            const PropertyCorrection& row = corrections_.properties[i];
            if (row.what == PropertyCorrection::action::unite || newest.properties[i]) continue;
            // A row may be for what the newest release has no more.
            if (find(newest.schema, row.definition, row.property) != nullptr ||
                !any(corrected_, &Corrected::properties, i))
                fail(row.definition, row.property);
        }
        for (const DefinitionCorrection& row : corrections_.definitions)
            if (!any_has(row.definition)) fail(row.definition, "");
    }

    /// Gives a property whose type changed a definition of its own with the properties of all its types.
    void unite(const PropertyCorrection& row) {
        std::set<std::string> types;
        for (Corrected& each : corrected_) {
            auto& definitions = each.schema.definitions;
            const TypeFact* fact = find(each.schema, row.definition, row.property);
            if (fact == nullptr) continue;
            const auto held = definitions.find(fact->name);
            if (held == definitions.end() || !held->second.is_object) continue;
            types.insert(held->first);
            definitions.insert_or_assign(std::string(row.type), held->second);
            definitions.at(std::string(row.definition)).properties.at(std::string(row.property)).name =
                row.type;
        }
        if (types.size() < 2)
            throw Problem("corrections.cpp: " + named(row.definition, row.property) +
                          " does not change from one object to another; remove the row");
    }

    void extend(Span& span, std::size_t to, const std::string& name) const {
        if (span.first != to + 1)
            throw Problem(name + " is in " + made_.releases[to] + " and " + made_.releases[span.first] +
                          ", and not in between; the table of releases cannot hold that");
        span.first = to;
    }

    void add(const std::string& name, const Definition& definition, std::size_t release) {
        const auto [known, is_new] = made_.schema.definitions.emplace(name, definition);
        if (is_new)
            made_.definitions[name] = {release, release};
        else
            extend(made_.definitions[name], release, name);
        Definition& merged = known->second;
        if (merged.is_object != definition.is_object ||
            (!merged.is_object && plain(merged.alias) != plain(definition.alias)))
            throw Problem(name + " is something else in " + made_.releases[release] +
                          " than later; say in corrections.cpp what it is in both");
        auto& spans = made_.properties[name];
        for (const auto& [property, fact] : definition.properties) {
            const std::string where = named(name, property);
            const auto [there, added] = merged.properties.emplace(property, fact);
            if (is_new || added) {
                spans[property] = {release, release};
                // Later releases do without it.
                if (!is_new) there->second.required = false;
                continue;
            }
            if (plain(there->second) != plain(fact))
                throw Problem(where + " is \"" + plain(fact) + "\" in " + made_.releases[release] +
                              " and \"" + plain(there->second) +
                              "\" later; give it a row in corrections.cpp");
            extend(spans[property], release, where);
        }
    }

    void drop_what_nothing_holds() {
        std::set<std::string> kept;
        const std::function<void(const std::string&)> keep = [&](const std::string& name) {
            const auto found = made_.schema.definitions.find(name);
            if (found == made_.schema.definitions.end() || !kept.insert(name).second) return;
            if (!found->second.is_object) keep(found->second.alias.name);
            for (const auto& [property, fact] : found->second.properties) keep(fact.name);
        };
        for (const auto& [name, span] : made_.definitions)
            if (span.last + 1 == made_.releases.size()) keep(name);
        std::erase_if(made_.schema.definitions, [&](const auto& each) { return !kept.contains(each.first); });
        std::erase_if(made_.definitions, [&](const auto& each) { return !kept.contains(each.first); });
        std::erase_if(made_.properties, [&](const auto& each) { return !kept.contains(each.first); });
    }

    const Corrections& corrections_;
    std::vector<Corrected> corrected_;
    History made_;
};

}  // namespace

std::string minor_release(std::string_view release) {
    const auto all = numbers(release);
    return std::to_string(all[0]) + "." + std::to_string(all[1]);
}

bool is_older(std::string_view release, std::string_view other) { return numbers(release) < numbers(other); }

History merge(std::vector<Schema> schemas, const Corrections& corrections) {
    return Merger(std::move(schemas), corrections).run();
}

}  // namespace tiphys::generator
