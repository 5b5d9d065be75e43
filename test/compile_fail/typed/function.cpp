// SPDX-License-Identifier: Apache-2.0
#include <tiphys/build/build.hpp>
#include <tiphys/task/main.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "../bad.hpp"

using namespace tiphys;

struct Split {
    int shards = 1;
};
BOOST_DESCRIBE_STRUCT(Split, (), (shards))
struct Chunks {
    list<str> names;
};
BOOST_DESCRIBE_STRUCT(Chunks, (), (names))
struct Count {
    str chunk;
};
BOOST_DESCRIBE_STRUCT(Count, (), (chunk))
struct Words {
    long total = 0;
};
BOOST_DESCRIBE_STRUCT(Words, (), (total))
enum class Level { low, high };
BOOST_DESCRIBE_ENUM(Level, low, high)
struct Train {
    File data;
    Json<str> notes{};
    std::optional<int> seed{};
    Level level = Level::low;
};
BOOST_DESCRIBE_STRUCT(Train, (), (data, notes, seed, level))
struct Report {
    Json<int> number;
    Text text;
    long loss = 0;
};
BOOST_DESCRIBE_STRUCT(Report, (), (number, text, loss))

Chunks split(const Split&);
Words count(const Count&);
long size(const Count&);
void clean();
Report train(const Train&);
void two(const Count&, const Split&);
void plain(int);
void pointer(const Count*);
void reference(Count&);
void moved(Count&&);

void signatures(Workflow& workflow) {
    workflow.function<BAD(&two, &count)>();  // expect-error takes one described struct, or nothing: Out f(const In&)
    workflow.function<BAD(&plain, &count)>("number");  // expect-error takes one described struct, or nothing: Out f(const In&)
    workflow.function<BAD(&pointer, &count)>(Script());  // expect-error takes one described struct, or nothing: Out f(const In&)
    workflow.dag("a").task<BAD(&reference, &moved)>("a");  // expect-error takes one described struct, or nothing: Out f(const In&)
    workflow.BAD(task, dag("b").task)<&count>("count");  // expect-error task
}

void types(TaskScope<Workflow&>& task) {
    task.with<&Split::shards>(BAD(output<&size>("x"), 5));  // expect-error with
    task.with<&Count::chunk>(each(output<BAD(&size, &Chunks::names)>("x")));  // expect-error each
    task.with<&Train::seed>(BAD("5", 5));  // expect-error with
    task.with<&Train::level>(BAD("low", Level::low));  // expect-error with
    task.with<&Train::data>(BAD("/tmp/data", output<&Report::text>("x")));  // expect-error with
    task.with<&Train::data>(output<BAD(&Report::loss, &Report::number)>("x"));  // expect-error with
    task.with<&Train::notes>(output<BAD(&Report::number, &Report::text)>("x"));  // expect-error with
    TIPHYS_WHEN_WRONG((void)output<&clean>("x");)  // expect-error the function has no result: name a member of what it gives
}

constexpr auto functions = [] {
    Workflow workflow("words-");
    workflow.entrypoint("main").image("words");
    workflow.function<&split>().function<&count>().function<&size>();
    return workflow;
};

constexpr auto member_of_another = [] {
    return functions().dag("main")
        .task<&count>("count")  TIPHYS_WHEN_WRONG(.with<&Count::chunk>("a"))
            .with<BAD(&Split::shards, &Count::chunk)>(BAD(3, "a"));  // expect arguments.unknown: task `count` gives `shards`, but template `count` has no such input parameter // expect contract.types: `count` is given a member of Split, but template `count` takes Count
};

constexpr auto result_of_another = [] {
    return functions().dag("main")
        .task<&split>("split").with<&Split::shards>(3)
        .task<BAD(&count, &size)>("count").with<&Count::chunk>("a")
        .task("show", Container("busybox").contract<Words>().command("echo", "{{inputs.parameters.total}}"))
            .with<&Words::total>(output<&size>("count"));  // expect contract.types: the result of function `size` is asked of `count`, whose template `count` does not run it
};

constexpr auto result_of_a_loop = [] {
    return functions().dag("main")
        .task<&size>("size").with<&Count::chunk>("a") TIPHYS_WHEN_WRONG(.with_items(1, 2))
        .task("show", Container("busybox").contract<Words>().command("echo", "{{inputs.parameters.total}}"))
            .with<&Words::total>(output<&size>("size"));  // expect contract.types: `size` runs for each of a loop and gives a list: take all(...) of it
};

constexpr auto no_image = [] {
    return Workflow("words-").entrypoint("main") TIPHYS_WHEN_RIGHT(.image("words"))
        .dag("main").task<&clean>("clean");  // expect container.image: the script of template `clean` has no image
};

constexpr auto unknown_default = [] {
    return Workflow("words-").entrypoint("main").image("words")
        .function<&train>(Script().input(Parameter("level").enum_("low", "high").default_(BAD("middle", "high"))))  // expect input.not-in-enum: the default `middle` of input `level` of template `train` is not in its enum: `low`, `high`
        .dag("main").task<&train>("t").with(Artifact("data").raw(RawArtifact("1"))).with(Artifact("notes").raw(RawArtifact("1")));
};

constexpr auto wrong_program = [] {
    return Workflow("words-").image("words")
        .entrypoint(BAD("mian", "main"))  // expect workflow.unknown-entrypoint: the entrypoint is template `mian`, which the workflow does not have; did you mean `main`?
        .dag("main").task<&clean>("clean");
};

int program(int argc, char** argv) { return tiphys::main<wrong_program>(argc, argv); }

void all() {
    checked<member_of_another>();
    checked<result_of_another>();
    checked<result_of_a_loop>();
    checked<no_image>();
    checked<unknown_default>();
}
