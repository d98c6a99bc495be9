package checklist_test

import (
	"context"
	"encoding/json"
	"testing"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// house is a team with a board that only it sees, two developers, a liaison for operations, an administrator and a
// manager, on a clock that stands still.
type house struct {
	t                                   *testing.T
	b                                   *trestletest.Bench
	boards                              *board.Service
	cards                               *card.Service
	services                            *catalogue.Service
	s                                   *checklist.Service
	team                                string
	ana, goro, bo, admin, mia, out, vic who.Viewer
	l                                   *board.Layout
}

func newHouse(t *testing.T, b *trestletest.Bench) *house {
	t.Helper()
	h := &house{t: t, b: b, boards: board.New(b.Store), team: trestletest.Team(t, b.Store, "PAY"), services: catalogue.New(b.Store)}
	h.cards = card.New(b.Store, h.boards, "test")
	team.New(b.Store, account.New(b.Store, account.Config{}))
	h.s = checklist.New(b.Store, h.boards, h.cards)
	h.services.UseHeirs(h.s)
	h.ana, h.goro, h.vic = h.person("ana", "lead", ""), h.person("goro", "worker", ""), h.person("vic", "viewer", "")
	h.bo = h.person("bo", "", "operations")
	trestletest.Liaise(t, b.Store, h.team, h.bo)
	h.admin, h.mia = trestletest.Person(t, b.Store, "ada", who.Admin), trestletest.Person(t, b.Store, "mia", who.Manager)
	h.out = h.person("out", "", "")
	h.l = must[*board.Layout](t)(h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: "Delivery", Visibility: "team", TimeZone: "Europe/Berlin",
		Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}}))
	return h
}

func (h *house) as(v who.Viewer) context.Context { return trestletest.Ctx(h.t, v) }

func (h *house) person(name, role, discipline string) who.Viewer {
	h.t.Helper()
	v := trestletest.Person(h.t, h.b.Store, name, who.Member)
	if role != "" {
		trestletest.Join(h.t, h.b.Store, h.team, v, role)
	}
	if discipline != "" {
		v.Discipline = discipline
		if err := store.Do(context.Background(), h.b.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec("UPDATE people SET discipline = ? WHERE id = ?", discipline, v.PersonID)
			return err
		}); err != nil {
			h.t.Fatal(err)
		}
	}
	return v
}

func (h *house) card(title string) card.Face {
	h.t.Helper()
	return must[card.Changed](h.t)(h.cards.Create(h.as(h.ana), h.l.ID, card.NewCard{Title: title, ColumnID: h.l.Columns[0].ID})).Card
}

// list starts a checklist of a new card.
func (h *house) list(level string, services ...string) checklist.View {
	h.t.Helper()
	return must[checklist.View](h.t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: h.card("One-tap pay").ID, Level: level, Services: services}))
}

func (h *house) service(name string) catalogue.ServiceItem {
	h.t.Helper()
	return must[catalogue.ServiceItem](h.t)(h.services.Create(h.as(h.ana), catalogue.NewService{TeamID: h.team, Name: name, Kind: "digital", Criticality: "standard", OperatingModel: "team", ModelWhy: "The team answers its own pager"}))
}

func (h *house) get(id string) checklist.View {
	h.t.Helper()
	return must[checklist.View](h.t)(h.s.Get(h.as(h.ana), id))
}

func (h *house) item(id, key string) checklist.Item {
	h.t.Helper()
	for _, x := range h.get(id).Topics {
		for _, it := range x.Items {
			if it.Key == key {
				return it
			}
		}
	}
	h.t.Fatalf("no item %s", key)
	return checklist.Item{}
}

// answer answers an item as somebody, over what is there.
func (h *house) answer(v who.Viewer, id, key, text string, proof ...checklist.NewProof) checklist.Item {
	h.t.Helper()
	return must[checklist.Changed](h.t)(h.s.Answer(h.as(v), id, key, checklist.NewAnswer{Text: text, Evidence: proof, Base: h.item(id, key).Rev})).Items[0]
}

var shown = map[bool]string{true: "Shown at the meeting"}

// understand opens an item as somebody and understands it, without evidence too.
func (h *house) understand(v who.Viewer, id, key string) checklist.Item {
	h.t.Helper()
	it := must[checklist.Changed](h.t)(h.s.Open(h.as(v), id, key, nil)).Items[0]
	return must[checklist.Changed](h.t)(h.s.Understand(h.as(v), id, key, it.Rev, shown[len(it.Lacks) > 0])).Items[0]
}

func (h *house) count(stmt string, args ...any) int {
	h.t.Helper()
	return trestletest.Count(h.t, h.b.Store, stmt, args...)
}

func (h *house) events(id string) []event.Event {
	h.t.Helper()
	return must[[]event.Event](h.t)(h.b.Store.Events(h.t.Context(), event.ChecklistTopic(id), 0, 0))
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

func (h *house) everything() string {
	h.t.Helper()
	var out []any
	for _, x := range must[[]checklist.ListHead](h.t)(h.s.List(h.as(h.ana), checklist.Wanted{TeamID: h.team})) {
		out = append(out, h.get(x.ID))
	}
	out = append(out, h.count("SELECT COUNT(*) FROM cards"), h.count("SELECT COUNT(*) FROM outbox"), h.count("SELECT COUNT(*) FROM topics"))
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
