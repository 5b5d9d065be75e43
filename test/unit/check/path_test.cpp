// SPDX-License-Identifier: Apache-2.0
#include <tiphys/check/path.hpp>

#include <gtest/gtest.h>

namespace tiphys {
namespace {

TEST(Path, PrintsAsUsersWriteIt) {
    EXPECT_EQ((Path() / "spec" / "templates")[1].to_text(), "spec.templates[1]");
    EXPECT_EQ(((Path() / "spec" / "templates")[0] / "dag" / "tasks")[12].to_text(),
              "spec.templates[0].dag.tasks[12]");
    EXPECT_EQ((Path() / "metadata" / "labels" / "a.b/c").to_text(), "metadata.labels[\"a.b/c\"]");
    EXPECT_EQ(Path().to_text(), "");
}

TEST(Path, HasALimitOfThirtyTwoParts) {
    Path path;
    for (int i = 0; i < 32; ++i) path = path / "a";
    EXPECT_THROW(path / "b", std::length_error);
}

}  // namespace
}  // namespace tiphys
