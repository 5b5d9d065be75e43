// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "model.hpp"

namespace tiphys::generator {

/// Generated files by their path below the repository's root.
using Files = std::map<std::string, std::string>;

/// The folders that hold these files and nothing else.
inline constexpr std::string_view header_folder = "include/tiphys/model/generated/";
inline constexpr std::string_view source_folder = "lib/model/generated/";
inline constexpr std::string_view test_folder = "test/unit/model/generated/";
inline constexpr std::string_view words_folder = "include/tiphys/build/generated/";
inline constexpr std::string_view words_test_folder = "test/unit/build/generated/";
inline constexpr std::string_view generated_folders[] = {header_folder, source_folder, test_folder,
                                                         words_folder, words_test_folder};

/// All generated files. Deterministic: the same history gives the same bytes.
Files emit(const History&, const Model&);

// The parts of `emit`.
void emit_structs(Files&, const Model&, const std::string& banner);
void emit_storage(Files&, const Model&, const std::string& banner);
void emit_visit(Files&, const Model&, const std::string& banner);
void emit_describe(Files&, const Model&, const std::string& banner);
void emit_type_lists(Files&, const Model&, const std::string& banner);
void emit_operations(Files&, const Schema&, const std::string& banner);
void emit_releases(Files&, const Model&, const std::string& banner);
void emit_values(Files&, const Model&, const std::string& banner);
void emit_words(Files&, const Model&, const std::string& banner);

/// One line about a struct in plain words, made from its name.
std::string phrase(std::string_view name);
/// The same from the table in phrases.cpp; empty for what is not there.
std::string_view phrase_of(const Struct&);
/// "k8s::Volume": the rows of that table.
std::vector<std::string> types_with_phrases();
/// The unit of a number or text, where its name does not tell it; empty if there is nothing to say.
std::string_view unit_of(const Struct&, const Member&);
/// "until 3.7", "since 4.0"; empty for what is in all releases.
std::string when(const Model&, Span releases);
/// What the type of a member does not tell: "required, quantity, since 4.1"; may be empty. In its struct also
/// its JSON name, where that is another one.
std::string remarks(const Model&, const Struct&, const Member&, bool in_struct);
/// Where its own project documents it.
std::string link(const Struct&);
/// "model::k8s::ObjectMeta"
std::string full_name(const Struct&);
/// "tiphys::model::k8s"
std::string full_namespace(std::string_view space);
/// The types that `storage` is instantiated for by the structs of one header, full names.
std::vector<std::string> storage_types(const Model&, unit);

}  // namespace tiphys::generator
