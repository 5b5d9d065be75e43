// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/inspect.hpp>
#include <tiphys/expression/jsonpath.hpp>

#include <boost/json/string.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "expr_ast.hpp"

namespace tiphys::expression {
namespace {

// All names of Masterminds/sprig 3, less env and expandenv, which Argo takes away. Sorted.
constexpr std::array sprig_names = std::to_array<std::string_view>({"abbrev",
                                                                    "abbrevboth",
                                                                    "add",
                                                                    "add1",
                                                                    "add1f",
                                                                    "addf",
                                                                    "adler32sum",
                                                                    "ago",
                                                                    "all",
                                                                    "any",
                                                                    "append",
                                                                    "atoi",
                                                                    "b32dec",
                                                                    "b32enc",
                                                                    "b64dec",
                                                                    "b64enc",
                                                                    "base",
                                                                    "bcrypt",
                                                                    "biggest",
                                                                    "buildCustomCert",
                                                                    "camelcase",
                                                                    "cat",
                                                                    "ceil",
                                                                    "chunk",
                                                                    "clean",
                                                                    "coalesce",
                                                                    "compact",
                                                                    "concat",
                                                                    "contains",
                                                                    "date",
                                                                    "dateInZone",
                                                                    "dateModify",
                                                                    "date_in_zone",
                                                                    "date_modify",
                                                                    "decryptAES",
                                                                    "deepCopy",
                                                                    "deepEqual",
                                                                    "default",
                                                                    "derivePassword",
                                                                    "dict",
                                                                    "dig",
                                                                    "dir",
                                                                    "div",
                                                                    "divf",
                                                                    "duration",
                                                                    "durationRound",
                                                                    "empty",
                                                                    "encryptAES",
                                                                    "ext",
                                                                    "fail",
                                                                    "first",
                                                                    "float64",
                                                                    "floor",
                                                                    "fromJson",
                                                                    "genCA",
                                                                    "genCAWithKey",
                                                                    "genPrivateKey",
                                                                    "genSelfSignedCert",
                                                                    "genSelfSignedCertWithKey",
                                                                    "genSignedCert",
                                                                    "genSignedCertWithKey",
                                                                    "get",
                                                                    "getHostByName",
                                                                    "has",
                                                                    "hasKey",
                                                                    "hasPrefix",
                                                                    "hasSuffix",
                                                                    "hello",
                                                                    "htmlDate",
                                                                    "htmlDateInZone",
                                                                    "htpasswd",
                                                                    "indent",
                                                                    "initial",
                                                                    "initials",
                                                                    "int",
                                                                    "int64",
                                                                    "isAbs",
                                                                    "join",
                                                                    "kebabcase",
                                                                    "keys",
                                                                    "kindIs",
                                                                    "kindOf",
                                                                    "last",
                                                                    "list",
                                                                    "lower",
                                                                    "max",
                                                                    "maxf",
                                                                    "merge",
                                                                    "mergeOverwrite",
                                                                    "min",
                                                                    "minf",
                                                                    "mod",
                                                                    "mul",
                                                                    "mulf",
                                                                    "mustAppend",
                                                                    "mustChunk",
                                                                    "mustCompact",
                                                                    "mustDateModify",
                                                                    "mustDeepCopy",
                                                                    "mustFirst",
                                                                    "mustFromJson",
                                                                    "mustHas",
                                                                    "mustInitial",
                                                                    "mustLast",
                                                                    "mustMerge",
                                                                    "mustMergeOverwrite",
                                                                    "mustPrepend",
                                                                    "mustPush",
                                                                    "mustRegexFind",
                                                                    "mustRegexFindAll",
                                                                    "mustRegexMatch",
                                                                    "mustRegexReplaceAll",
                                                                    "mustRegexReplaceAllLiteral",
                                                                    "mustRegexSplit",
                                                                    "mustRest",
                                                                    "mustReverse",
                                                                    "mustSlice",
                                                                    "mustToDate",
                                                                    "mustToJson",
                                                                    "mustToPrettyJson",
                                                                    "mustToRawJson",
                                                                    "mustUniq",
                                                                    "mustWithout",
                                                                    "must_date_modify",
                                                                    "nindent",
                                                                    "nospace",
                                                                    "now",
                                                                    "omit",
                                                                    "osBase",
                                                                    "osClean",
                                                                    "osDir",
                                                                    "osExt",
                                                                    "osIsAbs",
                                                                    "pick",
                                                                    "pluck",
                                                                    "plural",
                                                                    "prepend",
                                                                    "push",
                                                                    "quote",
                                                                    "randAlpha",
                                                                    "randAlphaNum",
                                                                    "randAscii",
                                                                    "randBytes",
                                                                    "randInt",
                                                                    "randNumeric",
                                                                    "regexFind",
                                                                    "regexFindAll",
                                                                    "regexMatch",
                                                                    "regexQuoteMeta",
                                                                    "regexReplaceAll",
                                                                    "regexReplaceAllLiteral",
                                                                    "regexSplit",
                                                                    "repeat",
                                                                    "replace",
                                                                    "rest",
                                                                    "reverse",
                                                                    "round",
                                                                    "semver",
                                                                    "semverCompare",
                                                                    "seq",
                                                                    "set",
                                                                    "sha1sum",
                                                                    "sha256sum",
                                                                    "sha512sum",
                                                                    "shuffle",
                                                                    "slice",
                                                                    "snakecase",
                                                                    "sortAlpha",
                                                                    "split",
                                                                    "splitList",
                                                                    "splitn",
                                                                    "squote",
                                                                    "sub",
                                                                    "subf",
                                                                    "substr",
                                                                    "swapcase",
                                                                    "ternary",
                                                                    "title",
                                                                    "toDate",
                                                                    "toDecimal",
                                                                    "toJson",
                                                                    "toPrettyJson",
                                                                    "toRawJson",
                                                                    "toString",
                                                                    "toStrings",
                                                                    "trim",
                                                                    "trimAll",
                                                                    "trimPrefix",
                                                                    "trimSuffix",
                                                                    "trimall",
                                                                    "trunc",
                                                                    "tuple",
                                                                    "typeIs",
                                                                    "typeIsLike",
                                                                    "typeOf",
                                                                    "uniq",
                                                                    "unixEpoch",
                                                                    "unset",
                                                                    "until",
                                                                    "untilStep",
                                                                    "untitle",
                                                                    "upper",
                                                                    "urlJoin",
                                                                    "urlParse",
                                                                    "uuidv4",
                                                                    "values",
                                                                    "without",
                                                                    "wrap",
                                                                    "wrapWith"});
static_assert(std::is_sorted(sprig_names.begin(), sprig_names.end()));

}  // namespace

bool is_sprig_function(std::string_view name) {
    return std::binary_search(sprig_names.begin(), sprig_names.end(), name);
}

namespace expr {
namespace {

class Inspector {
public:
    explicit Inspector(ExpressionUses& uses) : uses_(uses) {}

