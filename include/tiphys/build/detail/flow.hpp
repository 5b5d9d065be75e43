// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/call.hpp>
#include <tiphys/build/detail/held.hpp>
#include <tiphys/build/outputs.hpp>

#include <stdexcept>

namespace tiphys::detail {

/// A free JSON object, or a struct that is described.
template <class T>
concept each_object = std::same_as<T, json> || described<T>;

/// What a task and a step say with types: references by name, templates of other documents, inline
/// templates, hooks. `Derived` gives what `call_verbs` needs, `prefix`, `imply(reference)`,
/// `refer_to(library)`, `add_inline(template_state&&)`,
/// `add_beside(template_state&&)`, `want_outputs(word)` and `where_named()`.
template <class Derived>
class flow_words : public call_verbs<Derived> {
    using base = call_verbs<Derived>;

public:
    using base::on_exit;
    using base::template_ref;
    using base::with;
    using base::with_param;

    /// The argument for an input parameter, from what another task or step gives; for an input artifact, if
    /// the reference is to one.
    [[gnu::noinline]] constexpr Derived& with(const word& name, const Reference& from) & {
        if (from.is_artifact())
            with_artifact(name, word(from.text(Derived::prefix).view(), from.where()));
        else
            base::with(name, value(from.text(Derived::prefix).view(), from.where()));
        self().imply(from);
        return self();
    }
    constexpr Derived&& with(const word& name, const Reference& from) && {
        return std::move(with(name, from));
    }

    /// Runs once for each element of the list; the argument is the element. Further arguments may take other
    /// members of the same list.
    /// Errors: throws std::logic_error for a second list.
    [[gnu::noinline]] constexpr Derived& with(const word& name, const Each& elements) & {
        const str list = elements.list.text(Derived::prefix);
        str& loop = self().call().withParam;
        if (loop.has_value() && !same(loop.view(), list.view()))
            throw std::logic_error(
                "each: the step or task loops over another list already; Argo loops over one");
        if (!loop.has_value()) with_param(elements.list);
        str text("{{item");
        if (elements.member.has_value()) text.append(".").append(elements.member.view());
        text.append("}}");
        base::with(name, value(text.view(), elements.list.where()));
        return self();
    }
    constexpr Derived&& with(const word& name, const Each& elements) && {
        return std::move(with(name, elements));
    }

    /// The argument for the input parameter that is this member of the contract of its template (see
    /// `build/contract.hpp`).
    template <auto Member>
        requires data_member<Member>
    constexpr Derived& with(const argument<type_of_member<Member>>& given) & {
        give(self(), member_name<Member>(), contract_mark<owner_of<Member>, 'i'>::view(), given.get(),
             [this](literal mark, const std::source_location& where) {
                 note_argument(mark, where, is_artifact<type_of_member<Member>>);
             });
        const untyped_argument& made = given.get();
        if (made.kind == untyped_argument::Kind::expression)
            self().imply_tasks_of(made.text.view(), made.where);
        return self();
    }
    template <auto Member>
        requires data_member<Member>
    constexpr Derived&& with(const argument<type_of_member<Member>>& given) && {
        return std::move(this->template with<Member>(given));
    }

    /// The arguments that are what another task or step gives; see `outputs`.
    [[gnu::noinline]] constexpr Derived& with(const OutputsOf& from) & {
        if (from.members.empty()) self().want_outputs(from.of);
        for (const auto& one : from.members)
            give(self(), one.name, one.mark, one.argument,
                 [&](literal mark, const std::source_location& where) {
                     note_argument(mark, where, one.argument.reference.is_artifact());
                 });
        return self();
    }
    constexpr Derived&& with(const OutputsOf& from) && { return std::move(with(from)); }

    /// Runs once for each of these objects, at the same time; each of their members is the argument of its
    /// name, but for those that are given already: `with_each(json_object("os", "linux"))`, structs that are
    /// described, or a list of either.
    /// Errors: throws std::invalid_argument for a json that is no object. That all have the same members is
    /// judged by the check.
    template <class... Objects>
        requires(sizeof...(Objects) > 1)
    constexpr Derived& with_each(const Objects&... objects) & {
        (add_each(objects, self().where_named()), ...);
        return self();
    }
    template <class... Objects>
        requires(sizeof...(Objects) > 1)
    constexpr Derived&& with_each(const Objects&... objects) && {
        return std::move(with_each(objects...));
    }
    template <class Objects>
    constexpr Derived& with_each(const Objects& objects, line where = line::current()) & {
        if constexpr (is_list<Objects> && !each_object<Objects>) {
            self().call().withItems.engage();
            for (const auto& one : objects) add_each(one, where);
        } else {
            add_each(objects, where);
        }
        return self();
    }
    template <class Objects>
    constexpr Derived&& with_each(const Objects& objects, line where = line::current()) && {
        return std::move(with_each(objects, where));
    }

    /// An artifact as it is given here, for the input artifact of its name.
    constexpr Derived& with(model::Artifact given, line where = line::current()) & {
        return fill::add(self(), "artifacts", self().call().arguments.ensure().artifacts, std::move(given),
                         where);
    }
    constexpr Derived&& with(model::Artifact given, line where = line::current()) && {
        return std::move(with(std::move(given), where));
    }

