// SPDX-License-Identifier: Apache-2.0
#include <tiphys/core/core.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace tiphys {
namespace {

struct Node {
    str name;
    box<Node> next;
    list<Node> children;
    friend constexpr bool operator==(const Node&, const Node&) = default;
};

static_assert(sizeof(box<Node>) == sizeof(void*));
static_assert([] {
    Node root;
    root.name = "root";
    root.next.ensure().name = "next";
    root.next->next.ensure().name = "last";
    Node copy = root;
    copy.next->next->name = "changed";
    return root.next->next->name == "last" && copy != root && !copy.next->next->next.has_value();
}());

TEST(Box, IsAbsentUntilEnsured) {
    box<Node> absent;
    EXPECT_FALSE(absent.has_value());
    EXPECT_FALSE(absent);
    EXPECT_EQ(absent.get(), nullptr);
    Node& made = absent.ensure();
    made.name = "made";
    EXPECT_TRUE(absent);
    EXPECT_EQ(&absent.ensure(), &made);
    EXPECT_EQ(absent->name, "made");
    absent.reset();
    EXPECT_FALSE(absent.has_value());
    absent.reset();
}

TEST(Box, CopiesAreDeep) {
    box<Node> a(Node{"a", {}, {}});
    a->next.ensure().name = "b";
    box<Node> b = a;
    b->next->name = "changed";
    EXPECT_EQ(a->next->name, "b");
    EXPECT_NE(a, b);
    b = a;
    EXPECT_EQ(a, b);
    EXPECT_NE(a.get(), b.get());
    b = box<Node>();
    EXPECT_NE(a, b);
    EXPECT_EQ(b, box<Node>());
}

TEST(Box, MovesTakeThePointer) {
    box<Node> a(Node{"a", {}, {}});
    const Node* node = a.get();
    box<Node> b(std::move(a));
    EXPECT_EQ(b.get(), node);
    EXPECT_FALSE(a);  // NOLINT(bugprone-use-after-move)
    a = std::move(b);
    EXPECT_EQ(a.get(), node);
    box<Node>& same = a;
    a = std::move(same);
    EXPECT_EQ(a->name, "a");
    a = same;
    EXPECT_EQ(a->name, "a");
}

TEST(Box, TakesItsOwnDescendant) {
    box<Node> list(Node{"1", {}, {}});
    list->next.ensure().name = "2";
    list->next->next.ensure().name = "3";
    list = list->next;  // a copy
    EXPECT_EQ(list->name, "2");
    EXPECT_EQ(list->next->name, "3");
    list = std::move(list->next);  // what is moved lies inside what is released
    EXPECT_EQ(list->name, "3");
}

TEST(Box, RecursesThroughLists) {
    Node root{"root", {}, {}};
    root.children.push_back(Node{"child", {}, {Node{"grandchild", {}, {}}}});
    const Node copy = root;
    root.children[0].children[0].name = "changed";
    EXPECT_EQ(copy.children[0].children[0].name, "grandchild");
}

struct ThrowsOnCopy {
    int value = 0;
    ThrowsOnCopy() = default;
    ThrowsOnCopy(const ThrowsOnCopy&) { throw std::runtime_error("no copy"); }
    ThrowsOnCopy(ThrowsOnCopy&&) noexcept = default;
    ThrowsOnCopy& operator=(const ThrowsOnCopy&) = default;
    ThrowsOnCopy& operator=(ThrowsOnCopy&&) noexcept = default;
};

TEST(Box, ACopyThatThrowsLeavesTheTargetAsItWas) {
    box<ThrowsOnCopy> a;
    a.ensure().value = 1;
    box<ThrowsOnCopy> b;
    b.ensure().value = 2;
    EXPECT_THROW(b = a, std::runtime_error);
    EXPECT_EQ(b->value, 2);
    EXPECT_THROW(box<ThrowsOnCopy>{a}, std::runtime_error);
}

}  // namespace
}  // namespace tiphys
