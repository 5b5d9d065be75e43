// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include <tiphys/model/model.hpp>
#include <tiphys/model/operations.hpp>
#include <tiphys/text/text.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <type_traits>

namespace tiphys::detail {
namespace {

/// Calls `use(metadata, spec)` for the kinds of documents that hold templates.
template <class Value, class Use>
void with_spec(Value& value, Use use) {
    std::visit(
        [&](auto& document) {
            if constexpr (requires { document.spec.workflowSpec.templates; })
                use(document.metadata, document.spec.workflowSpec);
            else if constexpr (requires {
                                   document.spec.templates;
                                   document.metadata.labels;
                               })
                use(document.metadata, document.spec);
        },
        value);
}

template <class Use>
void for_functions(model::WorkflowSpec& spec, const list<function_entry>& functions, Use use) {
    for (model::Template& one : spec.templates)
        for (const function_entry& function : functions)
            if (one.script && one.name == function.name) use(one);
}

/// As JSON in which neither Kubernetes ("$(NAME)") nor Argo ("{{…}}") finds anything to replace.
std::string text_of(const config_texts& config) {
    json made = json::object();
    for (const auto& [name, text] : config) made.set(name, json(std::string_view(text)));
    const std::string plain = to_json(made);
    std::string safe = "{";
    for (const char c : std::string_view(plain).substr(1, plain.size() - 2)) {
        if (c == '$')
            safe += "\\u0024";
        else if (c == '{')
            safe += "\\u007b";
        else if (c == '}')
            safe += "\\u007d";
        else
            safe += c;
    }
    return safe + "}";
}

config_texts config_in_environment() {
    config_texts made;
    const char* given = std::getenv(config_variable);
    if (given == nullptr || *given == '\0') return made;
    const json read = json_from(given);
    if (!read.is_object()) throw CallError(std::string(config_variable) + " is no object of texts");
    for (const auto& one : read.members()) made[one.key.string()] = one.value.as_text().string();
    return made;
}

/// Standard output for the result alone.
class ResultOutput {
public:
    explicit ResultOutput(bool only_result) : only_result_(only_result) {
        if (!only_result_) return;
        std::fflush(stdout);
        kept_ = ::dup(STDOUT_FILENO);
        if (kept_ >= 0) ::dup2(STDERR_FILENO, STDOUT_FILENO);
    }
    ~ResultOutput() {
        if (kept_ < 0) return;
        std::cout.flush();
        std::fflush(stdout);
        ::dup2(kept_, STDOUT_FILENO);
        ::close(kept_);
    }
    ResultOutput(const ResultOutput&) = delete;
    ResultOutput& operator=(const ResultOutput&) = delete;

private:
    bool only_result_;
    int kept_ = -1;
};

}  // namespace

void Recipe::make(const config_texts& config) {
    made_document made;
    try {
        made = of_.make(config);
    } catch (const CallError& wrong) {
        throw cli::UsageError(wrong.what());
    }
    functions_ = std::move(made.functions);
    document_ = read_documents(made.json, "the recipe").at(0);
    if (config.empty()) return;
    with_spec(document_.value, [&](auto&, model::WorkflowSpec& spec) {
        for_functions(spec, functions_, [&](model::Template& one) {
            auto& variable = one.script->env.emplace_back();
            variable.name = config_variable;
            variable.value = text_of(config);
        });
    });
}

Recipe Recipe::with(const config_texts& config) const {
    Recipe made = *this;
    if (!config.empty()) made.make(config);
    return made;
}

std::string Recipe::name() const {
    std::string name;
    with_spec(document_.value, [&](const auto& metadata, const model::WorkflowSpec&) {
        name = (metadata.name.empty() ? metadata.generateName : metadata.name).string();
    });
    while (name.ends_with('-')) name.pop_back();
    return name;
}

std::string Recipe::description() const {
    std::string text = "The " + document_.kind + " " + name() + ".";
    with_spec(document_.value, [&](const auto& metadata, const model::WorkflowSpec&) {
        if (const str* found = metadata.annotations.find("workflows.argoproj.io/description"))
            text = found->string();
    });
    return text;
}

list<model::Parameter> Recipe::parameters() const {
    list<model::Parameter> made;
    with_spec(document_.value, [&](const auto&, const model::WorkflowSpec& spec) {
        if (spec.arguments) made = spec.arguments->parameters;
    });
    return made;
}

const list<model::Template>& Recipe::templates() const {
    static const list<model::Template> none;
    const list<model::Template>* found = &none;
    with_spec(document_.value,
              [&](const auto&, const model::WorkflowSpec& spec) { found = &spec.templates; });
    return *found;
}

const model::Workflow& Recipe::workflow(const char* command) const {
    const auto* found = std::get_if<model::Workflow>(&document_.value);
    if (found == nullptr)
        throw cli::UsageError(std::string("`") + command + "` takes a Workflow, and " + name() + " is a " +
                              document_.kind + ": write it with `yaml`, and give that to the cluster");
    return *found;
}

void set_program(model::WorkflowSpec& spec, const list<function_entry>& functions, const std::string& path) {
    for_functions(spec, functions, [&](model::Template& one) {
        auto& command = one.script->command;
        if (command.size() == 3 && command[1] == "function") command[0] = path;
    });
}

void require_parameters(const model::Workflow& workflow) {
    std::string missing;
    if (workflow.spec.arguments)
        for (const model::Parameter& one : workflow.spec.arguments->parameters)
            if (!one.value.has_value() && !one.valueFrom)
                missing += (missing.empty() ? "" : ", ") + ("`" + one.name.string() + "`");
    if (!missing.empty())
        throw cli::UsageError("the workflow's parameters without a value: " + missing +
                              "; give each as an option or with -p name=value");
}

int call_in_pod(const cli::Console& console, const std::vector<Recipe>& recipes, const std::string& name,
                const std::string& file) {
    const config_texts config = config_in_environment();
    list<function_entry> functions;
    list<model::Template> templates;
    for (const Recipe& one : recipes) {
        const Recipe made = one.with(config);
        for (const function_entry& function : made.functions()) functions.push_back(function);
        for (const model::Template& of : made.templates()) {
            for (const model::Template& known : templates)
                if (known.name == name && of.name == name && !(known == of))
                    throw cli::UsageError(
                        "function `" + name +
                        "`: several recipes have it, with templates that differ: give one of them "
                        "another name");
            templates.push_back(of);
        }
    }
    const auto* called = std::find_if(functions.begin(), functions.end(),
                                      [&](const function_entry& one) { return one.name == name; });
    RunnerOptions options;
    if (const char* root = std::getenv(root_variable)) options.root = root;
    std::ostringstream result;
    int status = 0;
    {
        const ResultOutput output(called != functions.end() && called->has_result);
        status = run_function(functions, templates, name, file, options, result, console.error);
    }
    console.out << result.str() << std::flush;
    if (!console.out) throw std::runtime_error("the result cannot be written to standard output");
    return status;
}

int print_version(std::ostream& out, const std::string& program) {
    out << program << " (Tiphys " << TIPHYS_VERSION << ", API of Argo Workflows " << model::argo_release
        << ")\n";
    return cli::exit_succeeded;
}

}  // namespace tiphys::detail
