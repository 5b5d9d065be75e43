// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"

#include <algorithm>
#include <vector>

namespace tiphys::generator {
namespace {

struct Row {
    std::string what;
    std::string from;
    std::string to;
};

constexpr std::string_view absent = "–";

std::string text(const Definition& definition) {
    if (!definition.is_object) return to_string(definition.alias);
    const std::size_t size = definition.properties.size();
    return "object of " + std::to_string(size) + (size == 1 ? " property" : " properties");
}

std::string text(const Operation& operation) {
    std::string made = operation.method + " " + operation.path;
    for (const auto& [name, fact] : operation.query) made += " " + name + ":" + to_string(fact);
    if (!operation.body.empty()) made += ", takes " + operation.body;
    if (!operation.response.empty())
        made += ", gives " + std::string(operation.stream ? "a stream of " : "") + operation.response;
    return made;
}

std::string text(const TypeFact& fact) { return to_string(fact); }

/// Rows for what only one map has, and `both(name, from, to)` for what both have.
template <class Map, class Both>
void each(std::vector<Row>& rows, const std::string& before, const Map& from, const Map& to,
          const Both& both) {
    auto old = from.begin();
    auto now = to.begin();
    while (old != from.end() || now != to.end()) {
        if (now == to.end() || (old != from.end() && old->first < now->first)) {
            rows.push_back({before + old->first, text(old->second), std::string(absent)});
            ++old;
        } else if (old == from.end() || now->first < old->first) {
            rows.push_back({before + now->first, std::string(absent), text(now->second)});
            ++now;
        } else {
            both(before + now->first, old->second, now->second);
            ++old, ++now;
        }
    }
}

void add_if_different(std::vector<Row>& rows, const std::string& what, const auto& from, const auto& to) {
    if (std::string old = text(from), now = text(to); old != now) rows.push_back({what, old, now});
}

std::string cell(std::string text) {
    // In Markdown a bar ends the cell.
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
        text.insert(at, 1, '\\');
    return text;
}

}  // namespace

std::string compare(const Schema& from, const Schema& to) {
    std::vector<Row> rows;
    each(rows, "", from.definitions, to.definitions,
         [&](const std::string& name, const Definition& old, const Definition& now) {
             if (!old.is_object || !now.is_object) return add_if_different(rows, name, old, now);
             each(rows, name + ".", old.properties, now.properties,
                  [&](const std::string& property, const TypeFact& a, const TypeFact& b) {
                      add_if_different(rows, property, a, b);
                  });
         });
    each(rows, "", from.operations, to.operations,
         [&](const std::string& name, const Operation& old, const Operation& now) {
             add_if_different(rows, name, old, now);
         });
    if (rows.empty()) return from.release + " and " + to.release + " do not differ\n";
    std::string out = "| what | " + from.release + " | " + to.release + " |\n|---|---|---|\n";
    for (const Row& row : rows)
        out += "| " + row.what + " | " + cell(row.from) + " | " + cell(row.to) + " |\n";
    return out;
}

}  // namespace tiphys::generator
