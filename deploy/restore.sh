#!/bin/sh
# Puts an archive of backup.sh in place. Stop web and worker first.
#   deploy/restore.sh ARCHIVE      into FAIRLEAD_DATA (./var), which must hold no database
#   REPLACE=1                      the database that is there is moved aside, not removed
set -eu
umask 077
archive=${1:?"Say from what: deploy/restore.sh ARCHIVE"}
data=${FAIRLEAD_DATA:-var}
python=${PYTHON:-python3}
fairlead=${FAIRLEAD_WEB:-fairlead-web}
tar -tzf "$archive" >/dev/null || { echo "$archive is not an archive of backup.sh." >&2; exit 2; }
if [ -e "$data/fairlead.sqlite3" ] && [ "${REPLACE:-}" != 1 ]; then
	echo "There is a database in $data already. REPLACE=1 moves it aside." >&2
	exit 2
fi
mkdir -p "$data"
work=$(mktemp -d "$data/.part.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
tar -xzf "$archive" -C "$work"
if [ -e "$work/fairlead.pgdump" ]; then
	database=${FAIRLEAD_DATABASE:-}
	if [ -n "${FAIRLEAD_DATABASE_FILE:-}" ]; then database=$(cat "$FAIRLEAD_DATABASE_FILE"); fi
	: "${database:?"Set FAIRLEAD_DATABASE to an empty database."}"
	pg_restore --no-owner --exit-on-error --single-transaction --dbname="$database" "$work/fairlead.pgdump"
else
	"$python" -c '
import sqlite3, sys
found = sqlite3.connect(sys.argv[1]).execute("PRAGMA integrity_check").fetchone()[0]
sys.exit(0 if found == "ok" else f"The archive is damaged: {found}")' "$work/fairlead.sqlite3"
	for old in fairlead.sqlite3 fairlead.sqlite3-wal fairlead.sqlite3-shm; do
		[ ! -e "$data/$old" ] || mv "$data/$old" "$data/before-restore-$(date -u +%Y%m%dT%H%M%SZ)-$old"
	done
	mv "$work/fairlead.sqlite3" "$data/fairlead.sqlite3"
fi
[ ! -e "$work/secret.key" ] || mv "$work/secret.key" "$data/secret.key"
FAIRLEAD_DATA=$data "$fairlead" prepare
