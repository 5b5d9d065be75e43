// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/descriptor.hpp>

#include <set>
#include <string>
#include <string_view>

/// What things are called in C++.
namespace tiphys::detail::cpp {

/// The member of a model struct: its JSON name, with '_' behind a keyword.
std::string member_of(std::string_view json_name);

/// The struct of a definition, below `tiphys::model`: "k8s::Volume", "RetryStrategy".
std::string struct_of(const model::object_type& type);

/// Names that are not used twice.
class Names {
public:
    explicit Names(std::set<std::string> taken = {}) : taken_(std::move(taken)) {}
    /// An identifier made from a name of Kubernetes, or from `otherwise` where that leaves nothing.
    std::string unique(std::string_view text, std::string_view otherwise);

private:
    std::set<std::string> taken_;
};

}  // namespace tiphys::detail::cpp
