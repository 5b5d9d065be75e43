// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/describe.hpp>

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "words_testing.hpp"

namespace tiphys {

void expect_word(std::string_view property, std::string_view found, const str& text,
                 const char* expression) {
    SCOPED_TRACE(expression);
    const boost::json::value document = boost::json::parse(text.view());
    const auto* held = document.as_object().if_contains(property);
    ASSERT_NE(held, nullptr) << text.view() << " lacks " << property;
    const std::string value = boost::json::serialize(*held);
    EXPECT_NE(value.find(found), std::string::npos) << property << " is " << value;
}

namespace {

/// Every property below the four kinds, but not of a status: "Backoff.cap", "k8s::Volume.name".
class Properties {
public:
    template <class... Roots>
    explicit Properties(const Roots&... roots) {
        (walk(roots), ...);
    }
    const std::set<std::string>& all() const { return all_; }

private:
    void walk(const model::object_type& type) {
        if (!seen_.insert(&type).second) return;
        const std::string_view full = type.name;
        const std::string name(full.substr(full.rfind('.') + 1));
        const std::string space = full.starts_with("io.k8s.") ? "k8s::" : "";
        for (const model::field& each : type.fields) {
            const model::value_type* held = each.type;
            while (held->element != nullptr) held = held->element;
            const model::object_type* object = held->object == nullptr ? nullptr : held->object();
            if (each.name == "status" && object != nullptr && object->name.ends_with("Status")) continue;
            all_.insert(space + name + "." + std::string(each.name));
            if (object != nullptr) walk(*object);
        }
    }

    std::set<const model::object_type*> seen_;
    std::set<std::string> all_;
};

TEST(Words, ThePageHasEveryPropertyAndNoOther) {
    const Properties properties(model::describe<model::Workflow>(), model::describe<model::WorkflowTemplate>(),
                                model::describe<model::ClusterWorkflowTemplate>(),
                                model::describe<model::CronWorkflow>(),
                                model::describe<model::WorkflowEventBinding>());
    std::ifstream page(TIPHYS_SOURCE_DIR "/lib/build/WORDS.md");
    std::set<std::string> rows;
    for (std::string line; std::getline(page, line);)
        if (line.starts_with("| `")) {
            rows.insert(line.substr(3, line.find('`', 3) - 3));
            EXPECT_NE(line.find("` | "), std::string::npos) << line;
            EXPECT_EQ(line.find("` |  |"), std::string::npos) << line << ": no word";
        }
    EXPECT_EQ(rows, properties.all());
    EXPECT_GT(rows.size(), 900u);
}

// Each row of the page says in how many ways its property is set ("…; …"); a statement shows each.
TEST(Words, EachRowOfThePageHasItsStatements) {
    std::map<std::string, std::size_t> wanted, found;
    std::ifstream page(TIPHYS_SOURCE_DIR "/lib/build/WORDS.md");
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| `")) continue;
        std::string property = line.substr(3, line.find('`', 3) - 3);
        if (property.starts_with("k8s::")) property.erase(3, 2);
        std::size_t ways = 1;
        for (std::size_t at = 0; (at = line.find("; ", at)) != std::string::npos; ++at) ++ways;
        wanted["set_" + property.substr(0, property.find('.'))] += ways;
    }
    for (const auto& file : std::filesystem::directory_iterator(TIPHYS_SOURCE_DIR "/test/unit/build/generated")) {
        std::ifstream in(file.path());
        std::string of;
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("void set_")) of = line.substr(5, line.find('(') - 5);
            if (line.find("EXPECT_WORD(") != std::string::npos) ++found[of];
        }
    }
    EXPECT_EQ(found, wanted);
    EXPECT_GT(found["set_k8sObjectMeta"], 15u) << "both the class and the words of documents";
}

}  // namespace
}  // namespace tiphys
