#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs one sample and looks at what it prints: test.sh SAMPLE TIPHYS. Samples that submit to ARGO_SERVER are given a
# `tiphys serve` on a free port.
set -eu
sample=$1
tiphys=$2
name=$(basename "$sample")
folder=$(mktemp -d)
server=
end() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$folder"
}
trap end EXIT
export XDG_STATE_HOME="$folder/state"

serve() {
    mkfifo "$folder/announcement"
    "$tiphys" serve --port 0 >"$folder/announcement" 2>"$folder/server.log" &
    server=$!
    exec 3<"$folder/announcement"
    while read -r line <&3; do
        case $line in *http://127.0.0.1:*) break ;; esac
    done
    address=${line##*http://}
    export ARGO_SERVER="${address%%[!0-9.:]*}" ARGO_SECURE=false ARGO_TOKEN= ARGO_NAMESPACE=default
}

expect() {
    for pattern in "$@"; do
        grep -Eq -- "$pattern" "$folder/output" || {
            echo "$name does not print /$pattern/ but:" >&2
            cat "$folder/output" >&2
            exit 1
        }
    done
}

case $name in 3_diamond | 5_submit_async) serve ;; esac
case $name in 15_functions) set -- run --shards 3 ;; *) set -- ;; esac
"$sample" "$@" >"$folder/output" 2>&1 || { echo "$name failed:" >&2; cat "$folder/output" >&2; exit 1; }

# What the sample printed is run by, or at least passes, the program.
run() {
    "$tiphys" run - <"$folder/output" >"$folder/run" 2>&1 || { echo "$name does not run:" >&2; cat "$folder/run" >&2; exit 1; }
    mv "$folder/run" "$folder/output"
}
lint() {
    "$tiphys" lint - <"$folder/output" >"$folder/lint" 2>&1 || { echo "$name has mistakes:" >&2; cat "$folder/lint" >&2; exit 1; }
}

case $name in
    1_hello)
        expect '^kind: Workflow$' '^  generateName: hello-$'
        run
        expect 'hello world'
        ;;
    2_parameters) expect 'upper +Succeeded' 'print +Succeeded' '^result = AHOY$' ;;
    3_diamond) expect 'A +Succeeded' 'B +Succeeded' 'C +Succeeded' 'D +Succeeded' ;;
    4_loops) expect 'square\(3:4\) +Succeeded' 'print +Succeeded' 'greet-2 +Succeeded' ;;
    5_submit_async) expect '^nightly-[a-z0-9]{5} Succeeded$' ;;
    6_expressions) expect '(high|low) +Succeeded' '(high|low) +Skipped' '^(well done|sum): [0-9]+$' ;;
    7_contract) expect 'count\(3:part-4\) +Succeeded' 'sum +Succeeded' '^total = 24$' ;;
    8_defaults) expect '^  namespace: team$' 'team: argonauts' 'activeDeadlineSeconds: 3600' 'imagePullPolicy: IfNotPresent' ;;
    9_flow)
        expect 'depends: nap && rest && print$' 'depends: list.Failed && !\(nap.Succeeded \|\| nap.Skipped\)$' 'withParam: .*tasks.list.outputs.result'
        run
        expect 'hello Medea' 'greet\(1:Medea\) +Succeeded' 'never +Omitted' 'good night'
        ;;
    10_steps)
        run
        expect 'row +Skipped' 'fair' 'sail is down' 'anchor is out' 'count\(1:2\) +Succeeded' 'over'
        ;;
    11_library)
        lint
        expect '^kind: WorkflowTemplate$' '^kind: CronWorkflow$' '^kind: WorkflowEventBinding$' '^    workflowTemplateRef:$' \
            'generateName: tools-by-hand-' 'timezone: Europe/Athens'
        ;;
    12_kinds)
        lint
        expect 'containerSet:' 'resource:' 'http:' 'plugin:' 'transformation:' 'generateName.*child-'
        ;;
    13_recovery)
        run
        expect 'broken +Failed' 'it worked' 'mend +Omitted' 'port\(1:2\) +Succeeded' '(^|[^0-9])3$' '(^|[^0-9])1$'
        ;;
    14_wiring)
        run
        expect 'linux.img of 20M' 'bsd.img of 40M' 'haiku.img of 10M' 'publish-all\(1:.*\) +Succeeded'
        ;;
    15_functions) expect 'count\(2:chunk 2\) +Succeeded' 'sum +Succeeded' 'total += 21$' ;;
    quickstart) expect 'roll\(2:3\) +Succeeded' 'add +Succeeded' 'rolled \[[1-6],[1-6],[1-6]\]' '^sum: [0-9]+$' ;;
esac
