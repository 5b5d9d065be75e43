// SPDX-License-Identifier: Apache-2.0
#include <future>

#include "kit.hpp"

namespace tiphys {
namespace {

using test::ScriptedServer;
using test::Talk;
using test::watch_json;
using test::workflow_json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// "TYPE name phase version" of every event until the stream ends.
std::vector<std::string> drained(WatchStream& stream) {
    std::vector<std::string> events;
    while (const auto event = stream.next())
        events.push_back(event->type.string() + " " + event->object.metadata.name.string() + " " +
                         std::string(phase(event->object)) + " " +
                         event->object.metadata.resourceVersion.string());
    return events;
}

constexpr const char* end_of_watch =
    R"({"error":{"grpc_code":8,"http_code":429,"message":"EOF","http_status":"Too Many Requests"}})";

TEST(ClientWatch, AsksForEventsAndEndsWithTheWorkflow) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        talk.sign_of_life();
        talk.event(watch_json("ADDED", workflow_json("a", "Running", "1")));
        talk.event(watch_json("MODIFIED", workflow_json("a", "Succeeded", "2")));
        talk.event(watch_json("MODIFIED", workflow_json("a", "Succeeded", "3")));
        talk.wait_for_close();
    });
    const Client client(test::options_for(server));
    WatchStream stream = client.watch("a");
    EXPECT_THAT(drained(stream), ElementsAre("ADDED a Running 1", "MODIFIED a Succeeded 2"));
    EXPECT_FALSE(stream.next().has_value());
    const auto request = server.requests().at(0);
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.target, "/api/v1/workflow-events/argo?listOptions.fieldSelector=metadata.name%3Da");
    EXPECT_EQ(request.headers.at("accept"), "text/event-stream");
}

TEST(ClientWatch, GoesOnAfterTheLastVersionWhenTheConnectionIsCut) {
    for (const bool orderly : {true, false}) {
        ScriptedServer server([&](Talk& talk) {
            talk.begin_events();
            switch (talk.request().number) {
                case 1:
                    talk.event(watch_json("ADDED", workflow_json("a", "Running", "5")));
                    talk.raw("30\r\ndata: {\"resu");
                    orderly ? talk.close() : talk.reset();
                    break;
                case 2: talk.close(); break;
                case 3:
                    talk.event(watch_json("MODIFIED", workflow_json("a", "Running", "6")));
                    talk.event(end_of_watch);
                    talk.end_events();
                    break;
                case 4:  // an end without a word
                    talk.end_events();
                    break;
                default:
                    talk.event(watch_json("DELETED", workflow_json("a", "Running", "7")));
                    talk.wait_for_close();
            }
        });
        const Client client(test::options_for(server));
        WatchStream stream = client.watch("a");
        std::vector<std::string> events = drained(stream);
        // A reset may overtake what was sent before it.
        if (orderly) {
            EXPECT_THAT(events,
                        ElementsAre("ADDED a Running 5", "MODIFIED a Running 6", "DELETED a Running 7"));
        }
        EXPECT_EQ(events.back(), "DELETED a Running 7");
        const auto requests = server.requests();
        ASSERT_EQ(requests.size(), 5u);
        if (orderly) {
            EXPECT_THAT(requests[1].target, HasSubstr("listOptions.resourceVersion=5"));
        }
        EXPECT_THAT(requests[3].target, HasSubstr("listOptions.resourceVersion=6"));
        EXPECT_THAT(requests[4].target, HasSubstr("listOptions.resourceVersion=6"));
    }
}

TEST(ClientWatch, GivesUpAfterAsManyReconnectionsAsAllowed) {
    ScriptedServer server([](Talk& talk) { talk.close(); });
    ClientOptions options = test::options_for(server);
    options.reconnects = 3;
    const Client client(options);
    WatchStream stream = client.watch("a");
    const auto error = test::client_error([&] { stream.next(); });
    EXPECT_EQ(error.kind(), ClientErrorKind::closed);
    EXPECT_THAT(error.what(), HasSubstr("gave up after 3 reconnections in a row"));
    EXPECT_EQ(server.requests().size(), 4u);
    EXPECT_EQ(test::client_error([&] { stream.next(); }).kind(), ClientErrorKind::closed);
    EXPECT_EQ(server.requests().size(), 4u);
}

