// SPDX-License-Identifier: Apache-2.0
#include <tiphys/local/server.hpp>
#include <tiphys/model/operations.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <ostream>
#include <stdexcept>
#include <system_error>

#include "commands.hpp"
#include "manifest.hpp"

#ifndef TIPHYS_VERSION
#error "the build sets TIPHYS_VERSION"
#endif

namespace tiphys::cli {

int serve(const ServeCommand& options, std::ostream& out, std::ostream& error) {
    // Before anything runs: a signal that comes early must not leave processes behind.
    boost::asio::io_context context{1};
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([](boost::system::error_code, int) {});

    local::ServerOptions server_options;
    server_options.port = options.port;
    server_options.engine.directory = options.directory;
    server_options.engine.parallelism = options.parallelism;
    local::Server server(server_options);
    out << "tiphys: serving " << server.url() << " (Ctrl-C ends it)\n"
        << "export ARGO_SERVER=" << server.client_options().server
        << " ARGO_SECURE=false ARGO_HTTP1=true ARGO_TOKEN= ARGO_NAMESPACE=default\n"
        << "tiphys: logs and outputs are kept below " << server.directory().string() << "\n"
        << std::flush;
    context.run();
    error << "tiphys: ending\n" << std::flush;
    server.stop();
    return exit_succeeded;
}

int version(std::ostream& out) {
    out << "tiphys " << TIPHYS_VERSION << " (API of Argo Workflows " << model::argo_release << ")\n";
    return exit_succeeded;
}

}  // namespace tiphys::cli
