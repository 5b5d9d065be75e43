// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/describe.hpp>
#include <tiphys/model/release.hpp>

#include <boost/json.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tiphys::model {
namespace {

using Key = std::pair<std::string, std::string>;  // definition, field

/// The releases of every definition (field "") and property, read from the committed schemas without the
/// generator's help.
const std::map<Key, std::set<std::string>>& facts() {
    static const auto all = [] {
        std::map<Key, std::set<std::string>> made;
        for (const auto& entry : std::filesystem::directory_iterator(TIPHYS_SOURCE_DIR "/generator/schema")) {
            std::ifstream in(entry.path());
            const auto document = boost::json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
            const std::string release(document.at("release").as_string());
            const std::string minor = release.substr(1, release.rfind('.') - 1);
            for (const auto& [name, value] : document.at("definitions").as_object()) {
                made[{name, ""}].insert(minor);
                if (!value.is_object()) continue;
                for (const auto& [property, fact] : value.as_object()) made[{name, property}].insert(minor);
            }
        }
        return made;
    }();
    return all;
}

TEST(Releases, AreThoseOfTheSchemas) {
    EXPECT_THAT(releases(), testing::ElementsAre("3.6", "3.7", "4.0", "4.1"));
}

TEST(Releases, NotesAreSorted) {
    Key last;
    for (const release_note& note : release_notes()) {
        const Key key{note.definition, note.field};
        EXPECT_LT(last, key);
        last = key;
        EXPECT_LE(note.first, note.last);
        EXPECT_LT(note.last, releases().size());
    }
}

TEST(Releases, NotesAgreeWithTheSchemas) {
    std::map<Key, const release_note*> notes;
    for (const release_note& note : release_notes()) notes.emplace(Key{note.definition, note.field}, &note);
    std::size_t compared = 0;
    for (const object_type* type : all_types()) {
        const std::string name(type->name);
        // Not a definition of Argo's: it unites what Cache.configMap was and is.
        if (name.ends_with(".CacheConfigMap")) continue;
        const auto check = [&](const std::string& field) {
            const auto known = facts().find({name, field});
            if (known == facts().end()) return;  // added or put in place by a correction
            ++compared;
            const auto own = notes.find({name, field});
            const auto of_type = notes.find({name, ""});
            std::set<std::string> expected;
            const release_note* note = own != notes.end()       ? own->second
                                       : of_type != notes.end() ? of_type->second
                                                                : nullptr;
            for (std::size_t i = 0; i < releases().size(); ++i)
                if (note == nullptr || (note->first <= i && i <= note->last))
                    expected.insert(std::string(releases()[i]));
            EXPECT_EQ(known->second, expected) << name << '.' << field;
        };
        check("");
        for (const field& each : type->fields) check(std::string(each.name));
    }
    EXPECT_GT(compared, 2400u);
}

TEST(Releases, RemovedFieldsHaveReplacements) {
    std::vector<std::string> removed;
    for (const release_note& note : release_notes())
        if (note.last + 1u != releases().size())
            removed.push_back(std::string(note.definition.substr(note.definition.rfind('.') + 1)) + "." +
                              std::string(note.field) + " until " + std::string(releases()[note.last]) +
                              ": " + std::string(note.replacement));
    EXPECT_THAT(removed, testing::UnorderedElementsAre(
                             "CacheConfigMap.key until 3.7: ", "CacheConfigMap.optional until 3.7: ",
                             "CronWorkflowSpec.schedule until 3.7: schedules",
                             "Synchronization.mutex until 3.7: mutexes",
                             "Synchronization.semaphore until 3.7: semaphores",
                             "Template.priority until 3.6: priorityClassName",
                             "WorkflowSpec.podPriority until 3.6: podPriorityClassName"));
}

}  // namespace
}  // namespace tiphys::model
