// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/template.hpp>
#include <tiphys/text/json_writer.hpp>

/// The templates that run no container of the user: Suspend, Resource, Http, Data, Plugin.
namespace tiphys {

/// A template that waits: until it is resumed, or for a while. Source: Argo's Template.suspend.
class Suspend : public detail::made_template<Suspend>, public detail::suspend_words<Suspend> {
public:
    constexpr Suspend() { state_.model.suspend.ensure(); }

    /// A parameter that a person gives while it waits, and the steps after it read:
    /// `.intermediate_parameter(Parameter("approve").default_("no").enum_("yes", "no"))`.
    constexpr Suspend& intermediate_parameter(model::Parameter made,
                                              detail::line where = detail::line::current()) & {
        model::Parameter supplied;
        supplied.name = made.name;
        supplied.valueFrom.ensure().supplied.ensure();
        input(std::move(made), where);
        return output(std::move(supplied), where);
    }
    constexpr Suspend&& intermediate_parameter(model::Parameter made,
                                               detail::line where = detail::line::current()) && {
        return std::move(intermediate_parameter(std::move(made), where));
    }
    constexpr Suspend& intermediate_parameter(const word& name) & {
        model::Parameter made;
        made.name = name.view();
        return intermediate_parameter(std::move(made), name.where());
    }
    constexpr Suspend&& intermediate_parameter(const word& name) && {
        return std::move(intermediate_parameter(name));
    }

private:
    friend detail::fill;
    constexpr model::SuspendTemplate& kind_to_fill() { return *state_.model.suspend; }
};

/// A template that makes, changes or deletes a Kubernetes object: `Resource("create").manifest(…)`. Source:
/// Argo's Template.resource.
class Resource : public detail::made_template<Resource>, public detail::resource_words<Resource> {
public:
    /// One of model::ResourceAction: get, create, apply, delete, replace, patch.
    constexpr explicit Resource(const word& action) { this->action(action); }

    /// The object as YAML or JSON text.
    constexpr Resource& manifest(const word& text) & {
        return detail::fill::text(*this, "manifest", kind_to_fill().manifest, text);
    }
    constexpr Resource&& manifest(const word& text) && { return std::move(manifest(text)); }
    /// The object as another builder (`Workflow`, `CronWorkflow`, `k8s::PersistentVolumeClaim` …), written as
    /// JSON, which is YAML as well.
    template <class Built>
        requires requires(const Built& built) { built.model(); }
    constexpr Resource& manifest(const Built& built, detail::line where = detail::line::current()) & {
        return detail::fill::set(*this, "manifest", kind_to_fill().manifest, write_json(built.model()),
                                 where);
    }
    template <class Built>
        requires requires(const Built& built) { built.model(); }
    constexpr Resource&& manifest(const Built& built, detail::line where = detail::line::current()) && {
        return std::move(manifest(built, where));
    }
    /// The object as a model, or as free JSON.
    template <class Model>
        requires(std::is_same_v<Model, json> || requires { sizeof(detail::members<Model>); })
    constexpr Resource& manifest(const Model& model, detail::line where = detail::line::current()) & {
        return detail::fill::set(*this, "manifest", kind_to_fill().manifest, write_json(model), where);
    }
    template <class Model>
        requires(std::is_same_v<Model, json> || requires { sizeof(detail::members<Model>); })
    constexpr Resource&& manifest(const Model& model, detail::line where = detail::line::current()) && {
        return std::move(manifest(model, where));
    }

private:
    friend detail::fill;
    constexpr model::ResourceTemplate& kind_to_fill() { return state_.model.resource.ensure(); }
};

/// A template that sends a request; the agent does it, without a pod of its own. Source: Argo's
/// Template.http.
class Http : public detail::made_template<Http>, public detail::http_words<Http> {
public:
    constexpr explicit Http(const word& url) { this->url(url); }

    constexpr Http& header(const word& name, const word& given) & {
        model::HTTPHeader made;
        made.name = name.view();
        made.value = given.view();
        return headers(std::move(made), given.where());
    }
    constexpr Http&& header(const word& name, const word& given) && { return std::move(header(name, given)); }
    /// A header whose value lies elsewhere: `from_secret`.
    constexpr Http& header(const word& name, model::HTTPHeaderSource from) & {
        model::HTTPHeader made;
        made.name = name.view();
        made.valueFrom = std::move(from);
        return headers(std::move(made), name.where());
    }
    constexpr Http&& header(const word& name, model::HTTPHeaderSource from) && {
        return std::move(header(name, std::move(from)));
    }

private:
    friend detail::fill;
    constexpr model::HTTP& kind_to_fill() { return state_.model.http.ensure(); }
};

/// A template that lists the files of a store and transforms the list. Source: Argo's Template.data.
class Data : public detail::made_template<Data>, public detail::data_words<Data> {
public:
    constexpr Data() { state_.model.data.ensure(); }
    /// The files below an artifact: `ArtifactPaths("all").s3(…)`.
    constexpr explicit Data(model::ArtifactPaths paths) : Data() {
        kind_to_fill().source.artifactPaths = std::move(paths);
    }

    /// Expressions that the list, `data`, goes through one after the other: "filter(data, {# endsWith
    /// '.pdf'})".
    template <class... Given>
        requires((std::convertible_to<const Given&, word> ||
                  std::convertible_to<const Given&, model::TransformationStep>) &&
                 ...)
    constexpr Data& transformation(const Given&... given) & {
        kind_to_fill().transformation.engage();
        (add(given), ...);
        return *this;
    }
    template <class... Given>
        requires((std::convertible_to<const Given&, word> ||
                  std::convertible_to<const Given&, model::TransformationStep>) &&
                 ...)
    constexpr Data&& transformation(const Given&... given) && {
        return std::move(transformation(given...));
    }

private:
    friend detail::fill;
    constexpr model::Data& kind_to_fill() { return *state_.model.data; }
    template <class Given>
    constexpr void add(const Given& given) {
        if constexpr (std::convertible_to<const Given&, word>)
            kind_to_fill().transformation.emplace_back().expression = word(given).view();
        else
            kind_to_fill().transformation.push_back(given);
    }
};

/// A template that an executor plugin runs: its name, and what the plugin reads. Source: Argo's
/// Template.plugin.
class Plugin : public detail::made_template<Plugin> {
public:
    constexpr explicit Plugin(json body) { state_.model.plugin = std::move(body); }
    constexpr Plugin(const word& name, json settings) {
        state_.model.plugin = json::object();
        state_.model.plugin.set(name.view(), std::move(settings));
    }
};

}  // namespace tiphys
