package calendar_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// house is a team with a board that only it sees and a standup each workday, and another team, in the rooms that a
// calendar needs. Its clock stands on Monday the 2nd of March 2026 at eight in Berlin.
type house struct {
	t         *testing.T
	b         *trestletest.Bench
	boards    *board.Service
	cards     *card.Service
	standups  *standup.Service
	retros    *retro.Service
	rituals   *ritual.Service
	calendar  *calendar.Service
	http      *httptest.Server
	logged    *safe
	team      string
	l         *board.Layout
	series    string
	ana       who.Viewer // leads the team
	kai       who.Viewer // works in it
	bo, goro  who.Viewer // operations: its liaison, and who stands in
	sue       who.Viewer // security, of no team
	gast, eve who.Viewer // a guest of the workspace; a member who is in no team
}

func berlin(day, hour, minute int) time.Time {
	zone, _ := time.LoadLocation("Europe/Berlin")
	return time.Date(2026, 3, day, hour, minute, 0, 0, zone)
}

func newHouse(t *testing.T, b *trestletest.Bench) *house {
	t.Helper()
	b.Clock.Set(berlin(2, 8, 0))
	h := &house{t: t, b: b, boards: board.New(b.Store), logged: &safe{}}
	log := slog.New(slog.NewJSONHandler(h.logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	acc := account.New(b.Store, account.Config{KeyDir: t.TempDir(), Version: "test", PublicURL: "https://trestle.example"})
	team.New(b.Store, acc)
	h.cards = card.New(b.Store, h.boards, "test")
	h.standups = standup.New(b.Store, h.boards, h.cards, noWeb{})
	h.retros = retro.New(b.Store, h.boards, h.cards)
	h.rituals = ritual.New(b.Store, h.boards, h.cards)
	h.calendar = calendar.New(b.Store, acc, h.boards, h.standups, h.retros, h.rituals, log)
	srv := web.New(web.Options{Log: log})
	calendar.Register(srv.API, h.calendar)
	calendar.Serve(srv.Echo, h.calendar)
	h.http = httptest.NewServer(srv.Echo)
	t.Cleanup(h.http.Close)

	h.team = trestletest.Team(t, b.Store, "PAY")
	for name, p := range map[string]*who.Viewer{"ana": &h.ana, "kai": &h.kai, "bo": &h.bo, "goro": &h.goro, "sue": &h.sue, "eve": &h.eve, "gast": &h.gast} {
		role := who.Member
		if name == "gast" {
			role = who.Guest
		}
		*p = trestletest.Person(t, b.Store, name, role)
		p.SessionID = "ses_" + name
	}
	h.exec("UPDATE people SET discipline = 'operations' WHERE name IN ('bo', 'goro')")
	h.exec("UPDATE people SET discipline = 'security' WHERE name = 'sue'")
	h.bo.Discipline = "operations"
	trestletest.Join(t, b.Store, h.team, h.ana, "lead")
	trestletest.Join(t, b.Store, h.team, h.kai, "worker")
	h.goro.Discipline = "operations"
	trestletest.Liaise(t, b.Store, h.team, h.bo)
	trestletest.Liaise(t, b.Store, h.team, h.goro)
	h.l = must[*board.Layout](t)(h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: "Delivery", Visibility: "team", TimeZone: "Europe/Berlin",
		Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
	h.series = must[standup.View](t)(h.standups.SetUp(h.as(h.ana), h.l.ID)).Series.ID
	h.plan([]int{1, 2, 3, 4, 5}, "09:30")
	return h
}

func (h *house) plan(days []int, at string) {
	h.t.Helper()
	must[standup.View](h.t)(h.standups.Change(h.as(h.ana), h.series, standup.Patch{MeetingURL: web.Some("https://meet.example/pay"),
		Schedule: web.Some(standup.Schedule{Days: days, At: at, TimeZone: "Europe/Berlin"})}))
}

func (h *house) as(v who.Viewer) context.Context { return trestletest.Ctx(h.t, v) }

func (h *house) exec(stmt string, args ...any) {
	h.t.Helper()
	if err := store.Do(context.Background(), h.b.Store, nil, func(tx *store.Tx) error {
		_, err := tx.Exec(stmt, args...)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
}

// meet holds a standup at a time, to which some come, and which takes some minutes.
func (h *house) meet(at time.Time, minutes int, people ...who.Viewer) {
	h.t.Helper()
	h.b.Clock.Set(at)
	must[standup.View](h.t)(h.standups.Start(h.as(h.kai), h.l.ID, ""))
	for _, p := range append(people, h.kai) {
		must[standup.View](h.t)(h.standups.Join(h.as(p), h.series))
	}
	h.b.Clock.Advance(time.Duration(minutes) * time.Minute)
	must[standup.View](h.t)(h.standups.End(h.as(h.kai), h.series))
}

func (h *house) list(v who.Viewer, from, to time.Time) calendar.View {
	h.t.Helper()
	return must[calendar.View](h.t)(h.calendar.List(h.as(v), from, to, ""))
}

// calm runs what must be refused with a code, and holds that nothing was changed or announced.
func (h *house) calm(what, code string, err error, before string) {
	h.t.Helper()
	if !fault.Is(err, code) {
		h.t.Errorf("%s: %v, not %s", what, err, code)
	}
	if now := h.everything(); now != before {
		h.t.Errorf("%s changed %s to %s", what, before, now)
	}
}

func (h *house) everything() string {
	h.t.Helper()
	out := ""
	for _, table := range []string{"ritual_agreements WHERE until = ''", "ritual_invitations WHERE withdrawn_at IS NULL", "calendar_feeds WHERE revoked_at IS NULL", "outbox", "events"} {
		out += table + string(rune('0'+trestletest.Count(h.t, h.b.Store, "SELECT COUNT(*) FROM "+table)%70)) + " "
	}
	return out
}

// told are the types of events on the team's topic.
func (h *house) told() (types []string) {
	h.t.Helper()
	for _, e := range must[[]event.Event](h.t)(h.b.Store.Events(h.t.Context(), event.TeamTopic(h.team), 0, 0)) {
		types = append(types, e.Type)
	}
	return types
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

type noWeb struct{}

func (noWeb) Allowed(string) bool { return false }

func (noWeb) Fetch(context.Context, string, int64) ([]byte, error) { return nil, nil }

// dump is all that a table holds.
func (h *house) dump(table string) string {
	h.t.Helper()
	column := map[string]string{"calendar_feeds": "id || secret_hash || created_by", "events": "topic || type || data", "outbox": "payload", "commands": "key || response", "topics": "id"}[table]
	out := ""
	err := h.b.Store.Rows(context.Background()).Each(func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		out += s + "\n"
		return err
	}, "SELECT "+column+" FROM "+table)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}
