// SPDX-License-Identifier: Apache-2.0
#include "model_sink.hpp"

#include <algorithm>
#include <charconv>

#include "number_text.hpp"

namespace tiphys::detail {
namespace {

using Form = model::value_type::form;
using model::text_form;

constexpr const model::value_type& json_type = model::detail::type_of<json>::value;

template <class T>
T& as(void* at) {
    return *static_cast<T*>(at);
}
template <class T>
T& member_at(void* object, std::uint32_t offset) {
    return as<T>(static_cast<char*>(object) + offset);
}

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

std::string_view short_name(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

std::string wanted(const model::value_type& type, text_form text) {
    switch (type.shape) {
        case Form::boolean: return "true or false";
        case Form::integer: return "an integer of 64 bits";
        case Form::number: return "a number";
        case Form::int_or_string: return "an integer or text";
        case Form::json: return "any value";
        case Form::box: return wanted(*type.element, text);
        case Form::object: return "an object (" + std::string(short_name(type.object()->name)) + ")";
        case Form::list: return "a list";
        case Form::map: return "an object";
        case Form::string: break;
    }
    switch (text) {
        case text_form::any_string: return "text, a number or a boolean";
        case text_form::quantity: return "a quantity";
        case text_form::time: return "a time";
        case text_form::bytes: return "base64 text";
        case text_form::plain: break;
    }
    return "text";
}

/// Text of any length as part of a message.
std::string excerpt(std::string_view text) {
    std::string made = "\"";
    made.append(text.substr(0, 40));
    return made += text.size() > 40 ? "...\"" : "\"";
}

}  // namespace

ModelSink::ModelSink(const model::value_type& type, void* root, const ReadOptions& options)
    : root_type_(type),
      root_(root),
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
            ++frame.count;
            return {frame.type->element, frame.type->append(frame.at), frame.text, false};
        case Holds::json_array:
            return {&json_type, &as<json>(frame.at).push_back({}), text_form::plain, false};
        case Holds::json_object: break;
    }
    return {&json_type, frame.slot, text_form::plain, false};
}

/// Where the next value goes if it is not null: a box is filled.
ModelSink::Slot ModelSink::settled() {
    Slot slot = next();
    while (slot.type->shape == Form::box) {
        slot.at = slot.type->append(slot.at);
        slot.type = slot.type->element;
    }
    return slot;
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
        case Form::map:
            slot.type->engage(slot.at);
            open(Holds::map, slot).count = key_ends_.size();
            return;
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
        case Form::list:
            slot.type->engage(slot.at);
            open(Holds::list, slot);
            return;
        case Form::json:
            as<json>(slot.at) = json::array();
            open(Holds::json_array, slot);
            return;
        default: mismatch(slot, "a list");
    }
}

void ModelSink::end_array() { frames_.pop_back(); }

void ModelSink::end_object() {
    const Frame& frame = frames_.back();
    if (last_wins_ && frame.holds == Holds::json_object) {
        keep_last(as<json>(frame.at).members());
    } else if (frame.holds == Holds::map) {
        end_map(frame);
    } else {
        const json* members = &as<json>(frame.at);
        if (frame.holds == Holds::object)
            members = member_at<box<json>>(frame.at, frame.table->unknown_fields).get();
        if (members != nullptr && members->members().size() > 1) {
            std::vector<std::string_view> names;
            for (const auto& member : members->members()) names.push_back(member.key.view());
            check_distinct(names);
        }
    }
    frames_.pop_back();
}

void ModelSink::end_map(const Frame& frame) {
    const std::size_t first = frame.count;
    if (key_ends_.size() - first > 1) {
        std::vector<std::string_view> names;
        for (std::size_t i = first; i < key_ends_.size(); ++i) names.push_back(map_key(i));
        check_distinct(names);
    }
    key_text_.resize(first == 0 ? 0 : key_ends_[first - 1]);
    key_ends_.resize(first);
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
    for (std::size_t i = 0; i < members.size(); ++i)
        if (auto& member = members.begin()[i]; is_last[i])
            kept.append(member.key.view()) = std::move(member.value);
    members = std::move(kept);
}

void ModelSink::duplicate(std::string_view name) const {
    std::vector<Step> steps = path();
    steps.back() = Step::member(name);
    throw Mistake{std::move(steps), "given twice", true};
}

