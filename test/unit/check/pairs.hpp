// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/validate.hpp>
#include <tiphys/text/text.hpp>

#include <gtest/gtest.h>

#include <string>

/// Tables of rules: for each, YAML that breaks it and YAML that does not.
namespace tiphys::test {

struct Pair {
    std::string_view rule;  ///< empty: the one above
    std::string wrong;
    std::string right;
    std::string_view says;  ///< part of "location: message"
};

inline std::string described(const list<Diagnostic>& found) {
    std::string all;
    for (const Diagnostic& one : found) all += "\n  " + one.to_string();
    return all.empty() ? " nothing" : all;
}

/// Each `wrong` gives its rule and no other, each `right` gives nothing. `document` wraps what a pair says.
template <class Document, std::size_t N, class Wrap>
void expect_pairs(const Pair (&pairs)[N], Wrap document, const DocumentSet& set = {},
                  const CheckOptions& options = {}) {
    std::string_view rule;
    for (const Pair& pair : pairs) {
        if (!pair.rule.empty()) rule = pair.rule;
        SCOPED_TRACE(std::string(rule) + ": " + pair.wrong);
        ASSERT_NE(find_rule(rule), nullptr);
        const auto found = validate(read_yaml<Document>(document(pair.wrong)), set, options);
        EXPECT_EQ(found.size(), 1u) << described(found);
        if (!found.empty()) {
            EXPECT_EQ(found[0].rule->id, rule) << described(found);
            const std::string line = found[0].location.string() + ": " + found[0].message.string();
            EXPECT_NE(line.find(pair.says), std::string::npos) << line;
        }
        const auto none = validate(read_yaml<Document>(document(pair.right)), set, options);
        EXPECT_EQ(none.size(), 0u) << "\n" << pair.right << described(none);
    }
}

/// Of documents that are larger than etcd takes.
inline CheckOptions of_any_size() {
    CheckOptions options;
    options.disable("document.too-large").disable("document.large");
    return options;
}

/// A workflow of one template with this body.
inline std::string template_of(const std::string& body) {
    return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, " + body + "}]}}";
}
/// A workflow with these members in its spec.
inline std::string spec_of(const std::string& members) {
    return "{metadata: {name: x}, spec: {entrypoint: main, templates: [{name: main, suspend: {}}], " +
           members + "}}";
}

}  // namespace tiphys::test
