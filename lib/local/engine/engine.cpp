// SPDX-License-Identifier: Apache-2.0
#include <tiphys/local/engine.hpp>
#include <tiphys/local/process/sandbox.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <map>
#include <string>
#include <thread>

#include "run.hpp"
#include "runnable.hpp"

namespace tiphys::local {

using engine::ActivityId;
using engine::Node;
using engine::Run;

namespace {

std::filesystem::path fresh_directory(std::mt19937_64& random) {
    std::filesystem::path base;
    const char* const state = std::getenv("XDG_STATE_HOME");
    const char* const home = std::getenv("HOME");
    if (state != nullptr && *state == '/')
        base = state;
    else if (home != nullptr && *home == '/')
        base = std::filesystem::path(home) / ".local" / "state";
    std::error_code failed;
    if (!base.empty()) {
        std::filesystem::create_directories(base / "tiphys", failed);
        if (failed || ::access((base / "tiphys").c_str(), W_OK) != 0) base.clear();
    }
    if (base.empty()) base = std::filesystem::temp_directory_path();
    std::string name = engine::timestamp(std::chrono::system_clock::now());
    std::erase(name, ':');
    return base / "tiphys" / (name + "-" + engine::random_suffix(random));
}

std::string machine_name() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

}  // namespace

class Engine::Impl final : public engine::Core {
public:
    Impl(boost::asio::any_io_executor executor, EngineOptions options)
        : executor_(std::move(executor)),
          options_(std::move(options)),
          random_(std::random_device{}()),
          host_name_(machine_name()),
          grace_(executor_) {
        if (options_.directory.empty()) options_.directory = fresh_directory(random_);
        options_.directory = std::filesystem::absolute(options_.directory);
        if (options_.parallelism == 0)
            options_.parallelism = std::max(2u, std::thread::hardware_concurrency());
        sandboxed_ = options_.sandbox && Sandbox::probe();
    }

    const boost::asio::any_io_executor& executor() const override { return executor_; }
    const EngineOptions& options() const override { return options_; }
    const std::string& host_name() const override { return host_name_; }
    bool sandboxed() const override { return sandboxed_; }

    void touch(Run& run) override {
        if (std::find(touched_.begin(), touched_.end(), &run) == touched_.end()) touched_.push_back(&run);
        if (turn_posted_ || in_turn_) return;
        turn_posted_ = true;
        boost::asio::post(executor_, [this, alive = std::weak_ptr<bool>(alive_)] {
            if (alive.lock()) turn();
        });
    }
    void enqueue(Run& run, ActivityId pod) override { pods_.push_back({run.weak_from_this(), pod}); }
    void vacate() override {
        --running_;
        wake();
    }
    void printed(const Run& run, Node node, std::string_view pod_name, std::string_view line) override {
        const std::string id(run.nodes().id(node));
        const std::string name = run.nodes().status(node).displayName.string();
        const_cast<Run&>(run).logs().append(node, id, line);
        call(log_handlers_, run.workflow(), LogLine{id, pod_name, name, line});
    }

    const model::Workflow& create(std::string_view namespace_, model::Workflow workflow) {
        validate(namespace_, workflow);
        auto& metadata = workflow.metadata;
        metadata.namespace_ = namespace_;
        if (metadata.name.empty()) {
            std::string prefix = metadata.generateName.string();
            if (prefix.size() > 58) prefix.resize(58);
            do {
                metadata.name = prefix + engine::random_suffix(random_);
            } while (find(namespace_, metadata.name) != nullptr);
        }
        metadata.uid = engine::random_uid(random_);
        metadata.creationTimestamp = engine::timestamp(std::chrono::system_clock::now());
        metadata.resourceVersion = std::to_string(++version_);
        workflow.status.reset();
        const std::filesystem::path base =
            options_.directory / std::string(namespace_) / metadata.name.string();
        std::filesystem::path directory = base;
        for (int n = 1; std::filesystem::exists(directory); ++n)
            directory = base.string() + "." + std::to_string(n);
        auto run = std::make_shared<Run>(*this, std::move(workflow), std::move(directory));
        std::filesystem::create_directories(run->directory());
        runs_.push_back(run);
        by_name_.emplace(std::pair(std::string(namespace_), run->workflow().metadata.name.string()), run);
        added_.push_back(run.get());
        touch(*run);
        return run->workflow();
    }

