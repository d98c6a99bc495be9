package standup_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// house is a team with a board that only it sees, on a clock that stands on a Monday at nine, in the rooms that a
// standup needs.
type house struct {
	t        *testing.T
	b        *trestletest.Bench
	boards   *board.Service
	cards    *card.Service
	standups *standup.Service
	web      *web
	team     string
	lead     who.Viewer
	worker   who.Viewer
	l        *board.Layout
}

func newHouse(t *testing.T, b *trestletest.Bench) *house {
	t.Helper()
	h := &house{t: t, b: b, boards: board.New(b.Store)}
	h.cards = card.New(b.Store, h.boards, "test")
	h.web = &web{files: map[string]string{}}
	h.standups = standup.New(b.Store, h.boards, h.cards, h.web)
	h.team = trestletest.Team(t, b.Store, "PAY")
	h.lead, h.worker = trestletest.Person(t, b.Store, "ana", who.Member), trestletest.Person(t, b.Store, "bo", who.Member)
	trestletest.Join(t, b.Store, h.team, h.lead, "lead")
	trestletest.Join(t, b.Store, h.team, h.worker, "worker")
	h.l = must[*board.Layout](t)(h.boards.Create(h.as(h.lead), board.NewBoard{TeamID: h.team, Name: "Delivery", Visibility: "team", TimeZone: "Europe/Berlin",
		SLE: &board.NewSLE{Days: 10, Percent: 85}, Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active},
			{Name: "Review", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
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

func (h *house) block(c card.Face) {
	h.t.Helper()
	if _, err := h.cards.Block(h.as(h.lead), c.ID, card.NewBlocker{Category: "vendor", Reason: "No answer"}); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) start() standup.View {
	h.t.Helper()
	return must[standup.View](h.t)(h.standups.Start(h.as(h.worker), h.l.ID, ""))
}

func (h *house) get(id string) standup.View {
	h.t.Helper()
	return must[standup.View](h.t)(h.standups.Get(h.as(h.worker), id))
}

func (h *house) count(stmt string, args ...any) int {
	h.t.Helper()
	return trestletest.Count(h.t, h.b.Store, stmt, args...)
}

// told are the types of events on a series' topic.
func (h *house) told(id string) (types []string) {
	h.t.Helper()
	for _, e := range must[[]event.Event](h.t)(h.b.Store.Events(h.t.Context(), event.StandupTopic(id), 0, 0)) {
		types = append(types, e.Type)
	}
	return types
}

// calm runs what must be refused with a code, and holds that nothing was changed or announced.
func (h *house) calm(what, code string, do func() error) {
	h.t.Helper()
	before, was := h.count("SELECT COUNT(*) FROM events"), h.everything()
	err := do()
	if err == nil || !isCode(err, code) {
		h.t.Errorf("%s: %v, not %s", what, err, code)
	}
	if n := h.count("SELECT COUNT(*) FROM events"); n != before {
		h.t.Errorf("%s announced something", what)
	}
	if now := h.everything(); now != was {
		h.t.Errorf("%s changed %s\nto %s", what, was, now)
	}
}

// everything is what every series shows and the board's cards.
func (h *house) everything() string {
	h.t.Helper()
	var out []any
	for _, x := range must[[]standup.Entry](h.t)(h.standups.List(h.as(h.lead), "")) {
		out = append(out, h.get(x.ID))
	}
	out = append(out, h.count("SELECT COUNT(*) FROM cards"), h.count("SELECT COUNT(*) FROM comments"), h.count("SELECT COUNT(*) FROM outbox"), h.count("SELECT COUNT(*) FROM topics"))
	raw, _ := json.Marshal(out)
	return string(raw)
}

func (h *house) exec(stmt string, args ...any) {
	h.t.Helper()
	if err := store.Do(h.t.Context(), h.b.Store, nil, func(tx *store.Tx) error { _, err := tx.Exec(stmt, args...); return err }); err != nil {
		h.t.Fatal(err)
	}
}

func names(in []standup.Named) (out []string) {
	for _, n := range in {
		out = append(out, n.Name)
	}
	return out
}

func stepOf(v standup.View, cardID string) standup.StepView {
	i := slices.IndexFunc(v.Meeting.Steps, func(p standup.StepView) bool { return p.CardID == cardID })
	if i < 0 {
		return standup.StepView{}
	}
	return v.Meeting.Steps[i]
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

// web is the web as a test lays it out.
type web struct{ files map[string]string }

func (*web) Allowed(address string) bool { return strings.HasPrefix(address, "https://") }

func (w *web) Fetch(_ context.Context, address string, _ int64) ([]byte, error) {
	if text, ok := w.files[address]; ok {
		return []byte(text), nil
	}
	return nil, errors.New("nobody listens there")
}