    /// The argument for an input artifact: `{{tasks.A.outputs.artifacts.x}}`.
    constexpr Derived& with_artifact(const word& name, const word& from) & {
        auto& artifacts = self().call().arguments.ensure().artifacts;
        auto& artifact = artifacts.emplace_back();
        artifact.name = name.view();
        artifact.from = from.view();
        self().note("artifacts", static_cast<std::int32_t>(artifacts.size() - 1), from.where());
        return self();
    }
    constexpr Derived&& with_artifact(const word& name, const word& from) && {
        return std::move(with_artifact(name, from));
    }

    /// Runs once for each element of what another task or step gives; `{{item}}` is the element.
    constexpr Derived& with_param(const Reference& list) & {
        base::with_param(word(list.text(Derived::prefix).view(), list.where()));
        self().imply(list);
        return self();
    }
    constexpr Derived&& with_param(const Reference& list) && { return std::move(with_param(list)); }

    /// Runs a template of another document; see `ref`.
    constexpr Derived& template_ref(const TemplateReference& of) & {
        self().call().templateRef = of.to_model();
        self().note("templateRef", -1, of.where());
        self().refer_to(of.library());
        return self();
    }
    constexpr Derived&& template_ref(const TemplateReference& of) && { return std::move(template_ref(of)); }

    /// Runs this template, which has no name and no other user.
    template <template_value Made>
    constexpr Derived& inline_(Made made) & {
        self().add_inline(std::move(made).release());
        return self();
    }
    template <template_value Made>
    constexpr Derived&& inline_(Made made) && {
        return std::move(inline_(std::move(made)));
    }

    /// The same as a model.
    constexpr Derived& inline_(model::Template made, line where = line::current()) & {
        self().call().inline_ = std::move(made);
        self().note("inline", -1, where);
        return self();
    }
    constexpr Derived&& inline_(model::Template made, line where = line::current()) && {
        return std::move(inline_(std::move(made), where));
    }

    /// Runs a template once an expression holds of this, or at its `exit`.
    [[gnu::noinline]] constexpr Derived& hook(const word& event, const Hook& given) & {
        if (is(Derived::prefix, "steps."))
            self().call().hooks[event.view()] = given.of_step();
        else
            self().call().hooks[event.view()] = given.model_;
        self().note("hooks", -1, event.where());
        for (const auto& one : given.uses_) {
            if (one.of.has_value())
                self().imply(Reference(word(one.of.view(), one.where), {}, {}));
            else
                self().imply_tasks_of(one.text.view(), one.where);
        }
        for (const site& one : given.sites_) self().note(one.field, one.index, one.where);
        self().refer_to(given.library_);
        for (const template_state& one : given.beside_) self().add_beside(template_state(one));
        return self();
    }
    constexpr Derived&& hook(const word& event, const Hook& given) && {
        return std::move(hook(event, given));
    }
    constexpr Derived& hook(const word& event, const word& template_name) & {
        return hook(event, Hook(template_name));
    }
    constexpr Derived&& hook(const word& event, const word& template_name) && {
        return std::move(hook(event, Hook(template_name)));
    }
    constexpr Derived& hook(const word& event, const word& template_name, const word& expression) & {
        return hook(event, Hook(template_name).expression(expression));
    }
    constexpr Derived&& hook(const word& event, const word& template_name, const word& expression) && {
        return std::move(hook(event, template_name, expression));
    }

    /// Adds a template to the document, and runs it when this has ended.
    template <template_value Made>
    constexpr Derived& on_exit(const word& name, Made made) & {
        self().add_beside(named(name, std::move(made)));
        return base::on_exit(name);
    }
    template <template_value Made>
    constexpr Derived&& on_exit(const word& name, Made made) && {
        return std::move(on_exit(name, std::move(made)));
    }

private:
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }
    constexpr void note_argument(literal mark, const std::source_location& where, bool artifact = false) {
        const auto& arguments = *self().call().arguments;
        // Below -1: counted among the artifacts.
        self().note(mark,
                    artifact ? -1 - static_cast<std::int32_t>(arguments.artifacts.size())
                             : static_cast<std::int32_t>(arguments.parameters.size()) - 1,
                    where);
    }

    template <class Object>
    constexpr void add_each(const Object& object, const line& where) {
        static_assert(
            each_object<Object>,
            "with_each takes json_object(...), structs that BOOST_DESCRIBE_STRUCT describes, or a list "
            "of either");
        if constexpr (each_object<Object>) add_object(object, where);
    }
    template <class Object>
    constexpr void add_object(const Object& object, const line& where) {
        json made = json_of(object);
        if (!made.is_object())
            throw std::invalid_argument("with_each: an item is no object; with_items takes any");
        for (const auto& member : made.members()) {
            const std::string_view name = member.key.view();
            auto& parameters = self().call().arguments.ensure().parameters;
            bool given = false;
            for (const auto& one : parameters) given = given || same(one.name.view(), name);
            if (given) continue;
            auto& parameter = parameters.emplace_back();
            parameter.name = name;
            parameter.value = joined("{{item.", name, "}}");
            note_argument("arguments", where);
            if constexpr (!std::is_same_v<Object, json>)
                note_argument(contract_mark<Object, 'i'>::view(), where);
        }
        self().call().withItems.push_back(std::move(made));
    }
};

}  // namespace tiphys::detail
