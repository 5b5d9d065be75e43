// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// C++ expressions as far as the builder needs them, and how they are laid out.
namespace tiphys::detail::cpp {

struct Link;

/// `text`, `"text"`, `name(arguments).word(arguments)…` or a lambda.
struct Expression {
    enum class Form : std::uint8_t {
        plain,    ///< stands as it is
        literal,  ///< a text, as a literal
        call,     ///< with arguments and what is called on its result
        name,     ///< the same without arguments: a variable
        block     ///< a lambda: its head, and a statement a line
    };

    // Defined below, where a link is known.
    Expression();
    Expression(Form form, std::string text);
    Expression(Form form, std::string text, std::vector<Expression> arguments);

    Form form = Form::plain;
    std::string text;
    std::vector<Expression> arguments;
    std::vector<Link> links;
    std::vector<std::string> lines;  ///< of a block
    std::string_view end;            ///< of a block: "}", or "}()" where it is called at once
    /// Arguments that belong together, such as a key and its value.
    std::size_t group = 1;
    /// Each link begins a line, though all might fit in one.
    bool open = false;
};

/// `.word(arguments)`.
struct Link {
    std::string word;
    std::vector<Expression> arguments = {};
    /// Steps of indentation below the links of the chain itself: 1 for what is said in a scope.
    std::size_t level = 0;
    /// Stands behind the link before it where the line has room.
    bool glued = false;
};

inline Expression::Expression() = default;
inline Expression::Expression(Form its_form, std::string its_text)
    : form(its_form), text(std::move(its_text)) {}
inline Expression::Expression(Form its_form, std::string its_text, std::vector<Expression> its_arguments)
    : form(its_form), text(std::move(its_text)), arguments(std::move(its_arguments)) {}

inline Expression plain(std::string text) { return {Expression::Form::plain, std::move(text)}; }
inline Expression literal(std::string_view text) { return {Expression::Form::literal, std::string(text)}; }
inline Expression variable(std::string name) { return {Expression::Form::name, std::move(name)}; }
inline Expression call(std::string name, std::vector<Expression> arguments = {}) {
    return {Expression::Form::call, std::move(name), std::move(arguments)};
}
inline Expression block(std::string head, std::vector<std::string> lines, std::string_view end = "}") {
    Expression made{Expression::Form::block, std::move(head)};
    made.lines = std::move(lines);
    made.end = end;
    return made;
}

/// Lines end here.
inline constexpr std::size_t line_width = 110;

/// `before expression after`, laid out as a statement that is indented by so many blanks, with its line end.
std::string statement(std::size_t indent, std::string_view before, const Expression& expression,
                      std::string_view after = ";");

}  // namespace tiphys::detail::cpp
