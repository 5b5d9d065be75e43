// SPDX-License-Identifier: Apache-2.0
#include <tiphys/core/core.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace tiphys {
namespace {

static_assert(sizeof(list<str>) == 16);
static_assert(std::is_nothrow_move_constructible_v<list<str>>);

static_assert(!list<int>().has_value());
static_assert([] {
    list<str> names;
    names.push_back("a");
    names.emplace_back("b");
    list<str> copy = names;
    copy.push_back("c");
    list<list<str>> nested{names, copy};
    nested = list<list<str>>(nested);
    return names.size() == 2 && nested[1].back() == "c" && nested.front() == names;
}());
static_assert([] {
    list<int> numbers;
    numbers.engage();
    const bool empty = numbers.has_value() && numbers.empty();
    for (int i = 0; i < 50; ++i) numbers.push_back(i);
    int sum = 0;
    for (int number : numbers) sum += number;
    numbers.reset();
    return empty && sum == 1225 && !numbers.has_value();
}());

// Counts itself, and throws where a test says so.
struct Counted {
    static inline int alive = 0;
    static inline int copies_until_throw = -1;
    int value = 0;

    explicit Counted(int v) : value(v) { ++alive; }
    Counted(const Counted& other) : value(other.value) {
        if (copies_until_throw == 0) throw std::runtime_error("no more copies");
        if (copies_until_throw > 0) --copies_until_throw;
        ++alive;
    }
    Counted(Counted&& other) noexcept : value(std::exchange(other.value, -1)) { ++alive; }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) noexcept = default;
    ~Counted() { --alive; }
    bool operator==(const Counted&) const = default;
};

class List : public testing::Test {
protected:
    void SetUp() override {
        Counted::alive = 0;
        Counted::copies_until_throw = -1;
    }
    void TearDown() override { EXPECT_EQ(Counted::alive, 0); }

    static list<Counted> numbers(int n) {
        list<Counted> made;
        for (int i = 0; i < n; ++i) made.emplace_back(i);
        return made;
    }
};

TEST_F(List, AbsentAndEmptyDiffer) {
    list<str> absent;
    list<str> empty;
    empty.engage();
    EXPECT_FALSE(absent.has_value());
    EXPECT_TRUE(empty.has_value());
    EXPECT_TRUE(empty.empty());
    EXPECT_NE(absent, empty);
    EXPECT_EQ(list<str>(empty), empty);
    EXPECT_EQ(list<str>(absent), absent);
    EXPECT_TRUE((list<str>(std::vector<str>{})).has_value());
    EXPECT_TRUE((list<str>(std::initializer_list<str>{})).has_value());
}

TEST_F(List, EngageKeepsWhatItHolds) {
    list<int> some{1, 2, 3};
    some.engage();
    EXPECT_EQ(some, (list<int>{1, 2, 3}));
}

TEST_F(List, GrowsLikeAVector) {
    list<int> grown;
    std::vector<int> expected(1000);
    std::iota(expected.begin(), expected.end(), 0);
    for (int i : expected) grown.push_back(i);
    EXPECT_EQ(grown.size(), 1000u);
    EXPECT_TRUE(std::equal(grown.begin(), grown.end(), expected.begin(), expected.end()));
    EXPECT_EQ(grown.front(), 0);
    EXPECT_EQ(grown.back(), 999);
    EXPECT_EQ(grown[500], 500);
    EXPECT_EQ(list<int>(expected), grown);
}

TEST_F(List, PushesItsOwnElementWhileItGrows) {
    list<str> names{"a text that is long enough to lie on the heap"};
    for (int i = 0; i < 40; ++i) names.push_back(names.front());
    for (int i = 0; i < 40; ++i) names.emplace_back(names[0].view());
    EXPECT_EQ(names.size(), 81u);
    for (const str& name : names) EXPECT_EQ(name, "a text that is long enough to lie on the heap");
}

TEST_F(List, CopiesAreDeepAndMovesTakeTheStorage) {
    list<str> a{"one", "two"};
    list<str> b = a;
    b[0] = "changed";
    EXPECT_EQ(a[0], "one");
    const str* data = a.data();
    list<str> c = std::move(a);
    EXPECT_EQ(c.data(), data);
    EXPECT_FALSE(a.has_value());  // NOLINT(bugprone-use-after-move)
    b = std::move(c);
    EXPECT_EQ(b, (list<str>{"one", "two"}));
}

