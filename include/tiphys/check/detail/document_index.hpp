// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/names.hpp>
#include <tiphys/model/model.hpp>

namespace tiphys::detail {

/// Finds entries by the hash of what names them, for the running program; it grows, and the caller compares.
template <class Entry>
class entry_index {
public:
    /// The entry of that hash which `is(entry)` accepts, or null.
    template <class Is>
    const Entry* find(std::uint64_t hash, Is is) const noexcept {
        if (slots_.empty()) return nullptr;
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t at = hash & mask; slots_[at].used; at = (at + 1) & mask)
            if (slots_[at].hash == hash && is(slots_[at].entry)) return &slots_[at].entry;
        return nullptr;
    }
    /// Adds an entry; one that equals it must not be there.
    void add(std::uint64_t hash, const Entry& entry) {
        if (2 * (size_ + 1) > slots_.size()) grow();
        put(slots_, hash, entry);
        ++size_;
    }

private:
    struct slot {
        std::uint64_t hash = 0;
        Entry entry{};
        bool used = false;
    };

    static void put(list<slot>& slots, std::uint64_t hash, const Entry& entry) {
        const std::size_t mask = slots.size() - 1;
        std::size_t at = hash & mask;
        while (slots[at].used) at = (at + 1) & mask;
        slots[at] = {hash, entry, true};
    }
    void grow() {
        list<slot> larger;
        const std::size_t capacity = slots_.empty() ? 16 : 2 * slots_.size();
        larger.reserve(capacity);
        for (std::size_t i = 0; i < capacity; ++i) larger.push_back(slot{});
        for (const slot& one : slots_)
            if (one.used) put(larger, one.hash, one.entry);
        slots_ = std::move(larger);
    }

    list<slot> slots_;
    std::size_t size_ = 0;
};

/// The documents of one kind by their names, and their templates by theirs.
template <class Document>
class document_index {
public:
    void add(const Document& document) {
        const auto name = document.metadata.name.view();
        const auto namespace_ = document.metadata.namespace_.view();
        if (find(name, namespace_) == nullptr) by_both_.add(hash(name, namespace_), &document);
        if (find(name) == nullptr) by_name_.add(hash(name), &document);
        const auto& templates = document.spec.templates;
        for (std::size_t i = 0; i < templates.size(); ++i)
            if (find_template(document.spec, templates[i].name.view()) == nullptr)
                templates_.add(hash(templates[i].name.view()) ^ hash(document.spec),
                               {&document.spec, static_cast<std::uint32_t>(i)});
    }
    /// The first of that name, whatever its namespace, or null.
    const Document* find(std::string_view name) const noexcept {
        const auto* found = by_name_.find(
            hash(name), [&](const Document* one) { return same(one->metadata.name.view(), name); });
        return found == nullptr ? nullptr : *found;
    }
    /// The first of that name in just that namespace, or null.
    const Document* find(std::string_view name, std::string_view namespace_) const noexcept {
        const auto* found = by_both_.find(hash(name, namespace_), [&](const Document* one) {
            return same(one->metadata.name.view(), name) && same(one->metadata.namespace_.view(), namespace_);
        });
        return found == nullptr ? nullptr : *found;
    }
    /// The template of that name in the spec of one of the documents, or null.
    const model::Template* find_template(const model::WorkflowSpec& spec,
                                         std::string_view name) const noexcept {
        const auto* found = templates_.find(hash(name) ^ hash(spec), [&](const place& one) {
            return one.spec == &spec && one.index < spec.templates.size() &&
                   same(spec.templates[one.index].name.view(), name);
        });
        return found == nullptr ? nullptr : &spec.templates[found->index];
    }

private:
    struct place {
        const model::WorkflowSpec* spec = nullptr;
        std::uint32_t index = 0;
    };

    static std::uint64_t hash(std::string_view name) noexcept { return hash_at_run_time(name, hash_seed()); }
    static std::uint64_t hash(std::string_view name, std::string_view namespace_) noexcept {
        return hash_at_run_time(namespace_, hash(name));
    }
    static std::uint64_t hash(const model::WorkflowSpec& spec) noexcept {
        const auto* const address = &spec;
        return hash_at_run_time({reinterpret_cast<const char*>(&address), sizeof address}, hash_seed());
    }

    entry_index<const Document*> by_both_;
    entry_index<const Document*> by_name_;
    entry_index<place> templates_;
};

}  // namespace tiphys::detail
