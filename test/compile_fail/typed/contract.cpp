// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/checked.hpp>
#include <tiphys/build/contract.hpp>
#include <tiphys/build/expr.hpp>

#include <boost/describe/class.hpp>

#include "../bad.hpp"

using namespace tiphys;

struct Split {
    int shards = 1;
};
BOOST_DESCRIBE_STRUCT(Split, (), (shards))
struct Chunks {
    list<str> names;
    str first;
};
BOOST_DESCRIBE_STRUCT(Chunks, (), (names, first))
struct Count {
    str chunk;
};
BOOST_DESCRIBE_STRUCT(Count, (), (chunk))
struct Piece {
    str chunk;
};
BOOST_DESCRIBE_STRUCT(Piece, (), (chunk))
struct Words {
    long total = 0;
};
BOOST_DESCRIBE_STRUCT(Words, (), (total))
struct Sum {
    list<long> totals;
};
BOOST_DESCRIBE_STRUCT(Sum, (), (totals))
struct Total {
    long total;
};
BOOST_DESCRIBE_STRUCT(Total, (), (total))
struct Text {
    str total;
};
BOOST_DESCRIBE_STRUCT(Text, (), (total))
struct Bare {
    str chunk;
};

void types(TaskScope<Workflow&>& task, int number) {
    task.with<&Count::chunk>(BAD(number, "five"));  // expect-error with
    task.with<&Split::shards>(BAD("5", number));  // expect-error with
    task.with<&Split::shards>(BAD(5.5, 5));  // expect-error with
    task.with<&Count::chunk>(BAD(output<&Words::total>("x"), output<&Chunks::first>("x")));  // expect-error with
    task.with<&Count::chunk>(BAD(output<&Chunks::names>("x"), each(output<&Chunks::names>("x"))));  // expect-error with
    task.with<&Count::chunk>(each(output<BAD(&Words::total, &Chunks::names)>("x")));  // expect-error each
    task.with<&Sum::totals>(BAD(output<&Words::total>("x"), all(output<&Words::total>("x"))));  // expect-error with
    task.with<&Sum::totals>(all(output<BAD(&Chunks::first, &Words::total)>("x")));  // expect-error with
    constexpr auto member = BAD(&Count::chnk, &Count::chunk);  // expect-error chnk
    TIPHYS_WHEN_RIGHT(task.with<member>("x");)
    task.with<BAD(&Bare::chunk, &Count::chunk)>("x");  // expect-error describe the struct: BOOST_DESCRIBE_STRUCT
    task.with(outputs<Piece, BAD(Split, Count)>("x"));  // expect-error the two structs have no member of one name
    task.with(outputs<BAD(Text, Words), Total>("x"));  // expect-error a member of one name has another type in the struct that takes it
    task.with(BAD(all_outputs, outputs)<Words, Total>("x"));  // expect-error a member of one name has another type in the struct that takes it
    task.with(outputs<BAD(Bare, Count)>("x"));  // expect-error describe the struct: BOOST_DESCRIBE_STRUCT
    task.with_each(BAD(Bare, Count){"a"});  // expect-error with_each takes json_object
    task.with_each(Count{"a"}, BAD(3, Count{"b"}));  // expect-error with_each takes json_object
    task.with<&Split::shards>(BAD(expr::string(expr::item()), expr::as_int(expr::item())));  // expect-error with
}

constexpr auto templates = [] {
    Workflow workflow("word-count-");
    workflow.entrypoint("main");
    workflow.container("split", Container("busybox").command("split").contract<Split, Chunks>());
    workflow.container("count", Container("busybox").command("count").contract<Count, Words>());
    workflow.container("sum", Container("busybox").command("sum").contract<Sum, Words>());
    return workflow;
};

constexpr auto another_struct = [] {
    return templates().dag("main")
        .task("count", "count")
            .with<BAD(&Piece::chunk, &Count::chunk)>("a");  // expect contract.types: `count` is given a member of Piece, but template `count` takes Count
};

constexpr auto another_output = [] {
    return templates().dag("main")
        .task("split", "split").with<&Split::shards>(3)
        .task("count", "count")
            .with<&Count::chunk>(output<BAD(&Count::chunk, &Chunks::first)>("split"));  // expect variable.unknown: task `count` uses {{tasks.split.outputs.parameters.chunk}}, but template `split`, which task `split` runs, has no output parameter `chunk` // expect contract.types: a member of Count is asked of `split`, whose template `split` gives Chunks
};

