#!/usr/bin/env bash
# Says in one sentence what is missing before anything is built, and how to get it. Silent when all is there.
set -u

# at_least HAVE WANT: is version HAVE ("1.26.8") at least WANT ("1.26")?
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

missing=()
if ! command -v go >/dev/null 2>&1; then
  missing+=("Go 1.26 or newer is not installed: get it from https://go.dev/dl and put its bin folder on your PATH.")
else
  v=$(go env GOVERSION); v=${v#go}; v=${v%% *}
  at_least "$v" 1.26 || missing+=("Go $v is too old, 1.26 or newer is needed: get it from https://go.dev/dl.")
fi
if ! command -v node >/dev/null 2>&1; then
  missing+=("Node 20.19 or newer is not installed: get it from https://nodejs.org/en/download or your package manager.")
else
  v=$(node --version); v=${v#v}
  at_least "$v" 20.19 || missing+=("Node $v is too old, 20.19 or newer is needed: get it from https://nodejs.org/en/download.")
  command -v npm >/dev/null 2>&1 || missing+=("npm is not installed: it comes with Node from https://nodejs.org/en/download (Debian: apt install npm).")
fi
command -v "${CC:-gcc}" >/dev/null 2>&1 ||
  missing+=("A C compiler is not installed (SQLite is C): apt install gcc libc6-dev, dnf install gcc, or xcode-select --install.")

if [ ${#missing[@]} -gt 0 ]; then
  printf '%s\n' "${missing[@]}" >&2
  exit 1
fi
