// SPDX-License-Identifier: Apache-2.0
// The judge of the compile-fail cases is judged itself: on what g++ 12 and clang 19 really print, as text, and
// through both compilers on small headers of its own that fail as `checked` does.
#include "compile_fail/diagnostics.hpp"
#include "support/require.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace tiphys::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string text = "task `test` depends on `biuld`, which dag `main` does not have";

Output gxx() {
    return {1,
            {"In file included from case.cpp:1:",
             "checked.hpp: In instantiation of 'auto tiphys::checked() [with auto make = <lambda()>{}]':",
             "a/case.cpp:7:38:   required from here",
             "checked.hpp:49:44: error: static assertion failed: the workflow is wrong",
             "checked.hpp:49:44: note: 'tiphys::mistake<tiphys::text<97>{\"case.cpp:3: " + text +
                 "\"}>::value' evaluates to false",
             "checked.hpp:50:44: error: static assertion failed: the workflow is wrong",
             "checked.hpp:50:44: note: 'tiphys::mistake<tiphys::text<9>{\"say \\\"a\\\\b\\\"\"}>::value' "
             "evaluates to false"},
            0,
            0};
}

Output clang() {
    return {1,
            {"In file included from a/case.cpp:1:",
             "checked.hpp:49:19: error: static assertion failed due to requirement "
             "'mistake<tiphys::text<35>{\"case.cpp:3: task `test` depends on \"}, "
             "tiphys::text<36>{{\"`biuld`, which dag `main` does not \"}}, tiphys::text<5>{\"have\"}>::value': the "
             "workflow is wrong",
             "a/case.cpp:7:23: note: in instantiation of function template specialization "
             "'tiphys::checked<(lambda at a/case.cpp:3:25){}>' requested here",
             "1 error generated."},
            0,
            0};
}

TEST(Expectations, AreReadFromComments) {
    const auto found = expectations(
        "one\ntwo(\"x\")  // expect dag.cycle: a `b`: c\n\nf();  // expect-error in g++ || in clang\n"
        "g();  // expect-nowhere w.name: one // expect w.other: two\n");
    ASSERT_THAT(found, SizeIs(4));
    EXPECT_EQ(found[0].line, 2);
    EXPECT_EQ(found[0].rule, "dag.cycle");
    EXPECT_EQ(found[0].text, "a `b`: c");
    EXPECT_EQ(found[1].kind, Expectation::Kind::error);
    EXPECT_EQ(found[1].text, "in g++ || in clang");
    EXPECT_EQ(found[2].kind, Expectation::Kind::nowhere);
    EXPECT_EQ(found[2].text, "one");
    EXPECT_EQ(found[3].rule, "w.other");
}

TEST(Expectations, AMisspeltOneIsRefused) {
    EXPECT_THROW(expectations("x  // expects dag.cycle: a"), std::runtime_error);
    EXPECT_THROW(expectations("x  // expect no rule here"), std::runtime_error);
    EXPECT_THROW(expectations("x  // expect"), std::runtime_error);
}

TEST(Blocks, AreCutBetweenErrors) {
    const auto found = blocks(gxx());
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_THAT(found[0].lines, SizeIs(5));
    EXPECT_EQ(found[0].mistake(), "case.cpp:3: " + text);
    EXPECT_EQ(found[1].mistake(), "say \"a\\b\"");
    ASSERT_THAT(blocks(clang()), SizeIs(1));
    EXPECT_EQ(blocks(clang())[0].mistake(), "case.cpp:3: " + text);
    EXPECT_THAT(blocks(clang())[0].lines, SizeIs(3));
}

