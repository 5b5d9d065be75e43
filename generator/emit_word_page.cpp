// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "emit.hpp"
#include "problem.hpp"
#include "words.hpp"

// The page that says which word each property has, and the tests that set each word.

namespace tiphys::generator {
namespace {

constexpr std::string_view page_path = "lib/build/WORDS.md";

/// How a test makes a value whose words come from a mixin: `begin`, `arguments`, words, `end`.
struct Starter {
    std::string_view type, begin, arguments, end;
};
constexpr auto starters = std::to_array<Starter>({
    {"Template", "Template", "()", ".model()"},
    {"WorkflowSpec", "spec_of(Workflow", "(\"w\")", ")"},
    {"CronWorkflowSpec", "cron_of(CronWorkflow", "(\"c\")", ")"},
    {"k8s::ObjectMeta", "metadata_of(Workflow", "(\"w\")", ")"},
    {"k8s::Container", "part_of(Container", "(\"i\")", ")"},
    {"ScriptTemplate", "part_of(Script", "(\"i\")", ")"},
    {"ContainerNode", "ContainerNode", "(\"n\")", ".model()"},
    {"UserContainer", "UserContainer", "(\"n\")", ".model()"},
    {"DAGTask", "task_of(Workflow(\"w\").dag(\"d\").task", "(\"t\", \"x\")", ")"},
    {"WorkflowStep", "step_of(Workflow(\"w\").steps(\"s\").step", "(\"t\", \"x\")", ")"},
    {"DAGTemplate", "dag_of(Workflow(\"w\").dag", "(\"d\")", ")"},
    {"ContainerSetTemplate", "part_of(ContainerSet", "()", ")"},
    {"Data", "part_of(Data", "()", ")"},
    {"HTTP", "part_of(Http", "(\"u\")", ")"},
    {"ResourceTemplate", "part_of(Resource", "(\"get\")", ")"},
    {"SuspendTemplate", "part_of(Suspend", "()", ")"},
});

const Starter& starter(std::string_view type) {
    for (const Starter& each : starters)
        if (each.type == type) return each;
    throw Problem("emit_word_page.cpp: no test begins a " + std::string(type) + "; give it a row");
}

/// What a test gives the word: something that holds "mark", 17 or true.
struct Sample {
    std::string given, found;
};
Sample sample(const Word& word) {
    const std::string marked = "marked<" + word.type + ">()";
    const std::string text = "\"mark\"";
    switch (word.form) {
        case takes::text:
        case takes::value: return {text, text};
        case takes::flag: return {"", "true"};
        case takes::integer:
        case takes::int_or_string:
        case takes::number: return {"17", "17"};
        case takes::json: return {"json(\"mark\")", text};
        case takes::object: return {marked, text};
        case takes::texts:
        case takes::values: return {"\"first\", " + text, text};
        case takes::integers:
        case takes::numbers: return {"1, 17", "17"};
        case takes::objects: return {marked + ", " + marked, text};
        case takes::text_entry:
        case takes::value_entry: return {"\"key\", " + text, text};
        case takes::object_entry: return {"\"key\", " + marked, text};
    }
    return {};
}

/// What the page says that a word takes.
std::string taken(const Word& word) {
    const std::string of = word.type.substr(word.type.starts_with("model::") ? 7 : 0);
    switch (word.form) {
        case takes::text: return "text";
        case takes::value: return "any scalar";
        case takes::flag: return "flag";
        case takes::integer: return "integer";
        case takes::int_or_string: return "integer or text";
        case takes::number: return "number";
        case takes::json: return "json";
        case takes::object: return of;
        case takes::texts: return "texts…";
        case takes::values: return "any scalars…";
        case takes::integers: return "integers…";
        case takes::numbers: return "numbers…";
        case takes::objects: return of + "…";
        case takes::text_entry: return "key, text";
        case takes::value_entry: return "key, any scalar";
        case takes::object_entry: return "key, " + of;
    }
    return {};
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '"' ? std::string("\\\"") : std::string(1, c);
    return out;
}

struct Row {
    std::string property, served;
    std::string test;  ///< statements, one for each way to set it
};

class Page {
public:
    explicit Page(const Words& words) : words_(words) {}

    std::vector<Row> rows(const Struct& made) const {
        std::vector<Row> rows;
        for (const Member& member : made.members)
            if (!(member.json_name == "status" && member.definition.ends_with("Status")))
                rows.push_back(row(made, member));
        return rows;
    }

private:
    static std::string expect(const std::string& expression, std::string_view property,
                              std::string_view found) {
        return "    EXPECT_WORD(\"" + std::string(property) + "\", \"" + escaped(found) + "\", " +
               expression + ");\n";
    }

    Row row(const Struct& made, const Member& member) const {
        const std::string type = (made.space.empty() ? "" : made.space + "::") + made.name;
        Row row{type + "." + member.json_name, "", ""};
        if (words_.has_class(made)) class_row(row, made, member);
        for (const Mixin& mixin : mixins())
            if (std::find(mixin.types.begin(), mixin.types.end(), type) != mixin.types.end())
                mixin_row(row, mixin, type, member);
        if (row.served.empty())
            if (const ByHand* hand = by_hand(type, member.json_name)) by_hand_row(row, *hand, type);
        if (row.served.empty())
            throw Problem(row.property + " has no word; give it one in words.cpp or words_by_hand.cpp");
        if (row.test.empty())
            throw Problem(row.property + " has no test; give its row in words_by_hand.cpp an example");
        return row;
    }

    /// A value class and the words of a mixin may serve one property.
    static void serve(Row& row, const std::string& by, const std::string& test) {
        row.served += (row.served.empty() ? "" : "; ") + by;
        row.test += test;
    }

