// SPDX-License-Identifier: Apache-2.0
#include "expression.hpp"

#include <algorithm>
#include <optional>

#include "literal.hpp"

namespace tiphys::detail::cpp {
namespace {

using Form = Expression::Form;

/// Indentation of a level.
constexpr std::size_t step = 4;
/// A long text begins a line of its own where it would begin behind this column.
constexpr std::size_t latest_start = 70;

void append_flat(std::string& to, const Expression& one);

void append_flat(std::string& to, const std::vector<Expression>& arguments) {
    to += '(';
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (i != 0) to += ", ";
        append_flat(to, arguments[i]);
    }
    to += ')';
}

void append_flat(std::string& to, const Link& link) {
    to += '.' + link.word;
    append_flat(to, link.arguments);
}

void append_flat(std::string& to, const Expression& one) {
    to += one.form == Form::literal ? quoted(one.text) : one.text;
    if (one.form == Form::block) {
        for (const std::string& line : one.lines) to += ' ' + line;
        to += std::string(" ") + std::string(one.end);
    }
    if (one.form == Form::call) append_flat(to, one.arguments);
    for (const Link& link : one.links) append_flat(to, link);
}

bool has_lines(const Expression& one);
bool has_lines(const std::vector<Expression>& arguments) {
    return std::any_of(arguments.begin(), arguments.end(),
                       [](const Expression& each) { return has_lines(each); });
}
/// Whether it takes several lines, however wide they may be.
bool has_lines(const Expression& one) {
    return one.open || (one.form == Form::block && one.lines.size() > 1) ||
           (one.form == Form::literal && reads_raw(one.text)) || has_lines(one.arguments) ||
           std::any_of(one.links.begin(), one.links.end(),
                       [](const Link& link) { return has_lines(link.arguments); });
}

class Layout {
public:
    explicit Layout(std::size_t indent) : out_(indent, ' '), column_(indent) {}

    void put(std::string_view text) {
        out_ += text;
        const std::size_t end = text.rfind('\n');
        column_ = end == text.npos ? column_ + columns(text) : columns(text.substr(end + 1));
    }
    void line(std::size_t indent) {
        out_ += '\n';
        out_.append(indent, ' ');
        column_ = indent;
    }

    /// `indent` is that of the line in which the expression begins; `after` what must still fit behind it.
    void print(const Expression& one, std::size_t indent, std::size_t after) {
        if (put_flat(one, after)) return;
        switch (one.form) {
            case Form::plain: put(one.text); break;
            case Form::literal: print_literal(one.text, after); break;
            case Form::block:
                put(one.text);
                for (const std::string& each : one.lines) {
                    line(indent + step);
                    put(each);
                }
                line(indent);
                put(one.end);
                break;
            case Form::name:
            case Form::call:
                put(one.text);
                if (one.form == Form::call)
                    print_arguments(one.arguments, indent, one.group, one.links.empty() ? after : 0);
                print_links(one, indent, after);
                break;
        }
    }
    std::string take() && { return std::move(out_); }

private:
    /// Puts it in the line that there is, if it fits.
    template <class Piece>
    bool put_flat(const Piece& one, std::size_t after) {
        if constexpr (std::is_same_v<Piece, Link>) {
            if (has_lines(one.arguments)) return false;
        } else {
            if (has_lines(one)) return false;
        }
        std::string flat;
        append_flat(flat, one);
        if (column_ + columns(flat) + after > line_width) return false;
        put(flat);
        return true;
    }

    void print_links(const Expression& one, std::size_t indent, std::size_t after) {
        // One link stands behind its head, unless that would only save the line that its texts then need.
        if (one.links.size() == 1 && !one.open && !is_short(one.links[0], indent, after)) {
            print_link(one.links[0], indent, after);
            return;
        }
        bool whole_line = false;
        for (std::size_t i = 0; i < one.links.size(); ++i) {
            const Link& link = one.links[i];
            const std::size_t behind = i + 1 == one.links.size() ? after : 0;
            if (link.glued && whole_line && put_flat(link, behind)) continue;
            const std::size_t at = indent + step * (1 + link.level + (link.glued ? 1 : 0));
            line(at);
            const std::size_t begin = out_.size();
            print_link(link, at, behind);
            whole_line = out_.find('\n', begin) == std::string::npos;
        }
    }

