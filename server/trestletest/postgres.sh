#!/bin/sh
# A throw-away PostgreSQL for the tests: no port, no password, no fsync.
#
#   eval "$(server/trestletest/postgres.sh start)"    exports TRESTLE_TEST_POSTGRES
#   go test -tags sqlite_fts5 ./server/store/
#   server/trestletest/postgres.sh stop
#
# As root it runs under the user postgres, since PostgreSQL refuses to run as root. Exit 3: not installed.
set -eu
dir=${TRESTLE_TEST_POSTGRES_DIR:-${TMPDIR:-/tmp}/trestle-postgres-$(id -u)}
bin=$(ls -d /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { p=$(command -v initdb || true); [ -n "$p" ] && bin=$(dirname "$p"); }
[ -n "$bin" ] || { echo "PostgreSQL is not installed (Debian, Ubuntu: apt-get install postgresql)" >&2; exit 3; }
as() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

case ${1:-} in
start)
  if ! as "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; then
    rm -rf "$dir"
    mkdir -p "$dir"
    chmod 711 "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    # a natural language's order, not the bytewise one, so that a forgotten COLLATE "C" shows
    as "$bin/initdb" -D "$dir/data" -U postgres -A trust --no-sync -E UTF8 --locale-provider=icu --icu-locale=en >"$dir.log" 2>&1 ||
      as "$bin/initdb" -D "$dir/data" -U postgres -A trust --no-sync -E UTF8 >"$dir.log" 2>&1
    as "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/server.log" -o "-k '$dir' -c listen_addresses='' \
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB" start >>"$dir.log" 2>&1 ||
      { cat "$dir.log" "$dir/server.log" >&2; exit 1; }
  fi
  echo "export TRESTLE_TEST_POSTGRES='postgres://postgres@/postgres?host=$dir'"
  ;;
stop)
  as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$dir" "$dir.log"
  ;;
*) echo "usage: $0 start|stop" >&2; exit 2 ;;
esac
