// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/conversion.hpp>
#include <tiphys/build/workflow.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <future>
#include <optional>
#include <thread>

#include "kit.hpp"

namespace tiphys {
namespace {

namespace asio = boost::asio;
using test::ScriptedServer;
using test::Talk;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

void workflow_or_refusal(Talk& talk) {
    if (talk.request().target.find("missing") != std::string::npos)
        talk.json(404, R"({"code":5,"message":"not found"})");
    else
        talk.json(200, test::workflow_json("a", "Running"));
}

TEST(ClientTokens, Future) {
    ScriptedServer server(workflow_or_refusal);
    const Client client(test::options_for(server));
    EXPECT_EQ(client.async_get("a", asio::use_future).get().name(), "a");
    client.async_remove("a", asio::use_future).get();
    EXPECT_THROW(client.async_get("missing", asio::use_future).get(), ClientError);
    EXPECT_THROW(client.async_remove("missing", asio::use_future).get(), ClientError);
}

TEST(ClientTokens, CallbackOnTheClientsExecutorAndAfterTheCallReturns) {
    ScriptedServer server(workflow_or_refusal);
    asio::io_context context;
    const Client client(context.get_executor(), test::options_for(server));
    bool called = false;
    client.async_get("a", [&](std::exception_ptr error, SubmittedWorkflow workflow) {
        EXPECT_EQ(error, nullptr);
        EXPECT_EQ(workflow.name(), "a");
        called = true;
    });
    bool refused = false;
    client.async_get("", [&](std::exception_ptr error, SubmittedWorkflow) { refused = error != nullptr; });
    EXPECT_FALSE(called);
    EXPECT_FALSE(refused);
    context.run();
    EXPECT_TRUE(called);
    EXPECT_TRUE(refused);
}

TEST(ClientTokens, HandlersRunOnTheirOwnExecutor) {
    ScriptedServer server(workflow_or_refusal);
    const Client client(test::options_for(server));
    asio::io_context mine;
    std::optional<std::thread::id> ran;
    client.async_get("a",
                     asio::bind_executor(mine.get_executor(), [&](std::exception_ptr, SubmittedWorkflow) {
                         ran = std::this_thread::get_id();
                     }));
    mine.run();  // the operation keeps it busy until the handler was called
    EXPECT_EQ(ran, std::this_thread::get_id());
}

TEST(ClientTokens, CoroutinesAwaitAndCatchTheRichError) {
    ScriptedServer server(workflow_or_refusal);
    asio::io_context context;
    const Client client(context.get_executor(), test::options_for(server));
    std::string trace;
    asio::co_spawn(
        context,
        [&]() -> asio::awaitable<void> {
            const SubmittedWorkflow created = co_await client.async_create(test::to_create());
            trace += std::string(created.name()) + ";";
            const SubmittedWorkflow got = co_await client.async_get(created, asio::use_awaitable);
            trace += std::string(got.phase()) + ";";
            co_await client.async_remove("a");
            try {
                co_await client.async_get("missing");
            } catch (const ClientError& error) {
                trace += to_string(error.kind());
            }
        },
        [](std::exception_ptr error) { EXPECT_EQ(error, nullptr); });
    context.run();
    EXPECT_EQ(trace, "a;Running;not found");
}

TEST(ClientTokens, ADeferredOperationStartsLaterAndOwnsItsArguments) {
    ScriptedServer server(workflow_or_refusal);
    const Client client(test::options_for(server));
    auto operation = [&] {
        model::Workflow temporary = test::to_create();
        return client.async_create(temporary, asio::deferred);
    }();
    auto default_token = client.async_get(std::string("a"));
    EXPECT_TRUE(server.requests().empty());
    EXPECT_EQ(std::move(operation)(asio::use_future).get().name(), "a");
    EXPECT_EQ(std::move(default_token)(asio::use_future).get().name(), "a");
    EXPECT_THAT(server.requests().at(0).body, HasSubstr("hello-"));
}

/// What a builder looks like from here.
struct Builder {
    model::Workflow model() const { return test::to_create(); }
};

TEST(ClientTokens, BuildersAndModelsCanBeCreated) {
    ScriptedServer server(workflow_or_refusal);
    const Client client(test::options_for(server));
    EXPECT_EQ(client.create(Builder()).name(), "a");
    EXPECT_EQ(client.async_create(Builder(), asio::use_future).get().name(), "a");
    EXPECT_EQ(client.create(client.get("a")).name(), "a");
    static_assert(!WorkflowSource<std::string>);
}

// As `argo submit --from`: a workflow that refers to the stored template, by either form of the operation.
TEST(ClientTokens, ConvertedTemplatesCanBeCreated) {
    ScriptedServer server(workflow_or_refusal);
    const Client client(test::options_for(server));
    const WorkflowTemplate stored("tools");
    const Workflow copy = copy_as_workflow(stored, "copy-");
    EXPECT_EQ(client.create(as_workflow(stored)).name(), "a");
    EXPECT_EQ(client.async_create(as_workflow(stored, "later-"), asio::use_future).get().name(), "a");
    EXPECT_EQ(client.create(copy).name(), "a");
    const auto sent = [&](std::size_t i) { return server.requests().at(i).body; };
    EXPECT_THAT(sent(0), HasSubstr(R"("generateName":"tools-")"));
    EXPECT_THAT(sent(0), HasSubstr(R"("workflowTemplateRef":{"name":"tools"})"));
    EXPECT_THAT(sent(1), HasSubstr(R"("generateName":"later-")"));
    EXPECT_THAT(sent(1), HasSubstr(R"("workflowTemplateRef":{"name":"tools"})"));
    EXPECT_THAT(sent(2), HasSubstr(R"("generateName":"copy-")"));
}

// Hera's workflow takes the name from the answer, and sends it the next time beside the generateName.
TEST(ClientTokens, WhatWasCreatedStaysAsItWas) {
    ScriptedServer server([](Talk& talk) {
        talk.json(200,
                  R"({"metadata":{"name":"hello-x7","generateName":"hello-","namespace":"argo"},"spec":{}})");
    });
    const Client client(test::options_for(server));
    const Workflow workflow =
        Workflow("hello-").entrypoint("main").container("main", Container("busybox").command("true"));
    const SubmittedWorkflow created = client.create(workflow);
    EXPECT_EQ(created.name(), "hello-x7");
    EXPECT_EQ(client.create(workflow).name(), "hello-x7");
    EXPECT_FALSE(workflow.model().metadata.name.has_value());
    EXPECT_THAT(server.requests().at(0).body,
                AllOf(HasSubstr(R"("metadata":{"generateName":"hello-"})"), Not(HasSubstr("hello-x7"))));
    EXPECT_EQ(server.requests().at(1).body, server.requests().at(0).body);
    // The answer is the workflow that is there; who creates that names it.
    client.create(created);
    EXPECT_THAT(server.requests().at(2).body, HasSubstr(R"("name":"hello-x7")"));
}

TEST(ClientBlocking, OnTheClientsOwnThreadIsAnError) {
    ScriptedServer server(workflow_or_refusal);
    const Client client(test::options_for(server));
    std::promise<std::string> message;
    client.async_get("a", [&](std::exception_ptr, SubmittedWorkflow) {
        message.set_value(test::client_error([&] { client.get("a"); }).what());
    });
    EXPECT_THAT(message.get_future().get(), HasSubstr("call `async_get` there"));
}

/// Makes every kind of blocking call on the executor; all must fail, none may hang.
void expect_refusals(const Client& client) {
    const auto kind = [](auto act) { return test::client_error(act).kind(); };
    EXPECT_EQ(kind([&] { client.create(test::to_create()); }), ClientErrorKind::would_deadlock);
    EXPECT_EQ(kind([&] { client.list(); }), ClientErrorKind::would_deadlock);
    EXPECT_EQ(kind([&] { client.remove("a"); }), ClientErrorKind::would_deadlock);
    EXPECT_EQ(kind([&] { client.wait("a"); }), ClientErrorKind::would_deadlock);
    EXPECT_EQ(kind([&] { client.wait("a", [](const model::Workflow&) {}); }),
              ClientErrorKind::would_deadlock);
    EXPECT_EQ(kind([&] { client.watch("a"); }), ClientErrorKind::would_deadlock);
    EXPECT_EQ(kind([&] { client.logs("a"); }), ClientErrorKind::would_deadlock);
}

TEST(ClientBlocking, OnTheCallersExecutorIsAnError) {
    asio::io_context context;
    asio::thread_pool pool(1);
    const ClientOptions options = test::options_for("127.0.0.1:1");
    const Client on_context(context.get_executor(), options);
    const Client on_strand(asio::make_strand(context), options);
    const Client on_erased(asio::make_strand(asio::any_io_executor(context.get_executor())), options);
    const Client on_pool(pool.get_executor(), options);
    const Client on_pool_strand(asio::make_strand(pool), options);
    int done = 0;
    asio::post(context, [&] {
        expect_refusals(on_context);
        expect_refusals(on_strand);
        expect_refusals(on_erased);
        ++done;
    });
    context.run();
    asio::post(pool, [&] {
        expect_refusals(on_pool);
        expect_refusals(on_pool_strand);
        ++done;
    });
    pool.join();
    EXPECT_EQ(done, 2);
}

TEST(ClientBlocking, FromAnotherThreadThanTheExecutors) {
    ScriptedServer server(workflow_or_refusal);
    asio::thread_pool pool(2);
    {
        const Client client(pool.get_executor(), test::options_for(server));
        EXPECT_EQ(client.get("a").name(), "a");
        EXPECT_EQ(test::client_error([&] { client.get("missing"); }).kind(), ClientErrorKind::not_found);
    }
    pool.join();
}

TEST(ClientThreads, ManyThreadsOnOnePoolOfThreads) {
    ScriptedServer server(workflow_or_refusal);
    asio::thread_pool pool(4);
    {
        const Client client(pool.get_executor(), test::options_for(server));
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 16; ++j) EXPECT_EQ(client.get("a").name(), "a");
            });
        std::vector<std::future<SubmittedWorkflow>> results;
        for (int i = 0; i < 32; ++i) results.push_back(client.async_get("a", asio::use_future));
        for (auto& result : results) EXPECT_EQ(result.get().name(), "a");
        for (auto& thread : threads) thread.join();
    }
    pool.join();
}

TEST(ClientThreads, TheLastCopyMayGoOnItsOwnThread) {
    ScriptedServer server(workflow_or_refusal);
    std::promise<void> done;
    {
        const Client client(test::options_for(server));
        client.async_get("a", [copy = std::make_unique<Client>(client), &done](std::exception_ptr,
                                                                               SubmittedWorkflow) mutable {
            copy.reset();
            done.set_value();
        });
    }
    done.get_future().get();
}

TEST(ClientThreads, AContextThatIsDestroyedFirstFreesItsOperations) {
    ScriptedServer server([](Talk& talk) { talk.wait_for_close(); });
    auto context = std::make_unique<asio::io_context>();
    {
        const Client client(context->get_executor(), test::options_for(server));
        client.async_get("a", [](std::exception_ptr, SubmittedWorkflow) { ADD_FAILURE() << "was called"; });
        while (server.requests().empty()) context->run_for(std::chrono::milliseconds(1));
    }
    context.reset();
}

}  // namespace
}  // namespace tiphys
