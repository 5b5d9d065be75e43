#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the headers and a checked recipe cost a compiler: seconds (the best of three) and memory, g++ 12 and clang 19.
#   sh test/bench/compile_time.sh          the figures
#   sh test/bench/compile_time.sh --once   once each and a small recipe, to see that it still works
# TIPHYS_GXX and TIPHYS_CLANGXX name other compilers; an empty one is left out.
set -eu
cd "$(dirname "$0")/../.."
rounds=3
tasks=100
if [ "${1:-}" = --once ]; then rounds=1 tasks=10; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

echo '' >"$work/empty.cpp"
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

measure() {
    compiler=$1 recipe=$2 builder=$3 client=$4
    shift 4
    row "$compiler" "an empty file" empty.cpp - -fsyntax-only
    row "$compiler" "include build/build.hpp" builder.cpp "$builder" -fsyntax-only
    row "$compiler" "include client/client.hpp too" client.cpp "$client" -fsyntax-only
    row "$compiler" "checked recipe of $tasks tasks" recipe.cpp "$recipe" "$@" -c -o "$work/recipe.o"
}

gxx=${TIPHYS_GXX-g++}
clang=${TIPHYS_CLANGXX-clang++-19}
[ -n "$gxx$clang" ] || { echo "no compiler"; exit 77; }
[ -z "$gxx" ] || measure "$gxx" 3 0.9 3 -fconstexpr-ops-limit=1000000000
[ -z "$clang" ] || measure "$clang" 2.5 - - -fconstexpr-steps=100000000
