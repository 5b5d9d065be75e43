// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace tiphys::generator {

/// A definition that the swagger calls something else than what travels in the JSON.
/// `type` is a name of TypeFact, or json, int_or_string, any_string, quantity.
struct DefinitionCorrection {
    std::string_view definition;
    std::string_view type;
    std::string_view reason;
};

struct PropertyCorrection {
    enum class action {
        retype,    ///< to `type`, containers stay
        optional,  ///< not required
        add,       ///< of `type`, missing in the swagger
        embed      ///< its members lie in the object that holds it, under no name; done after all others
    };
    std::string_view definition;
    std::string_view property;
    action what;
    std::string_view type;
    std::string_view reason;
};

/// Where Argo's swagger does not describe Argo's JSON.
struct Corrections {
    std::span<const DefinitionCorrection> definitions;
    std::span<const PropertyCorrection> properties;
};

const Corrections& argo_corrections();

}  // namespace tiphys::generator
