#!/usr/bin/env bash
# Runs every test and says at the end what passed, what failed and what was skipped, and why.
#   --static  only what needs nothing to run (format, vet, types, lint, generated files)
#   --soak    the long forms (TRESTLE_SOAK=1), without the page's static checks
# With CI set, a skip is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."

mode=all
case "${1:-}" in --static) mode=static ;; --soak) mode=soak ;; esac

export CGO_ENABLED=1 CGO_CFLAGS="${CGO_CFLAGS:--O2 -fno-inline-functions -falign-functions=1 -falign-loops=1 -falign-jumps=1 -falign-labels=1 -fno-asynchronous-unwind-tables -fno-unwind-tables}" # as the Makefile
case " ${GOFLAGS:-} " in *sqlite_fts5*) ;; *) export GOFLAGS="${GOFLAGS:-} -tags=sqlite_fts5" ;; esac

# in_memory: is there a folder in memory that has room for the tests' databases, and may hold programs?
in_memory() {
  local free
  [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] || return 1
  free=$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')
  [ "${free:-0}" -ge 4000000 ] && [ "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)" -ge 6000000 ] || return 1
  ! findmnt -no OPTIONS /dev/shm 2>/dev/null | grep -qw noexec
}

# A database of PostgreSQL is some 300 files: to make and drop one costs 650 ms of processor time on a disk, 30 in memory.
base=${TMPDIR:-/tmp}
if in_memory; then base=/dev/shm; fi
tmp=$(mktemp -d "$base/trestle-test.XXXXXX")
chmod 711 "$tmp"
mkdir -m 1777 "$tmp/t"
export GOTMPDIR=${GOTMPDIR:-${TMPDIR:-/tmp}} TMPDIR="$tmp/t" # programs that go links stay on the disk
passed=0 failed=0
summary=() skips=()
beside='' beside_since=0
pg_started=''
export TRESTLE_TEST_POSTGRES_DIR="$tmp/pg"

