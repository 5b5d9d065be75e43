// SPDX-License-Identifier: Apache-2.0
#include "cli/display.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "workflows.hpp"

namespace tiphys::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::int64_t now = 1767261605;  // 2026-01-01T10:00:05Z

TEST(PlainDisplay, PrintsALineForEachChangeAndLinesByNode) {
    std::ostringstream out;
    const auto display = plain_display(out, true);
    display->update(diamond());
    EXPECT_THAT(out.str(), HasSubstr("✔ A"));
    EXPECT_THAT(out.str(), HasSubstr("✖ B"));
    out.str({});
    display->update(diamond());
    EXPECT_EQ(out.str(), "");
    display->log("wf-echo-3", "hello");
    EXPECT_EQ(out.str(), "C: hello\n");
}

TEST(PlainDisplay, KeepsLinesUntilTheirNodeIsKnown) {
    std::ostringstream out;
    const auto display = plain_display(out, true);
    display->log("wf-echo-3", "early");
    EXPECT_EQ(out.str(), "");
    display->update(diamond());
    EXPECT_THAT(out.str(), testing::EndsWith("C: early\n"));
    display->log("other-9", "strange");
    display->finish();
    EXPECT_THAT(out.str(), testing::EndsWith("other-9: strange\n"));
}

TEST(PlainDisplay, HasAnAsciiForm) {
    std::ostringstream out;
    plain_display(out, false)->update(diamond());
    EXPECT_THAT(out.str(), HasSubstr("+ A"));
    EXPECT_THAT(out.str(), testing::Not(HasSubstr("✔")));
}

TEST(LiveDisplay, DrawsInPlaceBelowTheLines) {
    std::ostringstream out;
    std::int64_t clock = now;
    const auto display = live_display(
        out, Style{true, false, 80}, [] { return std::pair<std::size_t, std::size_t>(24, 80); },
        [&clock] { return clock; });
    display->update(diamond());
    EXPECT_EQ(out.str(), "") << "drawn at the next tick";
    display->tick();
    EXPECT_THAT(out.str(), StartsWith("\r\x1b[J● wf  5s  Running\n"));
    out.str({});
    display->tick();
    EXPECT_EQ(out.str(), "") << "nothing has changed";
    display->log("wf-echo-3", "\x1b[2Jhello");
    display->tick();
    EXPECT_THAT(out.str(), StartsWith("\x1b[6A\r\x1b[JC: hello\n● wf"));
    out.str({});
    ++clock;
    display->tick();
    EXPECT_THAT(out.str(), StartsWith("\x1b[6A\r\x1b[J● wf  6s  Running\n"));
    out.str({});
    display->finish();
    EXPECT_THAT(out.str(), StartsWith("\x1b[6A\r\x1b[J● wf"));
}

TEST(LiveDisplay, LeavesARowFreeOnSmallScreensAndDrawsAllAtTheEnd) {
    std::ostringstream out;
    const auto display = live_display(
        out, Style{true, false, 80}, [] { return std::pair<std::size_t, std::size_t>(4, 30); },
        [] { return now; });
    display->update(diamond());
    display->tick();
    const std::string small = out.str();
    EXPECT_EQ(std::count(small.begin(), small.end(), '\n'), 3);
    out.str({});
    display->finish();
    const std::string whole = out.str();
    EXPECT_THAT(whole, StartsWith("\x1b[3A\r\x1b[J"));
    EXPECT_EQ(std::count(whole.begin(), whole.end(), '\n'), 6);
}

model::Parameter parameter(const char* name, const char* value) {
    model::Parameter made;
    made.name = name;
    made.value = value;
    return made;
}

TEST(Outputs, AreAlignedByNode) {
    auto workflow = diamond();
    EXPECT_EQ(render_outputs(workflow), "");
    workflow.status->nodes["wf"].outputs.ensure().parameters = {parameter("total", "15")};
    workflow.status->nodes["wf-1"].outputs.ensure().parameters = {parameter("a", "one\ntwo\n"),
                                                                  parameter("longer", "")};
    workflow.status->nodes["wf-2"].outputs.ensure().result = "no parameter";
    workflow.status->outputs.ensure().parameters = {parameter("global", "g")};
    EXPECT_EQ(render_outputs(workflow),
              "Outputs\n"
              "  (workflow)  global = g\n"
              "  wf          total  = 15\n"
              "  A           a      = one\n"
              "                       two\n"
              "  A           longer = \n");
}

}  // namespace
}  // namespace tiphys::cli
