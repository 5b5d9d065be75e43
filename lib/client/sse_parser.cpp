// SPDX-License-Identifier: Apache-2.0
#include "client/sse_parser.hpp"

#include <tiphys/client/error.hpp>

#include <utility>

namespace tiphys::client_detail {

std::optional<std::string_view> SseParser::line() {
    if (after_cr_ && at_ < bytes_.size()) {
        if (bytes_[at_] == '\n') ++at_;
        after_cr_ = false;
    }
    if (scanned_ < at_) scanned_ = at_;
    const std::size_t end = bytes_.find_first_of("\r\n", scanned_);
    if (end == bytes_.npos) {
        scanned_ = bytes_.size();
        return std::nullopt;
    }
    const std::string_view found(bytes_.data() + at_, end - at_);
    after_cr_ = bytes_[end] == '\r';
    at_ = end + 1;
    return found;
}

std::optional<std::string> SseParser::next() {
    const auto too_large = [&] {
        return ClientError(
            {.kind = ClientErrorKind::too_large,
             .message = "an event of the stream is larger than " + std::to_string(limit_) +
                        " bytes: raise ClientOptions::max_response_bytes, or ask for less with "
                        "the option `fields`"});
    };
    while (auto text = line()) {
        if (first_line_) {
            first_line_ = false;
            if (text->substr(0, 3) == "\xef\xbb\xbf") text->remove_prefix(3);
        }
        if (text->empty()) {
            if (!has_data_) continue;
            has_data_ = false;
            const std::string whole = std::exchange(data_, {});
            const std::size_t first = whole.find_first_not_of(" \t");
            if (first == whole.npos) continue;
            return whole.substr(first, whole.find_last_not_of(" \t") - first + 1);
        }
        if (!text->starts_with("data")) continue;
        text->remove_prefix(4);
        if (!text->empty() && text->front() != ':') continue;
        if (!text->empty()) text->remove_prefix(1);
        if (!text->empty() && text->front() == ' ') text->remove_prefix(1);
        if (data_.size() + text->size() > limit_) throw too_large();
        if (has_data_) data_ += '\n';
        data_ += *text;
        has_data_ = true;
    }
    bytes_.erase(0, at_);
    scanned_ -= at_;
    at_ = 0;
    if (bytes_.size() + data_.size() > limit_ + 16) throw too_large();
    return std::nullopt;
}

}  // namespace tiphys::client_detail
