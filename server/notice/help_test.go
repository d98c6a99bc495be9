package notice_test

import (
	"context"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/fault"
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

// leads says who leads which team: "person team".
type leads map[string]bool

func (l leads) NeedLead(_ *store.Query, v who.Viewer, teamID string) (string, error) {
	if !l[v.PersonID+" "+teamID] {
		return "", fault.Forbidden("Only a lead of this team may do that.")
	}
	return "Team", nil
}

// letters is a mail server: what it is given is kept, and refused with what is in fail, one by one.
type letters struct {
	sent []notice.Letter
	fail []error
}

func (l *letters) Send(_ context.Context, m notice.Letter) error {
	if len(l.fail) > 0 {
		err := l.fail[0]
		l.fail = l.fail[1:]
		return err
	}
	l.sent = append(l.sent, m)
	return nil
}

// office is a workspace with notices, their work and three people.
type office struct {
	*trestletest.Bench
	notices       *notice.Service
	runner        *outbox.Runner
	sees          sees
	leads         leads
	mail          *letters
	ana, bo, dara who.Viewer
	root          who.Viewer // an administrator
}

func open(t *testing.T, b *trestletest.Bench, cfg notice.Config) *office {
	t.Helper()
	o := &office{Bench: b, sees: sees{}, leads: leads{}, mail: &letters{}}
	o.root = trestletest.Person(t, b.Store, "Root", who.Admin)
	cfg.Mailer = o.mail
	o.ana, o.bo, o.dara = trestletest.Person(t, b.Store, "Ana", who.Member), trestletest.Person(t, b.Store, "Bo", who.Member), trestletest.Person(t, b.Store, "Dara", who.Member)
	o.notices = notice.New(b.Store, account.New(b.Store, account.Config{KeyDir: t.TempDir()}), o.leads, o.sees, cfg)
	o.notices.UseBase("https://trestle.example")
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

// choose changes somebody's preferences.
func (o *office) choose(t *testing.T, v who.Viewer, c notice.Choices) {
	t.Helper()
	if _, err := o.notices.Choose(trestletest.Ctx(t, v), c); err != nil {
		t.Fatal(err)
	}
}

// log is what the administrator reads, newest first.
func (o *office) log(t *testing.T) []notice.Delivery {
	t.Helper()
	out, _, err := o.notices.Log(trestletest.Ctx(t, o.root), "", 50, "")
	if err != nil {
		t.Fatal(err)
	}
	return out
}
