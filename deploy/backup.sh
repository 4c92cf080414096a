#!/bin/sh
# Writes one archive with everything an installation is: the database and its key. Safe while it runs.
#   deploy/backup.sh FOLDER        reads FAIRLEAD_DATA (./var) and, for PostgreSQL, FAIRLEAD_DATABASE
#   KEEP_DAYS=14                   older archives in FOLDER are removed; people who left disappear with them
set -eu
umask 077
folder=${1:?"Say where to: deploy/backup.sh FOLDER"}
data=${FAIRLEAD_DATA:-var}
keep=${KEEP_DAYS:-14}
python=${PYTHON:-python3}
[ -e "$data/secret.key" ] || [ -n "${FAIRLEAD_SECRET_KEY:-}${FAIRLEAD_SECRET_KEY_FILE:-}" ] || {
	echo "There is no installation in $data. Set FAIRLEAD_DATA." >&2
	exit 2
}
mkdir -p "$folder"
work=$(mktemp -d "$folder/.part.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

database=${FAIRLEAD_DATABASE:-}
if [ -n "${FAIRLEAD_DATABASE_FILE:-}" ]; then database=$(cat "$FAIRLEAD_DATABASE_FILE"); fi
if [ -n "$database" ]; then
	pg_dump --format=custom --no-owner --file="$work/fairlead.pgdump" "$database"
else
	# SQLite's own online backup: a consistent copy while pages are served.
	"$python" - "$data/fairlead.sqlite3" "$work/fairlead.sqlite3" <<'PY'
import pathlib, sqlite3, sys

source = sqlite3.connect(f"{pathlib.Path(sys.argv[1]).resolve().as_uri()}?mode=ro", uri=True, timeout=60)
target = sqlite3.connect(sys.argv[2])
source.backup(target, pages=-1)
found = target.execute("PRAGMA integrity_check").fetchone()[0]
target.close()
if found != "ok":
	sys.exit(f"The copy is damaged: {found}")
PY
fi
[ ! -e "$data/secret.key" ] || cp -p "$data/secret.key" "$work/"
name="fairlead-$(date -u +%Y%m%dT%H%M%SZ).tar.gz"
# shellcheck disable=SC2046
tar -czf "$work/$name" -C "$work" $(cd "$work" && ls)
tar -tzf "$work/$name" >/dev/null
mv "$work/$name" "$folder/$name"
find "$folder" -maxdepth 1 -name 'fairlead-*.tar.gz' -mtime "+$keep" -delete
echo "$folder/$name"
