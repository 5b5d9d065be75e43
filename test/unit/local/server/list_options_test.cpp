// SPDX-License-Identifier: Apache-2.0
#include "local/server/list_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "local/server/http.hpp"

namespace tiphys::local::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Six workflows in order of creation; b and e have finished.
class ListOfWorkflows : public testing::Test {
protected:
    ListOfWorkflows() {
        add("a", "argo", "10:00:00", "");
        add("b", "argo", "10:01:00", "10:05:00");
        add("c", "default", "10:02:00", "");
        add("ab", "argo", "10:03:00", "");
        add("e", "argo", "10:04:00", "10:04:30");
        add("f", "argo", "10:05:00", "");
        all_.back()->metadata.labels["team"] = "red";
    }

    void add(const char* name, const char* namespace_of, const std::string& created,
             const std::string& finished) {
        auto made = std::make_unique<model::Workflow>();
        made->metadata.name = name;
        made->metadata.namespace_ = namespace_of;
        made->metadata.creationTimestamp = "2026-01-01T" + created + "Z";
        made->status.ensure().startedAt = "2026-01-01T" + created + "Z";
        if (!finished.empty()) made->status->finishedAt = "2026-01-01T" + finished + "Z";
        all_.push_back(std::move(made));
    }

    ListOptions::Page page(const std::string& query, const char* namespace_of = "argo") const {
        std::vector<const model::Workflow*> all;
        for (const auto& one : all_) all.push_back(one.get());
        return ListOptions(Target("/x?" + query), namespace_of).page(all);
    }
    std::vector<std::string> names(const std::string& query, const char* namespace_of = "argo") const {
        std::vector<std::string> made;
        for (const auto* one : page(query, namespace_of).items) made.push_back(one->metadata.name.string());
        return made;
    }
    std::string failure(const std::string& query, const char* namespace_of = "argo") const {
        try {
            page(query, namespace_of);
        } catch (const Failure& failed) {
            return std::to_string(failed.code()) + " " + failed.what();
        }
        return "no failure";
    }

    std::vector<std::unique_ptr<model::Workflow>> all_;
};

TEST_F(ListOfWorkflows, RunningOnesComeFirstThenTheLastFinished) {
    EXPECT_THAT(names(""), ElementsAre("f", "ab", "a", "b", "e"));
    EXPECT_THAT(names("", ""), ElementsAre("f", "ab", "c", "a", "b", "e"));
    EXPECT_THAT(names("", "nowhere"), IsEmpty());
}

TEST_F(ListOfWorkflows, ComesInPages) {
    const auto first = page("listOptions.limit=2");
    EXPECT_EQ(first.items.size(), 2u);
    EXPECT_EQ(first.next, 2);
    EXPECT_EQ(first.remaining, std::nullopt);
    const auto last = page("listOptions.limit=2&listOptions.continue=4");
    EXPECT_EQ(last.items.size(), 1u);
    EXPECT_EQ(last.next, std::nullopt);
    EXPECT_EQ(page("listOptions.limit=5").next, std::nullopt);
    EXPECT_THAT(page("listOptions.continue=99").items, IsEmpty());
    std::vector<std::string> together;
    for (const char* from : {"0", "2", "4"})
        for (const auto& one : names(std::string("listOptions.limit=2&listOptions.continue=") + from))
            together.push_back(one);
    std::sort(together.begin(), together.end());
    EXPECT_THAT(together, ElementsAre("a", "ab", "b", "e", "f"));
}

TEST_F(ListOfWorkflows, CountsTheRestWhenAsked) {
    const auto some = page("listOptions.limit=2&listOptions.fieldSelector=ext.showRemainingItemCount=true");
    EXPECT_EQ(some.remaining, 3);
}

TEST_F(ListOfWorkflows, SelectsByFields) {
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.name=a"), ElementsAre("a"));
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.name==a"), ElementsAre("a"));
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.name!=a"), ElementsAre("f", "ab", "b", "e"));
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.name=a&nameFilter=Contains"),
                ElementsAre("ab", "a"));
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.name=b&nameFilter=Contains"),
                ElementsAre("ab", "b"));
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.name=a&nameFilter=Prefix"), ElementsAre("ab", "a"));
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.name=b&nameFilter=Prefix"), ElementsAre("b"));
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.namespace=default", ""), ElementsAre("c"));
    EXPECT_THAT(names("listOptions.fieldSelector=metadata.namespace!=argo", ""), ElementsAre("c"));
    EXPECT_THAT(names("listOptions.fieldSelector=spec.startedAt>2026-01-01T10:04:00Z"),
                ElementsAre("f", "e"));
    EXPECT_THAT(names("listOptions.fieldSelector=spec.startedAt<2026-01-01T10:01:00Z"),
                ElementsAre("a", "b"));
}

TEST_F(ListOfWorkflows, SelectsByLabelsAndTimes) {
    EXPECT_THAT(names("listOptions.labelSelector=team%3Dred"), ElementsAre("f"));
    EXPECT_THAT(names("createdAfter=2026-01-01T10:04:00Z"), ElementsAre("f", "e"));
    EXPECT_THAT(names("finishedBefore=2026-01-01T10:04:30Z"), ElementsAre("e"));
}

TEST_F(ListOfWorkflows, SaysWhatItDoesNotUnderstand) {
    EXPECT_EQ(failure("listOptions.continue=x"), "3 listOptions.continue must be int");
    EXPECT_EQ(failure("listOptions.continue=-1"), "3 listOptions.continue must >= 0");
    EXPECT_EQ(failure("listOptions.fieldSelector=status.phase=Failed"),
              "3 unsupported requirement status.phase=Failed");
    EXPECT_THAT(failure("listOptions.fieldSelector=metadata.namespace=default"),
                HasSubstr("contradict each other"));
    EXPECT_THAT(failure("createdAfter=today"), HasSubstr("13 createdAfter: parsing time \"today\""));
    EXPECT_THAT(failure("nameFilter=Like"), HasSubstr("Exact, Contains, Prefix or NotEquals"));
    EXPECT_THAT(failure("listOptions.limit=many"), HasSubstr("strconv.ParseInt"));
}

TEST_F(ListOfWorkflows, WatchesKnowOnlyNamesAndNamespaces) {
    const WatchOptions options(Target("/x?listOptions.fieldSelector=metadata.name=a&listOptions."
                                      "resourceVersion=12&listOptions.timeoutSeconds=3"),
                               "argo");
    EXPECT_EQ(options.name(), "a");
    EXPECT_EQ(options.resource_version(), 12);
    EXPECT_EQ(options.timeout_seconds(), 3);
    EXPECT_TRUE(options.matches(*all_[0]));
    EXPECT_FALSE(options.matches(*all_[1]));
    EXPECT_EQ(WatchOptions(Target("/x?listOptions.resourceVersion=0"), "").resource_version(), std::nullopt);
    const WatchOptions others(
        Target("/x?listOptions.fieldSelector=metadata.name!=a,metadata.namespace!=default"), "");
    EXPECT_FALSE(others.matches(*all_[0]));
    EXPECT_TRUE(others.matches(*all_[1]));
    EXPECT_FALSE(others.matches(*all_[2]));
    EXPECT_THROW(WatchOptions(Target("/x?listOptions.fieldSelector=status.phase=Failed"), ""), Failure);
    EXPECT_THROW(WatchOptions(Target("/x?listOptions.resourceVersion=abc"), ""), Failure);
}

}  // namespace
}  // namespace tiphys::local::server
