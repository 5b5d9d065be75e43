// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/text/documents.hpp>

#include <string>
#include <vector>

namespace tiphys {

/// How documents are written as C++.
struct CppOptions {
    enum class Form {
        header,        ///< recipes, with `#pragma once`
        program_json,  ///< a program that prints its documents as JSON
        program_yaml   ///< the same as YAML
    };
    Form form = Form::header;
    /// What the first line says that the text was made from; none if empty.
    std::string made_from = {};
    /// Where the recipes lie; an identifier. Headers whose recipes may have equal names need different ones.
    std::string name_space = "workflows";
    /// Why a document cannot be `checked`, by its place among `recipes_of`; empty or missing: it can. A
    /// program prints it unchecked then, and says why in a comment.
    std::vector<std::string> objections = {};
};

/// The documents that become recipes, in their order: each on its own, and those that a list holds.
std::vector<Document> recipes_of(const Documents& documents);

/// What to_cpp calls the recipes of these documents, in the order of `recipes_of`; all differ.
std::vector<std::string> recipe_names(const Documents& documents);

/// Builder code that makes the documents.
///
/// Each document becomes a recipe in a namespace, a constexpr lambda called after the document:
/// of the kinds that Argo Workflows and Argo Events have, one that builds it; of any other, one that returns
/// its JSON value. A list becomes the recipes of what it holds; its own metadata, which a server makes, is
/// left out. The words are those of the builder; what none says (a `status`, a template of no kind) is set
/// in the generated model. Texts of several lines are raw literals, other lines end at column 110. A dag of
/// more than 100 tasks becomes statements instead of one chain. Empty lists and maps are left out, as Argo
/// takes them for absent.
///
/// Errors: std::invalid_argument that names a member the model does not know: documents read with
/// UnknownFields::keep may have some.
std::string to_cpp(const Documents& documents, const CppOptions& options = {});

}  // namespace tiphys
