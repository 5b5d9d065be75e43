// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/diagnostic.hpp>
#include <tiphys/model/generated/describe.hpp>
#include <tiphys/model/model.hpp>
#include <tiphys/model/release.hpp>
#include <tiphys/text/documents.hpp>

#include <compare>
#include <optional>

namespace tiphys {

/// A minor release of Argo Workflows that the models know: 3.6, 3.7, 4.0 or 4.1.
class Release {
public:
    /// The release called "3.7", "v3.7" or "v3.7.18"; none if the models do not know it: see names().
    static std::optional<Release> parse(std::string_view text) noexcept;
    /// The one whose models these are.
    static Release newest() noexcept;
    /// "3.6, 3.7, 4.0, 4.1", for messages.
    static std::string names();

    /// "3.7"
    std::string_view name() const noexcept { return model::releases()[index_]; }

    friend auto operator<=>(Release, Release) noexcept = default;

private:
    constexpr explicit Release(std::uint8_t index) noexcept : index_(index) {}

    std::uint8_t index_;
};

namespace detail {

list<Diagnostic> check_release(const model::object_type& type, void (*read)(visitor&, const void*),
                               const void* document, Release target);

}  // namespace detail

/// The fields that a document uses and the release lacks, each with what to use instead if Argo has a
/// replacement; none: the release understands the document. Runs in the program only.
///
/// Preconditions: the header with the type's `visit` is included: for Argo Events and requests,
/// generated/visit_events.hpp or generated/visit_requests.hpp.
/// Units and shapes: a mistake deeper than a Path can say bears the beginning of its path.
/// Object lifetimes: as Diagnostic.
template <class T>
list<Diagnostic> check_release(const T& document, Release target) {
    return detail::check_release(
        model::describe<T>(),
        [](visitor& to, const void* at) {
            detail::members<T>::each_at_run_time(to, *static_cast<const T*>(at));
        },
        &document, target);
}

/// The same for one document of a file; a document of no kind of Argo's has no mistakes.
list<Diagnostic> check_release(const Document& document, Release target);

}  // namespace tiphys
