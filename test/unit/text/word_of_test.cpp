// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/word_of.hpp>

#include <gtest/gtest.h>

namespace tiphys {
namespace {

TEST(WordOf, DividesNamesWhereAWordBegins) {
    EXPECT_EQ(word_of("entrypoint"), "entrypoint");
    EXPECT_EQ(word_of("activeDeadlineSeconds"), "active_deadline_seconds");
    EXPECT_EQ(word_of("fsType"), "fs_type");
    EXPECT_EQ(word_of("oauth2"), "oauth2");
    EXPECT_EQ(word_of("s3"), "s3");
    EXPECT_EQ(word_of("x-kubernetes-validations"), "x_kubernetes_validations");
}

TEST(WordOf, TakesCapitalsTogether) {
    EXPECT_EQ(word_of("podGC"), "pod_gc");
    EXPECT_EQ(word_of("hostPID"), "host_pid");
    EXPECT_EQ(word_of("useSDKCreds"), "use_sdk_creds");
    EXPECT_EQ(word_of("tokenURLSecret"), "token_url_secret");
    EXPECT_EQ(word_of("krbCCacheSecret"), "krb_c_cache_secret");
    EXPECT_EQ(word_of("targetWWNs"), "target_wwns");
    EXPECT_EQ(word_of("diskURI"), "disk_uri");
}

TEST(WordOf, KeepsOffKeywords) {
    EXPECT_EQ(word_of("default"), "default_");
    EXPECT_EQ(word_of("template"), "template_");
    EXPECT_EQ(word_of("namespace"), "namespace_");
    EXPECT_EQ(word_of("operator"), "operator_");
    EXPECT_EQ(word_of("inline"), "inline_");
    EXPECT_FALSE(is_cpp_keyword("default_"));
}

}  // namespace
}  // namespace tiphys