    void visit(const Node& node, bool guarded) {
        switch (node.kind) {
            case Kind::identifier: note(node.text, false, guarded); return;
            case Kind::member: member(node, guarded, false); return;
            case Kind::call: call(node, guarded); return;
            case Kind::let:
                visit(node.child(0), guarded);
                variables_.push_back(node.text);
                visit(node.child(1), guarded);
                variables_.pop_back();
                return;
            case Kind::binary:
                visit(node.child(0), guarded || node.text == "??");
                visit(node.child(1), guarded);
                return;
            default:
                for (const Tree& child : node.children)
                    if (child) visit(*child, guarded);
        }
    }

private:
    [[nodiscard]] bool declared(const std::string& name) const {
        return std::find(variables_.begin(), variables_.end(), name) != variables_.end();
    }

    void note(const std::string& path, bool open, bool guarded) {
        const std::string root = path.substr(0, path.find('.'));
        if (root == "$env" || declared(root)) return;
        if (root == path && (is_argo_function(path) || is_builtin(path))) return;
        const auto [found, made] = seen_.try_emplace(path, uses_.names.size());
        if (made) {
            uses_.names.push_back({path, open, guarded});
            return;
        }
        ExpressionUses::Name& name = uses_.names[found->second];
        name.open = name.open && open;
        name.guarded = name.guarded && guarded;
    }

    /// `a.b['c']` of plain members; empty when a part of it is computed.
    static std::string path_of(const Node& node, bool& guarded) {
        if (node.kind == Kind::identifier) return node.text;
        if (node.kind == Kind::chain) return path_of(node.child(0), guarded);
        if (node.kind != Kind::member || node.child(1).kind != Kind::literal ||
            !node.child(1).value.is_string())
            return {};
        guarded = guarded || node.optional;
        const std::string base = path_of(node.child(0), guarded);
        return base.empty() ? base : base + '.' + std::string(node.child(1).value.get_string());
    }

    void member(const Node& node, bool guarded, bool open) {
        bool cut = guarded;
        const std::string path = path_of(node, cut);
        if (!path.empty()) {
            note(path, open, cut);
            return;
        }
        const Node* base = &node.child(0);
        if (base->kind == Kind::chain) base = &base->child(0);
        if (base->kind == Kind::member)
            member(*base, guarded || node.optional, true);
        else if (base->kind == Kind::identifier)
            note(base->text, true, guarded || node.optional);
        else
            visit(*base, guarded);
        visit(node.child(1), guarded);
    }

    void unknown(const std::string& name) {
        auto& all = uses_.unknown_functions;
        if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
    }

    void call(const Node& node, bool guarded) {
        const Node& callee = node.child(0);
        if (callee.kind == Kind::identifier) {
            if (callee.text == "jsonpath") path_argument(node);
            if ((!is_argo_function(callee.text) || callee.text == "sprig") && !declared(callee.text))
                unknown(callee.text);
        } else if (callee.kind == Kind::member && callee.child(0).kind == Kind::identifier &&
                   callee.child(0).text == "sprig" && callee.child(1).kind == Kind::literal &&
                   callee.child(1).value.is_string()) {
            const std::string name(callee.child(1).value.get_string());
            if (!is_sprig_function(name)) unknown("sprig." + name);
        } else {
            visit(callee, guarded);
        }
        for (std::size_t i = 1; i < node.children.size(); ++i)
            if (node.children[i]) visit(node.child(i), guarded);
    }

    void path_argument(const Node& node) {
        if (node.children.size() != 3 || node.child(2).kind != Kind::literal ||
            !node.child(2).value.is_string())
            return;
        const std::string path(node.child(2).value.get_string());
        try {
            jsonpath("null", path);
        } catch (const ExpressionError& error) {
            // Of a document without anything in it, all other errors are of what it lacks.
            const std::string why = error.what();
            if (why.starts_with("invalid JSONPath selector")) uses_.wrong_paths.push_back(why);
        }
    }

    ExpressionUses& uses_;
    std::unordered_map<std::string, std::size_t> seen_;
    std::vector<std::string> variables_;
};

}  // namespace
}  // namespace expr

ExpressionUses inspect_expression(std::string_view expression) {
    const expr::Tree tree = expr::parse(expression, Environment());
    ExpressionUses uses;
    expr::Inspector(uses).visit(*tree, false);
    return uses;
}

}  // namespace tiphys::expression
