// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <csignal>
#include <map>
#include <optional>

#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

// Each test runs with either means that this machine has.
class SandboxTest : public ProcessTest, public testing::WithParamInterface<Sandbox::Means> {
protected:
    void SetUp() override {
        static std::map<Sandbox::Means, std::shared_ptr<const Sandbox>> found;
        auto& sandbox = found[GetParam()];
        if (!sandbox) sandbox = std::make_shared<Sandbox>(Sandbox::probe(GetParam()));
        ProcessTest::SetUp();
        if (!*sandbox) GTEST_SKIP() << sandbox->reason;
        sandbox_ = sandbox;
    }

    ProcessSpec own(std::string script, const fs::path& root) const {
        ProcessSpec spec = shell(std::move(script));
        spec.isolation = Isolation::private_files;
        spec.sandbox = sandbox_;
        spec.private_root = root;
        spec.private_directories = {"/tmp"};
        return spec;
    }

    std::shared_ptr<const Sandbox> sandbox_;
};

INSTANTIATE_TEST_SUITE_P(, SandboxTest,
                         testing::Values(Sandbox::Means::namespaces, Sandbox::Means::bubblewrap),
                         [](const auto& about) {
                             return about.param == Sandbox::Means::namespaces ? "Namespaces" : "Bubblewrap";
                         });

// Two pods write the same file at the same time: each waits until both have.
TEST_P(SandboxTest, ConcurrentPodsHaveTheirOwnTmp) {
    Folder folder;
    ASSERT_EQ(::mkfifo((folder / "a").c_str(), 0600), 0);
    ASSERT_EQ(::mkfifo((folder / "b").c_str(), 0600), 0);
    asio::io_context context;
    std::vector<ProcessSpec> specs;
    for (auto [mine, other, order] : {std::tuple("a", "b", "echo > /meet/a; read x < /meet/b"),
                                      std::tuple("b", "a", "read x < /meet/a; echo > /meet/b")}) {
        ProcessSpec spec =
            own(std::string("echo ") + mine + " > /tmp/num; " + order + "; cat /tmp/num; ls /tmp",
                folder / (std::string("pod-") + mine).c_str());
        spec.mounts = {{folder.path(), "/meet", false}};
        specs.push_back(spec);
    }
    std::vector<Process> processes;
    std::vector<ExitStatus> ends(2);
    for (std::size_t i = 0; i < 2; ++i) {
        processes.push_back(Process::start(context.get_executor(), specs[i]));
        processes.back().async_wait([&ends, i](ExitStatus status) { ends[i] = std::move(status); });
    }
    context.run();
    EXPECT_EQ(ends[0].captured, "a\nnum\n") << ends[0].error;
    EXPECT_EQ(ends[1].captured, "b\nnum\n") << ends[1].error;
    EXPECT_EQ(contents(host_path(specs[0], "/tmp/num")), "a\n");
    EXPECT_EQ(contents(host_path(specs[1], "/tmp/num")), "b\n");
}

TEST_P(SandboxTest, FilesAreReadFromOutside) {
    Folder folder;
    ProcessSpec spec =
        own("echo 5 > /tmp/num; mkdir /tmp/d; ln -s /tmp/num /tmp/d/link; ln -s /etc/passwd /tmp/out; "
            "ln -s ../../../../../../../etc/passwd /tmp/up; mkfifo /tmp/pipe",
            folder / "pod");
    Outcome outcome = run(spec);
    ASSERT_TRUE(outcome.status.succeeded()) << outcome.status.error;
    EXPECT_EQ(contents(folder / "pod/tmp/num"), "5\n");
    EXPECT_EQ(host_path(spec, "/tmp/num"), folder / "pod/tmp/num");
    EXPECT_EQ(host_path(spec, "/tmp"), folder / "pod/tmp");
    EXPECT_EQ(host_path(spec, "/etc/passwd"), "/etc/passwd");

    std::string error;
    EXPECT_EQ(read_file(spec, "/tmp/num", 100, error), "5\n");
    EXPECT_EQ(read_file(spec, "/tmp/d/link", 100, error), "5\n");
    EXPECT_EQ(error, "");
    EXPECT_EQ(read_file(spec, "/tmp/out", 100, error), std::nullopt);
    EXPECT_EQ(error, "cannot read \"/tmp/out\": No such file or directory");
    EXPECT_EQ(read_file(spec, "/tmp/up", 100, error), std::nullopt);
    EXPECT_EQ(read_file(spec, "/tmp/pipe", 100, error), std::nullopt);
    EXPECT_EQ(error, "cannot read \"/tmp/pipe\": it is not a plain file");
    EXPECT_EQ(read_file(spec, "/tmp/d", 100, error), std::nullopt);
    EXPECT_EQ(read_file(spec, "/tmp/num", 1, error), std::nullopt);
    EXPECT_EQ(error, "cannot read \"/tmp/num\": it has more than 1 bytes");
    EXPECT_EQ(read_file(spec, "/tmp/none", 100, error), std::nullopt);
}

