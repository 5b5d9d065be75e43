// SPDX-License-Identifier: Apache-2.0
// A service: nothing blocks, a coroutine submits and follows the changes. Needs ARGO_SERVER, as 3_diamond does.
#include <iostream>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <tiphys/tiphys.hpp>

namespace asio = boost::asio;
using namespace tiphys;

constexpr auto nightly = [] {
    return Workflow("nightly-")
        .entrypoint("main")
        .container("work", Container("busybox").input("what").command("echo", "{{inputs.parameters.what}}"))
        .dag("main")
            .task("build", "work").with("what", "building")
            .task("test", "work").with("what", "testing").after("build");
};

//[async
asio::awaitable<bool> submit(Client& client) {
    auto created = co_await client.async_create(checked<nightly>());
    auto events = co_await client.async_watch(created);
    while (auto event = co_await events.async_next()) {
        std::cout << event->object.metadata.name << ' ' << phase(event->object) << std::endl;
        if (finished(event->object)) co_return succeeded(event->object);
    }
    co_return false;
}
//]

int main() {
    asio::io_context context;
    Client client(context.get_executor(), ClientOptions::from_environment());
    bool succeeded = false;
    asio::co_spawn(context, submit(client), [&](std::exception_ptr error, bool result) {
        if (error) std::rethrow_exception(error);
        succeeded = result;
    });
    context.run();
    return succeeded ? 0 : 1;
}
