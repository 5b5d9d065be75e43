// SPDX-License-Identifier: Apache-2.0
// C++ functions as templates, and the program that runs them: here (`15_functions run --shards 8`), on Argo
// (`submit --watch`, with this program in the image), and inside the pods.
#include <boost/describe/class.hpp>

#include <string>
#include <vector>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[functions
struct Split { int shards = 4; };                   BOOST_DESCRIBE_STRUCT(Split, (), (shards))
struct Chunks { std::vector<std::string> names; };  BOOST_DESCRIBE_STRUCT(Chunks, (), (names))
struct Count { std::string chunk; };                BOOST_DESCRIBE_STRUCT(Count, (), (chunk))
struct Words { long total = 0; };                   BOOST_DESCRIBE_STRUCT(Words, (), (total))
struct Sum { std::vector<long> totals; };           BOOST_DESCRIBE_STRUCT(Sum, (), (totals))

Chunks split(const Split& in) {
    Chunks made;
    for (int i = 0; i < in.shards; ++i) made.names.push_back("chunk " + std::to_string(i));
    return made;
}
Words count(const Count& in) { return {static_cast<long>(in.chunk.size())}; }
Words sum(const Sum& in) {
    Words made;
    for (const long total : in.totals) made.total += total;
    return made;
}

constexpr auto word_count = [] {
    return Workflow("word-count-").entrypoint("main").image("ghcr.io/me/word-count:1.0").parameters<Split>()
        .function<&split>().function<&count>(Script().retry_strategy(RetryStrategy().limit(2))).function<&sum>()
        .dag("main").contract<nothing, Words>().gives<&Words::total>(output<&Words::total>("sum"))
            .task<&split>("split").with<&Split::shards>(workflow_parameter<&Split::shards>())
            .task<&count>("count").with<&Count::chunk>(each(output<&Chunks::names>("split")))
            .task<&sum>("sum").with<&Sum::totals>(all(output<&Words::total>("count")));
};

int main(int argc, char** argv) { return tiphys::main<word_count>(argc, argv); }
//]
