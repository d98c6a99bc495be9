package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"trestle/server/store"
	"trestle/server/trestletest"
)

// eachEmpty runs fn on an empty place of either kind.
func eachEmpty(t *testing.T, fn func(t *testing.T, o store.Options)) {
	t.Run("sqlite", func(t *testing.T) {
		trestletest.NeedFullText(t)
		fn(t, store.Options{Dir: filepath.Join(t.TempDir(), "new", "data")})
	})
	t.Run("postgres", func(t *testing.T) { fn(t, store.Options{DatabaseURL: trestletest.EmptyPostgresURL(t)}) })
}

func raw(t *testing.T, o store.Options, stmts ...string) {
	t.Helper()
	driver, dsn := "pgx", o.DatabaseURL
	if dsn == "" {
		driver, dsn = "sqlite3", "file:"+filepath.Join(o.Dir, store.FileName)
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range stmts {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestMigrate_FreshThenAgain(t *testing.T) {
	eachEmpty(t, func(t *testing.T, o store.Options) {
		m, err := store.Migrate(t.Context(), o)
		if err != nil || m.From != 0 || m.To != store.SchemaVersion() || m.Backup != "" {
			t.Fatalf("%+v, %v", m, err)
		}
		st, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		trestletest.Person(t, st, "ada", "member")
		m, err = store.Migrate(t.Context(), o) // while it is open, and with people in it
		if err != nil || m.From != m.To || m.Backup != "" {
			t.Fatalf("%+v, %v", m, err)
		}
		if n := trestletest.Count(t, st, "SELECT count(*) FROM people"); n != 1 {
			t.Fatalf("%d people", n)
		}
	})
}

func TestMigrate_RefusesWhatANewerProgramMade(t *testing.T) {
	eachEmpty(t, func(t *testing.T, o store.Options) {
		if _, err := store.Migrate(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		raw(t, o, fmt.Sprintf("INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, TRUE)", store.SchemaVersion()+1))
		_, err := store.Migrate(t.Context(), o)
		if err == nil || !strings.Contains(err.Error(), "newer Trestle") {
			t.Fatalf("%v", err)
		}
	})
}

// Several nodes may start together on an empty PostgreSQL.
// A step that arrived after one with a higher number is made up for.
func TestMigrate_MakesUpForASkippedStep(t *testing.T) {
	eachEmpty(t, func(t *testing.T, o store.Options) {
		if _, err := store.Migrate(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		raw(t, o, "DROP TABLE favourites", "DELETE FROM goose_db_version WHERE version_id = 14")
		if _, err := store.Migrate(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		raw(t, o, "SELECT person_id FROM favourites")
	})
}

func TestMigrate_ManyAtOnce(t *testing.T) {
	o := store.Options{DatabaseURL: trestletest.EmptyPostgresURL(t)}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, err := store.Migrate(t.Context(), o); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// A SQLite file that holds something is copied before it is changed.
func TestMigrate_CopiesBeforeItChanges(t *testing.T) {
	trestletest.NeedFullText(t)
	o := store.Options{Dir: t.TempDir()}
	if _, err := store.Migrate(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	// as it was one step ago: the last step's tables gone, its version too
	last := store.SchemaVersion()
	st, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	trestletest.Person(t, st, "ada", "member")
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, o, fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id = %d", last))
	m, err := store.Migrate(t.Context(), o)
	if m.From >= last || m.Backup == "" {
		t.Fatalf("%+v, %v", m, err)
	}
	if err == nil {
		t.Log("the last step can be applied twice")
	}
	// whether the step itself went well or not, the copy is sound and is of before
	fi, err := os.Stat(m.Backup)
	if err != nil || fi.Mode().Perm()&0o077 != 0 {
		t.Errorf("the copy: %v %v", fi.Mode(), err)
	}
	db, err := sql.Open("sqlite3", "file:"+m.Backup+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var version, people int
	var check string
	if err := db.QueryRow("SELECT max(version_id), (SELECT count(*) FROM people) FROM goose_db_version").Scan(&version, &people); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil {
		t.Fatal(err)
	}
	if int64(version) != m.From || people != 1 || check != "ok" {
		t.Errorf("the copy has schema %d, %d people, %s", version, people, check)
	}
}

// A step that fails leaves nothing of itself, and the program does not start on it.
func TestMigrate_AFailingStepLeavesNothing(t *testing.T) {
	eachEmpty(t, func(t *testing.T, o store.Options) {
		if o.Dir != "" {
			if err := os.MkdirAll(o.Dir, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		raw(t, o, "CREATE TABLE blockers (in_the_way TEXT)") // step 4 makes that one
		if _, err := store.Migrate(t.Context(), o); err == nil {
			t.Fatal("no error")
		}
		raw(t, o, "DROP TABLE blockers")
		m, err := store.Migrate(t.Context(), o)
		if err != nil || m.To != store.SchemaVersion() {
			t.Fatalf("%+v, %v", m, err)
		}
	})
}

func TestOpen_SaysWhatIsWrong(t *testing.T) {
	if _, err := store.Open(context.Background(), store.Options{DatabaseURL: "postgres://nobody@127.0.0.1:1/none?connect_timeout=2"}); err == nil || !strings.Contains(err.Error(), "PostgreSQL cannot be reached") {
		t.Errorf("%v", err)
	}
	if _, err := store.Open(context.Background(), store.Options{DatabaseURL: "postgres://a:hunter2@[::1"}); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, store.FileName), []byte(strings.Repeat("this is no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(context.Background(), store.Options{Dir: dir}); err == nil {
		t.Error("a text file opens as a database")
	}
}

// A data folder may have any name.
func TestOpen_OddFolderNames(t *testing.T) {
	trestletest.NeedFullText(t)
	for _, name := range []string{"with space", "ques?tion", "ha#sh", "per%20cent", "ünï", "a&b=c"} {
		o := store.Options{Dir: filepath.Join(t.TempDir(), name)}
		if _, err := store.Migrate(t.Context(), o); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		st, err := store.Open(t.Context(), o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		trestletest.Person(t, st, "ada", "member")
		if _, err := os.Stat(filepath.Join(o.Dir, store.FileName)); err != nil {
			t.Error(err)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}
}

// What was said of a team for each discipline becomes what is said of the team: the more critical, and the day said last.
func TestMigrate_FactsOfTeams(t *testing.T) {
	eachEmpty(t, func(t *testing.T, o store.Options) {
		if _, err := store.Migrate(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		said := `INSERT INTO team_needs (team_id, discipline, criticality, pages, launch_on, said_by, said_at) VALUES `
		var stmts []string
		ids := map[string]string{}
		for key, rows := range map[string][]string{
			"BOTH": {`'operations', 3, 5, '2026-05-01', 'ana', 10`, `'security', 2, NULL, '2026-06-01', 'bo', 20`},
			"DAY":  {`'operations', NULL, 5, '2026-05-01', 'ana', 10`, `'security', 1, NULL, '', 'bo', 20`},
			"SAME": {`'operations', 1, 5, '', 'ana', 10`, `'security', 2, NULL, '2026-07-01', 'bo', 10`},
			"NONE": {`'operations', NULL, 5, '', 'ana', 10`},
		} {
			ids[key] = trestletest.Team(t, st, key)
			for _, r := range rows {
				stmts = append(stmts, said+"('"+ids[key]+"', "+r+")")
			}
		}
		was := []string{"ALTER TABLE team_needs ADD COLUMN criticality BIGINT", "ALTER TABLE team_needs ADD COLUMN launch_on TEXT NOT NULL DEFAULT ''"} // as it was before step 55
		raw(t, o, slices.Concat(was, stmts, []string{"DROP TABLE team_facts", "DELETE FROM goose_db_version WHERE version_id IN (53, 55)"})...)
		if _, err := store.Migrate(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]string{"BOTH": "criticality = 3 AND launch_on = '2026-06-01' AND said_by = 'bo' AND said_at = 20",
			"DAY": "criticality = 1 AND launch_on = '2026-05-01'", "SAME": "criticality = 2 AND launch_on = '2026-07-01' AND said_by = 'ana'"} {
			if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM team_facts WHERE team_id = ? AND "+want, ids[key]); n != 1 {
				t.Errorf("%s is not %s", key, want)
			}
		}
		if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM team_facts"); n != 3 {
			t.Errorf("%d teams of which something was said", n)
		}
		// what is said per discipline is kept without them
		if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM team_needs WHERE pages = 5 OR discipline = 'security'"); n != 7 {
			t.Errorf("%d lines of needs", n)
		}
	})
}

// Kinds and operating models of before become those of the product's words: what both ran is the team's and says so, of
// the rest nobody has said why.
func TestMigrate_KindsOfServices(t *testing.T) {
	eachEmpty(t, func(t *testing.T, o store.Options) {
		if _, err := store.Migrate(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		team := trestletest.Team(t, st, "PAY")
		stmts := []string{"ALTER TABLE services DROP COLUMN operating_model_why", "DELETE FROM goose_db_version WHERE version_id = 54"}
		shared := "operating_model = 'team' AND operating_model_why = 'Shared with operations before this was asked.'"
		want := map[string]string{}
		for was, is := range map[[2]string]string{
			{"application", "team"}: "kind = 'digital' AND operating_model = 'team' AND operating_model_why = ''", {"library", "shared"}: "kind = 'digital' AND " + shared,
			{"data", "operations"}: "kind = 'foundational' AND operating_model = 'operations' AND operating_model_why = ''", {"platform", "shared"}: "kind = 'foundational' AND " + shared,
			{"external", "operations"}: "kind = 'cots' AND operating_model = 'operations' AND operating_model_why = ''",
		} {
			want[was[0]] = is
			stmts = append(stmts, "INSERT INTO services (id, team_id, name, kind, criticality, operating_model, created_at) VALUES ('"+was[0]+"', '"+team+"', 'x', '"+was[0]+"', 'standard', '"+was[1]+"', 1)")
		}
		raw(t, o, stmts...)
		if _, err := store.Migrate(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		for id, is := range want {
			if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM services WHERE id = ? AND "+is, id); n != 1 {
				t.Errorf("%s is not %s", id, is)
			}
		}
	})
}
