// SPDX-License-Identifier: Apache-2.0
#include <tiphys/text/boost_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <charconv>

#include "model_sink.hpp"
#include "number_text.hpp"

namespace tiphys::detail {
namespace {

namespace bj = boost::json;

template <class Integer>
bool parse_whole(std::string_view literal, Integer& value) {
    const auto result = std::from_chars(literal.data(), literal.data() + literal.size(), value);
    return result.ec == std::errc() && result.ptr == literal.data() + literal.size();
}

class Builder final : public visitor {
public:
    explicit Builder(bj::value& root) : root_(root) {}

    void begin_object() override { open(put(bj::object(root_.storage()))); }
    void end_object() override { open_.pop_back(); }
    void begin_array() override { open(put(bj::array(root_.storage()))); }
    void end_array() override { open_.pop_back(); }
    void key(std::string_view name) override { key_ = &open_.back()->get_object()[bj::string_view(name)]; }
    void string(std::string_view text) override { put(bj::string(bj::string_view(text), root_.storage())); }
    void integer(std::int64_t value) override { put(value); }
    void boolean(bool value) override { put(value); }
    void number(std::string_view literal) override {
        std::int64_t whole = 0;
        std::uint64_t large = 0;
        if (parse_whole(literal, whole))
            put(whole);
        else if (parse_whole(literal, large))
            put(large);
        else
            put(parse_double(literal).value_or(0));
    }
    void null() override { put(nullptr); }

private:
    template <class T>
    bj::value& put(T value) {
        bj::value* to = &root_;
        if (!open_.empty())
            to = open_.back()->is_array() ? &open_.back()->get_array().emplace_back(nullptr) : key_;
        *to = std::move(value);
        return *to;
    }
    void open(bj::value& container) { open_.push_back(&container); }

    bj::value& root_;
    bj::value* key_ = nullptr;
    std::vector<bj::value*> open_;
};

void feed(const bj::value& value, ModelSink& sink) {
    switch (value.kind()) {
        case bj::kind::null: sink.null(); return;
        case bj::kind::bool_: sink.boolean(value.get_bool()); return;
        case bj::kind::string: sink.string({value.get_string().data(), value.get_string().size()}); return;
        case bj::kind::int64:
        case bj::kind::uint64: sink.number(bj::serialize(value)); return;
        case bj::kind::double_: sink.number(json_number(value.get_double())); return;
        case bj::kind::array:
            sink.begin_array();
            for (const bj::value& item : value.get_array()) feed(item, sink);
            sink.end_array();
            return;
        case bj::kind::object:
            sink.begin_object();
            for (const auto& member : value.get_object()) {
                sink.key({member.key().data(), member.key().size()});
                feed(member.value(), sink);
            }
            sink.end_object();
            return;
    }
}

}  // namespace

void to_boost(bj::value& to, visit_function visit, const void* model) {
    Builder builder(to);
    visit(builder, model);
}

void from_boost(const bj::value& from, const model::value_type& type, void* to) {
    Budget unlimited;
    ModelSink sink(type, to, {.unknown_fields = UnknownFields::keep}, unlimited);
    try {
        feed(from, sink);
    } catch (const Mistake& mistake) {
        throw ReadError(path_text(mistake.path), mistake.reason);
    }
}

}  // namespace tiphys::detail
