// SPDX-License-Identifier: Apache-2.0
#include "number_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace {

using namespace tiphys::detail;

struct Case {
    const char* literal;
    const char* json;
    const char* fixed;
    const char* key;
};

// What encoding/json, strconv's 'f' and strconv's 32-bit 'g' print for the same double.
constexpr Case cases[] = {
    {"0", "0", "0", "0"},
    {"-0.0", "-0", "-0", "-0"},
    {"1", "1", "1", "1"},
    {"-1.50", "-1.5", "-1.5", "-1.5"},
    {"1e20", "100000000000000000000", "100000000000000000000", "1e+20"},
    {"1e21", "1e+21", "1000000000000000000000", "1e+21"},
    {"1e23", "1e+23", "100000000000000000000000", "1e+23"},
    {"1e-6", "0.000001", "0.000001", "1e-06"},
    {"1e-7", "1e-7", "0.0000001", "1e-07"},
    {"0.0001", "0.0001", "0.0001", "0.0001"},
    {"1234567.5", "1234567.5", "1234567.5", "1.2345675e+06"},
    {"100000.5", "100000.5", "100000.5", "100000.5"},
    {"16777217", "16777217", "16777217", "1.6777216e+07"},
    {"9007199254740993", "9007199254740992", "9007199254740992", "9.007199e+15"},
    {"1.7976931348623157e308", "1.7976931348623157e+308", nullptr, ".inf"},
    {"1e-400", "0", "0", "0"},
};

TEST(NumberText, IsWrittenAsGoWritesIt) {
    for (const Case& c : cases) {
        const auto value = parse_double(c.literal);
        ASSERT_TRUE(value.has_value()) << c.literal;
        EXPECT_EQ(json_number(*value), c.json);
        if (c.fixed != nullptr) {
            EXPECT_EQ(fixed_number(*value), c.fixed);
        }
        EXPECT_EQ(key_number(*value), c.key);
    }
}

TEST(NumberText, RefusesWhatIsNoNumber) {
    for (const char* text : {"", "a", "1a", "1e999", "-1e999", "1.8e308", "1 "})
        EXPECT_FALSE(parse_double(text).has_value()) << text;
}

}  // namespace
