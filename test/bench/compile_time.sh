#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the headers and a checked recipe cost a compiler: seconds (the best of three) and memory, g++ 12 and clang 19.
#   sh test/bench/compile_time.sh          the figures
#   sh test/bench/compile_time.sh --once   once each and a small recipe, to see that it still works
#   sh test/bench/compile_time.sh --libraries   a clean build of tiphys_model and tiphys_text at -O2 with two jobs
# TIPHYS_GXX and TIPHYS_CLANGXX name other compilers; an empty one is left out.
set -eu
cd "$(dirname "$0")/../.."
rounds=3
tasks=100
if [ "${1:-}" = --once ]; then rounds=1 tasks=10; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

if [ "${1:-}" = --libraries ]; then
    cmake -S . -B "$work/build" -G Ninja -DCMAKE_CXX_COMPILER="${TIPHYS_GXX-g++}" -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_CXX_FLAGS_RELEASE=-O2 -DCMAKE_CXX_COMPILER_LAUNCHER= -DTIPHYS_TESTS=OFF -DTIPHYS_BENCH=OFF \
        >"$work/log" || { cat "$work/log" >&2; exit 1; }
    python3 - "$work/build" <<'PYTHON'
import resource, subprocess, sys, time
start = time.time()
subprocess.check_call(["cmake", "--build", sys.argv[1], "-j2", "--target", "tiphys_model", "tiphys_text"],
                      stdout=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print("tiphys_model and tiphys_text, -O2, 2 jobs: %.0f s of 90 s, %.0f s of processor, %d MB"
      % (time.time() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
PYTHON
    exit
fi

echo '' >"$work/empty.cpp"
echo '#include <tiphys/model/model.hpp>' >"$work/models.cpp"
cat >"$work/copy.cpp" <<'CPP'
#include <tiphys/model/model.hpp>
tiphys::model::Workflow copy(const tiphys::model::Workflow& workflow) { return workflow; }
CPP
echo '#include <tiphys/build/build.hpp>' >"$work/builder.cpp"
printf '#include <tiphys/build/build.hpp>\n#include <tiphys/client/client.hpp>\n' >"$work/client.cpp"
sh test/budget/recipe.sh "$tasks" >"$work/recipe.cpp"

# seconds_and_memory <command>...: the processor seconds of the best round, and the largest memory in MB.
seconds_and_memory() {
    for _ in $(seq "$rounds"); do
        python3 -c '
import resource, subprocess, sys
subprocess.check_call(sys.argv[1:])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print("%.2f %d" % (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))' "$@" || return 1
    done | sort -n | awk 'NR == 1 { seconds = $1 } $2 > memory { memory = $2 } END { print seconds, memory }'
}

# row <compiler> <what> <file> <seconds to reach> <flags>...
row() {
    compiler=$1 what=$2 file=$3 reach=$4
    shift 4
    result=$(seconds_and_memory "$compiler" -std=c++20 -Iinclude "$@" "$work/$file") && [ -n "$result" ] ||
        { echo "$what: $compiler failed" >&2; exit 1; }
    echo "$result" | awk -v what="$what" -v reach="$reach" -v compiler="${compiler##*/}" '
        { printf "%-12s %-34s %6.2f s", compiler, what, $1
          if (reach != "-") printf "  %5.2f of %s s", $1 / reach, reach; else printf "  %14s", ""
          printf "  %5d MB\n", $2 }'
}

# over <compiler> <what> <file> <file of what it stands on> <seconds to reach>: the difference.
over() {
    compiler=$1 what=$2 reach=$5
    result=$(seconds_and_memory "$compiler" -std=c++20 -Iinclude -fsyntax-only "$work/$3") &&
        base=$(seconds_and_memory "$compiler" -std=c++20 -Iinclude -fsyntax-only "$work/$4") &&
        [ -n "$result" ] && [ -n "$base" ] || { echo "$what: $compiler failed" >&2; exit 1; }
    echo "$result $base" | awk -v what="$what" -v reach="$reach" -v compiler="${compiler##*/}" '
        { printf "%-12s %-34s %6.2f s  %5.2f of %s s  %5d MB, over %.2f s of its standard headers\n",
          compiler, what, $1 - $3, ($1 - $3) / reach, reach, $2, $3 }'
}

measure() {
    compiler=$1 recipe=$2 builder=$3 client=$4
    shift 4
    # What the models include of the standard library, which they are compared with.
    "$compiler" -std=c++20 -Iinclude -MM "$work/models.cpp" | tr ' \\' '\n\n' | grep '^include/' |
        xargs sed -n 's/^\(#include <[a-z_]*>\).*/\1/p' | sort -u >"$work/standard.cpp"
    row "$compiler" "an empty file" empty.cpp - -fsyntax-only
    over "$compiler" "include model/model.hpp" models.cpp standard.cpp 0.5
    row "$compiler" "a copy of a Workflow, -O2" copy.cpp 2 -O2 -c -o "$work/copy.o"
    # The code; what exceptions need lies beside it.
    size -A "$work/copy.o" | awk -v compiler="${compiler##*/}" '$1 ~ /^\.text/ { bytes += $2 } END {
        printf "%-12s %-34s %6d bytes, %.2f of 1024\n", compiler, "its code", bytes, bytes / 1024 }'
    row "$compiler" "include build/build.hpp" builder.cpp "$builder" -fsyntax-only
    row "$compiler" "include client/client.hpp too" client.cpp "$client" -fsyntax-only
    row "$compiler" "checked recipe of $tasks tasks" recipe.cpp "$recipe" "$@" -c -o "$work/recipe.o"
}

gxx=${TIPHYS_GXX-g++}
clang=${TIPHYS_CLANGXX-clang++-19}
[ -n "$gxx$clang" ] || { echo "no compiler"; exit 77; }
[ -z "$gxx" ] || measure "$gxx" 3 0.9 3 -fconstexpr-ops-limit=1000000000
[ -z "$clang" ] || measure "$clang" 2.5 - - -fconstexpr-steps=100000000