    void validate(std::string_view namespace_, const model::Workflow& workflow) const {
        const auto& metadata = workflow.metadata;
        if (metadata.name.empty() && metadata.generateName.empty())
            throw Refused(Refused::invalid_argument, "name or generateName is required");
        if (metadata.name.size() > 63)
            throw Refused(Refused::invalid_argument,
                          "workflow name \"" + metadata.name.string() +
                              "\" must not be more than 63 characters long (currently " +
                              std::to_string(metadata.name.size()) + ")");
        const std::string probe =
            metadata.name.empty() ? metadata.generateName.string() + "x" : metadata.name.string();
        if (!engine::is_object_name(probe))
            throw Refused(
                Refused::invalid_argument,
                "Workflow.argoproj.io \"" +
                    (metadata.name.empty() ? metadata.generateName : metadata.name).string() +
                    "\" is invalid: metadata." + (metadata.name.empty() ? "generateName" : "name") +
                    ": Invalid value: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
                    "characters, '-' or '.', and must start and end with an alphanumeric character");
        if (!metadata.name.empty() && find(namespace_, metadata.name) != nullptr)
            throw Refused(Refused::already_exists,
                          "workflows.argoproj.io \"" + metadata.name.string() + "\" already exists");
        engine::check_runnable(workflow, sandboxed_);
    }

    Run* find(std::string_view namespace_, std::string_view name) const {
        if (name == "@latest") {
            for (auto at = runs_.rbegin(); at != runs_.rend(); ++at)
                if ((*at)->workflow().metadata.namespace_ == namespace_) return at->get();
            return nullptr;
        }
        const auto at = by_name_.find(std::pair(std::string(namespace_), std::string(name)));
        return at == by_name_.end() ? nullptr : at->second.get();
    }

    Run& need(std::string_view namespace_, std::string_view name) const {
        Run* const found = find(namespace_, name);
        if (found == nullptr)
            throw Refused(Refused::not_found,
                          "workflows.argoproj.io \"" + std::string(name) + "\" not found");
        return *found;
    }

    std::vector<const model::Workflow*> list(std::string_view namespace_) const {
        std::vector<const model::Workflow*> found;
        for (const auto& run : runs_)
            if (namespace_.empty() || run->workflow().metadata.namespace_ == namespace_)
                found.push_back(&run->workflow());
        return found;
    }

    void remove(std::string_view namespace_, std::string_view name) {
        Run& run = need(namespace_, name);
        const auto at =
            std::find_if(runs_.begin(), runs_.end(), [&](const auto& each) { return each.get() == &run; });
        const std::shared_ptr<Run> keep = *at;
        runs_.erase(at);
        by_name_.erase(std::pair(std::string(namespace_), run.workflow().metadata.name.string()));
        std::erase(touched_, &run);
        std::erase(changed_, &run);
        std::erase(added_, &run);
        run.kill();
        run.workflow().metadata.resourceVersion = std::to_string(++version_);
        // Told later: a handler of the very change that led here may still be running.
        deleted_.push_back(keep);
        wake();
    }

    int connect(std::function<void(Change, const model::Workflow&)> handler) {
        change_handlers_.emplace(++connections_, std::move(handler));
        return connections_;
    }
    int connect(std::function<void(const model::Workflow&, const LogLine&)> handler) {
        log_handlers_.emplace(++connections_, std::move(handler));
        return connections_;
    }
    void disconnect(int connection) {
        change_handlers_.erase(connection);
        log_handlers_.erase(connection);
    }

