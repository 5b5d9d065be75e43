// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/box.hpp>
#include <tiphys/core/json.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// What the running program knows of the model types: one table per type, from which documents are read.
/// (Writing and walking go through `visit`, which the compiler can evaluate as well.)
namespace tiphys::model {

struct object_type;

/// The shape of one C++ member type, and how to reach what it holds.
struct value_type {
    enum class form : std::uint8_t {
        boolean,        ///< opt<bool>
        integer,        ///< opt<std::int64_t>
        number,         ///< tiphys::number
        string,         ///< str
        int_or_string,  ///< tiphys::int_or_string
        json,           ///< tiphys::json
        object,         ///< a generated struct, in place
        box,            ///< box<T>
        list,           ///< list<T>
        map             ///< map<T>
    };

    form shape;
    /// Bytes that a value takes in place, without what it points at.
    std::uint32_t size;
    /// box, list, map: the type of what they hold; else null.
    const value_type* element = nullptr;
    /// object: its table; else null.
    const object_type* (*object)() = nullptr;
    /// box: makes the value and returns its address; list: makes it present, appends an element and returns
    /// its address. `engage` makes an empty list or map present. map: appends an entry without looking for
    /// the key.
    void* (*append)(void* container) = nullptr;
    void (*engage)(void* container) = nullptr;
    void* (*insert)(void* map, std::string_view key) = nullptr;
    /// map: the key of an entry.
    std::string_view (*key)(const void* map, std::size_t i) = nullptr;
    /// list, map: room for so many elements in all; or for no more than there are. Who reads a document says
    /// when storage grows, so that it can be counted before it is there.
    std::size_t (*capacity)(const void* container) = nullptr;
    void (*reserve)(void* container, std::size_t n) = nullptr;
    void (*shrink)(void* container) = nullptr;
};

/// How a str member reads what is not a JSON string.
enum class text_form : std::uint8_t {
    plain,       ///< strings only
    any_string,  ///< Argo's AnyString: numbers and booleans become their text
    quantity,    ///< Kubernetes quantity: numbers become their text
    time,        ///< RFC 3339; null means absent
    bytes        ///< base64
};

struct field {
    std::string_view name;  ///< JSON name
    std::uint32_t offset;   ///< of the member in the struct
    bool required;
    text_form text;
    const value_type* type;
    /// The values that Argo knows for this text, or for the texts of this list; a later release may add some.
    std::span<const std::string_view> values = {};
};

struct object_type {
    std::string_view name;          ///< OpenAPI definition, "io.argoproj.workflow.v1alpha1.Workflow"
    std::span<const field> fields;  ///< sorted by JSON name (bytewise)
    std::uint32_t unknown_fields;   ///< offset of `box<json> unknown_fields`
};

/// The table of a model type; the generated sources specialise it.
template <class T>
const object_type& describe();

namespace detail {

template <class T>
struct type_of {
    static constexpr value_type value{
        .shape = value_type::form::object, .size = sizeof(T), .object = [] { return &describe<T>(); }};
};
template <>
struct type_of<opt<bool>> {
    static constexpr value_type value{.shape = value_type::form::boolean, .size = sizeof(opt<bool>)};
};
template <>
struct type_of<opt<std::int64_t>> {
    static constexpr value_type value{.shape = value_type::form::integer, .size = sizeof(opt<std::int64_t>)};
};
template <>
struct type_of<number> {
    static constexpr value_type value{.shape = value_type::form::number, .size = sizeof(number)};
};
template <>
struct type_of<str> {
    static constexpr value_type value{.shape = value_type::form::string, .size = sizeof(str)};
};
template <>
struct type_of<int_or_string> {
    static constexpr value_type value{.shape = value_type::form::int_or_string,
                                      .size = sizeof(int_or_string)};
};
template <>
struct type_of<json> {
    static constexpr value_type value{.shape = value_type::form::json, .size = sizeof(json)};
};
template <class T>
struct type_of<box<T>> {
    static constexpr value_type value{
        .shape = value_type::form::box,
        .size = sizeof(box<T>),
        .element = &type_of<T>::value,
        .append = [](void* at) -> void* { return &static_cast<box<T>*>(at)->ensure(); }};
};
template <class T>
struct type_of<list<T>> {
    static constexpr value_type value{
        .shape = value_type::form::list,
        .size = sizeof(list<T>),
        .element = &type_of<T>::value,
        .append = [](void* at) -> void* { return &static_cast<list<T>*>(at)->emplace_back(); },
        .engage = [](void* at) { static_cast<list<T>*>(at)->engage(); },
        .capacity = [](const void* at) { return static_cast<const list<T>*>(at)->capacity(); },
        .reserve = [](void* at, std::size_t n) { static_cast<list<T>*>(at)->reserve(n); },
        .shrink = [](void* at) { static_cast<list<T>*>(at)->shrink_to_fit(); }};
};
template <class T>
struct type_of<map<T>> {
    static constexpr value_type value{
        .shape = value_type::form::map,
        .size = sizeof(map<T>),
        .element = &type_of<T>::value,
        .engage = [](void* at) { static_cast<map<T>*>(at)->engage(); },
        .insert = [](void* at, std::string_view key) -> void* {
            return &static_cast<map<T>*>(at)->append(key);
        },
        .key = [](const void* at,
                  std::size_t i) { return (static_cast<const map<T>*>(at)->begin() + i)->key.view(); },
        .capacity = [](const void* at) { return static_cast<const map<T>*>(at)->capacity(); },
        .reserve = [](void* at, std::size_t n) { static_cast<map<T>*>(at)->reserve(n); },
        .shrink = [](void* at) { static_cast<map<T>*>(at)->shrink_to_fit(); }};
};

}  // namespace detail
}  // namespace tiphys::model
