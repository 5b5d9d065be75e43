#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every row of lib/build/HERA.md names tests that this build has.
#   hera_table.sh CTEST BUILD PAGE [beginning of names without tests here]...
set -eu
ctest=$1 build=$2 page=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Lists the tests, runs none. From a folder of its own: ctest writes its log even then, and another ctest, the
# one that runs this, is writing that of the build.
printf 'subdirs("%s")\n' "$build" >"$work/CTestTestfile.cmake"
"$ctest" --test-dir "$work" -N >"$work/names"
awk -v absent="$*" -v wanted=5 -f "$(dirname "$0")/table.awk" "$work/names" "$page"