TEST(Complaints, NameWhatIsMissingExtraOrTooLong) {
    const Expectation wanted{Expectation::Kind::mistake, 3, "r", text};
    EXPECT_THAT(complaints("case.cpp", {wanted}, clang(), 10), IsEmpty());
    EXPECT_THAT(complaints("case.cpp", {wanted}, gxx(), 10), ElementsAre(HasSubstr("not expected: say")));
    EXPECT_THAT(complaints("case.cpp", {wanted}, clang(), 2), ElementsAre(HasSubstr("3 lines, at most 2")));
    auto other = wanted;
    other.line = 4;
    EXPECT_THAT(complaints("case.cpp", {other}, clang(), 10),
                ElementsAre(HasSubstr("missing: case.cpp:4"), HasSubstr("not expected: case.cpp:3")));
    EXPECT_THAT(complaints("case.cpp", {wanted, wanted}, clang(), 10), ElementsAre(HasSubstr("missing")));
    Output fine;
    fine.status = 0;
    EXPECT_THAT(complaints("case.cpp", {wanted}, fine, 10),
                ElementsAre("it compiles", HasSubstr("missing")));
    EXPECT_THAT(complaints("case.cpp", {}, clang(), 10),
                ElementsAre(HasSubstr("expects nothing"), HasSubstr("not expected")));
}

class RealCompiler : public testing::TestWithParam<Compiler> {
protected:
    void SetUp() override {
        if (GetParam().path.empty()) {
            if (nothing_is_skipped()) FAIL() << GetParam().name << " is missing";
            GTEST_SKIP() << GetParam().name << " is missing";
        }
        folder_ = std::filesystem::temp_directory_path() /
                  ("tiphys-diagnostics-" + GetParam().name + "-" + std::to_string(getpid()));
        std::filesystem::create_directory(folder_);
        std::ofstream(folder_ / "checked.hpp") << R"cpp(#pragma once
                                                        namespace tiphys {
                                                        template <unsigned N>
                                                        struct text {
                                                            char data[N]{};
                                                            constexpr text(const char (&literal)[N]) {
                                                                for (unsigned i = 0; i < N; ++i) data[i] = literal[i];
                                                            }
                                                        };
                                                        template <text... Pieces>
                                                        struct mistake {
                                                            static constexpr bool value = sizeof...(Pieces) == 0;
                                                        };
                                                        template <text... Pieces>
                                                        auto checked() {
                                                            static_assert(mistake<Pieces...>::value, "the workflow is wrong");
                                                            return 1;
                                                        }
                                                        }  // namespace tiphys
        )cpp";
    }
    void TearDown() override {
        if (!folder_.empty()) std::filesystem::remove_all(folder_);
    }

    std::vector<std::string> judge(const std::string& source) const {
        const std::string whole = "#include \"checked.hpp\"\n" + source;
        std::ofstream(folder_ / "case.cpp") << whole;
        return complaints("case.cpp", expectations(whole),
                          run(GetParam().command((folder_ / "case.cpp").string())), 10);
    }

private:
    std::filesystem::path folder_;
};

TEST_P(RealCompiler, MistakesAreFoundWithTheirText) {
    EXPECT_THAT(judge("// expect a.b: `one` and more\n"
                      "// expect a.c: \"two\"\n"
                      "auto a = tiphys::checked<\"case.cpp:2: \", \"`one` and\", \" more\">();\n"
                      "auto b = tiphys::checked<\"case.cpp:3: \", \"\\\"two\\\"\">();\n"),
                IsEmpty());
}

TEST_P(RealCompiler, OrdinaryErrorsAreFoundAtTheirLine) {
    EXPECT_THAT(judge("int f(int);\n"
                      "int a = f(\"x\");  // expect-error invalid conversion || no matching function\n"
                      "int b = nothing;  // expect-error was not declared || undeclared identifier\n"),
                IsEmpty());
}

TEST_P(RealCompiler, WrongExpectationsAreNoticed) {
    EXPECT_THAT(judge("int b = nothing;\nint c = 1;  // expect-error was not declared || undeclared\n"),
                ElementsAre(HasSubstr("missing: case.cpp:3"), HasSubstr("not expected")));
    EXPECT_THAT(judge("// expect a.b: one\nauto a = tiphys::checked<\"case.cpp:2: two\">();\n"),
                ElementsAre(HasSubstr("missing"), HasSubstr("not expected: case.cpp:2: two")));
    EXPECT_THAT(judge("int c = 1;  // expect a.b: one\n"),
                ElementsAre("it compiles", HasSubstr("missing: case.cpp:2: one")));
}

INSTANTIATE_TEST_SUITE_P(, RealCompiler, testing::ValuesIn(compilers()),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace tiphys::test
