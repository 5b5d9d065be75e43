// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/core/list.hpp>
#include <tiphys/core/opt.hpp>

namespace tiphys {

/// Any JSON value, or none: what Item, Plugin, FieldsV1 and unknown members hold.
///
/// Numbers keep their source text; objects keep the order of their members. Constexpr, unlike
/// boost::json::value.
class json {
public:
    enum class type : std::uint8_t { absent, null, boolean, number, string, array, object };

    constexpr json() noexcept = default;
    constexpr json(std::nullptr_t) noexcept : type_(type::null) {}
    constexpr json(bool value) noexcept : type_(type::boolean), boolean_(value) {}
    constexpr json(int value) : json(std::int64_t{value}) {}
    constexpr json(std::int64_t value) : type_(type::number), text_(tiphys::text(value)) {}
    constexpr json(tiphys::number value) noexcept : type_(type::number), text_(std::move(value.literal)) {}
    constexpr json(str value) noexcept : type_(type::string), text_(std::move(value)) {}
    constexpr json(const char* value) : type_(type::string), text_(value) {}
    constexpr json(std::string_view value) : type_(type::string), text_(value) {}
    static constexpr json array() {
        json made;
        made.type_ = type::array;
        return made;
    }
    static constexpr json object() {
        json made;
        made.type_ = type::object;
        return made;
    }

    constexpr type kind() const noexcept { return type_; }
    constexpr bool has_value() const noexcept { return type_ != type::absent; }
    constexpr bool is_null() const noexcept { return type_ == type::null; }
    constexpr bool is_boolean() const noexcept { return type_ == type::boolean; }
    constexpr bool is_number() const noexcept { return type_ == type::number; }
    constexpr bool is_string() const noexcept { return type_ == type::string; }
    constexpr bool is_array() const noexcept { return type_ == type::array; }
    constexpr bool is_object() const noexcept { return type_ == type::object; }

    /// Preconditions: is_boolean().
    constexpr bool as_boolean() const noexcept { return boolean_; }
    /// The text of a string, or the literal of a number.
    constexpr const str& as_text() const noexcept { return text_; }
    /// The elements of an array (of any other value: none).
    constexpr const list<json>& items() const noexcept { return items_; }
    constexpr list<json>& items() noexcept { return items_; }
    /// The members of an object (of any other value: none).
    constexpr const map<json>& members() const noexcept { return members_; }
    constexpr map<json>& members() noexcept { return members_; }
    constexpr const json* find(std::string_view key) const noexcept { return members_.find(key); }
    constexpr json& push_back(json value) { return items_.emplace_back(std::move(value)); }
    /// Adds or replaces a member.
    constexpr json& set(std::string_view key, json value) { return members_[key] = std::move(value); }
    constexpr void reset() noexcept { *this = json(); }

    friend constexpr bool operator==(const json& a, const json& b) {
        if (a.type_ != b.type_ || a.boolean_ != b.boolean_ || !(a.text_ == b.text_)) return false;
        if (a.items_.size() != b.items_.size() || a.members_.size() != b.members_.size()) return false;
        for (std::size_t i = 0; i < a.items_.size(); ++i)
            if (!(a.items_[i] == b.items_[i])) return false;
        for (const auto& member : a.members_) {
            const json* other = b.find(member.key.view());
            if (other == nullptr || !(member.value == *other)) return false;
        }
        return true;
    }

private:
    type type_ = type::absent;
    bool boolean_ = false;
    str text_;
    list<json> items_;
    map<json> members_;
};

}  // namespace tiphys