TEST_P(SandboxTest, NewTopLevelFolders) {
    Folder folder;
    ProcessSpec spec =
        own("echo 1 > /tiphys-a/b/x.txt; echo 2 > /tmp/y; ls -d /tiphys-a/* /usr; echo z > /dev/null; "
            "test -e /proc/self/status && test -L /bin -o -d /bin && echo whole",
            folder / "pod");
    spec.private_directories.push_back("/tiphys-a/b/");
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.out, (Lines{"/tiphys-a/b", "/usr", "whole"})) << outcome.status.error;
    EXPECT_EQ(outcome.err, Lines{});
    EXPECT_EQ(contents(host_path(spec, "/tiphys-a/b/x.txt")), "1\n");
    EXPECT_EQ(contents(host_path(spec, "/tmp/y")), "2\n");
    EXPECT_FALSE(fs::exists("/tiphys-a"));
}

TEST_P(SandboxTest, NewFoldersBelowExistingOnes) {
    Folder folder;
    ProcessSpec spec =
        own("ls -d /var/log /var/lib/tiphys-x/y; echo 1 > /var/lib/tiphys-x/y/z; pwd", folder / "pod");
    spec.private_directories = {"/var/lib/tiphys-x/y"};
    spec.working_directory = "/var/lib/tiphys-x/y";
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.out, (Lines{"/var/lib/tiphys-x/y", "/var/log", "/var/lib/tiphys-x/y"}))
        << outcome.status.error << contents(spec.log);
    std::string error;
    EXPECT_EQ(read_file(spec, "/var/lib/tiphys-x/y/z", 10, error), "1\n") << error;
    EXPECT_FALSE(fs::exists("/var/lib/tiphys-x"));
}

TEST_P(SandboxTest, ATargetThroughASymbolicLink) {
    if (!fs::is_symlink("/var/run")) GTEST_SKIP() << "/var/run is not a symbolic link here";
    Folder folder;
    ProcessSpec spec = own("echo 1 > /var/run/tiphys-x/f; cat /run/tiphys-x/f", folder / "pod");
    spec.private_directories = {"/var/run/tiphys-x"};
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.out, Lines{"1"}) << outcome.status.error;
    EXPECT_EQ(contents(host_path(spec, "/var/run/tiphys-x/f")), "1\n");
    EXPECT_EQ(host_path(spec, "/run/tiphys-x/f"), host_path(spec, "/var/run/tiphys-x/f"));
}

TEST_P(SandboxTest, MountsOfFoldersAndFiles) {
    Folder folder;
    fs::create_directories(folder / "volume/sub");
    std::ofstream(folder / "volume/a") << "in volume\n";
    std::ofstream(folder / "script") << "echo from script; cat \"$@\"; echo back > /tmp/vol/written\n";
    ProcessSpec spec = own("", folder / "pod");
    spec.argv = {"sh", "/argo/staging/script", "/tmp/vol/a", "/fixed/a"};
    spec.mounts = {{folder / "script", "/argo/staging/script", false},
                   {folder / "volume", "/fixed", true},
                   {folder / "volume", "/tmp/vol", false}};
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.out, (Lines{"from script", "in volume", "in volume"})) << outcome.status.error;
    EXPECT_EQ(contents(folder / "volume/written"), "back\n");
    EXPECT_EQ(host_path(spec, "/tmp/vol/written"), folder / "volume/written");
    EXPECT_EQ(host_path(spec, "/argo/staging/script"), folder / "script");

    spec.argv = {"sh", "-c", "echo no > /fixed/a"};
    outcome = run(spec);
    EXPECT_NE(outcome.status.code, 0);
    EXPECT_EQ(contents(folder / "volume/a"), "in volume\n");
}

