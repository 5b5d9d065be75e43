// SPDX-License-Identifier: Apache-2.0
// The compiler and the running program say the same of every example of Argo, and of the recipes of the
// samples: recipe_writer turns each document into C++, the compiler judges it while it compiles that, and the
// program judges the document as it reads it.
#include "conformance/recipes/recipes.hpp"

#include <tiphys/text/documents.hpp>

#include <gtest/gtest.h>

namespace tiphys::test {
namespace {

str read_and_judged(const Known& one) {
    ReadOptions as_argo;
    as_argo.duplicate_keys = DuplicateKeys::last_wins;
    const Documents documents =
        read_file(TIPHYS_ARGO_DATA "/v4.1.2/examples/" + std::string(one.file), as_argo);
    return std::visit(
        []<class T>(const T& value) -> str {
            if constexpr (detail::is_document<T>)
                return lines_of(validate(value));
            else
                return "not judged";
        },
        documents.at(one.document).value);
}

TEST(Recipes, AreJudgedAlikeByTheCompilerAndTheProgram) {
    std::size_t examples = 0;
    std::size_t samples = 0;
    std::size_t wrong = 0;
    for (const Known& one : known()) {
        SCOPED_TRACE(one.file);
        ++(one.now == nullptr ? examples : samples);
        const str now = one.now == nullptr ? read_and_judged(one) : one.now();
        EXPECT_EQ(std::string(one.said), now.string());
        if (!one.said.empty()) ++wrong;
    }
    EXPECT_EQ(examples, 225u);
    EXPECT_GE(samples, 6u);
    EXPECT_GT(wrong, 0u) << "a test of nothing but silence could not fail";
}

}  // namespace
}  // namespace tiphys::test
