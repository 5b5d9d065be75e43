// SPDX-License-Identifier: Apache-2.0
// Writes every document of a folder as a recipe, by the writer of `tiphys convert --to cpp`, and registers
// what the compiler says of it and the JSON that it makes; and cuts the recipes out of the samples.
//   recipe_writer FOLDER SAMPLES OUTPUT PARTS
// writes OUTPUT/recipes_0.cpp and so on, and OUTPUT/recipes_samples.cpp.
#include <tiphys/text/cpp.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

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

/// `constexpr auto name = [] { … };` of a sample, and its registration.
std::string recipes_of(const fs::path& sample) {
    std::ifstream in(sample);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::string made;
    std::size_t index = 0;
    constexpr std::string_view begin = "constexpr auto ";
    for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) {
        const std::size_t from = at + begin.size();
        const std::string name = text.substr(from, text.find(' ', from) - from);
        const std::size_t end = text.find("\n};\n", at);
        if (end == text.npos)
            throw std::runtime_error(sample.string() + ": recipe " + name + " does not end");
        made += text.substr(at, end + 4 - at) + "\nconst Registered registered_" + name + "(" + "\"" +
                sample.filename().string() + "\"" + ", " + std::to_string(index++) + ", said<" + name +
                ">.view(), [] { return lines_of(judged(" + name + "())); });\n\n";
    }
    return made;
}

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
    for (const fs::path& file : files_of(folder, ".yaml")) {
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
              source_of(made[i], "examples_" + std::to_string(i)));
    std::string samples =
        "#include \"conformance/recipes/recipes.hpp\"\n\nusing namespace tiphys;\n"
        "using namespace tiphys::test;\n\nnamespace {\n\n";
    for (const fs::path& file : files_of(argv[2], ".cpp")) samples += recipes_of(file);
    write(output / "recipes_samples.cpp", samples + "}  // namespace\n");
    return 0;
} catch (const std::exception& error) {
    std::cerr << "recipe_writer: " << error.what() << '\n';
    return 1;
}
