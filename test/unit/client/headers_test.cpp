// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>

// Whoever includes the client's headers must not pay for what its library uses inside.
#if defined(BOOST_ASIO_HPP) || defined(BOOST_ASIO_IO_CONTEXT_HPP) || defined(BOOST_ASIO_IP_TCP_HPP) || \
    defined(BOOST_ASIO_SSL_CONTEXT_HPP) || defined(BOOST_BEAST_CORE_HPP) ||                            \
    defined(BOOST_BEAST_HTTP_MESSAGE_HPP) || defined(BOOST_JSON_VALUE_HPP) || defined(HEADER_SSL_H)
#error "the client's public headers include what is to stay in its library"
#endif

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

/// Includes of Boost, directly: only these few.
constexpr std::array<std::string_view, 7> allowed = {"<boost/asio/any_completion_handler.hpp>",
                                                     "<boost/asio/any_io_executor.hpp>",
                                                     "<boost/asio/async_result.hpp>",
                                                     "<boost/asio/deferred.hpp>",
                                                     "<boost/asio/detail/config.hpp>",
                                                     "<boost/system/system_error.hpp>",
                                                     "<boost/version.hpp>"};

TEST(ClientHeaders, IncludeNoneOfTheHeavyParts) {
    int files = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(TIPHYS_SOURCE_DIR "/include/tiphys/client")) {
        if (!entry.is_regular_file()) continue;
        ++files;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            if (!line.starts_with("#include <boost/") && !line.starts_with("#include <openssl/")) continue;
            const std::string_view header = std::string_view(line).substr(9);
            EXPECT_TRUE(std::find(allowed.begin(), allowed.end(), header) != allowed.end())
                << entry.path() << ": " << line;
        }
    }
    EXPECT_GE(files, 9);
}

}  // namespace
