// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/contract_check.hpp>
#include <tiphys/build/detail/library.hpp>
#include <tiphys/build/detail/site.hpp>
#include <tiphys/check/documents.hpp>
#include <tiphys/check/validate.hpp>

#include <concepts>

/// References to templates of other documents: by name, or by a document or recipe of this program.
namespace tiphys {

namespace detail {

/// The documents of libraries, for as long as a workflow is judged among them.
class library_documents {
public:
    constexpr library_documents(const list<library>& libraries, DocumentSet& set) {
        if (libraries.empty()) return;
        // Before the set points to them: lists move what they hold when they grow.
        templates_.reserve(libraries.size());
        cluster_templates_.reserve(libraries.size());
        for (const library& one : libraries) {
            if (one.is_cluster())
                set.add(cluster_templates_.emplace_back(one.make_cluster()));
            else
                set.add(templates_.emplace_back(one.make()));
        }
    }
    library_documents(const library_documents&) = delete;
    library_documents& operator=(const library_documents&) = delete;
    constexpr ~library_documents() = default;

private:
    list<model::WorkflowTemplate> templates_;
    list<model::ClusterWorkflowTemplate> cluster_templates_;
};

/// A builder's whole: what a chain's last scope stands for. Models and builders stand for themselves.
template <class T>
struct whole {
    using type = T;
};
template <class T>
    requires requires { typename T::host_type; }
struct whole<T> {
    using type = typename T::host_type;
};
template <class T>
using whole_of = typename whole<std::remove_cvref_t<T>>::type;

/// A builder of a document: Workflow, WorkflowTemplate and so on.
template <class T>
concept is_entity = requires(const T& made) {
    typename T::model_type;
    { made.sites() } -> std::same_as<const list<site>&>;
};

template <class T>
struct model_of {
    using type = T;
};
template <class T>
    requires requires { typename T::model_type; }
struct model_of<T> {
    using type = typename T::model_type;
};

/// A captureless lambda.
template <class T>
concept is_recipe =
    std::is_class_v<T> && std::is_empty_v<T> && std::default_initializable<T> && std::invocable<const T&>;

template <class Model>
inline constexpr bool is_library_model = false;
template <>
inline constexpr bool is_library_model<model::WorkflowTemplate> = true;
template <>
inline constexpr bool is_library_model<model::ClusterWorkflowTemplate> = true;
/// Whether a recipe makes a document that others can refer to.
template <class Recipe>
inline constexpr bool makes_library =
    is_library_model<typename model_of<whole_of<std::invoke_result_t<const Recipe&>>>::type>;

// By type, not by value: see `run` in checked.hpp.
template <class Recipe>
constexpr auto make_library() {
    whole_of<decltype(Recipe{}())> made = Recipe{}();
    if constexpr (is_document<decltype(made)>)
        return made;
    else
        return std::move(made).model();
}

template <class Recipe>
constexpr list<template_contract> contracts_of_library() {
    const whole_of<decltype(Recipe{}())> made = Recipe{}();
    list<template_contract> found;
    const auto& templates = made.model().spec.templates;
    for (const site& one : made.sites()) {
        // A hook of the defaults may have taken templates away.
        if (!is_contract(one) || static_cast<std::size_t>(one.of.template_) >= templates.size()) continue;
        found.push_back({templates[static_cast<std::size_t>(one.of.template_)].name, one.field});
    }
    return found;
}

struct library_name {
    char text[256] = {};
    std::size_t size = 0;

    constexpr std::string_view view() const noexcept { return {text, size}; }
};
template <class Recipe>
constexpr library_name name_of_library() {
    const auto made = make_library<Recipe>();
    library_name name;
    for (const char c : made.metadata.name)
        if (name.size < sizeof name.text) name.text[name.size++] = c;
    return name;
}
template <class Recipe>
inline constexpr library_name library_name_of = name_of_library<Recipe>();

template <class Recipe>
constexpr library library_of() {
    // Not a constraint, whose violation both compilers explain at length.
    static_assert(makes_library<Recipe>,
                  "the recipe makes neither a WorkflowTemplate nor a ClusterWorkflowTemplate: others cannot "
                  "refer to what it makes");
    library made;
    if constexpr (makes_library<Recipe>) {
        made.name = library_name_of<Recipe>.view();
        if constexpr (std::is_same_v<decltype(make_library<Recipe>()), model::ClusterWorkflowTemplate>)
            made.make_cluster = &make_library<Recipe>;
        else
            made.make = &make_library<Recipe>;
        if constexpr (is_entity<whole_of<decltype(Recipe{}())>>)
            made.contracts = &contracts_of_library<Recipe>;
    }
    return made;
}

}  // namespace detail

/// A template of another document, which tasks, steps and hooks take instead of a name; see `ref`.
/// Object lifetimes: it views its words.
class TemplateReference {
public:
    constexpr TemplateReference(const word& document, const word& template_name, bool cluster,
                                const detail::library& library = {})
        : document_(document), template_(template_name), cluster_(cluster), library_(library) {}

    constexpr model::TemplateRef to_model() const {
        model::TemplateRef made;
        made.name = document_.view();
        made.template_ = template_.view();
        if (cluster_) made.clusterScope = true;
        return made;
    }
    constexpr const std::source_location& where() const noexcept { return template_.where(); }
    constexpr const detail::library& library() const noexcept { return library_; }

private:
    word document_;
    word template_;
    bool cluster_;
    detail::library library_;
};

/// A template of a stored WorkflowTemplate, by names.
constexpr TemplateReference ref(const word& document, const word& template_name) {
    return {document, template_name, false};
}
/// A template of a stored ClusterWorkflowTemplate, by names.
constexpr TemplateReference cluster_ref(const word& document, const word& template_name) {
    return {document, template_name, true};
}
/// A template of a document that a recipe of this program makes: a captureless lambda that returns a
/// WorkflowTemplate or a ClusterWorkflowTemplate. `checked` and `validate` then judge the reference and its
/// arguments by what the recipe makes.
template <detail::is_recipe Recipe>
constexpr TemplateReference ref(const Recipe&, const word& template_name) {
    constexpr detail::library library = detail::library_of<Recipe>();
    return {library.name, template_name, library.is_cluster(), library};
}
/// A template of a document that was made at run time. Only its name is kept.
template <class Document>
    requires detail::is_entity<Document>
constexpr TemplateReference ref(const Document& document, const word& template_name) {
    return {document.model().metadata.name.view(), template_name,
            std::is_same_v<typename Document::model_type, model::ClusterWorkflowTemplate>};
}

}  // namespace tiphys
