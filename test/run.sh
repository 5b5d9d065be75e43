#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds everything in build/test and runs the tests.
#   sh test/run.sh                  all of them
#   sh test/run.sh -R dag -V        some of them: what else ctest takes
# TIPHYS_CONFIGURE holds further options for CMake, as in TIPHYS_CONFIGURE=-DTIPHYS_WERROR=ON.
set -eu
cd "$(dirname "$0")/.."
. cmake/setup.sh

install_packages $build_packages $test_packages
start=$(date +%s)
say "Configuring build/test"
cmake --preset test ${TIPHYS_CONFIGURE:-}
say "Building it (several minutes the first time)"
cmake --build build/test
say "Built in $(($(date +%s) - start)) s; running the tests"
exec ctest --test-dir build/test -j2 --no-label-summary --output-on-failure "$@"
