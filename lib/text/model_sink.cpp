// SPDX-License-Identifier: Apache-2.0
#include "model_sink.hpp"

#include <algorithm>
#include <charconv>

#include "number_text.hpp"

namespace tiphys::detail {
namespace {

using model::text_form;

constexpr const model::value_type& json_type = model::detail::type_of<json>::value;

bool parse_integer(std::string_view literal, std::int64_t& value) {
    const auto result = std::from_chars(literal.data(), literal.data() + literal.size(), value);
    return result.ec == std::errc() && result.ptr == literal.data() + literal.size();
}

/// Names of one table rarely share their length and three of their letters.
std::size_t cache_index(const model::object_type& table, std::string_view name) {
    std::size_t mix = (reinterpret_cast<std::uintptr_t>(&table) >> 4) + name.size() * 7;
    if (!name.empty()) {
        mix ^= static_cast<unsigned char>(name.front()) * 31u;
        mix ^= static_cast<unsigned char>(name.back()) * 17u;
        mix ^= static_cast<unsigned char>(name[name.size() / 2]) * 5u;
    }
    return (mix ^ (mix >> 8)) & 255;
}

/// Text of any length as part of a message.
std::string excerpt(std::string_view text) {
    std::string made = "\"";
    made.append(text.substr(0, 40));
    return made += text.size() > 40 ? "...\"" : "\"";
}

}  // namespace

ModelSink::ModelSink(const model::value_type& type, void* root, const ReadOptions& options, Budget& budget)
    : root_type_(type),
      root_(root),
      budget_(budget),
      max_depth_(std::min<std::size_t>(options.max_depth, 5000)),
      keep_unknown_(options.unknown_fields == UnknownFields::keep),
      last_wins_(options.duplicate_keys == DuplicateKeys::last_wins) {
    frames_.reserve(32);
}

/// Where the next value goes; makes the element of a list.
ModelSink::Slot ModelSink::next() {
    if (frames_.empty()) return {&root_type_, root_, text_form::plain, false};
    Frame& frame = frames_.back();
    switch (frame.holds) {
        case Holds::object:
            if (frame.member == nullptr) break;
            return {frame.member->type, frame.slot, frame.member->text, true};
        case Holds::map: return {frame.type->element, frame.slot, frame.text, false};
        case Holds::list:
            if (frame.count++ == frame.capacity) grow(frame);
            return {frame.type->element, frame.type->append(frame.at), frame.text, false};
        case Holds::json_array:
            return {&json_type, &appended(as<json>(frame.at).items()), text_form::plain, false};
        case Holds::json_object: break;
    }
    return {&json_type, frame.slot, text_form::plain, false};
}

/// Where the next value goes if it is not null: a box is filled.
ModelSink::Slot ModelSink::settled() {
    Slot slot = next();
    while (slot.type->shape == Form::box) {
        take(Budget::block(slot.type->element->size));
        slot.at = slot.type->append(slot.at);
        slot.type = slot.type->element;
    }
    return slot;
}

std::size_t ModelSink::element_size(const model::value_type& type) {
    const std::size_t size = type.element->size;
    if (type.shape == Form::list) return size;
    // An entry of a map: a key and a value, which may leave a gap.
    return (sizeof(str) + size + alignof(str) - 1) / alignof(str) * alignof(str);
}

/// Makes room for one more. The old storage and the new are there at the same time, and so are counted.
void ModelSink::grow(Frame& frame) {
    const std::size_t size = element_size(*frame.type);
    const std::size_t wanted = Budget::grown(frame.capacity, size);
    take(wanted * size);
    frame.type->reserve(frame.at, wanted);
    budget_.give_back(frame.capacity * size);
    frame.capacity = wanted;
}

/// The same for what a JSON value holds, and the new element.
template <class Container>
json& ModelSink::appended(Container& to, std::string_view key) {
    constexpr std::size_t size = sizeof(typename Container::value_type);
    if (const std::size_t capacity = to.capacity(); to.size() == capacity) {
        const std::size_t wanted = Budget::grown(capacity, size);
        take(wanted * size);
        to.reserve(wanted);
        budget_.give_back(capacity * size);
    }
    if constexpr (std::is_same_v<Container, list<json>>) {
        return to.emplace_back();
    } else {
        take(Budget::block(key.size()));
        return to.append(key);
    }
}

template <class Container>
void ModelSink::tidy(Container& container) {
    constexpr std::size_t size = sizeof(typename Container::value_type);
    const std::size_t capacity = container.capacity();
    if (!Budget::is_wasteful(capacity, container.size(), size) || !budget_.take(container.size() * size))
        return;
    container.shrink_to_fit();
    budget_.give_back(capacity * size);
}

ModelSink::Frame& ModelSink::open(Holds holds, const Slot& slot) {
    if (frames_.size() >= max_depth_)
        fail("nested deeper than " + std::to_string(max_depth_) + " levels (ReadOptions::max_depth)");
    return frames_.emplace_back(Frame{.holds = holds,
                                      .text = slot.text,
                                      .at = slot.at,
                                      .type = slot.type,
                                      .table = nullptr,
                                      .member = nullptr,
                                      .slot = nullptr,
                                      .count = 0,
                                      .capacity = 0,
                                      .seen = {}});
}

void ModelSink::begin_object() {
    const Slot slot = settled();
    switch (slot.type->shape) {
        case Form::object: {
            Frame& frame = open(Holds::object, slot);
            frame.table = slot.type->object();
            if (frame.table->fields.size() > 64 * frame.seen.size())
                throw std::logic_error("tiphys: a model type with more members than ModelSink can mark");
            return;
        }
        case Form::map: begin_container(Holds::map, slot); return;
        case Form::json:
            as<json>(slot.at) = json::object();
            open(Holds::json_object, slot);
            return;
        default: mismatch(slot, "an object");
    }
}

void ModelSink::begin_array() {
    const Slot slot = settled();
    switch (slot.type->shape) {
        case Form::list: begin_container(Holds::list, slot); return;
        case Form::json:
            as<json>(slot.at) = json::array();
            open(Holds::json_array, slot);
            return;
        default: mismatch(slot, "a list");
    }
}

void ModelSink::begin_container(Holds holds, const Slot& slot) {
    // An empty one that is present has room for one element.
    take(element_size(*slot.type));
    slot.type->engage(slot.at);
    open(holds, slot).capacity = 1;
}

void ModelSink::end_container(const Frame& frame) {
    const std::size_t size = element_size(*frame.type);
    if (Budget::is_wasteful(frame.capacity, frame.count, size) && budget_.take(frame.count * size)) {
        frame.type->shrink(frame.at);
        budget_.give_back(frame.capacity * size);
    }
}

void ModelSink::end_array() {
    const Frame& frame = frames_.back();
    if (frame.holds == Holds::list)
        end_container(frame);
    else
        tidy(as<json>(frame.at).items());
    frames_.pop_back();
}

void ModelSink::end_object() {
    const Frame& frame = frames_.back();
    if (frame.holds == Holds::map) {
        if (frame.count > 1) {
            std::vector<std::string_view> names;
            for (std::size_t i = 0; i < frame.count; ++i) names.push_back(frame.type->key(frame.at, i));
            check_distinct(names);
        }
        end_container(frame);
        frames_.pop_back();
        return;
    }
    json* members = &as<json>(frame.at);
    if (frame.holds == Holds::object)
        members = member_at<box<json>>(frame.at, frame.table->unknown_fields).get();
    if (members != nullptr && members->members().size() > 1) {
        if (last_wins_ && frame.holds == Holds::json_object) {
            keep_last(members->members());
        } else {
            std::vector<std::string_view> names;
            for (const auto& member : members->members()) names.push_back(member.key.view());
            check_distinct(names);
        }
        tidy(members->members());
    }
    frames_.pop_back();
}

/// Sorting bounds the cost for any keys, where a hash table can be filled with collisions.
void ModelSink::check_distinct(std::vector<std::string_view>& names) const {
    const auto not_less = [](std::string_view a, std::string_view b) { return a >= b; };
    if (std::adjacent_find(names.begin(), names.end(), not_less) == names.end()) return;
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) duplicate(*twice);
}

