// SPDX-License-Identifier: Apache-2.0
// hold: starts a process, prints its id and its child's and waits for ever.
// private: runs a process with private files as whoever it is, prints what came of it.
#include <tiphys/local/process/process.hpp>
#include <tiphys/local/process/sandbox.hpp>

#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>

using namespace tiphys::local;

namespace {

int hold() {
    boost::asio::io_context context;
    ProcessSpec spec;
    spec.argv = {"sh", "-c", "sleep 1000 & echo $$; echo $!; wait"};
    spec.on_line = [](Stream, std::string_view line) { std::cout << line << std::endl; };
    Process process = Process::start(context.get_executor(), spec);
    process.async_wait([](const ExitStatus&) {});
    context.run();
    return 1;
}

int own_files() {
    if (const Sandbox& sandbox = Sandbox::probe(); !sandbox) {
        std::cout << "skip: " << sandbox.reason << std::endl;
        return 0;
    }
    std::string root = "/tmp/tiphys-helper-XXXXXX";
    if (::mkdtemp(root.data()) == nullptr) return 1;
    ProcessSpec spec;
    spec.argv = {"sh", "-c", "ls /tmp; id -u > /tmp/id; echo deep > /tiphys-new/deeper/file"};
    spec.isolation = Isolation::private_files;
    spec.private_root = root;
    spec.private_directories = {"/tmp", "/tiphys-new/deeper"};
    spec.on_line = [](Stream, std::string_view line) { std::cout << "line: " << line << std::endl; };
    boost::asio::io_context context;
    Process process = Process::start(context.get_executor(), spec);
    process.async_wait([&](const ExitStatus& status) {
        std::string error;
        std::cout << status.code << status.error << ' '
                  << read_file(spec, "/tmp/id", 100, error).value_or(error)
                  << read_file(spec, "/tiphys-new/deeper/file", 100, error).value_or(error) << std::flush;
    });
    context.run();
    std::filesystem::remove_all(root);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view mode = count > 1 ? arguments[1] : "";
    if (mode == "hold") return hold();
    if (mode == "private") return own_files();
    return 2;
}
