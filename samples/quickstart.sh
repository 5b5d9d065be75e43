#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds the quickstart in build/quickstart and runs it: a workflow written in C++ and
# checked by the compiler goes over HTTP to the Argo server embedded in the program and runs there as processes.
set -eu
cd "$(dirname "$0")/.."
. cmake/setup.sh

install_packages $build_packages
say "Configuring build/quickstart"
cmake --preset quickstart
say "Building the library, the program tiphys and the quickstart (a few minutes the first time)"
cmake --build build/quickstart --target quickstart tiphys_program
say "Running the quickstart"
exec build/quickstart/samples/quickstart "$@"
