// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <tiphys/text/word_of.hpp>

#include <utility>

namespace tiphys::detail::cpp {
namespace {

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string member_of(std::string_view json_name) {
    return std::string(json_name) + (is_cpp_keyword(json_name) ? "_" : "");
}

std::string struct_of(const model::object_type& type) {
    static constexpr std::pair<std::string_view, std::string_view> spaces[] = {
        {"io.argoproj.workflow.v1alpha1.", ""},
        {"io.argoproj.events.", "events::"},
        {"github.com.argoproj.argo_events.", "events::"},
        {"io.k8s.", "k8s::"}};
    const std::string_view name = type.name.substr(type.name.rfind('.') + 1);
    for (const auto& [prefix, space] : spaces)
        if (type.name.starts_with(prefix)) return std::string(space) + std::string(name);
    return std::string(name);
}

std::string Names::unique(std::string_view text, std::string_view otherwise) {
    std::string made;
    for (const char c : text) {
        if (is_lower(c) || is_upper(c) || is_digit(c))
            made += c;
        else if (!made.empty() && made.back() != '_')
            made += '_';
    }
    while (made.ends_with('_')) made.pop_back();
    if (made.empty())
        made = otherwise;
    else if (is_digit(made[0]))
        made = std::string(otherwise) + '_' + made;
    if (is_cpp_keyword(made)) made += '_';
    std::string name = made;
    for (std::size_t i = 2; !taken_.insert(name).second; ++i)
        name = made + (made.ends_with('_') ? "" : "_") + std::to_string(i);
    return name;
}

}  // namespace tiphys::detail::cpp
