// Package trestletest is the tests' workshop: a fresh migrated database per test on SQLite and, when
// TRESTLE_TEST_POSTGRES names a server, on PostgreSQL too; a clock that stands still; people of every right.
//
// What is promised is promised on both databases, so a test that touches the store runs through Each:
//
//	trestletest.Each(t, func(t *testing.T, st *store.Store) { … })
//
// PostgreSQL for a developer's machine: server/trestletest/postgres.sh.
package trestletest
