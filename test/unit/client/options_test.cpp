// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/options.hpp>

#include <map>

#include "expect_error.hpp"

namespace tiphys {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

ClientOptions read(const std::map<std::string, std::string>& variables) {
    return ClientOptions::from_environment([&](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

TEST(OptionsFromEnvironment, DefaultsAreThoseOfTheArgoCommandLine) {
    const ClientOptions options = read({{"ARGO_SERVER", "localhost:2746"}});
    EXPECT_EQ(options.server, "localhost:2746");
    EXPECT_TRUE(options.secure);
    EXPECT_FALSE(options.insecure_skip_verify);
    EXPECT_EQ(options.token, "");
    EXPECT_EQ(options.namespace_, "default");
    EXPECT_EQ(options.base_href, "");
    EXPECT_EQ(options.base_url(), "https://localhost:2746");
    EXPECT_NO_THROW(options.validate());
}

TEST(OptionsFromEnvironment, ReadsAllVariables) {
    const ClientOptions options = read({{"ARGO_SERVER", "[::1]:80"},
                                        {"ARGO_SECURE", "false"},
                                        {"ARGO_INSECURE_SKIP_VERIFY", "true"},
                                        {"ARGO_TOKEN", "Bearer abc"},
                                        {"ARGO_NAMESPACE", "argo"},
                                        {"ARGO_BASE_HREF", "argo/"}});
    EXPECT_EQ(options.server, "[::1]:80");
    EXPECT_FALSE(options.secure);
    EXPECT_TRUE(options.insecure_skip_verify);
    EXPECT_EQ(options.token, "Bearer abc");
    EXPECT_EQ(options.namespace_, "argo");
    EXPECT_EQ(options.base_href, "/argo");
    EXPECT_EQ(options.base_url(), "http://[::1]:80/argo");
}

TEST(OptionsFromEnvironment, SetButEmptyDiffersFromNotSet) {
    const ClientOptions options = read({{"ARGO_SERVER", "a:1"}, {"ARGO_NAMESPACE", ""}, {"ARGO_TOKEN", ""}});
    EXPECT_EQ(options.namespace_, "");
    EXPECT_EQ(options.token, "");
}

TEST(OptionsFromEnvironment, SwitchesAreGoBooleans) {
    for (const char* no : {"0", "f", "F", "false", "False", "FALSE"})
        EXPECT_FALSE(read({{"ARGO_SERVER", "a:1"}, {"ARGO_SECURE", no}}).secure) << no;
    for (const char* yes : {"1", "t", "T", "true", "True", "TRUE", ""})
        EXPECT_TRUE(read({{"ARGO_SERVER", "a:1"}, {"ARGO_SECURE", yes}}).secure) << yes;
    EXPECT_THAT(test::refused([] { read({{"ARGO_SERVER", "a:1"}, {"ARGO_SECURE", "no"}}); }),
                AllOf(HasSubstr("ARGO_SECURE"), HasSubstr("\"no\""), HasSubstr("true or false")));
}

TEST(OptionsFromEnvironment, AMissingServerSaysWhatToSet) {
    EXPECT_THAT(test::refused([] { read({}); }),
                HasSubstr("set ARGO_SERVER to host:port, e.g. localhost:2746"));
    EXPECT_THAT(test::refused([] { read({{"ARGO_SERVER", ""}}); }),
                HasSubstr("set ARGO_SERVER to host:port"));
}

TEST(OptionsFromEnvironment, ASchemeSaysHowToWriteIt) {
    EXPECT_THAT(test::refused([] { read({{"ARGO_SERVER", "https://argo.example.org:443/x"}}); }),
                AllOf(HasSubstr("ARGO_SERVER is \"https://argo.example.org:443/x\""),
                      HasSubstr("write \"argo.example.org:443\""), HasSubstr("ARGO_SECURE")));
}

TEST(OptionsFromEnvironment, OtherMalformedServers) {
    const auto message = [](const char* server) {
        return test::refused([&] { read({{"ARGO_SERVER", server}}); });
    };
    EXPECT_THAT(message("localhost"), HasSubstr("without a port"));
    EXPECT_THAT(message("localhost:"), HasSubstr("without a port"));
    EXPECT_THAT(message(":2746"), HasSubstr("without a host"));
    EXPECT_THAT(message("localhost:http"), HasSubstr("1 to 65535"));
    EXPECT_THAT(message("localhost:0"), HasSubstr("1 to 65535"));
    EXPECT_THAT(message("localhost:65536"), HasSubstr("1 to 65535"));
    EXPECT_THAT(message("localhost:2746/argo"), HasSubstr("ARGO_BASE_HREF"));
    EXPECT_THAT(message("::1:2746"), HasSubstr("brackets"));
    EXPECT_THAT(message("[::1:2746"), HasSubstr("\"]\""));
    EXPECT_THAT(message("[::1]"), HasSubstr("without a port"));
    EXPECT_THAT(message("local host:2746"), HasSubstr("blank"));
}

ClientOptions valid() {
    ClientOptions options;
    options.server = "localhost:2746";
    return options;
}

TEST(Options, EveryRangeIsChecked) {
    using std::chrono::hours;
    using std::chrono::milliseconds;
    const auto message = [](auto change) {
        ClientOptions options = valid();
        change(options);
        return test::refused([&] { options.validate(); });
    };
    EXPECT_NO_THROW(valid().validate());
    EXPECT_THAT(message([](auto& o) { o.server = ""; }), HasSubstr("ClientOptions::server is empty"));
    EXPECT_THAT(message([](auto& o) { o.connect_timeout = milliseconds(0); }),
                HasSubstr("connect_timeout is 0 ms"));
    EXPECT_THAT(message([](auto& o) { o.request_timeout = hours(25); }), HasSubstr("request_timeout"));
    EXPECT_THAT(message([](auto& o) { o.stream_timeout = milliseconds(-1); }),
                HasSubstr("stream_timeout is -1 ms"));
    EXPECT_THAT(message([](auto& o) { o.retries = 101; }), HasSubstr("retries is 101"));
    EXPECT_THAT(message([](auto& o) { o.reconnects = 10'001; }), HasSubstr("reconnects"));
    EXPECT_THAT(message([](auto& o) { o.retry_delay = milliseconds(-1); }), HasSubstr("retry_delay"));
    EXPECT_THAT(message([](auto& o) { o.longest_retry_delay = hours(2); }), HasSubstr("longest_retry_delay"));
    EXPECT_THAT(message([](auto& o) { o.connections = 0; }),
                HasSubstr("connections is 0; it must be 1 to 10000"));
    EXPECT_THAT(message([](auto& o) { o.idle_timeout = hours(2); }), HasSubstr("idle_timeout"));
    EXPECT_THAT(message([](auto& o) { o.max_response_bytes = 1023; }), HasSubstr("max_response_bytes"));
    EXPECT_THAT(message([](auto& o) { o.max_response_bytes = 0xffffffffu; }),
                HasSubstr("max_response_bytes"));
    EXPECT_THAT(message([](auto& o) { o.client_key = "key.pem"; }), HasSubstr("must be given together"));
    EXPECT_THAT(message([](auto& o) { o.base_href = "https://x/argo"; }), HasSubstr("write the path only"));
    EXPECT_THAT(message([](auto& o) { o.base_href = "/a?b"; }), HasSubstr("base_href"));
}

TEST(Options, ATokenCannotWriteHeadersAndIsNotShown) {
    ClientOptions options = valid();
    options.token = "Bearer secret\r\nX-Evil: 1";
    EXPECT_THAT(test::refused([&] { options.validate(); }),
                AllOf(HasSubstr("token"), Not(HasSubstr("secret"))));
    options.token = "Bearer secret\n";  // as `$(cat file)` would not leave it, but a file does
    EXPECT_NO_THROW(options.validate());
}

TEST(Options, DesignatedInitialisersMayLeaveMembersOut) {
    const ClientOptions options{.server = "localhost:1", .secure = false, .retries = 0};
    EXPECT_EQ(options.namespace_, "default");
    EXPECT_EQ(options.base_url(), "http://localhost:1");
}

}  // namespace
}  // namespace tiphys
