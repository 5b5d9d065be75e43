// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tiphys::client_detail {

/// Reads a text/event-stream: bytes go in as they come, the data of whole events comes out.
///
/// A `data:` field may span lines (they are joined by line breaks); comments and other fields are skipped;
/// lines end with LF, CR LF or CR; one chunk is never taken for one message. Blanks around the data of an
/// event are dropped: Argo puts one behind it.
///
/// Source: the "Server-sent events" section of the HTML standard; Argo adds nothing but that blank.
class SseParser {
public:
    /// No event may be larger than `limit` bytes.
    explicit SseParser(std::size_t limit) : limit_(limit) {}

    void feed(std::string_view bytes) { bytes_.append(bytes); }
    /// The data of the next event that is complete.
    ///
    /// Errors: throws ClientError (too_large) for an event beyond the limit, complete or not.
    std::optional<std::string> next();
    /// Whether part of an event has come and its end has not: the stream must not end here.
    bool inside_event() const noexcept { return has_data_ || at_ < bytes_.size(); }

private:
    std::optional<std::string_view> line();

    std::size_t limit_;
    std::string bytes_;
    std::size_t at_ = 0;       ///< start of the first unread line
    std::size_t scanned_ = 0;  ///< up to here no line end was found
    bool after_cr_ = false;    ///< the last line ended with CR: an LF that follows belongs to it
    bool first_line_ = true;
    bool has_data_ = false;
    std::string data_;
};

}  // namespace tiphys::client_detail
