// SPDX-License-Identifier: Apache-2.0
#include "client/url.hpp"

#include "expect_error.hpp"

namespace tiphys::client_detail {
namespace {

using testing::HasSubstr;

TEST(Endpoint, HostAndPort) {
    const auto name = parse_endpoint("argo.example.org:443", "it");
    EXPECT_EQ(name.host, "argo.example.org");
    EXPECT_EQ(name.port, "443");
    const auto address = parse_endpoint("[2001:db8::1]:2746", "it");
    EXPECT_EQ(address.host, "2001:db8::1");
    EXPECT_EQ(address.port, "2746");
}

TEST(BaseHref, SlashesAtTheEndsDoNotMatter) {
    for (const char* same : {"argo/ui", "/argo/ui", "/argo/ui/", "//argo/ui//"})
        EXPECT_EQ(normal_base_href(same, "it"), "/argo/ui") << same;
    EXPECT_EQ(normal_base_href("", "it"), "");
    EXPECT_EQ(normal_base_href("/", "it"), "");
}

TEST(Target, SegmentsAndQueriesAreEncoded) {
    EXPECT_EQ(Target("/api").segment("a/b c?#%\u00e9~", "name").take(), "/api/a%2Fb%20c%3F%23%25%C3%A9~");
    EXPECT_EQ(Target("/api").query("fields", "-a&b=c,d").query("x", "").query("y z", "1").take(),
              "/api?fields=-a%26b%3Dc%2Cd&y%20z=1");
}

TEST(Target, SegmentsThatServersWouldRewriteAreRefused) {
    EXPECT_THAT(test::refused([] { Target("/api").segment("", "namespace"); }),
                HasSubstr("the namespace is empty"));
    EXPECT_THAT(test::refused([] { Target("/api").segment("..", "name"); }), HasSubstr("cannot be \"..\""));
    EXPECT_THAT(test::refused([] { Target("/api").segment_or_all(".", "name"); }),
                HasSubstr("cannot be \".\""));
    EXPECT_EQ(Target("/api").segment_or_all("", "namespace").take(), "/api/");
}

}  // namespace
}  // namespace tiphys::client_detail
