// SPDX-License-Identifier: Apache-2.0
#include "local/server/fields.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace tiphys::local::server {
namespace {

std::string filtered(std::string_view fields, std::string_view text) {
    boost::json::value value = boost::json::parse(std::string(text));
    FieldFilter(fields).apply(value);
    return boost::json::serialize(value);
}

constexpr std::string_view workflow =
    R"({"metadata":{"name":"a","namespace":"n","labels":{"x":"1"}},"spec":{"entrypoint":"e"},"status":{"phase":"Running","nodes":{"i":{"phase":"Failed"}}}})";

TEST(FieldFilter, KeepsEverythingWithoutAParameter) {
    EXPECT_TRUE(FieldFilter("").empty());
    EXPECT_EQ(filtered("", workflow), workflow);
}

TEST(FieldFilter, KeepsWhatIsNamedWithItsWholeSubtree) {
    EXPECT_EQ(filtered("status", workflow),
              R"({"status":{"phase":"Running","nodes":{"i":{"phase":"Failed"}}}})");
    EXPECT_EQ(filtered("metadata.name,status.phase", workflow),
              R"({"metadata":{"name":"a"},"status":{"phase":"Running"}})");
}

TEST(FieldFilter, ComparesPathsAsTextSoThatAPrefixIsKeptToo) {
    // "metadata.name" begins "metadata.namespace": the name comes along, as with Argo.
    EXPECT_EQ(filtered("metadata.namespace", workflow), R"({"metadata":{"name":"a","namespace":"n"}})");
    EXPECT_EQ(filtered("metadata.name", workflow), R"({"metadata":{"name":"a"}})");
}

TEST(FieldFilter, GoesThroughLists) {
    EXPECT_EQ(
        filtered(
            "items.metadata.name",
            R"({"items":[{"metadata":{"name":"a","uid":"1"}},{"metadata":{"name":"b"}}],"metadata":{}})"),
        R"({"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]})");
}

TEST(FieldFilter, LeavesOutWithAMinus) {
    EXPECT_EQ(filtered("-status.nodes,metadata", workflow),
              R"({"spec":{"entrypoint":"e"},"status":{"phase":"Running"}})");
    EXPECT_EQ(filtered("-spec", R"({"spec":1,"specs":2})"), R"({"specs":2})");
}

TEST(FieldFilter, NamesWithoutAMatchLeaveNothing) { EXPECT_EQ(filtered("nothing", workflow), "{}"); }

TEST(FieldFilter, LosesAPrefix) {
    const FieldFilter inner =
        FieldFilter("result.type,result.object.metadata.name,-x").without_prefix("result.object.");
    boost::json::value value = boost::json::parse(std::string(workflow));
    inner.apply(value);
    EXPECT_EQ(boost::json::serialize(value), R"({"metadata":{"name":"a"}})");
    boost::json::value all = boost::json::parse(R"({"status":{"nodes":1,"phase":2}})");
    FieldFilter("-result.object.status.nodes").without_prefix("result.object.").apply(all);
    EXPECT_EQ(boost::json::serialize(all), R"({"status":{"phase":2}})");
}

}  // namespace
}  // namespace tiphys::local::server
