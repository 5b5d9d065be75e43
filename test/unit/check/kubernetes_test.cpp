// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/detail/kubernetes.hpp>

#include <gtest/gtest.h>

namespace tiphys::detail {
namespace {

TEST(Kubernetes, Names) {
    for (const char* name : {"a", "a-b", "1a"}) EXPECT_TRUE(is_dns_label(name)) << name;
    for (const char* name : {"", "-a", "a-", "A", "a.b", "a_b"}) EXPECT_FALSE(is_dns_label(name)) << name;
    for (const char* key : {"a", "A.b_c-d", "example.com/a", "1/2"}) EXPECT_TRUE(is_label_key(key)) << key;
    for (const char* key : {"", "/a", "a/", "a/b/c", "A.com/a", "a b", ".a", "a."})
        EXPECT_FALSE(is_label_key(key)) << key;
    for (const char* name : {"a", "http-2", "2a"}) EXPECT_TRUE(is_port_name(name)) << name;
    for (const char* name : {"", "1", "a--b", "-a", "a-", "A", "abcdefghijklmnop"})
        EXPECT_FALSE(is_port_name(name)) << name;
}

TEST(Kubernetes, Quantities) {
    const std::pair<const char*, double> amounts[] = {
        {"1", 1},     {"1.5", 1.5}, {".5", 0.5},        {"500m", 0.5}, {"1k", 1e3},   {"2M", 2e6},
        {"1G", 1e9},  {"1T", 1e12}, {"1P", 1e15},       {"1E", 1e18},  {"1Ki", 1024}, {"1Mi", 1048576},
        {"1e3", 1e3}, {"1E3", 1e3}, {"12e-1", 1.2},     {"-1", -1},    {"+2", 2},     {"3u", 3e-6},
        {"3n", 3e-9}, {"1.", 1},    {"1Gi", 1073741824}};
    for (const auto& [text, value] : amounts) {
        EXPECT_TRUE(read_quantity(text).valid) << text;
        EXPECT_NEAR(read_quantity(text).value, value, value < 0 ? 1e-9 : value * 1e-9) << text;
    }
    for (const char* text :
         {"", "a", "1 G", "1g", "1K", "1ki", "1mi", "1GB", "1Gib", "--1", ".", "1e", "1e+", "1ei", "1i"})
        EXPECT_FALSE(read_quantity(text).valid) << text;
}

}  // namespace
}  // namespace tiphys::detail
