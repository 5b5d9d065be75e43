// SPDX-License-Identifier: Apache-2.0
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/regex.hpp>

#include <algorithm>
#include <array>
#include <memory>

namespace tiphys::expression {

/// Pattern to tree by recursive descent, tree to program.
class RegexCompiler {
public:
    RegexCompiler(std::string_view pattern, Regex& out) : text_(pattern), out_(out) {}

    void compile() {
        Tree tree = alternation(0);
        if (at_ < text_.size())
            throw ExpressionError("error parsing regexp: unexpected ): `" + std::string(text_) + '`');
        emit(Regex::Op::save, 0);
        emit(tree);
        emit(Regex::Op::save, 1);
        emit(Regex::Op::match);
    }

private:
    using Set = Regex::Set;
    enum class Kind : std::uint8_t { empty, set, assertion, group, sequence, choice, repeat };
    struct Node;
    using Tree = std::unique_ptr<Node>;
    struct Node {
        Kind kind = Kind::empty;
        Set set;
        Regex::Op assertion = Regex::Op::match;
        std::size_t group = 0;
        int least = 0, most = 0;  // most < 0: no bound
        bool greedy = true;
        std::vector<Tree> children;
    };
    struct Flags {
        bool fold = false, multiline = false, dot_all = false, ungreedy = false;
    };
    static constexpr char32_t last_rune = 0x10FFFF;

    [[noreturn]] void fail(std::string_view what, std::string_view where) const {
        throw ExpressionError("error parsing regexp: " + std::string(what) + ": `" + std::string(where) +
                              '`');
    }

    [[nodiscard]] bool more() const { return at_ < text_.size(); }
    [[nodiscard]] bool is(std::string_view next) const { return text_.substr(at_, next.size()) == next; }
    bool take(std::string_view next) {
        if (!is(next)) return false;
        at_ += next.size();
        return true;
    }

    static Tree make(Kind kind) {
        auto node = std::make_unique<Node>();
        node->kind = kind;
        return node;
    }
    static Tree assertion(Regex::Op op) {
        Tree node = make(Kind::assertion);
        node->assertion = op;
        return node;
    }

    static void normalise(Set& set) {
        std::sort(set.begin(), set.end());
        Set merged;
        for (const auto& [low, high] : set) {
            if (!merged.empty() && low <= merged.back().second + 1)
                merged.back().second = std::max(merged.back().second, high);
            else
                merged.emplace_back(low, high);
        }
        set = std::move(merged);
    }
    static Set negated(Set set) {
        normalise(set);
        Set out;
        char32_t next = 0;
        for (const auto& [low, high] : set) {
            if (low > next) out.emplace_back(next, low - 1);
            next = high + 1;
        }
        if (next <= last_rune) out.emplace_back(next, last_rune);
        return out;
    }
    void fold(Set& set) const {
        if (!flags_.fold) return;
        const Set before = set;
        for (const auto& [low, high] : before) {
            // The letters that have a case here lie below U+0460.
            for (char32_t rune = low; rune <= std::min<char32_t>(high, 0x460); ++rune) {
                std::string one;
                append_rune(one, rune);
                for (const std::string& other : {to_upper(one), to_lower(one)}) {
                    std::size_t at = 0;
                    const char32_t changed = decode_rune(other, at);
                    if (changed != rune) set.emplace_back(changed, changed);
                }
            }
        }
    }
    Tree one_of(Set set) const {
        fold(set);
        normalise(set);
        Tree node = make(Kind::set);
        node->set = std::move(set);
        return node;
    }

    Tree alternation(int depth) {
        if (depth > 1000) fail("expression nests too deeply", text_);
        const Flags before = flags_;
        std::vector<Tree> choices;
        choices.push_back(sequence(depth));
        while (take("|")) choices.push_back(sequence(depth));
        flags_ = before;
        if (choices.size() == 1) return std::move(choices.front());
        Tree node = make(Kind::choice);
        node->children = std::move(choices);
        return node;
    }

    Tree sequence(int depth) {
        Tree node = make(Kind::sequence);
        while (more() && !is("|") && !is(")")) {
            const std::size_t begin = at_;
            if (Tree piece = atom(depth)) node->children.push_back(repeats(std::move(piece), begin));
        }
        return node;
    }

    /// The operators after an atom. `x**` is an error in Go, `x*?` is lazy.
    Tree repeats(Tree piece, std::size_t) {
        std::size_t previous = std::string_view::npos;
        while (more()) {
            const std::size_t begin = at_;
            int least = 0;
            int most = -1;
            if (take("*")) {
            } else if (take("+")) {
                least = 1;
            } else if (take("?")) {
                most = 1;
            } else if (!bounds(least, most)) {
                break;
            }
            const bool lazy = take("?");
            if (previous != std::string_view::npos)
                fail("invalid nested repetition operator", text_.substr(previous, at_ - previous));
            if (most > 1000 || least > 1000 || (most >= 0 && least > most))
                fail("invalid repeat count", text_.substr(begin, at_ - begin));
            previous = begin;
            Tree node = make(Kind::repeat);
            node->least = least;
            node->most = most;
            node->greedy = lazy == flags_.ungreedy;
            node->children.push_back(std::move(piece));
            piece = std::move(node);
        }
        return piece;
    }

