// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/check/detail/argument_rules.hpp>

/// Rules on the outputs of a template. Source: workflow/validate (validateOutputs, validateOutputParameter).
namespace tiphys::detail {

/// Judges the outputs of one template.
class output_rules {
public:
    constexpr output_rules(const template_view& view, report& report)
        : view_(view),
          self_(view.self),
          owner_(template_words(view.self)),
          path_(view.path / "outputs"),
          report_(report) {}

    constexpr void operator()() {
        const auto& parameters = self_.outputs->parameters;
        for (std::size_t i = 0; i < parameters.size(); ++i)
            parameter(parameters[i], (path_ / "parameters")[i]);
        const auto& artifacts = self_.outputs->artifacts;
        for (std::size_t i = 0; i < artifacts.size(); ++i) artifact(artifacts[i], (path_ / "artifacts")[i]);
    }

private:
    constexpr str words(std::string_view kind, std::string_view name) const {
        return joined("the output ", kind, " `", name, "` of ", owner_.view());
    }

    constexpr void parameter(const model::Parameter& output, const Path& at) {
        const auto name = output.name.view();
        global_name(output.globalName, "parameter", name, at);
        if (output.value.has_value()) {
            if (output.valueFrom)
                report_(rule::output_value_and_value_from, at,
                        joined(words("parameter", name).view(), " has both a value and a valueFrom"));
            else if (self_.dag || self_.steps.has_value() || self_.suspend)
                report_(rule::output_literal_value, at / "value",
                        joined(words("parameter", name).view(), " has a value, which needs a valueFrom"));
            return;
        }
        if (!output.valueFrom) {
            report_(rule::output_no_value, at, joined(words("parameter", name).view(), " has no valueFrom"));
            return;
        }
        value_from(*output.valueFrom, name, at / "valueFrom");
    }

    constexpr void value_from(const model::ValueFrom& from, std::string_view name, const Path& at) {
        const int kinds = int{!from.path.empty()} + int{!from.jqFilter.empty()} +
                          int{!from.jsonPath.empty()} + int{!from.parameter.empty()} +
                          int{!from.expression.empty()} + int{from.supplied.has_value()};
        if (kinds != 1) {
            report_(rule::output_value_from_one, at,
                    joined("the valueFrom of ", words("parameter", name).view(),
                           kinds == 0
                               ? " has none of path, jqFilter, jsonPath, parameter, expression and supplied"
                               : " has several of path, jqFilter, jsonPath, parameter, expression and "
                                 "supplied"));
            return;
        }
        const auto wanted = [&](bool fits, std::string_view needs) {
            if (!fits)
                report_(rule::output_value_from_kind, at,
                        joined(words("parameter", name).view(), " needs valueFrom.", needs));
        };
        if (self_.container || self_.script || self_.containerSet)
            wanted(!from.path.empty(), "path");
        else if (self_.resource)
            wanted(!from.jqFilter.empty() || !from.jsonPath.empty(), "jqFilter or jsonPath");
        else if (self_.steps.has_value() || self_.dag)
            wanted(!from.parameter.empty() || !from.expression.empty(), "parameter or expression");
        else if (self_.suspend && !from.supplied)
            report_(rule::output_literal_value, at,
                    joined(words("parameter", name).view(), " needs valueFrom.supplied"));
        if (!from.parameter.empty() && only_variable(from.parameter.view()).empty())
            report_(rule::output_not_a_reference, at / "parameter",
                    joined("the valueFrom.parameter of ", words("parameter", name).view(), " is `",
                           from.parameter.view(), "`, which is not one {{variable}}"));
    }

    constexpr void artifact(const model::Artifact& output, const Path& at) {
        const auto name = output.name.view();
        global_name(output.globalName, "artifact", name, at);
        if (!view_.is_leaf()) {
            if (!output.path.empty())
                report_(rule::output_artifact_misplaced_path, at / "path",
                        joined(words("artifact", name).view(), ", which runs no container, has a path"));
        } else if (output.path.empty()) {
            report_(rule::output_artifact_path, at, joined(words("artifact", name).view(), " has no path"));
        } else if (climbs(output.path.view())) {
            report_(rule::output_artifact_traversal, at / "path",
                    joined("the path `", output.path.view(), "` of ", words("artifact", name).view(),
                           " climbs with `..`"));
        }
        if (!output.from.empty() && !output.fromExpression.empty())
            report_(rule::artifact_from_and_expression, at,
                    joined(words("artifact", name).view(), " has both from and fromExpression"));
        artifact_reference(output, at, words("artifact", name), report_);
    }

    constexpr void global_name(const str& global, std::string_view kind, std::string_view name,
                               const Path& at) {
        if (global.empty() || is_parameter_name(global.view()) || has_variable(global.view())) return;
        report_(rule::output_global_name, at / "globalName",
                joined("the globalName `", global.view(), "` of ", words(kind, name).view(),
                       " is not of letters, digits, `-` and `_`"));
    }

    const template_view& view_;
    const model::Template& self_;
    str owner_;
    Path path_;
    report& report_;
};

}  // namespace tiphys::detail
