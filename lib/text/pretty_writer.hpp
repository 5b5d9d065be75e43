// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/model/visitor.hpp>
#include <tiphys/text/json_writer.hpp>

#include <string>

namespace tiphys::detail {

/// JSON with one member or element a line, indented by two spaces; empty containers stay `{}` and `[]`.
class PrettyWriter final : public visitor {
public:
    explicit PrettyWriter(text_buffer& out) : out_(out) {}

    void begin_object() override { begin('{'); }
    void end_object() override { end('}'); }
    void begin_array() override { begin('['); }
    void end_array() override { end(']'); }
    void key(std::string_view name) override {
        new_line();
        compact([&](visitor& to) { to.string(name); });
        out_.append(": ");
        after_key_ = true;
    }
    void string(std::string_view text) override {
        value([&](visitor& to) { to.string(text); });
    }
    void integer(std::int64_t number) override {
        value([&](visitor& to) { to.integer(number); });
    }
    void boolean(bool is) override {
        value([&](visitor& to) { to.boolean(is); });
    }
    void number(std::string_view literal) override {
        value([&](visitor& to) { to.number(literal); });
    }
    void null() override {
        value([](visitor& to) { to.null(); });
    }

private:
    template <class Write>
    void compact(Write write) {
        json_writer writer(out_);
        write(writer);
    }
    template <class Write>
    void value(Write write) {
        start_value();
        compact(write);
        is_empty_ = false;
    }
    void start_value() {
        if (!after_key_ && depth_ > 0) new_line();
        after_key_ = false;
    }
    void begin(char c) {
        start_value();
        out_.push(c);
        ++depth_;
        is_empty_ = true;
    }
    void end(char c) {
        --depth_;
        if (!is_empty_) indent();
        out_.push(c);
        is_empty_ = false;
    }
    void new_line() {
        if (!is_empty_) out_.push(',');
        indent();
        is_empty_ = false;
    }
    void indent() {
        char* to = out_.extend(1 + 2 * depth_);
        *to = '\n';
        for (std::size_t i = 1; i <= 2 * depth_; ++i) to[i] = ' ';
    }

    text_buffer& out_;
    std::size_t depth_ = 0;
    bool is_empty_ = true;
    bool after_key_ = false;
};

}  // namespace tiphys::detail