    bool number(int& value) {
        const std::size_t begin = at_;
        value = 0;
        while (more() && text_[at_] >= '0' && text_[at_] <= '9')
            value = std::min(value * 10 + (text_[at_++] - '0'), 100'000);
        return at_ > begin && (at_ == begin + 1 || text_[begin] != '0');
    }
    /// `{2}`, `{2,}`, `{2,5}`; anything else is the text itself.
    bool bounds(int& least, int& most) {
        const std::size_t begin = at_;
        if (take("{") && number(least)) {
            most = least;
            if (take(",")) {
                most = -1;
                if (!is("}") && !number(most)) {
                    at_ = begin;
                    return false;
                }
            }
            if (take("}")) return true;
        }
        at_ = begin;
        return false;
    }

    Tree atom(int depth) {
        const std::size_t begin = at_;
        switch (text_[at_]) {
            case '(': return group(depth);
            case '[': return bracket();
            case '.':
                ++at_;
                return flags_.dot_all ? one_of({{0, last_rune}}) : one_of(negated({{'\n', '\n'}}));
            case '^':
                ++at_;
                return assertion(flags_.multiline ? Regex::Op::begin_line : Regex::Op::begin_text);
            case '$': ++at_; return assertion(flags_.multiline ? Regex::Op::end_line : Regex::Op::end_text);
            case '*':
            case '+':
            case '?':
                fail("missing argument to repetition operator",
                     text_.substr(begin, is("*?") || is("+?") || is("??") ? 2 : 1));
            case '\\': return escape();
            case '{': {
                int least = 0;
                int most = 0;
                if (bounds(least, most))
                    fail("missing argument to repetition operator", text_.substr(begin, at_ - begin));
                break;
            }
            default: break;
        }
        const char32_t rune = decode_rune(text_, at_);
        return one_of({{rune, rune}});
    }

    Tree group(int depth) {
        const std::size_t begin = at_;
        ++at_;
        std::size_t number = 0;
        bool captures = true;
        const Flags before = flags_;
        if (is("?P<") || (is("?<") && !is("?<=") && !is("?<!"))) {
            at_ += is("?P<") ? 3 : 2;
            const std::size_t end = text_.find('>', at_);
            if (end == std::string_view::npos) fail("invalid named capture", text_.substr(begin));
            const std::string name(text_.substr(at_, end - at_));
            at_ = end + 1;
            const bool word = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
                return is_letter(static_cast<unsigned char>(c)) || (c >= '0' && c <= '9') || c == '_';
            });
            if (!word) fail("invalid named capture", text_.substr(begin, at_ - begin));
            if (out_.group(name)) fail("duplicate capture group name", name);
            out_.names_.emplace_back(name, out_.groups_ + 1);
        } else if (take("?")) {
            captures = false;
            bool on = true;
            bool any = false;
            for (bool flags = true; flags;) {
                if (!more()) fail("invalid or unsupported Perl syntax", text_.substr(begin));
                switch (text_[at_++]) {
                    case 'i':
                        flags_.fold = on;
                        any = true;
                        break;
                    case 'm':
                        flags_.multiline = on;
                        any = true;
                        break;
                    case 's':
                        flags_.dot_all = on;
                        any = true;
                        break;
                    case 'U':
                        flags_.ungreedy = on;
                        any = true;
                        break;
                    case '-':
                        if (!on) fail("invalid or unsupported Perl syntax", text_.substr(begin, at_ - begin));
                        on = false;
                        any = false;
                        break;
                    case ')':
                        if (!on && !any)
                            fail("invalid or unsupported Perl syntax", text_.substr(begin, at_ - begin));
                        return nullptr;  // the flags hold for the rest of the enclosing group
                    case ':':
                        if (!on && !any)
                            fail("invalid or unsupported Perl syntax", text_.substr(begin, at_ - begin));
                        flags = false;
                        break;
                    default: fail("invalid or unsupported Perl syntax", text_.substr(begin, at_ - begin));
                }
            }
        }
        if (captures) number = ++out_.groups_;
        Tree inner = alternation(depth + 1);
        flags_ = before;
        if (!take(")")) fail("missing closing )", text_);
        Tree node = make(Kind::group);
        node->group = number;
        node->children.push_back(std::move(inner));
        return node;
    }

