// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/described.hpp>
#include <tiphys/core/json.hpp>

#include <charconv>
#include <limits>
#include <string>
#include <string_view>

/// Values of C++ from the text of parameters and from JSON: the other way of `parameter_text` and `json_of`.
namespace tiphys::detail {

/// Reads JSON; nothing else is read as strictly.
/// Errors: `CallError` with what is wrong and where.
json json_from(std::string_view text);
/// The place of a value inside a parameter: ".points[2].x".
using value_path = std::string;
/// The same for a part of a parameter.
json json_from(const value_path& at, std::string_view text);

[[noreturn]] void wrong_value(const value_path& at, const json& found, const std::string& wanted);
[[noreturn]] void wrong_text(const value_path& at, std::string_view found, const std::string& wanted);
std::string json_text(const json& value);
/// Errors: `CallError` where no double is near it.
double double_from(const value_path& at, const json& found);

template <class T>
std::string wanted_integer() {
    return "a whole number from " + std::to_string(std::numeric_limits<T>::min()) + " to " +
           std::to_string(std::numeric_limits<T>::max());
}
template <class E>
std::string wanted_enumerator() {
    std::string names;
    each_enumerator<E>(
        [&](std::string_view name, E) { names.append(names.empty() ? "" : ", ").append(name); });
    return "one of " + names;
}
template <class E>
bool enumerator_from(std::string_view text, E& to) {
    bool found = false;
    each_enumerator<E>([&](std::string_view name, E value) {
        if (name == text) to = value, found = true;
    });
    return found;
}

/// Whether an absent member of a struct leaves it as it is: an optional, or one with a value of its own.
template <class M>
bool may_be_absent(const M& value) {
    if constexpr (is_optional<M>)
        return true;
    else if constexpr (std::equality_comparable<M>)
        return !(value == M{});
    else
        return false;
}

template <class T>
void value_from(value_path& at, const json& from, T& to);

template <class T>
void members_from(value_path& at, const json& from, T& to) {
    std::string names;
    std::size_t known = 0;
    boost::mp11::mp_for_each<members_of<T>>([&](auto member) {
        using D = decltype(member);
        names.append(names.empty() ? "" : ", ").append(D::name);
        const json* given = from.find(D::name);
        if (given == nullptr) {
            if (!may_be_absent(to.*D::pointer))
                wrong_value(at, from, std::string("a member `") + D::name + "`");
            return;
        }
        ++known;
        const std::size_t size = at.size();
        at.append(".").append(D::name);
        value_from(at, *given, to.*D::pointer);
        at.resize(size);
    });
    if (known != from.members().size()) wrong_value(at, from, "an object of no other members than " + names);
}

/// `read(at, item, element)` reads one.
template <class T, class Read>
void elements_from(value_path& at, const json& from, T& to, Read read) {
    using E = typename element_of<T>::type;
    constexpr bool fixed = requires { std::tuple_size<T>::value; };
    if (!from.is_array()) wrong_value(at, from, "a list");
    if constexpr (fixed) {
        if (from.items().size() != to.size()) wrong_value(at, from, "a list of " + std::to_string(to.size()));
    } else {
        to = T();
        if constexpr (requires { to.engage(); }) to.engage();
    }
    std::size_t index = 0;
    for (const json& item : from.items()) {
        const std::size_t size = at.size();
        at += "[" + std::to_string(index) + "]";
        E element{};
        read(at, item, element);
        if constexpr (fixed)
            to[index] = std::move(element);
        else if constexpr (requires { to.push_back(std::move(element)); })
            to.push_back(std::move(element));
        else
            to.insert(std::move(element));
        at.resize(size);
        ++index;
    }
}

template <class T>
void value_from(value_path& at, const json& from, T& to) {
    if constexpr (std::same_as<T, bool>) {
        if (!from.is_boolean()) wrong_value(at, from, "true or false");
        to = from.as_boolean();
    } else if constexpr (std::integral<T>) {
        const std::string_view digits = from.as_text().view();
        const char* end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, to);
        if (!from.is_number() || read.ec != std::errc() || read.ptr != end)
            wrong_value(at, from, wanted_integer<T>());
    } else if constexpr (std::floating_point<T>) {
        const double read = double_from(at, from);
        to = static_cast<T>(read);
        if (to - to != 0) wrong_value(at, from, "a number of its type's range");
    } else if constexpr (described_enum<T>) {
        if (!from.is_string() || !enumerator_from(from.as_text().view(), to))
            wrong_value(at, from, wanted_enumerator<T>());
    } else if constexpr (std::same_as<T, json>) {
        to = from;
    } else if constexpr (text_like<T>) {
        static_assert(!std::is_same_v<T, std::string_view> && !std::is_pointer_v<T>,
                      "what a function takes owns its text: std::string or str");
        if (!from.is_string()) wrong_value(at, from, "a text");
        to = from.as_text().view();
    } else if constexpr (is_optional<T>) {
        if (from.is_null())
            to.reset();
        else
            value_from(at, from, to.emplace());
    } else if constexpr (map_like<T>) {
        if (!from.is_object()) wrong_value(at, from, "an object");
        to.clear();
        for (const auto& member : from.members()) {
            const std::size_t size = at.size();
            at.append(".").append(member.key.view());
            value_from(at, member.value, to[typename T::key_type(member.key.view())]);
            at.resize(size);
        }
    } else if constexpr (list_like<T>) {
        elements_from(at, from, to, [](value_path& place, const json& item, auto& element) {
            value_from(place, item, element);
        });
    } else {
        static_assert(!std::is_enum_v<T>, "describe the enumeration: BOOST_DESCRIBE_ENUM(E, values)");
        static_assert(std::is_enum_v<T> || described<T>,
                      "describe the struct: BOOST_DESCRIBE_STRUCT(S, (), (members))");
        if (!from.is_object()) wrong_value(at, from, "an object");
        members_from(at, from, to);
    }
}

template <class T>
void value_from_text(value_path& at, std::string_view text, T& to);

/// An element of a list that is a parameter. Argo collects the outputs of a loop as a list of their texts,
/// unless all are lists or objects; and the results of a loop as the JSON that they may be taken for.
template <class E>
void collected_from(value_path& at, const json& item, E& to) {
    if constexpr (text_like<E>) {
        if (item.is_string())
            to = item.as_text().view();
        else
            to = json_text(item);
    } else if constexpr (std::same_as<E, json>) {
        to = item;
    } else if (item.is_string()) {
        value_from_text(at, item.as_text().view(), to);
    } else {
        value_from(at, item, to);
    }
}

/// The value of a parameter from its text.
template <class T>
void value_from_text(value_path& at, std::string_view text, T& to) {
    if constexpr (text_like<T>) {
        static_assert(!std::is_same_v<T, std::string_view> && !std::is_pointer_v<T>,
                      "what a function takes owns its text: std::string or str");
        to = text;
    } else if constexpr (described_enum<T>) {
        if (!enumerator_from(text, to)) wrong_text(at, text, wanted_enumerator<T>());
    } else if constexpr (is_optional<T>) {
        if (text == "null")
            to.reset();
        else
            value_from_text(at, text, to.emplace());
    } else if constexpr (list_like<T>) {
        elements_from(at, json_from(at, text), to, [](value_path& place, const json& item, auto& element) {
            collected_from(place, item, element);
        });
    } else {
        value_from(at, json_from(at, text), to);
    }
}
template <class T>
void value_from_text(std::string_view text, T& to) {
    value_path at;
    value_from_text(at, text, to);
}

}  // namespace tiphys::detail
