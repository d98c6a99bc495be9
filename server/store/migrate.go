package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the "pgx" driver
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"trestle/migrations"
)

// Migrated tells what Migrate did.
type Migrated struct {
	From, To int64
	Backup   string // SQLite: the copy made before the first step, if there was anything to copy
}

// Migrate brings the schema to this program's version. It refuses a database that a newer program made,
// and copies a SQLite database that holds something before it changes it.
func Migrate(ctx context.Context, o Options) (Migrated, error) {
	if o.DatabaseURL != "" {
		db, err := sql.Open("pgx", o.DatabaseURL)
		if err != nil {
			return Migrated{}, err
		}
		defer db.Close()
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // several nodes may start together: ask every second, for 5 minutes
		if err != nil {
			return Migrated{}, err
		}
		return migrate(ctx, db, goose.DialectPostgres, migrations.Postgres, "postgres", nil, goose.WithSessionLocker(locker))
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return Migrated{}, err
	}
	path := filepath.Join(o.Dir, FileName)
	if err := private(path); err != nil {
		return Migrated{}, err
	}
	db, err := sql.Open("sqlite3", writerDSN(path))
	if err != nil {
		return Migrated{}, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := checkBuild(ctx, db); err != nil {
		return Migrated{}, err
	}
	backup := func(from int64) (string, error) {
		to := filepath.Join(o.Dir, "backups", fmt.Sprintf("before-schema-%d.db", from+1))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return "", err
		}
		if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if err := private(to); err != nil { // VACUUM INTO fills an empty file, and keeps its mode
			return "", err
		}
		_, err := db.ExecContext(ctx, "VACUUM INTO ?", to)
		return to, err
	}
	return migrate(ctx, db, goose.DialectSQLite3, migrations.SQLite, "sqlite", backup)
}

func migrate(ctx context.Context, db *sql.DB, d goose.Dialect, all fs.FS, dir string,
	backup func(from int64) (string, error), opts ...goose.ProviderOption) (Migrated, error) {
	files, err := fs.Sub(all, dir)
	if err != nil {
		return Migrated{}, err
	}
	// steps of different rooms do not lean on each other, and one may arrive after one with a higher number
	p, err := goose.NewProvider(d, db, files, append(opts, goose.WithAllowOutofOrder(true))...)
	if err != nil {
		return Migrated{}, err
	}
	var m Migrated
	if m.From, err = p.GetDBVersion(ctx); err != nil {
		return m, err
	}
	sources := p.ListSources()
	m.To = sources[len(sources)-1].Version
	if m.From > m.To {
		return m, fmt.Errorf("the database has schema %d, this program knows %d: it was made by a newer Trestle", m.From, m.To)
	}
	if pending, err := p.HasPending(ctx); err != nil || !pending {
		return m, err
	}
	if m.From > 0 && backup != nil {
		if m.Backup, err = backup(m.From); err != nil {
			return m, fmt.Errorf("no copy could be made before changing the schema: %w", err)
		}
	}
	_, err = p.Up(ctx)
	return m, err
}

// SchemaVersion is what this program needs: the number of the last step.
func SchemaVersion() int64 {
	entries, err := fs.ReadDir(migrations.SQLite, "sqlite")
	if err != nil || len(entries) == 0 {
		return 0
	}
	last, _, _ := strings.Cut(entries[len(entries)-1].Name(), "_")
	n, _ := strconv.ParseInt(last, 10, 64)
	return n
}
