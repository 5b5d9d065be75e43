// SPDX-License-Identifier: Apache-2.0
#include "bench/answer_server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <map>
#include <string_view>
#include <system_error>

namespace tiphys::bench {

namespace {

int must(int result, const char* what) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), what);
    return result;
}

/// Takes one whole request off the front, if there is one.
bool take_request(std::string& received) {
    const auto head = received.find("\r\n\r\n");
    if (head == received.npos) return false;
    std::size_t size = head + 4;
    constexpr std::string_view name = "Content-Length: ";
    const std::string_view fields(received.data(), head);
    if (const auto at = fields.find(name); at != fields.npos) {
        std::size_t body = 0;
        std::from_chars(received.data() + at + name.size(), received.data() + head, body);
        size += body;
    }
    if (received.size() < size) return false;
    received.erase(0, size);
    return true;
}

[[noreturn]] void serve(int listener, const std::string& answer) {
    const int events = must(epoll_create1(0), "epoll_create1");
    const auto watch = [events](int socket) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        must(epoll_ctl(events, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
    };
    watch(listener);
    std::map<int, std::string> received;
    std::array<epoll_event, 128> ready{};
    std::array<char, 16384> chunk{};
    for (;;) {
        const int count = epoll_wait(events, ready.data(), static_cast<int>(ready.size()), -1);
        for (int i = 0; i < count; ++i) {
            const int socket = ready[static_cast<std::size_t>(i)].data.fd;
            if (socket == listener) {
                const int made = accept(listener, nullptr, nullptr);
                if (made < 0) continue;
                const int on = 1;
                setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                watch(made);
                continue;
            }
            const ssize_t size = read(socket, chunk.data(), chunk.size());
            if (size <= 0) {
                received.erase(socket);
                close(socket);
                continue;
            }
            std::string& text = received[socket];
            text.append(chunk.data(), static_cast<std::size_t>(size));
            // The answer fits into the socket's buffer, since each client waits for it.
            while (take_request(text))
                if (write(socket, answer.data(), answer.size()) < 0) break;
        }
    }
}

}  // namespace

AnswerServer::AnswerServer(const std::string& body) {
    const int listener = must(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    must(bind(listener, reinterpret_cast<const sockaddr*>(&here), size), "bind");
    must(listen(listener, 512), "listen");
    must(getsockname(listener, reinterpret_cast<sockaddr*>(&here), &size), "getsockname");
    address_ = "127.0.0.1:" + std::to_string(ntohs(here.sin_port));
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                               std::to_string(body.size()) + "\r\n\r\n" + body;
    child_ = must(fork(), "fork");
    if (child_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        std::signal(SIGPIPE, SIG_IGN);
        serve(listener, answer);
    }
    close(listener);
}

AnswerServer::~AnswerServer() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

}  // namespace tiphys::bench
