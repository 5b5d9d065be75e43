// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/visitor.hpp>

#include <vector>

namespace tiphys::detail {

/// A visitor that makes a JSON value of what it hears.
class JsonBuilder final : public visitor {
public:
    explicit JsonBuilder(json& root) : root_(root) {}

    void begin_object() override { open_.push_back(&put(json::object())); }
    void end_object() override { open_.pop_back(); }
    void begin_array() override { open_.push_back(&put(json::array())); }
    void end_array() override { open_.pop_back(); }
    void key(std::string_view name) override { member_ = &open_.back()->members().append(name); }
    void string(std::string_view text) override { put(json(text)); }
    void integer(std::int64_t value) override { put(json(value)); }
    void boolean(bool value) override { put(json(value)); }
    void number(std::string_view literal) override { put(json(tiphys::number{str(literal)})); }
    void null() override { put(json(nullptr)); }

private:
    json& put(json value) {
        if (!open_.empty() && open_.back()->is_array()) return open_.back()->push_back(std::move(value));
        json& to = open_.empty() ? root_ : *member_;
        to = std::move(value);
        return to;
    }

    json& root_;
    json* member_ = nullptr;
    // A container that is open does not move: what holds it grows only after it is closed.
    std::vector<json*> open_;
};

}  // namespace tiphys::detail
