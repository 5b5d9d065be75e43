// SPDX-License-Identifier: Apache-2.0
#include "local/server/watch_queue.hpp"

#include <gtest/gtest.h>

namespace tiphys::local::server {
namespace {

model::Workflow workflow(const char* uid) {
    model::Workflow made;
    made.metadata.uid = uid;
    made.metadata.name = std::string("name-") + uid;
    made.metadata.namespace_ = "argo";
    return made;
}

TEST(WatchQueue, HoldsEachWorkflowOnceInTheOrderOfItsFirstChange) {
    WatchQueue queue;
    for (int i = 0; i < 1000; ++i) {
        queue.changed(workflow("1"));
        queue.changed(workflow("2"));
    }
    const auto first = queue.pop();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->uid, "1");
    EXPECT_EQ(first->name, "name-1");
    EXPECT_EQ(first->namespace_of, "argo");
    EXPECT_EQ(first->deleted, nullptr);
    queue.changed(workflow("1"));
    EXPECT_EQ(queue.pop()->uid, "2");
    EXPECT_EQ(queue.pop()->uid, "1");
    EXPECT_EQ(queue.pop(), std::nullopt);
    EXPECT_TRUE(queue.empty());
}

TEST(WatchQueue, KeepsTheLastStateOfADeletion) {
    WatchQueue queue;
    queue.changed(workflow("1"));
    queue.deleted(std::make_shared<model::Workflow>(workflow("1")));
    queue.deleted(std::make_shared<model::Workflow>(workflow("2")));
    EXPECT_EQ(queue.deletions(), 2u);
    EXPECT_EQ(queue.pop()->deleted->metadata.uid, "1");
    EXPECT_EQ(queue.deletions(), 1u);
    EXPECT_EQ(queue.pop()->deleted->metadata.uid, "2");
    EXPECT_EQ(queue.deletions(), 0u);
}

TEST(WatchQueue, RemembersWhatTheWatcherWasTold) {
    WatchQueue queue;
    EXPECT_FALSE(queue.knows("1"));
    queue.tell("1", "5");
    EXPECT_TRUE(queue.knows("1"));
    EXPECT_TRUE(queue.knows("1", "5"));
    EXPECT_FALSE(queue.knows("1", "6"));
    queue.tell("1", "6");
    EXPECT_TRUE(queue.knows("1", "6"));
    queue.forget("1");
    EXPECT_FALSE(queue.knows("1"));
}

}  // namespace
}  // namespace tiphys::local::server
