#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints a program whose recipe has as many tasks as the first argument says: each a statement with two arguments,
# a reference to another task's output and two dependencies, every third written as a `depends` expression.
# The budget test and the compile-time benchmark measure it.
set -eu
awk -v n="$1" '
function name(i) { return sprintf("task-%04d", i) }
BEGIN {
    print "#include <tiphys/build/build.hpp>\n"
    print "using namespace tiphys;\n"
    print "constexpr auto recipe = [] {"
    print "    Workflow workflow(\"budget-\");"
    print "    workflow.entrypoint(\"main\").parameter(\"prefix\", \"shard\");"
    print "    workflow.container(\"work\", Container(\"alpine:3.23\").input(\"shard\").input(\"input\")"
    print "        .command(\"sh\", \"-c\", \"echo {{workflow.parameters.prefix}} {{inputs.parameters.shard}} "\
        "{{inputs.parameters.input}} >/tmp/output\")"
    print "        .output(\"output\", \"/tmp/output\"));"
    print "    auto dag = workflow.dag(\"main\");"
    for (i = 0; i < n; ++i) {
        printf "    dag.task(\"%s\", \"work\").with(\"shard\", \"%d\")", name(i), i
        if (i == 0)
            printf ".with(\"input\", \"none\");\n"
        else {
            printf ".with(\"input\", \"{{tasks.%s.outputs.parameters.output}}\")", name(i - 1)
            if (i == 1)
                printf ".after(\"%s\");\n", name(0)
            else if (i % 3 != 0)
                printf ".after(\"%s\", \"%s\");\n", name(i - 1), name(i - 2)
            else
                printf ".depends(\"%s && (%s.Succeeded || %s.Skipped)\");\n", name(i - 1), name(i - 2), name(i - 2)
        }
    }
    print "    return workflow;"
    print "};\n"
    print "int main() { return static_cast<int>(checked<recipe>().model().spec.templates.size()) - 2; }"
}'
