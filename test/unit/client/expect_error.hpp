// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/client/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tiphys::test {

/// Runs `act` and gives the ClientError that it throws; fails if it throws none.
template <class Act>
ClientError client_error(Act act) {
    try {
        act();
    } catch (const ClientError& error) {
        return error;
    }
    ADD_FAILURE() << "no ClientError was thrown";
    return ClientError({.message = "none"});
}

/// The message of the ClientError (invalid_argument) that `act` throws.
template <class Act>
std::string refused(Act act) {
    const ClientError error = client_error(act);
    EXPECT_EQ(error.kind(), ClientErrorKind::invalid_argument) << error.what();
    return error.what();
}

}  // namespace tiphys::test
