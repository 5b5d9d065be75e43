// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/generated/describe.hpp>
#include <tiphys/model/visitor.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>

/// JSON and YAML in and out of the models. Declarations only: the bodies are compiled once, in lib/text.
namespace tiphys {

/// What to do with a member that the model does not know.
enum class UnknownFields : std::uint8_t {
    reject,  ///< an error that names the nearest known one: for files that people write
    keep     ///< kept in `unknown_fields` and written back: for answers of servers
};

/// What to do with a name that one object gives twice.
enum class DuplicateKeys : std::uint8_t {
    reject,    ///< an error, as `argo` has it unless told `--strict=false`
    last_wins  ///< as `argo --strict=false` has it; reading costs about twice as much
};

/// How to read. The limits make hostile input cost bounded time and memory.
struct ReadOptions {
    UnknownFields unknown_fields = UnknownFields::reject;
    DuplicateKeys duplicate_keys = DuplicateKeys::reject;
    /// Nested objects and lists, at most; values above 5,000 count as 5,000. (Deep flow style is dear to
    /// read: YAML may hold few values below its 64th level.)
    std::size_t max_depth = 1000;
    /// Length of the whole text; values above 4 GB count as 4 GB.
    std::size_t max_bytes = 64u << 20;
    /// What all values of one text may take in memory, beyond 8 bytes for each byte of the text (16 with
    /// DuplicateKeys::last_wins). (A large manifest takes 2 to 4 while it is read; but `{}` in a list can be
    /// an object of a thousand bytes.)
    std::size_t max_memory = 32u << 20;
    /// What aliases and merge keys of one YAML text may repeat: one for each node and each 64 bytes of text.
    std::size_t max_alias_expansion = 100'000;
    /// What errors call the text, such as the name of its file.
    std::string name = {};
};

/// A place in a text, counted from 1; columns count characters. Both are 0 where the place is not known.
struct Location {
    std::size_t line = 0;
    std::size_t column = 0;

    friend bool operator==(const Location&, const Location&) = default;
};

/// The text could not be read.
///
/// `what()` is "<path>: <reason> (<name>:<line>:<column>)", without the parts that are not known; of a path
/// of more than 160 bytes it leaves out the middle.
class ReadError : public std::runtime_error {
public:
    ReadError(std::string where, std::string why, Location place = {}, const std::string& name = {});

    std::string path;    ///< "spec.templates[0].contaner"; empty for the text as a whole
    std::string reason;  ///< what is wrong and what to do
    std::size_t line;    ///< 0 when unknown
    std::size_t column;  ///< 0 when unknown
};

/// The place of the member or element that a path names, in a JSON or YAML text; found by a second scan, so
/// that reading pays nothing for it. A member's place is its name's. `document` counts from 0.
Location locate(std::string_view text, std::string_view path, std::size_t document = 0);

/// A generated model type, as opposed to text, lists and JSON values.
template <class T>
concept ModelType = requires(const T& value) {
    { value.unknown_fields } -> std::same_as<const box<json>&>;
};

namespace detail {

using visit_function = void (*)(visitor& to, const void* model);

std::string to_json(visit_function visit, const void* model);
std::string to_pretty_json(visit_function visit, const void* model);
std::string to_yaml(visit_function visit, const void* model);
void print_yaml(std::ostream& out, visit_function visit, const void* model);
void read_json(std::string_view text, const ReadOptions& options, const model::value_type& type, void* to);
/// False when the text is not JSON; what `to` holds is then of no use.
bool read_if_json(std::string_view text, const ReadOptions& options, const model::value_type& type, void* to);
void read_yaml(std::string_view text, const ReadOptions& options, const model::value_type& type, void* to);

/// The visit of one type behind a plain function; instantiated in lib/ for the types of documents.
template <class T>
struct erased {
    static void visit(visitor& to, const void* model);
};
template <class T>
void erased<T>::visit(visitor& to, const void* model) {
    visit_value(to, *static_cast<const T*>(model));
}

}  // namespace detail

/// Compact JSON.
template <class T>
std::string to_json(const T& model) {
    return detail::to_json(&detail::erased<T>::visit, &model);
}

/// JSON for people: 2 spaces, one member a line, ends with a newline.
template <class T>
std::string to_pretty_json(const T& model) {
    return detail::to_pretty_json(&detail::erased<T>::visit, &model);
}

/// Block-style YAML, members in the order of the model's visit.
template <class T>
std::string to_yaml(const T& model) {
    return detail::to_yaml(&detail::erased<T>::visit, &model);
}

/// Reads one JSON text. A document whose `kind` is another than the model's (or whose `apiVersion` is of
/// another group than Argo's) is an error; that it names none, as in the lists of servers, is not.
///
/// Errors: ReadError with path, line and column.
template <class T>
T read_json(std::string_view text, const ReadOptions& options = {}) {
    T made;
    detail::read_json(text, options, model::detail::type_of<T>::value, &made);
    return made;
}

/// Reads one YAML document, or a JSON text: what begins with `{` or `[` is tried as JSON first.
///
/// Scalars mean what they mean to Argo (YAML 1.1 as its library resolves it: `yes`, `on` and `y` are true,
/// `017` is 15). The members of a merge key (`<<`) yield to those that are written out. The kind counts as in
/// read_json.
/// Errors: ReadError with path, line and column; a second document is an error too.
template <class T>
T read_yaml(std::string_view text, const ReadOptions& options = {}) {
    if (T made; detail::read_if_json(text, options, model::detail::type_of<T>::value, &made)) return made;
    T made;
    detail::read_yaml(text, options, model::detail::type_of<T>::value, &made);
    return made;
}

/// All that is left in a stream; not more than ReadOptions::max_bytes.
///
/// Errors: ReadError.
std::string read_text(std::istream& in, const ReadOptions& options = {});

/// The same of a stream, which is read to its end.
template <class T>
T read_json(std::istream& in, const ReadOptions& options = {}) {
    return read_json<T>(read_text(in, options), options);
}
template <class T>
T read_yaml(std::istream& in, const ReadOptions& options = {}) {
    return read_yaml<T>(read_text(in, options), options);
}

/// Prints compact JSON.
std::ostream& operator<<(std::ostream& out, const json& value);

namespace model {

/// Prints a model as YAML.
template <ModelType T>
std::ostream& operator<<(std::ostream& out, const T& model) {
    tiphys::detail::print_yaml(out, &tiphys::detail::erased<T>::visit, &model);
    return out;
}

// Argument-dependent lookup does not look into enclosing namespaces.
namespace k8s {
using tiphys::model::operator<<;
}
namespace events {
using tiphys::model::operator<<;
}
namespace eventsource {
using tiphys::model::operator<<;
}
namespace sensor {
using tiphys::model::operator<<;
}
namespace sync {
using tiphys::model::operator<<;
}
namespace grpc {
using tiphys::model::operator<<;
}
namespace google {
using tiphys::model::operator<<;
}

}  // namespace model
}  // namespace tiphys
