// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/use_future.hpp>

#include <csignal>
#include <future>
#include <sstream>
#include <thread>

#include "identity_kit.hpp"
#include "support/temporary_folder.hpp"

/// Tokens from files and programs.
namespace tiphys {
namespace {

namespace asio = boost::asio;
using test::headers_of;
using test::options_with;
using test::ScriptedServer;
using test::takes;
using test::Talk;
using test::TemporaryFolder;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(ClientTokenSource, AFileIsReadAgainWhenItChanges) {
    const TemporaryFolder folder;
    const std::string path = folder.write("token", "first\n");
    ScriptedServer server([](Talk& talk) { talk.json(200, test::workflow_json("a", "Running")); });
    const Client client(options_with(server, tokens_from_file(path)));
    client.get("a");
    client.get("a");
    // As Kubernetes does it: another file takes the place of the old one.
    std::filesystem::rename(folder.write("new", "second\n"), path);
    client.get("a");
    EXPECT_THAT(headers_of(server), ElementsAre("Bearer first", "Bearer first", "Bearer second"));
    const auto missing = [&](const std::string& file) {
        const Client other(options_with(server, tokens_from_file(file)));
        return std::string(test::client_error([&] { other.get("a"); }).what());
    };
    EXPECT_THAT(missing(folder.path("absent")),
                AllOf(HasSubstr("no token from the file"), HasSubstr("absent"), HasSubstr("cannot be read")));
    EXPECT_THAT(missing(folder.write("empty", "\n")), HasSubstr("it is empty"));
}

TEST(ClientTokenSource, AProgramPrintsTheToken) {
    const TemporaryFolder folder;
    const std::string program = folder.script("auth", R"sh(
count=$(cat "$FOLDER/count" 2>/dev/null || echo 0)
echo $((count + 1)) > "$FOLDER/count"
echo "Bearer $1-$((count + 1))"
)sh");
    ScriptedServer server(takes("token with blanks-2"));
    const Client client(options_with(
        server, tokens_from_program({program, "token with blanks"}, {{"FOLDER", folder.path()}})));
    EXPECT_EQ(client.get("a").name(), "a");
    EXPECT_EQ(client.get("a").name(), "a");
    EXPECT_EQ(folder.read("count"), "2\n");
}

TEST(ClientTokenSource, AProgramThatFailsIsNamedWithItsWords) {
    const TemporaryFolder folder;
    ScriptedServer server(takes("x"));
    const auto message = [&](const std::string& program) {
        const Client client(options_with(server, tokens_from_program({program, "auth", "token"})));
        return std::string(test::client_error([&] { client.get("a"); }).what());
    };
    EXPECT_THAT(message(folder.script("fails", "echo secret; echo 'please log in' >&2; exit 3")),
                AllOf(HasSubstr("the program \""), HasSubstr("/fails\""), HasSubstr("it exited with 3"),
                      HasSubstr("in its words: \"please log in\""), Not(HasSubstr("secret"))));
    EXPECT_THAT(message(folder.script("dies", "kill -9 $$")), HasSubstr("ended by signal 9"));
    EXPECT_THAT(message(folder.script("silent", "")), HasSubstr("it printed nothing"));
    EXPECT_THAT(message(folder.script("talks", "yes x | head -c 2000000")), HasSubstr("more than 1 MiB"));
    EXPECT_THAT(message(folder.path("absent")), HasSubstr("there is no such program (check PATH)"));
    EXPECT_THAT(test::client_error([] { tokens_from_program({}); }).what(), HasSubstr("no program"));
    EXPECT_TRUE(server.requests().empty());
}

TEST(ClientTokenSource, AProgramWhoseEndSomebodyElseTakesHasNotSucceeded) {
    // The kernel then keeps no status for anybody.
    const auto before = std::signal(SIGCHLD, SIG_IGN);
    std::string why;
    try {
        tokens_from_program({"sh", "-c", "echo token; exit 3"})();
    } catch (const std::runtime_error& error) {
        why = error.what();
    }
    std::signal(SIGCHLD, before);
    EXPECT_THAT(why, HasSubstr("its end was taken by another part of this program (SIGCHLD)"));
}

TEST(ClientTokenSource, AProgramMayCloseItsOutputBeforeItEnds) {
    const TemporaryFolder folder;
    const std::string program =
        folder.script("closes", "echo token; exec >&- 2>&-; until [ -e \"$FOLDER/go\" ]; do :; done; exit 0");
    auto token = std::async(std::launch::async, [&] {
        return tokens_from_program({program}, {{"FOLDER", folder.path()}})().token;
    });
    folder.write("go", "");
    EXPECT_EQ(token.get(), "token");
}

/// Whether a process is gone, or dead and only not yet waited for by whoever inherited it.
bool is_dead(const std::string& pid) {
    std::ifstream file("/proc/" + pid + "/stat");
    std::string text;
    if (!std::getline(file, text)) return true;
    const auto end = text.rfind(')');
    return end == text.npos || text.substr(end + 2, 1) == "Z" || text.substr(end + 2, 1) == "X";
}

TEST(ClientTokenSource, AProgramThatNobodyWaitsForIsKilledWithItsChildren) {
    const TemporaryFolder folder;
    const std::string program = folder.script("hangs", R"(
sleep 3600 &
echo "$$ $!" > "$FOLDER/written"
mv "$FOLDER/written" "$FOLDER/pids"
wait
)");
    ScriptedServer server(takes("x"));
    asio::cancellation_signal signal;
    {
        const Client client(
            options_with(server, tokens_from_program({program}, {{"FOLDER", folder.path()}})));
        auto result = client.async_get("a", asio::bind_cancellation_slot(signal.slot(), asio::use_future));
        while (!std::filesystem::exists(folder.path("pids"))) std::this_thread::yield();
        signal.emit(asio::cancellation_type::terminal);
        EXPECT_EQ(test::client_error([&] { result.get(); }).kind(), ClientErrorKind::cancelled);
    }
    std::istringstream pids(folder.read("pids"));
    std::string pid;
    int count = 0;
    while (pids >> pid) {
        ++count;
        while (!is_dead(pid)) std::this_thread::yield();
    }
    EXPECT_EQ(count, 2);
}

TEST(ClientTokenSource, AProgramOfAKubeconfigGivesTokensThatEnd) {
    const TemporaryFolder folder;
    folder.script("auth", R"sh(
echo run >> "$FOLDER/runs"
echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{
  "token":"t'$(wc -l < "$FOLDER/runs")'","expirationTimestamp":"'"$END"'"}}'
)sh");
    const auto certificate = test::self_signed("DNS:localhost");
    ScriptedServer server([](Talk& talk) { talk.json(200, test::workflow_json("a", "Running")); },
                          certificate);
    const auto options = [&](const std::string& end) {
        folder.write("ca.pem", certificate.certificate);
        return ClientOptions::from_kubeconfig(folder.write("config", R"(
current-context: x
contexts: [{name: x, context: {cluster: c, user: u, namespace: argo}}]
clusters: [{name: c, cluster: {server: 'https://)" + server.address() + R"(', tls-server-name: localhost,
  certificate-authority: ca.pem}}]
users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ./auth,
  env: [{name: FOLDER, value: ')" + folder.path() + "'}, {name: END, value: '" +
                                                                         end + "'}]}}}]\n"));
    };
    const Client lasting(options("2999-01-01T00:00:00Z"));
    lasting.get("a");
    lasting.get("a");
    const Client ended(options("2001-01-01T00:00:00Z"));
    ended.get("a");
    ended.get("a");
    EXPECT_THAT(headers_of(server), ElementsAre("Bearer t1", "Bearer t1", "Bearer t2", "Bearer t3"));
}

}  // namespace
}  // namespace tiphys
