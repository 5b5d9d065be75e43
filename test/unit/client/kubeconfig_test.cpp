// SPDX-License-Identifier: Apache-2.0
#include "client/kubeconfig.hpp"

#include <map>

#include "client/exec_credential.hpp"
#include "expect_error.hpp"
#include "support/temporary_folder.hpp"

namespace tiphys {
namespace {

using test::TemporaryFolder;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Variables = std::map<std::string, std::string>;

ClientOptions::Environment environment(Variables variables) {
    return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

std::string config_with(const std::string& cluster, const std::string& user,
                        const std::string& context = "") {
    return "apiVersion: v1\nkind: Config\ncurrent-context: here\n"
           "clusters:\n- name: c\n  cluster: {" +
           cluster + "}\nusers:\n- name: u\n  user: {" + user +
           "}\ncontexts:\n- name: here\n  context: {cluster: c, user: u" + context + "}\n";
}

ClientOptions read(const std::string& cluster, const std::string& user, const std::string& context = "") {
    const TemporaryFolder folder;
    return ClientOptions::from_kubeconfig(folder.write("config", config_with(cluster, user, context)));
}

std::string refused(const std::string& cluster, const std::string& user, const std::string& context = "") {
    return test::refused([&] { read(cluster, user, context); });
}

const std::string good = "server: 'https://k8s.example.org:6443'";

TEST(Kubeconfig, NamesServerNamespaceAndToken) {
    const ClientOptions options = read(good, "token: abc", ", namespace: argo");
    EXPECT_EQ(options.api, ClientApi::kubernetes);
    EXPECT_EQ(options.server, "k8s.example.org:6443");
    EXPECT_TRUE(options.secure);
    EXPECT_EQ(options.token, "Bearer abc");
    EXPECT_EQ(options.namespace_, "argo");
    EXPECT_NO_THROW(options.validate());
    EXPECT_EQ(read(good, "token: abc").namespace_, "default");
}

TEST(Kubeconfig, ServersHaveDefaultPortsAndPaths) {
    const auto url = [](const std::string& server, const std::string& more = "") {
        return read("server: '" + server + "'" + more, "").base_url();
    };
    EXPECT_EQ(url("https://example.org"), "https://example.org:443");
    EXPECT_EQ(url("http://example.org"), "http://example.org:80");
    EXPECT_EQ(url("https://example.org/k8s/clusters/c-1"), "https://example.org:443/k8s/clusters/c-1");
    EXPECT_EQ(url("https://[::1]"), "https://[::1]:443");
    EXPECT_EQ(url("https://[::1]:6443"), "https://[::1]:6443");
    EXPECT_EQ(url("localhost:8080"), "http://localhost:8080");
    EXPECT_EQ(url("localhost:8443", ", insecure-skip-tls-verify: true"), "https://localhost:8443");
}

TEST(Kubeconfig, CertificatesAreTextsOrFilesBesideIt) {
    const ClientOptions data = read(good + ", certificate-authority-data: Y2E=, tls-server-name: other",
                                    "client-certificate-data: Y2VydA==, client-key-data: a2V5");
    EXPECT_EQ(data.certificate_authority_data, "ca");
    EXPECT_EQ(data.client_certificate_data, "cert");
    EXPECT_EQ(data.client_key_data, "key");
    EXPECT_EQ(data.tls_server_name, "other");

    const TemporaryFolder folder;
    folder.write("key.pem", "the key");
    const auto from = [&](const std::string& user) {
        return ClientOptions::from_kubeconfig(
            folder.write("config", config_with(good + ", certificate-authority: ca.pem", user)));
    };
    const ClientOptions files = from("client-certificate: sub/cert.pem, client-key: /keys/key.pem");
    EXPECT_EQ(files.certificate_authority, folder.path("ca.pem"));
    EXPECT_EQ(files.client_certificate, folder.path("sub/cert.pem"));
    EXPECT_EQ(files.client_key, "/keys/key.pem");
    const ClientOptions mixed = from("client-certificate-data: Y2VydA==, client-key: key.pem");
    EXPECT_EQ(mixed.client_certificate_data, "cert");
    EXPECT_EQ(mixed.client_key_data, "the key");
    EXPECT_TRUE(read(good + ", insecure-skip-tls-verify: true", "").insecure_skip_verify);
}

TEST(Kubeconfig, UsersHavePasswordsAndFiles) {
    EXPECT_EQ(read(good, "username: me, password: secret").token, "Basic bWU6c2VjcmV0");
    const TemporaryFolder folder;
    folder.write("token", "from the file\n");
    const ClientOptions options = ClientOptions::from_kubeconfig(
        folder.write("config", config_with(good, "token: x, tokenFile: token")));
    EXPECT_EQ(options.token, "");
    EXPECT_EQ(options.token_source().token, "from the file");
}

TEST(Kubeconfig, ContextsCanBeChosen) {
    const TemporaryFolder folder;
    const std::string path =
        folder.write("config", config_with(good, "token: abc") +
                                   "- name: there\n  context: {cluster: c, namespace: elsewhere}\n");
    EXPECT_EQ(ClientOptions::from_kubeconfig(path, "there").namespace_, "elsewhere");
    EXPECT_EQ(ClientOptions::from_kubeconfig(path, "there").token, "");
    EXPECT_THAT(test::refused([&] { ClientOptions::from_kubeconfig(path, "nowhere"); }),
                AllOf(HasSubstr("has no context \"nowhere\""), HasSubstr("it has \"here\", \"there\"")));
}

TEST(Kubeconfig, OfSeveralFilesTheFirstEntryOfANameHolds) {
    const TemporaryFolder folder;
    const std::string first =
        folder.write("first", "current-context: here\nusers:\n- name: u\n  user: {token: one}\n");
    const std::string second = folder.write("second", config_with(good, "token: two", ", namespace: argo"));
    const std::string empty = folder.write("empty", "\n");
    const ClientOptions options = ClientOptions::from_kubeconfig(
        environment({{"KUBECONFIG", folder.path("absent") + ":" + empty + ":" + first + ":" + second}}));
    EXPECT_EQ(options.token, "Bearer one");
    EXPECT_EQ(options.server, "k8s.example.org:6443");
    EXPECT_EQ(options.namespace_, "argo");
}

TEST(Kubeconfig, TheOneOfTheHomeFolderIsTheDefault) {
    const TemporaryFolder home;
    home.write(".kube/config", config_with(good, "token: abc"));
    EXPECT_EQ(ClientOptions::from_kubeconfig(environment({{"HOME", home.path()}})).token, "Bearer abc");
    EXPECT_THAT(
        test::refused([] { ClientOptions::from_kubeconfig(environment({{"HOME", "/nonexistent"}})); }),
        HasSubstr("there is no kubeconfig"));
    EXPECT_THAT(test::refused([] { ClientOptions::from_kubeconfig("/nonexistent/config"); }),
                HasSubstr("/nonexistent/config"));
}

TEST(Kubeconfig, BrokenOnesAreErrorsThatNameThePlace) {
    const TemporaryFolder folder;
    const auto message = [&](const std::string& text) {
        return test::refused([&] { ClientOptions::from_kubeconfig(folder.write("config", text)); });
    };
    EXPECT_THAT(message("a: [\n"), AllOf(HasSubstr("cannot be read"), HasSubstr("config:")));
    EXPECT_THAT(message("kind: Pod\n"), HasSubstr("is not a kubeconfig"));
    EXPECT_THAT(message("- a\n"), HasSubstr("is not a kubeconfig"));
    EXPECT_THAT(message("kind: Config\n"), HasSubstr("has no current-context"));
    EXPECT_THAT(message("kind: Config\ncurrent-context: x\n"), HasSubstr("has no context \"x\""));
    EXPECT_THAT(message("kind: Config\nclusters: {}\n"), HasSubstr("clusters must be a list"));
    EXPECT_THAT(message("kind: Config\nusers: [{user: {}}]\n"),
                HasSubstr("users has an entry without a name"));
    EXPECT_THAT(message("kind: Config\nusers: [{name: u, user: x}]\n"), HasSubstr("not an object"));
    EXPECT_THAT(message("current-context: x\ncontexts: [{name: x, context: {cluster: gone}}]\n"),
                HasSubstr("its cluster \"gone\" is not in"));
    EXPECT_THAT(message("current-context: x\ncontexts: [{name: x, context: {}}]\n"),
                HasSubstr("it names no cluster"));
    EXPECT_THAT(refused("", ""), HasSubstr("it has no server"));
    EXPECT_THAT(refused("server: 'ftp://x'", ""), HasSubstr("must be https or http"));
    EXPECT_THAT(refused("server: 'https://a b'", ""), HasSubstr("the server of the cluster \"c\""));
    EXPECT_THAT(refused("server: 1", ""), HasSubstr("server must be a text"));
    EXPECT_THAT(refused(good + ", certificate-authority-data: '!'", ""), HasSubstr("is not base64"));
    EXPECT_THAT(refused(good + ", insecure-skip-tls-verify: x", ""), HasSubstr("must be true or false"));
    EXPECT_THAT(refused(good + ", insecure-skip-tls-verify: true, certificate-authority: x", ""),
                HasSubstr("contradict each other"));
    EXPECT_THAT(refused(good, "client-key-data: a2V5"), HasSubstr("must be given together"));
    EXPECT_THAT(refused(good, "client-certificate-data: a2V5, client-key: /nonexistent/key"),
                HasSubstr("/nonexistent/key"));
    EXPECT_THAT(refused(good, "token: \"secret\\nX-Evil: 1\""),
                AllOf(HasSubstr("control character"), Not(HasSubstr("secret"))));
}

TEST(Kubeconfig, WhatIsNotSupportedIsNamed) {
    EXPECT_THAT(refused(good + ", proxy-url: 'http://p'", ""),
                AllOf(HasSubstr("the cluster \"c\""), HasSubstr("proxy-url is not supported")));
    EXPECT_THAT(refused(good, "auth-provider: {name: gcp}"),
                AllOf(HasSubstr("the user \"u\""), HasSubstr("auth-provider is not supported"),
                      HasSubstr("ARGO_TOKEN")));
    EXPECT_THAT(refused(good, "as: root"), HasSubstr("as is not supported"));
    EXPECT_THAT(refused(good, "as-groups: [a]"), HasSubstr("as-groups is not supported"));
    EXPECT_THAT(refused(good, "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}"),
                HasSubstr("v1 and v1beta1 are"));
    const std::string exec = "exec: {apiVersion: client.authentication.k8s.io/v1";
    EXPECT_THAT(refused(good, exec + "}"), HasSubstr("exec has no command"));
    EXPECT_THAT(refused(good, exec + ", command: x, interactiveMode: Always}"),
                HasSubstr("without a terminal"));
    EXPECT_THAT(refused(good, exec + ", command: x, args: [1]}"), HasSubstr("exec.args must be a text"));
}

TEST(Kubeconfig, AProgramGivesACredential) {
    const TemporaryFolder folder;
    folder.script("auth", R"sh(
echo "$KUBERNETES_EXEC_INFO" > "$FOLDER/info"
echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'"$1"'",
  "expirationTimestamp":"2026-01-02T03:04:05Z"}}'
)sh");
    const ClientOptions options = ClientOptions::from_kubeconfig(folder.write(
        "config",
        config_with(good + ", certificate-authority-data: Y2E=",
                    "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./auth, args: [abc], "
                    "provideClusterInfo: true, interactiveMode: Never, env: [{name: FOLDER, value: '" +
                        folder.path() + "'}]}")));
    const Credential credential = options.token_source();
    EXPECT_EQ(credential.token, "abc");
    EXPECT_EQ(credential.expires, client_detail::read_time("2026-01-02T03:04:05Z"));
    EXPECT_EQ(folder.read("info"),
              R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":)"
              R"({"server":"https://k8s.example.org:6443","certificate-authority-data":"Y2E="},)"
              R"("interactive":false}})"
              "\n");
    EXPECT_THAT(options.token_source.name(), AllOf(HasSubstr("./auth"), HasSubstr("the user \"u\"")));
    const ClientOptions missing = read(good,
                                       "exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: "
                                       "./absent, installHint: get it there}");
    try {
        missing.token_source();
        ADD_FAILURE();
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("\"get it there\""));
    }
}

