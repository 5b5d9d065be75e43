// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "problem.hpp"

/// The message of the Problem that the call throws; "no problem" if it throws none.
template <class Call>
std::string problem_of(Call&& call) {
    try {
        call();
    } catch (const tiphys::generator::Problem& problem) {
        return problem.what();
    }
    return "no problem";
}
