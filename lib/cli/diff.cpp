// SPDX-License-Identifier: Apache-2.0
#include <tiphys/model/generated/visit.hpp>
#include <tiphys/model/generated/visit_events.hpp>
#include <tiphys/model/generated/visit_requests.hpp>
#include <tiphys/text/diff.hpp>
#include <tiphys/text/documents.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <ostream>
#include <sstream>

#include "commands.hpp"
#include "manifest.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace tiphys::cli {
namespace {

/// A file and its documents, the items of lists among them.
struct Side {
    struct One {
        Document document;
        std::size_t line;  ///< where its document begins, or the list that it is in
        std::string at;    ///< "items[2]."
        std::string key;   ///< "Workflow/hello"
        bool matched = false;
    };
    std::string name;
    std::string text;
    std::vector<One> documents;
};

void add(Side& side, const Document& document, std::size_t line, const std::string& at) {
    std::visit(
        [&]<class T>(const T& value) {
            const auto at_item = [&at](std::size_t i) { return at + "items[" + std::to_string(i) + "]."; };
            if constexpr (std::is_same_v<T, DocumentList>) {
                for (std::size_t i = 0; i < value.items.size(); ++i)
                    add(side, value.items[i], line, at_item(i));
            } else if constexpr (requires { value.items[0].metadata; }) {
                for (std::size_t i = 0; i < value.items.size(); ++i) {
                    std::string kind = document.kind;
                    kind.resize(kind.size() - std::min<std::size_t>(kind.size(), 4));  // …List
                    Document item;
                    item.kind = std::move(kind);
                    item.value = value.items[i];
                    add(side, item, line, at_item(i));
                }
            } else {
                side.documents.push_back({document, line, at, document.kind + "/" + name_of(document)});
            }
        },
        document.value);
}

Side read_side(const std::string& file) {
    Side side{called(file), read_text(file), {}};
    try {
        for (const Document& document : read_documents(side.text, side.name))
            add(side, document, document.line, "");
    } catch (const ReadError& error) {
        throw UsageError(error.what());
    }
    return side;
}

bool is_nothing(const json& value) {
    if (value.is_null()) return true;
    if (value.is_string()) return value.as_text().empty();
    if (value.is_array()) return value.items().empty();
    if (!value.is_object()) return false;
    for (const auto& member : value.members())
        if (!is_nothing(member.value)) return false;
    return true;
}

/// Whether a member that only one side has says nothing: Argo writes out these, and leaves out empty lists,
/// maps and names. Of other objects, `suspend: {}` say, being there is all that they say.
bool says_nothing(const Difference& one) {
    if (one.kind != Difference::Kind::added && one.kind != Difference::Kind::removed) return false;
    const json& value = one.kind == Difference::Kind::added ? one.after : one.before;
    if (value.is_array()) return value.items().empty();
    if (value.is_null()) return true;
    if (!is_nothing(value)) return false;
    const std::string_view path = one.path;
    const std::string_view member = path.substr(path.rfind('.') == path.npos ? 0 : path.rfind('.') + 1);
    for (const char* known : {"arguments", "inputs", "outputs", "metadata", "resources", "status", "name",
                              "labels", "annotations", "nodeSelector", "limits", "requests"})
        if (member == known) return true;
    return false;
}

Differences differences_of(const Document& before, const Document& after) {
    return std::visit(
        [&]<class T>(const T& value) -> Differences { return tiphys::diff(value, std::get<T>(after.value)); },
        before.value);
}

struct Found {
    const Side* side;  ///< where the place is
    const Side::One* document;
    Difference difference;
    Location place;
};

Location place_in(const Side& side, const Side::One& one, const std::string& path) {
    if (path.empty()) return {one.line, 1};
    std::string_view text = side.text;
    for (std::size_t i = 1; i < one.line; ++i)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    Location place = locate(text, one.at + path);
    if (place.line != 0) place.line += one.line - 1;
    return place;
}

/// Documents of both sides with the same kind and name belong together, or those that are alone with their
/// kind on both.
Side::One* partner_of(const Side::One& one, const Side& mine, Side& other) {
    for (Side::One& candidate : other.documents)
        if (!candidate.matched && candidate.key == one.key &&
            candidate.document.value.index() == one.document.value.index())
            return &candidate;
    if (mine.documents.size() == 1 && other.documents.size() == 1 &&
        other.documents[0].document.kind == one.document.kind &&
        other.documents[0].document.value.index() == one.document.value.index())
        return &other.documents[0];
    return nullptr;
}

std::vector<Found> compare(Side& before, Side& after) {
    std::vector<Found> found;
    for (Side::One& one : before.documents) {
        Side::One* other = partner_of(one, before, after);
        if (other == nullptr) {
            found.push_back({&before, &one, {Difference::Kind::removed, "", {}, {}}, {one.line, 1}});
            continue;
        }
        one.matched = other->matched = true;
        for (Difference& difference : differences_of(one.document, other->document)) {
            if (says_nothing(difference)) continue;
            const bool removed = difference.kind == Difference::Kind::removed;
            const Side& side = removed ? before : after;
            const Side::One& document = removed ? one : *other;
            const Location place = place_in(side, document, difference.path);
            found.push_back({&side, &document, std::move(difference), place});
        }
    }
    for (Side::One& one : after.documents)
        if (!one.matched)
            found.push_back({&after, &one, {Difference::Kind::added, "", {}, {}}, {one.line, 1}});
    return found;
}

Look look_of(Difference::Kind kind) {
    return kind == Difference::Kind::added     ? Look::succeeded
           : kind == Difference::Kind::removed ? Look::failed
                                               : Look::waiting;
}

void print_text(std::ostream& out, const std::vector<Found>& found, const Style& style) {
    for (const Found& one : found) {
        out << harmless(one.side->name);
        if (one.place.line != 0) out << ':' << one.place.line << ':' << one.place.column;
        out << ": " << harmless(one.document->key) << ": ";
        std::ostringstream text;
        if (one.difference.path.empty())
            text << (one.difference.kind == Difference::Kind::added ? "+ the document" : "- the document");
        else
            text << one.difference;
        out << coloured(harmless(text.str()), look_of(one.difference.kind), style) << '\n';
    }
}

std::string_view word_for(Difference::Kind kind) {
    switch (kind) {
        case Difference::Kind::added: return "added";
        case Difference::Kind::removed: return "removed";
        case Difference::Kind::changed: return "changed";
        case Difference::Kind::moved: break;
    }
    return "moved";
}

void print_json(std::ostream& out, const std::vector<Found>& found) {
    boost::json::array all;
    for (const Found& one : found) {
        boost::json::object object;
        object["file"] = one.side->name;
        object["line"] = nullptr;
        object["column"] = nullptr;
        if (one.place.line != 0) {
            object["line"] = one.place.line;
            object["column"] = one.place.column;
        }
        object["document"] = one.document->key;
        object["change"] = word_for(one.difference.kind);
        object["path"] = one.difference.path;
        const Difference::Kind kind = one.difference.kind;
        const bool whole = one.difference.path.empty();
        if (kind != Difference::Kind::added && !whole)
            object["before"] = boost::json::parse(to_json(one.difference.before));
        if (kind != Difference::Kind::removed && !whole)
            object["after"] = boost::json::parse(to_json(one.difference.after));
        all.push_back(std::move(object));
    }
    out << all << '\n';
}

}  // namespace

int diff(const DiffCommand& command, const Console& console) {
    if (command.before == "-" && command.after == "-")
        throw UsageError("diff: standard input can be read once; write `-` once");
    try {
        Side before = read_side(command.before);
        Side after = read_side(command.after);
        const std::vector<Found> found = compare(before, after);
        if (command.json)
            print_json(console.out, found);
        else
            print_text(console.out, found, Style{is_utf8_locale(), is_terminal() && wants_colour(), 80});
        flush(console.out);
        return found.empty() ? exit_succeeded : exit_failed;
    } catch (const UsageError&) {
        throw;
    } catch (const std::exception& problem) {
        // 1 would say that they differ.
        throw UsageError(problem.what());
    }
}

}  // namespace tiphys::cli
