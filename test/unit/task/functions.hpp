// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiphys/build/build.hpp>
#include <tiphys/task/function.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

/// Functions of the tests, and a workflow that runs them.
namespace tiphys::functions {

struct Split {
    int shards = 1;
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

inline Chunks split(const Split& in) {
    Chunks made;
    for (int i = 0; i < in.shards; ++i) made.names.push_back("part-" + std::to_string(i));
    return made;
}
inline Words count(const Count& in) { return {static_cast<long>(in.chunk.size())}; }
inline Words sum(const Sum& in) {
    Words made;
    for (const long one : in.totals) made.total += one;
    return made;
}
inline long word_count(Count in) noexcept { return static_cast<long>(in.chunk.size()); }
inline std::vector<std::string> list_parts() { return {"a", "b"}; }
inline void check_all() {}

enum class Level { low, high };
BOOST_DESCRIBE_ENUM(Level, low, high)

struct Point {
    int x = 0;
    bool visible = true;
    friend bool operator==(const Point&, const Point&) = default;
};
BOOST_DESCRIBE_STRUCT(Point, (), (x, visible))

/// A member of each kind that a parameter may have.
struct Everything {
    str text;
    bool flag = false;
    signed char small = 0;
    std::int64_t large = 0;
    double number = 0;
    Level level = Level::low;
    std::optional<int> maybe{};
    std::optional<str> maybe_text{};
    list<str> names{};
    list<Point> points{};
    json free{};
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (text, flag, small, large, number, level, maybe, maybe_text, names, points, free))
struct Loose {
    std::map<std::string, std::vector<double>> weights;
    std::optional<Level> level;
    std::vector<Level> levels;
};
BOOST_DESCRIBE_STRUCT(Loose, (), (weights, level, levels))

inline Everything repeat(const Everything& in) { return in; }
inline Loose repeat_loosely(const Loose& in) { return in; }

struct Train {
    File data;
    std::optional<Text> notes{};
    Json<Point> start{};
    int epochs = 10;
    OutputArtifact model{};
    OutputParameter summary{};
};
BOOST_DESCRIBE_STRUCT(Train, (), (data, notes, start, epochs, model, summary))
struct Trained {
    File log;
    Text report;
    Json<Point> end{};
    std::optional<Text> remarks{};
    double loss = 0;
};
BOOST_DESCRIBE_STRUCT(Trained, (), (log, report, end, remarks, loss))

}  // namespace tiphys::functions
