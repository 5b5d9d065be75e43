// SPDX-License-Identifier: Apache-2.0
// Writes every document of a folder that `validate` judges as a recipe: C++ that makes the same model while
// it compiles; and cuts the recipes out of the samples.
//   recipe_writer FOLDER SAMPLES OUTPUT PARTS
// writes OUTPUT/recipes_0.cpp and so on, and OUTPUT/recipes_samples.cpp.
#include <tiphys/text/documents.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using namespace tiphys;
using form = model::value_type::form;

std::string literal_of(std::string_view text) {
    std::string made = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            made += '\\';
            made += c;
        } else if (byte < 0x20 || byte > 0x7e) {
            // Always three digits: what follows cannot be taken for a fourth.
            made += '\\';
            for (const int shift : {6, 3, 0}) made += static_cast<char>('0' + ((byte >> shift) & 7));
        } else {
            made += c;
        }
    }
    return made + '"';
}

std::string member(std::string_view name) {
    static constexpr std::string_view keywords[] = {"continue",  "default",  "enum",    "inline",
                                                    "namespace", "operator", "template"};
    return std::string(name) + (std::ranges::find(keywords, name) != std::end(keywords) ? "_" : "");
}

/// Statements that make one document.
class Writer {
public:
    std::string statements() const { return out_.str(); }

    void object(const json& value, const model::object_type& type, const std::string& at) {
        for (const auto& one : value.members()) {
            const auto found = std::ranges::find(type.fields, one.key.view(), &model::field::name);
            if (found == type.fields.end())
                throw std::runtime_error(std::string(type.name) + " has no " + one.key.string());
            any(one.value, *found->type, at + "." + member(found->name));
        }
    }

private:
    std::string fresh() { return "v" + std::to_string(made_++); }

    void any(const json& value, const model::value_type& type, const std::string& at) {
        switch (type.shape) {
            case form::boolean:
                out_ << at << " = " << (value.as_boolean() ? "true" : "false") << ";\n";
                break;
            case form::integer: out_ << at << " = std::int64_t{" << value.as_text() << "};\n"; break;
            case form::number: out_ << at << ".literal = " << literal_of(value.as_text()) << ";\n"; break;
            case form::string: out_ << at << " = " << literal_of(value.as_text()) << ";\n"; break;
            case form::int_or_string:
                if (value.is_number())
                    out_ << at << " = std::int64_t{" << value.as_text() << "};\n";
                else
                    out_ << at << " = int_or_string(" << literal_of(value.as_text()) << ");\n";
                break;
            case form::json: free_value(value, at); break;
            case form::object: object(value, *type.object(), at); break;
            case form::box: {
                const std::string name = fresh();
                out_ << "[[maybe_unused]] auto& " << name << " = " << at << ".ensure();\n";
                any(value, *type.element, name);
                break;
            }
            case form::list:
                out_ << at << ".engage();\n";
                for (const json& one : value.items()) element(one, *type.element, at + ".emplace_back()");
                break;
            case form::map:
                out_ << at << ".engage();\n";
                for (const auto& one : value.members())
                    element(one.value, *type.element, at + "[" + literal_of(one.key) + "]");
                break;
        }
    }
    void element(const json& value, const model::value_type& type, const std::string& made) {
        const std::string name = fresh();
        out_ << "[[maybe_unused]] auto& " << name << " = " << made << ";\n";
        any(value, type, name);
    }
    void free_value(const json& value, const std::string& at) {
        switch (value.kind()) {
            case json::type::absent: break;
            case json::type::null: out_ << at << " = json(nullptr);\n"; break;
            case json::type::boolean:
                out_ << at << " = json(" << (value.as_boolean() ? "true" : "false") << ");\n";
                break;
            case json::type::number:
                out_ << at << " = json(number{" << literal_of(value.as_text()) << "});\n";
                break;
            case json::type::string: out_ << at << " = json(" << literal_of(value.as_text()) << ");\n"; break;
            case json::type::array:
                out_ << at << " = json::array();\n";
                for (const json& one : value.items()) {
                    const std::string name = fresh();
                    out_ << "json " << name << ";\n";
                    free_value(one, name);
                    out_ << at << ".push_back(" << name << ");\n";
                }
                break;
            case json::type::object:
                out_ << at << " = json::object();\n";
                for (const auto& one : value.members()) {
                    const std::string name = fresh();
                    out_ << "json " << name << ";\n";
                    free_value(one.value, name);
                    out_ << at << ".set(" << literal_of(one.key) << ", " << name << ");\n";
                }
                break;
        }
    }

