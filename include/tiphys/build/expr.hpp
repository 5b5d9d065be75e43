// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Expressions of Argo as typed C++: `as_int(inputs.parameters["n"]) > 3 && tasks["A"].status() == "Failed"`.
#include <tiphys/build/detail/expr_functions.hpp>
#include <tiphys/build/detail/expr_names.hpp>
#include <tiphys/build/detail/expr_sprig.hpp>
#include <tiphys/build/detail/expr_when.hpp>
