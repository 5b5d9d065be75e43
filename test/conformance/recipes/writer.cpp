// SPDX-License-Identifier: Apache-2.0
// Writes every document of a folder as a recipe, by the writer of `tiphys convert --to cpp`, and registers
// what the compiler says of it and the JSON that it makes; and cuts the recipes out of the samples.
//   recipe_writer FOLDER SAMPLES OUTPUT PARTS
// writes OUTPUT/recipes_0.cpp and so on, OUTPUT/recipes_filled.cpp, where each property stands once, and
// OUTPUT/recipes_samples.cpp.
#include <tiphys/text/cpp.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "conformance/recipes/filled.hpp"
#include "text/cpp/literal.hpp"
#include "text/cpp/names.hpp"
#include "text/cpp/values.hpp"

namespace {

namespace fs = std::filesystem;
using namespace tiphys;

/// Documents that become one source, and where each was found.
struct Part {
    Documents documents;
    std::vector<std::string> registrations;  ///< without the name of the recipe
};

std::string source_of(const Part& part, const std::string& space) {
    CppOptions options;
    options.name_space = space;
    std::string made = to_cpp(part.documents, options);
    // The rest is a source, where this would be a warning.
    const std::string_view once = "#pragma once\n\n";
    made.erase(made.find(once), once.size());
    made += "\n#include \"conformance/recipes/recipes.hpp\"\n\nnamespace tiphys::test {\n\n";
    const std::vector<std::string> names = recipe_names(part.documents);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string recipe = space + "::" + names[i];
        made += "const Registered registered_" + names[i] + "(" + part.registrations[i] + ", said<" + recipe +
                ">.view(), is_checked<" + recipe + ">(), &json_of<" + recipe + ">);\n";
    }
    return made + "\n}  // namespace tiphys::test\n";
}

/// A value of each struct that documents may hold, and a document of each kind, with all properties; and the
/// JSON that the C++ must make of them.
std::string filled_source() {
    using namespace detail::cpp;
    // Their properties are words of templates, tasks and documents.
    const std::set<std::string> no_classes{"Workflow",
                                           "WorkflowTemplate",
                                           "ClusterWorkflowTemplate",
                                           "CronWorkflow",
                                           "WorkflowSpec",
                                           "CronWorkflowSpec",
                                           "Template",
                                           "DAGTemplate",
                                           "DAGTask",
                                           "WorkflowStep",
                                           "ScriptTemplate",
                                           "Data",
                                           "HTTP",
                                           "ResourceTemplate",
                                           "SuspendTemplate",
                                           "ContainerSetTemplate",
                                           "Sequence",
                                           "WorkflowEventBinding"};
    Needs needs;
    std::set<std::string> written = no_classes;
    std::string values;
    const auto add = [&](const model::object_type& root) {
        for (const model::object_type* type : test::structs_below(root)) {
            const std::string name = struct_of(*type);
            if (!written.insert(name).second) continue;
            const json value = test::filled(*type);
            values += "const Filled filled_" + std::to_string(written.size()) + "(\"" + name + "\", " +
                      detail::cpp::quoted(to_json(value)) + ", [] {\n" +
                      statement(4, "return to_json(model_of<model::" + name + ">(",
                                value_of(value, *type, needs), "));") +
                      "});\n";
        }
    };
    add(model::describe<model::Workflow>());
    add(model::describe<model::CronWorkflow>());
    add(model::describe<model::WorkflowEventBinding>());
    add(model::describe<model::events::EventSource>());
    add(model::describe<model::events::Sensor>());

    const Documents documents = test::filled_documents();
    CppOptions options;
    options.name_space = "filled";
    std::string made = to_cpp(documents, options);
    const std::string_view once = "#pragma once\n\n";
    made.erase(made.find(once), once.size());
    made = "#include <tiphys/model/generated/visit_events.hpp>\n" + made +
           "\n#include \"conformance/recipes/recipes.hpp\"\n\nnamespace tiphys::test {\n\n" + values;
    const std::vector<std::string> names = recipe_names(documents);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool of_events = documents[i].kind == "EventSource" || documents[i].kind == "Sensor";
        const std::string model = std::string("model::") + (of_events ? "events::" : "") + documents[i].kind;
        made += "const Filled filled_document_" + std::to_string(i) + "(\"" + documents[i].kind + "\", " +
                detail::cpp::quoted(to_json(documents[i])) + ", [] { return to_json(model_of<" + model +
                ">(filled::" + names[i] + "())); });\n";
    }
    return made + "\n}  // namespace tiphys::test\n";
}