TEST_P(SandboxTest, WorkingDirectoryAndCommandAreSoughtInside) {
    Folder folder;
    fs::create_directories(folder / "tools");
    std::ofstream(folder / "tools/mine") << "#!/bin/sh\npwd\n";
    fs::permissions(folder / "tools/mine", fs::perms::owner_all);
    ProcessSpec spec = own("", folder / "pod");
    spec.argv = {"mine"};
    spec.environment = {{"PATH", "/tools:/usr/bin:/bin"}};
    spec.mounts = {{folder / "tools", "/tools", false}};
    spec.working_directory = "/tmp/made/for/it";
    EXPECT_EQ(run(spec).out, Lines{"/tmp/made/for/it"});

    spec.argv = {"not-mine"};
    EXPECT_EQ(run(spec).status.error, "exec: \"not-mine\": executable file not found in $PATH");
    spec.argv = {(folder / "tools/mine").string()};  // in this machine's /tmp, which is hidden
    EXPECT_EQ(run(spec).status.code, folder.path().string().starts_with("/tmp/") ? 127 : 0);
    spec.argv = {"mine"};
    spec.working_directory = "/no/such/folder";
    EXPECT_EQ(run(spec).status.error,
              "chdir to working directory \"/no/such/folder\": no such file or directory");
}

TEST_P(SandboxTest, ExitCodesAndSignals) {
    Folder folder;
    EXPECT_EQ(run(own("exit 3", folder / "pod")).status.code, 3);
    ExitStatus end = run(own("kill -KILL $$", folder / "pod")).status;
    EXPECT_EQ(end.code, 137);
    EXPECT_EQ(end.error, "");
    EXPECT_EQ(end.signal, GetParam() == Sandbox::Means::namespaces ? SIGKILL : 0);
}

TEST_P(SandboxTest, SameUserAndNoMore) {
    Folder folder;
    EXPECT_EQ(run(own("id -u; id -g", folder / "pod")).out,
              (Lines{std::to_string(::geteuid()), std::to_string(::getegid())}));
}

TEST_P(SandboxTest, NothingElseIsInherited) {
    Folder folder;
    int leaky[2];
    ASSERT_EQ(::pipe(leaky), 0);
    Outcome outcome = run(own("ls /proc/$$/fd; :", folder / "pod"));
    ::close(leaky[0]);
    ::close(leaky[1]);
    EXPECT_EQ(outcome.out, (Lines{"0", "1", "2"}));
}

TEST_P(SandboxTest, TerminateGently) {
    Folder folder;
    ProcessSpec spec = own("trap 'echo bye; exit 9' TERM; echo ready; sleep 1000 & wait", folder / "pod");
    spec.termination_grace = std::chrono::minutes(10);
    asio::io_context context;
    Process process;
    spec.on_line = [&](Stream, std::string_view line) {
        if (line == "ready") process.terminate();
    };
    process = Process::start(context.get_executor(), spec);
    ExitStatus end;
    process.async_wait([&](ExitStatus status) { end = std::move(status); });
    context.run();
    EXPECT_EQ(end.code, 9);
    EXPECT_EQ(end.captured, "ready\nbye\n");
}

TEST_P(SandboxTest, KilledAfterTheGrace) {
    Folder folder;
    ProcessSpec spec = own("trap '' TERM; echo ready; sleep 1000", folder / "pod");
    spec.termination_grace = std::chrono::milliseconds(20);
    asio::io_context context;
    Process process;
    spec.on_line = [&](Stream, std::string_view) { process.terminate(); };
    process = Process::start(context.get_executor(), spec);
    ExitStatus end;
    process.async_wait([&](ExitStatus status) { end = std::move(status); });
    context.run();
    EXPECT_EQ(end.code, 137);
}

TEST_P(SandboxTest, TerminateAtAnyMoment) {
    Folder folder;
    for (int i = 0; i < 20; ++i) {
        ProcessSpec spec = own("exec sleep 1000", folder / "pod");
        spec.termination_grace = std::chrono::milliseconds(20);
        asio::io_context context;
        Process process = Process::start(context.get_executor(), spec);
        ExitStatus end;
        process.async_wait([&](ExitStatus status) { end = std::move(status); });
        for (int polls = 0; polls < i; ++polls) context.poll();
        process.terminate();
        context.run();
        EXPECT_TRUE(end.code == 143 || end.code == 137) << end.code << end.error;
    }
}

