// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/visit.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>
#include <tiphys/text/diff.hpp>
#include <tiphys/text/documents.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "conformance/comparison.hpp"
#include "support/require.hpp"

/// Argo's own examples, read and written back.
namespace {

using namespace tiphys;
using namespace tiphys::test;

struct Source {
    std::string path;
    Document document;
    json value;
};

class Examples : public testing::Test {
protected:
    void SetUp() override {
        const std::filesystem::path folder = std::filesystem::path(TIPHYS_ARGO_DATA) / "v4.1.2" / "examples";
        TIPHYS_NEEDS_ARGO_DATA(std::filesystem::is_directory(folder), folder);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            ++files_;
            const std::string path = entry.path().string();
            std::vector<json> values = values_of(read_text(path));
            Documents documents = read_file(path, as_argo);
            ASSERT_EQ(documents.size(), values.size()) << path;
            for (std::size_t i = 0; i < values.size(); ++i)
                sources_.push_back({path, std::move(documents[i]), std::move(values[i])});
        }
    }

    std::size_t files_ = 0;
    std::vector<Source> sources_;
};

TEST_F(Examples, AreAllRead) {
    EXPECT_EQ(files_, 217u);
    EXPECT_EQ(sources_.size(), 228u);
    std::map<std::string, std::size_t> kinds;
    std::size_t known = 0;
    for (const Source& source : sources_) {
        ++kinds[source.document.kind];
        if (!std::holds_alternative<json>(source.document.value)) ++known;
    }
    EXPECT_EQ(known, 225u);
    EXPECT_EQ(kinds["WorkflowEventBinding"], 2u);
    EXPECT_EQ(kinds["ConfigMap"] + kinds["PersistentVolumeClaim"] + kinds["ResourceQuota"], 3u);
}

TEST_F(Examples, OneOfThemIsNotStrict) {
    std::set<std::string> refused;
    for (const Source& source : sources_) {
        try {
            read_file(source.path);
        } catch (const ReadError& error) {
            EXPECT_STREQ(error.what(),
                         ("metadata.annotations: given twice (" + source.path + ":13:3)").c_str());
            refused.insert(std::filesystem::path(source.path).filename());
        }
    }
    EXPECT_EQ(refused, std::set<std::string>{"k8s-patch-json-workflow.yaml"});
}

/// Calls it with the model; none of the examples is a List.
template <class Check>
void with_model(const Source& source, Check check) {
    std::visit(
        [&]<class T>(const T& model) {
            if constexpr (std::is_same_v<T, DocumentList>)
                FAIL() << source.path;
            else
                check(model);
        },
        source.document.value);
}

TEST_F(Examples, SurviveJsonAndYaml) {
    for (const Source& source : sources_)
        with_model(source, [&]<class T>(const T& model) {
            EXPECT_EQ(read_json<T>(to_json(model)), model) << source.path;
            EXPECT_EQ(read_json<T>(to_pretty_json(model)), model) << source.path;
            EXPECT_EQ(read_yaml<T>(to_yaml(model)), model) << source.path << "\n" << to_yaml(model);
            EXPECT_EQ(to_yaml(read_json<T>(to_json(read_yaml<T>(to_yaml(model))))), to_yaml(model));
            EXPECT_EQ(to_text(diff(read_yaml<T>(to_yaml(model)), model)), "") << source.path;
        });
}

TEST_F(Examples, MeanTheSameInJsonAsInYaml) {
    for (const Source& source : sources_)
        with_model(source, [&]<class T>(const T& model) {
            EXPECT_EQ(read_json<T>(to_json(source.value)), model) << source.path;
            EXPECT_EQ(read_yaml<T>(to_yaml(source.value)), model) << source.path;
        });
}

TEST_F(Examples, AreWrittenAsTheyStandInTheirFiles) {
    for (const Source& source : sources_)
        with_model(source, [&]<class T>(const T&) {
            const model::value_type& type = model::detail::type_of<T>::value;
            for (const json& written :
                 {read_json<json>(to_json(source.document)), read_json<json>(to_pretty_json(source.document)),
                  read_yaml<json>(to_yaml(source.document))})
                EXPECT_EQ(Comparison().differs(source.value, written, type, model::text_form::plain, ""), "")
                    << source.path;
        });
}

}  // namespace
