#!/usr/bin/env bash
# Writes docs/api/openapi.json (from the program) and frontend/src/api/schema.d.ts (from that document).
# With --check it writes nothing and fails when either differs from what is committed.
set -euo pipefail
cd "$(dirname "$0")/.."

document=docs/api/openapi.json
types=frontend/src/api/schema.d.ts
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# as "make build" compiles, so that SQLite is compiled once
go run -trimpath -tags sqlite_fts5 ./server/cmd/trestle openapi > "$tmp/openapi.json"
(cd frontend/tools/openapi && node node_modules/openapi-typescript/bin/cli.js "$tmp/openapi.json" --output "$tmp/schema.d.ts" >/dev/null)

if [ "${1:-}" = --check ]; then
  same=0
  diff -u "$document" "$tmp/openapi.json" | head -n 60 || true
  cmp -s "$document" "$tmp/openapi.json" || same=1
  cmp -s "$types" "$tmp/schema.d.ts" || same=1
  [ $same = 0 ] || echo "$document or $types is not what the program says. Run: make generate" >&2
  exit $same
fi
mkdir -p docs/api
cp "$tmp/openapi.json" "$document"
cp "$tmp/schema.d.ts" "$types"
