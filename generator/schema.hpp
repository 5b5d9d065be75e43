// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tiphys::generator {

/// The type of a property, parameter or definition, as one line of text:
///
///     [required] (list | map)* NAME [= VALUE | VALUE ...]
///
/// NAME is a definition or one of: string string/FORMAT integer integer/FORMAT number boolean any binary.
struct TypeFact {
    bool required = false;
    std::vector<std::string> containers;  ///< outermost first, each "list" or "map"
    std::string name;
    std::vector<std::string> values;  ///< of an enum

    bool operator==(const TypeFact&) const = default;
};

/// Errors: `Problem`, with `where` in front of its text.
TypeFact parse_type(std::string_view text, std::string_view where);
std::string to_string(const TypeFact&);
/// True for the names of TypeFact that are not definitions.
bool is_builtin(std::string_view name);

struct Definition {
    bool is_object = true;
    TypeFact alias;                              ///< of a definition that is not an object
    std::map<std::string, TypeFact> properties;  ///< by JSON name
};

struct Operation {
    std::string method;
    std::string path;
    std::map<std::string, TypeFact> query;
    std::string body;      ///< definition, or empty
    std::string response;  ///< definition, "binary", or empty
    bool stream = false;   ///< a sequence of responses
};

/// The facts of one Argo release, without its prose.
struct Schema {
    std::string release;
    std::map<std::string, Definition> definitions;
    std::map<std::string, Operation> operations;
};

/// The committed text: sorted, one fact per line.
std::string write_schema(const Schema&);
/// Errors: `Problem`. Every name that the schema mentions is one of its definitions afterwards.
Schema read_schema(std::string_view text, std::string_view file);

}  // namespace tiphys::generator
