// SPDX-License-Identifier: Apache-2.0
// What running `true` costs beside posix_spawn and waitpid alone, with equally many at once: the time from
// first to last, the processor time of this program and its children (which other load disturbs less), and
// their ratios.
#include <tiphys/local/process/process.hpp>
#include <tiphys/local/process/sandbox.hpp>

#include <boost/asio/io_context.hpp>

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace tiphys::local;

namespace {

using Clock = std::chrono::steady_clock;

struct Cost {
    double elapsed = 0;  ///< microseconds per process
    double busy = 0;
};

double busy_now() {
    double sum = 0;
    for (int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage used{};
        ::getrusage(who, &used);
        for (const timeval& part : {used.ru_utime, used.ru_stime})
            sum += static_cast<double>(part.tv_sec) * 1e6 + static_cast<double>(part.tv_usec);
    }
    return sum;
}

class Meter {
public:
    Cost read(int count) const {
        return {std::chrono::duration<double, std::micro>(Clock::now() - begin_).count() / count,
                (busy_now() - busy_) / count};
    }

private:
    Clock::time_point begin_ = Clock::now();
    double busy_ = busy_now();
};

Cost bare(int count, int at_once) {
    char name[] = "true";
    char* argv[] = {name, nullptr};
    const Meter meter;
    int live = 0;
    for (int i = 0; i < count; ++i) {
        if (live == at_once) {
            ::wait(nullptr);
            --live;
        }
        pid_t id = 0;
        if (::posix_spawnp(&id, "true", nullptr, nullptr, argv, environ) == 0) ++live;
    }
    while (live-- > 0) ::wait(nullptr);
    return meter.read(count);
}

Cost run(int count, int at_once, const std::function<void(ProcessSpec&, int)>& change) {
    boost::asio::io_context context;
    std::vector<Process> processes(static_cast<std::size_t>(count));
    int next = 0, bad = 0;
    std::function<void()> start = [&] {
        if (next == count) return;
        const int mine = next++;
        ProcessSpec spec;
        spec.argv = {"true"};
        change(spec, mine);
        Process& process = processes[static_cast<std::size_t>(mine)];
        process = Process::start(context.get_executor(), std::move(spec));
        process.async_wait([&](const ExitStatus& status) {
            if (!status.succeeded()) ++bad;
            start();
        });
    };
    const Meter meter;
    for (int i = 0; i < at_once; ++i) start();
    context.run();
    if (bad != 0) std::printf("%d of %d failed\n", bad, count);
    return meter.read(count);
}

}  // namespace

int main(int count, char** arguments) {
    const int processes = count > 1 ? std::atoi(arguments[1]) : 1000;
    const int at_once = count > 2 ? std::atoi(arguments[2]) : 4;
    std::string root = (std::filesystem::temp_directory_path() / "tiphys-benchmark-XXXXXX").string();
    if (processes < 1 || at_once < 1 || ::mkdtemp(root.data()) == nullptr) return 2;

    const Cost base = bare(processes, at_once);
    auto print = [&](const char* what, const Cost& cost) {
        std::printf("%-42s %7.0f us %5.2f   busy %7.0f us %5.2f\n", what, cost.elapsed,
                    cost.elapsed / base.elapsed, cost.busy, cost.busy / base.busy);
    };
    std::printf("%d processes, %d at once\n", processes, at_once);
    print("posix_spawn and wait", base);
    auto report = [&](const char* what, const std::function<void(ProcessSpec&, int)>& change) {
        print(what, run(processes, at_once, change));
    };
    report("Process, no files of its own", [](ProcessSpec&, int) {});
    for (Sandbox::Means means : {Sandbox::Means::namespaces, Sandbox::Means::bubblewrap}) {
        auto sandbox = std::make_shared<Sandbox>(Sandbox::probe(means));
        const std::string name = means == Sandbox::Means::namespaces ? "namespaces" : "bubblewrap";
        if (!*sandbox) {
            std::printf("%s: %s\n", name.c_str(), sandbox->reason.c_str());
            continue;
        }
        for (bool new_folder : {false, true}) {
            const std::string what = name + (new_folder ? ", and a new top-level folder" : ", private /tmp");
            report(what.c_str(), [&](ProcessSpec& spec, int i) {
                spec.isolation = Isolation::private_files;
                spec.sandbox = sandbox;
                spec.private_root = std::filesystem::path(root) / std::to_string(i);
                spec.private_directories = {"/tmp"};
                if (new_folder) spec.private_directories.push_back("/tiphys-new");
            });
        }
    }
    std::error_code ignored;
    std::filesystem::remove_all(root, ignored);
    return 0;
}
