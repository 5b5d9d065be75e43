// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>

namespace tiphys::client_detail {

/// One request to the server, ready to be sent, or why it could not be made: what was wrong with the
/// arguments of an operation reaches its caller where all other errors do.
struct Request {
    std::string method;
    std::string target = {};  ///< without ClientOptions::base_href
    std::string body = {};    ///< JSON; empty: none
    std::exception_ptr failure = {};
    /// Asks for a document to be judged: Argo answers 500 with code 2 where it means that it is wrong.
    bool judges = false;
    std::string content_type = {};  ///< of the body; empty: application/json
};

}  // namespace tiphys::client_detail
