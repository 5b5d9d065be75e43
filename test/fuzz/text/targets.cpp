// SPDX-License-Identifier: Apache-2.0
#include "targets.hpp"

#include <tiphys/model/model.hpp>
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
const ReadOptions strict{.max_depth = 100, .max_bytes = 1u << 16, .max_alias_expansion = 2'000};
const ReadOptions lenient{.unknown_fields = UnknownFields::keep,
                          .duplicate_keys = DuplicateKeys::last_wins,
                          .max_depth = 100,
                          .max_bytes = 1u << 16,
                          .max_alias_expansion = 2'000};

/// Read again, it is the same, but for what YAML does to numbers.
template <class T>
void survives(const T& model) {
    const std::string text = to_json(model);
    ReadOptions options = lenient;
    options.max_bytes = 1u << 24;
    require(to_json(tiphys::read_json<T>(text, options)) == text, "JSON is read back");
    require(to_json(tiphys::read_json<T>(to_pretty_json(model), options)) == text,
            "pretty JSON is read back");
    const T once = tiphys::read_yaml<T>(to_yaml(model), options);
    require(to_yaml(tiphys::read_yaml<T>(to_yaml(once), options)) == to_yaml(once), "YAML is read back");
    require(to_json(tiphys::read_json<T>(to_json(once), options)) == to_json(once), "YAML becomes JSON");
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
    attempt([&] { survives(tiphys::read_yaml<model::Workflow>(input, lenient)); });
    locate(input, "spec.templates[0].name", 1);
}

}  // namespace fuzz
