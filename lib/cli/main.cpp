// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "commands.hpp"

int main(int argc, char** argv) { return tiphys::cli::main(argc, argv, std::cout, std::cerr); }
