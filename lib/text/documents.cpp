// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/visit.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>
#include <tiphys/text/documents.hpp>

#include <functional>
#include <optional>

#include "json_events.hpp"
#include "path.hpp"
#include "readers.hpp"

namespace tiphys {
namespace {

/// Where a value of the type goes.
struct Target {
    const model::value_type* type;
    void* at;
};

template <class T>
Target made(Document& document) {
    return {&model::detail::type_of<T>::value, &document.value.emplace<T>()};
}

struct Kind {
    std::string_view name;
    Target (*make)(Document&);
};

constexpr Kind kinds[] = {
    {"Workflow", &made<model::Workflow>},
    {"WorkflowTemplate", &made<model::WorkflowTemplate>},
    {"ClusterWorkflowTemplate", &made<model::ClusterWorkflowTemplate>},
    {"CronWorkflow", &made<model::CronWorkflow>},
    {"WorkflowEventBinding", &made<model::WorkflowEventBinding>},
    {"EventSource", &made<model::events::EventSource>},
    {"Sensor", &made<model::events::Sensor>},
    {"WorkflowList", &made<model::WorkflowList>},
    {"WorkflowTemplateList", &made<model::WorkflowTemplateList>},
    {"ClusterWorkflowTemplateList", &made<model::ClusterWorkflowTemplateList>},
    {"CronWorkflowList", &made<model::CronWorkflowList>},
    {"WorkflowEventBindingList", &made<model::WorkflowEventBindingList>},
    {"EventSourceList", &made<model::events::EventSourceList>},
    {"SensorList", &made<model::events::SensorList>},
};

Target target(Document& document) {
    for (const Kind& kind : kinds)
        if (kind.name == document.kind) return kind.make(document);
    return made<json>(document);
}

std::string_view kind_of(const json& value) {
    const json* kind = value.find("kind");
    return kind != nullptr && kind->is_string() ? kind->as_text().view() : std::string_view();
}

/// A document more. One is large, however small its text.
Document& add(Documents& documents, const ReadOptions& options, detail::Budget& budget, std::size_t line) {
    if (const std::size_t capacity = documents.capacity(); documents.size() == capacity) {
        const std::size_t wanted = detail::Budget::grown(capacity, sizeof(Document));
        if (!budget.take(wanted * sizeof(Document)))
            throw ReadError({}, budget.exceeded(), {line, 1}, options.name);
        documents.reserve(wanted);
        budget.give_back(capacity * sizeof(Document));
    }
    Document& made = documents.emplace_back();
    made.line = line;
    return made;
}

/// Reads the items of a document that is a List, one by one, from the values that they are so far.
class Items {
public:
    using Step = detail::Step;
    using Place = std::function<Location(const std::vector<Step>& path, bool second)>;

    Items(const ReadOptions& options, detail::Budget& budget, Place place)
        : options_(options), budget_(budget), place_(std::move(place)) {}

    void operator()(Document& document) {
        auto* whole = std::get_if<json>(&document.value);
        if (whole == nullptr || kind_of(*whole) != "List") return;
        json* const items = whole->members().find("items");
        if (items == nullptr || !items->is_array()) return;
        DocumentList made;
        path_.push_back(Step::member("items"));
        for (std::size_t i = 0; i < items->items().size(); ++i) {
            path_.push_back(Step::element(i));
            item(items->items()[i], add(made.items, options_, budget_, document.line));
            path_.pop_back();
        }
        path_.pop_back();
        whole->members().erase("items");
        made.head = std::move(*whole);
        document.value = std::move(made);
    }

private:
    void item(json& value, Document& made) {
        made.kind = std::string(kind_of(value));
        const Target to = target(made);
        if (std::holds_alternative<json>(made.value)) {
            made.value = std::move(value);
            (*this)(made);
            return;
        }
        try {
            detail::ModelSink sink(*to.type, to.at, options_, budget_);
            detail::feed_value(value, sink);
        } catch (const detail::Mistake& mistake) {
            std::vector<Step> path = path_;
            path.insert(path.end(), mistake.path.begin(), mistake.path.end());
            throw ReadError(detail::path_text(path), mistake.reason, place_(path, mistake.second),
                            options_.name);
        }
        value.reset();
    }

