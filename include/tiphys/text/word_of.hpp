// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

/// How names of Argo's JSON are spelt in C++: one rule for the generator of the builder and for the writer of
/// C++.
namespace tiphys {

/// Whether it cannot name anything in C++20.
inline bool is_cpp_keyword(std::string_view name) {
    static constexpr std::string_view keywords[] = {
        "alignas",     "alignof",  "and",        "and_eq",    "asm",       "auto",         "bitand",
        "bitor",       "bool",     "break",      "case",      "catch",     "char",         "char16_t",
        "char32_t",    "char8_t",  "class",      "co_await",  "co_return", "co_yield",     "compl",
        "concept",     "const",    "const_cast", "consteval", "constexpr", "constinit",    "continue",
        "decltype",    "default",  "delete",     "do",        "double",    "dynamic_cast", "else",
        "enum",        "explicit", "export",     "extern",    "false",     "float",        "for",
        "friend",      "goto",     "if",         "inline",    "int",       "long",         "mutable",
        "namespace",   "new",      "noexcept",   "not",       "not_eq",    "nullptr",      "operator",
        "or",          "or_eq",    "private",    "protected", "public",    "register",     "reinterpret_cast",
        "requires",    "return",   "short",      "signed",    "sizeof",    "static",       "static_assert",
        "static_cast", "struct",   "switch",     "template",  "this",      "thread_local", "throw",
        "true",        "try",      "typedef",    "typeid",    "typename",  "union",        "unsigned",
        "using",       "virtual",  "void",       "volatile",  "wchar_t",   "while",        "xor",
        "xor_eq"};
    for (const std::string_view keyword : keywords)
        if (keyword == name) return true;
    return false;
}

/// The builder's word for a JSON property: `podGC` -> `pod_gc`, `hostPID` -> `host_pid`, `default` ->
/// `default_`. Capitals that follow each other are one word, whose last letter begins the next one;
/// a plural's `s` at the end belongs to them (`targetWWNs` -> `target_wwns`).
inline std::string word_of(std::string_view json_name) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    std::string made;
    for (std::size_t i = 0; i < json_name.size(); ++i) {
        const char c = json_name[i];
        if (!is_upper(c)) {
            made += is_plain(c) ? c : '_';
            continue;
        }
        const bool after_capital = i > 0 && is_upper(json_name[i - 1]);
        const bool plural = i + 2 == json_name.size() && json_name[i + 1] == 's';
        const bool before_plain = i + 1 < json_name.size() && is_plain(json_name[i + 1]);
        if (i > 0 && made.back() != '_' && (!after_capital || (before_plain && !plural))) made += '_';
        made += static_cast<char>(c - 'A' + 'a');
    }
    if (is_cpp_keyword(made)) made += '_';
    return made;
}

/// What a value class of the builder takes in its constructor besides a name that is required; the rest of
/// its properties have words.
struct Constructor {
    std::string_view type;
    std::array<std::string_view, 2> properties;
};
inline constexpr auto constructors_beside_names = std::to_array<Constructor>({
    {"Event", {"selector"}},
    {"Header", {"name", "value"}},
    {"HTTPHeader", {"name", "value"}},
    {"LabelValueFrom", {"expression"}},
    {"MetricLabel", {"key", "value"}},
    {"Mutex", {"name"}},
    {"RawArtifact", {"data"}},
    {"StopStrategy", {"expression"}},
    {"TemplateRef", {"name", "template"}},
    {"TransformationStep", {"expression"}},
    {"WorkflowTemplateRef", {"name"}},
    {"k8s::ConfigMapEnvSource", {"name"}},
    {"k8s::ConfigMapKeySelector", {"name", "key"}},
    {"k8s::EnvVar", {"name", "value"}},
    {"k8s::LocalObjectReference", {"name"}},
    {"k8s::SecretEnvSource", {"name"}},
    {"k8s::SecretKeySelector", {"name", "key"}},
});

}  // namespace tiphys
