// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/descriptor.hpp>

#include <set>
#include <string>
#include <string_view>
#include <utility>

/// Writes a document in which each member of each type that can be reached stands at least once.
class Filler {
    using Form = tiphys::model::value_type::form;

public:
    /// A definition of the schema, and the JSON name of one of its properties.
    using Property = std::pair<std::string_view, std::string_view>;

    explicit Filler(std::set<Property>& reached) : reached_(reached) {}

    std::string value(const tiphys::model::value_type& type, tiphys::model::text_form text) {
        const std::string n = std::to_string(++count_);
        switch (type.shape) {
            case Form::boolean: return count_ % 2 == 0 ? "true" : "false";
            case Form::integer: return "-90071992547409" + n;
            case Form::number: return n + ".5";
            case Form::string:
                return text == tiphys::model::text_form::bytes ? "\"aGk=\"" : "\"text " + n + "\\n\\u00e9\"";
            case Form::int_or_string: return count_ % 2 == 0 ? n : "\"" + n + "%\"";
            case Form::json: return "{\"any\":[" + n + ",null,{\"x\":\"y\"}]}";
            case Form::box: return value(*type.element, text);
            case Form::list: return "[" + value(*type.element, text) + "," + value(*type.element, text) + "]";
            case Form::map:
                return "{\"" + n + "\":" + value(*type.element, text) +
                       ",\"b.c/d\":" + value(*type.element, text) + "}";
            case Form::object: return object(*type.object());
        }
        return {};
    }

private:
    std::string object(const tiphys::model::object_type& type) {
        if (!written_.insert(type.name).second) return smallest(type);
        std::string made = "{";
        for (const tiphys::model::field& member : type.fields) {
            reached_.insert({type.name, member.name});
            if (made.size() > 1) made += ',';
            made += "\"" + std::string(member.name) + "\":";
            // A document must say what it is.
            if (is_document(type) && member.name == "kind")
                made += "\"" + std::string(type.name.substr(type.name.rfind('.') + 1)) + "\"";
            else if (is_document(type) && member.name == "apiVersion")
                made += "\"argoproj.io/v1alpha1\"";
            else
                made += value(*member.type, member.text);
        }
        return made + "}";
    }

    static bool is_document(const tiphys::model::object_type& type) {
        int found = 0;
        for (const tiphys::model::field& member : type.fields)
            if (member.name == "kind" || member.name == "apiVersion" || member.name == "metadata") ++found;
        return found == 3;
    }

    /// An object that the schema requires is written even when it is empty.
    static std::string smallest(const tiphys::model::object_type& type) {
        std::string made;
        for (const tiphys::model::field& member : type.fields)
            if (member.type->shape == Form::object)
                made += (made.empty() ? "\"" : ",\"") + std::string(member.name) +
                        "\":" + smallest(*member.type->object());
        return "{" + made + "}";
    }

    std::set<Property>& reached_;
    std::set<std::string_view> written_;
    int count_ = 0;
};
