// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/error.hpp>

#include <boost/asio/error.hpp>

namespace tiphys {
namespace {

class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "tiphys.client"; }
    std::string message(int value) const override {
        return std::string(to_string(static_cast<ClientErrorKind>(value)));
    }
};

boost::system::error_code code_of(const ClientError::Facts& facts) {
    if (facts.kind == ClientErrorKind::cancelled) return boost::asio::error::operation_aborted;
    return make_error_code(facts.kind);
}

}  // namespace

std::string_view to_string(ClientErrorKind kind) noexcept {
    switch (kind) {
        case ClientErrorKind::invalid_argument: return "invalid argument";
        case ClientErrorKind::would_deadlock: return "would deadlock";
        case ClientErrorKind::unreachable: return "unreachable";
        case ClientErrorKind::tls: return "TLS failure";
        case ClientErrorKind::timeout: return "timeout";
        case ClientErrorKind::closed: return "connection closed";
        case ClientErrorKind::cancelled: return "cancelled";
        case ClientErrorKind::redirected: return "redirected";
        case ClientErrorKind::not_json: return "not an answer of the API";
        case ClientErrorKind::too_large: return "too large";
        case ClientErrorKind::file: return "file error";
        case ClientErrorKind::invalid_request: return "invalid request";
        case ClientErrorKind::unauthorized: return "unauthorized";
        case ClientErrorKind::forbidden: return "forbidden";
        case ClientErrorKind::not_found: return "not found";
        case ClientErrorKind::conflict: return "conflict";
        case ClientErrorKind::too_many_requests: return "too many requests";
        case ClientErrorKind::not_implemented: return "not implemented";
        case ClientErrorKind::server: return "server error";
    }
    return "unknown";
}

const boost::system::error_category& client_category() noexcept {
    static const Category category;
    return category;
}

ClientError::ClientError(Facts facts)
    : system_error(code_of(facts)), facts_(std::make_shared<const Facts>(std::move(facts))) {}

bool is_transient(const ClientError& error) noexcept {
    switch (error.kind()) {
        case ClientErrorKind::unreachable:
        case ClientErrorKind::timeout:
        case ClientErrorKind::closed:
        case ClientErrorKind::too_many_requests: return true;
        case ClientErrorKind::server: return error.status() >= 502 && error.status() <= 504;
        default: return false;
    }
}

}  // namespace tiphys
