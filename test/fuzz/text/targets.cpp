// SPDX-License-Identifier: Apache-2.0
#include "targets.hpp"

#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>
#include <tiphys/model/model.hpp>
#include <tiphys/text/diff.hpp>
#include <tiphys/text/documents.hpp>

#include <cstdlib>
#include <iostream>

namespace fuzz {
namespace {

using namespace tiphys;

void require(bool holds, std::string_view property) {
    if (holds) return;
    std::cerr << "does not hold: " << property << std::endl;
    std::abort();
}

/// Small enough that the fuzzer's time goes into new inputs.
const ReadOptions strict{
    .max_depth = 100, .max_bytes = 1u << 16, .max_memory = 1u << 22, .max_alias_expansion = 2'000};
const ReadOptions lenient{.unknown_fields = UnknownFields::keep,
                          .duplicate_keys = DuplicateKeys::last_wins,
                          .max_depth = 100,
                          .max_bytes = 1u << 16,
                          .max_memory = 1u << 22,
                          .max_alias_expansion = 2'000};

/// For what was read before, which may have become longer.
ReadOptions roomy() {
    ReadOptions options = lenient;
    options.max_bytes = 1u << 24;
    options.max_memory = 1u << 28;
    return options;
}

/// Read again, it is the same, but for what YAML does to numbers.
template <class T>
void survives(const T& model) {
    const std::string text = to_json(model);
    const ReadOptions options = roomy();
    require(to_json(tiphys::read_json<T>(text, options)) == text, "JSON is read back");
    require(to_json(tiphys::read_json<T>(to_pretty_json(model), options)) == text,
            "pretty JSON is read back");
    const T once = tiphys::read_yaml<T>(to_yaml(model), options);
    require(to_yaml(tiphys::read_yaml<T>(to_yaml(once), options)) == to_yaml(once), "YAML is read back");
    require(to_json(tiphys::read_json<T>(to_json(once), options)) == to_json(once), "YAML becomes JSON");
}

/// The same of a List, whose items have types of their own.
void survives(const DocumentList& list) {
    const auto again = [](const std::string& text) {
        const Documents read = read_documents(text, "again", roomy());
        require(read.size() == 1, "a list stays one document");
        return read.front();
    };
    const std::string text = to_json(list);
    require(to_json(again(text)) == text, "JSON of a list is read back");
    const Document once = again(to_yaml(list));
    require(to_yaml(again(to_yaml(once))) == to_yaml(once), "YAML of a list is read back");
}

template <class Read>
void attempt(Read read) {
    try {
        read();
    } catch (const ReadError& error) {
        require(!error.reason.empty(), "an error has a reason");
    }
}

}  // namespace

void read_json(std::string_view input) {
    attempt([&] {
        for (const Document& document : read_documents(input, "input", lenient))
            std::visit([](const auto& value) { survives(value); }, document.value);
    });
    attempt([&] { tiphys::read_json<model::Workflow>(input, strict); });
    attempt([&] { survives(tiphys::read_json<model::Workflow>(input, lenient)); });
    attempt([&] { survives(tiphys::read_json<json>(input, strict)); });
    locate(input, "spec.templates[0].name");
}

void read_yaml(std::string_view input) {
    attempt([&] { read_documents(input, "input", strict); });
    attempt([&] {
        for (const Document& document : read_documents(input, "input", lenient))
            std::visit([](const auto& value) { survives(value); }, document.value);
    });
    attempt([&] {
        const auto read = tiphys::read_yaml<model::Workflow>(input, lenient);
        survives(read);
        require(diff(read, read).empty(), "nothing differs from itself");
        const auto again = tiphys::read_yaml<model::Workflow>(to_yaml(read), roomy());
        require(diff(read, again).empty() == diff(again, read).empty(), "a difference has two sides");
    });
    locate(input, "spec.templates[0].name", 1);
}

}  // namespace fuzz
