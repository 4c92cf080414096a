#!/bin/sh
# Runs what follows against a PostgreSQL server of its own that is thrown away afterwards:
#   sh tests/walls/postgresql.sh .venv/bin/pytest tests/web tests/walls
# The tests sign in to it as a role without special rights, as an installation does: row-level security holds.
set -eu
# Debian keeps the server's programs apart, one folder a version; the newest is taken.
for folder in /usr/lib/postgresql/*/bin; do
	[ -x "$folder/initdb" ] && programs=$folder
done
programs=${programs:-$(dirname "$(command -v initdb || echo /nowhere/initdb)")}
[ -x "$programs/initdb" ] || {
	echo "PostgreSQL's server is missing (on Debian: apt install postgresql)." >&2
	exit 2
}
place=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as=""
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
	chown postgres "$place"
	as="runuser -u postgres --"
fi
finish() {
	$as "$programs/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$place"
}
trap finish EXIT INT TERM
cd "$place"
$as "$programs/initdb" -D "$place/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
# fsync costs minutes and protects nothing that is thrown away.
$as "$programs/pg_ctl" -D "$place/data" -w -l "$place/log" -o "-p $port -k $place -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
$as "$programs/psql" -q -h 127.0.0.1 -p "$port" -U postgres -c "CREATE ROLE fairlead LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS"
cd "$OLDPWD"
FAIRLEAD_TEST_DATABASE="postgresql://fairlead@127.0.0.1:$port/fairlead" "$@"
