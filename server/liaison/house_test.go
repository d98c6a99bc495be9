package liaison_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/launch"
	"trestle/server/liaison"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// house is the cast of the rights table, two people of operations and one of security, and the rooms that patterns
// lean on. It is Monday, the 2nd of March 2026, at nine.
type house struct {
	*trestletest.Cast
	t        testing.TB
	b        *trestletest.Bench
	teams    *team.Service
	boards   *board.Service
	cards    *card.Service
	standups *standup.Service
	calendar *calendar.Service
	liaison  *liaison.Service
	lists    *checklist.Service
	services *catalogue.Service
	launches *launch.Service
	ops, bo  who.Viewer
	sec      who.Viewer
}

type noWeb struct{}

func (noWeb) Allowed(string) bool { return false }

func (noWeb) Fetch(context.Context, string, int64) ([]byte, error) { return nil, nil }

func each(t *testing.T, fn func(t *testing.T, h *house)) {
	t.Helper()
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) { fn(t, newHouse(t, b)) })
}

func newHouse(t testing.TB, b *trestletest.Bench) *house {
	t.Helper()
	b.Clock.Set(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	acc := account.New(b.Store, account.Config{KeyDir: t.TempDir()})
	h := &house{t: t, b: b, Cast: trestletest.MakeCast(t, b.Store), teams: team.New(b.Store, acc), boards: board.New(b.Store)}
	cards := card.New(b.Store, h.boards, "test")
	h.cards = cards
	h.standups = standup.New(b.Store, h.boards, cards, noWeb{})
	h.calendar = calendar.New(b.Store, acc, h.boards, h.standups, retro.New(b.Store, h.boards, cards), ritual.New(b.Store, h.boards, cards), slog.New(slog.DiscardHandler))
	h.lists = checklist.New(b.Store, h.boards, cards)
	h.services = catalogue.New(b.Store)
	h.launches = launch.New(b.Store, h.lists, cards)
	h.liaison = liaison.New(b.Store, h.teams, h.boards, cards, h.calendar, h.lists, h.launches, slog.New(slog.DiscardHandler))
	for name, p := range map[string]*who.Viewer{"ops": &h.ops, "bo": &h.bo, "sec": &h.sec} {
		*p = trestletest.Person(t, b.Store, name, who.Member)
	}
	h.exec("UPDATE people SET discipline = 'operations' WHERE name IN ('ops', 'bo')")
	h.exec("UPDATE people SET discipline = 'security' WHERE name = 'sec'")
	h.exec("UPDATE liaisons SET discipline = 'security'")
	return h
}

func (h *house) as(name string) context.Context { return trestletest.Ctx(h.t, h.People[name]) }

func (h *house) exec(stmt string, args ...any) {
	h.t.Helper()
	if err := store.Do(context.Background(), h.b.Store, nil, func(tx *store.Tx) error {
		_, err := tx.Exec(stmt, args...)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
}

// calm runs what must be refused with a code, and holds that nothing was changed or announced.
func (h *house) calm(what, code string, do func() error) {
	h.t.Helper()
	before := h.everything()
	if err := do(); !fault.Is(err, code) {
		h.t.Errorf("%s: %v, not %s", what, err, code)
	}
	if now := h.everything(); now != before {
		h.t.Errorf("%s changed %v to %v", what, before, now)
	}
}

func (h *house) everything() (out [7]int) {
	h.t.Helper()
	for i, what := range []string{"patterns", "patterns WHERE ended_at IS NULL", "leaves WHERE withdrawn_at IS NULL", "liaisons", "team_needs", "team_facts", "events"} {
		out[i] = trestletest.Count(h.t, h.b.Store, "SELECT COUNT(*) FROM "+what)
	}
	return out
}

// rights are those of somebody in the team, read as every write reads them.
func (h *house) rights(v who.Viewer) team.Rights {
	h.t.Helper()
	return must[team.Rights](h.t)(team.RightsIn(h.b.Store.Rows(h.t.Context()), v, h.Team))
}

func (h *house) told(teamID string) (types []string) {
	h.t.Helper()
	for _, e := range must[[]event.Event](h.t)(h.b.Store.Events(h.t.Context(), event.TeamTopic(teamID), 0, 0)) {
		types = append(types, e.Type)
	}
	return types
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ptr[T any](v T) *T { return &v }
