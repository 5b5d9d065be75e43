// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/documents.hpp>

#include <algorithm>
#include <string>
#include <vector>

/// A document as it was written down, against what became of it.
///
/// What is written must equal the source after what Argo itself does to a document, and nothing else:
/// AnyString members hold the text of a number or boolean, an absent and an empty list or map are the same,
/// and null is absent. An empty object (`suspend: {}`) must survive.
namespace tiphys::test {

using Form = model::value_type::form;

/// True when the value is an absent member in disguise.
inline bool is_nothing(const json& value, const model::value_type& type) {
    if (value.is_null()) return true;
    if (type.shape == Form::list) return value.is_array() && value.items().empty();
    return type.shape == Form::map && value.is_object() && value.members().empty();
}

class Comparison {
public:
    /// The first place where the two differ; empty if none does.
    std::string differs(const json& source, const json& written, const model::value_type& type,
                        model::text_form text, const std::string& path) {
        switch (type.shape) {
            case Form::box: return differs(source, written, *type.element, text, path);
            case Form::object: return differ_objects(source, written, *type.object(), path);
            case Form::list: return differ_lists(source, written, type, text, path);
            case Form::map: return differ_maps(source, written, type, text, path);
            case Form::string:
                if (text == model::text_form::any_string || text == model::text_form::quantity)
                    return as_text(source) == written.as_text() && written.is_string() ? "" : path;
                break;
            default: break;
        }
        return source == written ? "" : path;
    }

private:
    static std::string as_text(const json& value) {
        return value.is_boolean() ? (value.as_boolean() ? "true" : "false") : value.as_text().string();
    }

    std::string differ_objects(const json& source, const json& written, const model::object_type& type,
                               const std::string& path) {
        if (!source.is_object() || !written.is_object()) return path;
        for (const auto& member : written.members())
            if (source.find(member.key) == nullptr &&
                !(is_required(type, member.key) && member.value == json::object()))
                return path + "." + member.key.string() + " (added)";
        for (const auto& member : source.members()) {
            const std::string inner = path + "." + member.key.string();
            const auto known = std::find_if(type.fields.begin(), type.fields.end(),
                                            [&](const model::field& f) { return member.key == f.name; });
            if (known == type.fields.end()) return inner + " (unknown)";
            const json* there = written.find(member.key);
            if (there == nullptr) {
                if (!is_nothing(member.value, *known->type)) return inner + " (lost)";
                continue;
            }
            if (std::string found = differs(member.value, *there, *known->type, known->text, inner);
                !found.empty())
                return found;
        }
        return {};
    }

    static bool is_required(const model::object_type& type, std::string_view name) {
        return std::any_of(type.fields.begin(), type.fields.end(),
                           [&](const model::field& f) { return f.name == name && f.required; });
    }

    std::string differ_lists(const json& source, const json& written, const model::value_type& type,
                             model::text_form text, const std::string& path) {
        if (!source.is_array() || !written.is_array() || source.items().size() != written.items().size())
            return path;
        for (std::size_t i = 0; i < source.items().size(); ++i) {
            const std::string inner = path + "[" + std::to_string(i) + "]";
            if (std::string found =
                    differs(source.items()[i], written.items()[i], *type.element, text, inner);
                !found.empty())
                return found;
        }
        return {};
    }

    std::string differ_maps(const json& source, const json& written, const model::value_type& type,
                            model::text_form text, const std::string& path) {
        if (!source.is_object() || !written.is_object() ||
            source.members().size() != written.members().size())
            return path;
        for (const auto& member : source.members()) {
            const json* there = written.find(member.key);
            const std::string inner = path + "." + member.key.string();
            if (there == nullptr) return inner;
            if (std::string found = differs(member.value, *there, *type.element, text, inner); !found.empty())
                return found;
        }
        return {};
    }
};

/// One of the examples gives metadata.annotations twice, which `argo` takes with `--strict=false` only.
inline const ReadOptions as_argo{.duplicate_keys = DuplicateKeys::last_wins};

/// The documents of a text as plain values, divided as Argo does it: at lines that begin with three dashes.
inline std::vector<json> values_of(const std::string& text) {
    std::vector<json> values;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t mark = text.find("\n---", start);
        const std::size_t end = mark == std::string::npos ? text.size() : mark + 1;
        try {
            json value = read_yaml<json>(text.substr(start, end - start), as_argo);
            if (!value.is_null()) values.push_back(std::move(value));
        } catch (const ReadError& error) {
            if (error.reason != "the text holds no document") throw;
        }
        start = end;
    }
    return values;
}

}  // namespace tiphys::test
