// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/container.hpp>

namespace tiphys {

namespace detail {

/// Containers of a set in their order: `a >> (b, c) >> d` of nodes by value. Each holds in its dependencies
/// what it waits for. A node that stands in it twice is one, with the dependencies of both.
template <class Model>
class NodeGroup {
public:
    using node = ContainerNodeWords<Model>;

    constexpr NodeGroup(const node& only) {
        nodes_.push_back(only);
        first_.push_back(only.model().name);
        last_.push_back(only.model().name);
    }

    constexpr const list<node>& nodes() const noexcept { return nodes_; }

    /// All of `after` run after all of `before`.
    friend constexpr NodeGroup operator>>(const NodeGroup& before, const NodeGroup& after) {
        NodeGroup made(before);
        for (const node& one : after.nodes_) made.add(one);
        for (const str& later : after.first_)
            for (node& one : made.nodes_)
                if (same(one.model().name.view(), later.view()))
                    for (const str& earlier : before.last_) wait(one, earlier);
        made.last_ = after.last_;
        return made;
    }
    /// Both, side by side.
    friend constexpr NodeGroup operator,(const NodeGroup& one, const NodeGroup& other) {
        NodeGroup made(one);
        for (const node& each : other.nodes_) made.add(each);
        for (const str& name : other.first_) made.first_.push_back(name);
        for (const str& name : other.last_) made.last_.push_back(name);
        return made;
    }

private:
    static constexpr void wait(node& one, const str& earlier) {
        for (const str& known : one.model().dependencies)
            if (same(known.view(), earlier.view())) return;
        one.dependencies(earlier.view());
    }
    constexpr void add(const node& given) {
        for (node& known : nodes_) {
            if (!same(known.model().name.view(), given.model().name.view())) continue;
            Model own = known.model(), other = given.model();
            own.dependencies.reset();
            other.dependencies.reset();
            // Two that differ stay two, for the check to see.
            if (!(own == other)) continue;
            for (const str& name : given.model().dependencies) wait(known, name);
            return;
        }
        nodes_.push_back(given);
    }

    list<node> nodes_;
    list<str> first_, last_;
};

}  // namespace detail

}  // namespace tiphys
