// SPDX-License-Identifier: Apache-2.0
#include "readers.hpp"

#include "json_events.hpp"
#include "text_input.hpp"
#include "yaml_reader.hpp"

namespace tiphys {
namespace detail {
namespace {

Location shifted(Location place, Location start) {
    if (place.line == 0) return place;
    if (place.line == 1) place.column += start.column - 1;
    place.line += start.line - 1;
    return place;
}

/// Reads the text into the model; where the last of equal names wins, by way of a value that keeps only that.
template <class Read>
void feed(const ReadOptions& options, Budget& budget, const model::value_type& type, void* to, Read read) {
    const model::value_type& any = model::detail::type_of<json>::value;
    ModelSink sink(type, to, options, budget);
    if (options.duplicate_keys == DuplicateKeys::reject || &type == &any) {
        read(sink);
        return;
    }
    json value;
    ModelSink first(any, &value, options, budget);
    if (read(first)) feed_value(value, sink);
}

/// What a document says of itself, of a model that is one: it has `kind`, `apiVersion` and `metadata`.
struct Described {
    std::string_view kind;
    const model::field* kind_member = nullptr;
    const model::field* version_member = nullptr;
    bool is_argos = false;

    explicit Described(const model::value_type& type) {
        if (type.shape != model::value_type::form::object) return;
        const model::object_type& table = *type.object();
        bool metadata = false;
        for (const model::field& member : table.fields) {
            if (member.name == "kind") kind_member = &member;
            if (member.name == "apiVersion") version_member = &member;
            metadata = metadata || member.name == "metadata";
        }
        if (!metadata || kind_member == nullptr || version_member == nullptr) return;
        kind = table.name.substr(table.name.rfind('.') + 1);
        is_argos = table.name.find("argoproj") != std::string_view::npos;
    }
    bool is_other(std::string_view given) const { return !kind.empty() && !given.empty() && given != kind; }
    std::string other_kind(std::string_view given) const {
        return "this is a " + std::string(given) + ", but a " + std::string(kind) +
               " is read: read_documents() chooses the type by the kind";
    }
};

/// Errors: ReadError for a document of another kind, or of another group than Argo's. `place(member)` is
/// where the member stands.
template <class Place>
void check_kind(const model::value_type& type, void* read, const ReadOptions& options, Place place) {
    const Described wanted(type);
    if (wanted.kind.empty()) return;
    const std::string_view kind = member_at<str>(read, wanted.kind_member->offset).view();
    if (wanted.is_other(kind)) throw ReadError("kind", wanted.other_kind(kind), place("kind"), options.name);
    const std::string_view version = member_at<str>(read, wanted.version_member->offset).view();
    if (!wanted.is_argos || version.empty() || version.starts_with("argoproj.io/")) return;
    throw ReadError("apiVersion",
                    std::string(version) + " is of another group than argoproj.io, whose " +
                        std::string(wanted.kind) + " is read: read_yaml<json>() takes any document",
                    place("apiVersion"), options.name);
}

/// After a document could not be read: that it is of another kind is why. `kind()` is what it says.
template <class Kind, class Place>
void blame_kind(const ReadError& error, const model::value_type& type, const ReadOptions& options, Kind kind,
                Place place) {
    // Of kinds that are given twice the one that counts is not known.
    if (error.path == "kind" || options.duplicate_keys == DuplicateKeys::last_wins) return;
    const Described wanted(type);
    if (wanted.kind.empty()) return;
    if (const std::string given = kind(); wanted.is_other(given))
        throw ReadError("kind", wanted.other_kind(given), place("kind"), options.name);
}

/// The kind of the first document, if it gets as far.
std::string yaml_kind(std::string_view text, const ReadOptions& options) {
    Budget budget(options, text.size());
    try {
        YamlEvents events(text, options, budget);
        return events.next_document() ? events.peek_kind() : std::string();
    } catch (const YamlMistake&) {
        return {};
    }
}

std::size_t read_json_document(std::string_view text, const ReadOptions& options,
                               const model::value_type& type, void* to) {
    Budget budget(options, text.size());
    const auto place = [&](std::string_view member) {
        return locate_json_value(text, 0, {Step::member(member)}, false);
    };
    std::size_t end = 0;
    try {
        end = skip_space(text, read_json_value(text, 0, options, budget, type, to));
    } catch (const ReadError& error) {
        blame_kind(error, type, options, [&] { return json_kind(text); }, place);
        throw;
    }
    if (end == text.size()) check_kind(type, to, options, place);
    return end;
}

}  // namespace

bool looks_like_json(std::string_view text) {
    const std::size_t first = skip_space(text);
    return first < text.size() && (text[first] == '{' || text[first] == '[');
}

std::string_view checked_text(std::string_view text, const ReadOptions& options) {
    if (text.size() > most_bytes(options)) fail_too_long(options);
    return without_mark(text);
}

Location locate_json_value(std::string_view whole, std::size_t from, const std::vector<Step>& path,
                           bool second) {
    return shifted(locate_json(whole.substr(from), path, second), location_of(whole, from));
}

std::size_t read_json_value(std::string_view whole, std::size_t from, const ReadOptions& options,
                            Budget& budget, const model::value_type& type, void* to) {
    const std::string_view text = whole.substr(from);
    try {
        JsonOutcome outcome;
        feed(options, budget, type, to, [&](ModelSink& sink) {
            outcome = feed_json(text, sink);
            return outcome.reason.empty();
        });
        if (outcome.reason.empty()) return from + outcome.read;
        throw JsonMistake{outcome.reason, location_of(whole, from + outcome.read)};
    } catch (const Mistake& mistake) {
        throw ReadError(path_text(mistake.path), mistake.reason,
                        locate_json_value(whole, from, mistake.path, mistake.second), options.name);
    }
}

void read_yaml_document(YamlEvents& events, std::string_view whole, std::size_t document,
                        const ReadOptions& options, Budget& budget, const model::value_type& type, void* to) {
    try {
        feed(options, budget, type, to, [&](ModelSink& sink) {
            feed_yaml(events, sink);
            return true;
        });
    } catch (const Mistake& mistake) {
        Location place = locate_yaml(whole, mistake.path, mistake.second, document);
        // What a merge key brings stands elsewhere than its path says.
        if (place.line == 0) place = events.place();
        throw ReadError(path_text(mistake.path), mistake.reason, place, options.name);
    }
}

void report_yaml(const YamlMistake& mistake, std::string_view text, const ReadOptions& options) {
    if (mistake.is_syntax && looks_like_json(text)) {
        json ignored;
        read_json(text, options, model::detail::type_of<json>::value, &ignored);
    }
    throw ReadError({}, mistake.reason, mistake.place, options.name);
}

void read_json(std::string_view given, const ReadOptions& options, const model::value_type& type, void* to) {
    const std::string_view text = checked_text(given, options);
    try {
        const std::size_t end = read_json_document(text, options, type, to);
        if (end != text.size()) throw JsonMistake{"more text after the JSON value", location_of(text, end)};
    } catch (const JsonMistake& mistake) {
        throw ReadError({}, mistake.reason, mistake.place, options.name);
    }
}

bool read_if_json(std::string_view given, const ReadOptions& options, const model::value_type& type,
                  void* to) {
    const std::string_view text = checked_text(given, options);
    if (!looks_like_json(text)) return false;
    try {
        return read_json_document(text, options, type, to) == text.size();
    } catch (const JsonMistake&) {
        return false;
    }
}

void read_yaml(std::string_view given, const ReadOptions& options, const model::value_type& type, void* to) {
    const std::string_view text = checked_text(given, options);
    const auto place = [&](std::string_view member) {
        return locate_yaml(text, {Step::member(member)}, false, 0);
    };
    Budget budget(options, text.size());
    try {
        YamlEvents events(text, options, budget);
        if (!events.next_document()) throw ReadError({}, "the text holds no document", {}, options.name);
        try {
            read_yaml_document(events, text, 0, options, budget, type, to);
        } catch (const ReadError& error) {
            blame_kind(error, type, options, [&] { return yaml_kind(text, options); }, place);
            throw;
        }
        check_kind(type, to, options, place);
        events.next();
        if (events.next_document())
            throw ReadError({}, "a second document, where one is wanted", events.place(), options.name);
    } catch (const YamlMistake& mistake) {
        report_yaml(mistake, text, options);
    }
}

}  // namespace detail

Location locate(std::string_view given, std::string_view path, std::size_t document) {
    const std::string_view text = detail::without_mark(given);
    const std::vector<detail::Step> steps = detail::parse_path(path);
    if (document == 0 && detail::looks_like_json(text))
        if (const Location place = detail::locate_json(text, steps, false); place.line != 0) return place;
    return detail::locate_yaml(text, steps, false, document);
}

}  // namespace tiphys
