// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/word.hpp>
#include <tiphys/model/model.hpp>

namespace tiphys::detail {

/// That a template was declared with a struct: the mark that `contract` has left, see `contract_mark`.
struct template_contract {
    str template_name;
    literal mark;
};

/// The recipe of a document that a workflow refers to. A pointer to a function: types do not grow, and the
/// recipe is made only where its contract is judged.
struct library {
    model::WorkflowTemplate (*make)() = nullptr;
    model::ClusterWorkflowTemplate (*make_cluster)() = nullptr;
    std::string_view name = {};
    list<template_contract> (*contracts)() = nullptr;  ///< of a builder's templates

    constexpr bool has_value() const noexcept { return !name.empty(); }
    constexpr bool is_cluster() const noexcept { return make_cluster != nullptr; }
};

constexpr void add_library(list<library>& to, const library& given) {
    if (!given.has_value()) return;
    for (const library& known : to)
        if (known.is_cluster() == given.is_cluster() && same(known.name, given.name)) return;
    to.push_back(given);
}

}  // namespace tiphys::detail
