// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tiphys::client_detail {

/// Reads a stream of lines: bytes go in as they come, whole lines come out, without LF or CR LF.
class LineParser {
public:
    /// No line may be larger than `limit` bytes.
    explicit LineParser(std::size_t limit) : limit_(limit) {}

    void feed(std::string_view bytes) { bytes_.append(bytes); }
    /// The next line that is complete.
    ///
    /// Errors: throws ClientError (too_large) for a line beyond the limit, complete or not.
    std::optional<std::string> next();
    /// What has come of the last line when the stream is at its end; nothing if it was complete.
    std::optional<std::string> rest();

private:
    std::size_t limit_;
    std::string bytes_;
    std::size_t at_ = 0;       ///< start of the first unread line
    std::size_t scanned_ = 0;  ///< up to here no line end was found
};

}  // namespace tiphys::client_detail
