// SPDX-License-Identifier: Apache-2.0
#include "client/url.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>
#include <charconv>

#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

std::string encoded(std::string_view text) {
    return boost::urls::encode(boost::urls::string_view(text.data(), text.size()),
                               boost::urls::unreserved_chars);
}

bool blank_or_control(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }

std::string shown(std::string_view name, std::string_view value) {
    return std::string(name) + " is \"" + one_line(value, 200) + "\"";
}

}  // namespace

Endpoint parse_endpoint(std::string_view server, std::string_view name) {
    static constexpr std::string_view form = "write host:port, e.g. localhost:2746";
    if (server.empty()) throw_invalid_argument(std::string(name) + " is empty: " + std::string(form));
    if (const auto scheme = server.find("://"); scheme != server.npos) {
        std::string_view rest = server.substr(scheme + 3);
        const std::string_view address = rest.substr(0, rest.find('/'));
        throw_invalid_argument(shown(name, server) + ": leave the scheme out, write \"" +
                               one_line(address, 200) +
                               "\"; http or https is ARGO_SECURE (ClientOptions::secure)");
    }
    if (server.find_first_of("/?#@") != server.npos)
        throw_invalid_argument(shown(name, server) + ": " + std::string(form) +
                               "; a path before /api is ARGO_BASE_HREF (ClientOptions::base_href)");
    if (std::any_of(server.begin(), server.end(), blank_or_control))
        throw_invalid_argument(shown(name, server) + ", with a blank in it: " + std::string(form));

    std::string_view host;
    std::string_view port;
    if (server.front() == '[') {
        const auto end = server.find(']');
        if (end == server.npos) throw_invalid_argument(shown(name, server) + ": \"]\" is missing");
        host = server.substr(1, end - 1);
        port = server.substr(end + 1);
    } else {
        const auto colon = server.find(':');
        if (colon != server.npos && server.find(':', colon + 1) != server.npos)
            throw_invalid_argument(shown(name, server) +
                                   ": write an IPv6 address in brackets, e.g. [::1]:2746");
        host = server.substr(0, colon);
        port = colon == server.npos ? std::string_view() : server.substr(colon);
    }
    if (host.empty()) throw_invalid_argument(shown(name, server) + ", without a host: " + std::string(form));
    if (port.size() < 2 || port.front() != ':')
        throw_invalid_argument(shown(name, server) + ", without a port: " + std::string(form));
    port.remove_prefix(1);
    int number = 0;
    const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
    if (read.ec != std::errc() || read.ptr != port.data() + port.size() || number < 1 || number > 65535)
        throw_invalid_argument(shown(name, server) + ": the port must be a number from 1 to 65535");
    return {std::string(host), std::string(port)};
}

std::string normal_base_href(std::string_view href, std::string_view name) {
    if (href.find("://") != href.npos)
        throw_invalid_argument(shown(name, href) + ": write the path only, e.g. /argo");
    if (href.find_first_of("?#") != href.npos || std::any_of(href.begin(), href.end(), blank_or_control))
        throw_invalid_argument(shown(name, href) +
                               ": write a path without blanks, \"?\" and \"#\", e.g. /argo");
    while (!href.empty() && href.front() == '/') href.remove_prefix(1);
    while (!href.empty() && href.back() == '/') href.remove_suffix(1);
    return href.empty() ? std::string() : "/" + std::string(href);
}

Target& Target::segment(std::string_view value, std::string_view what) {
    if (value.empty()) throw_invalid_argument("the " + std::string(what) + " is empty");
    return segment_or_all(value, what);
}

Target& Target::segment_or_all(std::string_view value, std::string_view what) {
    if (value == "." || value == "..")
        throw_invalid_argument("the " + std::string(what) + " cannot be \"" + std::string(value) + "\"");
    text_ += '/';
    text_ += encoded(value);
    return *this;
}

Target& Target::query(std::string_view key, std::string_view value) {
    if (value.empty()) return *this;
    text_ += has_query_ ? '&' : '?';
    has_query_ = true;
    text_ += encoded(key);
    text_ += '=';
    text_ += encoded(value);
    return *this;
}

}  // namespace tiphys::client_detail
