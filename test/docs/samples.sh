#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every kind of template and every form of flow stands in one of the samples, and what a sample shows fits a screen.
#   samples.sh FOLDER
set -eu
folder=$1
wrong=0

# has WHAT PATTERN: of Perl, over lines.
has() {
    grep -Pzq -- "$2" "$folder"/*.cpp || { echo "no sample has $1: /$2/"; wrong=1; }
}

has 'a container' '\.container\("'
has 'a script' '\.script\("'
has 'a container set' '\.container_set\("'
has 'a dag' '\.dag\("'
has 'steps' '\.steps\("'
has 'a suspend' 'Suspend\(\)'
has 'a resource' '\.resource\("'
has 'a request' '\.http\("'
has 'a data template' '\.data\("'
has 'a plugin' '\.plugin\("'
has 'an inline container' '\.step\("[^"]*", Container\('
has 'an inline dag or steps' '\.(task|step)\("[^"]*", (Dag|Steps)\(\)'
has 'a template of another document' '\.task\("[^"]*", ref\('
has 'a workflow of a stored template' 'as_workflow\(|workflow_template_ref\('

has 'after' '\.after\("'
has 'depends as text' '\.depends\("'
has 'depends as an expression' '\.depends\((!|\()*(succeeded|failed|errored|done)\('
has 'arrows' '[a-z] >> (\(|[a-z])'
has 'arrows with a condition' '(succeeded|failed|errored)\([a-z]+\)\)* >> '
has 'order by a reference' '\.with\("[^"]*", output\('
has 'all outputs of a task' '\.with\(outputs\('
has 'a typed argument' '\.with<&'
has 'a condition as text' '\.when\("'
has 'a condition as an expression' '\.when\([a-z!(]'
has 'with_items' '\.with_items\('
has 'with_param' '\.with_param\('
has 'with_sequence' '\.with_sequence\('
has 'with_each' '\.with_each\('
has 'each' '\(each\('
has 'all' '\(all\('
has 'continue_on' '\.continue_on\('
has 'a hook' '\.hook\("'
has 'the exit handler of a document' 'Workflow\("[^"]*"\)\s*\.on_exit\('
has 'the exit handler of a task' '\.task\([^;]*\.on_exit\('
has 'a retry' '\.retry_strategy\('
has 'steps side by side' '\.parallel\(|\.parallel_step\('
has 'recursion' '\.(steps|dag)\("([^"]+)"\)((?!\.(steps|dag)\()[\s\S])*\.(step|task)\("[^"]*", "\2"\)'

for sample in "$folder"/*.cpp; do
    awk -v most=60 '
        /^\/\/\[/ { from = FNR }
        /^\/\/\]/ { if (FNR - from - 1 > most) { printf "%s:%d: more than %d lines\n", FILENAME, from, most; long = 1 } }
        END { exit long }' "$sample" || wrong=1
done
exit $wrong
