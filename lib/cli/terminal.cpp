// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <string>
#include <string_view>

namespace tiphys::cli {
namespace {

std::string_view environment(const char* name) noexcept {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : value;
}

}  // namespace

bool is_terminal() noexcept { return isatty(STDOUT_FILENO) == 1 && environment("TERM") != "dumb"; }

std::pair<std::size_t, std::size_t> screen_size() noexcept {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return {24, 80};
    return {size.ws_row, size.ws_col};
}

bool is_utf8_locale() noexcept {
    // The order of setlocale(3); the C library's own answer would depend on which locales are installed.
    std::string_view locale;
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (locale.empty()) locale = environment(name);
    const std::size_t dot = locale.find('.');
    if (dot == std::string_view::npos) return false;
    std::string charset;
    for (const char c :
         locale.substr(dot + 1, locale.find('@') == std::string_view::npos ? std::string_view::npos
                                                                           : locale.find('@') - dot - 1))
        if (c != '-') charset += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return charset == "utf8";
}

bool wants_colour() noexcept { return environment("NO_COLOR").empty(); }

}  // namespace tiphys::cli
