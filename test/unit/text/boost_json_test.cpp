// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/boost_json.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "text_testing.hpp"

namespace {

using namespace tiphys;
namespace bj = boost::json;

TEST(BoostJson, ConvertsModelsBothWays) {
    constexpr std::string_view text =
        R"({"kind":"Workflow","metadata":{"name":"a","labels":{"b":"c"}},"spec":{"priority":-3,"suspend":true,)"
        R"("templates":[{"name":"t","suspend":{},"steps":[[],[{"withItems":[1,2.5,null,18446744073709551615,"x"]}]]}]},"new":{"x":1}})";
    const auto read = read_json<model::Workflow>(text, {.unknown_fields = UnknownFields::keep});
    const bj::value value = bj::value_from(read);
    EXPECT_EQ(value, bj::parse(bj::string_view(text)));
    EXPECT_EQ(bj::value_to<model::Workflow>(value), read);
    const bj::value meta = bj::value_from(read.metadata);
    EXPECT_EQ(bj::serialize(meta), R"({"name":"a","labels":{"b":"c"}})");
    EXPECT_EQ(bj::value_to<model::k8s::ObjectMeta>(meta), read.metadata);
    EXPECT_EQ(bj::serialize(bj::value_from(json("x"))), "\"x\"");
    EXPECT_EQ(bj::value_to<json>(bj::parse("[1,1e300]")), read_json<json>("[1,1e+300]"));
}

TEST(BoostJson, NamesThePathOfAMistake) {
    try {
        bj::value_to<model::Workflow>(bj::parse(R"({"spec":{"templates":[{"name":1}]}})"));
        FAIL();
    } catch (const ReadError& error) {
        EXPECT_STREQ(error.what(),
                     "spec.templates[0].name: expected text, found the number 1; write it in quotes");
    }
}

}  // namespace
