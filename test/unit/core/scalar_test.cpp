// SPDX-License-Identifier: Apache-2.0
// opt, int_or_string and number.
#include <tiphys/core/opt.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace tiphys {
namespace {

static_assert(!opt<bool>().has_value());
static_assert(opt<bool>(false).has_value() && !*opt<bool>(false));
static_assert(opt<std::int64_t>(7).value_or(1) == 7 && opt<std::int64_t>().value_or(1) == 1);
static_assert(int_or_string(5).is_int() && int_or_string("5").is_string());
static_assert(int_or_string(5) != int_or_string("5"));
static_assert(int_or_string(-5).to_text() == "-5" && int_or_string("50%").to_text() == "50%");

TEST(Opt, AbsentDiffersFromZero) {
    opt<std::int64_t> absent;
    EXPECT_FALSE(absent.has_value());
    EXPECT_NE(absent, opt<std::int64_t>(0));
    EXPECT_EQ(absent, opt<std::int64_t>());
    absent = 0;
    EXPECT_TRUE(absent.has_value());
    EXPECT_EQ(*absent, 0);
    absent.reset();
    EXPECT_FALSE(absent.has_value());
}

TEST(Opt, ComparesPresentValues) {
    EXPECT_EQ(opt<double>(0.5), opt<double>(0.5));
    EXPECT_NE(opt<double>(0.5), opt<double>(0.25));
    EXPECT_NE(opt<bool>(true), opt<bool>(false));
}

TEST(Opt, AResetValueEqualsAFreshOne) {
    opt<std::int64_t> used(42);
    used.reset();
    EXPECT_EQ(used, opt<std::int64_t>());
    EXPECT_EQ(used.value_or(7), 7);
}

TEST(IntOrString, RemembersWhichItWas) {
    int_or_string value;
    EXPECT_FALSE(value.has_value());
    EXPECT_FALSE(value.is_int());
    EXPECT_FALSE(value.is_string());
    EXPECT_FALSE(value.to_text().has_value());
    value = 3;
    EXPECT_TRUE(value.is_int());
    EXPECT_EQ(value.as_int(), 3);
    value = "25%";
    EXPECT_TRUE(value.is_string());
    EXPECT_FALSE(value.is_int());
    EXPECT_EQ(value.as_str(), "25%");
    value = std::string_view();
    EXPECT_TRUE(value.has_value());  // "" is text
    value.reset();
    EXPECT_FALSE(value.has_value());
}

TEST(IntOrString, HoldsTheWholeRange) {
    const auto least = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(int_or_string(least).as_int(), least);
    EXPECT_EQ(int_or_string(least).to_text(), "-9223372036854775808");
}

TEST(Number, KeepsItsSourceText) {
    const number absent;
    EXPECT_FALSE(absent.has_value());
    const number exact{"0.10000000000000000000000000000001"};
    EXPECT_EQ(exact.literal, "0.10000000000000000000000000000001");
    EXPECT_NE(number{"1.0"}, number{"1"});
}

}  // namespace
}  // namespace tiphys
