// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

namespace tiphys::detail {

template <class Body>
struct body_code;

}  // namespace tiphys::detail

namespace tiphys::model {

/// What the Kubernetes objects among the models have in common: `metadata` and `spec`, both by value.
///
/// They are large, and every file that copies a Workflow would hold the code that copies and destroys them.
/// So they lie in unions, for which the compiler emits nothing; the running program calls what the library
/// instantiates once (`extern template`), and the compiler evaluates the same functions in place.
template <class Metadata, class Spec>
struct object_body {
    union {
        Metadata metadata;
    };
    union {
        Spec spec;
    };

    constexpr object_body() noexcept {
        if (__builtin_is_constant_evaluated())
            begin_here();
        else
            tiphys::detail::body_code<object_body>::begin(*this);
    }
    constexpr object_body(const object_body& other) {
        if (__builtin_is_constant_evaluated())
            copy_here(other);
        else
            tiphys::detail::body_code<object_body>::copy(*this, other);
    }
    constexpr object_body(object_body&& other) noexcept {
        if (__builtin_is_constant_evaluated())
            move_here(other);
        else
            tiphys::detail::body_code<object_body>::move(*this, other);
    }
    constexpr object_body& operator=(const object_body& other) {
        if (this != &other) *this = object_body(other);
        return *this;
    }
    constexpr object_body& operator=(object_body&& other) noexcept {
        if (__builtin_is_constant_evaluated())
            assign_here(other);
        else
            tiphys::detail::body_code<object_body>::assign(*this, other);
        return *this;
    }
    constexpr ~object_body() {
        if (__builtin_is_constant_evaluated())
            end_here();
        else
            tiphys::detail::body_code<object_body>::end(*this);
    }

    friend constexpr bool operator==(const object_body& a, const object_body& b) {
        return a.metadata == b.metadata && a.spec == b.spec;
    }

private:
    friend tiphys::detail::body_code<object_body>;

    constexpr void begin_here() noexcept {
        std::construct_at(&metadata);
        std::construct_at(&spec);
    }
    constexpr void copy_here(const object_body& other) {
        std::construct_at(&metadata, other.metadata);
        if (__builtin_is_constant_evaluated()) {
            std::construct_at(&spec, other.spec);
            return;
        }
        try {
            std::construct_at(&spec, other.spec);
        } catch (...) {
            std::destroy_at(&metadata);
            throw;
        }
    }
    constexpr void move_here(object_body& other) noexcept {
        std::construct_at(&metadata, std::move(other.metadata));
        std::construct_at(&spec, std::move(other.spec));
    }
    constexpr void assign_here(object_body& other) noexcept {
        metadata = std::move(other.metadata);
        spec = std::move(other.spec);
    }
    constexpr void end_here() noexcept {
        std::destroy_at(&spec);
        std::destroy_at(&metadata);
    }
};

}  // namespace tiphys::model

namespace tiphys::detail {

template <class Body>
struct body_code {
    static void begin(Body& body) noexcept;
    static void copy(Body& body, const Body& from);
    static void move(Body& body, Body& from) noexcept;
    static void assign(Body& body, Body& from) noexcept;
    static void end(Body& body) noexcept;
};

// Defined outside the class and not inline, so that an `extern template` really stops the instantiation.
template <class Body>
void body_code<Body>::begin(Body& body) noexcept {
    body.begin_here();
}
template <class Body>
void body_code<Body>::copy(Body& body, const Body& from) {
    body.copy_here(from);
}
template <class Body>
void body_code<Body>::move(Body& body, Body& from) noexcept {
    body.move_here(from);
}
template <class Body>
void body_code<Body>::assign(Body& body, Body& from) noexcept {
    body.assign_here(from);
}
template <class Body>
void body_code<Body>::end(Body& body) noexcept {
    body.end_here();
}

}  // namespace tiphys::detail
