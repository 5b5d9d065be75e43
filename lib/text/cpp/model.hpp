// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/json.hpp>
#include <tiphys/model/descriptor.hpp>

#include <string>
#include <vector>

namespace tiphys::detail::cpp {

/// Statements that set the members of a model struct, called `at`, as the value has them: the last resort,
/// for what the builder has no word for.
class ModelStatements {
public:
    void object(const json& value, const model::object_type& type, const std::string& at);
    std::vector<std::string> take() && { return std::move(lines_); }

private:
    std::string fresh();
    void any(const json& value, const model::value_type& type, const std::string& at);
    void element(const json& value, const model::value_type& type, const std::string& made);
    void free_value(const json& value, const std::string& at);

    std::vector<std::string> lines_;
    int made_ = 0;
};

}  // namespace tiphys::detail::cpp
