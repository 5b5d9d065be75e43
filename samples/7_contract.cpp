// SPDX-License-Identifier: Apache-2.0
// Templates declared with structs: parameters, defaults and wiring follow from their members, and a wrong type
// does not compile.
#include <boost/describe/class.hpp>

#include <iostream>
#include <string>
#include <vector>

#include <tiphys/tiphys.hpp>

using namespace tiphys;

//[contract
struct Split { int shards = 1; };                   BOOST_DESCRIBE_STRUCT(Split, (), (shards))
struct Chunks { std::vector<std::string> names; };  BOOST_DESCRIBE_STRUCT(Chunks, (), (names))
struct Count { std::string chunk; };                BOOST_DESCRIBE_STRUCT(Count, (), (chunk))
struct Words { long total; };                       BOOST_DESCRIBE_STRUCT(Words, (), (total))
struct Sum { std::vector<long> totals; };           BOOST_DESCRIBE_STRUCT(Sum, (), (totals))

constexpr auto word_count = [] {
    return Workflow("word-count-")
        .entrypoint("main")
        .script("split", Script("busybox").command("sh").contract<Split, Chunks>().source(
            "echo \"[$(seq -f '\"part-%g\"' -s , {{inputs.parameters.shards}})]\" >/tmp/names"))
        .script("count", Script("busybox").command("sh").contract<Count, Words>().source(
            "printf '{{inputs.parameters.chunk}}' | wc -c >/tmp/total"))
        .script("sum", Script("busybox").command("sh").contract<Sum, Words>().source(
            "echo $(( $(echo '{{inputs.parameters.totals}}' | tr -d '[] \"' | tr , +) )) >/tmp/total"))
        .dag("main").contract<nothing, Words>().gives<&Words::total>(output<&Words::total>("sum"))
            .task("split", "split").with<&Split::shards>(4)
            .task("count", "count").with<&Count::chunk>(each(output<&Chunks::names>("split")))
            .task("sum", "sum").with<&Sum::totals>(all(output<&Words::total>("count")));
};
//]

int main() {
    local::Server argo;
    Client client(argo.client_options());
    const auto finished = client.wait(client.create(checked<word_count>()), progress_to(std::cout));
    std::cout << "total = " << finished.output("total") << '\n';
    return finished.succeeded() ? 0 : 1;
}
