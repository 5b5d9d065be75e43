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
        embed,     ///< its members lie in the object that holds it, under no name; done after all others
        unite      ///< an object that changed: a definition called `type` gets the properties of all releases
    };
    std::string_view definition;
    std::string_view property;
    action what;
    std::string_view type;
    std::string_view reason;
};

/// What to use instead of a property that a release removed.
struct Replacement {
    std::string_view definition;
    std::string_view property;
    std::string_view by;  ///< a property of the same definition
    std::string_view reason;
};

/// The values of a string property that Argo knows. The property stays text: a release may add some.
struct ValueSet {
    std::string_view name;    ///< like a definition's; becomes a C++ struct of constants
    std::string_view values;  ///< divided by blanks, each VALUE or NAME=VALUE
    std::string_view uses;    ///< divided by blanks: the properties, as in definitions without their prefix
};

/// Where Argo's swagger does not describe Argo's JSON, or says less than Argo's source.
struct Corrections {
    std::span<const DefinitionCorrection> definitions = {};
    std::span<const PropertyCorrection> properties = {};
    std::span<const Replacement> replacements = {};
    std::span<const ValueSet> values = {};
};

const Corrections& argo_corrections();
/// Its `values`, which have a file of their own.
std::span<const ValueSet> argo_values();

}  // namespace tiphys::generator
