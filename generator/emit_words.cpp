// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "emit.hpp"
#include "problem.hpp"
#include "words.hpp"

namespace tiphys::generator {
namespace {

/// How one form of word reads in C++. `$T` stands for the type, `$M` for the member.
struct Spelling {
    takes form;
    std::string_view parameters;
    std::string_view in_class;  ///< the statement of a value class
    std::string_view in_mixin;  ///< the call of detail::fill, with `$F` for the name of the field
};

constexpr std::string_view here = ", line where = line::current()";

std::string_view constraint(takes form) {
    switch (form) {
        case takes::texts: return "all_become<tiphys::word, Given...>";
        case takes::values: return "all_become<tiphys::value, Given...>";
        case takes::integers: return "all_integers<Given...>";
        case takes::number: return "all_numbers<Given>";
        case takes::numbers: return "all_numbers<Given...>";
        case takes::objects: return "all_become<$T, Given...>";
        default: return {};
    }
}

constexpr std::string_view put = "detail::put(this->model_.$M, given)";
constexpr std::string_view set = "set(self_(), \"$F\", part_().$M, given, where)";
constexpr std::string_view add_text = "text(self_(), \"$F\", part_().$M, given)";
constexpr std::string_view add_entry = "entry(self_(), \"$F\", part_().$M, key, given)";

// Everything depends on a template's parameter, so that a compiler reads it and makes nothing of it until it
// is used: std::move(given) would cost each file that includes the words.
constexpr Spelling spellings[] = {
    {takes::text, "const word& given", "this->model_.$M = given.view()", add_text},
    {takes::value, "const tiphys::value& given", "this->model_.$M = given.view()", add_text},
    {takes::flag, "bool given = true", "this->model_.$M = given", set},
    {takes::integer, "std::int64_t given", "this->model_.$M = given", set},
    {takes::int_or_string, "int_or_string given", put, set},
    {takes::number, "const Given& given", "this->model_.$M = detail::to_number(given)", ""},
    {takes::json, "tiphys::json given", put, set},
    {takes::object, "$T given", put, set},
    {takes::texts, "const Given&... given", "detail::add_texts(this->model_.$M, given...)",
     "texts(self_(), \"$F\", part_().$M, a, b, c, d, e, f, g, h)"},
    {takes::values, "const Given&... given", "detail::add_values(this->model_.$M, given...)", ""},
    {takes::integers, "Given... given", "detail::add_integers(this->model_.$M, given...)", ""},
    {takes::numbers, "const Given&... given", "detail::add_numbers(this->model_.$M, given...)", ""},
    {takes::objects, "const Given&... given", "detail::add_models(this->model_.$M, given...)",
     "add_all(self_(), part_().$M, given...)"},
    {takes::text_entry, "const word& key, const word& given", "this->model_.$M[key.view()] = given.view()",
     add_entry},
    {takes::value_entry, "const word& key, const tiphys::value& given",
     "this->model_.$M[key.view()] = given.view()", add_entry},
    {takes::object_entry, "const word& key, $T given", "detail::put(this->model_.$M[key.view()], given)",
     "put_entry(self_(), \"$F\", part_().$M, key, given)"},
};

const Spelling& spelling(takes form) {
    return *std::find_if(std::begin(spellings), std::end(spellings),
                         [&](const Spelling& each) { return each.form == form; });
}

std::string filled(std::string_view text, const Word& word) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '$') {
            out += text[i];
            continue;
        }
        const char what = text[++i];
        out += what == 'T' ? word.type : what == 'M' ? word.member->name : word.member->json_name;
    }
    return out;
}

/// A default argument for what says something by its presence.
std::string_view otherwise(const Word& word) { return word.empty_says ? " = {}" : ""; }

void add_comment(std::string& out, const Word& word) {
    if (!word.comment.empty()) out += "    /// " + word.comment + "\n";
}

void add_to_class(std::string& out, const Struct& made, const Word& word) {
    const Spelling& how = spelling(word.form);
    add_comment(out, word);
    if (const std::string_view needs = constraint(word.form); !needs.empty())
        out += std::string("    template <class") + (word.form == takes::number ? "" : "...") +
               " Given>\n        requires detail::" + filled(needs, word) + "\n";
    out += "    constexpr " + made.name + "Words& " + word.name + "(" + filled(how.parameters, word) +
           std::string(otherwise(word)) + ") {\n        " + filled(how.in_class, word) +
           ";\n        return *this;\n    }\n";
}

/// The word for a chain's variable, and its twin for a chain's temporary.
void add_twins(std::string& out, const std::string& before, const std::string& name,
               const std::string& parameters, const std::string& body) {
    out += before + "    constexpr Derived& " + name + "(" + parameters +
           ") & {\n        return fill::" + body + ";\n    }\n" + before + "    constexpr Derived&& " + name +
           "(" + parameters + ") && {\n        return std::move(fill::" + body + ");\n    }\n";
}

void add_to_mixin(std::string& out, const Mixin& mixin, const Word& word) {
    const Spelling& how = spelling(word.form);
    const std::string body = filled(how.in_mixin, word);
    if (body.empty())
        throw Problem("emit_words.cpp: " + std::string(mixin.name) + "." + word.member->json_name +
                      ": no set of words can take its form yet; give it a spelling");
    add_comment(out, word);
    if (word.form == takes::texts) {
        std::string parameters;
        for (const char c : std::string_view("abcdefgh"))
            parameters += std::string(c == 'a' ? "" : ", ") + "const word& " + c + " = {}";
        add_twins(out, "", word.name, parameters, body);
    } else if (word.form == takes::objects) {
        // One by one each keeps its line, and may be written in braces.
        add_twins(out, "", word.name, word.type + " given" + std::string(here),
                  filled("add(self_(), \"$F\", part_().$M, given, where)", word));
        const std::string before =
            "    template <class... Given>\n        requires(sizeof...(Given) != 1 && " +
            filled(constraint(word.form), word) + ")\n";
        add_twins(out, before, word.name, std::string(how.parameters), body);
    } else {
        const bool has_line = how.in_mixin.ends_with("where)");
        add_twins(
            out, "", word.name,
            filled(how.parameters, word) + std::string(otherwise(word)) + (has_line ? std::string(here) : ""),
            body);
    }
}