    void read_logs(Run& run, std::string_view filter,
                   const std::function<void(const LogLine&)>& handler) const {
        Node only = engine::no_node;
        const auto& nodes = run.nodes();
        const auto pod = [&](Node node) {
            const model::NodeStatus& status = nodes.status(node);
            return engine::pod_name(run.name(), status.name, status.templateName);
        };
        if (!filter.empty()) {
            only = nodes.find(filter);
            for (Node node = 0; only == engine::no_node && node < nodes.size(); ++node)
                if (nodes.type(node) == engine::NodeType::pod && pod(node) == filter) only = node;
            if (only == engine::no_node) return;
        }
        Node last = engine::no_node;
        std::string id, name, display;
        run.logs().read(only, [&](Node node, std::string_view line) {
            if (node != last) {
                id = nodes.id(node);
                name = pod(node);
                display = nodes.status(node).displayName.string();
                last = node;
            }
            handler(LogLine{id, name, display, line});
        });
    }

    void shutdown() {
        for (const auto& run : runs_)
            if (!run->completed()) run->shutdown(engine::Shutdown::terminate);
        grace_.expires_after(std::chrono::seconds(3));
        grace_.async_wait(
            [this, alive = std::weak_ptr<bool>(alive_)](const boost::system::error_code& stopped) {
                if (stopped || !alive.lock()) return;
                for (const auto& run : runs_) run->kill();
            });
    }

    const model::Workflow& touched(Run& run) {
        touch(run);
        return run.workflow();
    }

private:
    struct Ticket {
        std::weak_ptr<Run> run;
        ActivityId pod;
    };

    void wake() {
        if (turn_posted_ || in_turn_) return;
        turn_posted_ = true;
        boost::asio::post(executor_, [this, alive = std::weak_ptr<bool>(alive_)] {
            if (alive.lock()) turn();
        });
    }

    void turn() {
        turn_posted_ = false;
        in_turn_ = true;
        do {
            while (!touched_.empty()) {
                Run* const run = touched_.back();
                touched_.pop_back();
                if (std::find(changed_.begin(), changed_.end(), run) == changed_.end())
                    changed_.push_back(run);
                run->pump();
            }
            start_pods();
        } while (!touched_.empty());
        in_turn_ = false;
        tell();
    }

    void start_pods() {
        while (running_ < static_cast<std::int64_t>(options_.parallelism) && !pods_.empty()) {
            const Ticket next = std::move(pods_.front());
            pods_.pop_front();
            const auto run = next.run.lock();
            if (!run || run->activity(next.pod) == nullptr) continue;
            ++running_;
            run->start_pod(next.pod);
        }
    }

    void tell() {
        std::vector<std::pair<Change, std::shared_ptr<Run>>> news;
        for (const auto& run : deleted_) std::erase(changed_, run.get());
        for (Run* const run : changed_) {
            const bool fresh = std::erase(added_, run) != 0;
            run->workflow().metadata.resourceVersion = std::to_string(++version_);
            news.emplace_back(fresh ? Change::added : Change::modified, run->shared_from_this());
        }
        changed_.clear();
        for (auto& run : deleted_) {
            running_ -= run->abandon();
            std::erase(touched_, run.get());
            std::erase(changed_, run.get());
            news.emplace_back(Change::deleted, std::move(run));
        }
        deleted_.clear();
        if (!pods_.empty()) wake();
        const std::weak_ptr<bool> alive = alive_;
        for (const auto& [change, run] : news) {
            if (!alive.lock()) return;
            call(change_handlers_, change, run->workflow());
        }
    }

    template <class Handlers, class... Arguments>
    void call(const Handlers& handlers, const Arguments&... arguments) {
        // A handler may connect and disconnect.
        int last = 0;
        const std::weak_ptr<bool> alive = alive_;
        for (auto at = handlers.upper_bound(last); at != handlers.end(); at = handlers.upper_bound(last)) {
            last = at->first;
            const auto handler = at->second;
            handler(arguments...);
            if (!alive.lock()) return;
        }
    }