constexpr auto tools = [] {
    return WorkflowTemplate("tools").container("count", Container("busybox").command("count").contract<Count, Words>());
};

constexpr auto another_struct_of_a_library = [] {
    return templates().dag("main")
        .task("count", ref(tools, "count"))
            .with<BAD(&Piece::chunk, &Count::chunk)>("a");  // expect contract.types: `count` is given a member of Piece, but template `count` of `tools` takes Count
};

constexpr auto another_struct_of_an_inline_template = [] {
    return templates().dag("main")
        .task("count", Container("busybox").command("count").contract<Count>())
            .with<BAD(&Piece::chunk, &Count::chunk)>("a");  // expect contract.types: `count` is given a member of Piece, but its inline template takes Count
};

constexpr auto another_struct_of_a_given_library = [] {
    return templates().dag("main")
        .task("count", ref("tools", "count"))
            .with<BAD(&Piece::chunk, &Count::chunk)>("a");  // expect contract.types: `count` is given a member of Piece, but template `count` of `tools` takes Count
};

struct Number {
    long n;
};
BOOST_DESCRIBE_STRUCT(Number, (), (n))

constexpr auto one_of_a_loop = [] {
    return templates().container("show", Container("busybox").command("true").contract<Number>())
        .dag("main")
        .task("loop", "count").with<&Count::chunk>("a") TIPHYS_WHEN_WRONG(.with_items("a", "b"))
        .task("show", "show")
            .with<&Number::n>(output<&Words::total>("loop"));  // expect contract.types: `loop` runs for each of a loop and gives a list: take all(...) of it
};

constexpr auto all_of_one = [] {
    return templates().dag("main")
        .task("once", "count").with<&Count::chunk>("a") TIPHYS_WHEN_RIGHT(.with_items(1, 2))
        .task("sum", "sum")
            .with<&Sum::totals>(all(output<&Words::total>("once")));  // expect contract.types: all(...) is of what a loop gives, but `once` runs once
};

constexpr auto item_without_a_loop = [] {
    return templates().dag("main")
        .task("count", "count") TIPHYS_WHEN_RIGHT(.with_items("a", "b"))
            .with<&Count::chunk>("{{item}}");  // expect variable.unknown: task `count` uses {{item}}, but the task has no withItems, withParam or withSequence
};

constexpr auto each_of_another = [] {
    Workflow workflow = templates();
    auto dag = workflow.dag("main");
    dag.task("count", "count").with_each(BAD(Piece, Count){"a"});  // expect contract.types: `count` is given a member of Piece, but template `count` takes Count
    return workflow;
};

constexpr auto members_of_another = [] {
    return templates().dag("main")
        .task("split", "split")
        .task("count", "count").with("chunk", "a")
        .task("show", Container("busybox").command("true").contract<BAD(Words, Chunks)>())
            .with(outputs<BAD(Words, Chunks)>("split"));  // expect variable.unknown: task `show` uses {{tasks.split.outputs.parameters.total}}, but template `split`, which task `split` runs, has no output parameter `total` // expect contract.types: a member of Words is asked of `split`, whose template `split` gives Chunks
};

constexpr auto missing = [] {
    return templates().dag("main")
        .task("count", "count") TIPHYS_WHEN_RIGHT(.with<&Count::chunk>("a"));  // expect arguments.missing: task `count` does not give `chunk`, an input parameter of template `count`
};

constexpr auto output_not_given = [] {
    Workflow workflow = templates();
    auto dag = workflow.dag("main");
    dag.contract<nothing, Words>();  // expect output.no-value: the output parameter `total` of dag `main` has no valueFrom
    TIPHYS_WHEN_RIGHT(dag.gives<&Words::total>(output<&Words::total>("count"));)
    dag.task("count", "count").with<&Count::chunk>("a");
    return workflow;
};

void all() {
    checked<another_struct>();
    checked<another_output>();
    checked<another_struct_of_a_library>();
    checked<another_struct_of_an_inline_template>();
    checked<another_struct_of_a_given_library, tools>();
    checked<one_of_a_loop>();
    checked<all_of_one>();
    checked<item_without_a_loop>();
    checked<each_of_another>();
    checked<members_of_another>();
    checked<missing>();
    checked<output_not_given>();
}
