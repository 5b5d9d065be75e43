// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "kit.hpp"

namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using testing::AllOf;
using testing::HasSubstr;

void workflow_a(Talk& talk) { talk.json(200, test::workflow_json("a", "Running")); }

ClientOptions https(const std::string& address) {
    ClientOptions options = test::options_for(address);
    options.secure = true;
    return options;
}

/// A file that is removed at the end of the test.
class File {
public:
    File(const char* name, const std::string& text)
        : path_(std::filesystem::path(testing::TempDir()) /
                ("tiphys-" + std::to_string(::getpid()) + "-" + name)) {
        std::ofstream(path_) << text;
    }
    ~File() { std::filesystem::remove(path_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

TEST(ClientTls, ASelfSignedCertificateIsRefusedWithTheRemedy) {
    ScriptedServer server(workflow_a, test::self_signed("DNS:localhost,IP:127.0.0.1"));
    const auto error = test::client_error([&] { Client(https(server.address())).get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::tls);
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("https://127.0.0.1:"), HasSubstr("self-signed certificate"),
                      HasSubstr("certificate_authority"), HasSubstr("ARGO_INSECURE_SKIP_VERIFY=true")));
    EXPECT_TRUE(server.requests().empty());
}

TEST(ClientTls, VerificationCanBeSkipped) {
    ScriptedServer server(workflow_a, test::self_signed("DNS:elsewhere"));
    ClientOptions options = https(server.address());
    options.insecure_skip_verify = true;
    const Client client(options);
    EXPECT_EQ(client.get("a").phase(), "Running");
    EXPECT_EQ(client.create(test::to_create()).name(), "a");
    EXPECT_EQ(server.connections(), 1u);
}

TEST(ClientTls, AnAuthorityCanBeGiven) {
    const auto certificate = test::self_signed("DNS:localhost,IP:127.0.0.1");
    const File authority("ca.pem", certificate.certificate);
    ScriptedServer server(workflow_a, certificate);
    ClientOptions options = https(server.address());
    options.certificate_authority = authority.path();
    EXPECT_EQ(Client(options).get("a").phase(), "Running");
    options.server = "localhost:" + std::to_string(server.port());
    EXPECT_EQ(Client(options).get("a").phase(), "Running");
}

TEST(ClientTls, TheNameMustBeOnTheCertificate) {
    const auto certificate = test::self_signed("DNS:localhost");
    const File authority("ca.pem", certificate.certificate);
    ScriptedServer server(workflow_a, certificate);
    ClientOptions options = https(server.address());
    options.certificate_authority = authority.path();
    const auto address = test::client_error([&] { Client(options).get("a"); });
    EXPECT_EQ(address.kind(), ClientErrorKind::tls);
    EXPECT_THAT(address.what(),
                AllOf(HasSubstr("the certificate is not for 127.0.0.1"), HasSubstr("localhost")));
}

TEST(ClientTls, AServerWithoutTls) {
    ScriptedServer server([](Talk& talk) { talk.answer(400, "text/plain", "bad"); });
    const auto error = test::client_error([&] { Client(https(server.address())).get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::tls);
    EXPECT_THAT(error.what(), HasSubstr("ARGO_SECURE=false"));
}

TEST(ClientTls, AServerWithTlsThatIsSpokenToWithout) {
    ScriptedServer server(workflow_a, test::self_signed("DNS:localhost"));
    ClientOptions options = test::options_for(server);
    const auto error = test::client_error([&] { Client(options).get("a"); });
    EXPECT_THAT(error.what(), HasSubstr("ARGO_SECURE=true"));
}

TEST(ClientTls, AServerThatNeverShakesHands) {
    const test::DeafServer deaf;
    ScriptedServer quiet([](Talk&) {}, test::self_signed("DNS:localhost"));
    ClientOptions options = https(deaf.address());
    options.connect_timeout = std::chrono::milliseconds(30);
    EXPECT_EQ(test::client_error([&] { Client(options).get("a"); }).kind(), ClientErrorKind::timeout);
}

TEST(ClientTls, FilesThatCannotBeUsedAreNamed) {
    ClientOptions options = https("localhost:1");
    options.certificate_authority = "/nonexistent/ca.pem";
    const auto missing = test::client_error([&] { Client{options}; });
    EXPECT_EQ(missing.kind(), ClientErrorKind::invalid_argument);
    EXPECT_THAT(missing.what(), HasSubstr("certificate_authority \"/nonexistent/ca.pem\" cannot be used"));
    const File nonsense("nonsense.pem", "not PEM");
    options.certificate_authority = {};
    options.client_certificate = options.client_key = nonsense.path();
    EXPECT_THAT(test::client_error([&] { Client{options}; }).what(), HasSubstr("client_certificate"));
    const auto pair = test::self_signed("DNS:me");
    const auto other = test::self_signed("DNS:me");
    const File certificate("client.pem", pair.certificate);
    const File key("key.pem", other.key);
    options.client_certificate = certificate.path();
    options.client_key = key.path();
    EXPECT_THAT(test::client_error([&] { Client{options}; }).what(), HasSubstr("client_key"));
    const File right("right.pem", pair.key);
    options.client_key = right.path();
    EXPECT_NO_THROW(Client{options});
}

TEST(ClientTls, AServerMayAskWhoTheClientIs) {
    const auto mine = test::self_signed("DNS:me");
    const auto strange = test::self_signed("DNS:stranger");
    ScriptedServer server(workflow_a, test::self_signed("DNS:localhost"), mine.certificate);
    ClientOptions options = https(server.address());
    options.insecure_skip_verify = true;
    const auto nobody = test::client_error([&] { Client(options).get("a"); });
    EXPECT_THAT(nobody.kind(), testing::AnyOf(ClientErrorKind::tls, ClientErrorKind::closed));
    const auto show = [&](const test::Certificate& pair) {
        const File certificate("mutual.pem", pair.certificate);
        const File key("mutual-key.pem", pair.key);
        options.client_certificate = certificate.path();
        options.client_key = key.path();
        return Client(options);
    };
    EXPECT_THAT(test::client_error([&] { show(strange).get("a"); }).kind(),
                testing::AnyOf(ClientErrorKind::tls, ClientErrorKind::closed));
    EXPECT_TRUE(server.requests().empty());
    EXPECT_EQ(show(mine).get("a").phase(), "Running");
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST(ClientTls, Streams) {
    ScriptedServer server(
        [](Talk& talk) {
            talk.begin_events();
            talk.event(test::watch_json("ADDED", test::workflow_json("a", "Running", "1")));
            if (talk.request().number == 1) return talk.close();
            talk.event(test::watch_json("MODIFIED", test::workflow_json("a", "Succeeded", "2")));
            talk.wait_for_close();
        },
        test::self_signed("DNS:localhost"));
    ClientOptions options = https(server.address());
    options.insecure_skip_verify = true;
    const Client client(options);
    WatchStream stream = client.watch("a");
    EXPECT_EQ(phase(stream.next()->object), "Running");
    EXPECT_EQ(phase(stream.next()->object), "Running");
    EXPECT_EQ(phase(stream.next()->object), "Succeeded");
    EXPECT_FALSE(stream.next().has_value());
}

TEST(ClientTls, ConnectionsClosedMeanwhileAreReplaced) {
    ScriptedServer server(workflow_a, test::self_signed("DNS:localhost"));
    ClientOptions options = https(server.address());
    options.insecure_skip_verify = true;
    options.retries = 0;
    const Client client(options);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(client.create(test::to_create()).name(), "a");
        server.close_idle();
    }
}

}  // namespace
}  // namespace tiphys
