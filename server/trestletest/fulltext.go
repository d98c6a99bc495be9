package trestletest

import "testing"

// NeedFullText skips a test on SQLite in a build without the tag sqlite_fts5, so that a plain `go test ./...` says
// what it left out instead of failing.
func NeedFullText(t testing.TB) {
	t.Helper()
	if !fullText {
		t.Skip("built without full text search, which SQLite needs here: make test, or go test -tags sqlite_fts5 ./...")
	}
}
