// SPDX-License-Identifier: Apache-2.0
#include "local/server/selector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "local/server/http.hpp"

namespace tiphys::local::server {
namespace {

map<str> labels(std::initializer_list<std::pair<const char*, const char*>> entries) {
    map<str> made;
    for (const auto& [key, value] : entries) made[key] = value;
    return made;
}

struct Case {
    const char* selector;
    bool matches;
};

TEST(LabelSelector, JudgesAsKubernetes) {
    const map<str> some =
        labels({{"app", "web"}, {"tier", "back"}, {"size", "7"}, {"workflows.argoproj.io/phase", "Running"}});
    const Case cases[] = {
        {"", true},
        {"app=web", true},
        {"app==web", true},
        {"app=db", false},
        {"app!=db", true},
        {"none!=db", true},
        {"app!=web", false},
        {"app", true},
        {"none", false},
        {"!none", true},
        {"! app", false},
        {"app in (db, web)", true},
        {"app in (db)", false},
        {"app notin (db)", true},
        {"none notin (db)", true},
        {"app notin (web,db)", false},
        {"size>6", true},
        {"size > 7", false},
        {"size<8", true},
        {"app<8", false},
        {"app=web,tier=back", true},
        {"app=web , tier=front", false},
        {"workflows.argoproj.io/phase in (Running,Pending)", true},
        {"app=", false},
    };
    for (const Case& one : cases)
        EXPECT_EQ(LabelSelector(one.selector).matches(some), one.matches) << one.selector;
}

TEST(LabelSelector, NamesThePlaceOfAMistake) {
    const auto failure = [](const char* text) -> std::string {
        try {
            LabelSelector selector(text);
        } catch (const Failure& failed) {
            return std::to_string(failed.code()) + " " + failed.what();
        }
        return "no failure";
    };
    using testing::HasSubstr;
    EXPECT_THAT(failure("app in web"), HasSubstr("3 unable to parse requirement: label selector \"app in "
                                                 "web\", character 8: expected '(' after in"));
    EXPECT_THAT(failure("app in (web"), HasSubstr("expected ')'"));
    EXPECT_THAT(failure("app like x"), HasSubstr("expected one of = == != in notin > <"));
    EXPECT_THAT(failure("=x"), HasSubstr("a label key is missing"));
    EXPECT_THAT(failure("a=b,"), HasSubstr("a requirement must follow ','"));
    EXPECT_THAT(failure("a>b"), HasSubstr("whole number"));
    EXPECT_THAT(failure("a!b"), HasSubstr("expected '=' after '!'"));
}

TEST(Rfc3339, ReadsTimes) {
    constexpr std::int64_t second = 1'000'000'000;
    EXPECT_EQ(rfc3339("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(rfc3339("2026-11-23T15:00:00Z"), 1795446000 * second);
    EXPECT_EQ(rfc3339("2026-11-23T16:30:00+01:30"), 1795446000 * second);
    EXPECT_EQ(rfc3339("2026-11-23T14:00:00-01:00"), 1795446000 * second);
    EXPECT_EQ(rfc3339("1970-01-01T00:00:00.25Z"), second / 4);
    EXPECT_EQ(rfc3339("1970-01-01t00:00:01.5z"), second + second / 2);
    EXPECT_EQ(rfc3339("2024-02-29T00:00:00Z").has_value(), true);
}

TEST(Rfc3339, RefusesWhatIsNone) {
    for (const char* bad :
         {"", "2026", "2026-11-23", "2026-11-23T15:00:00", "2026-13-01T00:00:00Z", "2023-02-29T00:00:00Z",
          "2026-11-23T25:00:00Z", "2026-11-23T15:60:00Z", "2026-11-23T15:00:00.Z", "2026-11-23T15:00:00Z ",
          "2026-11-23T15:00:00+1:00", "yesterday"})
        EXPECT_EQ(rfc3339(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace tiphys::local::server
