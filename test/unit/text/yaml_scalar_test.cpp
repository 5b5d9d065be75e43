// SPDX-License-Identifier: Apache-2.0
#include "yaml_scalar.hpp"

#include "text_testing.hpp"

namespace {

using namespace tiphys;

struct Case {
    const char* yaml;
    const char* json;
};

// The JSON to which Argo's library turns each scalar; checked against sigs.k8s.io/yaml 1.6.0.
constexpr Case cases[] = {
    // Booleans.
    {"y", "true"},
    {"Y", "true"},
    {"yes", "true"},
    {"Yes", "true"},
    {"YES", "true"},
    {"true", "true"},
    {"True", "true"},
    {"TRUE", "true"},
    {"on", "true"},
    {"On", "true"},
    {"ON", "true"},
    {"n", "false"},
    {"N", "false"},
    {"no", "false"},
    {"No", "false"},
    {"NO", "false"},
    {"false", "false"},
    {"False", "false"},
    {"FALSE", "false"},
    {"off", "false"},
    {"Off", "false"},
    {"OFF", "false"},
    {"yEs", "\"yEs\""},
    {"tRUE", "\"tRUE\""},
    {"yess", "\"yess\""},
    // Null.
    {"", "null"},
    {"~", "null"},
    {"null", "null"},
    {"Null", "null"},
    {"NULL", "null"},
    {"nUll", "\"nUll\""},
    // Integers.
    {"0", "0"},
    {"12", "12"},
    {"-12", "-12"},
    {"+1", "1"},
    {"-0", "0"},
    {"00", "0"},
    {"017", "15"},
    {"-017", "-15"},
    {"0o17", "15"},
    {"0O17", "15"},
    {"0o8", "\"0o8\""},
    {"08", "8"},
    {"0x1F", "31"},
    {"0X1f", "31"},
    {"0b11", "3"},
    {"0B11", "3"},
    {"-0b11", "-3"},
    {"0b12", "\"0b12\""},
    {"1_000", "1000"},
    {"0x_1", "1"},
    {"1__0", "10"},
    {"_1", "\"_1\""},
    {"0x", "\"0x\""},
    {"0o", "\"0o\""},
    {"0b", "\"0b\""},
    {"9223372036854775807", "9223372036854775807"},
    {"-9223372036854775808", "-9223372036854775808"},
    {"18446744073709551615", "18446744073709551615"},
    {"18446744073709551616", "18446744073709552000"},
    {"-9223372036854775809", "-9223372036854776000"},
    {"0xFFFFFFFFFFFFFFFFFF", "\"0xFFFFFFFFFFFFFFFFFF\""},
    {"123456789012345678901234567890", "1.2345678901234568e+29"},
    // Floating numbers.
    {"1.5", "1.5"},
    {"1.10", "1.1"},
    {"1.0", "1"},
    {".5", "0.5"},
    {"5.", "5"},
    {"+.5", "0.5"},
    {"-.5", "-0.5"},
    {"1e3", "1000"},
    {"1E3", "1000"},
    {"1.e3", "1000"},
    {".1e3", "100"},
    {"1e1_0", "10000000000"},
    {"1e21", "1e+21"},
    {"1e-7", "1e-7"},
    {"1e-400", "0"},
    {"-0.0", "-0"},
    {".5_0", "0.5"},
    {".5e1_0", "5000000000"},
    {"1_.5", "1.5"},
    {".5_", "\".5_\""},
    {"._5", "\"._5\""},
    {"1e", "\"1e\""},
    {"1e400", "\"1e400\""},
    {"-1e999", "\"-1e999\""},
    {"0x1p3", "\"0x1p3\""},
    {"1.2.3", "\"1.2.3\""},
    {".", "\".\""},
    {"+", "\"+\""},
    {"...x", "\"...x\""},
    // Times stay text.
    {"2024-01-02", "\"2024-01-02\""},
    {"2024-01-02T03:04:05Z", "\"2024-01-02T03:04:05Z\""},
    {"12:30", "\"12:30\""},
    {"1:2:3", "\"1:2:3\""},
    // Quotes, blocks and tags.
    {"\"1\"", "\"1\""},
    {"'true'", "\"true\""},
    {"''", "\"\""},
    {"|-\n  12", "\"12\""},
    {">-\n  12", "\"12\""},
    {"!!str 1", "\"1\""},
    {"!!int \"1\"", "1"},
    {"!!float 1", "1"},
    {"!!float 1.5", "1.5"},
    {"!!bool yes", "true"},
    {"!!null ~", "null"},
    {"!foo 1", "\"1\""},
    {"! 1", "\"1\""},
    {"!!timestamp 2024-01-02", "\"2024-01-02\""},
    // Text.
    {"=", "\"=\""},
    {"a", "\"a\""},
    {"nothing", "\"nothing\""},
    {"<<x", "\"<<x\""},
    {"1 2", "\"1 2\""},
    {"10Mi", "\"10Mi\""},
    {"1h30m", "\"1h30m\""},
};

TEST(YamlScalar, MeansWhatItMeansToArgo) {
    for (const Case& c : cases)
        EXPECT_EQ(to_json(read_yaml<json>("s: " + std::string(c.yaml) + "\n")),
                  "{\"s\":" + std::string(c.json) + "}")
            << c.yaml;
}

TEST(YamlScalar, HasNoInfinityAndNoWrongTag) {
    for (const char* text : {".inf", ".Inf", ".INF", "+.inf", "-.inf", "-.INF", ".nan", ".NaN", ".NAN"})
        EXPECT_EQ(yaml_error<json>("s: " + std::string(text)),
                  "JSON has no number " + std::string(text) +
                      "; write it in quotes if it is text (line 1, column 4)");
    EXPECT_EQ(yaml_error<json>("s: !!int x"),
              "\"x\" is text, which its tag !!int does not allow (line 1, column 4)");
    EXPECT_EQ(yaml_error<json>("s: !!bool 1"),
              "\"1\" is an integer, which its tag !!bool does not allow (line 1, column 4)");
    EXPECT_EQ(yaml_error<json>("s: !!null x"),
              "\"x\" is text, which its tag !!null does not allow (line 1, column 4)");
    EXPECT_EQ(yaml_error<json>("s: !!binary aGk="),
              "the tag !!binary is not supported; write the base64 text itself (line 1, column 4)");
}

TEST(YamlScalar, BecomesTextAsAName) {
    constexpr Case names[] = {{"1", "1"},
                              {"017", "15"},
                              {"yes", "true"},
                              {"off", "false"},
                              {"1.5", "1.5"},
                              {"1e6", "1e+06"},
                              {"1234567.5", "1.2345675e+06"},
                              {".inf", ".inf"},
                              {"-.INF", "-.inf"},
                              {".NaN", ".nan"},
                              {"a", "a"},
                              {"\"yes\"", "yes"},
                              {"2024-01-02", "2024-01-02"}};
    for (const Case& c : names)
        EXPECT_EQ(to_json(read_yaml<json>(std::string(c.yaml) + ": 1")),
                  "{\"" + std::string(c.json) + "\":1}");
    EXPECT_EQ(yaml_error<json>("~: 1"),
              "null as the name of a member; write it in quotes if it is text (line 1, column 1)");
    EXPECT_EQ(yaml_error<json>("[a]: 1"), "a map or list as the name of a member (line 1, column 1)");
}

// As the argo and kubectl programs do: numbers reach text members only in quotes.
TEST(YamlScalar, FitsTheMemberThatTakesIt) {
    using model::Parameter;
    EXPECT_EQ(read_yaml<Parameter>("value: 1.10").value, "1.1");
    EXPECT_EQ(read_yaml<Parameter>("value: 017").value, "15");
    EXPECT_EQ(read_yaml<Parameter>("value: yes").value, "true");
    EXPECT_EQ(yaml_error<Parameter>("name: 1"),
              "name: expected text, found the number 1; write it in quotes (line 1, column 1)");
    EXPECT_EQ(yaml_error<Parameter>("name: on"),
              "name: expected text, found true; write it in quotes (line 1, column 1)");
    EXPECT_EQ(*read_yaml<model::Template>("parallelism: 1e3").parallelism, 1000);
    EXPECT_EQ(*read_yaml<model::Template>("parallelism: 5.0").parallelism, 5);
    EXPECT_EQ(*read_yaml<model::Template>("daemon: yes").daemon, true);
    EXPECT_EQ(yaml_error<model::Template>("parallelism: \"5\""),
              "parallelism: expected an integer of 64 bits, found the text \"5\" (line 1, column 1)");
}

}  // namespace
