// SPDX-License-Identifier: Apache-2.0
#include "client/response.hpp"

#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

using testing::HasSubstr;

const Request get{"GET", "/api/v1/workflows/argo/a", {}, nullptr};
constexpr std::string_view base = "http://localhost:2746";

ClientError refused(int status, std::string body, std::string type = "application/json") {
    return refusal(get, base, {.status = status, .content_type = std::move(type), .body = std::move(body)});
}

TEST(Refusal, ReadsBothShapesOfErrors) {
    const ClientError unary =
        refused(404, R"({"code":5,"message":"m","details":[{"type_url":"t","value":""}]})");
    EXPECT_EQ(unary.grpc_code(), 5);
    EXPECT_EQ(unary.server_message(), "m");
    const ClientError stream = refused(404, R"({"error":{"grpc_code":5,"http_code":404,"message":"m"}})");
    EXPECT_EQ(stream.grpc_code(), 5);
    EXPECT_EQ(stream.server_message(), "m");
}

TEST(Refusal, SurvivesBodiesThatAreNoErrors) {
    for (const char* body : {"", "null", "[]", "\"x\"", "{}", R"({"message":7})",
                             R"({"code":"5","message":null})", "<html>", "{\"code\":5"}) {
        const ClientError error = refused(500, body);
        EXPECT_EQ(error.kind(), ClientErrorKind::server) << body;
        EXPECT_EQ(error.server_message(), body);
        EXPECT_EQ(error.grpc_code(), -1) << body;
    }
    // From webhook and artifact endpoints.
    EXPECT_EQ(refused(403, R"({"message": "failed to process webhook request"})").server_message(),
              "failed to process webhook request");
}

TEST(Refusal, EveryStatusHasAKind) {
    EXPECT_EQ(refused(302, "").kind(), ClientErrorKind::redirected);
    EXPECT_EQ(refused(400, "").kind(), ClientErrorKind::invalid_request);
    EXPECT_EQ(refused(408, "").kind(), ClientErrorKind::invalid_request);
    EXPECT_EQ(refused(413, "").kind(), ClientErrorKind::invalid_request);
    EXPECT_EQ(refused(422, "").kind(), ClientErrorKind::invalid_request);
    EXPECT_EQ(refused(504, "").kind(), ClientErrorKind::server);
    EXPECT_EQ(refused(599, "").kind(), ClientErrorKind::server);
}

TEST(Refusal, PlainHttpToATlsServer) {
    const ClientError error = refused(400, "Client sent an HTTP request to an HTTPS server.\n", "");
    EXPECT_THAT(error.what(), HasSubstr("ARGO_SECURE"));
}

TEST(ContentType, IsComparedAsTheStandardSays) {
    for (const char* type : {"application/json", "Application/JSON; charset=utf-8",
                             "application/problem+json", "application/json ;x"})
        EXPECT_TRUE(is_json_type(type)) << type;
    for (const char* type : {"", "text/html", "application/jsonx", "text/json"})
        EXPECT_FALSE(is_json_type(type)) << type;
    EXPECT_TRUE(is_event_stream("text/event-stream;charset=utf-8"));
    EXPECT_FALSE(is_event_stream("application/json"));
}

TEST(RequireJson, NamesWhatCameInstead) {
    const Response nothing{.status = 200};
    EXPECT_THAT(test::client_error([&] { require_json(get, base, nothing); }).what(),
                HasSubstr("of no stated type"));
    const Response text{.status = 200, .content_type = "text/plain", .body = "hello"};
    const ClientError error = test::client_error([&] { require_json(get, base, text); });
    EXPECT_EQ(error.kind(), ClientErrorKind::not_json);
    EXPECT_THAT(error.what(),
                HasSubstr("GET http://localhost:2746/api/v1/workflows/argo/a: the answer is text/plain"));
    EXPECT_NO_THROW(require_json(get, base, {.status = 201, .content_type = "application/json"}));
}

TEST(OpenEvent, ResultsErrorsAndTheEndOfAWatch) {
    EXPECT_EQ(open_event(get, base, R"({"result":{"a":1}})").result, R"({"a":1})");
    const StreamItem end = open_event(
        get, base,
        R"({"error":{"grpc_code":8,"http_code":429,"message":"EOF","http_status":"Too Many Requests"}})");
    EXPECT_TRUE(end.watch_expired);
    EXPECT_FALSE(end.version_gone);
    const StreamItem busy =
        open_event(get, base, R"({"error":{"grpc_code":8,"http_code":429,"message":"limit"}})");
    EXPECT_FALSE(busy.watch_expired);
    EXPECT_EQ(busy.error->kind(), ClientErrorKind::too_many_requests);
    for (const char* message : {"too old resource version: 5 (80)", "Expired: The resourceVersion is too old",
                                "The resourceVersion for the provided watch is too old."}) {
        const StreamItem gone = open_event(
            get, base,
            std::string(R"({"error":{"grpc_code":3,"http_code":400,"message":")") + message + "\"}}");
        EXPECT_TRUE(gone.version_gone) << message;
    }
    EXPECT_EQ(open_event(get, base, R"({"error":{}})").error->status(), 500);
    EXPECT_EQ(test::client_error([] { open_event(get, base, "{}"); }).kind(), ClientErrorKind::not_json);
}

}  // namespace
}  // namespace tiphys::client_detail
