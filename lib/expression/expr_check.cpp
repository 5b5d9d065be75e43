// SPDX-License-Identifier: Apache-2.0
#include <boost/json/object.hpp>

#include <string>
#include <vector>

#include "expr_ast.hpp"

namespace tiphys::expression::expr {
namespace {

class Checker {
public:
    Checker(std::string_view source, const Environment& env) : source_(source), env_(env) {}

    void visit(const Node& node) {
        switch (node.kind) {
            case Kind::identifier: name(node); return;
            case Kind::let: declare(node); return;
            case Kind::pointer:
                if (!node.text.empty() && node.text != scope_ && !(scope_ == "acc" && node.text == "index"))
                    throw error_at(source_, node.at, "unknown pointer #" + node.text);
                return;
            case Kind::builtin: {
                const std::string outer = scope_;
                for (std::size_t i = 0; i < node.children.size(); ++i) {
                    if (i == 1 && is_predicate_builtin(node.text))
                        scope_ = node.text == "map" ? "index" : node.text == "reduce" ? "acc" : "";
                    visit(node.child(i));
                    scope_ = outer;
                }
                return;
            }
            case Kind::call:  // what an unknown function is given, expr-lang does not check
                if (node.child(0).kind == Kind::member) {
                    visit(node.child(0));
                    return;
                }
                [[fallthrough]];
            default:
                for (const Tree& child : node.children)
                    if (child) visit(*child);
        }
    }

private:
    [[nodiscard]] bool declared(const std::string& wanted) const {
        for (const std::string& known : variables_)
            if (known == wanted) return true;
        return false;
    }

    void name(const Node& node) const {
        if (node.text != "$env" && !declared(node.text) && !env_.values().contains(node.text) &&
            !is_argo_function(node.text) && !is_builtin(node.text))
            throw error_at(source_, node.at, "unknown name " + node.text);
    }

    void declare(const Node& node) {
        std::string kind;
        if (env_.values().contains(node.text) || is_argo_function(node.text))
            kind = " ";
        else if (is_builtin(node.text))
            kind = " builtin ";
        else if (declared(node.text))
            kind = " variable ";
        if (!kind.empty()) throw error_at(source_, node.at, "cannot redeclare" + kind + node.text);
        visit(node.child(0));
        variables_.push_back(node.text);
        visit(node.child(1));
        variables_.pop_back();
    }

    std::string_view source_;
    const Environment& env_;
    std::vector<std::string> variables_;
    std::string scope_;  // what the innermost predicate offers beside #
};

}  // namespace

void check(std::string_view source, const Node& tree, const Environment& env) {
    Checker(source, env).visit(tree);
}

}  // namespace tiphys::expression::expr
