package retro_test

import (
	"context"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/retro"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// house is a team with a board of its own and people of several roles; ana leads it.
type house struct {
	t                              *testing.T
	b                              *trestletest.Bench
	boards                         *board.Service
	cards                          *card.Service
	retros                         *retro.Service
	team                           string
	l                              *board.Layout
	ana, bo, kai, cora, vic, other who.Viewer
}

func newHouse(t *testing.T, b *trestletest.Bench) *house {
	t.Helper()
	h := &house{t: t, b: b, boards: board.New(b.Store)}
	h.cards = card.New(b.Store, h.boards, "test")
	h.retros = retro.New(b.Store, h.boards, h.cards)
	h.team = trestletest.Team(t, b.Store, "OWN")
	for name, p := range map[string]struct {
		who  *who.Viewer
		role string
	}{"ana": {&h.ana, "lead"}, "bo": {&h.bo, "worker"}, "kai": {&h.kai, "worker"}, "cora": {&h.cora, "commenter"}, "vic": {&h.vic, "viewer"}, "olga": {&h.other, ""}} {
		*p.who = trestletest.Person(t, b.Store, name, who.Member)
		if p.role != "" {
			trestletest.Join(t, b.Store, h.team, *p.who, p.role)
		}
	}
	l, err := h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: "Board", Visibility: "workspace", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
		{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: wip(1)}, {Name: "Done", Kind: board.Done}}})
	if err != nil {
		t.Fatal(err)
	}
	h.l = l
	return h
}

func wip(n int) *board.Wip { return &board.Wip{Mode: board.Warn, Max: &n} }

func (h *house) as(v who.Viewer) context.Context { return trestletest.Ctx(h.t, v) }

// begin makes a retro that ana leads, and lets the others join.
func (h *house) begin(anonymity string, others ...who.Viewer) retro.View {
	h.t.Helper()
	v := h.do(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: "ops_integration", Title: "Working with ops", Anonymity: anonymity}))
	for _, o := range others {
		h.do(h.retros.Join(h.as(o), v.Retro.ID))
	}
	return v
}

func (h *house) do(v retro.View, err error) retro.View {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

func (h *house) get(v who.Viewer, id string) retro.View {
	h.t.Helper()
	return h.do(h.retros.Get(h.as(v), id))
}

// to turns the pages until a phase.
func (h *house) to(id, phase string) retro.View {
	h.t.Helper()
	for {
		v := h.get(h.ana, id)
		if v.Retro.Phase == phase {
			return v
		}
		h.do(h.retros.Turn(h.as(h.ana), id, v.Retro.Phase, v.Retro.Next))
	}
}

// refused holds an answer against a refusal's code, and that nothing was told.
func (h *house) refused(code, id string, do func() (retro.View, error)) {
	h.t.Helper()
	seq := func() int64 {
		n, _, err := h.b.Store.Topic(h.t.Context(), event.RetroTopic(id))
		if err != nil {
			h.t.Fatal(err)
		}
		return n
	}
	before := seq()
	if _, err := do(); !fault.Is(err, code) {
		h.t.Errorf("%v, not %s", err, code)
	}
	if now := seq(); now != before {
		h.t.Errorf("%s: the record went from %d to %d", code, before, now)
	}
}

func texts(v retro.View) (out []string) {
	for _, n := range v.Notes {
		if n.Text != "" {
			out = append(out, n.Text)
		}
	}
	return out
}

func noteOf(v retro.View, text string) retro.NoteView {
	for _, n := range v.Notes {
		if n.Text == text {
			return n
		}
	}
	return retro.NoteView{}
}

func groupOf(v retro.View, title string) retro.GroupView {
	for _, g := range v.Groups {
		if g.Title == title {
			return g
		}
	}
	return retro.GroupView{}
}

func (h *house) write(v who.Viewer, id, column string, notes ...string) {
	h.t.Helper()
	for _, text := range notes {
		h.do(h.retros.AddNote(h.as(v), id, column, text))
	}
}

// action commits to something in a retro that stands in commit.
func (h *house) action(id, title string) retro.ActionView {
	h.t.Helper()
	v := h.do(h.retros.AddAction(h.as(h.ana), id, retro.NewAction{Title: title, OwnerID: h.bo.PersonID, DueOn: "2026-03-20", Signal: "No page for a week"}))
	return v.Actions[len(v.Actions)-1]
}
