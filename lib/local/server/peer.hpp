// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <sys/types.h>

#include <optional>

namespace tiphys::local::server {

/// The user at the other end of a loopback connection, as the kernel's tables of sockets tell; nothing where
/// they do not (no /proc, or the peer has gone).
std::optional<uid_t> peer_user(const boost::asio::ip::tcp::endpoint& here,
                               const boost::asio::ip::tcp::endpoint& peer);

}  // namespace tiphys::local::server
