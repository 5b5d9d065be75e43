// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nodes.hpp"

namespace tiphys::local::engine {

/// What the pods of a workflow printed: <directory>/<node id>/main.log each, and in memory the order in which
/// the lines arrived, 24 bytes a line.
class LogStore {
public:
    explicit LogStore(std::filesystem::path directory) : directory_(std::move(directory)) {}
    ~LogStore();
    LogStore(const LogStore&) = delete;
    LogStore& operator=(const LogStore&) = delete;

    void append(Node node, std::string_view node_id, std::string_view line);
    /// The pod has ended: its file is closed.
    void close(Node node);
    /// All lines in order of arrival, or those of one node.
    void read(Node only, const std::function<void(Node, std::string_view)>& handler) const;

private:
    struct File {
        std::filesystem::path path;
        int descriptor = -1;
        std::uint64_t size = 0;
    };
    struct Line {
        std::uint64_t offset;
        std::uint32_t length;
        Node node;
    };

    std::filesystem::path directory_;
    std::unordered_map<Node, File> files_;
    std::vector<Line> lines_;
};

}  // namespace tiphys::local::engine
