// SPDX-License-Identifier: Apache-2.0
// The program of the tests: functions of every form, in workflows that run them here and through a server.
#include <tiphys/task/main.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace tiphys;

namespace {

struct Split {
    int shards = 2;
};
BOOST_DESCRIBE_STRUCT(Split, (), (shards))
struct Chunks {
    std::vector<std::string> names;
};
BOOST_DESCRIBE_STRUCT(Chunks, (), (names))
struct Count {
    std::string chunk;
};
BOOST_DESCRIBE_STRUCT(Count, (), (chunk))
struct Words {
    long total = 0;
};
BOOST_DESCRIBE_STRUCT(Words, (), (total))
struct Sum {
    std::vector<long> totals;
};
BOOST_DESCRIBE_STRUCT(Sum, (), (totals))

Chunks split(const Split& in) {
    Chunks made;
    for (int i = 0; i < in.shards; ++i) made.names.push_back("part-" + std::to_string(i));
    return made;
}
Words count(const Count& in) { return {static_cast<long>(in.chunk.size())}; }
Words sum(const Sum& in) {
    Words made;
    for (const long one : in.totals) made.total += one;
    return made;
}

constexpr auto word_count = [] {
    return Workflow("word-count-")
        .entrypoint("main")
        .image("words:1.0")
        .program(TIPHYS_WORDS)  // as it would lie in the image
        .parameters<Split>()
        .dag("main")
        .contract<nothing, Words>()
        .gives<&Words::total>(output<&Words::total>("sum"))
        .task<&split>("split")
        .with<&Split::shards>(workflow_parameter<&Split::shards>())
        .task<&count>("count")
        .with<&Count::chunk>(each(output<&Chunks::names>("split")))
        .task<&sum>("sum")
        .with<&Sum::totals>(all(output<&Words::total>("count")))
        .function<&sum>(Script().output("total", "/results/total"));
};

enum class Tone { soft, loud };
BOOST_DESCRIBE_ENUM(Tone, soft, loud)
struct Message {
    str text;  // of which clang with libstdc++ 12 can make a default, as it cannot of std::string
    Tone tone = Tone::loud;
};
BOOST_DESCRIBE_STRUCT(Message, (), (text, tone))
struct Said {
    std::string text;
    long size = 0;
};
BOOST_DESCRIBE_STRUCT(Said, (), (text, size))
struct Sizes {
    std::vector<long> sizes;
    Tone tone = Tone::soft;
};
BOOST_DESCRIBE_STRUCT(Sizes, (), (sizes, tone))

Said repeat(const Message& in) {
    std::cout << "what it prints is no part of its outputs\n";
    return {in.text.string(), static_cast<long>(in.text.size())};
}
Tone tone_of(const Message& in) {
    std::puts("what it prints is no part of its result");
    return in.tone;
}
std::vector<long> no_sizes() { return {}; }
long add(const Sizes& in) {
    long all = in.tone == Tone::loud ? 1000 : 0;
    for (const long one : in.sizes) all += one;
    return all;
}

constexpr auto echo = [] {
    return Workflow("echo-")
        .entrypoint("main")
        .image("words:1.0")
        .program(TIPHYS_WORDS)
        .parameters<Message>()
        .dag("main")
        .output("text", output("repeat", "text"))
        .output("sum", output("add"))
        .output("nothing", output("none"))
        .task<&repeat>("repeat")
        .with<&Message::text>(workflow_parameter<&Message::text>())
        .task<&tone_of>("tone")
        .with<&Message::text>(output<&Said::text>("repeat"))
        .with<&Message::tone>(workflow_parameter<&Message::tone>())
        .task<&no_sizes>("none")
        .task<&repeat>("again")
        .with<&Message::text>("{{item}}")
        .with_items("a", "bb")
        .task<&add>("add")
        .with<&Sizes::sizes>(all(output<&Said::size>("again")))
        .with<&Sizes::tone>(output<&tone_of>("tone"));
};

struct Config {
    int times = 1;
    bool fail = false;
    str greeting = "hello";
};
BOOST_DESCRIBE_STRUCT(Config, (), (times, fail, greeting))

str greet(const Message& in) { return in.text; }
Outcome<Words> fall(const Message&) { return {.outputs = {9}, .exit_code = 4}; }
void stumble(const Message& in) { throw std::runtime_error("stumbled over " + in.text.string()); }

constexpr auto configured = [](const Config& config) {
    Workflow workflow("configured-");
    workflow.entrypoint("main").image("words:1.0");
    auto dag = workflow.dag("main");
    for (int i = 0; i < config.times; ++i)
        dag.task<&greet>(detail::joined("greet-", text(i).view())).with<&Message::text>(config.greeting);
    if (config.fail) {
        dag.task<&fall>("fall").with<&Message::text>("x");
        dag.task<&stumble>("stumble").with<&Message::text>("a stone").depends("fall.Failed");
    }
    return workflow;
};

}  // namespace

int main(int argc, char** argv) { return tiphys::main<word_count, echo, configured>(argc, argv); }