    void class_row(Row& row, const Struct& made, const Member& member) const {
        const std::string type = (made.space.empty() ? "" : made.space + "::") + made.name;
        if (words_.is_document(made) && member.json_name == "metadata") {
            serve(row, "the constructor, and all words of the metadata",
                  expect(type + "(\"mark\").model()", "metadata", "\"mark\""));
            return;
        }
        for (const Word& word : words_.of(made)) {
            if (word.member != &member) continue;
            const bool named = words_.is_document(made) || !words_.constructors_of(made).front().empty();
            const Sample given = sample(word);
            serve(row, "`" + type + "`: `" + word.name + "(" + taken(word) + ")`",
                  expect(type + (named ? "(\"n\")." : "().") + word.name + "(" + given.given + ").model()",
                         member.json_name, given.found));
        }
    }

    void mixin_row(Row& row, const Mixin& mixin, const std::string& type, const Member& member) const {
        const Starter& value = starter(type);
        for (const Word& word : words_.of(mixin)) {
            if (word.member->json_name != member.json_name) continue;
            const Sample given = sample(word);
            serve(row, std::string(mixin.has) + ": `" + word.name + "(" + taken(word) + ")`",
                  expect(std::string(value.begin) + std::string(value.arguments) + "." + word.name + "(" +
                             given.given + ")" + std::string(value.end),
                         member.json_name, given.found));
        }
        if (const ByHand* hand = by_hand(mixin.name, member.json_name)) by_hand_row(row, *hand, type);
    }

    void by_hand_row(Row& row, const ByHand& hand, const std::string& type) const {
        std::string expression(hand.example);
        if (expression.starts_with('$') || expression.starts_with('@')) {
            const Starter& value = starter(type);
            expression = std::string(value.begin) +
                         std::string(expression.starts_with('$') ? value.arguments : "") +
                         expression.substr(1) + std::string(value.end);
        }
        serve(row, std::string(hand.by) + " (by hand)",
              expression.empty()
                  ? ""
                  : expect(expression, hand.writes.empty() ? hand.property : hand.writes, hand.found));
    }

    const Words& words_;
};

/// One concept for each set of words, and an assertion for each class that has it.
std::string owners_test(const Words& words, const std::string& banner) {
    std::string out = banner +
                      "#include <tiphys/build/events.hpp>\n\n#include \"../words_testing.hpp\"\n\n"
                      "// Every class that shall have a set of words has all of them.\n"
                      "namespace tiphys {\nnamespace {\n";
    for (const Mixin& mixin : mixins()) {
        const std::string name = "has_" + std::string(mixin.name);
        out += "\ntemplate <class Owner>\nconcept " + name + " = requires(Owner made) {\n";
        for (const Word& word : words.of(mixin))
            out += "    made." + word.name + "(" + sample(word).given + ");\n";
        for (const ByHand& hand : words_by_hand())
            if (hand.owner == mixin.name && hand.example.starts_with('$'))
                out += "    made" + std::string(hand.example.substr(1)) + ";\n";
        out += "};\n";
        for (const std::string_view owner : mixin.owners)
            out += "static_assert(" + name + "<" + std::string(owner) + ">);\n";
    }
    return out + "\n}  // namespace\n}  // namespace tiphys\n";
}

}  // namespace

void emit_word_page(Files& files, const Words& words, const std::string& banner) {
    const Page page(words);
    std::string text =
        "<!-- Generated by `tiphys-generate emit` from generator/schema; do not edit. -->\n"
        "# Words\n\n"
        "Every property that a manifest of Argo Workflows can hold, and the word of the builder that sets "
        "it. A test sets\n"
        "each of them, in every way that is named here, and finds it in the JSON; another asks the compiler "
        "whether each class\n"
        "that shall have a set of words has all of them. What Argo writes itself (`status`) has no word. "
        "Where there is none\n"
        "for something new, `template_model`, `workflow_model`, `binding_model` and `model()` of the value "
        "classes reach the\nmodel.\n";
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> parts{
        {{"", "Argo Workflows"}, {"k8s", "Kubernetes"}}};
    // So many statements in a file take a compiler a few seconds.
    constexpr std::size_t tests_per_file = 250;
    std::string tests, calls;
    std::size_t in_file = 0, file = 0;
    const auto close = [&] {
        if (tests.empty()) return;
        ++file;
        files[std::string(words_test_folder) + "words_" + std::to_string(file) + "_test.cpp"] =
            banner + "#include \"../words_testing.hpp\"\n\nnamespace tiphys {\nnamespace {\n" + tests +
            "\nTEST(Words, SetTheirProperties" + std::to_string(file) + ") {\n" + calls +
            "}\n\n}  // namespace\n}  // namespace tiphys\n";
        tests.clear();
        calls.clear();
        in_file = 0;
    };
    for (const auto& [space, title] : parts) {
        text += "\n## " + std::string(title) + "\n\n| property | word |\n|---|---|\n";
        for (const Struct* made : words.written(space)) {
            std::string statements;
            for (const Row& row : page.rows(*made)) {
                text += "| `" + row.property + "` | " + row.served + " |\n";
                statements += row.test;
                ++in_file;
            }
            const std::string name = "set_" + std::string(space) + made->name;
            tests += "\nvoid " + name + "() {\n" + statements + "}\n";
            calls += "    " + name + "();\n";
            if (in_file >= tests_per_file) close();
        }
    }
    close();
    files[std::string(words_test_folder) + "words_owners_test.cpp"] = owners_test(words, banner);
    files[std::string(page_path)] = text;
}

}  // namespace tiphys::generator
