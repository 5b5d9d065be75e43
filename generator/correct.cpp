// SPDX-License-Identifier: Apache-2.0
#include "correct.hpp"

#include <utility>

namespace tiphys::generator {
namespace {

using action = PropertyCorrection::action;

/// False if the row changes nothing.
bool apply(const PropertyCorrection& row, Schema& schema) {
    const auto definition = schema.definitions.find(std::string(row.definition));
    if (definition == schema.definitions.end()) return false;
    auto& properties = definition->second.properties;
    const std::string name(row.property);
    if (row.what == action::add) return properties.emplace(name, parse_type(row.type, row.definition)).second;
    const auto property = properties.find(name);
    if (property == properties.end()) return false;
    switch (row.what) {
        case action::add:
        case action::unite: break;
        case action::optional: return std::exchange(property->second.required, false);
        case action::retype: return std::exchange(property->second.name, row.type) != row.type;
        case action::embed: {
            const auto target = schema.definitions.find(property->second.name);
            if (target == schema.definitions.end() || !property->second.containers.empty()) return false;
            properties.erase(property);
            for (const auto& [inner, fact] : target->second.properties) properties.emplace(inner, fact);
            return true;
        }
    }
    return false;
}

}  // namespace

Corrected correct(Schema schema, const Corrections& corrections) {
    Corrected made{std::move(schema), std::vector<bool>(corrections.properties.size())};
    // Embedding copies members, so these are corrected first.
    for (const bool embedding : {false, true})
        for (std::size_t i = 0; i < corrections.properties.size(); ++i) {
            const PropertyCorrection& row = corrections.properties[i];
            if ((row.what == action::embed) == embedding && row.what != action::unite)
                made.properties[i] = apply(row, made.schema);
        }
    for (const auto& row : corrections.definitions) {
        const auto found = made.schema.definitions.find(std::string(row.definition));
        if (found == made.schema.definitions.end()) continue;
        found->second.is_object = false;
        found->second.properties.clear();
        found->second.alias = parse_type(row.type, row.definition);
    }
    return made;
}

}  // namespace tiphys::generator
