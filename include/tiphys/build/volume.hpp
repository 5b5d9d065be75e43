// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/detail/fill.hpp>

namespace tiphys {

/// A volume that is made for each run and deleted after it. Source: Kubernetes' PersistentVolumeClaim, in
/// WorkflowSpec.volumeClaimTemplates.
class Claim : public detail::value_of<model::k8s::PersistentVolumeClaim> {
public:
    constexpr explicit Claim(const word& name) {
        model_.metadata.ensure().name = name.view();
        spec().accessModes.push_back(str("ReadWriteOnce"));
    }

    /// A quantity: "1Gi".
    constexpr Claim& size(const value& quantity) {
        spec().resources.ensure().requests["storage"] = quantity.view();
        return *this;
    }
    /// Instead of ReadWriteOnce.
    template <class... Given>
        requires detail::all_become<word, Given...>
    constexpr Claim& access_modes(const Given&... modes) {
        spec().accessModes.reset();
        detail::add_texts(spec().accessModes, modes...);
        return *this;
    }
    constexpr Claim& storage_class_name(const word& name) {
        spec().storageClassName = name.view();
        return *this;
    }

private:
    constexpr model::k8s::PersistentVolumeClaimSpec& spec() { return model_.spec.ensure(); }
};

namespace detail {

/// Adds what the list does not hold in the same form already: several containers may name one volume. True
/// if it was added.
template <class T>
constexpr bool add_once(list<T>& to, T&& given) {
    for (const T& each : to)
        if (each == given) return false;
    to.push_back(std::move(given));
    return true;
}

/// A claim that came with a volume of a template, and the line of its mount.
struct placed_claim {
    model::k8s::PersistentVolumeClaim claim;
    line where;
};
constexpr void add_once(list<placed_claim>& to, placed_claim&& given) {
    for (const placed_claim& each : to)
        if (each.claim == given.claim) return;
    to.push_back(std::move(given));
}

/// Volumes with their mounts. `Derived` gives `mounts_to_fill()`, `volumes_to_fill()`, `claims_to_fill()` and
/// `note_word` to detail::fill.
template <class Derived>
class volume_words {
public:
    /// Mounts a volume that the pod gets with it: `.volume("/data", k8s::Volume("work").empty_dir())`.
    /// Several containers may name the same one. What else there is to say of the mount goes into the third
    /// argument.
    constexpr Derived& volume(const word& path, model::k8s::Volume made, model::k8s::VolumeMount how = {}) & {
        const str name = made.name;
        auto& volumes = fill::volumes(self());
        if (add_once(volumes, std::move(made)))
            fill::note(self(), "volumes", static_cast<std::int32_t>(volumes.size() - 1), path.where());
        return add_mount(name.view(), path, std::move(how));
    }
    constexpr Derived&& volume(const word& path, model::k8s::Volume made,
                               model::k8s::VolumeMount how = {}) && {
        return std::move(volume(path, std::move(made), std::move(how)));
    }

    /// Mounts a volume that each run of the workflow claims for itself: `.volume("/data",
    /// Claim("work").size("1Gi"))`. The workflow gets the claim, once, however many templates name it, and
    /// whether it names it itself.
    constexpr Derived& volume(const word& path, model::k8s::PersistentVolumeClaim claim,
                              model::k8s::VolumeMount how = {}) & {
        str name;
        if (claim.metadata.has_value()) name = claim.metadata->name;
        add_once(fill::claims(self()), placed_claim{std::move(claim), path.where()});
        return add_mount(name.view(), path, std::move(how));
    }
    constexpr Derived&& volume(const word& path, model::k8s::PersistentVolumeClaim claim,
                               model::k8s::VolumeMount how = {}) && {
        return std::move(volume(path, std::move(claim), std::move(how)));
    }

    /// Mounts a volume of the workflow or of the template by its name.
    constexpr Derived& mount(const word& path, const word& name, model::k8s::VolumeMount how = {}) & {
        return add_mount(name.view(), path, std::move(how));
    }
    constexpr Derived&& mount(const word& path, const word& name, model::k8s::VolumeMount how = {}) && {
        return std::move(mount(path, name, std::move(how)));
    }

private:
    constexpr Derived& self() noexcept { return static_cast<Derived&>(*this); }
    constexpr Derived& add_mount(std::string_view name, const word& path, model::k8s::VolumeMount&& how) {
        how.name = name;
        how.mountPath = path.view();
        return fill::add(self(), "volumeMounts", fill::mounts(self()), std::move(how), path.where());
    }
};

}  // namespace detail
}  // namespace tiphys