    std::ostringstream out_;
    int made_ = 0;
};

template <class T>
constexpr const char* type_name = nullptr;
template <>
constexpr const char* type_name<model::Workflow> = "Workflow";
template <>
constexpr const char* type_name<model::WorkflowTemplate> = "WorkflowTemplate";
template <>
constexpr const char* type_name<model::ClusterWorkflowTemplate> = "ClusterWorkflowTemplate";
template <>
constexpr const char* type_name<model::CronWorkflow> = "CronWorkflow";
template <>
constexpr const char* type_name<model::WorkflowEventBinding> = "WorkflowEventBinding";

/// The recipe of a document and its registration, or nothing if it is not judged.
std::string recipe(const Document& document, std::size_t number, const std::string& file, std::size_t index) {
    return std::visit(
        [&]<class T>(const T&) -> std::string {
            if constexpr (type_name<T> == nullptr) {
                return {};
            } else {
                Writer writer;
                writer.object(read_json<json>(to_json(document)), model::describe<T>(), "d");
                const std::string name = "document_" + std::to_string(number);
                return "constexpr auto " + name + " = [] {\nmodel::" + type_name<T> + " d;\n" +
                       writer.statements() + "return d;\n};\nconst Registered registered_" +
                       std::to_string(number) + "(" + literal_of(file) + ", " + std::to_string(index) +
                       ", said<" + name + ">.view());\n\n";
            }
        },
        document.value);
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
        made += text.substr(at, end + 4 - at) + "\nconst Registered registered_" + name + "(" +
                literal_of(sample.filename().string()) + ", " + std::to_string(index++) + ", said<" + name +
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

void write(const fs::path& file, std::string_view header, const std::string& text) {
    std::ofstream out(file);
    out << "#include <" << header << ">\n\n#include \"conformance/recipes/recipes.hpp\"\n\n"
        << "using namespace tiphys;\nusing namespace tiphys::test;\n\nnamespace {\n\n"
        << text << "}  // namespace\n";
    if (!out.flush()) throw std::runtime_error(file.string() + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 5) throw std::runtime_error("usage: recipe_writer FOLDER SAMPLES OUTPUT PARTS");
    const fs::path folder = argv[1];
    const fs::path output = argv[3];
    const auto parts = std::stoul(argv[4]);
    std::vector<std::string> texts(parts);
    std::size_t number = 0;
    for (const fs::path& file : files_of(folder, ".yaml")) {
        ReadOptions as_argo;
        as_argo.duplicate_keys = DuplicateKeys::last_wins;
        const Documents documents = read_file(file.string(), as_argo);
        for (std::size_t i = 0; i < documents.size(); ++i) {
            const std::string text = recipe(documents[i], number, fs::relative(file, folder).string(), i);
            if (!text.empty()) texts[number++ % parts] += text;
        }
    }
    for (std::size_t i = 0; i < parts; ++i)
        write(output / ("recipes_" + std::to_string(i) + ".cpp"), "tiphys/check/validate.hpp", texts[i]);
    std::string samples;
    for (const fs::path& file : files_of(argv[2], ".cpp")) samples += recipes_of(file);
    write(output / "recipes_samples.cpp", "tiphys/build/build.hpp", samples);
    return 0;
} catch (const std::exception& error) {
    std::cerr << "recipe_writer: " << error.what() << '\n';
    return 1;
}
