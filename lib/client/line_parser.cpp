// SPDX-License-Identifier: Apache-2.0
#include "client/line_parser.hpp"

#include <tiphys/client/error.hpp>

#include <algorithm>
#include <utility>

namespace tiphys::client_detail {

std::optional<std::string> LineParser::next() {
    const std::size_t end = bytes_.find('\n', std::max(at_, scanned_));
    if ((end == bytes_.npos ? bytes_.size() : end) - at_ > limit_)
        throw ClientError({.kind = ClientErrorKind::too_large,
                           .message = "a line of the stream is larger than " + std::to_string(limit_) +
                                      " bytes: raise ClientOptions::max_response_bytes"});
    if (end == bytes_.npos) {
        // What was read is dropped here, and not line by line.
        bytes_.erase(0, std::exchange(at_, 0));
        scanned_ = bytes_.size();
        return std::nullopt;
    }
    std::string line = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

std::optional<std::string> LineParser::rest() {
    if (at_ >= bytes_.size()) return std::nullopt;
    std::string line = bytes_.substr(at_);
    at_ = bytes_.size();
    return line;
}

}  // namespace tiphys::client_detail
