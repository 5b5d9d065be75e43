// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tiphys::detail {

/// What a YAML scalar means to Argo.
struct YamlScalar {
    enum class Kind : std::uint8_t { null, boolean, integer, floating, infinite, string, invalid };

    Kind kind = Kind::string;
    bool boolean = false;
    double value = 0;  ///< floating
    /// integer: its decimal text; infinite: as written; invalid: why.
    std::string text = {};
};

/// Resolves a scalar as goyaml v2 does, the YAML library of Argo and Kubernetes. `tag` is the full tag or
/// empty; `plain` says that it is neither quoted nor a block.
YamlScalar resolve_scalar(std::string_view text, std::string_view tag, bool plain);

}  // namespace tiphys::detail
