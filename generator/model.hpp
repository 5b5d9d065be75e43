// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corrections.hpp"
#include "schema.hpp"

namespace tiphys::generator {

/// The headers that the structs go into; each includes those before it.
enum class unit { workflow, requests, events };
constexpr unit all_units[] = {unit::workflow, unit::requests, unit::events};
std::string_view name_of(unit);

/// A member of a generated struct.
struct Member {
    enum class form { value, object, box, list, map };  ///< `value`: a type of the core layer

    std::string json_name;
    std::string name;     ///< json_name, with `_` behind a C++ keyword
    std::string type;     ///< as seen from the struct's namespace
    std::string element;  ///< list, map: the C++ type of what it holds; box: of the struct
    std::string element_full;
    form shape = form::value;
    bool required = false;
    std::string_view text = "plain";  ///< the text_form of a str
    std::string definition;           ///< of the struct that it holds in the end, or empty
    std::size_t depth = 0;            ///< how many lists and maps lie around that
};

struct Struct {
    std::string definition;
    std::string space;  ///< "", "k8s", "events" ...: below tiphys::model
    std::string name;
    std::vector<Member> members;  ///< sorted by JSON name
    unit home = unit::events;
};

/// A definition that is a C++ type of the core layer.
struct Alias {
    std::string definition;
    std::string space;
    std::string name;
    std::string type;  ///< as seen from its namespace
};

struct Model {
    std::vector<Struct> structs;  ///< every struct after those that it holds by value
    std::vector<Alias> aliases;
};

/// Where a definition lives in C++: {"k8s", "ObjectMeta"}. Errors: `Problem` for an unknown prefix.
struct CppName {
    std::string space;
    std::string name;
};
CppName cpp_name(std::string_view definition);

/// Decides the C++ shape of everything in the schema.
/// Errors: `Problem`, with definition and property, for a correction that fits nothing, a type without a C++
/// form, two definitions of one C++ name, and structs that hold each other by value.
Model build_model(const Schema&, const Corrections&);

}  // namespace tiphys::generator
