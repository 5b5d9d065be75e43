// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/engine.hpp>
#include <tiphys/model/model.hpp>
#include <tiphys/text/text.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <variant>

#include "local/server/service.hpp"
#include "local/server/wire.hpp"

namespace tiphys::local::server {

/// A folder that is there as long as the object is.
class ScratchFolder {
public:
    ScratchFolder()
        : path_(std::filesystem::temp_directory_path() /
                ("tiphys-" + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directories(path_);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// An engine and a service on a loop that the test turns by hand: nothing happens but in `run_until`.
class EngineTest : public testing::Test {
protected:
    /// Turns the loop until the condition holds; fails after ten seconds of waiting for it.
    template <class Condition>
    void run_until(Condition holds) {
        boost::asio::steady_timer limit(context_, std::chrono::seconds(30));
        // The handler may run after this function is done.
        const auto late = std::make_shared<bool>(false);
        limit.async_wait([late](boost::system::error_code stopped) { *late = !stopped; });
        while (!holds()) {
            context_.restart();
            context_.run_one();
            ASSERT_FALSE(*late) << "what the test waits for did not happen in 30 s";
        }
    }

    /// What the service says to a call that is not a stream.
    Response call(const std::string& method, const std::string& target, const std::string& body = {}) {
        Answer answer = service_.answer({method, target, "", body});
        auto* response = std::get_if<Response>(&answer);
        if (response == nullptr) return {.status = -1, .body = "a stream"};
        return *response;
    }
    std::unique_ptr<Feed> stream(const std::string& target) {
        Answer answer = service_.answer({"GET", target, "", ""});
        auto* made = std::get_if<Stream>(&answer);
        if (made != nullptr) return std::move(made->feed);
        ADD_FAILURE() << target << ": " << std::get<Response>(answer).body;
        return nullptr;
    }
    static boost::json::object parsed(const Response& response) {
        return boost::json::parse(response.body).as_object();
    }

    /// The body of a create call for a workflow of one script.
    static std::string script(const std::string& name, const std::string& source) {
        return R"({"workflow":{"metadata":{"name":")" + name +
               R"("},"spec":{"entrypoint":"main","templates":[{"name":"main","script":{"image":"x","command":["sh"],"source":)" +
               to_json(str(source)) + "}}]}}}";
    }
    /// … and for one that waits until it is resumed.
    static std::string suspended(const std::string& name) {
        return R"({"workflow":{"metadata":{"name":")" + name +
               R"("},"spec":{"entrypoint":"main","templates":[{"name":"main","suspend":{}}]}}})";
    }
    void create(const std::string& body) {
        const Response made = call("POST", "/api/v1/workflows/argo", body);
        ASSERT_EQ(made.status, 200) << made.body;
    }
    bool complete(const char* name) {
        const model::Workflow* workflow = engine_.get("argo", name);
        return workflow != nullptr && is_complete(*workflow);
    }
    std::string phase(const char* name) {
        const model::Workflow* workflow = engine_.get("argo", name);
        return workflow == nullptr || !workflow->status ? "" : workflow->status->phase.string();
    }

    ScratchFolder folder_;
    boost::asio::io_context context_{1};
    Engine engine_{context_.get_executor(), EngineOptions{.directory = folder_.path(), .parallelism = 2}};
    Service service_{engine_};
};

}  // namespace tiphys::local::server