TEST(ClientWatch, AForgottenVersionMakesItLook) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target.find("workflow-events") == std::string::npos) {
            talk.json(200, workflow_json("a", "Running", "90"));
        } else if (talk.request().target.find("resourceVersion=5") != std::string::npos) {
            talk.begin_events();
            talk.event(test::version_gone);
            talk.end_events();
        } else {
            EXPECT_THAT(talk.request().target, HasSubstr("resourceVersion=90"));
            talk.begin_events();
            talk.event(watch_json("MODIFIED", workflow_json("a", "Failed", "91")));
            talk.wait_for_close();
        }
    });
    const Client client(test::options_for(server));
    WatchStream stream = client.watch("a", {.resource_version = "5"});
    EXPECT_THAT(drained(stream), ElementsAre("MODIFIED a Running 90", "MODIFIED a Failed 91"));
}

TEST(ClientWatch, AForgottenVersionOfADeletedWorkflowIsTheEnd) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().target.find("workflow-events") == std::string::npos) {
            talk.json(404, R"({"code":5,"message":"not found"})");
        } else {
            talk.begin_events();
            talk.event(test::version_gone);
            talk.end_events();
        }
    });
    const Client client(test::options_for(server));
    WatchStream stream = client.watch("a", {.resource_version = "5"});
    EXPECT_TRUE(drained(stream).empty());
}

TEST(ClientWatch, OfManyGoesOnAfterOneHasFinished) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        if (talk.request().number == 1) {
            talk.event(watch_json("ADDED", workflow_json("a", "Succeeded", "1")));
            talk.event(watch_json("DELETED", workflow_json("b", "Running", "2")));
            talk.end_events();
        } else {
            talk.event(R"({"error":{"grpc_code":7,"http_code":403,"message":"no longer"}})");
            talk.end_events();
        }
    });
    const Client client(test::options_for(server));
    WatchStream stream = client.watch_all({.label_selector = "team=x", .all_namespaces = true});
    EXPECT_EQ(stream.next()->object.metadata.name, "a");
    EXPECT_EQ(stream.next()->object.metadata.name, "b");
    const auto error = test::client_error([&] { stream.next(); });
    EXPECT_EQ(error.kind(), ClientErrorKind::forbidden);
    EXPECT_EQ(error.grpc_code(), 7);
    EXPECT_EQ(error.server_message(), "no longer");
    EXPECT_EQ(test::client_error([&] { stream.next(); }).kind(), ClientErrorKind::forbidden);
    EXPECT_EQ(server.requests().at(0).target, "/api/v1/workflow-events/?listOptions.labelSelector=team%3Dx");
    EXPECT_THAT(server.requests().at(1).target, HasSubstr("resourceVersion=2"));
}

TEST(ClientWatch, RefusalsComeFromTheFirstNext) {
    ScriptedServer server([](Talk& talk) {
        if (talk.request().number == 1)
            talk.json(404, R"({"error":{"grpc_code":5,"http_code":404,"message":"workflow not found"}})");
        else if (talk.request().number == 2)
            talk.json(401, R"({"code":16,"message":"token not valid"})");
        else
            talk.answer(200, "text/html", "<html>" + std::string(100'000, 'x'));
    });
    const Client client(test::options_for(server));
    const auto error = test::client_error([&] { client.watch("a").next(); });
    EXPECT_EQ(error.kind(), ClientErrorKind::not_found);
    EXPECT_EQ(error.server_message(), "workflow not found");
    EXPECT_EQ(test::client_error([&] { client.watch("a").next(); }).kind(), ClientErrorKind::unauthorized);
    const auto page = test::client_error([&] { client.watch("a").next(); });
    EXPECT_EQ(page.kind(), ClientErrorKind::not_json);
    EXPECT_THAT(page.what(), AllOf(HasSubstr("text/event-stream"), HasSubstr("ARGO_BASE_HREF")));
}

TEST(ClientWatch, SilenceIsALostConnection) {
    test::patiently([](std::chrono::milliseconds limit) {
        ScriptedServer server([](Talk& talk) {
            talk.begin_events();
            if (talk.request().number == 3) talk.event(watch_json("DELETED", workflow_json("a", "", "1")));
            talk.wait_for_close();
        });
        ClientOptions options = test::options_for(server);
        options.stream_timeout = limit;
        const Client client(options);
        WatchStream stream = client.watch("a");
        try {
            EXPECT_THAT(drained(stream), ElementsAre("DELETED a  1"));
        } catch (const ClientError& error) {
            // The event came too late, and nothing but silence after it.
            EXPECT_EQ(error.kind(), ClientErrorKind::timeout);
            EXPECT_THAT(error.what(), HasSubstr("stream_timeout"));
            return false;
        }
        EXPECT_EQ(server.requests().size(), 3u);
        return true;
    });
}

TEST(ClientWatch, AServerThatIsNotThereIsAnErrorAtOnce) {
    const test::ClosedPort port;
    EXPECT_EQ(test::client_error([&] { Client(test::options_for(port.address())).watch("a"); }).kind(),
              ClientErrorKind::unreachable);
}

TEST(ClientWatch, AnEventThatIsNotJson) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        talk.event(talk.request().number == 1 ? "{\"result\":" : "{\"what\":1}");
        talk.wait_for_close();
    });
    const Client client(test::options_for(server));
    for (int i = 0; i < 2; ++i) {
        WatchStream stream = client.watch("a");
        EXPECT_EQ(test::client_error([&] { stream.next(); }).kind(), ClientErrorKind::not_json);
    }
}

