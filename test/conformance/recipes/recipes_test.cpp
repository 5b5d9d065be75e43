// SPDX-License-Identifier: Apache-2.0
// The compiler and the running program say the same of every example of Argo, and of the recipes of the
// samples: recipe_writer turns each document into C++, the compiler judges it while it compiles that, and the
// program judges the document as it reads it. And what the C++ makes is what the document said.
#include "conformance/recipes/recipes.hpp"

#include <tiphys/text/documents.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "conformance/comparison.hpp"
#include "support/require.hpp"

namespace tiphys::test {
namespace {

const std::string examples_folder = TIPHYS_ARGO_DATA "/v4.1.2/examples";

/// What Argo runs or stores is judged and counted; what else stands among the examples is neither.
str read_and_judged(const Known& one, std::size_t& judged) {
    const Documents documents = read_file(examples_folder + "/" + std::string(one.file), as_argo);
    return std::visit(
        [&]<class T>(const T& value) -> str {
            if constexpr (detail::is_document<T>) {
                ++judged;
                return lines_of(validate(value));
            } else {
                return "";
            }
        },
        documents.at(one.document).value);
}

TEST(Recipes, AreJudgedAlikeByTheCompilerAndTheProgram) {
    TIPHYS_NEEDS_ARGO_DATA(std::filesystem::is_directory(examples_folder), examples_folder);
    std::size_t examples = 0;
    std::size_t judged = 0;
    std::size_t samples = 0;
    std::size_t wrong = 0;
    for (const Known& one : known()) {
        SCOPED_TRACE(one.file);
        ++(one.now == nullptr ? examples : samples);
        const str now = one.now == nullptr ? read_and_judged(one, judged) : one.now();
        EXPECT_EQ(std::string(one.said), now.string());
        if (!one.said.empty()) ++wrong;
    }
    EXPECT_EQ(examples, 228u);
    EXPECT_EQ(judged, 225u);
    EXPECT_GE(samples, 6u);
    EXPECT_GT(wrong, 0u) << "a test of nothing but silence could not fail";
}

/// The table of a document's type; null for any other JSON.
const model::value_type& type_of(const Document& document) {
    return std::visit(
        []<class T>(const T&) -> const model::value_type& {
            if constexpr (std::is_same_v<T, DocumentList>)
                throw std::logic_error("none of the examples is a list");
            else
                return model::detail::type_of<T>::value;
        },
        document.value);
}

TEST(Recipes, MakeWhatTheirSourcesSay) {
    TIPHYS_NEEDS_ARGO_DATA(std::filesystem::is_directory(examples_folder), examples_folder);
    std::size_t compared = 0;
    for (const Known& one : known()) {
        if (one.json == nullptr) continue;
        const std::string path = examples_folder + "/" + std::string(one.file);
        const json source = values_of(read_text(path)).at(one.document);
        const json made = read_json<json>(one.json());
        const Document document = std::move(read_file(path, as_argo).at(one.document));
        EXPECT_EQ(Comparison().differs(source, made, type_of(document), model::text_form::plain, ""), "")
            << path << "\n"
            << to_pretty_json(made);
        ++compared;
    }
    EXPECT_EQ(compared, 228u);
}

/// `checked` refuses these documents, which Argo would run but for those without a name;
/// lint_examples_test.cpp says of each why that is right. By file, and the place of the document in it.
const std::set<std::pair<std::string_view, std::size_t>> refused{
    {"fun-with-gifs.yaml", 0},
    {"k8s-jobs.yaml", 0},
    {"synchronization-db-mutex-tmpl-level.yaml", 0},
    {"synchronization-db-tmpl-level.yaml", 0},
    {"synchronization-mutex-tmpl-level.yaml", 0},
    {"synchronization-tmpl-level.yaml", 0},
};

TEST(Recipes, AreCheckedButForAListOfJustifiedOnes) {
    TIPHYS_NEEDS_ARGO_DATA(std::filesystem::is_directory(examples_folder), examples_folder);
    std::set<std::pair<std::string_view, std::size_t>> found;
    for (const Known& one : known())
        if (!one.checked) found.insert({one.file, one.document});
    EXPECT_EQ(found, refused);
}

TEST(Recipes, HaveAWordForEachProperty) {
    EXPECT_EQ(filled_values().size(), 300u)
        << "structs come and go with releases of Argo; correct the number";
    for (const Filled& one : filled_values())
        EXPECT_EQ(read_json<json>(one.made()), read_json<json>(one.json)) << one.name << "\n"
                                                                          << one.made() << "\n"
                                                                          << one.json;
}

}  // namespace
}  // namespace tiphys::test
