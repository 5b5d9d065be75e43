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
    const std::string what = config_variable;
    try {
        const json read = json_from(given);
        if (!read.is_object()) throw CallError("it is no object of texts");
        for (const auto& one : read.members()) {
            if (!one.value.is_string()) throw CallError("`" + one.key.string() + "` is no text");
            made[one.key.string()] = one.value.as_text().string();
        }
    } catch (const CallError& wrong) {
        throw cli::UsageError(what + ": " + wrong.what());
    }
    return made;
}

/// The recipes whose functions the environment means, made with its configuration.
std::vector<Recipe> recipes_in_environment(const std::vector<Recipe>& recipes) {
    const config_texts config = config_in_environment();
    const char* given = std::getenv(recipe_variable);
    const std::string whose = given == nullptr ? "" : given;
    std::vector<Recipe> made;
    bool taken = config.empty();
    for (const Recipe& one : recipes) {
        if (!whose.empty() && one.name() != whose) continue;
        const bool takes = one.takes(config);
        made.push_back(takes ? one.with(config) : one);
        taken = taken || takes;
    }
    if (made.empty())
        throw cli::UsageError(std::string(recipe_variable) + " is `" + whose +
                              "`, and no recipe of this program makes a document of that name: was the "
                              "workflow made by another version of it?");
    if (!taken)
        throw cli::UsageError(std::string(config_variable) +
                              ": no recipe of this program takes all of it: " + text_of(config));
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
    // The configuration may change the name, by which the pods could not find the recipe.
    const std::string called = name();
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
            const auto set = [&](const char* variable, const std::string& value) {
                auto& made_variable = one.script->env.emplace_back();
                made_variable.name = variable;
                made_variable.value = value;
            };
            set(config_variable, text_of(config));
            set(recipe_variable, called);
        });
    });
}

Recipe Recipe::with(const config_texts& config) const {
    Recipe made = *this;
    if (!config.empty()) made.make(config);
    return made;
}

bool Recipe::takes(const config_texts& config) const {
    return std::all_of(config.begin(), config.end(), [&](const auto& given) {
        return std::any_of(options.begin(), options.end(),
                           [&](const model::Parameter& one) { return one.name == given.first; });
    });
}

std::string Recipe::name() const {
    std::string name;
    std::visit(
        [&](const auto& document) {
            if constexpr (requires { document.metadata.generateName.empty(); })
                name =
                    (document.metadata.name.empty() ? document.metadata.generateName : document.metadata.name)
                        .string();
            else if constexpr (std::is_same_v<decltype(document), const json&>)
                if (const json* metadata = document.find("metadata"))
                    if (const json* found = metadata->find("name"); found != nullptr && found->is_string())
                        name = found->as_text().string();
        },
        document_.value);
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

Document Recipe::document(const cli::Overrides& overrides) const {
    Document made = document_;
    if (auto* workflow = std::get_if<model::Workflow>(&made.value)) {
        cli::apply(overrides, *workflow, name());
        return made;
    }
    bool has_spec = overrides.parameters.empty();
    with_spec(made.value, [&](const auto&, model::WorkflowSpec& spec) {
        has_spec = true;
        model::Workflow as_workflow;
        as_workflow.metadata.name = made.kind;
        as_workflow.spec = std::move(spec);
        cli::apply(overrides, as_workflow, name());
        spec = std::move(as_workflow.spec);
    });
    if (!has_spec)
        throw cli::UsageError("-p " + overrides.parameters[0].first + ": " + name() + " is a " + made.kind +
                              ", which has no parameters");
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

void require_one_meaning(const std::vector<Recipe>& recipes, std::string_view name) {
    const auto template_of = [](const Recipe& recipe, const str& called) {
        const auto& all = recipe.templates();
        return std::find_if(all.begin(), all.end(),
                            [&](const model::Template& one) { return one.name == called; });
    };
    const auto judge = [&](const Recipe& first, const function_entry& a, const Recipe& second,
                           const function_entry& b) {
        if (!(a.name == b.name) || !(name.empty() || a.name == name)) return;
        const std::string both = "function `" + a.name.string() + "`: the recipes " + first.name() + " and " +
                                 second.name() + " have it, ";
        if (a.path != b.path || a.call != b.call)
            throw cli::UsageError(both + "and mean different functions, " + std::string(a.path) + " and " +
                                  std::string(b.path) +
                                  ", which a pod could not tell apart: call one of the templates otherwise, "
                                  ".function<&f>(\"name\")");
        const auto one = template_of(first, a.name), other = template_of(second, b.name);
        if (one == first.templates().end() || other == second.templates().end()) return;
        if (!(one->inputs == other->inputs && one->outputs == other->outputs))
            throw cli::UsageError(both +
                                  "with inputs or outputs that differ: call one of the templates otherwise, "
                                  ".function<&f>(\"name\")");
    };
    for (std::size_t i = 0; i < recipes.size(); ++i)
        for (std::size_t j = i + 1; j < recipes.size(); ++j)
            for (const function_entry& a : recipes[i].functions())
                for (const function_entry& b : recipes[j].functions()) judge(recipes[i], a, recipes[j], b);
}

int call_in_pod(const cli::Console& console, const std::vector<Recipe>& recipes, const std::string& name,
                const std::string& file) {
    std::vector<Recipe> meant;
    try {
        meant = recipes_in_environment(recipes);
    } catch (const std::exception& wrong) {
        throw cli::UsageError(wrong.what());  // whatever it is, the function was not called
    }
    require_one_meaning(meant, name);
    list<function_entry> functions;
    list<model::Template> templates;
    for (const Recipe& one : meant) {
        for (const function_entry& function : one.functions()) functions.push_back(function);
        // Another recipe may have a template of that name that runs no function.
        for (const model::Template& of : one.templates())
            if (std::any_of(one.functions().begin(), one.functions().end(),
                            [&](const function_entry& function) { return function.name == of.name; }))
                templates.push_back(of);
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
    if (!console.out)
        throw cli::UsageError("function `" + name + "`: its result cannot be written to standard output");
    return status;
}

int print_version(std::ostream& out, const std::string& program) {
    out << program << " (Tiphys " << TIPHYS_VERSION << ", API of Argo Workflows " << model::argo_release
        << ")\n";
    return cli::exit_succeeded;
}

}  // namespace tiphys::detail