TEST(ClientWatch, AStreamServesOneNextAtATime) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        talk.wait_for_close();
    });
    WatchStream stream;
    std::promise<std::exception_ptr> first;
    {
        const Client client(test::options_for(server));
        stream = client.watch("a");
        std::promise<std::exception_ptr> second;
        stream.async_next(
            [&](std::exception_ptr error, std::optional<WatchEvent>) { first.set_value(error); });
        stream.async_next(
            [&](std::exception_ptr error, std::optional<WatchEvent>) { second.set_value(error); });
        const auto error = test::client_error([&] { std::rethrow_exception(second.get_future().get()); });
        EXPECT_EQ(error.kind(), ClientErrorKind::invalid_argument);
    }
    // The client is gone: what it had begun is cancelled, and nothing more can begin.
    const auto ended = test::client_error([&] { std::rethrow_exception(first.get_future().get()); });
    EXPECT_EQ(ended.kind(), ClientErrorKind::cancelled);
    EXPECT_EQ(test::client_error([&] { stream.next(); }).kind(), ClientErrorKind::cancelled);
}

TEST(ClientLogs, LinesUntilTheServerEndsThem) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        talk.event(R"({"result":{"content":"one","podName":"p1"}})");
        talk.event(R"({"result":{"podName":"p1"}})");
        talk.event(R"({"result":{"content":"thr\"ee","podName":"p2"}})");
        talk.end_events();
    });
    const Client client(test::options_for(server));
    LogStream logs = client.logs("a", {.pod = "p", .follow = true, .grep = "x.*", .tail_lines = 5});
    std::vector<std::string> lines;
    while (const auto entry = logs.next())
        lines.push_back(entry->podName.string() + ":" + entry->content.string());
    EXPECT_THAT(lines, ElementsAre("p1:one", "p1:", "p2:thr\"ee"));
    EXPECT_EQ(logs.next(), std::nullopt);
    EXPECT_EQ(server.requests().at(0).target,
              "/api/v1/workflows/argo/a/log?podName=p&logOptions.container=main&logOptions.follow=true&"
              "logOptions.tailLines=5&grep=x.%2A");
}

TEST(ClientLogs, ALostConnectionIsAnError) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        talk.event(R"({"result":{"content":"one"}})");
        talk.close();
    });
    LogStream logs;
    const Client client(test::options_for(server));
    logs = client.logs("a");
    EXPECT_EQ(logs.next()->content, "one");
    EXPECT_EQ(test::client_error([&] { logs.next(); }).kind(), ClientErrorKind::closed);
    EXPECT_EQ(test::client_error([&] { logs.next(); }).kind(), ClientErrorKind::closed);
}

TEST(ClientLogs, AnErrorInTheMiddle) {
    ScriptedServer server([](Talk& talk) {
        talk.begin_events();
        talk.event(R"({"result":{"content":"one"}})");
        talk.event(R"({"error":{"grpc_code":13,"http_code":500,"message":"pod gone"}})");
        talk.end_events();
    });
    const Client client(test::options_for(server));
    LogStream logs = client.logs("a");
    EXPECT_EQ(logs.next()->content, "one");
    const auto error = test::client_error([&] { logs.next(); });
    EXPECT_EQ(error.kind(), ClientErrorKind::server);
    EXPECT_EQ(error.status(), 500);
    EXPECT_EQ(error.server_message(), "pod gone");
}

}  // namespace
}  // namespace tiphys
