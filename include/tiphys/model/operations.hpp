// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/operations.hpp>

namespace tiphys::model {

/// The Argo release whose interface this is.
using generated::argo_release;

/// All operations, sorted by id (bytewise).
constexpr std::span<const operation> operations() { return generated::operations; }

/// The operation of that id, or null.
constexpr const operation* find_operation(std::string_view id) {
    for (const operation& each : operations())
        if (each.id == id) return &each;
    return nullptr;
}

}  // namespace tiphys::model