TEST(ExecCredential, IsReadOrRefused) {
    constexpr const char* v1 = "client.authentication.k8s.io/v1";
    const std::string head = R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1")";
    const Credential both = client_detail::read_exec_credential(
        head + R"(,"status":{"clientCertificateData":"C","clientKeyData":"K"}})", v1);
    EXPECT_EQ(both.client_certificate, "C");
    EXPECT_EQ(both.client_key, "K");
    const auto message = [&](const std::string& text) {
        try {
            client_detail::read_exec_credential(text, v1);
        } catch (const std::runtime_error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_THAT(message("secret"), AllOf(HasSubstr("not JSON"), Not(HasSubstr("secret"))));
    EXPECT_THAT(message("{}"), HasSubstr("not an ExecCredential"));
    EXPECT_THAT(message(R"({"kind":"ExecCredential","apiVersion":"x"})"),
                HasSubstr("the kubeconfig asks for"));
    EXPECT_THAT(message(head + "}"), HasSubstr("neither a token nor"));
    EXPECT_THAT(message(head + R"(,"status":{"token":1}})"), HasSubstr("token is not a text"));
    EXPECT_THAT(message(head + R"(,"status":{"token":"a","expirationTimestamp":"soon"}})"),
                HasSubstr("\"soon\""));
}

TEST(ExecCredential, MomentsOfRfc3339) {
    using std::chrono::sys_days;
    const auto day = sys_days(std::chrono::year(2026) / 1 / 31);
    EXPECT_EQ(client_detail::read_time("2026-01-31T12:00:00Z"), day + std::chrono::hours(12));
    EXPECT_EQ(client_detail::read_time("2026-01-31T12:00:00.123456Z"), day + std::chrono::hours(12));
    EXPECT_EQ(client_detail::read_time("2026-01-31T12:00:00+02:30"), day + std::chrono::minutes(570));
    EXPECT_EQ(client_detail::read_time("2026-01-31T12:00:00-01:00"), day + std::chrono::hours(13));
    EXPECT_EQ(client_detail::read_time("9999-12-31T23:59:59Z"), std::chrono::system_clock::time_point::max());
    EXPECT_EQ(client_detail::read_time("0001-01-01T00:00:00Z"), std::chrono::system_clock::time_point());
    for (const char* wrong : {"", "2026-01-31", "2026-02-30T00:00:00Z", "2026-01-31T24:00:00Z",
                              "2026-01-31T12:00:00", "2026-01-31T12:00:00Zx", "2026-01-31T12:00:00+1:00"})
        EXPECT_FALSE(client_detail::read_time(wrong)) << wrong;
}

TEST(Base64, BothWays) {
    for (const char* text : {"", "a", "ab", "abc", "abcd"})
        EXPECT_EQ(client_detail::from_base64(client_detail::to_base64(text)), text);
    EXPECT_EQ(client_detail::from_base64("YWJj\nZGVm\n"), "abcdef");
    for (const char* wrong : {"a", "ab=c", "a===", "====", "a-b_"})
        EXPECT_FALSE(client_detail::from_base64(wrong)) << wrong;
}

TEST(InCluster, ReadsTheServiceAccount) {
    const TemporaryFolder account;
    account.write("token", "abc");
    account.write("ca.crt", "x");
    account.write("namespace", "argo");
    const auto pod =
        environment({{"KUBERNETES_SERVICE_HOST", "10.0.0.1"}, {"KUBERNETES_SERVICE_PORT", "443"}});
    const ClientOptions options = ClientOptions::in_cluster(pod, account.path());
    EXPECT_EQ(options.api, ClientApi::kubernetes);
    EXPECT_EQ(options.base_url(), "https://10.0.0.1:443");
    EXPECT_EQ(options.namespace_, "argo");
    EXPECT_EQ(options.certificate_authority, account.path("ca.crt"));
    EXPECT_EQ(options.token_source().token, "abc");
    EXPECT_EQ(ClientOptions::in_cluster(
                  environment({{"KUBERNETES_SERVICE_HOST", "fd00::1"}, {"KUBERNETES_SERVICE_PORT", "443"}}),
                  account.path())
                  .server,
              "[fd00::1]:443");
    EXPECT_THAT(test::refused([&] { ClientOptions::in_cluster(pod, "/nonexistent"); }),
                HasSubstr("/nonexistent/token"));
    EXPECT_THAT(test::refused([&] { ClientOptions::in_cluster(environment({}), account.path()); }),
                HasSubstr("does not run in a pod"));
}

TEST(OptionsFromEnvironment, TakeWhatIsNotSaidFromTheKubeconfig) {
    const TemporaryFolder home;
    home.write(".kube/config",
               config_with(good + ", proxy-url: 'http://p'", "token: abc", ", namespace: argo"));
    const auto read_with = [&](Variables variables) {
        variables["HOME"] = home.path();
        return ClientOptions::from_environment(environment(std::move(variables)));
    };
    const ClientOptions both = read_with({{"ARGO_SERVER", "localhost:2746"}});
    EXPECT_EQ(both.api, ClientApi::argo_server);
    EXPECT_EQ(both.server, "localhost:2746");
    EXPECT_EQ(both.token, "Bearer abc");
    EXPECT_EQ(both.namespace_, "argo");
    const ClientOptions own = read_with({{"ARGO_SERVER", "a:1"}, {"ARGO_TOKEN", ""}});
    EXPECT_EQ(own.token, "");
    EXPECT_EQ(own.namespace_, "argo");
    EXPECT_EQ(read_with({{"ARGO_SERVER", "a:1"}, {"ARGO_NAMESPACE", "n"}}).namespace_, "n");

    home.write(".kube/config", "current-context: gone\n");
    EXPECT_THAT(test::refused([&] { read_with({{"ARGO_SERVER", "a:1"}}); }),
                AllOf(HasSubstr("no context \"gone\""), HasSubstr("because ARGO_TOKEN is not set")));
    EXPECT_NO_THROW(read_with({{"ARGO_SERVER", "a:1"}, {"ARGO_TOKEN", ""}, {"ARGO_NAMESPACE", ""}}));
}

TEST(OptionsFromEnvironment, APodNeedsNoServiceAccountToAskAnArgoServer) {
    if (std::filesystem::exists("/var/run/secrets/kubernetes.io/serviceaccount/token"))
        GTEST_SKIP() << "this machine is a pod with a service account";
    const TemporaryFolder home;
    Variables pod = {{"HOME", home.path()}, {"KUBERNETES_SERVICE_HOST", "10.0.0.1"}};
    pod["KUBERNETES_SERVICE_PORT"] = "443";
    EXPECT_THAT(test::refused([&] { ClientOptions::from_environment(environment(pod)); }),
                AllOf(HasSubstr("no service account token"), HasSubstr("ARGO_SERVER is not set")));
    pod["ARGO_SERVER"] = "a:1";
    const ClientOptions without = ClientOptions::from_environment(environment(pod));
    EXPECT_EQ(without.server, "a:1");
    EXPECT_FALSE(without.token_source);
    EXPECT_EQ(without.namespace_, "default");
    pod["ARGO_TOKEN"] = "Bearer x";
    EXPECT_EQ(ClientOptions::from_environment(environment(pod)).token, "Bearer x");
}

TEST(OptionsFromEnvironment, WithoutAnArgoServerTalkToKubernetes) {
    const TemporaryFolder folder;
    const std::string path = folder.write("config", config_with(good, "token: abc", ", namespace: argo"));
    const ClientOptions options = ClientOptions::from_environment(
        environment({{"KUBECONFIG", path}, {"ARGO_NAMESPACE", "other"}, {"ARGO_INSTANCEID", "mine"}}));
    EXPECT_EQ(options.api, ClientApi::kubernetes);
    EXPECT_EQ(options.server, "k8s.example.org:6443");
    EXPECT_EQ(options.token, "Bearer abc");
    EXPECT_EQ(options.namespace_, "other");
    EXPECT_EQ(options.instance_id, "mine");
}

}  // namespace
}  // namespace tiphys
