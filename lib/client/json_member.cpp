// SPDX-License-Identifier: Apache-2.0
#include "client/json_member.hpp"

#include <algorithm>

#include "client/words.hpp"

namespace tiphys::client_detail {
namespace {

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    char peek() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
        if (at_ == text_.size()) broken();
        return text_[at_];
    }
    void expect(char c) {
        if (peek() != c) broken();
        ++at_;
    }
    bool skip(char c) {
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    std::string_view string() {
        expect('"');
        const std::size_t start = at_;
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\\')
                ++at_;
            else if (text_[at_] == '"')
                return text_.substr(start, at_++ - start);
        }
        broken();
    }
    std::string_view value() {
        const char first = peek();
        const std::size_t start = at_;
        if (first == '"') {
            string();
        } else if (first == '{' || first == '[') {
            std::size_t depth = 0;
            do {
                const char c = peek();
                if (c == '"') {
                    string();
                    continue;
                }
                if (c == '{' || c == '[') ++depth;
                if (c == '}' || c == ']') --depth;
                ++at_;
            } while (depth != 0);
        } else {
            at_ = std::min(text_.find_first_of(",}] \t\r\n", at_), text_.size());
            if (at_ == start) broken();
        }
        return text_.substr(start, at_ - start);
    }
    void end() {
        if (text_.find_first_not_of(" \t\r\n", at_) != text_.npos) broken();
    }

private:
    [[noreturn]] void broken() {
        throw ClientError(
            {.kind = ClientErrorKind::not_json,
             .message = "the server sent an event that is not a JSON object: " + one_line(text_, 200),
             .server_message = std::string(text_)});
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<std::string_view> json_member(std::string_view object, std::string_view name) {
    Scanner scanner(object);
    std::optional<std::string_view> found;
    scanner.expect('{');
    if (!scanner.skip('}')) {
        do {
            const std::string_view key = scanner.string();
            scanner.expect(':');
            const std::string_view value = scanner.value();
            if (key == name) found = value;
        } while (scanner.skip(','));
        scanner.expect('}');
    }
    scanner.end();
    return found;
}

}  // namespace tiphys::client_detail
