// SPDX-License-Identifier: Apache-2.0
#include <tiphys/client/client.hpp>
#include <tiphys/local/server.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "engine_fixture.hpp"
#include "local/server/peer.hpp"
#include "local/server/session.hpp"

namespace tiphys::local::server {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

/// A plain socket to a server, with a limit on every wait.
class Wire {
public:
    explicit Wire(std::uint16_t port) : socket_(context_) {
        socket_.connect({asio::ip::address_v4::loopback(), port});
        const timeval limit{30, 0};
        setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    void send(std::string_view text) { asio::write(socket_, asio::buffer(text)); }
    std::string until(const std::string& mark) {
        boost::system::error_code error;
        while (received_.find(mark) == std::string::npos && !error) read_some(error);
        const std::size_t end = received_.find(mark);
        std::string made = received_.substr(0, end == std::string::npos ? end : end + mark.size());
        received_.erase(0, made.size());
        return made;
    }
    std::string rest() {
        boost::system::error_code error;
        while (!error) read_some(error);
        return std::exchange(received_, {});
    }
    std::string exchange(std::string_view text) {
        send(text);
        return rest();
    }
    void close() { socket_.close(); }

private:
    void read_some(boost::system::error_code& error) {
        char part[4096];
        const ssize_t n = ::recv(socket_.native_handle(), part, sizeof part, 0);
        if (n <= 0)
            error = asio::error::eof;
        else
            received_.append(part, static_cast<std::size_t>(n));
    }

    asio::io_context context_;
    asio::ip::tcp::socket socket_;
    std::string received_;
};

std::string request(const std::string& method, const std::string& target, const std::string& body = {},
                    const std::string& header = "Connection: close\r\n") {
    return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + header +
           (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body;
}

std::string create_body(const std::string& name, const std::string& source) {
    return R"({"workflow":{"metadata":{"name":")" + name +
           R"("},"spec":{"entrypoint":"main","templates":[{"name":"main","script":{"image":"x","command":["sh"],"source":)" +
           to_json(str(source)) + "}}]}}}";
}

class ServerTest : public testing::Test {
protected:
    ServerOptions options() const { return {.engine = {.directory = folder_.path(), .parallelism = 2}}; }
    ScratchFolder folder_;
};

TEST_F(ServerTest, TellsItsAddress) {
    const Server server(options());
    EXPECT_NE(server.port(), 0);
    EXPECT_EQ(server.url(), "http://127.0.0.1:" + std::to_string(server.port()));
    const ClientOptions client = server.client_options();
    EXPECT_EQ(client.server, "127.0.0.1:" + std::to_string(server.port()));
    EXPECT_FALSE(client.secure);
    EXPECT_NO_THROW(client.validate());
    EXPECT_EQ(server.directory(), folder_.path());
}

TEST_F(ServerTest, ListensOnLoopbackOnly) {
    const auto refusal = [this](const char* address) -> std::string {
        ServerOptions wrong = options();
        wrong.address = address;
        try {
            const Server server(wrong);
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return "none";
    };
    EXPECT_THAT(refusal("0.0.0.0"), HasSubstr("does not listen on 0.0.0.0: it has no authentication"));
    EXPECT_THAT(refusal("192.168.1.1"), HasSubstr("write 127.0.0.1"));
    EXPECT_THAT(refusal("example"), HasSubstr("\"example\" is not an address to listen on"));
    EXPECT_EQ(refusal("localhost"), "none");
}

TEST_F(ServerTest, SaysWhichPortCannotBeHad) {
    const Server first(options());
    ServerOptions second = options();
    second.port = first.port();
    try {
        const Server server(second);
        FAIL() << "two servers on one port";
    } catch (const std::system_error& error) {
        EXPECT_THAT(error.what(),
                    HasSubstr("cannot listen on 127.0.0.1 port " + std::to_string(first.port())));
        EXPECT_EQ(error.code(), std::errc::address_in_use);
    }
}

TEST_F(ServerTest, SpeaksHttpWithKeepAlive) {
    const Server server(options());
    Wire wire(server.port());
    wire.send(request("GET", "/api/v1/version", "", ""));
    const std::string header = wire.until("\r\n\r\n");
    EXPECT_THAT(header, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(header, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_THAT(header, HasSubstr("Grpc-Metadata-Argo-Version: v4.1.2+tiphys\r\n"));
    wire.until("}");
    // Two requests at once on the same connection are answered one after the other.
    wire.send(request("GET", "/api/v1/userinfo", "", "") + request("GET", "/api/v1/nothing"));
    const std::string both = wire.rest();
    EXPECT_THAT(both, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(both, HasSubstr("\r\n\r\n{}HTTP/1.1 501 Not Implemented\r\n"));
    EXPECT_THAT(both, EndsWith(R"({"code":12,"message":"Not Implemented"})"));
}

TEST_F(ServerTest, AnswersHeadWithoutABody) {
    const Server server(options());
    const std::string made = Wire(server.port()).exchange(request("HEAD", "/"));
    EXPECT_THAT(made, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(made, EndsWith("\r\n\r\n"));
}

TEST_F(ServerTest, RefusesWhatIsNoHttp) {
    const Server server(options());
    EXPECT_THAT(Wire(server.port()).exchange("hello there\r\n\r\n"),
                StartsWith("HTTP/1.1 400 Bad Request\r\n"));
}

TEST_F(ServerTest, LimitsBodiesAndHeaders) {
    ServerOptions small = options();
    small.max_body_bytes = 1000;
    small.max_header_bytes = 2000;
    const Server server(small);
    const std::string body =
        Wire(server.port()).exchange(request("POST", "/api/v1/workflows/argo", std::string(1001, ' ')));
    EXPECT_THAT(body, StartsWith("HTTP/1.1 429 "));
    EXPECT_THAT(
        body,
        HasSubstr(R"json({"code":8,"message":"grpc: received message larger than max (1000 bytes)"})json"));
    EXPECT_THAT(Wire(server.port()).exchange(request("GET", "/" + std::string(3000, 'x'))),
                StartsWith("HTTP/1.1 431 "));
    EXPECT_THAT(
        Wire(server.port()).exchange(request("POST", "/api/v1/workflows/argo", std::string(1000, ' '))),
        HasSubstr("workflow body not specified"));
}

TEST_F(ServerTest, AnswersToItsOwnMachineOnly) {
    const Server server(options());
    const auto answer = [&](const std::string& host, const std::string& origin) {
        return Wire(server.port())
            .exchange("GET /api/v1/userinfo HTTP/1.1\r\nHost: " + host + "\r\n" +
                      (origin.empty() ? "" : "Origin: " + origin + "\r\n") + "Connection: close\r\n\r\n");
    };
    for (const char* host : {"localhost", "localhost:1234", "127.0.0.1:80", "[::1]:80"})
        EXPECT_THAT(answer(host, ""), StartsWith("HTTP/1.1 200 ")) << host;
    EXPECT_THAT(answer("localhost", "http://localhost:8080"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(answer("evil.example", ""),
                HasSubstr(R"({"code":7,"message":"this server answers to its own machine)"));
    EXPECT_THAT(answer("127.0.0.1.evil.example", ""), StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(answer("localhost", "https://evil.example"), StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(answer("localhost", "null"), StartsWith("HTTP/1.1 403 "));
}

TEST_F(ServerTest, AnswersToItsOwnUserOnly) {
    const Server server(options());
    if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
    int answer[2];
    ASSERT_EQ(::pipe(answer), 0);
    const pid_t stranger = ::fork();
    if (stranger == 0) {
        // Only calls that are safe after fork in a program with threads.
        if (::setuid(65534) != 0) ::_exit(1);
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(server.port());
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) ::_exit(2);
        static constexpr std::string_view text =
            "GET /api/v1/userinfo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        if (::write(fd, text.data(), text.size()) < 0) ::_exit(3);
        char part[1024];
        for (ssize_t n; (n = ::read(fd, part, sizeof part)) > 0;)
            if (::write(answer[1], part, static_cast<std::size_t>(n)) < 0) ::_exit(4);
        ::_exit(0);
    }
    ::close(answer[1]);
    std::string text;
    char part[1024];
    for (ssize_t n; (n = ::read(answer[0], part, sizeof part)) > 0;)
        text.append(part, static_cast<std::size_t>(n));
    ::close(answer[0]);
    int status = 0;
    ::waitpid(stranger, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_THAT(text, StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(text, EndsWith(R"({"code":7,"message":"this server answers to the user who runs it only"})"));
}

TEST_F(ServerTest, KnowsWhoIsAtTheOtherEnd) {
    asio::io_context context;
    for (const asio::ip::address& address : {asio::ip::address(asio::ip::address_v4::loopback()),
                                             asio::ip::address(asio::ip::address_v6::loopback())}) {
        boost::system::error_code error;
        asio::ip::tcp::acceptor acceptor(context);
        acceptor.open(address.is_v4() ? asio::ip::tcp::v4() : asio::ip::tcp::v6(), error);
        if (!error) acceptor.bind({address, 0}, error);
        if (error) continue;  // a machine without IPv6
        acceptor.listen();
        asio::ip::tcp::socket there(context);
        there.connect(acceptor.local_endpoint());
        const auto here = acceptor.accept();
        EXPECT_EQ(peer_user(here.local_endpoint(), here.remote_endpoint()), ::geteuid()) << address;
        auto wrong = here.remote_endpoint();
        wrong.port(1);
        EXPECT_EQ(peer_user(here.local_endpoint(), wrong), std::nullopt);
    }
}

TEST_F(ServerTest, ForgetsConnectionsThatSayNothing) {
    ServerOptions hasty = options();
    hasty.request_timeout = std::chrono::milliseconds(50);
    hasty.idle_timeout = std::chrono::milliseconds(50);
    const Server server(hasty);
    EXPECT_EQ(Wire(server.port()).rest(), "");
    EXPECT_EQ(Wire(server.port()).exchange("GET / HTT"), "");
}

TEST_F(ServerTest, TakesFurtherConnectionsWhenOthersHaveEnded) {
    ServerOptions few = options();
    few.max_connections = 1;
    const Server server(few);
    Wire first(server.port());
    first.send(request("GET", "/api/v1/userinfo", "", ""));
    first.until("{}");
    Wire second(server.port());
    second.send(request("GET", "/api/v1/userinfo"));
    first.close();
    EXPECT_THAT(second.rest(), EndsWith("{}"));
}

TEST_F(ServerTest, StreamsInBothForms) {
    const Server server(options());
    const std::string created =
        Wire(server.port())
            .exchange(request("POST", "/api/v1/workflows/argo", create_body("a", "echo hello")));
    ASSERT_THAT(created, StartsWith("HTTP/1.1 200 ")) << created;
    Client(server.client_options()).wait("a", {}, {.namespace_ = "argo"});

    const std::string target = "/api/v1/workflows/argo/a/log?logOptions.container=main";
    const std::string lines = Wire(server.port()).exchange(request("GET", target));
    EXPECT_THAT(lines, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_THAT(lines, HasSubstr("Transfer-Encoding: chunked\r\n"));
    EXPECT_THAT(
        lines,
        EndsWith("\r\n\r\n2d\r\n{\"result\":{\"content\":\"hello\",\"podName\":\"a\"}}\n\r\n0\r\n\r\n"));
    const std::string events =
        Wire(server.port()).exchange(request("GET", target, "", "Accept: text/event-stream\r\n"));
    EXPECT_THAT(events, HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(events, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_THAT(events, EndsWith("\r\n\r\n36\r\ndata: {\"result\":{\"content\":\"hello\",\"podName\":\"a\"}} "
                                 "\n\n\n\r\n0\r\n\r\n"));
}

TEST_F(ServerTest, GivesSignsOfLifeToEventStreamsOnly) {
    ServerOptions lively = options();
    lively.keep_alive = std::chrono::milliseconds(20);
    const Server server(lively);
    Wire events(server.port());
    events.send(request("GET", "/api/v1/workflow-events/argo", "", "Accept: text/event-stream\r\n"));
    EXPECT_THAT(events.until("\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
    EXPECT_EQ(events.until("\r\n2\r\n:\n\r\n").substr(0, 7), "2\r\n:\n\r\n");
    // JSON lines: not even the status line comes before the first message; here that is the end of the watch.
    const std::string lines =
        Wire(server.port())
            .exchange(request("GET", "/api/v1/workflow-events/argo?listOptions.timeoutSeconds=1"));
    EXPECT_THAT(lines, StartsWith("HTTP/1.1 429 "));
    EXPECT_THAT(
        lines,
        EndsWith(
            R"({"error":{"grpc_code":8,"http_code":429,"message":"EOF","http_status":"Too Many Requests"}})"));
}

TEST_F(ServerTest, EndsAWatchWithAnErrorAfterItsMessages) {
    const Server server(options());
    Wire(server.port()).exchange(request("POST", "/api/v1/workflows/argo", create_body("a", "true")));
    Client(server.client_options()).wait("a", {}, {.namespace_ = "argo"});
    const std::string made =
        Wire(server.port())
            .exchange(request("GET",
                              "/api/v1/workflow-events/argo?listOptions.timeoutSeconds=1&fields=result.type",
                              "", "Accept: text/event-stream\r\n"));
    EXPECT_THAT(made, StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(made, HasSubstr("data: {\"result\":{\"type\":\"ADDED\"}} \n\n\n"));
    EXPECT_THAT(made, EndsWith("data: {\"error\":{\"grpc_code\":8,\"http_code\":429,\"message\":\"EOF\","
                               "\"http_status\":\"Too Many Requests\"}} \n\n\r\n0\r\n\r\n"));
}

TEST_F(ServerTest, ServesTheClient) {
    const Server server(options());
    Client client(server.client_options());
    EXPECT_EQ(client.version().version, "v4.1.2+tiphys");
    const auto workflow = read_yaml<model::Workflow>(R"(
metadata: {generateName: talk-}
spec:
  entrypoint: main
  templates:
    - name: main
      script:
        image: any
        command: [sh]
        source: |
          echo first
          echo second
          printf 42 > /tmp/answer
      outputs:
        parameters:
          - name: answer
            valueFrom: {path: /tmp/answer}
)");
    std::vector<std::string> phases;
    const auto created = client.create(workflow);
    EXPECT_THAT(std::string(created.name()), StartsWith("talk-"));
    const auto finished = client.wait(created, [&phases](const model::Workflow& now) {
        if (phases.empty() || phases.back() != phase(now)) phases.emplace_back(phase(now));
    });
    ASSERT_TRUE(finished.succeeded()) << finished.message();
    EXPECT_EQ(phases.back(), "Succeeded");
    const auto* root = finished.status().nodes.find(finished.name());
    ASSERT_NE(root, nullptr);
    ASSERT_TRUE(root->outputs);
    EXPECT_EQ(root->outputs->parameters[0].value, "42");

    std::vector<std::string> lines;
    const LogStream logs = client.logs(finished);
    while (const auto line = logs.next()) lines.push_back(line->content.string());
    EXPECT_THAT(lines, ElementsAre("first", "second"));

    EXPECT_EQ(client.list().items.size(), 1u);
    EXPECT_EQ(client.get("@latest").name(), finished.name());
    EXPECT_TRUE(std::filesystem::is_directory(server.log_directory("default", finished.name())));
    client.remove(finished);
    try {
        client.get(finished);
        FAIL() << "it is still there";
    } catch (const ClientError& error) {
        EXPECT_EQ(error.kind(), ClientErrorKind::not_found);
        EXPECT_THAT(error.server_message(), HasSubstr("not found"));
    }
}

TEST_F(ServerTest, ServesManyAtOnce) {
    const Server server(options());
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&server, &good, i] {
            Client client(server.client_options());
            model::Workflow workflow;
            workflow.metadata.name = "w" + std::to_string(i);
            workflow.spec.entrypoint = "main";
            auto& one = workflow.spec.templates.emplace_back();
            one.name = "main";
            one.container.ensure().command = {"true"};
            one.container->image = "any";
            if (client.wait(client.create(workflow)).succeeded()) ++good;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 8);
}

/// Processes of this machine that were started with the argument, in whatever namespace they are.
std::size_t processes_with(const std::string& argument) {
    std::size_t found = 0;
    for (const auto& one : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(one.path() / "cmdline");
        const std::string line((std::istreambuf_iterator<char>(file)), {});
        if (line.find(std::string("\0", 1) + argument) != std::string::npos) ++found;
    }
    return found;
}

TEST_F(ServerTest, EndsProcessesAndStreamsWhenItStops) {
    const std::string seconds = std::to_string(100'000 + std::random_device{}() % 1'000'000);
    Server server(options());
    Wire watcher(server.port());
    watcher.send(request("GET", "/api/v1/workflow-events/argo", "", ""));
    Wire(server.port())
        .exchange(
            request("POST", "/api/v1/workflows/argo",
                    create_body("a", "sleep " + seconds + " & echo up; sleep " + seconds + "; echo never")));
    Wire log(server.port());
    log.send(request("GET", "/api/v1/workflows/argo/a/log?logOptions.follow=true", "", ""));
    log.until("up");
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (processes_with(seconds) == 0)
        ASSERT_LT(std::chrono::steady_clock::now(), limit) << "it does not start";
    server.stop();
    server.stop();
    EXPECT_EQ(processes_with(seconds), 0u);
    EXPECT_THAT(watcher.rest(), HasSubstr("ADDED"));
    EXPECT_THAT(log.rest(), testing::Not(HasSubstr("never")));
    EXPECT_THROW(Wire(server.port()), boost::system::system_error);
}

TEST(LoopbackNames, AreThoseOfThisMachine) {
    for (const char* one : {"localhost", "localhost:1", "127.0.0.1", "127.8.9.1:5", "[::1]", "[::1]:7"})
        EXPECT_TRUE(is_loopback_name(one)) << one;
    for (const char* one :
         {"", "example.org", "localhost.example.org", "127.0.0.1.example.org", "[::2]:7", "10.0.0.1", "::1"})
        EXPECT_FALSE(is_loopback_name(one)) << one;
}

}  // namespace
}  // namespace tiphys::local::server