    const ReadOptions& options_;
    detail::Budget& budget_;
    Place place_;
    std::vector<Step> path_;
};

/// Errors: ReadError, JsonMistake.
Documents read_json_documents(std::string_view text, const ReadOptions& options) {
    Documents documents;
    detail::Budget budget(options, text.size());
    std::size_t line = 1;
    std::size_t counted = 0;
    for (std::size_t at = detail::skip_space(text); at < text.size(); at = detail::skip_space(text, at)) {
        line += detail::location_of(text.substr(counted), at - counted).line - 1;
        counted = at;
        Document& document = add(documents, options, budget, line);
        document.kind = detail::json_kind(text.substr(at));
        const Target to = target(document);
        const std::size_t from = at;
        at = detail::read_json_value(text, at, options, budget, *to.type, to.at);
        Items(options, budget, [&](const std::vector<detail::Step>& path, bool second) {
            return detail::locate_json_value(text, from, path, second);
        })(document);
    }
    return documents;
}

/// Errors: ReadError, YamlMistake.
Documents read_yaml_documents(std::string_view text, const ReadOptions& options) {
    Documents documents;
    detail::Budget budget(options, text.size());
    detail::YamlEvents events(text, options, budget);
    for (std::size_t number = 0; events.next_document(); ++number) {
        std::string kind = events.peek_kind();
        if (events.is_empty()) continue;
        Document& document = add(documents, options, budget, events.start().line);
        document.kind = std::move(kind);
        const Target to = target(document);
        detail::read_yaml_document(events, text, number, options, budget, *to.type, to.at);
        Items(options, budget, [&](const std::vector<detail::Step>& path, bool second) {
            return detail::locate_yaml(text, path, second, number);
        })(document);
    }
    return documents;
}

}  // namespace

DocumentList::DocumentList() = default;
DocumentList::DocumentList(const DocumentList&) = default;
DocumentList::DocumentList(DocumentList&&) noexcept = default;
DocumentList& DocumentList::operator=(const DocumentList&) = default;
DocumentList& DocumentList::operator=(DocumentList&&) noexcept = default;
DocumentList::~DocumentList() = default;

bool operator==(const DocumentList& a, const DocumentList& b) {
    if (!(a.head == b.head) || a.items.size() != b.items.size()) return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (a.items[i].kind != b.items[i].kind || !(a.items[i].value == b.items[i].value)) return false;
    return true;
}

void detail::members<DocumentList>::each(visitor& to, const DocumentList& value) {
    to.begin_object();
    for (const auto& member : value.head.members()) {
        to.map_key(member.key.view());
        tiphys::visit(to, member.value);
    }
    to.key("items");
    to.begin_array();
    for (const Document& item : value.items)
        std::visit([&](const auto& one) { visit_value(to, one); }, item.value);
    to.end_array();
    to.end_object();
}

Documents read_documents(std::string_view given, std::string_view name, const ReadOptions& base) {
    ReadOptions options = base;
    options.name = std::string(name);
    const std::string_view text = detail::checked_text(given, options);
    std::optional<detail::JsonMistake> not_json;
    if (detail::looks_like_json(text)) {
        try {
            return read_json_documents(text, options);
        } catch (const detail::JsonMistake& mistake) {
            not_json = mistake;
        }
    }
    // YAML's flow style begins as JSON does; what is neither is reported as JSON.
    try {
        return read_yaml_documents(text, options);
    } catch (const detail::YamlMistake& mistake) {
        const bool as_json = not_json.has_value() && mistake.is_syntax;
        throw ReadError({}, as_json ? not_json->reason : mistake.reason,
                        as_json ? not_json->place : mistake.place, options.name);
    }
}

std::string to_json(const Document& document) {
    return std::visit([](const auto& value) { return to_json(value); }, document.value);
}

std::string to_pretty_json(const Document& document) {
    return std::visit([](const auto& value) { return to_pretty_json(value); }, document.value);
}

std::string to_yaml(const Document& document) {
    return std::visit([](const auto& value) { return to_yaml(value); }, document.value);
}

std::string to_pretty_json(const Documents& documents) {
    std::string made;
    for (const Document& document : documents) made += to_pretty_json(document);
    return made;
}

std::string to_yaml(const Documents& documents) {
    std::string made;
    for (const Document& document : documents) {
        if (!made.empty()) made += "---\n";
        made += to_yaml(document);
    }
    return made;
}

}  // namespace tiphys
