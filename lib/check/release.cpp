// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/release.hpp>
#include <tiphys/check/rules/release.hpp>
#include <tiphys/model/generated/visit.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>

#include <algorithm>
#include <tuple>
#include <vector>

namespace tiphys {
namespace {

using model::release_note;
using Notes = std::span<const release_note>;
using form = model::value_type::form;

/// The notes on a type: one on the type itself comes first, then those on its fields, sorted.
Notes notes_on(std::string_view definition) {
    const Notes all = model::release_notes();
    const auto found = std::ranges::equal_range(all, definition, {}, &release_note::definition);
    return {found.begin(), found.end()};
}

const release_note* find(Notes notes, std::string_view field) {
    const auto found = std::ranges::lower_bound(notes, field, {}, &release_note::field);
    return found != notes.end() && found->field == field ? &*found : nullptr;
}

std::string_view short_name(std::string_view definition) {
    return definition.substr(definition.rfind('.') + 1);
}

/// Hears a document read aloud and knows by the tables which field of which type each name is.
class ReleaseWalk final : public visitor {
public:
    ReleaseWalk(const model::object_type& type, std::size_t target)
        : root_{.shape = form::object, .size = 0}, root_object_(&type), target_(target) {
        const Notes notes = notes_on(type.name);
        if (const release_note* note = find(notes, "")) judge(*note, type);
    }

    void begin_object() override { open(); }
    void end_object() override { close(); }
    void begin_array() override { open(); }
    void end_array() override { close(); }
    void key(std::string_view name) override {
        if (skipped_ != 0) return;
        Frame& frame = frames_.back();
        frame.part = {name, -1};
        const auto field = std::ranges::lower_bound(frame.object->fields, name, {}, &model::field::name);
        next_ = field != frame.object->fields.end() && field->name == name ? field->type : nullptr;
        if (const release_note* note = find(frame.notes, name)) judge(*note, *frame.object);
    }
    void map_key(std::string_view name) override {
        if (skipped_ != 0) return;
        Frame& frame = frames_.back();
        frame.part = {name, -1};
        // In an object: a field that the schema does not know, which no release can be asked about.
        next_ = frame.object != nullptr ? nullptr : frame.element;
    }
    void string(std::string_view) override {}
    void integer(std::int64_t) override {}
    void boolean(bool) override {}
    void number(std::string_view) override {}
    void null() override {}

    list<Diagnostic> found;

private:
    /// An object, a map or a list that is being read, and where in it.
    struct Frame {
        const model::object_type* object = nullptr;
        const model::value_type* element = nullptr;  ///< of a list or map
        Notes notes = {};
        Path::Part part = {};
        bool is_list = false;
    };

    const model::value_type* expected() {
        if (frames_.empty()) return &root_;
        Frame& frame = frames_.back();
        if (!frame.is_list) return next_;
        ++frame.part.index;
        return frame.element;
    }

    void open() {
        const model::value_type* type = skipped_ == 0 ? expected() : nullptr;
        if (type != nullptr && type->shape == form::box) type = type->element;
        if (type == nullptr || (type->shape != form::object && type->element == nullptr)) {
            ++skipped_;
        } else if (type->shape == form::object) {
            const model::object_type* object = type == &root_ ? root_object_ : type->object();
            frames_.push_back({.object = object, .notes = notes_on(object->name)});
        } else {
            frames_.push_back({.element = type->element, .is_list = type->shape == form::list});
        }
    }
    void close() {
        if (skipped_ != 0)
            --skipped_;
        else
            frames_.pop_back();
    }

    Path path() const {
        Path made;
        try {
            for (const Frame& frame : frames_)
                made =
                    frame.is_list ? made[static_cast<std::size_t>(frame.part.index)] : made / frame.part.name;
        } catch (const std::length_error&) {
            // The beginning of the path is better than no diagnostic.
        }
        return made;
    }

    void judge(const release_note& note, const model::object_type& type) {
        const bool too_new = target_ < note.first;
        if (!too_new && target_ <= note.last) return;
        const auto releases = model::releases();
        const std::string_view name = short_name(type.name);
        str message;
        if (note.field.empty())
            message.append("type `").append(name);
        else
            message.append("field `").append(note.field).append("` of `").append(name);
        message.append("` exists ").append(too_new ? "since" : "until").append(" Argo ");
        message.append(releases[too_new ? note.first : note.last]).append("; ");
        message.append(releases[target_]).append(" ignores it");
        if (!too_new && !note.replacement.empty())
            message.append("; use `").append(note.replacement).append("`");
        const Path where = path();
        found.push_back(Diagnostic{too_new ? &rule::release_unknown_field : &rule::release_removed_field,
                                   where, where.to_text(), -1, std::move(message)});
    }

    const model::value_type root_;
    const model::object_type* root_object_;
    std::size_t target_;
    std::vector<Frame> frames_;
    const model::value_type* next_ = nullptr;  ///< of the value whose name was read last
    std::size_t skipped_ = 0;                  ///< depth within a value that has no tables
};

}  // namespace

std::optional<Release> Release::parse(std::string_view text) noexcept {
    if (text.starts_with('v')) text.remove_prefix(1);
    const auto releases = model::releases();
    for (std::size_t i = 0; i < releases.size(); ++i) {
        if (!text.starts_with(releases[i])) continue;
        const std::string_view patch = text.substr(releases[i].size());
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        if (patch.empty() ||
            (patch.size() > 1 && patch[0] == '.' && std::ranges::all_of(patch.substr(1), digit)))
            return Release(static_cast<std::uint8_t>(i));
    }
    return std::nullopt;
}

Release Release::newest() noexcept {
    return Release(static_cast<std::uint8_t>(model::releases().size() - 1));
}

std::string Release::names() {
    std::string made;
    for (const std::string_view name : model::releases()) made.append(made.empty() ? "" : ", ").append(name);
    return made;
}

namespace {

/// A mistake of an item, seen from the list.
Diagnostic within(const Path& item, Diagnostic found) {
    Path path = item;
    constexpr std::size_t most = 16;
    for (const Path::Part& part : found.path) {
        if (path.size() == most) break;
        if (part.index >= 0)
            path = path[static_cast<std::size_t>(part.index)];
        else
            path = path / part.name;
    }
    str location = item.to_text();
    location.append(".").append(found.location.view());
    found.path = path;
    found.location = std::move(location);
    return found;
}

list<Diagnostic> check_items(const DocumentList& documents, Release target) {
    list<Diagnostic> found;
    for (std::size_t i = 0; i < documents.items.size(); ++i)
        for (const Diagnostic& one : check_release(documents.items[i], target))
            found.push_back(within((Path() / "items")[i], one));
    return found;
}

}  // namespace

list<Diagnostic> detail::check_release(const model::object_type& type, void (*read)(visitor&, const void*),
                                       const void* document, Release target) {
    const auto releases = model::releases();
    const auto index =
        static_cast<std::size_t>(std::ranges::find(releases, target.name()) - releases.begin());
    ReleaseWalk walk(type, index);
    read(walk, document);
    return std::move(walk.found);
}

list<Diagnostic> check_release(const Document& document, Release target) {
    return std::visit(
        [&]<class T>(const T& value) -> list<Diagnostic> {
            if constexpr (std::is_same_v<T, json>)
                return {};
            else if constexpr (std::is_same_v<T, DocumentList>)
                return check_items(value, target);
            else
                return check_release(value, target);
        },
        document.value);
}

}  // namespace tiphys