    /// \d \s \w and their opposites.
    static bool perl_class(char kind, Set& set) {
        Set found;
        switch (kind | 0x20) {
            case 'd': found = {{'0', '9'}}; break;
            case 's': found = {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}}; break;
            case 'w': found = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}; break;
            default: return false;
        }
        if (kind < 'a') found = negated(std::move(found));
        set.insert(set.end(), found.begin(), found.end());
        return true;
    }

    /// What follows `\\x`: two digits, or any number of them in braces.
    std::optional<char32_t> hex() {
        const bool braces = take("{");
        char32_t value = 0;
        for (int digits = 0; more(); ++digits) {
            if (braces && digits > 0 && take("}")) return value;
            const auto digit =
                text_[at_] == '-' || text_[at_] == '+' ? std::nullopt : parse_int(text_.substr(at_, 1), 16);
            decode_rune(text_, at_);
            if (!digit) break;
            value = value * 16 + static_cast<char32_t>(*digit);
            if (value > last_rune) break;
            if (!braces && digits == 1) return value;
        }
        return std::nullopt;
    }

    /// One escaped code point; `at_` stands after the backslash.
    char32_t escaped(std::size_t begin) {
        if (!more()) fail("trailing backslash at end of expression", "");
        const char32_t rune = decode_rune(text_, at_);
        constexpr std::string_view from = "afnrtv";
        constexpr std::string_view to = "\a\f\n\r\t\v";
        if (rune < 0x80) {
            if (const auto simple = from.find(static_cast<char>(rune)); simple != std::string_view::npos)
                return static_cast<unsigned char>(to[simple]);
            if (rune == '0' ||
                (rune >= '1' && rune <= '7' && more() && text_[at_] >= '0' && text_[at_] <= '7')) {
                char32_t value = rune - '0';
                for (int i = 1; i < 3 && more() && text_[at_] >= '0' && text_[at_] <= '7'; ++i)
                    value = value * 8 + static_cast<char32_t>(text_[at_++] - '0');
                return value;
            }
            if (rune == 'x') {
                if (const auto value = hex()) return *value;
            } else if (!is_letter(rune) && !is_digit(rune)) {
                return rune;
            }
        }
        fail("invalid escape sequence", text_.substr(begin, at_ - begin));
    }

    Tree escape() {
        const std::size_t begin = at_++;
        if (!more()) fail("trailing backslash at end of expression", "");
        const char kind = text_[at_];
        Set set;
        if (perl_class(kind, set)) {
            ++at_;
            return one_of(std::move(set));
        }
        switch (kind) {
            case 'A': ++at_; return assertion(Regex::Op::begin_text);
            case 'z': ++at_; return assertion(Regex::Op::end_text);
            case 'b': ++at_; return assertion(Regex::Op::word);
            case 'B': ++at_; return assertion(Regex::Op::not_word);
            case 'Q': {
                ++at_;
                const std::size_t end = std::min(text_.find("\\E", at_), text_.size());
                Tree node = make(Kind::sequence);
                while (at_ < end) {
                    const char32_t rune = decode_rune(text_, at_);
                    node->children.push_back(one_of({{rune, rune}}));
                }
                take("\\E");
                return node;
            }
            case 'p':
            case 'P': {
                std::size_t end = at_ + 2;
                if (text_.substr(at_ + 1, 1) == "{")
                    end = std::min(text_.find('}', at_), text_.size() - 1) + 1;
                fail("invalid character class range", text_.substr(begin, end - begin));
            }
            default: break;
        }
        const char32_t rune = escaped(begin);
        return one_of({{rune, rune}});
    }

    bool posix(Set& set) {
        if (!is("[:")) return false;
        const std::size_t end = text_.find(":]", at_ + 2);
        if (end == std::string_view::npos) return false;
        std::string_view name = text_.substr(at_ + 2, end - at_ - 2);
        const bool negative = !name.empty() && name.front() == '^';
        if (negative) name.remove_prefix(1);
        struct Class {
            std::string_view name, ranges;  // pairs of first and last
        };
        static constexpr std::array<Class, 14> classes{{{"alnum", "09AZaz"},
                                                        {"alpha", "AZaz"},
                                                        {"ascii", std::string_view("\0\x7F", 2)},
                                                        {"blank", "\t\t  "},
                                                        {"cntrl", std::string_view("\0\x1F\x7F\x7F", 4)},
                                                        {"digit", "09"},
                                                        {"graph", "!~"},
                                                        {"lower", "az"},
                                                        {"print", " ~"},
                                                        {"punct", "!/:@[`{~"},
                                                        {"space", "\t\r  "},
                                                        {"upper", "AZ"},
                                                        {"word", "09AZaz__"},
                                                        {"xdigit", "09AFaf"}}};
        const auto found =
            std::find_if(classes.begin(), classes.end(), [&](const Class& c) { return c.name == name; });
        if (found == classes.end()) fail("invalid character class range", text_.substr(at_, end + 2 - at_));
        Set members;
        for (std::size_t i = 0; i + 1 < found->ranges.size(); i += 2)
            members.emplace_back(static_cast<unsigned char>(found->ranges[i]),
                                 static_cast<unsigned char>(found->ranges[i + 1]));
        if (negative) members = negated(std::move(members));
        set.insert(set.end(), members.begin(), members.end());
        at_ = end + 2;
        return true;
    }

    Tree bracket() {
        const std::size_t begin = at_++;
        const bool negative = take("^");
        Set set;
        for (bool first = true; !more() || !is("]") || first; first = false) {
            if (!more()) fail("missing closing ]", text_.substr(begin));
            if (is("-") && !first && text_.substr(at_ + 1, 1) != "]" && at_ + 1 < text_.size())
                fail("invalid character class range", text_.substr(at_, 2));  // "[a-b-c]", as Go refuses it
            if (posix(set)) continue;
            const std::size_t item = at_;
            if (is("\\") && at_ + 1 < text_.size()) {
                if (perl_class(text_[at_ + 1], set)) {
                    at_ += 2;
                    continue;
                }
                if (text_[at_ + 1] == 'p' || text_[at_ + 1] == 'P')
                    fail("invalid character class range", text_.substr(at_, 3));
            }
            const char32_t low = class_rune(item);
            char32_t high = low;
            if (is("-") && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
                ++at_;
                high = class_rune(at_);
                if (high < low) fail("invalid character class range", text_.substr(item, at_ - item));
            }
            set.emplace_back(low, high);
        }
        ++at_;
        fold(set);
        if (negative) set = negated(std::move(set));
        normalise(set);
        Tree node = make(Kind::set);
        node->set = std::move(set);
        return node;
    }

    char32_t class_rune(std::size_t begin) {
        if (!more()) fail("missing closing ]", text_.substr(begin));
        return take("\\") ? escaped(begin) : decode_rune(text_, at_);
    }

    std::uint32_t emit(Regex::Op op, std::uint32_t first = 0, std::uint32_t second = 0) {
        if (out_.program_.size() >= 30'000) fail("expression too large", text_);
        out_.program_.push_back({op, first, second});
        return static_cast<std::uint32_t>(out_.program_.size() - 1);
    }
    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(out_.program_.size()); }

    void split_targets(std::uint32_t at, std::uint32_t inside, std::uint32_t outside, bool greedy) {
        out_.program_[at].first = greedy ? inside : outside;
        out_.program_[at].second = greedy ? outside : inside;
    }

    void emit(const Tree& node) {
        switch (node->kind) {
            case Kind::empty: break;
            case Kind::set:
                out_.sets_.push_back(node->set);
                emit(Regex::Op::set, static_cast<std::uint32_t>(out_.sets_.size() - 1));
                break;
            case Kind::assertion: emit(node->assertion); break;
            case Kind::group: {
                const auto slot = static_cast<std::uint32_t>(2 * node->group);
                if (slot > 0) emit(Regex::Op::save, slot);
                emit(node->children.front());
                if (slot > 0) emit(Regex::Op::save, slot + 1);
                break;
            }
            case Kind::sequence:
                for (const Tree& child : node->children) emit(child);
                break;
            case Kind::choice: {
                std::vector<std::uint32_t> ends;
                for (std::size_t i = 0; i + 1 < node->children.size(); ++i) {
                    const std::uint32_t split = emit(Regex::Op::split);
                    emit(node->children[i]);
                    ends.push_back(emit(Regex::Op::jump));
                    split_targets(split, split + 1, here(), true);
                }
                emit(node->children.back());
                for (const std::uint32_t end : ends) out_.program_[end].first = here();
                break;
            }
            case Kind::repeat: {
                const Tree& child = node->children.front();
                for (int i = 0; i < node->least; ++i) emit(child);
                if (node->most < 0) {
                    const std::uint32_t split = emit(Regex::Op::split);
                    emit(child);
                    emit(Regex::Op::jump, split);
                    split_targets(split, split + 1, here(), node->greedy);
                } else {
                    std::vector<std::uint32_t> splits;
                    for (int i = node->least; i < node->most; ++i) {
                        splits.push_back(emit(Regex::Op::split));
                        emit(child);
                    }
                    for (const std::uint32_t split : splits)
                        split_targets(split, split + 1, here(), node->greedy);
                }
                break;
            }
        }
    }

    std::string_view text_;
    Regex& out_;
    std::size_t at_ = 0;
    Flags flags_;
};

Regex::Regex(std::string_view pattern) : pattern_(pattern) { RegexCompiler(pattern_, *this).compile(); }

}  // namespace tiphys::expression
