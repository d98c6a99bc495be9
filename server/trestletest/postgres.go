package trestletest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the "pgx" driver

	"trestle/migrations"
	"trestle/server/store"
)

// PostgresEnv names the server that the tests may make databases on, as a postgres:// address of a user
// that may create databases.
const PostgresEnv = "TRESTLE_TEST_POSTGRES"

// PostgresURL gives the address of a fresh migrated database, dropped after the test. Without a server the
// test is skipped by name; where CI is set, that is a failure.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return freshDatabase(t, true)
}

// EmptyPostgresURL is PostgresURL before any migration.
func EmptyPostgresURL(t testing.TB) string {
	t.Helper()
	return freshDatabase(t, false)
}

func freshDatabase(t testing.TB, migrated bool) string {
	t.Helper()
	server := os.Getenv(PostgresEnv)
	if server == "" {
		if os.Getenv("CI") != "" {
			t.Fatalf("PostgreSQL is missing: %s is not set", PostgresEnv)
		}
		t.Skipf("skipped without PostgreSQL: %s is not set", PostgresEnv)
	}
	template := "template0"
	if migrated {
		var err error
		if template, err = postgresTemplate(); err != nil {
			t.Fatalf("PostgreSQL: %v", err)
		}
	}
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	var r [6]byte
	_, _ = rand.Read(r[:])
	name := "trestle_test_" + hex.EncodeToString(r[:])
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := db.ExecContext(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		_ = db.Close()
		t.Fatalf("PostgreSQL: %v", err)
	}
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("PostgreSQL: %v", err)
		}
		_ = db.Close()
	})
	return inDatabase(server, name)
}

func inDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}

// postgresTemplate makes the migrated database that all others are copied from. Its name holds a digest
// of the migrations, and a lock keeps test programs that start together from making it twice.
var postgresTemplate = sync.OnceValues(func() (string, error) {
	server := os.Getenv(PostgresEnv)
	h := sha256.New()
	err := fs.WalkDir(migrations.Postgres, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(migrations.Postgres, p)
		fmt.Fprintf(h, "%s\x00%s\x00", p, raw)
		return err
	})
	if err != nil {
		return "", err
	}
	name := "trestle_template_" + hex.EncodeToString(h.Sum(nil)[:6])
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := sql.Open("pgx", server)
	if err != nil {
		return "", err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(7230001)"); err != nil {
		return "", err
	}
	defer func() { _, _ = conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock(7230001)") }()
	var n int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&n); err != nil || n == 1 {
		return name, err
	}
	half := name + "_making"
	for _, stmt := range []string{"DROP DATABASE IF EXISTS " + half + " WITH (FORCE)", "CREATE DATABASE " + half + " TEMPLATE template0"} {
		if _, err := conn.ExecContext(ctx, stmt); err != nil {
			return "", err
		}
	}
	if _, err := store.Migrate(ctx, store.Options{DatabaseURL: inDatabase(server, half)}); err != nil {
		return "", err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+half+" RENAME TO "+name)
	return name, err
})
