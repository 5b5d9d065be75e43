// SPDX-License-Identifier: Apache-2.0
#include "model.hpp"

#include "literal.hpp"
#include "names.hpp"
#include "values.hpp"

namespace tiphys::detail::cpp {

using form = model::value_type::form;

void ModelStatements::object(const json& value, const model::object_type& type, const std::string& at) {
    for (const auto& one : value.members()) {
        const model::field& field = field_of(type, one.key.view());
        any(one.value, *field.type, at + "." + member_of(field.name));
    }
}

std::string ModelStatements::fresh() { return "v" + std::to_string(++made_); }

void ModelStatements::any(const json& value, const model::value_type& type, const std::string& at) {
    switch (type.shape) {
        case form::boolean:
            lines_.push_back(at + " = " + (value.as_boolean() ? "true" : "false") + ";");
            break;
        case form::integer:
            lines_.push_back(at + " = std::int64_t{" + value.as_text().string() + "};");
            break;
        case form::number: lines_.push_back(at + ".literal = " + quoted(value.as_text().view()) + ";"); break;
        case form::string: lines_.push_back(at + " = " + quoted(value.as_text().view()) + ";"); break;
        case form::int_or_string:
            if (value.is_number())
                lines_.push_back(at + " = std::int64_t{" + value.as_text().string() + "};");
            else
                lines_.push_back(at + " = int_or_string(" + quoted(value.as_text().view()) + ");");
            break;
        case form::json: free_value(value, at); break;
        case form::object: object(value, *type.object(), at); break;
        case form::box: {
            const std::size_t here = lines_.size();
            const std::string name = fresh();
            lines_.push_back("auto& " + name + " = " + at + ".ensure();");
            any(value, *type.element, name);
            // Nothing was said of it.
            if (lines_.size() == here + 1) lines_[here] = at + ".ensure();";
            break;
        }
        case form::list:
            lines_.push_back(at + ".engage();");
            for (const json& one : value.items()) element(one, *type.element, at + ".emplace_back()");
            break;
        case form::map:
            lines_.push_back(at + ".engage();");
            for (const auto& one : value.members())
                element(one.value, *type.element, at + "[" + quoted(one.key.view()) + "]");
            break;
    }
}

void ModelStatements::element(const json& value, const model::value_type& type, const std::string& made) {
    const std::string name = fresh();
    lines_.push_back("[[maybe_unused]] auto& " + name + " = " + made + ";");
    any(value, type, name);
}

void ModelStatements::free_value(const json& value, const std::string& at) {
    switch (value.kind()) {
        case json::type::absent: break;
        case json::type::null: lines_.push_back(at + " = json(nullptr);"); break;
        case json::type::boolean:
            lines_.push_back(at + " = json(" + (value.as_boolean() ? "true" : "false") + ");");
            break;
        case json::type::number:
            lines_.push_back(at + " = json(number{" + quoted(value.as_text().view()) + "});");
            break;
        case json::type::string:
            lines_.push_back(at + " = json(" + quoted(value.as_text().view()) + ");");
            break;
        case json::type::array:
            lines_.push_back(at + " = json::array();");
            for (const json& one : value.items()) {
                const std::string name = fresh();
                lines_.push_back("json " + name + ";");
                free_value(one, name);
                lines_.push_back(at + ".push_back(" + name + ");");
            }
            break;
        case json::type::object:
            lines_.push_back(at + " = json::object();");
            for (const auto& one : value.members()) {
                const std::string name = fresh();
                lines_.push_back("json " + name + ";");
                free_value(one.value, name);
                lines_.push_back(at + ".set(" + quoted(one.key.view()) + ", " + name + ");");
            }
            break;
    }
}

}  // namespace tiphys::detail::cpp
