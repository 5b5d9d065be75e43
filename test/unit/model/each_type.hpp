// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/describe.hpp>
#include <tiphys/model/visitor.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

/// Checks that hold for every generated type, written once against its table.
namespace tiphys::model::test {

/// The names that a visit says at the first level, in order.
class TopLevel final : public visitor {
public:
    void begin_object() override { ++depth_; }
    void end_object() override { --depth_; }
    void begin_array() override { ++depth_; }
    void end_array() override { --depth_; }
    void key(std::string_view name) override {
        if (depth_ == 1) names.emplace_back(name);
    }
    void string(std::string_view) override {}
    void integer(std::int64_t) override {}
    void boolean(bool) override {}
    void number(std::string_view) override {}
    void null() override {}

    std::vector<std::string> names;
    bool balanced() const { return depth_ == 0; }

private:
    int depth_ = 0;
};

template <class T>
std::vector<std::string> said(const T& value) {
    TopLevel listener;
    visit(listener, value);
    EXPECT_TRUE(listener.balanced());
    return listener.names;
}

/// Makes the value at `at` present through its table alone; objects inside are filled to the given depth.
inline void fill(const value_type& type, void* at, int depth) {
    switch (type.shape) {
        case value_type::form::boolean: *static_cast<opt<bool>*>(at) = true; break;
        case value_type::form::integer: *static_cast<opt<std::int64_t>*>(at) = -7; break;
        case value_type::form::number: static_cast<number*>(at)->literal = "1.50"; break;
        case value_type::form::string: *static_cast<str*>(at) = "text"; break;
        case value_type::form::int_or_string: *static_cast<int_or_string*>(at) = "25%"; break;
        case value_type::form::json: static_cast<json*>(at)->operator=(json("any")); break;
        case value_type::form::object: {
            if (depth == 0) break;
            const object_type& table = *type.object();
            for (const field& each : table.fields)
                fill(*each.type, static_cast<char*>(at) + each.offset, depth - 1);
            break;
        }
        case value_type::form::box: fill(*type.element, type.append(at), depth); break;
        case value_type::form::list:
            type.engage(at);
            fill(*type.element, type.append(at), depth);
            break;
        case value_type::form::map:
            type.engage(at);
            fill(*type.element, type.insert(at, "entry"), depth);
            break;
    }
}

template <class T>
void check_type() {
    const object_type& table = describe<T>();
    SCOPED_TRACE(table.name);
    std::vector<std::string> names;
    for (const field& each : table.fields) names.emplace_back(each.name);

    // A member written through the table is the member that visit reads, and no other.
    const T blank;
    const std::vector<std::string> always = said(blank);
    for (const field& each : table.fields) {
        SCOPED_TRACE(each.name);
        T one;
        fill(*each.type, reinterpret_cast<char*>(&one) + each.offset, 3);
        std::vector<std::string> expected = always;
        if (std::find(always.begin(), always.end(), each.name) == always.end())
            expected.emplace_back(each.name);
        std::vector<std::string> heard = said(one);
        std::sort(expected.begin(), expected.end());
        std::sort(heard.begin(), heard.end());
        EXPECT_EQ(heard, expected);
        const bool differs =
            each.type->shape != value_type::form::object || !each.type->object()->fields.empty();
        EXPECT_EQ(one == blank, !differs);
    }

    // Everything at once, with members of objects inside and one that the schema does not know.
    T full;
    for (const field& each : table.fields) fill(*each.type, reinterpret_cast<char*>(&full) + each.offset, 3);
    auto& unknown = *reinterpret_cast<box<json>*>(reinterpret_cast<char*>(&full) + table.unknown_fields);
    EXPECT_EQ(&unknown, &full.unknown_fields);
    unknown.ensure() = json::object();
    unknown->set("zz-unknown", json(1));
    std::vector<std::string> heard = said(full);
    ASSERT_EQ(heard.size(), names.size() + 1);
    EXPECT_EQ(heard.back(), "zz-unknown");
    heard.pop_back();
    std::sort(heard.begin(), heard.end());
    EXPECT_EQ(heard, names);

    T copy = full;
    EXPECT_TRUE(copy == full);
    copy.unknown_fields->set("zz-unknown", json(2));
    EXPECT_FALSE(copy == full) << "a copy shares what it copied";
    copy = full;
    T moved = std::move(copy);
    EXPECT_TRUE(moved == full);
    moved = T();
    EXPECT_TRUE(moved == blank);
}

}  // namespace tiphys::model::test
