// SPDX-License-Identifier: Apache-2.0
#include "short_forms.hpp"

#include <algorithm>
#include <iterator>

#include "literal.hpp"

namespace tiphys::detail::cpp {
namespace {

/// `word("name", "key")` of a selector, if it says no more than that.
std::optional<Expression> selected(std::string_view word, const json* selector) {
    if (selector == nullptr || !has_only(*selector, {"name", "key"})) return std::nullopt;
    return call(std::string(word), {literal(text_of(*selector, "name")), literal(text_of(*selector, "key"))});
}

std::optional<Expression> only(const json& value, std::string_view member) {
    const json* found = value.find(member);
    if (found == nullptr || value.members().size() != 1) return std::nullopt;
    if (member == "secretKeyRef") return selected("from_secret", found);
    if (member == "configMapKeyRef") return selected("from_config_map", found);
    if (member == "fieldRef" && has_only(*found, {"fieldPath"}))
        return call("from_field", {literal(text_of(*found, "fieldPath"))});
    if (member == "resourceFieldRef" && has_only(*found, {"resource"}))
        return call("from_resource", {literal(text_of(*found, "resource"))});
    return std::nullopt;
}

std::optional<Expression> only_one_of(const json& value, std::initializer_list<std::string_view> members) {
    for (const std::string_view member : members)
        if (auto found = only(value, member)) return found;
    return std::nullopt;
}

std::optional<Expression> claim(const json& value) {
    const json* metadata = value.find("metadata");
    const json* spec = value.find("spec");
    if (!has_only(value, {"metadata", "spec"}) || !has_only(*metadata, {"name"})) return std::nullopt;
    const json* resources = spec->find("resources");
    const json* modes = spec->find("accessModes");
    const json* storage_class = spec->find("storageClassName");
    if (resources == nullptr || modes == nullptr || modes->items().empty()) return std::nullopt;
    if (spec->members().size() != (storage_class == nullptr ? 2u : 3u)) return std::nullopt;
    const json* requests = resources->find("requests");
    if (!has_only(*resources, {"requests"}) || !has_only(*requests, {"storage"})) return std::nullopt;
    Expression made = call("Claim", {literal(text_of(*metadata, "name"))});
    made.links.push_back({"size", {literal(text_of(*requests, "storage"))}});
    if (modes->items().size() != 1 || modes->items()[0].as_text() != std::string_view("ReadWriteOnce")) {
        Link link{"access_modes"};
        for (const json& mode : modes->items()) link.arguments.push_back(literal(mode.as_text().view()));
        made.links.push_back(std::move(link));
    }
    if (storage_class != nullptr)
        made.links.push_back({"storage_class_name", {literal(storage_class->as_text().view())}});
    return made;
}

/// `Sequence{.count = 3}`, which is no generated class; its members in their order there.
Expression sequence(const json& value) {
    std::string made;
    for (const std::string_view member : {"count", "start", "end", "format"}) {
        const json* found = value.find(member);
        if (found == nullptr) continue;
        made += (made.empty() ? "." : ", .") + std::string(member) + " = " +
                (found->is_number() ? found->as_text().string() : quoted(found->as_text().view()));
    }
    return plain("Sequence{" + made + "}");
}

/// `.request("memory", "64Mi")` and `.limit`, if no claims are among them.
bool add_resources(std::vector<Link>& to, const json& value) {
    const bool is_plain =
        !value.members().empty() &&
        std::all_of(value.members().begin(), value.members().end(), [](const auto& member) {
            return (member.key == std::string_view("requests") || member.key == std::string_view("limits")) &&
                   !member.value.members().empty();
        });
    if (!is_plain) return false;
    for (const auto& member : value.members())
        for (const auto& one : member.value.members())
            to.push_back({member.key == std::string_view("requests") ? "request" : "limit",
                          {literal(one.key.view()), literal(one.value.as_text().view())}});
    return true;
}

}  // namespace

std::string_view text_of(const json& value, std::string_view member) {
    const json* found = value.find(member);
    return found == nullptr ? std::string_view() : found->as_text().view();
}

bool has_only(const json& value, std::initializer_list<std::string_view> names) {
    if (value.members().size() != names.size()) return false;
    return std::all_of(names.begin(), names.end(),
                       [&](std::string_view name) { return value.find(name) != nullptr; });
}

std::optional<Expression> short_form(std::string_view name, const json& value) {
    if (name == "k8s::SecretKeySelector") return selected("from_secret", &value);
    if (name == "k8s::ConfigMapKeySelector") return selected("from_config_map", &value);
    if (name == "Sequence") return sequence(value);
    if (name == "HTTPHeaderSource") return only(value, "secretKeyRef");
    if (name == "ValueFrom") return only(value, "configMapKeyRef");
    if (name == "k8s::EnvVarSource")
        return only_one_of(value, {"secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef"});
    if (name == "k8s::PersistentVolumeClaim") return claim(value);
    return std::nullopt;
}

bool add_container_word(std::vector<Link>& to, std::string_view member, const json& value) {
    if (member == "resources") return add_resources(to, value);
    if (member == "env") {
        // All or none, so that they keep their order.
        std::vector<Link> made;
        for (const json& one : value.items()) {
            Link link{"env", {literal(text_of(one, "name"))}};
            if (has_only(one, {"name", "value"})) {
                link.arguments.push_back(literal(text_of(one, "value")));
            } else {
                if (!has_only(one, {"name", "valueFrom"})) return false;
                auto from = short_form("k8s::EnvVarSource", *one.find("valueFrom"));
                if (!from) return false;
                link.arguments.push_back(std::move(*from));
            }
            made.push_back(std::move(link));
        }
        std::move(made.begin(), made.end(), std::back_inserter(to));
        return true;
    }
    if (member == "volumeMounts") {
        const bool is_plain = std::all_of(value.items().begin(), value.items().end(), [](const json& one) {
            return has_only(one, {"name", "mountPath"});
        });
        if (!is_plain) return false;
        for (const json& one : value.items())
            to.push_back({"mount", {literal(text_of(one, "mountPath")), literal(text_of(one, "name"))}});
        return true;
    }
    return false;
}

}  // namespace tiphys::detail::cpp