void ModelSink::keep_last(map<json>& members) const {
    std::vector<std::pair<std::string_view, std::size_t>> places;
    for (std::size_t i = 0; i < members.size(); ++i)
        places.emplace_back((members.begin() + i)->key.view(), i);
    std::sort(places.begin(), places.end());
    std::vector<bool> is_last(members.size(), true);
    for (std::size_t i = 1; i < places.size(); ++i)
        if (places[i - 1].first == places[i].first) is_last[places[i - 1].second] = false;
    if (std::find(is_last.begin(), is_last.end(), false) == is_last.end()) return;
    map<json> kept;
    kept.reserve(static_cast<std::size_t>(std::count(is_last.begin(), is_last.end(), true)));
    for (std::size_t i = 0; i < members.size(); ++i)
        if (auto& member = members.begin()[i]; is_last[i])
            kept.append(member.key.view()) = std::move(member.value);
    members = std::move(kept);
}

void ModelSink::key(std::string_view name) {
    Frame& frame = frames_.back();
    switch (frame.holds) {
        case Holds::object: object_key(frame, name); return;
        case Holds::map:
            if (frame.count == frame.capacity) grow(frame);
            take(Budget::block(name.size()));
            frame.slot = frame.type->insert(frame.at, name);
            ++frame.count;
            return;
        default: frame.slot = &appended(as<json>(frame.at).members(), name); return;
    }
}