std::string_view ModelSink::map_key(std::size_t i) const {
    const std::size_t from = i == 0 ? 0 : key_ends_[i - 1];
    return std::string_view(key_text_).substr(from, key_ends_[i] - from);
}

void ModelSink::key(std::string_view name) {
    Frame& frame = frames_.back();
    switch (frame.holds) {
        case Holds::object: object_key(frame, name); return;
        case Holds::map:
            frame.slot = frame.type->insert(frame.at, name);
            key_text_.append(name);
            key_ends_.push_back(key_text_.size());
            return;
        default: frame.slot = &as<json>(frame.at).members().append(name); return;
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
        if (!kept) kept = json::object();
        frame.slot = &kept->members().append(name);
        return;
    }
    std::vector<std::string_view> known;
    for (const model::field& member : frame.table->fields) known.push_back(member.name);
    std::string reason = "unknown field of " + std::string(short_name(frame.table->name));
    if (const std::string_view near = nearest(name, known); !near.empty())
        reason.append("; did you mean \"").append(near).append("\"?");
    std::vector<Step> steps = path();
    steps.back() = Step::member(name);
    throw Mistake{std::move(steps), std::move(reason)};
}

void ModelSink::string(std::string_view text) {
    const Slot slot = settled();
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
        for (std::size_t i = frame.count; i < key_ends_.size(); ++i) names.emplace_back(map_key(i));
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

/// One step for each open container: to the member or element that it is at.
std::vector<Step> ModelSink::path() const {
    std::vector<Step> steps;
    std::size_t next_map_keys = key_ends_.size();
    for (std::size_t i = frames_.size(); i-- > 0;) {
        const Frame& frame = frames_[i];
        switch (frame.holds) {
            case Holds::object:
                if (frame.member != nullptr) {
                    steps.push_back(Step::member(frame.member->name));
                } else {
                    const auto& kept = member_at<box<json>>(frame.at, frame.table->unknown_fields);
                    const bool any = kept.has_value() && !kept->members().empty();
                    steps.push_back(Step::member(any ? (kept->members().end() - 1)->key.view() : ""));
                }
                break;
            case Holds::map:
                steps.push_back(Step::member(next_map_keys == frame.count ? "" : map_key(next_map_keys - 1)));
                next_map_keys = frame.count;
                break;
            case Holds::list: steps.push_back(Step::element(frame.count == 0 ? 0 : frame.count - 1)); break;
            case Holds::json_object: {
                const auto& members = as<json>(frame.at).members();
                steps.push_back(Step::member(members.empty() ? "" : (members.end() - 1)->key.view()));
                break;
            }
            case Holds::json_array: {
                const std::size_t size = as<json>(frame.at).items().size();
                steps.push_back(Step::element(size == 0 ? 0 : size - 1));
                break;
            }
        }
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
}

void ModelSink::fail(std::string reason, bool second) const {
    throw Mistake{path(), std::move(reason), second};
}

void ModelSink::mismatch(const Slot& slot, std::string_view found) const {
    std::string reason = "expected " + wanted(*slot.type, slot.text) + ", found " + std::string(found);
    const bool is_text = slot.type->shape == Form::string && slot.text == text_form::plain;
    if (is_text && !found.starts_with("a")) reason += "; write it in quotes";
    fail(std::move(reason));
}

namespace {

class Feeder final : public visitor {
public:
    explicit Feeder(ModelSink& sink) : sink_(sink) {}

    void begin_object() override { sink_.begin_object(); }
    void end_object() override { sink_.end_object(); }
    void begin_array() override { sink_.begin_array(); }
    void end_array() override { sink_.end_array(); }
    void key(std::string_view name) override { sink_.key(name); }
    void string(std::string_view text) override { sink_.string(text); }
    void integer(std::int64_t value) override { sink_.number(tiphys::text(value).view()); }
    void boolean(bool value) override { sink_.boolean(value); }
    void number(std::string_view literal) override { sink_.number(literal); }
    void null() override { sink_.null(); }

private:
    ModelSink& sink_;
};

}  // namespace

void feed_value(const json& value, ModelSink& sink) {
    Feeder feeder(sink);
    visit(feeder, value);
}

}  // namespace tiphys::detail
