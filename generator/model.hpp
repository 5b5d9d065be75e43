// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corrections.hpp"
#include "history.hpp"

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
    std::string values;               ///< the Values of a text member, "k8s::Protocol" seen from "", or empty
    Span releases;
    std::string replacement;  ///< JSON name of the member to use instead of one that was removed, or empty
};

struct Struct {
    std::string definition;
    std::string space;  ///< "", "k8s", "events" ...: below tiphys::model
    std::string name;
    std::vector<Member> members;  ///< sorted by JSON name
    bool has_body = false;        ///< `metadata` and `spec` lie in a base class, object_body
    unit home = unit::events;
    Span releases;
};

/// A definition that is a C++ type of the core layer.
struct Alias {
    std::string definition;
    std::string space;
    std::string name;
    std::string type;  ///< as seen from its namespace
};

/// The known values of text members, as constants.
struct Values {
    std::string space;
    std::string name;
    std::vector<std::pair<std::string, std::string>> constants;  ///< C++ name, text
    std::vector<std::string> users;                              ///< "NodeStatus::phase"
};

struct Model {
    std::vector<std::string> releases;  ///< oldest first, "3.7"
    std::vector<Struct> structs;        ///< every struct after those that it holds by value
    std::vector<Alias> aliases;
    std::vector<Values> values;
};

/// Where a definition lives in C++: {"k8s", "ObjectMeta"}. Errors: `Problem` for an unknown prefix.
struct CppName {
    std::string space;
    std::string name;
};
CppName cpp_name(std::string_view definition);

/// Decides the C++ shape of everything in the history.
/// Errors: `Problem`, with definition and property, for a type without a C++ form, two definitions of one C++
/// name, structs that hold each other by value, and a replacement or a set of values that fits nothing.
Model build_model(const History&, const Corrections&);

}  // namespace tiphys::generator
