// SPDX-License-Identifier: Apache-2.0
#include "watch_feed.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "wire.hpp"

namespace tiphys::local::server {

WatchFeed::WatchFeed(Engine& engine, const History& history, WatchOptions options, std::string_view fields)
    : engine_(engine),
      options_(std::move(options)),
      message_fields_(fields),
      object_fields_(message_fields_.without_prefix("result.object.")) {
    if (!options_.name().empty()) {
        const model::Workflow* named = engine_.get(options_.namespace_of(), options_.name());
        if (named == nullptr && options_.name() == "@latest")
            throw Failure(code::not_found, "no workflows found");
        // A watch of a name that is not there yet is refused by Argo: it reads the workflow first.
        if (named == nullptr)
            throw Failure(code::not_found,
                          "workflows.argoproj.io " + json_string(options_.name()) + " not found");
        options_.set_name(named->metadata.name.string());
    }
    if (options_.resource_version()) {
        resume_after(*options_.resource_version(), history);
    } else {
        for (const model::Workflow* one : engine_.list(options_.namespace_of()))
            if (options_.matches(*one)) queue_.changed(*one);
    }
    connection_ = engine_.on_change(
        [this](Change change, const model::Workflow& workflow) { on_change(change, workflow); });
}

WatchFeed::~WatchFeed() { engine_.disconnect(connection_); }

void WatchFeed::resume_after(std::int64_t version, const History& history) {
    if (version < history.forgotten())
        throw Failure(code::invalid_argument, "too old resource version: " + std::to_string(version) + " (" +
                                                  std::to_string(history.forgotten()) +
                                                  "); watch without one, or list again");
    if (version > history.newest())
        throw Failure(code::invalid_argument, "Too large resource version: " + std::to_string(version) +
                                                  ", current: " + std::to_string(history.newest()) +
                                                  "; watch without one, or list again");
    for (const History::Stone& stone : history.deleted()) {
        if (stone.version <= version || stone.born > version || !options_.matches(*stone.last)) continue;
        queue_.tell(stone.last->metadata.uid, "");
        queue_.deleted(stone.last);
    }
    for (const model::Workflow* one : engine_.list(options_.namespace_of())) {
        if (!options_.matches(*one)) continue;
        const auto& metadata = one->metadata;
        if (version_of(*one) <= version) {
            queue_.tell(metadata.uid, metadata.resourceVersion);
        } else {
            if (history.born(metadata.uid) <= version) queue_.tell(metadata.uid, "");
            queue_.changed(*one);
        }
    }
}

void WatchFeed::on_change(Change change, const model::Workflow& workflow) {
    const bool known = queue_.knows(workflow.metadata.uid);
    if (!known && !options_.matches(workflow)) return;
    if (change != Change::deleted) {
        if (queue_.knows(workflow.metadata.uid, workflow.metadata.resourceVersion)) return;
        queue_.changed(workflow);
    } else {
        queue_.deleted(std::make_shared<model::Workflow>(workflow));
        if (queue_.deletions() > most_deletions) too_slow_ = true;
    }
    news();
}

std::optional<std::string> WatchFeed::next() {
    while (!too_slow_) {
        const auto entry = queue_.pop();
        if (!entry) break;
        const model::Workflow* now = entry->deleted.get();
        if (now == nullptr) {
            now = engine_.get(entry->namespace_of, entry->name);
            if (now == nullptr || !(now->metadata.uid == entry->uid)) continue;
        }
        const bool known = queue_.knows(entry->uid);
        // One whose labels do not match any more has left, as far as this watcher can see.
        if (entry->deleted != nullptr || !options_.matches(*now)) {
            queue_.forget(entry->uid);
            if (known || entry->deleted != nullptr) return event("DELETED", *now);
        } else if (!queue_.knows(entry->uid, now->metadata.resourceVersion)) {
            queue_.tell(entry->uid, now->metadata.resourceVersion);
            return event(known ? "MODIFIED" : "ADDED", *now);
        }
    }
    return std::nullopt;
}

std::optional<Failure> WatchFeed::failure() {
    // The words with which the real server reports that Kubernetes has ended a watch.
    if (too_slow_) return Failure(code::resource_exhausted, "EOF");
    return std::nullopt;
}

std::string WatchFeed::event(std::string_view type, const model::Workflow& workflow) const {
    std::string made = "{\"type\":\"";
    made += type;
    made += "\",\"object\":";
    made += workflow_json(workflow, object_fields_);
    made += '}';
    if (message_fields_.empty()) return made;
    // The real server filters twice: the object, then the whole message.
    namespace js = boost::json;
    js::value message(js::object{{"result", js::parse(made)}});
    message_fields_.apply(message);
    const auto* result = message.as_object().if_contains("result");
    return result == nullptr ? "{}" : js::serialize(*result);
}

}  // namespace tiphys::local::server
