# SPDX-License-Identifier: Apache-2.0
# Judges a page of tables `| Hera | here | state | test |`, after a list of the tests that there are, one a line:
# the state of a row is matched or better, and it names tests, which exist. `absent` holds the beginnings, divided by
# blanks, of names that this build has no tests for. Prints what is wrong, then the counts.

function complain(what) {
    printf "%s:%d: %s: %s\n", FILENAME, FNR, cell[1], what
    wrong++
}

function trimmed(text) {
    gsub(/^ +| +$/, "", text)
    return text
}

function is_absent(name,    i) {
    for (i = 1; i <= absences; i++)
        if (index(name, absence[i]) == 1) return 1
    return 0
}

function judge_test(name,    program) {
    if (name in tests || is_absent(name)) return
    program = name
    sub(/\..*/, "", program)
    if (("test_" program "_NOT_BUILT") in tests)
        complain("the test " name " is in test_" program ", which is not built")
    else
        complain("there is no test " name)
}

function judge_row(    i, count, part) {
    if (cells != 4) { complain("a row has 4 cells, this has " cells); return }
    if (cell[3] != "matched" && cell[3] != "better") {
        complain("the state is matched or better, not \"" cell[3] "\"")
        return
    }
    states[cell[3]]++
    count = split(cell[4], part, "`")
    if (count < 3) complain("names no test")
    for (i = 2; i <= count; i += 2) judge_test(part[i])
}

BEGIN { absences = split(absent, absence, " ") }

NR == FNR {
    if (!sub(/^ *Test *#[0-9]+: /, "")) next
    sub(/ +# GetParam\(\).*$/, "")
    tests[$0] = 1
    next
}

/^## / { section = $0 }
!/^\|/ { within = 0; next }
{
    text = $0
    gsub(/\\\|/, "\001", text)
    sub(/^\|/, "", text)
    sub(/\| *$/, "", text)
    cells = split(text, cell, "|")
    for (i = 1; i <= cells; i++) { gsub("\001", "|", cell[i]); cell[i] = trimmed(cell[i]) }
}
!within { within = cell[1] == "Hera" && cell[3] == "state" ? 1 : 2; next }
/^\|[-|: ]+$/ { next }
within == 1 { rows++; in_section[section]++; judge_row() }

END {
    for (each in in_section) sections++
    if (sections < wanted) {
        printf "%s: %d sections with a table, %d wanted\n", FILENAME, sections, wanted
        wrong++
    }
    printf "%d rows: %d matched, %d better\n", rows, states["matched"], states["better"]
    exit wrong != 0
}
