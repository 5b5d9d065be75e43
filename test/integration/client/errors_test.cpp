// SPDX-License-Identifier: Apache-2.0
#include <atomic>

#include "kit.hpp"

namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// What `get("a")` throws when the server answers so.
ClientError answered(int status, const std::string& type, const std::string& body,
                     const std::string& headers = "", std::size_t expected_requests = 1) {
    ScriptedServer server([&](Talk& talk) { talk.answer(status, type, body, headers); });
    ClientOptions options = test::options_for(server);
    options.retries = 2;
    const ClientError error = test::client_error([&] { Client(options).get("a"); });
    EXPECT_EQ(server.requests().size(), expected_requests);
    EXPECT_THAT(error.what(), HasSubstr("GET http://127.0.0.1:"));
    EXPECT_THAT(error.what(), HasSubstr("/api/v1/workflows/argo/a"));
    EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
    EXPECT_EQ(error.method(), "GET");
    EXPECT_EQ(error.target(), "/api/v1/workflows/argo/a");
    EXPECT_EQ(error.status(), status);
    return error;
}

TEST(ClientErrors, NotFoundBearsTheServersWords) {
    const auto error =
        answered(404, "application/json", R"({"code":5,"message":"workflows.argoproj.io \"a\" not found"})");
    EXPECT_EQ(error.kind(), ClientErrorKind::not_found);
    EXPECT_EQ(error.code(), make_error_code(ClientErrorKind::not_found));
    EXPECT_EQ(error.grpc_code(), 5);
    EXPECT_EQ(error.server_message(), "workflows.argoproj.io \"a\" not found");
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("404 Not Found (gRPC code 5 NotFound)"),
                      HasSubstr("in its words: \"workflows"), HasSubstr("check the name and the namespace")));
}

TEST(ClientErrors, UnauthorizedNamesTheToken) {
    const auto error = answered(401, "application/json", R"({"code":16,"message":"token not valid"})");
    EXPECT_EQ(error.kind(), ClientErrorKind::unauthorized);
    EXPECT_THAT(error.what(), HasSubstr("set ARGO_TOKEN"));
}

TEST(ClientErrors, ForbiddenConflictInvalidAndUnknownOperations) {
    EXPECT_EQ(answered(403, "application/json", R"({"code":7,"message":"not allowed"})").kind(),
              ClientErrorKind::forbidden);
    const auto exists =
        answered(409, "application/json", R"({"code":6,"message":"workflows \"a\" already exists"})");
    EXPECT_EQ(exists.kind(), ClientErrorKind::conflict);
    EXPECT_THAT(exists.what(), HasSubstr("choose another name"));
    const auto changed =
        answered(409, "application/json", R"({"code":6,"message":"the object has been modified"})");
    EXPECT_THAT(changed.what(), HasSubstr("get it again"));
    EXPECT_EQ(answered(400, "application/json", R"({"code":3,"message":"bad"})").kind(),
              ClientErrorKind::invalid_request);
    EXPECT_EQ(answered(501, "application/json", R"({"code":12,"message":"Not Implemented"})").kind(),
              ClientErrorKind::not_implemented);
}

TEST(ClientErrors, ServerErrorsAreNotRepeated) {
    const auto error = answered(500, "application/json", R"({"code":2,"message":"templates.main broken"})");
    EXPECT_EQ(error.kind(), ClientErrorKind::server);
    EXPECT_EQ(error.server_message(), "templates.main broken");
    EXPECT_FALSE(is_transient(error));
    EXPECT_TRUE(is_transient(answered(502, "text/html", "<html>Bad gateway</html>")));
}

TEST(ClientErrors, BusyServersAreAskedAgain) {
    const auto plain = answered(429, "text/plain", "Limit exceeded\n", "", 3);
    EXPECT_EQ(plain.kind(), ClientErrorKind::too_many_requests);
    EXPECT_EQ(plain.server_message(), "Limit exceeded\n");
    EXPECT_THAT(plain.what(), HasSubstr("\"Limit exceeded\\n\""));
    EXPECT_EQ(
        answered(503, "application/json", R"({"code":14,"message":"m"})", "Retry-After: 0\r\n", 3).kind(),
        ClientErrorKind::server);
}

TEST(ClientErrors, ABusyServerThatRecovers) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().number < 3)
            talk.answer(talk.request().number == 1 ? 429 : 503, "text/plain", "busy");
        else
            talk.json(200, test::workflow_json("a", "Running"));
    });
    EXPECT_EQ(Client(test::options_for(server)).get("a").phase(), "Running");
}

TEST(ClientErrors, OtherRequestsThanGetAreNotRepeated) {
    ScriptedServer server([](Talk& talk) { talk.answer(429, "text/plain", "busy"); });
    const Client client(test::options_for(server));
    EXPECT_EQ(test::client_error([&] { client.create(test::to_create()); }).kind(),
              ClientErrorKind::too_many_requests);
    EXPECT_EQ(test::client_error([&] { client.remove("a"); }).kind(), ClientErrorKind::too_many_requests);
    EXPECT_EQ(server.requests().size(), 2u);
}

TEST(ClientErrors, AWebPageMeansAWrongBasePath) {
    const auto error = answered(200, "text/html; charset=utf-8", "<!doctype html><title>Argo</title>");
    EXPECT_EQ(error.kind(), ClientErrorKind::not_json);
    EXPECT_THAT(error.what(), HasSubstr("ARGO_BASE_HREF"));
    EXPECT_EQ(error.server_message(), "<!doctype html><title>Argo</title>");
}

