// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "client/connection.hpp"

/// Between this client's words and Beast's.
namespace tiphys::client_detail {

boost::beast::http::request<boost::beast::http::string_body> http_message(const Server& server,
                                                                          const Identity& identity,
                                                                          const Request& request,
                                                                          std::string_view accept);

/// All but the body.
Response response_of(const boost::beast::http::response_header<>& header);

/// How far an exchange had come when it broke.
enum class Progress { nothing, written, answered };

/// The error for a connection that failed in the middle of an exchange.
ClientError broken(const Server& server, const Request& request, boost::system::error_code failure,
                   Progress progress);

}  // namespace tiphys::client_detail
