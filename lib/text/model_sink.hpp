// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "budget.hpp"
#include "path.hpp"

namespace tiphys::detail {

template <class T>
T& as(void* at) {
    return *static_cast<T*>(at);
}
template <class T>
T& member_at(void* object, std::uint32_t offset) {
    return as<T>(static_cast<char*>(object) + offset);
}

/// Builds a model from the events of a JSON or YAML text, led by the descriptor tables.
///
/// Both kinds of text produce the same events, so they obey the same rules: which values a member takes,
/// what null means, unknown and duplicate members. The stack is explicit, so depth costs no call frames.
/// Errors: throws Mistake.
class ModelSink {
public:
    ModelSink(const model::value_type& type, void* root, const ReadOptions& options, Budget& budget);

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);
    void string(std::string_view text);
    /// A number as a JSON text writes it.
    void number(std::string_view literal);
    void boolean(bool value);
    void null();

    std::size_t depth() const noexcept { return frames_.size(); }
    /// The names that the open object already has, to which the members of a merge key yield.
    std::vector<std::string> keys() const;
    /// Throws the mistake of the value that was begun last.
    [[noreturn]] void fail(std::string reason, bool second = false) const;

private:
    using Form = model::value_type::form;
    enum class Holds : std::uint8_t { object, map, list, json_object, json_array };

    struct Frame {
        Holds holds;
        model::text_form text;
        void* at;                           // the object, map, list or json
        const model::value_type* type;      // map, list
        const model::object_type* table;    // object
        const model::field* member;         // object: the one being read; null: an unknown one
        void* slot;                         // where the value of the last key goes
        std::size_t count;                  // list, map: how many elements it has
        std::size_t capacity;               // list, map: how many it has room for
        std::array<std::uint64_t, 2> seen;  // object: bit of each member
    };
    struct Slot {
        const model::value_type* type;
        void* at;
        model::text_form text;
        bool is_member;
    };
    struct Cached {
        const model::object_type* table = nullptr;
        const model::field* member = nullptr;
    };

    Slot next();
    Slot settled();
    Frame& open(Holds holds, const Slot& slot);
    const model::field* find(const model::object_type& table, std::string_view name);
    void object_key(Frame& frame, std::string_view name);
    void unknown(Frame& frame, std::string_view name);
    void begin_container(Holds holds, const Slot& slot);
    void end_container(const Frame& frame);
    static std::size_t element_size(const model::value_type& type);
    void grow(Frame& frame);
    template <class Container>
    json& appended(Container& to, std::string_view key = {});
    template <class Container>
    void tidy(Container& container);
    void take(std::size_t bytes) {
        if (!budget_.take(bytes)) fail(budget_.exceeded());
    }
    std::vector<Step> path() const;
    [[noreturn]] void mismatch(const Slot& slot, std::string_view found) const;
    [[noreturn]] void duplicate(std::string_view name) const;
    [[noreturn]] void refuse_unknown(const Frame& frame, std::string_view name) const;
    void keep_last(map<json>& members) const;
    void check_distinct(std::vector<std::string_view>& names) const;

    const model::value_type& root_type_;
    void* root_;
    Budget& budget_;
    std::size_t max_depth_;
    bool keep_unknown_;
    bool last_wins_;
    std::vector<Frame> frames_;
    std::array<Cached, 256> cache_{};
};

/// Feeds a value that was read before.
void feed_value(const json& value, ModelSink& sink);

}  // namespace tiphys::detail