void ModelSink::object_key(Frame& frame, std::string_view name) {
    const model::field* member = find(*frame.table, name);
    frame.member = member;
    if (member == nullptr) {
        unknown(frame, name);
        return;
    }
    frame.slot = static_cast<char*>(frame.at) + member->offset;
    const auto index = static_cast<std::size_t>(member - frame.table->fields.data());
    std::uint64_t& seen = frame.seen[(index >> 6) & 1];
    const std::uint64_t bit = std::uint64_t{1} << (index & 63);
    if ((seen & bit) != 0) duplicate(name);
    seen |= bit;
}

const model::field* ModelSink::find(const model::object_type& table, std::string_view name) {
    Cached& cached = cache_[cache_index(table, name)];
    if (cached.table == &table && cached.member->name == name) return cached.member;
    const auto found = std::lower_bound(table.fields.begin(), table.fields.end(), name,
                                        [](const model::field& f, std::string_view n) { return f.name < n; });
    if (found == table.fields.end() || found->name != name) return nullptr;
    cached = {&table, &*found};
    return cached.member;
}

void ModelSink::unknown(Frame& frame, std::string_view name) {
    if (keep_unknown_) {
        auto& kept = member_at<box<json>>(frame.at, frame.table->unknown_fields);
        if (!kept) {
            take(Budget::block(sizeof(json)));
            kept = json::object();
        }
        frame.slot = &appended(kept->members(), name);
        return;
    }
    refuse_unknown(frame, name);
}

void ModelSink::string(std::string_view text) {
    const Slot slot = settled();
    take(Budget::block(text.size()));
    switch (slot.type->shape) {
        case Form::string: as<str>(slot.at) = str(text); return;
        case Form::int_or_string: as<int_or_string>(slot.at) = int_or_string(text); return;
        case Form::json: as<json>(slot.at) = json(text); return;
        default: mismatch(slot, "the text " + excerpt(text));
    }
}

void ModelSink::number(std::string_view literal) {
    const Slot slot = settled();
    std::int64_t value = 0;
    if (slot.type->shape != Form::integer) take(Budget::block(literal.size()));
    switch (slot.type->shape) {
        case Form::integer:
            if (!parse_integer(literal, value)) break;
            as<opt<std::int64_t>>(slot.at) = value;
            return;
        case Form::int_or_string:
            if (!parse_integer(literal, value)) break;
            as<int_or_string>(slot.at) = int_or_string(value);
            return;
        case Form::number: as<tiphys::number>(slot.at).literal = str(literal); return;
        case Form::json: as<json>(slot.at) = json(tiphys::number{str(literal)}); return;
        case Form::string:
            if (slot.text == text_form::quantity) {
                as<str>(slot.at) = str(literal);
                return;
            }
            if (slot.text == text_form::any_string) {
                // Argo passes the number through a double, which shows in long ones and in 1.10.
                const std::optional<double> through = parse_double(literal);
                if (!through) break;
                as<str>(slot.at) = str(fixed_number(*through));
                return;
            }
            break;
        default: break;
    }
    mismatch(slot, "the number " + std::string(literal.substr(0, 40)));
}

void ModelSink::boolean(bool value) {
    const Slot slot = settled();
    if (slot.type->shape == Form::boolean)
        as<opt<bool>>(slot.at) = value;
    else if (slot.type->shape == Form::json)
        as<json>(slot.at) = json(value);
    else if (slot.type->shape == Form::string && slot.text == text_form::any_string)
        as<str>(slot.at) = str(value ? "true" : "false");
    else
        mismatch(slot, value ? "true" : "false");
}

/// A member that is null is absent, as for Go; an element that is null has its type's empty value.
void ModelSink::null() {
    const Slot slot = next();
    if (slot.is_member) return;
    if (slot.type->shape == Form::json)
        as<json>(slot.at) = json(nullptr);
    else if (slot.type->shape == Form::string)
        as<str>(slot.at) = str("");
    else if (frames_.empty())
        mismatch(slot, "null");
}

std::vector<std::string> ModelSink::keys() const {
    const Frame& frame = frames_.back();
    std::vector<std::string> names;
    const json* members = nullptr;
    if (frame.holds == Holds::map) {
        for (std::size_t i = 0; i < frame.count; ++i) names.emplace_back(frame.type->key(frame.at, i));
    } else if (frame.holds == Holds::object) {
        for (std::size_t i = 0; i < frame.table->fields.size(); ++i)
            if ((frame.seen[(i >> 6) & 1] >> (i & 63) & 1) != 0)
                names.emplace_back(frame.table->fields[i].name);
        members = member_at<box<json>>(frame.at, frame.table->unknown_fields).get();
    } else {
        members = &as<json>(frame.at);
    }
    if (members != nullptr)
        for (const auto& member : members->members()) names.emplace_back(member.key.view());
    return names;
}

}  // namespace tiphys::detail
