// SPDX-License-Identifier: Apache-2.0
// Argo's own examples, judged as one set of documents. What is found must be on the list below, where each
// entry says why Argo's own source agrees.
#include <tiphys/check/validate.hpp>
#include <tiphys/text/documents.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "support/require.hpp"

namespace tiphys {
namespace {

namespace fs = std::filesystem;

struct Justified {
    std::string_view file;
    std::string_view rule;
    std::string_view location;
    std::string_view why;
};

// Argo runs these; `checked` and `validate` are stricter: who gives an argument means somebody to take it, so
// one that nothing takes is a name misspelt or an input forgotten.
constexpr std::string_view unasked =
    "ProcessArgs (workflow/common/util.go) asks for declared inputs only; the argument reaches nobody";
constexpr std::string_view nameless =
    "the API server refuses it: name or generateName is required (apimachinery, ValidateObjectMeta)";
constexpr std::string_view unread = "no step, output or expression of the workflow reads it";

constexpr Justified justified[] = {
    {"cluster-workflow-template/mixed-cluster-namespaced-wftmpl-steps.yaml", "arguments.unknown",
     "spec.templates[0].steps[1][0].arguments.parameters[0].name", unasked},
    {"synchronization-db-mutex-tmpl-level.yaml", "arguments.unknown",
     "spec.templates[0].steps[0][0].arguments.parameters[0].name", unasked},
    {"synchronization-db-mutex-tmpl-level.yaml", "arguments.unknown",
     "spec.templates[0].steps[0][1].arguments.parameters[0].name", unasked},
    {"synchronization-mutex-tmpl-level.yaml", "arguments.unknown",
     "spec.templates[0].steps[0][0].arguments.parameters[0].name", unasked},
    {"synchronization-mutex-tmpl-level.yaml", "arguments.unknown",
     "spec.templates[0].steps[0][1].arguments.parameters[0].name", unasked},
    {"synchronization-db-tmpl-level.yaml", "arguments.unknown",
     "spec.templates[0].steps[0][0].arguments.parameters[0].name", unasked},
    {"synchronization-tmpl-level.yaml", "arguments.unknown",
     "spec.templates[0].steps[0][0].arguments.parameters[0].name", unasked},
    {"workflow-template/steps.yaml", "arguments.unknown",
     "spec.templates[0].steps[1][0].arguments.parameters[0].name", unasked},
    {"expression-tag-template-workflow.yaml", "output.unused", "spec.templates[1].outputs.parameters[0]",
     unread},
    {"fun-with-gifs.yaml", "workflow.name", "metadata", nameless},
    {"fun-with-gifs.yaml", "label.value", "metadata.labels.generateName",
     "generateName stands among the labels there; a label value does not end in '-' (apimachinery, "
     "IsValidLabelValue)"},
    {"k8s-jobs.yaml", "workflow.name", "metadata", nameless},
};

struct Source {
    std::string file;
    Document document;
};

TEST(Examples, AreCleanButForAListOfJustifiedOnes) {
    const fs::path folder = fs::path(TIPHYS_ARGO_DATA) / "v4.1.2" / "examples";
    TIPHYS_NEEDS_ARGO_DATA(fs::is_directory(folder), folder);
    std::vector<Source> sources;
    const ReadOptions as_argo{.duplicate_keys = DuplicateKeys::last_wins};
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        for (auto& document : read_file(entry.path().string(), as_argo))
            sources.push_back({fs::relative(entry.path(), folder).string(), std::move(document)});
    }
    ASSERT_EQ(sources.size(), 228u);

    DocumentSet set;
    for (const Source& source : sources)
        std::visit(
            [&]<class T>(const T& model) {
                if constexpr (requires { set.add(model); }) set.add(model);
            },
            source.document.value);

    std::size_t judged = 0;
    std::set<const Justified*> met;
    for (const Source& source : sources)
        std::visit(
            [&]<class T>(const T& model) {
                if constexpr (requires { validate(model, set); }) {
                    ++judged;
                    for (const Diagnostic& found : validate(model, set)) {
                        bool known = false;
                        for (const Justified& one : justified)
                            if (one.file == source.file && one.rule == found.rule->id &&
                                one.location == found.location.view()) {
                                met.insert(&one);
                                known = true;
                            }
                        if (!known) ADD_FAILURE() << source.file << ": " << found.to_string();
                    }
                }
            },
            source.document.value);
    EXPECT_EQ(judged, 225u);
    for (const Justified& one : justified)
        EXPECT_TRUE(met.contains(&one))
            << one.file << ": " << one.rule << " is not found at " << one.location;
}

}  // namespace
}  // namespace tiphys
