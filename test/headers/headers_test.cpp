// SPDX-License-Identifier: Apache-2.0
// Promises about the source as it stands: which layer includes what, and that every public header stands
// alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "compile_fail/compiler.hpp"

namespace tiphys::test {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> layers = {"core",  "model",  "text",  "expression", "check",
                                         "build", "client", "local", "cli",        "task"};

struct File {
    std::string path;   // from the project's root on
    std::string layer;  // of include/tiphys/<layer> or lib/<layer>; empty elsewhere
    std::vector<std::string> lines;
    bool is_public() const { return path.starts_with("include/"); }
    bool is_header() const { return path.ends_with(".hpp"); }
};

File read(const fs::path& root, const fs::path& path) {
    File file;
    file.path = fs::relative(path, root).string();
    for (const std::string folder : {"include/tiphys/", "lib/"})
        if (file.path.starts_with(folder)) {
            const auto name =
                file.path.substr(folder.size(), file.path.find('/', folder.size()) - folder.size());
            if (std::find(layers.begin(), layers.end(), name) != layers.end()) file.layer = name;
        }
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) file.lines.push_back(line);
    return file;
}

std::vector<File> files_of(const fs::path& root) {
    std::vector<File> files;
    for (const char* folder : {"include", "lib", "generator", "samples", "test"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp")
                files.push_back(read(root, entry.path()));
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
    return files;
}

const std::vector<File>& project() {
    static const std::vector<File> files = files_of(TIPHYS_SOURCE_DIR);
    return files;
}

// What stands between the brackets or quotes of an #include, or nothing.
std::string_view included(std::string_view line) {
    if (!line.starts_with("#include ")) return {};
    line.remove_prefix(9);
    return line.size() < 3 ? std::string_view() : line.substr(1, line.find_first_of(">\"", 1) - 1);
}

std::ptrdiff_t rank(std::string_view layer) {
    return std::find(layers.begin(), layers.end(), layer) - layers.begin();
}

bool uses_network(std::string_view header) {
    return header.starts_with("boost/asio") || header.starts_with("boost/beast") ||
           header.starts_with("openssl/");
}

// Headers that take seconds to read: a client header leaves them to lib/.
bool is_heavy(std::string_view header) {
    return header == "boost/asio.hpp" || header.starts_with("boost/asio/ssl") ||
           header.starts_with("boost/beast") || header.starts_with("openssl/");
}

std::vector<std::string> layer_faults(const std::vector<File>& files) {
    std::vector<std::string> faults;
    for (const File& file : files) {
        if (file.layer.empty()) continue;
        for (const std::string& line : file.lines) {
            const std::string_view header = included(line);
            const auto report = [&](const char* why) {
                faults.push_back(file.path + " includes " + std::string(header) + ": " + why);
            };
            if (header.starts_with("tiphys/")) {
                const std::string_view other = header.substr(7, header.find('/', 7) - 7);
                // <tiphys/tiphys.hpp> belongs to no layer, hence above all of them.
                if (rank(other) > rank(file.layer)) report("a higher layer");
            }
            if (rank(file.layer) < rank("client") && uses_network(header))
                report("the network is the client's");
            if (file.layer == "client" && file.is_public() && is_heavy(header))
                report("too heavy for a header");
        }
    }
    return faults;
}

std::vector<std::string> form_faults(const std::vector<File>& files) {
    std::vector<std::string> faults;
    for (const File& file : files) {
        if (file.lines.empty() || file.lines[0] != "// SPDX-License-Identifier: Apache-2.0")
            faults.push_back(file.path + ": the first line is not the licence");
        if (file.is_header() &&
            std::find(file.lines.begin(), file.lines.end(), "#pragma once") == file.lines.end())
            faults.push_back(file.path + ": no #pragma once");
    }
    return faults;
}

std::string joined(const std::vector<std::string>& faults) {
    std::string text;
    for (const std::string& fault : faults) text += "\n    " + fault;
    return text;
}

TEST(Layers, IncludeOnlyLowerOnes) { EXPECT_EQ(joined(layer_faults(project())), ""); }

TEST(Files, BeginWithTheLicence) { EXPECT_EQ(joined(form_faults(project())), ""); }

TEST(Layers, AFaultIsNoticed) {
    const auto faults = [](const std::string& path, const std::string& layer, const std::string& header) {
        return layer_faults({File{path, layer, {"#include <" + header + ">"}}}).size();
    };
    EXPECT_EQ(faults("include/tiphys/core/a.hpp", "core", "tiphys/text/text.hpp"), 1u);
    EXPECT_EQ(faults("include/tiphys/core/a.hpp", "core", "tiphys/tiphys.hpp"), 1u);
    EXPECT_EQ(faults("include/tiphys/build/a.hpp", "build", "tiphys/core/str.hpp"), 0u);
    EXPECT_EQ(faults("lib/build/a.cpp", "build", "boost/asio/awaitable.hpp"), 1u);
    EXPECT_EQ(faults("include/tiphys/client/a.hpp", "client", "boost/beast/http.hpp"), 1u);
    EXPECT_EQ(faults("include/tiphys/client/a.hpp", "client", "boost/asio/awaitable.hpp"), 0u);
    EXPECT_EQ(faults("lib/client/a.cpp", "client", "boost/beast/http.hpp"), 0u);
    EXPECT_EQ(form_faults({File{"a.hpp", "", {"int a;"}}}).size(), 2u);
}

TEST(Layers, AreFound) {
    for (const std::string layer :
         {"core", "model", "text", "check", "build", "client", "local", "cli", "task"})
        EXPECT_TRUE(std::any_of(project().begin(), project().end(), [&](const File& file) {
            return file.layer == layer && file.is_public();
        })) << layer;
}

class Header : public testing::TestWithParam<std::string> {};

TEST_P(Header, StandsAlone) {
    const Compiler compiler = compilers()[0];
    if (compiler.path.empty()) GTEST_SKIP() << "no g++";
    for (const File& file : project()) {
        if (!file.is_public() || file.layer != GetParam()) continue;
        const Output output =
            run(compiler.command("-", {"-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-x",
                                       "c++", "-include", file.path.substr(8)}));
        EXPECT_EQ(output.status, 0) << file.path << "\n" << output.text();
        EXPECT_EQ(output.text(), "") << file.path;
    }
}

INSTANTIATE_TEST_SUITE_P(, Header, testing::ValuesIn(layers), [](const auto& one) { return one.param; });

}  // namespace
}  // namespace tiphys::test