/// The samples as one source: each in a namespace of its own, without its `main`, and registered what it
/// checks.
class Samples {
public:
    void add(const fs::path& sample) {
        std::ifstream in(sample);
        const std::string name = "sample_" + std::to_string(++count_);
        std::string text, recipe;
        std::vector<std::string> recipes;
        bool in_main = false;
        for (std::string line; std::getline(in, line);) {
            in_main = in_main || line.starts_with("int main(");
            for (const std::string& each : recipes)
                if ((line.find("checked<" + each) != line.npos || line.find("main<" + each) != line.npos) &&
                    checked_.insert(name + "::" + each).second)
                    register_recipe(sample, name + "::" + each);
            if (in_main) continue;
            if (line.starts_with("#include"))
                includes_.insert(line);
            else
                text += line + '\n';
            constexpr std::string_view begin = "constexpr auto ";
            if (line.starts_with(begin))
                recipes.push_back(line.substr(begin.size(), line.find(' ', begin.size()) - begin.size()));
        }
        spaces_ += "namespace " + name + " {\n" + text + "}  // namespace " + name + "\n\n";
    }

    std::string source() const {
        std::string made;
        for (const std::string& line : includes_) made += line + '\n';
        return made + "\n#include \"conformance/recipes/recipes.hpp\"\n\n" + spaces_ +
               "namespace tiphys::test {\n\n" + registrations_ + "\n}  // namespace tiphys::test\n";
    }

private:
    void register_recipe(const fs::path& sample, const std::string& recipe) {
        registrations_ += "const Registered registered_" + std::to_string(checked_.size()) + "(\"" +
                          sample.filename().string() + "\", " + std::to_string(checked_.size()) + ", said<" +
                          recipe + ">.view(), [] { return lines_of(judged(" + recipe + "())); });\n";
    }

    std::set<std::string> includes_;
    std::set<std::string> checked_;
    std::string spaces_;
    std::string registrations_;
    int count_ = 0;
};

std::vector<fs::path> files_of(const fs::path& folder, std::string_view extension) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() == extension) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream out(file);
    out << text;
    if (!out.flush()) throw std::runtime_error(file.string() + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 5) throw std::runtime_error("usage: recipe_writer FOLDER SAMPLES OUTPUT PARTS");
    const fs::path folder = argv[1];
    const fs::path output = argv[3];
    const auto parts = std::stoul(argv[4]);
    std::vector<Part> made(parts);
    std::size_t number = 0;
    // Without the examples the tests of them are skipped; the others need no more than this program.
    const bool there = fs::is_directory(folder);
    for (const fs::path& file : there ? files_of(folder, ".yaml") : std::vector<fs::path>()) {
        ReadOptions as_argo;
        as_argo.duplicate_keys = DuplicateKeys::last_wins;
        Documents documents = read_file(file.string(), as_argo);
        for (std::size_t i = 0; i < documents.size(); ++i) {
            Part& part = made[number++ % parts];
            part.documents.push_back(std::move(documents[i]));
            part.registrations.push_back('"' + fs::relative(file, folder).string() + "\", " +
                                         std::to_string(i));
        }
    }
    for (std::size_t i = 0; i < parts; ++i)
        write(output / ("recipes_" + std::to_string(i) + ".cpp"),
              there ? source_of(made[i], "examples_" + std::to_string(i)) : "// No examples.\n");
    write(output / "recipes_filled.cpp", filled_source());
    Samples samples;
    for (const fs::path& file : files_of(argv[2], ".cpp")) samples.add(file);
    write(output / "recipes_samples.cpp", samples.source());
    return 0;
} catch (const std::exception& error) {
    std::cerr << "recipe_writer: " << error.what() << '\n';
    return 1;
}
