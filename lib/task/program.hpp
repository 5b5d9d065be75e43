// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/cli/cli.hpp>
#include <tiphys/task/main.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What `tiphys::main` does with the recipes of its program.
namespace tiphys::detail {

/// Bears the configuration of a recipe into its pods: an object of the texts that the command line gave.
inline constexpr const char* config_variable = "TIPHYS_CONFIG";
/// The recipe whose configuration it is, as its document is called without one.
inline constexpr const char* recipe_variable = "TIPHYS_RECIPE";
/// A folder that stands before all paths of a function that is called by hand.
inline constexpr const char* root_variable = "TIPHYS_ROOT";

/// A recipe of the program and what it makes.
class Recipe {
public:
    /// Made with the defaults of its configuration.
    explicit Recipe(const program_recipe& of) : of_(of), options(of.options()) { make({}); }
    /// Made with a configuration, which its functions find in their environment.
    ///
    /// Errors: UsageError for a value that the configuration does not take; InvalidWorkflow.
    Recipe with(const config_texts& config) const;
    /// Whether it has all of these options.
    bool takes(const config_texts& config) const;

    /// What its document is called, without a dash at the end.
    std::string name() const;
    std::string description() const;
    const list<function_entry>& functions() const noexcept { return functions_; }
    const Document& document() const noexcept { return document_; }
    /// With parameters in place of those of `spec.arguments`, and of a Workflow also its names.
    ///
    /// Errors: UsageError for a parameter that it does not have.
    Document document(const cli::Overrides& overrides) const;
    /// Of `spec.arguments`.
    list<model::Parameter> parameters() const;
    const list<model::Template>& templates() const;
    /// Errors: UsageError that names the command where it is a document of another kind.
    const model::Workflow& workflow(const char* command) const;

private:
    void make(const config_texts& config);

    program_recipe of_;
    list<function_entry> functions_;
    Document document_;

public:
    list<model::Parameter> options;  ///< of its configuration, each with its default
};

/// The templates that run functions run them with this program.
void set_program(model::WorkflowSpec& spec, const list<function_entry>& functions, const std::string& path);

/// Errors: UsageError that names the parameters that have no value.
void require_parameters(const model::Workflow& workflow);

/// A pod knows the name of a template, and not the recipe that it is of.
///
/// Errors: UsageError where recipes mean different functions, or different files, by one name; by `name`, if
/// it is not empty.
void require_one_meaning(const std::vector<Recipe>& recipes, std::string_view name = {});

/// Calls a function as its pod does. What it prints itself goes to standard error where it has a result.
int call_in_pod(const cli::Console& console, const std::vector<Recipe>& recipes, const std::string& name,
                const std::string& file);

int print_version(std::ostream& out, const std::string& program);

}  // namespace tiphys::detail
