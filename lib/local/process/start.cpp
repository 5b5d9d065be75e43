// SPDX-License-Identifier: Apache-2.0
#include "start.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "bubblewrap.hpp"
#include "child.hpp"
#include "command.hpp"
#include "guard.hpp"
#include "view.hpp"

namespace tiphys::local::process {
namespace {

namespace fs = std::filesystem;

std::atomic<std::size_t> live{0};

std::string message(int failure) { return std::generic_category().message(failure); }

bool make_pipe(Descriptor& reader, Descriptor& writer) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    reader = raised(ends[0]);
    writer = raised(ends[1]);
    return reader && writer && ::fcntl(reader.get(), F_SETFL, O_NONBLOCK) == 0;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
    result.push_back(nullptr);
    return result;
}

Started not_started(std::string error, int code) {
    Started result;
    result.error = std::move(error);
    result.code = code;
    return result;
}

// Steps of the view; texts stay in the view. Paths in a rebuilt root are relative to it.
std::vector<Step> steps_of(const View& view) {
    std::vector<Step> steps;
    for (const View::Entry& entry : view.entries) {
        Step step;
        step.kind = entry.kind;
        step.read_only = entry.read_only;
        step.optional = entry.optional;
        step.mode = entry.mode;
        step.source = entry.source.c_str();
        step.target = entry.target.c_str() + (view.rebuilt ? 1 : 0);
        steps.push_back(step);
    }
    return steps;
}

struct UserMaps {
    std::string uid = std::to_string(::geteuid()) + " " + std::to_string(::geteuid()) + " 1";
    std::string gid = std::to_string(::getegid()) + " " + std::to_string(::getegid()) + " 1";

    void enter(ChildPlan& plan) const {
        plan.user_namespace = true;
        plan.uid_map = uid.c_str();
        plan.gid_map = gid.c_str();
    }
};

// The folder to start in as the process sees it, "" to stay where this program is.
std::string working_directory_of(const ProcessSpec& spec, const std::vector<Place>& places, Started& result) {
    std::error_code failure;
    if (spec.working_directory.empty()) {
        fs::path here = fs::current_path(failure);
        if (places.empty()) return {};
        return !failure && fs::is_directory(host_path(places, here), failure) ? here.string() : "/";
    }
    fs::path wanted = fs::absolute(spec.working_directory, failure);
    fs::path on_host = host_path(places, wanted);
    const Place* place = place_of(places, resolved(places, wanted));
    if (place != nullptr && place->made)
        fs::create_directories(on_host, failure);  // as a container runtime does
    fs::file_status status = fs::status(on_host, failure);
    if (!fs::is_directory(status)) {
        result.error = "chdir to working directory \"" + spec.working_directory +
                       "\": " + (fs::exists(status) ? "not a directory" : "no such file or directory");
        result.code = 128;
    }
    return wanted.string();
}

std::string failure_of(const ChildPlan& plan) {
    return std::string("cannot ") + plan.failed_at + " \"" + plan.failed_path +
           "\": " + message(plan.failure);
}

bool wait_for(int process, int& code, int& signal) {
    siginfo_t about{};
    int result = 0;
    while ((result = ::waitid(P_PIDFD, static_cast<id_t>(process), &about, WEXITED)) != 0) {
        if (errno == EAGAIN) {  // Asio has made the descriptor non-blocking, and with it waitid
            pollfd end{process, POLLIN, 0};
            ::poll(&end, 1, -1);
        } else if (errno != EINTR) {
            break;
        }
    }
    live.fetch_sub(1, std::memory_order_relaxed);
    if (result != 0) return false;
    const bool exited = about.si_code == CLD_EXITED;
    signal = exited ? 0 : about.si_status;
    code = exited ? about.si_status : 128 + about.si_status;
    return true;
}

}  // namespace