TEST(ClientErrors, ABrokenDocumentIsAnError) {
    const auto error = answered(200, "application/json", R"({"metadata":{"name":"a"})");
    EXPECT_EQ(error.kind(), ClientErrorKind::not_json);
    EXPECT_THAT(error.what(), HasSubstr("the answer cannot be read"));
}

TEST(ClientErrors, RedirectsAreExplained) {
    const auto error = answered(301, "", "", "Location: https://elsewhere/api\r\n");
    EXPECT_EQ(error.kind(), ClientErrorKind::redirected);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("https://elsewhere/api"), HasSubstr("ARGO_SECURE")));
}

TEST(ClientErrors, TheWordsOfStrangersAreMadeHarmless) {
    const auto error = answered(500, "application/json", "{\"message\":\"a\\u001b[2Jb\\nc\\u0000d\"}");
    EXPECT_THAT(error.what(), HasSubstr("a\\x1b[2Jb\\nc\\x00d"));
    EXPECT_EQ(error.server_message(), std::string("a\x1b[2Jb\nc\0d", 10));
    const auto lengthy = answered(500, "text/plain", std::string(100'000, 'x'));
    EXPECT_LT(std::string_view(lengthy.what()).size(), 3000u);
    EXPECT_EQ(lengthy.server_message().size(), 100'000u);
}

TEST(ClientErrors, NothingListens) {
    const test::ClosedPort port;
    const auto error = test::client_error([&] { Client(test::options_for(port.address())).get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::unreachable);
    EXPECT_EQ(error.cause(), boost::system::errc::connection_refused);
    EXPECT_EQ(std::string(error.what()),
              "cannot connect to http://" + port.address() +
                  " (Connection refused): is the Argo server running? check ARGO_SERVER");
}

TEST(ClientErrors, ANameThatDoesNotExist) {
    const auto error =
        test::client_error([] { Client(test::options_for("no-such-host.invalid:1")).get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::unreachable);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("no-such-host.invalid"), HasSubstr("ARGO_SERVER")));
}

TEST(ClientErrors, NobodyLetsUsIn) {
    const test::DeafServer server;
    ClientOptions options = test::options_for(server.address());
    options.connect_timeout = std::chrono::milliseconds(20);
    const auto error = test::client_error([&] { Client(options).get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::timeout);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("no connection to http://"), HasSubstr("20 ms"),
                                    HasSubstr("connect_timeout")));
}

TEST(ClientErrors, ASlowServer) {
    ScriptedServer server([](Talk& talk) { talk.wait_for_close(); });
    ClientOptions options = test::options_for(server);
    options.request_timeout = std::chrono::milliseconds(20);
    const Client client(options);
    const auto error = test::client_error([&] { client.create(test::to_create()); });
    EXPECT_EQ(error.kind(), ClientErrorKind::timeout);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("20 ms"), HasSubstr("request_timeout"),
                                    HasSubstr("may carry the request out")));
    EXPECT_EQ(test::client_error([&] { client.get("a"); }).kind(), ClientErrorKind::timeout);
}

TEST(ClientErrors, AnAnswerBeyondTheLimit) {
    ScriptedServer server([](Talk& talk) { talk.json(200, "{\"x\":\"" + std::string(5000, 'x') + "\"}"); });
    ClientOptions options = test::options_for(server);
    options.max_response_bytes = 4000;
    const auto error = test::client_error([&] { Client(options).get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::too_large);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("4000 bytes"), HasSubstr("max_response_bytes")));
    EXPECT_EQ(server.requests().size(), 1u);
}

TEST(ClientErrors, AnAnswerThatIsNotHttp) {
    ScriptedServer server([](Talk& talk) {
        talk.raw("220 mail.example.org ESMTP\r\n");
        talk.close();
    });
    const auto error = test::client_error([&] { Client(test::options_for(server)).get("a"); });
    EXPECT_EQ(error.kind(), ClientErrorKind::not_json);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("not HTTP"), HasSubstr("ARGO_SERVER")));
}

/// The whole exchange, cut at every byte of the answer: an error each time, never half an answer.
TEST(ClientErrors, EveryPrefixOfAnAnswerIsAnError) {
    const std::string body = test::workflow_json("a", "Running");
    const std::string whole = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                              std::to_string(body.size()) + "\r\n\r\n" + body;
    std::atomic<std::size_t> size = 0;
    std::atomic<bool> reset = false;
    ScriptedServer server([&](Talk& talk) {
        talk.raw(std::string_view(whole).substr(0, size));
        reset ? talk.reset() : talk.close();
    });
    ClientOptions options = test::options_for(server);
    options.retries = 0;
    const Client client(options);
    for (size = 0; size < whole.size(); ++size) {
        reset = size % 2 == 1;
        const auto got = test::client_error([&] { client.get("a"); });
        EXPECT_EQ(got.kind(), ClientErrorKind::closed) << size.load() << ": " << got.what();
        EXPECT_THAT(got.what(), HasSubstr(size == 0 ? "before the server answered" : "the connection ended"))
            << size.load();
        const auto created = test::client_error([&] { client.create(test::to_create()); });
        EXPECT_EQ(created.kind(), ClientErrorKind::closed) << size.load();
        EXPECT_THAT(created.what(), HasSubstr("may have carried the request out")) << size.load();
    }
    EXPECT_EQ(client.get("a").phase(), "Running");
}

}  // namespace
}  // namespace tiphys