cleanup() {
  [ -z "$beside" ] || { kill -- "-$beside" || kill "$beside"; wait "$beside"; } 2>/dev/null
  [ -z "$pg_started" ] || server/trestletest/postgres.sh stop
  rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

say() { printf '\n== %s\n' "$*"; }

# skip NAME REASON: something could not be run here
skip() {
  skips+=("$1: $2")
  if [ -n "${CI:-}" ]; then failed=$((failed + 1)); summary+=("FAIL  $1: skipped, which CI does not allow: $2"); fi
}

# step NAME COMMAND…: runs it, keeps its output in $tmp/NAME.log, shows it when it fails
step() {
  local name=$1 started=$SECONDS code=0
  shift
  say "$name"
  "$@" >"$tmp/${name// /-}.log" 2>&1 || code=$?
  ended "$name" $code $((SECONDS - started))
}

# begin NAME COMMAND…: starts a step beside those that follow, in a session of its own that ends with this script
begin() {
  local log="$tmp/${1// /-}.log" session=env
  ! command -v setsid >/dev/null || session=setsid
  say "$1 begins"
  beside_since=$(date +%s)
  # shellcheck disable=SC2016
  $session bash -c '"${@:2}"; code=$?; date +%s >"$1"; exit $code' begin "$log.ended" "${@:2}" </dev/null >"$log" 2>&1 &
  beside=$!
}

# finish NAME: waits for the step that was begun
finish() {
  local code=0 log="$tmp/${1// /-}.log"
  say "$1"
  wait "$beside" || code=$?
  beside=''
  ended "$1" $code $(($(cat "$log.ended" 2>/dev/null || date +%s) - beside_since))
}

# ended NAME CODE SECONDS: says how a step went
ended() {
  local log="$tmp/${1// /-}.log"
  if [ "$2" = 0 ]; then
    summary+=("ok    $1 ($3 s)")
    tail -n 3 "$log"
    return 0
  fi
  summary+=("FAIL  $1 ($3 s)")
  grep -vE '^ *(=== (RUN|PAUSE|CONT|NAME)|--- PASS)|^(PASS|ok  )' "$log" | tail -n 300
  return 1
}

# check is a step that counts as one test
check() { if step "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi; }

gofmt_clean() {
  local out
  out=$(gofmt -l server migrations seed frontend/*.go 2>&1)
  [ -z "$out" ] || { echo "not formatted (gofmt -w):"; echo "$out"; return 1; }
}

# PKG narrows the Go tests: make test PKG=./server/card/...
packages() { go list "${PKG:-./...}"; }

# postgres starts a throw-away PostgreSQL on a socket in $tmp (as its own user when we are root).
postgres() {
  if [ -n "${TRESTLE_TEST_POSTGRES:-}" ]; then return 0; fi
  say "PostgreSQL"
  local out code=0
  out=$(server/trestletest/postgres.sh start 2>"$tmp/pg.log") || code=$?
  if [ $code = 3 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt_install postgresql; then
    code=0
    out=$(server/trestletest/postgres.sh start 2>"$tmp/pg.log") || code=$?
  fi
  case $code in
  0) eval "$out"; pg_started=1; echo "on a socket in $TRESTLE_TEST_POSTGRES_DIR" ;;
  3) skip "the tests on PostgreSQL" "no PostgreSQL server program found (apt install postgresql), and TRESTLE_TEST_POSTGRES is not set" ;;
  *) cat "$tmp/pg.log"; skip "the tests on PostgreSQL" "PostgreSQL is installed but did not start (see above)" ;;
  esac
}

apt_install() {
  say "installing $*"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } >"$tmp/apt.log" 2>&1 ||
    { tail -n 5 "$tmp/apt.log"; return 1; }
}

# browser finds Chromium, or installs it when we are root. The headless shell is the same engine without the windows
# of its own, for two thirds of the processor time; where a package has it, it is preferred.
browser() {
  local c
  if [ -n "${CHROMIUM_PATH:-}" ] && runs "$CHROMIUM_PATH"; then export CHROMIUM_PATH; return 0; fi
  for c in chromium-headless-shell chromium; do
    if ! runs /usr/bin/$c && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt_install $c || true; fi
    if runs /usr/bin/$c; then export CHROMIUM_PATH=/usr/bin/$c; return 0; fi
  done
  for c in /usr/bin/chromium-browser /usr/bin/google-chrome /usr/bin/google-chrome-stable; do
    if runs $c; then export CHROMIUM_PATH=$c; return 0; fi
  done
  skip "the tests in a browser" "no Chromium found (apt install chromium, or set CHROMIUM_PATH)"
  return 1
}

runs() { [ -x "$1" ] && "$1" --version >/dev/null 2>&1; }

# tested ARGUMENTS… -- PACKAGES…: the Go tests; then, without the race detector, those that leave themselves to this run
# (trestletest.WithoutRace).
tested() {
  local code=0 args=()
  while [ "$1" != -- ]; do args+=("$1"); shift; done
  shift
  go test "${args[@]}" -v "$@" || code=$?
  local names dirs
  names=$(grep -rlE 'trestletest\.WithoutRace\(t\)' --include='*_test.go' server seed migrations | xargs awk '/^func Test/ { name = $2; sub(/\(.*/, "", name) } /trestletest\.WithoutRace\(t\)/ { print name }' | paste -sd'|')
  dirs=$(grep -rlE 'trestletest\.WithoutRace\(t\)' --include='*_test.go' server seed migrations | xargs -n 1 dirname | sort -u | sed 's|^|trestle/|' | grep -Fx -f <(printf '%s\n' "$@"))
  if [ -n "$dirs" ] && [[ " ${args[*]} " = *" -race "* ]]; then
    # shellcheck disable=SC2086
    go test -trimpath -vet=off -timeout 10m -v -run "^($names)\$" $dirs || code=$?
  fi
  return $code
}
export -f tested

# Two packages at a time and with less of the processor, because people who wait do not count in a Go test; alone three.
# -trimpath, so that another clone need not compile again.
go_tests_begin() {
  local args=(-race -vet=off -p "$1" -timeout 14m) # vet is a step of its own
  if [ $mode = soak ]; then args=(-p 3 -timeout 12h); fi
  # shellcheck disable=SC2046
  begin "go test" nice -n "$2" bash -c 'tested "$@"' tested -trimpath "${args[@]}" -- $(packages)
}

go_tests_finish() {
  local log="$tmp/go-test.log"
  if ! finish "go test"; then
    grep -q -- '--- FAIL' "$log" || failed=$((failed + 1)) # did not build, or died
  fi
  passed=$((passed + $(grep -cE '^ *--- PASS' "$log")))
  failed=$((failed + $(grep -cE '^ *--- FAIL' "$log")))
  local line said="$tmp/go-skips"
  awk '/^=== (RUN|NAME|CONT)/ { now = $3 }
    /^ +[A-Za-z0-9_]+\.go:[0-9]+: / { sub(/^ +[^:]+:[0-9]+: /, ""); why[now] = $0 }
    /^ *--- PASS: / { passed[$3] = 1 }
    /^ *--- SKIP: / { skipped[$3] = 1 }
    END { for (t in skipped) if (!passed[t]) print t ": " why[t] }' "$log" >"$said"
  while IFS= read -r line; do skips+=("$line"); done <"$said"
  if [ -n "${CI:-}" ] && grep -qiE 'postgres|chromium|browser' "$said"; then
    failed=$((failed + 1)); summary+=("FAIL  a Go test skipped PostgreSQL or the browser, which CI does not allow")
  fi
}

# counted NAME COMMAND…: a step whose output says "N passed" and "N failed"
counted() {
  local name=$1 log="$tmp/${1// /-}.log" bad p f
  step "$@"; bad=$?
  p=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *(Tests +)?.*[0-9]+ passed' | tail -n 1 | grep -oE '[0-9]+ passed' | grep -oE '[0-9]+')
  f=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *(Tests +)?.*[0-9]+ failed' | tail -n 1 | grep -oE '[0-9]+ failed' | grep -oE '[0-9]+')
  passed=$((passed + ${p:-0}))
  if [ $bad != 0 ]; then failed=$((failed + ${f:-1})); [ "${f:-1}" != 0 ] || failed=$((failed + 1)); fi
}

in_frontend() { (cd frontend && env -u FORCE_COLOR NO_COLOR=1 "$@"); }

# The Go tests run beside all else, from compiling them on: neither they nor the browser tests keep two processors busy.
# What measures has the machine for itself, afterwards.
if [ $mode != static ]; then
  postgres
  if [ $mode = soak ]; then go_tests_begin 3 0; else go_tests_begin 2 5; fi
fi
if [ $mode != soak ]; then
  check "go format" gofmt_clean
  check "go vet" go vet -trimpath $(packages)
  check "page packages" make --no-print-directory -s frontend/node_modules/.package-lock.json frontend/tools/openapi/node_modules/.package-lock.json
  check "generated files" scripts/generate.sh --check
  check "page lint" in_frontend npx --no-install biome ci --colors=off --error-on-warnings src e2e
  check "page types" in_frontend npx --no-install tsc --noEmit
  check "types of the browser tests" in_frontend npx --no-install tsc --noEmit -p e2e
fi
if [ $mode = all ]; then
  counted "page tests" in_frontend npx --no-install vitest run
  check "build" make --no-print-directory build "VERSION=${VERSION:-dev}"
  check "page size" in_frontend npm run --silent size
  if browser; then
    export TRESTLE_BIN="$PWD/bin/trestle"
    counted "browser tests" in_frontend npx --no-install playwright test --reporter=list --project=behaviour
    go_tests_finish
    counted "page budgets" in_frontend npx --no-install playwright test --reporter=list --project=measured --no-deps
  else
    go_tests_finish
  fi
elif [ $mode = soak ]; then
  check "build" make --no-print-directory build "VERSION=${VERSION:-dev}"
  go_tests_finish
fi

say "summary ($((SECONDS / 60)) min $((SECONDS % 60)) s)"
printf '%s\n' "${summary[@]}"
if [ ${#skips[@]} -gt 0 ]; then
  echo "skipped:"
  printf '  %s\n' "${skips[@]}"
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
