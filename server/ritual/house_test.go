package ritual_test

import (
	"context"
	"encoding/json"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/ritual"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// house is a team with a board that only it sees, on a clock that stands on a Monday at nine, in the rooms that a
// ritual needs.
type house struct {
	t       *testing.T
	b       *trestletest.Bench
	boards  *board.Service
	cards   *card.Service
	rituals *ritual.Service
	team    string
	lead    who.Viewer
	worker  who.Viewer
	l       *board.Layout
}

func newHouse(t *testing.T, b *trestletest.Bench) *house {
	t.Helper()
	h := &house{t: t, b: b, boards: board.New(b.Store)}
	h.cards = card.New(b.Store, h.boards, "test")
	h.rituals = ritual.New(b.Store, h.boards, h.cards)
	h.team = trestletest.Team(t, b.Store, "PAY")
	h.lead, h.worker = h.person("ana", "lead"), h.person("bo", "worker")
	limit := func(n int) *board.Wip { return &board.Wip{Mode: board.Warn, Max: &n} }
	h.l = must[*board.Layout](t)(h.boards.Create(h.as(h.lead), board.NewBoard{TeamID: h.team, Name: "Delivery", Visibility: "team", TimeZone: "Europe/Berlin",
		SLE: &board.NewSLE{Days: 10, Percent: 85}, Columns: []board.NewColumn{{Name: "Options", Kind: board.Queue}, {Name: "Ready", Kind: board.Queue},
			{Name: "Build", Kind: board.Active, Wip: limit(3)}, {Name: "Review", Kind: board.Active, Wip: limit(2)}, {Name: "Done", Kind: board.Done}}}))
	return h
}

func (h *house) as(v who.Viewer) context.Context { return trestletest.Ctx(h.t, v) }

func (h *house) person(name, role string) who.Viewer {
	h.t.Helper()
	v := trestletest.Person(h.t, h.b.Store, name, who.Member)
	if role != "" {
		trestletest.Join(h.t, h.b.Store, h.team, v, role)
	}
	return v
}

func (h *house) card(column int, n card.NewCard) card.Face {
	h.t.Helper()
	n.ColumnID = h.l.Columns[column].ID
	return must[card.Changed](h.t)(h.cards.Create(h.as(h.lead), h.l.ID, n)).Card
}

// series sets up a ritual of a kind.
func (h *house) series(kind string) ritual.View {
	h.t.Helper()
	return must[ritual.View](h.t)(h.rituals.Create(h.as(h.lead), ritual.NewSeries{BoardID: h.l.ID, Kind: kind}))
}

func (h *house) get(id string) ritual.View {
	h.t.Helper()
	return must[ritual.View](h.t)(h.rituals.Get(h.as(h.worker), id))
}

func (h *house) count(stmt string, args ...any) int {
	h.t.Helper()
	return trestletest.Count(h.t, h.b.Store, stmt, args...)
}

// told are the types of events on a series' topic.
func (h *house) told(id string) (types []string) {
	h.t.Helper()
	for _, e := range must[[]event.Event](h.t)(h.b.Store.Events(h.t.Context(), event.RitualTopic(id), 0, 0)) {
		types = append(types, e.Type)
	}
	return types
}

// calm runs what must be refused with a code, and holds that nothing was changed or announced.
func (h *house) calm(what, code string, do func() error) {
	h.t.Helper()
	before, was := h.count("SELECT COUNT(*) FROM events"), h.everything()
	if err := do(); !fault.Is(err, code) {
		h.t.Errorf("%s: %v, not %s", what, err, code)
	}
	if n := h.count("SELECT COUNT(*) FROM events"); n != before {
		h.t.Errorf("%s announced something", what)
	}
	if now := h.everything(); now != was {
		h.t.Errorf("%s changed %s\nto %s", what, was, now)
	}
}

// everything is what every series shows, and how much there is beside.
func (h *house) everything() string {
	h.t.Helper()
	var out []any
	for _, x := range must[[]ritual.RitualItem](h.t)(h.rituals.List(h.as(h.lead), ritual.Which{})) {
		out = append(out, h.get(x.ID))
	}
	out = append(out, h.count("SELECT COUNT(*) FROM cards"), h.count("SELECT COUNT(*) FROM comments"), h.count("SELECT COUNT(*) FROM outbox"), h.count("SELECT COUNT(*) FROM topics"))
	raw, _ := json.Marshal(out)
	return string(raw)
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
