// SPDX-License-Identifier: Apache-2.0
// What the sink says of a mistake, and where.
#include "model_sink.hpp"

namespace tiphys::detail {
namespace {

using model::text_form;

std::string_view short_name(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

std::string wanted(const model::value_type& type, text_form text) {
    using Form = model::value_type::form;
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

}  // namespace

/// One step for each open container: to the member or element that it is at.
std::vector<Step> ModelSink::path() const {
    std::vector<Step> steps;
    for (const Frame& frame : frames_) {
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
                steps.push_back(
                    Step::member(frame.count == 0 ? "" : frame.type->key(frame.at, frame.count - 1)));
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

void ModelSink::duplicate(std::string_view name) const {
    std::vector<Step> steps = path();
    steps.back() = Step::member(name);
    throw Mistake{std::move(steps), "given twice", true};
}

void ModelSink::refuse_unknown(const Frame& frame, std::string_view name) const {
    std::vector<std::string_view> known;
    for (const model::field& member : frame.table->fields) known.push_back(member.name);
    std::string reason = "unknown field of " + std::string(short_name(frame.table->name));
    if (const std::string_view near = nearest(name, known); !near.empty())
        reason.append("; did you mean \"").append(near).append("\"?");
    std::vector<Step> steps = path();
    steps.back() = Step::member(name);
    throw Mistake{std::move(steps), std::move(reason)};
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
