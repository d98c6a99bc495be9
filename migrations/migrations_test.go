package migrations_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"trestle/migrations"
	"trestle/server/store"
	"trestle/server/trestletest"
)

func steps(t *testing.T, all fs.FS, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := fs.ReadDir(all, dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		raw, err := fs.ReadFile(all, path.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(raw)
	}
	return out
}

// Both folders have the same numbers and names, each number once, and the last is what the program needs.
func TestFolders_AreTwins(t *testing.T) {
	lite := slices.Sorted(maps.Keys(steps(t, migrations.SQLite, "sqlite")))
	pg := slices.Sorted(maps.Keys(steps(t, migrations.Postgres, "postgres")))
	if !slices.Equal(lite, pg) {
		t.Fatalf("sqlite has %v\npostgres has %v", lite, pg)
	}
	for i, name := range lite {
		if !regexp.MustCompile(`^\d{4}_[a-z0-9_]+\.sql$`).MatchString(name) || (i > 0 && name[:4] == lite[i-1][:4]) {
			t.Errorf("step %d is called %s", i+1, name)
		}
	}
	if last := lite[len(lite)-1]; !strings.HasPrefix(last, fmt.Sprintf("%04d_", store.SchemaVersion())) {
		t.Errorf("the program says %d", store.SchemaVersion())
	}
}

var (
	comment = regexp.MustCompile(`(?m)--.*$`)
	banned  = map[string]*regexp.Regexp{
		"TRUNCATE":  regexp.MustCompile(`(?i)\bTRUNCATE\b`),
		"CASCADE":   regexp.MustCompile(`(?i)\bCASCADE\b`),
		"DROP":      regexp.MustCompile(`(?i)\bDROP\s+(TABLE|COLUMN|SCHEMA|DATABASE)\b`),
		"DELETE":    regexp.MustCompile(`(?i)\bDELETE\s+FROM\b`),
		"TIMESTAMP": regexp.MustCompile(`(?i)\bTIMESTAMP\b`),
		"DEFERRED":  regexp.MustCompile(`(?i)\bDEFERR(ED|ABLE)\b`),
		"SERIAL":    regexp.MustCompile(`(?i)\bSERIAL\b`),
		"Down":      regexp.MustCompile(`(?i)\+goose\s+Down`),
		"FAIL":      regexp.MustCompile(`(?i)RAISE\s*\(\s*(FAIL|ROLLBACK|IGNORE)`),
	}
	allowed = []*regexp.Regexp{
		regexp.MustCompile(`(?i)BEFORE TRUNCATE ON events`), // the trigger that refuses it
		regexp.MustCompile(`DELETE FROM search_words`),      // the index forgets a card that is gone
	}
)

// lint gives what a step may not hold. A DROP TABLE is allowed as the last step of a SQLite rebuild, on a line
// under "-- rebuild: why" or with it at its end.
func lint(name, text string) (found []string) {
	if banned["Down"].MatchString(text) {
		found = append(found, name+" has a Down section: restore a backup instead")
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		code := comment.ReplaceAllString(l, "")
		for _, a := range allowed {
			code = a.ReplaceAllString(code, "")
		}
		rebuild := strings.Contains(l, "-- rebuild:") || (i > 0 && strings.HasPrefix(strings.TrimSpace(lines[i-1]), "-- rebuild:"))
		for word, re := range banned {
			if word == "DROP" && rebuild && regexp.MustCompile(`(?i)\bDROP\s+TABLE\b`).MatchString(code) {
				continue
			}
			if re.MatchString(code) {
				found = append(found, fmt.Sprintf("%s:%d: %s: %s", name, i+1, word, strings.TrimSpace(l)))
			}
		}
	}
	return found
}

func TestSteps_HoldNothingThatLosesData(t *testing.T) {
	for dir, all := range map[string]map[string]string{
		"sqlite": steps(t, migrations.SQLite, "sqlite"), "postgres": steps(t, migrations.Postgres, "postgres")} {
		for name, text := range all {
			for _, f := range lint(dir+"/"+name, text) {
				t.Error(f)
			}
			if !strings.HasPrefix(text, "-- +goose Up\n") {
				t.Errorf("%s/%s does not begin with -- +goose Up", dir, name)
			}
			if strings.Contains(text, "NO TRANSACTION") {
				t.Errorf("%s/%s runs without a transaction: a kill would leave half of it", dir, name)
			}
		}
	}
}

func TestLint_FindsEachBannedStatement(t *testing.T) {
	for _, bad := range []string{
		"TRUNCATE TABLE cards;", "truncate cards;", "ALTER TABLE a DROP COLUMN b;", "DROP TABLE cards;", "drop  table cards;",
		"  x TEXT REFERENCES y ON DELETE CASCADE", "DELETE FROM people;", "at TIMESTAMP NOT NULL", "id SERIAL", "-- +goose Down",
		"x TEXT REFERENCES y DEFERRABLE INITIALLY DEFERRED", "BEGIN SELECT RAISE(ROLLBACK, 'x'); END;", "DROP TABLE a; -- tidy",
		"BEFORE TRUNCATE ON cards",
	} {
		if len(lint("x", bad)) == 0 {
			t.Errorf("%s passes", bad)
		}
	}
	for _, good := range []string{
		"at TIMESTAMPTZ", "-- never TRUNCATE", "-- rebuild: kind gets a check\nDROP TABLE cards_old;", "DROP TABLE a; -- rebuild: x", "DROP INDEX i;",
	} {
		if found := lint("x", good); len(found) != 0 {
			t.Errorf("%v", found)
		}
	}
}

type column struct {
	Class    string // text, integer, real, boolean
	Nullable bool
	Key      bool
	Default  bool
}

var classes = map[string]string{
	"TEXT": "text", "text": "text", "BIGINT": "integer", "INTEGER": "integer", "bigint": "integer", "integer": "integer",
	"DOUBLE PRECISION": "real", "double precision": "real", "BOOLEAN": "boolean", "boolean": "boolean",
}

func class(t *testing.T, table, col, kind string) string {
	c, ok := classes[kind]
	if !ok {
		t.Errorf("%s.%s has the type %s, which this test does not know", table, col, kind)
	}
	return c
}

// The two folders make the same tables: every column by name, class of type, nullability, key and whether it
// has a default. Foreign keys and indices too. The index of words, search_…, is each database's own.
func TestFolders_MakeTheSameTables(t *testing.T) {
	lite := sqliteTables(t)
	pg := postgresTables(t)
	for _, table := range slices.Sorted(maps.Keys(lite)) {
		for _, col := range slices.Sorted(maps.Keys(lite[table])) {
			p, ok := pg[table][col]
			if l := lite[table][col]; !ok || l != p {
				t.Errorf("%s.%s: sqlite %+v, postgres %+v (there: %v)", table, col, l, p, ok)
			}
		}
	}
	for table, cols := range pg {
		for col := range cols {
			if _, ok := lite[table][col]; !ok {
				t.Errorf("%s.%s is only on postgres", table, col)
			}
		}
	}
	if len(lite) < 10 {
		t.Errorf("only %d tables were seen", len(lite))
	}
}

func openSQLite(t *testing.T) *sql.DB {
	t.Helper()
	dir := t.TempDir()
	if _, err := store.Migrate(t.Context(), store.Options{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func openPostgres(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", trestletest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func each(t *testing.T, db *sql.DB, stmt string, fn func(scan func(...any) error) error) {
	t.Helper()
	rows, err := db.Query(stmt)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func sqliteTables(t *testing.T) map[string]map[string]column {
	out := map[string]map[string]column{}
	each(t, openSQLite(t), `SELECT m.name, c.name, c.type, c."notnull", c.pk, c.dflt_value IS NOT NULL FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'goose_%' AND m.name NOT LIKE 'search_%'`, func(scan func(...any) error) error {
		var table, col, kind string
		var notNull, def bool
		var pk int
		if err := scan(&table, &col, &kind, &notNull, &pk, &def); err != nil {
			return err
		}
		if out[table] == nil {
			out[table] = map[string]column{}
		}
		// a key is never null on PostgreSQL; on SQLite a TEXT PRIMARY KEY without NOT NULL may be, by an old bug
		out[table][col] = column{class(t, table, col, kind), !notNull && pk == 0, pk > 0, def}
		return nil
	})
	return out
}

func postgresTables(t *testing.T) map[string]map[string]column {
	out := map[string]map[string]column{}
	each(t, openPostgres(t), `SELECT c.table_name, c.column_name, c.data_type, c.is_nullable = 'YES', c.column_default IS NOT NULL,
		EXISTS (SELECT 1 FROM information_schema.table_constraints k JOIN information_schema.key_column_usage u USING (constraint_name, table_name)
			WHERE k.constraint_type = 'PRIMARY KEY' AND u.table_name = c.table_name AND u.column_name = c.column_name)
		FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name NOT LIKE 'goose_%' AND c.table_name NOT LIKE 'search_%'`, func(scan func(...any) error) error {
		var table, col, kind string
		var nullable, def, key bool
		if err := scan(&table, &col, &kind, &nullable, &def, &key); err != nil {
			return err
		}
		if out[table] == nil {
			out[table] = map[string]column{}
		}
		out[table][col] = column{class(t, table, col, kind), nullable, key, def}
		return nil
	})
	return out
}

func TestFolders_MakeTheSameIndicesAndReferences(t *testing.T) {
	lite, pg := map[string]bool{}, map[string]bool{}
	into := func(m map[string]bool) func(scan func(...any) error) error {
		return func(scan func(...any) error) error {
			var s string
			err := scan(&s)
			m[s] = true
			return err
		}
	}
	l, p := openSQLite(t), openPostgres(t)
	each(t, l, `SELECT 'index ' || name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`, into(lite))
	each(t, p, `SELECT 'index ' || indexname FROM pg_indexes i WHERE schemaname = 'public' AND tablename NOT LIKE 'goose_%' AND tablename NOT LIKE 'search_%'
		AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`, into(pg))
	each(t, l, `SELECT 'reference ' || m.name || '.' || f."from" || ' to ' || f."table" || '.' || f."to" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
		WHERE m.type = 'table'`, into(lite))
	each(t, p, `SELECT 'reference ' || u.table_name || '.' || u.column_name || ' to ' || r.table_name || '.' || r.column_name
		FROM information_schema.referential_constraints c
		JOIN information_schema.key_column_usage u ON u.constraint_name = c.constraint_name
		JOIN information_schema.key_column_usage r ON r.constraint_name = c.unique_constraint_name AND r.ordinal_position = u.position_in_unique_constraint`, into(pg))
	each(t, l, `SELECT 'unique ' || m.name || '.' || c.name FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
		WHERE m.type = 'table' AND i.origin = 'u'`, into(lite))
	each(t, p, `SELECT 'unique ' || u.table_name || '.' || u.column_name FROM information_schema.table_constraints k
		JOIN information_schema.key_column_usage u USING (constraint_name, table_name)
		WHERE k.constraint_type = 'UNIQUE' AND k.table_schema = 'public' AND k.table_name NOT LIKE 'goose_%'`, into(pg))
	for s := range lite {
		if !pg[s] {
			t.Errorf("only on sqlite: %s", s)
		}
	}
	for s := range pg {
		if !lite[s] {
			t.Errorf("only on postgres: %s", s)
		}
	}
	if len(lite) < 20 {
		t.Errorf("only %d were seen", len(lite))
	}
}

// Order keys are compared bytewise on both, whatever the database's own language is.
func TestOrderKeys_AreComparedBytewise(t *testing.T) {
	var collation sql.NullString
	if err := openPostgres(t).QueryRow(`SELECT collation_name FROM information_schema.columns WHERE table_name = 'places' AND column_name = 'pos'`).Scan(&collation); err != nil {
		t.Fatal(err)
	}
	if collation.String != "C" {
		t.Errorf("places.pos has the collation %q", collation.String)
	}
}

// Timestamps that drop their offset do not exist, and no reference waits for the end of a transaction: SQLite's
// writer would only learn of it at COMMIT, for the whole batch.
func TestPostgres_TypesAndConstraints(t *testing.T) {
	var n int
	if err := openPostgres(t).QueryRow(`SELECT (SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'goose_%' AND data_type = 'timestamp without time zone')
		+ (SELECT count(*) FROM pg_constraint WHERE condeferrable)`).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d, %v", n, err)
	}
}