Started start(const ProcessSpec& spec, const std::vector<std::string>& environment, const Sandbox& sandbox) {
    const bool isolated = spec.isolation != Isolation::none;
    if (isolated && !sandbox)
        return not_started("cannot give the process files of its own: " + sandbox.reason, 128);
    for (const auto* texts : {&spec.argv, &environment})
        for (const std::string& text : *texts)
            if (text.find('\0') != std::string::npos)
                return not_started("an argument or environment variable holds a NUL byte: \"" +
                                       std::string(text.c_str()) + "\"",
                                   128);

    Started result;
    const std::vector<Place> places = places_of(spec);
    View view = make_view(spec, places);
    if (!view.error.empty()) return not_started(std::move(view.error), 128);
    const std::string folder = working_directory_of(spec, places, result);
    if (!result.error.empty()) return result;
    Command command = find_command(spec, places, environment, folder);
    if (!command.error.empty()) return not_started(std::move(command.error), command.code);

    Descriptor out, err, helper;
    const Descriptor in = raised(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const bool wrapped = isolated && sandbox.means == Sandbox::Means::bubblewrap;
    if (!in || !make_pipe(result.out, out) || !make_pipe(result.err, err) ||
        (wrapped && !make_pipe(result.helper, helper)))
        return not_started("cannot make a pipe: " + message(errno) +
                               (errno == EMFILE ? " (run fewer processes at once or raise `ulimit -n`)" : ""),
                           128);

    ChildPlan plan;
    plan.in = in.get();
    plan.out = out.get();
    plan.err = err.get();
    std::vector<std::string> arguments = spec.argv;
    std::vector<std::string> shell = {"/bin/sh", command.path};
    std::string program = command.path;
    std::vector<Step> steps;
    UserMaps maps;
    if (wrapped) {
        arguments = bubblewrap_arguments(sandbox, view, folder, spec.argv);
        program = sandbox.program.string();
        plan.extra = helper.get();
    } else {
        if (!spec.argv.empty()) shell.insert(shell.end(), spec.argv.begin() + 1, spec.argv.end());
        if (!folder.empty()) plan.working_directory = folder.c_str();
    }
    if (isolated && !wrapped && !view.entries.empty()) {
        steps = steps_of(view);
        plan.mount_namespace = true;
        if (sandbox.user_namespace) maps.enter(plan);
        if (view.rebuilt) plan.new_root = spec.private_root.c_str();
        plan.steps = steps.data();
        plan.step_count = steps.size();
    }
    const std::vector<char*> argv = pointers(arguments);
    const std::vector<char*> shell_argv = pointers(shell);
    const std::vector<char*> variables = pointers(environment);
    plan.program = program.c_str();
    plan.argv = argv.data();
    plan.shell_argv = wrapped ? nullptr : shell_argv.data();
    plan.environment = variables.data();

    Guard& guard = Guard::instance();
    Child child = launch(plan);
    if (child.pid == 0)
        return not_started("cannot start a process: " + message(child.failure) +
                               (child.failure == EAGAIN ? " (run fewer at once or raise `ulimit -u`)" : ""),
                           128);
    live.fetch_add(1, std::memory_order_relaxed);
    result.pid = child.pid;
    result.process = Descriptor(child.descriptor);
    if (plan.failed_at == nullptr) {
        guard.add(result.pid);
        return result;
    }

    int code = 0, signal = 0;
    wait_for(child.descriptor, code, signal);
    if (std::string_view(plan.failed_at) == "exec" && !wrapped) {
        Command told = explain_exec(spec, places, command.path, plan.failure);
        return not_started(std::move(told.error), told.code);
    }
    return not_started(failure_of(plan), 128);
}

std::string try_namespaces(bool user_namespace) {
    std::error_code failure;
    std::string pattern = (fs::temp_directory_path(failure) / "tiphys-probe-XXXXXX").string();
    if (failure || ::mkdtemp(pattern.data()) == nullptr)
        return "cannot make a temporary folder: " + (failure ? failure.message() : message(errno));

    ProcessSpec spec;
    spec.isolation = Isolation::private_files;
    spec.private_root = pattern;
    spec.private_directories = {"/tmp", "/tiphys-probe"};
    std::string answer;
    if (View view = make_view(spec, places_of(spec)); !view.error.empty()) {
        answer = view.error;
    } else {
        std::vector<Step> steps = steps_of(view);
        UserMaps maps;
        ChildPlan plan;
        Descriptor null = raised(::open("/dev/null", O_RDWR | O_CLOEXEC));
        plan.in = plan.out = plan.err = null.get();
        plan.mount_namespace = true;
        if (user_namespace) maps.enter(plan);
        plan.new_root = spec.private_root.c_str();
        plan.steps = steps.data();
        plan.step_count = steps.size();
        Child child = launch(plan);
        if (child.pid == 0) {
            answer = "cannot make a namespace: " + message(child.failure);
        } else {
            live.fetch_add(1, std::memory_order_relaxed);
            Descriptor process(child.descriptor);
            int code = 0, signal = 0;
            wait_for(process.get(), code, signal);
            if (plan.failed_at != nullptr) answer = failure_of(plan);
        }
    }
    fs::remove_all(pattern, failure);
    return answer;
}

bool reap(pid_t id, int process, int& code, int& signal) {
    Guard::instance().remove(id);
    return wait_for(process, code, signal);
}

std::size_t live_children() noexcept { return live.load(std::memory_order_relaxed); }

}  // namespace tiphys::local::process
