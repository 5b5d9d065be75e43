#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What table.awk says of rows with mistakes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >names <<'END'
Test project /build
  Test   #1: a.B.C
  Test #112: d.E.F/g  # GetParam() = 7
  Test #113: test_h_NOT_BUILT
  Test #114: i.J.K (Disabled)
END
cat >page.md <<'END'
## 1
| other | table |
|---|---|
| is | passed over |

| Hera | here | state | test |
|---|---|---|---|
| right | x \| y | matched | `a.B.C`, `d.E.F/g` |
| absent | | better | `samples.1` |
| open | | open | |
| no test | | better | |
| unknown | | matched | `a.B.C` `a.B.D` |
| not built | | matched | `h.X.Y` |
| disabled | | matched | `i.J.K` |
| odd state | | done | `a.B.C` |
| open with test | | open | `a.B.C` |
| short | matched | `a.B.C` |
END
cat >wanted <<'END'
page.md:10: open: the state is matched or better, not "open"
page.md:11: no test: names no test
page.md:12: unknown: there is no test a.B.D
page.md:13: not built: the test h.X.Y is in test_h, which is not built
page.md:14: disabled: there is no test i.J.K
page.md:15: odd state: the state is matched or better, not "done"
page.md:16: open with test: the state is matched or better, not "open"
page.md:17: short: a row has 4 cells, this has 3
page.md: 1 sections with a table, 2 wanted
10 rows: 4 matched, 2 better
END
if awk -v absent='samples. other.' -v wanted=2 -f "$here/table.awk" names page.md >found; then
    echo "a page with mistakes was found right"
    exit 1
fi
diff -u wanted found
sed -n 1,9p page.md >right.md
awk -v absent='samples.' -v wanted=1 -f "$here/table.awk" names right.md
