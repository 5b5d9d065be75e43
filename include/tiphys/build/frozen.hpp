// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/checked.hpp>
#include <tiphys/model/model.hpp>
#include <tiphys/text/json_writer.hpp>

namespace tiphys {

namespace detail {

template <std::size_t Size>
struct frozen_text {
    char text[Size + 1] = {};
};

template <class Document>
constexpr std::size_t frozen_size(const Document& document) {
    if constexpr (is_document<Document>)
        return json_size(document);
    else
        return json_size(document.model());
}

template <std::size_t Size, class Document>
constexpr frozen_text<Size> freeze(const Document& document) {
    frozen_text<Size> made;
    text_array sink(made.text, Size);
    basic_json_writer<text_array> writer(sink);
    if constexpr (is_document<Document>)
        visit_value(writer, document);
    else
        visit_value(writer, document.model());
    return made;
}

/// Static storage: one for each recipe of the program.
template <auto recipe>
inline constexpr auto frozen_of = freeze<frozen_size(recipe())>(recipe());

}  // namespace detail

/// The JSON text of the workflow that a recipe makes, checked and written by the compiler: no code of the
/// recipe is in the program, only its text, equal byte for byte to `to_json(checked<recipe>())`.
///
/// For recipes without configuration. A mistake is a compile error as with `checked`, whose limits hold too;
/// the compiler runs the recipe three times.
/// Object lifetimes: the text stands in static storage and ends with a zero that the view does not count.
template <auto recipe>
constexpr std::string_view frozen() noexcept {
    if constexpr (detail::refers_to_local<decltype(recipe())>) {
        static_assert(!detail::refers_to_local<decltype(recipe())>,
                      "the recipe returns a reference to its local Workflow: return the Workflow itself");
        return {};
    } else {
        constexpr std::size_t count = detail::found<recipe>.count;
        if constexpr (count > 0) static_assert(detail::mistake_<0, recipe>::value, "the workflow is wrong");
        if constexpr (count > 1) static_assert(detail::mistake_<1, recipe>::value, "the workflow is wrong");
        if constexpr (count > 2) static_assert(detail::mistake_<2, recipe>::value, "the workflow is wrong");
        if constexpr (count > 3) static_assert(detail::mistake_<3, recipe>::value, "the workflow is wrong");
        if constexpr (count > 4) static_assert(detail::mistake_<4, recipe>::value, "the workflow is wrong");
        return {detail::frozen_of<recipe>.text, sizeof(detail::frozen_of<recipe>.text) - 1};
    }
}

}  // namespace tiphys
