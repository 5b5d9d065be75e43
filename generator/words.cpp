// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include <tiphys/text/word_of.hpp>

#include <algorithm>
#include <array>

#include "emit.hpp"
#include "problem.hpp"

namespace tiphys::generator {
namespace {

/// The documents that a user writes; below them lies all that needs a word.
constexpr std::array<std::string_view, 7> roots{
    "Workflow",      "WorkflowTemplate",     "ClusterWorkflowTemplate",
    "CronWorkflow",  "WorkflowEventBinding", "events::EventSource",
    "events::Sensor"};

/// Written by hand as a whole: build/workflow.hpp and its neighbours, and an aggregate of build/call.hpp.
constexpr std::array<std::string_view, 6> entities{
    "Workflow",     "WorkflowTemplate",     "ClusterWorkflowTemplate",
    "CronWorkflow", "WorkflowEventBinding", "Sequence"};

/// Where a class has two words of one name, or the name says something else there already.
struct Rename {
    std::string_view mixin, property, word;
};
constexpr auto renames = std::to_array<Rename>({
    // A container has a security context of its own.
    {"all_template_words", "securityContext", "pod_security_context"},
    // `suspend(name)` adds a template.
    {"spec_words", "suspend", "suspended"},
    {"cron_words", "suspend", "cron_suspended"},
    // The workflow's spec has one, too.
    {"cron_words", "workflowMetadata", "cron_workflow_metadata"},
    // The template has one, too.
    {"container_set_words", "retryStrategy", "container_retry_strategy"},
    // Not the name of the template.
    {"container_words", "name", "container_name"},
});

/// Objects that mean something without a member.
constexpr std::array<std::string_view, 1> says_by_presence{"k8s::EmptyDirVolumeSource"};

std::string short_name(const Struct& made) {
    return (made.space.empty() ? "" : made.space + "::") + made.name;
}

bool is_status(const Member& member) {
    return member.json_name == "status" && member.definition.ends_with("Status");
}

template <class Range, class Wanted>
bool contains(const Range& range, const Wanted& wanted) {
    return std::find(range.begin(), range.end(), wanted) != range.end();
}

bool of_any_scalar(const Struct& made, const Member& member) {
    return member.text == "any_string" || member.text == "quantity" ||
           unit_of(made, member).starts_with("seconds, or");
}

takes form_of(const Struct& made, const Member& member) {
    using form = Member::form;
    const bool scalar = of_any_scalar(made, member);
    if (member.depth < 2) {
        if (member.shape == form::object || member.shape == form::box) return takes::object;
        if (member.shape == form::list) {
            if (!member.definition.empty()) return takes::objects;
            if (member.element == "str") return scalar ? takes::values : takes::texts;
            if (member.element == "opt<std::int64_t>") return takes::integers;
            if (member.element == "number") return takes::numbers;
        } else if (member.shape == form::map) {
            if (!member.definition.empty()) return takes::object_entry;
            if (member.element == "str") return scalar ? takes::value_entry : takes::text_entry;
        } else {
            if (member.type == "str") return scalar ? takes::value : takes::text;
            if (member.type == "opt<bool>") return takes::flag;
            if (member.type == "opt<std::int64_t>") return takes::integer;
            if (member.type == "int_or_string") return takes::int_or_string;
            if (member.type == "number") return takes::number;
            if (member.type == "json") return takes::json;
        }
    }
    throw Problem(made.definition + "." + member.json_name + ": no word is known for " + member.type +
                  "; give it one in words.cpp, or a row among the words by hand");
}

std::string sentence(std::string text) {
    if (text.empty()) return text;
    if (text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text + ".";
}

}  // namespace

const ByHand* by_hand(std::string_view owner, std::string_view property) {
    for (const ByHand& row : words_by_hand())
        if (row.owner == owner && row.property == property) return &row;
    return nullptr;
}

Words::Words(const Model& model) : model_(model) {
    for (const Struct& made : model.structs) {
        by_definition_[made.definition] = &made;
        by_name_[short_name(made)] = &made;
    }
    for (const std::string_view root : roots) reach(find(root).definition);
    const auto has = [&](std::string_view owner, std::string_view property) {
        for (const Mixin& mixin : mixins())
            if (mixin.name == owner) {
                const auto all = members(mixin);
                return std::any_of(all.begin(), all.end(),
                                   [&](const Member* member) { return member->json_name == property; });
            }
        const auto& all = find(owner).members;
        return std::any_of(all.begin(), all.end(),
                           [&](const Member& member) { return member.json_name == property; });
    };
    for (const ByHand& row : words_by_hand())
        if (!has(row.owner, row.property))
            throw Problem("words_by_hand.cpp: " + std::string(row.owner) + " has no " +
                          std::string(row.property) + "; remove the row");
    for (const Rename& row : renames)
        if (!has(row.mixin, row.property))
            throw Problem("words.cpp: " + std::string(row.mixin) + " has no " + std::string(row.property) +
                          "; remove the row");
}

void Words::reach(const std::string& definition) {
    const auto found = by_definition_.find(definition);
    if (found == by_definition_.end() || contains(reached_, found->second)) return;
    reached_.push_back(found->second);
    for (const Member& member : found->second->members)
        if (!is_status(member)) reach(member.definition);
}

const Struct& Words::find(std::string_view name) const {
    const auto found = by_name_.find(std::string(name));
    if (found == by_name_.end())
        throw Problem("words.cpp: there is no struct " + std::string(name) + "; correct the table");
    return *found->second;
}

std::vector<const Struct*> Words::written(std::string_view space) const {
    std::vector<const Struct*> found;
    for (const Struct* made : reached_) {
        // What only Argo Events reaches of Kubernetes lies in its own, larger header.
        const bool here = space == "k8s"             ? made->space == "k8s" && made->home == unit::workflow
                          : space == "k8s of events" ? made->space == "k8s" && made->home != unit::workflow
                          : space == "events" ? made->space == "events" || made->space == "eventsource" ||
                                                    made->space == "sensor"
                                              : made->space == space;
        if (here) found.push_back(made);
    }
    std::sort(found.begin(), found.end(), [](const Struct* a, const Struct* b) { return a->name < b->name; });
    return found;
}

bool Words::has_class(const Struct& made) const {
    if (!made.space.empty()) return true;
    if (contains(entities, made.name)) return false;
    for (const Mixin& mixin : mixins())
        if (contains(mixin.types, made.name)) return false;
    return true;
}

bool Words::is_document(const Struct& made) const {
    const auto has = [&](std::string_view name) {
        return std::any_of(made.members.begin(), made.members.end(),
                           [&](const Member& member) { return member.json_name == name; });
    };
    return has("apiVersion") && has("kind") && has("metadata");
}

Word Words::word(const Struct& made, const Member& member) const {
    Word word;
    word.member = &member;
    word.name = word_of(member.json_name);
    word.form = form_of(made, member);
    if (!member.definition.empty()) {
        const Struct& held = *by_definition_.at(member.definition);
        word.type = full_name(held);
        word.empty_says = held.members.empty() || contains(says_by_presence, short_name(held));
        word.comment = phrase_of(held);
    }
    if (const std::string text = sentence(remarks(model_, made, member, false)); !text.empty())
        word.comment += (word.comment.empty() ? "" : " ") + text;
    return word;
}

std::vector<Word> Words::of(const Struct& made) const {
    std::vector<Word> words;
    for (const Member& member : made.members) {
        if (is_status(member) || by_hand(short_name(made), member.json_name) != nullptr) continue;
        // A document has the words of its metadata.
        if (is_document(made) && member.json_name == "metadata") continue;
        words.push_back(word(made, member));
    }
    return words;
}

std::vector<const Member*> Words::members(const Mixin& mixin) const {
    std::vector<const Member*> found;
    std::vector<const Member*> taken;
    if (!mixin.without.empty())
        for (const Mixin& other : mixins())
            if (other.name == mixin.without) taken = members(other);
    for (const Member& member : find(mixin.types.front()).members) {
        // Not their types, which are spelt as seen from the namespace of each.
        const auto same = [&](const Member& other) {
            return other.json_name == member.json_name && other.shape == member.shape &&
                   other.definition == member.definition;
        };
        const bool in_all = std::all_of(mixin.types.begin(), mixin.types.end(), [&](std::string_view type) {
            const auto& members = find(type).members;
            return std::any_of(members.begin(), members.end(), same);
        });
        const bool is_taken =
            std::any_of(taken.begin(), taken.end(), [&](const Member* other) { return same(*other); });
        if (in_all && !is_taken) found.push_back(&member);
    }
    return found;
}

std::vector<Word> Words::of(const Mixin& mixin) const {
    std::vector<Word> words;
    const Struct& made = find(mixin.types.front());
    for (const Member* member : members(mixin)) {
        if (by_hand(mixin.name, member->json_name) != nullptr) continue;
        words.push_back(word(made, *member));
        for (const Rename& row : renames)
            if (row.mixin == mixin.name && row.property == member->json_name) words.back().name = row.word;
    }
    return words;
}

std::vector<std::vector<const Member*>> Words::constructors_of(const Struct& made) const {
    const auto member = [&](std::string_view name) -> const Member* {
        for (const Member& each : made.members)
            if (each.json_name == name) return &each;
        return nullptr;
    };
    std::vector<std::vector<const Member*>> found;
    const Member* name = member("name");
    if (name != nullptr && name->required)
        found.push_back({name});
    else
        found.push_back({});
    for (const Constructor& row : constructors_beside_names) {
        if (row.type != short_name(made)) continue;
        std::vector<const Member*> more;
        for (const std::string_view property : row.properties) {
            if (property.empty()) continue;
            more.push_back(member(property));
            if (more.back() == nullptr || more.back()->type != "str")
                throw Problem("words.cpp: " + short_name(made) + " has no text " + std::string(property) +
                              "; correct the row of its constructor");
        }
        found.push_back(more);
    }
    return found;
}

}  // namespace tiphys::generator