    boost::asio::any_io_executor executor_;
    EngineOptions options_;
    std::mt19937_64 random_;
    std::string host_name_;
    bool sandboxed_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);

    std::vector<std::shared_ptr<Run>> runs_;  ///< in order of creation
    std::map<std::pair<std::string, std::string>, std::shared_ptr<Run>> by_name_;
    std::uint64_t version_ = 0;

    std::vector<Run*> touched_;
    std::vector<Run*> changed_;
    std::vector<Run*> added_;
    std::vector<std::shared_ptr<Run>> deleted_;
    bool turn_posted_ = false;
    bool in_turn_ = false;

    std::deque<Ticket> pods_;
    std::int64_t running_ = 0;

    std::map<int, std::function<void(Change, const model::Workflow&)>> change_handlers_;
    std::map<int, std::function<void(const model::Workflow&, const LogLine&)>> log_handlers_;
    int connections_ = 0;
    boost::asio::steady_timer grace_;
};

Engine::Engine(boost::asio::any_io_executor executor, EngineOptions options)
    : impl_(std::make_unique<Impl>(std::move(executor), std::move(options))) {}
Engine::~Engine() = default;

const model::Workflow& Engine::create(std::string_view namespace_, model::Workflow workflow) {
    return impl_->create(namespace_, std::move(workflow));
}
void Engine::validate(std::string_view namespace_, const model::Workflow& workflow) const {
    impl_->validate(namespace_, workflow);
}
const model::Workflow* Engine::get(std::string_view namespace_, std::string_view name) const {
    const Run* const found = impl_->find(namespace_, name);
    return found == nullptr ? nullptr : &found->workflow();
}
std::vector<const model::Workflow*> Engine::list(std::string_view namespace_) const {
    return impl_->list(namespace_);
}
void Engine::remove(std::string_view namespace_, std::string_view name) { impl_->remove(namespace_, name); }

const model::Workflow& Engine::resume(std::string_view namespace_, std::string_view name,
                                      std::string_view node_field_selector) {
    Run& run = impl_->need(namespace_, name);
    run.resume(node_field_selector);
    return impl_->touched(run);
}
const model::Workflow& Engine::suspend(std::string_view namespace_, std::string_view name) {
    Run& run = impl_->need(namespace_, name);
    run.suspend();
    return impl_->touched(run);
}
const model::Workflow& Engine::stop(std::string_view namespace_, std::string_view name,
                                    std::string_view node_field_selector, std::string_view message) {
    Run& run = impl_->need(namespace_, name);
    run.stop(node_field_selector, message);
    return impl_->touched(run);
}
const model::Workflow& Engine::terminate(std::string_view namespace_, std::string_view name) {
    Run& run = impl_->need(namespace_, name);
    run.shutdown(engine::Shutdown::terminate);
    return impl_->touched(run);
}

int Engine::on_change(std::function<void(Change, const model::Workflow&)> handler) {
    return impl_->connect(std::move(handler));
}
int Engine::on_log(std::function<void(const model::Workflow&, const LogLine&)> handler) {
    return impl_->connect(std::move(handler));
}
void Engine::disconnect(int connection) { impl_->disconnect(connection); }

void Engine::read_logs(std::string_view namespace_, std::string_view name, std::string_view filter,
                       const std::function<void(const LogLine&)>& handler) const {
    impl_->read_logs(impl_->need(namespace_, name), filter, handler);
}
std::filesystem::path Engine::log_directory(std::string_view namespace_, std::string_view name) const {
    return impl_->need(namespace_, name).directory();
}
void Engine::shutdown() { impl_->shutdown(); }
const EngineOptions& Engine::options() const noexcept { return impl_->options(); }

}  // namespace tiphys::local
