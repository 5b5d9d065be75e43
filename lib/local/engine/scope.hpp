// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tiphys::local::engine {

/// The value of a variable; nothing stands for an *absent optional*: the output of a step that was skipped
/// and declares no default. (A name that the scope does not know at all is a different thing.)
using Value = std::optional<std::string>;

/// Variables by their dotted names, with those of an outer scope behind them.
class Scope {
public:
    explicit Scope(const Scope* outer = nullptr, bool hide_absent = false)
        : outer_(outer), hide_absent_(hide_absent) {}

    void set(std::string name, Value value) { values_.insert_or_assign(std::move(name), std::move(value)); }
    /// Null when the name is not known here or outside.
    const Value* find(std::string_view name) const {
        const Value* found = nullptr;
        if (const auto at = values_.find(name); at != values_.end())
            found = &at->second;
        else if (outer_ != nullptr)
            found = outer_->find(name);
        return hide_absent_ && found != nullptr && !*found ? nullptr : found;
    }
    /// Inner variables hide outer ones, which come first.
    void each(const std::function<void(std::string_view, const Value&)>& visit) const {
        if (outer_ != nullptr) outer_->each(visit);
        for (const auto& [name, value] : values_) visit(name, value);
    }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    const Scope* outer_;
    bool hide_absent_;
    std::unordered_map<std::string, Value, Hash, std::equal_to<>> values_;
};

}  // namespace tiphys::local::engine
