// SPDX-License-Identifier: Apache-2.0
#include "peer.hpp"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

namespace tiphys::local::server {
namespace {

using boost::asio::ip::tcp;

/// An end of a connection as /proc/net/tcp and tcp6 write it: words of the address in the machine's byte
/// order.
std::string entry(const tcp::endpoint& one, bool v6) {
    char text[64];
    std::string made;
    const auto add_word = [&](const unsigned char* bytes) {
        std::uint32_t word = 0;
        std::memcpy(&word, bytes, sizeof word);
        std::snprintf(text, sizeof text, "%08X", word);
        made += text;
    };
    const auto address = one.address();
    if (address.is_v6()) {
        const auto bytes = address.to_v6().to_bytes();
        for (std::size_t i = 0; i < bytes.size(); i += 4) add_word(bytes.data() + i);
    } else {
        if (v6) {
            const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
            for (std::size_t i = 0; i < sizeof mapped; i += 4) add_word(mapped + i);
        }
        add_word(address.to_v4().to_bytes().data());
    }
    std::snprintf(text, sizeof text, ":%04X", static_cast<unsigned>(one.port()));
    return made + text;
}

std::optional<uid_t> find(const char* table, const std::string& connection) {
    std::ifstream file(table);
    std::string line;
    while (std::getline(file, line)) {
        const std::size_t at = line.find(connection);
        if (at == std::string::npos) continue;
        // After the two ends: state, queues, timer, retransmissions, user.
        std::istringstream rest(line.substr(at + connection.size()));
        std::string skipped;
        uid_t user = 0;
        if (rest >> skipped >> skipped >> skipped >> skipped >> user) return user;
    }
    return std::nullopt;
}

}  // namespace

std::optional<uid_t> peer_user(const tcp::endpoint& here, const tcp::endpoint& peer) {
    if (here.address().is_v4())
        if (const auto user = find("/proc/net/tcp", entry(peer, false) + " " + entry(here, false)))
            return user;
    // A socket of both families shows IPv4 connections there.
    return find("/proc/net/tcp6", entry(peer, true) + " " + entry(here, true));
}

}  // namespace tiphys::local::server