TEST_P(SandboxTest, RefusalsNameThePath) {
    Folder folder;
    auto refusal = [&](auto change) {
        ProcessSpec spec = own("echo ran", folder / "pod");
        change(spec);
        Outcome outcome = run(spec);
        EXPECT_EQ(outcome.out, Lines{});
        EXPECT_EQ(outcome.status.code, 128);
        return outcome.status.error;
    };
    EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.private_directories = {"/"}; }),
              "cannot give the process its own \"/\": name an absolute path below /");
    EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.private_directories = {"x/y"}; }),
              "cannot give the process its own \"x/y\": name an absolute path below /");
    EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.private_directories = {"/proc/x"}; }),
              "cannot make \"/proc/x\" for the process: \"/proc\" takes no new entries; choose another path");
    EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.private_directories = {"/etc/passwd/x"}; }),
              "cannot make \"/etc/passwd/x\" for the process: \"/etc/passwd\" is not a folder");
    EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.mounts = {{"/no/such", "/x", false}}; }),
              "cannot mount \"/no/such\" at \"/x\": it does not exist");
    EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.mounts = {{"/etc/passwd", "/usr", false}}; }),
              "cannot mount \"/etc/passwd\" at \"/usr\": one is a folder and the other is not");
    EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.private_root.clear(); }),
              "a process with its own files needs a private_root to keep them in");
    EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.isolation = Isolation::none; }),
              "a process with its own files needs Isolation::private_files");
    EXPECT_EQ(refusal([](ProcessSpec& spec) {
                  auto none = std::make_shared<Sandbox>();
                  none->reason = "user namespaces are forbidden";
                  spec.sandbox = none;
              }),
              "cannot give the process files of its own: user namespaces are forbidden");
    const auto count = std::distance(fs::directory_iterator("/usr/bin"), {});
    if (count > 512) {
        EXPECT_EQ(refusal([](ProcessSpec& spec) { spec.private_directories = {"/usr/bin/tiphys-x"}; }),
                  "cannot give the process a new path in \"/usr/bin\": it has more than 512 entries; choose "
                  "a path in "
                  "another folder, say /tmp");
    }
}

TEST_F(ProcessTest, AMissingBubblewrapIsNamedWithItsRemedy) {
    const char* path = ::getenv("PATH");
    const std::string before = path != nullptr ? path : "";
    ::setenv("PATH", "/nowhere", 1);
    const Sandbox sandbox = Sandbox::probe(Sandbox::Means::bubblewrap);
    ::setenv("PATH", before.c_str(), 1);
    EXPECT_FALSE(sandbox);
    EXPECT_EQ(sandbox.reason, "bubblewrap is not installed (apt-get install bubblewrap)");
}

TEST_F(ProcessTest, ABubblewrapThatCannotRunSaysWhy) {
    Folder folder;
    std::ofstream(folder / "bwrap") << "#!/bin/sh\necho no namespaces today >&2\nexit 1\n";
    fs::permissions(folder / "bwrap", fs::perms::owner_all);
    auto broken = std::make_shared<Sandbox>();
    broken->means = Sandbox::Means::bubblewrap;
    broken->program = folder / "bwrap";
    ProcessSpec spec = shell("echo ran");
    spec.isolation = Isolation::private_files;
    spec.sandbox = broken;
    spec.private_root = folder / "pod";
    spec.private_directories = {"/tmp"};
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.status.error,
              "bubblewrap could not give the process files of its own: no namespaces today");
    EXPECT_EQ(outcome.status.code, 128);

    const std::string before = ::getenv("PATH");
    ::setenv("PATH", (folder.path().string() + ":" + before).c_str(), 1);
    const Sandbox sandbox = Sandbox::probe(Sandbox::Means::bubblewrap);
    ::setenv("PATH", before.c_str(), 1);
    EXPECT_FALSE(sandbox);
    EXPECT_EQ(sandbox.reason, "bubblewrap cannot run (no namespaces today)");
}

class Unprivileged : public ProcessTest {};

TEST_F(Unprivileged, HasPrivateFilesToo) {
    ProcessSpec spec;
    spec.argv = {TIPHYS_PROCESS_HELPER, "private"};
    std::string user = std::to_string(::geteuid());
    if (::geteuid() == 0) {
        user = "65534";
        spec.argv = {"setpriv", "--reuid", user, "--regid", user, "--clear-groups", TIPHYS_PROCESS_HELPER,
                     "private"};
        spec.environment = {{"TMPDIR", "/tmp"}};
    }
    Outcome outcome = run(spec);
    if (outcome.status.code == 127 || outcome.status.code == 126)
        GTEST_SKIP() << "user 65534 cannot run the helper here, or there is no setpriv: "
                     << outcome.status.error << (outcome.err.empty() ? "" : outcome.err[0]);
    ASSERT_FALSE(outcome.out.empty());
    if (outcome.out[0].starts_with("skip: ")) GTEST_SKIP() << outcome.out[0];
    EXPECT_EQ(outcome.out, (Lines{"0 " + user, "deep"}));
    EXPECT_EQ(outcome.err, Lines{});
}

}  // namespace
}  // namespace tiphys::local::test
