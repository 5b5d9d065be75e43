// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/checked.hpp>
#include <tiphys/build/expr.hpp>

#include "../bad.hpp"

using namespace tiphys::expr;

void operators(const Text& text, const Number& number, const Any& unknown) {
    (void)(number + BAD("1", 1));  // expect-error + adds two numbers or joins two texts
    (void)(text == BAD(3, "3"));  // expect-error values of these two types are never equal
    (void)(text < BAD(number, unknown));  // expect-error only two numbers or two texts have an order
    (void)(unknown && BAD(text, text == "a"));  // expect-error && and || take what is true or false
    (void)(!BAD(text, (text == "a")));  // expect-error ! takes what is true or false
    (void)(2 * BAD(text, as_int(text)));  // expect-error arithmetic takes numbers
    (void)(-BAD(text, number));  // expect-error arithmetic takes numbers
    (void)unknown.in(BAD("abc", list_of("abc")));  // expect-error `in` looks into a list or a map || into a list or a map
    (void)text.contains(BAD(3, "3"));  // expect-error contains, matches, starts_with and ends_with are of texts
    (void)BAD(number, unknown)["a"];  // expect-error only a map has members with names
    (void)BAD(number, unknown).slice(1, 2);  // expect-error only a list or a text can be sliced
    (void)conditional(BAD(text, text == ""), 1, 2);  // expect-error a condition is true or false
}

void functions(const Text& text, const List& list) {
    (void)BAD(split(text), split(text, ","));  // expect-error the function takes more arguments
    (void)BAD(upper(text, 1), upper(text));  // expect-error the function takes fewer arguments
    (void)upper(BAD(1, "a"));  // expect-error an argument of the wrong type
    (void)(list | BAD(upper, reverse));  // expect-error an argument of the wrong type
    (void)(text | BAD(sprig::upper.with(), upper));  // expect-error behind a | stand functions of expr-lang and Argo
    (void)sprig::BAD(trnc, trunc)(5, text);  // expect-error trnc
    (void)BAD(sprig::trunc(5), sprig::trunc(5, text));  // expect-error the function takes more arguments
    (void)sprig::trunc(BAD("5", 5), text);  // expect-error an argument of the wrong type
    (void)BAD(sprig::upper(text, 1), sprig::upper(text));  // expect-error the function takes fewer arguments
    (void)filter(list, BAD(it() + 1, it() > 1));  // expect-error the predicate is of the wrong type
    (void)filter(BAD(text, list), it() > 1);  // expect-error the first argument is a list
    const Any outside = BAD(it(), item());  // expect-error Expr
    (void)outside;
}

void word_of_a_task(tiphys::TaskScope<tiphys::Workflow&>& task) {
    task.when(BAD(workflow.status(), workflow.status() == "Failed"));  // expect-error a condition is true or false
}
