#!/bin/sh
# Reads the sample articles and asks a handful of questions. `make demo` runs it; a second run reads nothing again.
set -eu
cd "$(dirname "$0")/.."
FRENEMY=${FRENEMY:-frenemy}
FRENEMY_LEDGER=out/demo.duckdb
export FRENEMY_LEDGER
mkdir -p out

ask() {
    printf '\n$ frenemy %s\n' "$*"
    "$FRENEMY" "$@"
}

ask read examples/tech examples/football examples/trade
ask actors --limit 12
ask between musk trump
ask shifts
ask claims --disputed
ask blocs
ask conflicts --near --limit 3
ask report -o out/report.html
printf '\nNow open out/report.html in a browser, or look around: .venv/bin/pip install ".[web]" && .venv/bin/frenemy serve --ledger out/demo.duckdb --open\n'