TEST_F(List, SurvivesAssignmentToItself) {
    list<str> a{"one", "two"};
    list<str>& same = a;
    a = same;
    a = std::move(same);
    EXPECT_EQ(a, (list<str>{"one", "two"}));
}

struct Tree {
    str name;
    list<Tree> children;
};

TEST_F(List, TakesItsOwnDescendant) {
    list<Tree> tree{Tree{"root", {Tree{"child", {}}}}};
    tree = std::move(tree[0].children);  // what is moved lies inside what is released
    EXPECT_EQ(tree[0].name, "child");
}

TEST_F(List, DestroysEachElementOnce) {
    {
        list<Counted> a = numbers(10);
        EXPECT_EQ(Counted::alive, 10);
        list<Counted> b = a;
        EXPECT_EQ(Counted::alive, 20);
        b.pop_back();
        EXPECT_EQ(Counted::alive, 19);
        b = a;
        EXPECT_EQ(Counted::alive, 20);
        a.reset();
        EXPECT_EQ(Counted::alive, 10);
    }
    EXPECT_EQ(Counted::alive, 0);
}

TEST_F(List, ACopyThatThrowsLeavesNothingBehind) {
    const list<Counted> source = numbers(10);
    list<Counted> target = numbers(3);
    Counted::copies_until_throw = 5;
    EXPECT_THROW(list<Counted>{source}, std::runtime_error);
    EXPECT_EQ(Counted::alive, 13);
    Counted::copies_until_throw = 5;
    EXPECT_THROW(target = source, std::runtime_error);
    EXPECT_EQ(target.size(), 3u);
    EXPECT_EQ(target[2].value, 2);
    EXPECT_EQ(Counted::alive, 13);
}

TEST_F(List, APushThatThrowsChangesNothing) {
    list<Counted> a = numbers(2);
    const Counted extra(7);
    for (int round = 0; round < 2; ++round) {  // once with free capacity and once without
        Counted::copies_until_throw = 0;
        const std::size_t size = a.size();
        EXPECT_THROW(a.push_back(extra), std::runtime_error);
        EXPECT_EQ(a.size(), size);
        EXPECT_EQ(Counted::alive, static_cast<int>(size) + 1);
        Counted::copies_until_throw = -1;
        a.push_back(extra);
    }
}

TEST_F(List, TheInitializerListThatThrowsLeavesNothingBehind) {
    const Counted one(1);
    EXPECT_THROW(
        {
            // The list of arguments takes two copies, the second element of the list the fourth.
            Counted::copies_until_throw = 3;
            list<Counted>({one, one});
        },
        std::runtime_error);
    EXPECT_EQ(Counted::alive, 1);
}

TEST_F(List, AVectorThatThrowsLeavesNothingBehind) {
    const std::vector<Counted> source(5, Counted(1));
    Counted::copies_until_throw = 3;
    EXPECT_THROW((list<Counted>(source)), std::runtime_error);
    EXPECT_EQ(Counted::alive, 5);
}

TEST_F(List, ReserveGivesRoom) {
    list<int> a;
    a.reserve(100);
    const int* data = a.data();
    for (int i = 0; i < 100; ++i) a.push_back(i);
    EXPECT_EQ(a.data(), data);
    EXPECT_THROW(a.reserve(0xffffffffu), std::length_error);
    EXPECT_EQ(a.size(), 100u);
}

TEST_F(List, ComparesElementByElement) {
    EXPECT_EQ((list<int>{1, 2}), (list<int>{1, 2}));
    EXPECT_NE((list<int>{1, 2}), (list<int>{1, 3}));
    EXPECT_NE((list<int>{1, 2}), (list<int>{1}));
}

TEST_F(List, Swaps) {
    list<int> a{1};
    list<int> b;
    a.swap(b);
    EXPECT_FALSE(a.has_value());
    EXPECT_EQ(b, (list<int>{1}));
}

}  // namespace
}  // namespace tiphys
