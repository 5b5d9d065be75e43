#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What samples.sh says of samples that lack something, and of a long one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/few"
{
    echo '//[few'
    echo '.steps("a").step("b", "c") .dag("c").task("d", "a")'
    yes 'x' | head -n 60
    echo '//]'
} >"$work/few/few.cpp"
if sh "$here/samples.sh" "$work/few" >"$work/found"; then
    echo "samples that lack nearly everything were found right"
    exit 1
fi
for line in 'no sample has a container: ' 'no sample has recursion: ' 'few.cpp:1: more than 60 lines'; do
    grep -qF "$line" "$work/found" || { echo "not told: $line"; cat "$work/found"; exit 1; }
done
if grep -qE 'no sample has (steps|a dag):' "$work/found"; then
    echo "what is there was not found"
    exit 1
fi
