#!/bin/sh
# The bare install: core, command line, charts and reports without extras. Proves that no wall leaks Django or pandas.
set -eu
uv=$1
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
"$uv" venv --quiet "$home/venv"
"$uv" export --quiet --frozen --no-default-groups --no-emit-project --no-hashes --format requirements-txt >"$home/requirements.txt"
"$uv" pip install --quiet --python "$home/venv/bin/python" -r "$home/requirements.txt" .
cd "$home"
"$home/venv/bin/python" - <<'PYTHON'
import importlib.util
import pkgutil
import fairlead.cli, fairlead.core, fairlead.library, fairlead.render, fairlead.sources

for absent in ("django", "pandas", "ibis", "duckdb", "pyspark"):
    assert importlib.util.find_spec(absent) is None, f"{absent} came with the bare install"
names = [
    module.name
    for room in (fairlead.core, fairlead.library, fairlead.sources, fairlead.render, fairlead.cli)
    for module in pkgutil.walk_packages(room.__path__, room.__name__ + ".")
]
for name in names:
    importlib.import_module(name)
print(f"bare install: {len(names)} modules import without Django")
PYTHON
"$home/venv/bin/fairlead" --help >/dev/null
printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bare//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260105T080000Z\r\nDTSTART:20260105T090000Z\r\nDTEND:20260105T100000Z\r\nSUMMARY:Budget review\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' >one.ics
"$home/venv/bin/fairlead" audit one.ics --json >one.json
"$home/venv/bin/python" -c 'import json; assert json.load(open("one.json"))["events"] == 1'
"$home/venv/bin/fairlead" roles "engineering manager" >/dev/null
"$home/venv/bin/fairlead" audit one.ics --out one.pdf >/dev/null
test "$(head -c 4 one.pdf)" = "%PDF"
du -sm "$home/venv" | awk '{print "bare install: " $1 " MB"}'