    /// Whether it fits in a line of its own.
    static bool is_short(const Link& link, std::size_t indent, std::size_t after) {
        if (has_lines(link.arguments)) return false;
        std::string flat;
        append_flat(flat, link);
        const bool texts = std::all_of(
            link.arguments.begin(), link.arguments.end(),
            [](const Expression& one) { return one.form == Form::literal || one.form == Form::plain; });
        return texts && indent + step + columns(flat) + after <= line_width;
    }

    void print_link(const Link& link, std::size_t indent, std::size_t after) {
        if (put_flat(link, after)) return;
        put("." + link.word);
        print_arguments(link.arguments, indent, 1, after);
    }

    void print_arguments(const std::vector<Expression>& arguments, std::size_t indent, std::size_t group,
                         std::size_t after) {
        put("(");
        if (!arguments.empty()) {
            const bool texts = std::none_of(arguments.begin(), arguments.end(), [](const Expression& one) {
                return one.form == Form::call || one.form == Form::name || one.form == Form::block;
            });
            if (texts && group == 1)
                fill(arguments, indent + step, after + 1);
            else if (arguments.size() <= 2 && group != 2 && last_fits(arguments))
                hug(arguments, indent, after + 1);
            else
                stack(arguments, indent + step, group, after + 1);
        }
        put(")");
    }

    /// Whether all but the last, and the beginning of the last, stand in the line that there is.
    bool last_fits(const std::vector<Expression>& arguments) const {
        std::string flat;
        for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
            if (has_lines(arguments[i])) return false;
            append_flat(flat, arguments[i]);
            flat += ", ";
        }
        const Expression& last = arguments.back();
        std::string head = last.text;
        if (last.form == Form::call) {
            if (last.group == 1 && !last.links.empty() && !has_lines(last.arguments))
                append_flat(head, last.arguments);
            else
                head += '(';
        }
        return column_ + columns(flat) + columns(head) <= line_width;
    }

    /// The last of them takes the lines that it needs, indented as the line itself.
    void hug(const std::vector<Expression>& arguments, std::size_t indent, std::size_t after) {
        for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
            print(arguments[i], indent, 0);
            put(", ");
        }
        print(arguments.back(), indent, after);
    }

    /// Texts: as many in a line as fit.
    void fill(const std::vector<Expression>& arguments, std::size_t indent, std::size_t after) {
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const bool last = i + 1 == arguments.size();
            const std::size_t behind = last ? after : 1;
            if (i != 0) put(" ");
            if (!put_flat(arguments[i], behind)) {
                if (starts_line(arguments[i], i != 0)) {
                    if (i != 0) drop_blank();
                    line(indent);
                }
                print(arguments[i], indent, behind);
            }
            if (!last) put(",");
        }
    }

    /// Whether it is better off on a line of its own than in the rest of this one.
    bool starts_line(const Expression& one, bool follows) const {
        if (one.form != Form::literal || !reads_raw(one.text)) return follows || column_ > latest_start;
        const std::string source = raw(one.text);
        return follows && column_ + columns(source.substr(0, source.find('\n'))) > line_width;
    }

    /// A group a line.
    void stack(const std::vector<Expression>& arguments, std::size_t indent, std::size_t group,
               std::size_t after) {
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const bool last = i + 1 == arguments.size();
            if (i % group == 0)
                line(indent);
            else
                put(" ");
            print(arguments[i], indent, last ? after : 1);
            if (!last) put(",");
        }
    }

    void print_literal(std::string_view text, std::size_t after) {
        if (reads_raw(text)) {
            put(raw(text));
            return;
        }
        const std::size_t at = column_;
        const std::size_t room = at + after + 20 < line_width ? line_width - at - after : 20;
        bool first = true;
        for (const std::string& piece : pieces(text, room)) {
            if (!std::exchange(first, false)) line(at);
            put(piece);
        }
    }

    void drop_blank() {
        out_.pop_back();
        --column_;
    }

    std::string out_;
    std::size_t column_;
};

}  // namespace

std::string statement(std::size_t indent, std::string_view before, const Expression& expression,
                      std::string_view after) {
    Layout layout(indent);
    layout.put(before);
    layout.print(expression, indent, columns(after));
    layout.put(after);
    return std::move(layout).take() + '\n';
}

}  // namespace tiphys::detail::cpp