void add_mixin(std::string& out, const Words& words, const Mixin& mixin) {
    out += "\n/// The words of " + std::string(mixin.has) + ".\ntemplate <class Derived>\nclass " +
           std::string(mixin.name) + " {\npublic:\n";
    for (const Word& word : words.of(mixin)) add_to_mixin(out, mixin, word);
    out += "\nprotected:\n    constexpr " + std::string(mixin.name) +
           "() = default;\n\nprivate:\n    constexpr Derived& self_() noexcept { return "
           "static_cast<Derived&>(*this); }\n    constexpr auto& part_() { return fill::" +
           std::string(mixin.part) + "(self_()); }\n};\n";
}

void add_constructors(std::string& out, const Words& words, const Struct& made) {
    if (words.is_document(made)) {
        out += "    constexpr explicit " + made.name + "Words(const word& name) {\n";
        // Claims stand inside workflows, where they need no kind.
        if (made.space != "k8s")
            out +=
                "        this->model_.apiVersion = \"argoproj.io/v1alpha1\";\n        this->model_.kind = "
                "\"" +
                made.name + "\";\n";
        out += "        metadata_to_fill().name = name.view();\n    }\n";
        return;
    }
    for (const auto& members : words.constructors_of(made)) {
        out +=
            std::string("    constexpr ") + (members.size() == 1 ? "explicit " : "") + made.name + "Words(";
        for (std::size_t i = 0; i < members.size(); ++i)
            out += (i == 0 ? "const word& " : ", const word& ") + members[i]->name;
        if (members.empty()) {
            out += ") = default;\n";
            continue;
        }
        out += ") {\n";
        for (const Member* member : members)
            out += "        this->model_." + member->name + " = " + member->name + ".view();\n";
        out += "    }\n";
    }
}

void add_class(std::string& out, const Words& words, const Struct& made) {
    const std::string_view known = phrase_of(made);
    const std::string releases = when(words.model(), made.releases);
    const bool is_document = words.is_document(made);
    out += "\n/// " + (known.empty() ? phrase(made.name) : std::string(known)) +
           (releases.empty() ? "" : " (" + releases + ")") + "\ntemplate <class Model>\nclass " + made.name +
           "Words : public detail::value_of<Model>" +
           (is_document ? ", public detail::metadata_words<" + made.name + "Words<Model>>" : "") +
           " {\npublic:\n";
    add_constructors(out, words, made);
    for (const Word& word : words.of(made)) {
        out += "\n";
        add_to_class(out, made, word);
    }
    if (is_document) {
        bool boxed = false;
        for (const Member& member : made.members)
            if (member.json_name == "metadata") boxed = member.shape == Member::form::box;
        out += std::string("\nprivate:\n    friend detail::fill;\n    constexpr model::k8s::ObjectMeta& ") +
               "metadata_to_fill() { return this->model_.metadata" + (boxed ? ".ensure()" : "") +
               "; }\n    constexpr void note_word(detail::literal, std::int32_t, const detail::line&) {}\n";
    }
    out += "};\nusing " + made.name + " = " + made.name + "Words<" + full_name(made) + ">;\n";
}

void add_classes(std::string& out, const Words& words, std::string_view space, std::string_view structs) {
    const std::string full = "tiphys" + (space.empty() ? "" : "::" + std::string(space));
    out += "\nnamespace " + full + " {\n";
    for (const Struct* made : words.written(structs))
        if (words.has_class(*made)) add_class(out, words, *made);
    out += "\n}  // namespace " + full + "\n";
}

std::string classes_header(const std::string& banner, std::string_view model_header) {
    return banner + "#pragma once\n\n#include <tiphys/build/generated/spec_words.hpp>\n#include " +
           "<tiphys/model/generated/" + std::string(model_header) + ".hpp>\n";
}

void emit_classes(Files& files, const Words& words, const std::string& banner) {
    std::string values = classes_header(banner, "workflow");
    add_classes(values, words, "", "");
    files[std::string(words_folder) + "values.hpp"] = values;
    std::string k8s = classes_header(banner, "workflow");
    add_classes(k8s, words, "k8s", "k8s");
    files[std::string(words_folder) + "k8s.hpp"] = k8s;
    std::string events = classes_header(banner, "events");
    add_classes(events, words, "k8s", "k8s of events");
    add_classes(events, words, "events", "events");
    files[std::string(words_folder) + "events.hpp"] = events;
}

}  // namespace

void emit_words(Files& files, const Model& model, const std::string& banner) {
    const Words words(model);
    for (const Mixin& mixin : mixins()) {
        if (words.of(mixin).empty()) continue;
        std::string& out = files[std::string(words_folder) + std::string(mixin.file) + ".hpp"];
        if (out.empty())
            out = banner + "#pragma once\n\n#include <tiphys/build/detail/fill.hpp>\n\n" +
                  "namespace tiphys::detail {\n";
        add_mixin(out, words, mixin);
    }
    for (auto& [path, text] : files)
        if (path.starts_with(words_folder)) text += "\n}  // namespace tiphys::detail\n";
    emit_classes(files, words, banner);
    emit_word_page(files, words, banner);
}

}  // namespace tiphys::generator
