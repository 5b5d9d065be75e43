// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace tiphys::expression {

/// What every function of this folder throws: `what()` is the text that Argo's controller would show.
class ExpressionError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace tiphys::expression
