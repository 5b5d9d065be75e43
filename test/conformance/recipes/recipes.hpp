// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/build.hpp>
#include <tiphys/text/text.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What the compiler says of documents, kept for the program to compare.
namespace tiphys::test {

/// One line for each diagnostic that the compiler can know: "id at location: message".
constexpr str lines_of(const list<Diagnostic>& found) {
    str made("");
    for (const Diagnostic& one : found) {
        if (one.rule->decided != Decided::statically) continue;
        made.append(one.rule->id).append(" at ").append(one.location.view()).append(": ");
        made.append(one.message.view()).append("\n");
    }
    return made;
}

/// Text that leaves constant evaluation.
struct Text {
    static constexpr std::size_t longest = 4000;
    char text[longest] = {};
    std::size_t size = 0;

    constexpr explicit Text(std::string_view from) : size(from.size()) {
        if (size > longest) throw "what is said of a document is too long for this test";
        for (std::size_t i = 0; i < size; ++i) text[i] = from[i];
    }
    constexpr std::string_view view() const { return {text, size}; }
};

/// Of a document, or of what a builder made.
template <class Made>
constexpr list<Diagnostic> judged(const Made& made) {
    if constexpr (std::is_same_v<Made, json>)
        return {};
    else if constexpr (detail::is_document<Made>)
        return validate(made);
    else
        return validate(made.model());
}

/// Whether `checked` takes what the recipe makes.
template <auto recipe>
constexpr bool is_checked() {
    if constexpr (std::is_same_v<decltype(recipe()), json>)
        return true;
    else
        return detail::found<recipe>.count == 0;
}

/// The JSON of what the recipe makes when the program runs, through `checked` where the compiler lets it.
template <auto recipe>
std::string json_of() {
    if constexpr (std::is_same_v<decltype(recipe()), json>)
        return to_json(recipe());
    else if constexpr (is_checked<recipe>())
        return to_json(checked<recipe>());
    else
        return to_json(recipe().model());
}

/// Evaluated by the compiler, since it is constexpr.
template <auto recipe>
inline constexpr Text said(lines_of(judged(recipe())).view());

struct Known {
    std::string_view file;
    std::size_t document;
    std::string_view said;
    str (*now)();  ///< makes it and judges it when it runs; null: the document is to be read from the file
    bool checked = true;
    std::string (*json)() = nullptr;
};
inline std::vector<Known>& known() {
    static std::vector<Known> all;
    return all;
}
struct Registered {
    Registered(std::string_view file, std::size_t document, std::string_view said, str (*now)() = nullptr) {
        known().push_back({file, document, said, now});
    }
    Registered(std::string_view file, std::size_t document, std::string_view said, bool checked,
               std::string (*json)()) {
        known().push_back({file, document, said, nullptr, checked, json});
    }
};

/// The model that a builder has filled, or that a recipe has made itself.
template <class Model, class Made>
Model model_of(Made made) {
    if constexpr (std::is_convertible_v<Made, Model>)
        return made;
    else
        return made.model();
}

/// A value in which each property of its struct stands, and the JSON that the C++ for it makes.
struct Filled {
    std::string_view name;
    std::string_view json;
    std::string (*made)();

    Filled(std::string_view of, std::string_view text, std::string (*make)());
};
inline std::vector<Filled>& filled_values() {
    static std::vector<Filled> all;
    return all;
}
inline Filled::Filled(std::string_view of, std::string_view text, std::string (*make)())
    : name(of), json(text), made(make) {
    filled_values().push_back(*this);
}

}  // namespace tiphys::test
