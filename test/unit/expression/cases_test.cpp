// SPDX-License-Identifier: Apache-2.0
// The tables of cases/: one JSON object a line, what goes in beside what the Go libraries of Argo 4.1.2 gave
// for it.
#include <tiphys/expression/expr.hpp>
#include <tiphys/expression/go_format.hpp>
#include <tiphys/expression/go_text.hpp>
#include <tiphys/expression/jsonpath.hpp>
#include <tiphys/expression/regex.hpp>
#include <tiphys/expression/template.hpp>
#include <tiphys/expression/when.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <string>

namespace tiphys::expression {
namespace {

using boost::json::object;
using boost::json::value;

std::string member(const object& from, std::string_view name) {
    return std::string(from.at(name).as_string());
}

/// 1 and 1.0 are one number in JSON; NaN and the infinities have no JSON and stand as texts.
std::string canonical(const value& found) {
    try {
        return write_json(found);
    } catch (const ExpressionError&) {
        return write_json(value(boost::json::string(format_value(found))));
    }
}

void run(const std::string& table,
         const std::function<value(const object& one, const object& env)>& function) {
    std::ifstream file(std::string(TIPHYS_SOURCE_DIR "/test/unit/expression/cases/") + table + ".jsonl");
    ASSERT_TRUE(file) << table;
    object env;
    std::string line;
    std::size_t count = 0;
    while (std::getline(file, line)) {
        const object one = boost::json::parse(line).as_object();
        if (one.size() == 1 && one.contains("env")) {
            env = one.at("env").as_object();
            continue;
        }
        ++count;
        std::string outcome;
        bool failed = false;
        try {
            outcome = canonical(function(one, env));
        } catch (const ExpressionError& error) {
            failed = true;
            outcome = error.what();
        }
        if (one.contains("result")) {
            EXPECT_FALSE(failed) << line << "\n  " << outcome;
            // One reader is exact for large integers, the other for fractions.
            const std::string whole = canonical(one.at("result"));
            const std::string precise = canonical(read_json(line).as_object().at("result"));
            EXPECT_EQ(outcome, outcome == whole ? whole : precise) << line;
        } else {
            EXPECT_TRUE(failed) << line << "\n  " << outcome;
            if (const value* text = one.if_contains("error")) {
                EXPECT_EQ(outcome, std::string(text->as_string())) << line;
            }
        }
    }
    EXPECT_GT(count, 10U) << table;
}

value text(std::string_view found) { return boost::json::string(found); }

TEST(Cases, When) {
    run("when", [](const object& one, const object&) { return value(evaluate_when(member(one, "e"))); });
}

TEST(Cases, Expression) {
    run("expr", [](const object& one, const object& env) {
        return evaluate_expression(member(one, "e"), Environment::from_names(env));
    });
}

TEST(Cases, Condition) {
    run("bool", [](const object& one, const object& env) {
        return value(evaluate_bool(member(one, "e"), Environment::from_names(env)));
    });
}

TEST(Cases, Template) {
    run("template", [](const object& one, const object& env) {
        Scope scope;
        for (const auto& entry : env) {
            if (entry.value().is_null())
                scope.set_absent(entry.key());
            else
                scope.set(entry.key(), entry.value().as_string());
        }
        Mode mode = Mode::lenient();
        if (const value* prefixes = one.if_contains("strict")) {
            std::vector<std::string> list;
            for (const value& prefix : prefixes->as_array()) list.emplace_back(prefix.as_string());
            mode = Mode::strict_prefixes(std::move(list));
        } else if (!one.at("allow").as_bool()) {
            mode = Mode::strict();
        }
        return text(substitute(member(one, "e"), scope, mode));
    });
}

TEST(Cases, JsonPath) {
    run("jsonpath",
        [](const object& one, const object&) { return jsonpath(member(one, "d"), member(one, "p")); });
}

TEST(Cases, Format) {
    run("format", [](const object& one, const object&) {
        return text(format_integer(member(one, "e"), parse_int(member(one, "n")).value()));
    });
}

TEST(Cases, Duration) {
    run("duration", [](const object& one, const object&) {
        const std::string given = member(one, "e");
        const std::int64_t nanoseconds = parse_duration(given);
        std::string out = format_duration(nanoseconds);
        if (!parse_int(given)) out += ' ' + std::to_string(nanoseconds);
        return text(out);
    });
}

TEST(Cases, Json) {
    run("json", [](const object& one, const object&) { return read_json(member(one, "e")); });
}

TEST(Cases, Quote) {
    run("quote", [](const object& one, const object&) { return text(quote(member(one, "e"))); });
}

TEST(Cases, Regex) {
    run("regex", [](const object& one, const object&) -> value {
        const auto found = Regex(member(one, "p")).find(member(one, "e"));
        if (!found) return nullptr;
        boost::json::array out;
        for (const std::size_t place : *found)
            out.push_back(place == Regex::npos ? std::int64_t{-1} : static_cast<std::int64_t>(place));
        return out;
    });
}

}  // namespace
}  // namespace tiphys::expression
