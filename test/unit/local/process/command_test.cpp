// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <csignal>

#include "fixture.hpp"

namespace tiphys::local::test {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text, unsigned mode) {
    std::ofstream(path) << text;
    fs::permissions(path, static_cast<fs::perms>(mode));
}

class CommandTest : public ProcessTest {};

TEST_F(CommandTest, IsSoughtInThePathOfItsEnvironment) {
    Folder folder;
    write(folder / "tool", "#!/bin/sh\necho found \"$@\"\n", 0755);
    ProcessSpec spec;
    spec.argv = {"tool", "a b", ""};
    spec.environment = {{"PATH", "/nowhere:" + folder.path().string() + ":/bin"}};
    EXPECT_EQ(run(spec).out, Lines{"found a b "});
}

TEST_F(CommandTest, NotFound) {
    ProcessSpec spec;
    spec.argv = {"no-such-command"};
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.status.error, "exec: \"no-such-command\": executable file not found in $PATH");
    EXPECT_EQ(outcome.status.code, 127);
    EXPECT_FALSE(outcome.status.started());

    spec.argv = {"/no/such/command"};
    outcome = run(spec);
    EXPECT_EQ(outcome.status.error, "exec: \"/no/such/command\": no such file or directory");
    EXPECT_EQ(outcome.status.code, 127);

    spec.argv = {};
    EXPECT_EQ(run(spec).status.error, "exec: no command given");
}

TEST_F(CommandTest, NotExecutable) {
    Folder folder;
    write(folder / "data", "text", 0644);
    ProcessSpec spec;
    spec.argv = {(folder / "data").string()};
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.status.error, "exec: \"" + spec.argv[0] + "\": permission denied");
    EXPECT_EQ(outcome.status.code, 126);

    spec.argv = {folder.path().string()};
    EXPECT_EQ(run(spec).status.error, "exec: \"" + spec.argv[0] + "\": is a directory");

    spec.argv = {"data"};
    spec.environment = {{"PATH", folder.path().string()}};
    outcome = run(spec);
    EXPECT_EQ(outcome.status.error, "exec: \"data\": permission denied");
    EXPECT_EQ(outcome.status.code, 126);
}

TEST_F(CommandTest, MissingInterpreterIsNamed) {
    Folder folder;
    write(folder / "script", "#!/no/python\nprint(1)\n", 0755);
    ProcessSpec spec;
    spec.argv = {(folder / "script").string()};
    EXPECT_EQ(run(spec).status.error, "exec: \"" + spec.argv[0] +
                                          "\": no such file or directory: the interpreter of its first line "
                                          "`#!/no/python` does not exist");
}

TEST_F(CommandTest, ATextFileIsRunByTheShell) {
    Folder folder;
    write(folder / "script", "echo $0 $1; exit 4", 0755);
    ProcessSpec spec;
    spec.argv = {(folder / "script").string(), "x"};
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.out, Lines{spec.argv[0] + " x"});
    EXPECT_EQ(outcome.status.code, 4);
}

TEST_F(CommandTest, WorkingDirectory) {
    Folder folder;
    ProcessSpec spec = shell("pwd -P");
    spec.working_directory = folder.path().string();
    EXPECT_EQ(run(spec).out, Lines{fs::canonical(folder.path()).string()});

    spec.working_directory = (folder / "missing").string();
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.status.error,
              "chdir to working directory \"" + spec.working_directory + "\": no such file or directory");
    EXPECT_EQ(outcome.status.code, 128);

    write(folder / "file", "", 0644);
    spec.working_directory = (folder / "file").string();
    EXPECT_EQ(run(spec).status.error,
              "chdir to working directory \"" + spec.working_directory + "\": not a directory");
}

TEST_F(CommandTest, ARelativeCommandIsRelativeToTheWorkingDirectory) {
    Folder folder;
    write(folder / "tool", "#!/bin/sh\necho here\n", 0755);
    ProcessSpec spec;
    spec.argv = {"./tool"};
    spec.working_directory = folder.path().string();
    EXPECT_EQ(run(spec).out, Lines{"here"});
}

TEST_F(CommandTest, Environment) {
    ::setenv("TIPHYS_TEST_INHERITED", "from here", 1);
    ::setenv("TIPHYS_TEST_REPLACED", "old", 1);
    ProcessSpec spec = shell("echo \"$TIPHYS_TEST_INHERITED|$TIPHYS_TEST_REPLACED|$ODD\"");
    spec.environment = {
        {"TIPHYS_TEST_REPLACED", "first"}, {"ODD", "a=b\nc"}, {"TIPHYS_TEST_REPLACED", "new"}};
    EXPECT_EQ(run(spec).out, (Lines{"from here|new|a=b", "c"}));

    ProcessSpec bare;
    bare.argv = {"/usr/bin/env"};
    bare.inherit_environment = false;
    bare.environment = {{"ONLY", "this"}};
    EXPECT_EQ(run(bare).out, Lines{"ONLY=this"});
    ::unsetenv("TIPHYS_TEST_INHERITED");
    ::unsetenv("TIPHYS_TEST_REPLACED");
}

TEST_F(CommandTest, ANulByteInAnArgumentIsRefused) {
    ProcessSpec spec = shell("echo");
    spec.argv.push_back(std::string("a\0b", 3));
    Outcome outcome = run(spec);
    EXPECT_EQ(outcome.status.error, "an argument or environment variable holds a NUL byte: \"a\"");
}

TEST_F(CommandTest, AnArgumentThatIsTooLargeIsRefused) {
    ProcessSpec spec = shell("echo");
    spec.argv.push_back(std::string(std::size_t{1} << 18, 'x'));
    EXPECT_NE(run(spec).status.error.find("too large"), std::string::npos);
}

// The child has clean signals and no descriptors but its standard streams, whatever this program has.
TEST_F(CommandTest, NothingElseIsInherited) {
    auto before = std::signal(SIGPIPE, SIG_IGN);
    sigset_t blocked, old;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &blocked, &old);
    int leaky[2];
    ASSERT_EQ(::pipe(leaky), 0);
    Outcome outcome =
        run(shell("grep -E '^Sig(Blk|Ign)' /proc/self/status | tr -d '\\t'; "
                  "ls /proc/$$/fd; read x || echo no input"));
    ::close(leaky[0]);
    ::close(leaky[1]);
    pthread_sigmask(SIG_SETMASK, &old, nullptr);
    std::signal(SIGPIPE, before);
    EXPECT_EQ(outcome.out,
              (Lines{"SigBlk:0000000000000000", "SigIgn:0000000000000000", "0", "1", "2", "no input"}));
}

}  // namespace
}  // namespace tiphys::local::test
