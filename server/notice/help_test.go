package notice_test

import (
	"context"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// sees says who may see which board: "person board"; the board "" is no board.
type sees map[string]bool

func (s sees) CanSee(_ *store.Query, v who.Viewer, boardID string) (bool, error) {
	return s[v.PersonID+" "+boardID], nil
}

// office is a workspace with notices, their work and three people.
type office struct {
	*trestletest.Bench
	notices       *notice.Service
	runner        *outbox.Runner
	sees          sees
	ana, bo, dara who.Viewer
}

func open(t *testing.T, b *trestletest.Bench, cfg notice.Config) *office {
	t.Helper()
	o := &office{Bench: b, sees: sees{}}
	o.ana, o.bo, o.dara = trestletest.Person(t, b.Store, "Ana", who.Member), trestletest.Person(t, b.Store, "Bo", who.Member), trestletest.Person(t, b.Store, "Dara", who.Member)
	o.notices = notice.New(b.Store, account.New(b.Store, account.Config{KeyDir: t.TempDir()}), o.sees, cfg)
	o.runner = outbox.New(b.Store, nil)
	o.notices.Work(o.runner)
	return o
}

func each(t *testing.T, fn func(t *testing.T, o *office)) {
	t.Helper()
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) { fn(t, open(t, b, notice.Config{})) })
}

// post leaves a note in a write of its own.
func (o *office) post(t *testing.T, by who.Viewer, n notice.Note) {
	t.Helper()
	if err := store.Do(store.As(t.Context(), by.PersonID, by.Name), o.Store, nil, func(tx *store.Tx) error { return notice.Post(tx, n) }); err != nil {
		t.Fatal(err)
	}
}

// work lets the outbox do all that is due.
func (o *office) work(t *testing.T) {
	t.Helper()
	for {
		n, err := o.runner.Round(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

func (o *office) later(t *testing.T, d time.Duration) {
	t.Helper()
	o.Clock.Advance(d)
	o.work(t)
}

func (o *office) inbox(t *testing.T, v who.Viewer) notice.Inbox {
	t.Helper()
	in, err := o.notices.List(trestletest.Ctx(t, v), false, 30, "")
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func exec(t *testing.T, o *office, stmt string, args ...any) {
	t.Helper()
	if err := store.Do(t.Context(), o.Store, nil, func(tx *store.Tx) error { _, err := tx.Exec(stmt, args...); return err }); err != nil {
		t.Fatal(err)
	}
}
