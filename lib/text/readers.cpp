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
    Budget budget(options, text.size());
    try {
        const std::size_t end = skip_space(text, read_json_value(text, 0, options, budget, type, to));
        if (end != text.size()) throw JsonMistake{"more text after the JSON value", location_of(text, end)};
    } catch (const JsonMistake& mistake) {
        throw ReadError({}, mistake.reason, mistake.place, options.name);
    }
}

bool read_if_json(std::string_view given, const ReadOptions& options, const model::value_type& type,
                  void* to) {
    const std::string_view text = checked_text(given, options);
    if (!looks_like_json(text)) return false;
    Budget budget(options, text.size());
    try {
        return skip_space(text, read_json_value(text, 0, options, budget, type, to)) == text.size();
    } catch (const JsonMistake&) {
        return false;
    }
}

void read_yaml(std::string_view given, const ReadOptions& options, const model::value_type& type, void* to) {
    const std::string_view text = checked_text(given, options);
    Budget budget(options, text.size());
    try {
        YamlEvents events(text, options, budget);
        if (!events.next_document()) throw ReadError({}, "the text holds no document", {}, options.name);
        read_yaml_document(events, text, 0, options, budget, type, to);
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
