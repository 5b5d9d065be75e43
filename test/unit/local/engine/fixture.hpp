// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/local/engine.hpp>

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::local::test {

/// Runs workflows on an engine of its own, in a folder of its own.
class EngineTest : public ::testing::Test {
protected:
    EngineTest();
    ~EngineTest() override;

    /// Starts a workflow; `yaml` may be a whole manifest, or only its spec.
    const model::Workflow& start(std::string_view yaml, std::string_view name = "wf");
    /// Runs the engine until the workflow has completed, or for as long as `until` is false.
    const model::Workflow& finish(std::string_view name = "wf");
    void run_until(const std::function<bool()>& until);
    /// Both.
    const model::Workflow& run(std::string_view yaml) {
        start(yaml);
        return finish();
    }
    /// The text of the refusal; empty when the workflow was taken.
    std::string refusal(std::string_view yaml);

    const model::Workflow& workflow(std::string_view name = "wf") { return *engine_->get("default", name); }
    /// The node with this name after that of the workflow: "[0].a"; "" is the workflow's own.
    const model::NodeStatus* node(std::string_view name);
    std::string output(std::string_view node_name, std::string_view parameter);
    std::string result(std::string_view node_name);
    std::string log(std::string_view node_name);

    EngineOptions options_;
    boost::asio::io_context context_;
    std::unique_ptr<Engine> engine_;
    std::vector<std::string> changes_;
    std::map<std::string, std::string> logs_;
};

/// The phase of a workflow and its nodes, sorted by name, one a line:
/// `[0].a Pod print Failed "main: Error (exit code 1)" -> [1]`. The workflow's own name is left out.
std::string tree(const model::Workflow& workflow);

/// A temporary folder.
std::filesystem::path make_folder();

}  // namespace tiphys::local::test
