package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"trestle/server/fault"
	"trestle/server/flow"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// Notes at the five focusing steps stand beside the value stream, by day; whoever works on the board writes, changes, withdraws
// and brings them back, and the board's topic tells that, but not what they say.
func TestNotes(t *testing.T) {
	each(t, func(h *house) {
		stream := func() flow.Stream {
			v, err := h.flow.ValueStream(h.ctx, h.b.ID, flow.Ask{})
			h.ok(err)
			return v
		}
		h.day(4)
		n, err := h.flow.AddNote(h.ctx, h.b.ID, flow.NewNote{Step: "identify", Text: " Review holds us up ", ColumnID: h.column("Review")})
		h.ok(err)
		if n.Day != "2026-11-04" || n.Column != "Review" || n.Text != "Review holds us up" || n.By.Name == "" || n.Version != 1 || !n.MayChange {
			h.t.Errorf("%+v", n)
		}
		_, err = h.flow.AddNote(h.ctx, h.b.ID, flow.NewNote{Step: "exploit", Text: "No card waits for a second reviewer", Day: "2026-11-02"})
		h.ok(err)
		if v := stream(); len(v.Notes) != 2 || v.Notes[0].ID != n.ID || !v.MayNote || !v.Notes[1].MayChange {
			h.t.Errorf("%+v", v.Notes)
		}
		later, old := "Review still holds us up", int64(1)
		changed, err := h.flow.ChangeNote(h.ctx, n.ID, flow.NotePatch{Text: &later, Version: &old})
		h.ok(err)
		if changed.Text != later || changed.Version != 2 || changed.ChangedAt == nil {
			h.t.Errorf("%+v", changed)
		}
		if same, err := h.flow.ChangeNote(h.ctx, n.ID, flow.NotePatch{Text: &later}); err != nil || same.Version != changed.Version {
			h.t.Errorf("the same again: %v %+v", err, same)
		}
		blank := "\u200b"
		if _, err := h.flow.ChangeNote(h.ctx, n.ID, flow.NotePatch{Text: &blank}); !fault.Is(err, "invalid") {
			h.t.Errorf("nothing that is seen: %v", err)
		}
		if _, err := h.flow.ChangeNote(h.ctx, n.ID, flow.NotePatch{Text: &later, Version: &old}); !fault.Is(err, "stale") {
			h.t.Errorf("%v", err)
		}
		for range 2 {
			_, err = h.flow.WithdrawNote(h.ctx, n.ID)
			h.ok(err)
		}
		if _, err := h.flow.ChangeNote(h.ctx, n.ID, flow.NotePatch{Text: &later}); !fault.Is(err, "not_found") {
			h.t.Errorf("a withdrawn note is changed: %v", err)
		}
		if v := stream(); len(v.Notes) != 1 {
			h.t.Errorf("%+v", v.Notes)
		}
		_, err = h.flow.RestoreNote(h.ctx, n.ID)
		h.ok(err)
		if v := stream(); len(v.Notes) != 2 || v.Notes[0].Text != later {
			h.t.Errorf("%+v", v.Notes)
		}
		for _, bad := range []flow.NewNote{{Step: "identify", Text: "  "}, {Step: "identify", Text: "x", Day: "2026-11-05"}, {Step: "identify", Text: "x", Day: "soon"}, {Step: "identify", Text: "x", ColumnID: "col_x"}} {
			if _, err := h.flow.AddNote(h.ctx, h.b.ID, bad); !fault.Is(err, "invalid") {
				h.t.Errorf("%+v: %v", bad, err)
			}
		}
		ivo := trestletest.Ctx(h.t, trestletest.Person(h.t, h.store, "ivo", who.Manager))
		if _, err := h.flow.AddNote(ivo, h.b.ID, flow.NewNote{Step: "identify", Text: "x"}); !fault.Is(err, "forbidden") {
			h.t.Errorf("%v", err)
		}
		if v, err := h.flow.ValueStream(ivo, h.b.ID, flow.Ask{}); err != nil || v.MayNote || len(v.Notes) != 2 || v.Notes[0].MayChange {
			h.t.Errorf("%v %+v", err, v.Notes)
		}
		events, err := h.store.Events(h.ctx, "board:"+h.b.ID, 0, 100)
		h.ok(err)
		var kinds []string
		for _, e := range events {
			if strings.HasPrefix(e.Type, "flow.") {
				kinds = append(kinds, e.Type)
			}
			if strings.Contains(string(e.Data), "holds us up") {
				h.t.Errorf("%s tells what is written: %s", e.Type, e.Data)
			}
		}
		if said := strings.Join(kinds, " "); said != "flow.noted flow.noted flow.note_changed flow.note_withdrawn flow.note_restored" {
			h.t.Error(said)
		}
		_, err = h.boards.Archive(h.ctx, h.b.ID)
		h.ok(err)
		if _, err := h.flow.AddNote(h.ctx, h.b.ID, flow.NewNote{Step: "identify", Text: "x"}); !fault.Is(err, "board_archived") {
			h.t.Errorf("%v", err)
		}
	})
}

// A board holds so many notes: no more are written, and none comes back above them.
func TestNotes_AreSoMany(t *testing.T) {
	each(t, func(h *house) {
		add := func() (flow.Note, error) {
			return h.flow.AddNote(h.ctx, h.b.ID, flow.NewNote{Step: "exploit", Text: "No card waits"})
		}
		first, err := add()
		h.ok(err)
		h.ok(store.Do(h.ctx, h.store, nil, func(tx *store.Tx) error {
			for i := range 499 {
				if _, err := tx.Exec("INSERT INTO flow_notes (id, board_rid, step, body, day, person_id, created_at) VALUES (?,?,?,?,?,?,?)",
					fmt.Sprintf("fnt_m%d", i), h.b.RID, "exploit", "One of many", "2026-11-01", first.By.ID, store.Ms(tx.Now)); err != nil {
					return err
				}
			}
			return nil
		}))
		if _, err := add(); !fault.Is(err, "too_many_notes") {
			h.t.Errorf("one more: %v", err)
		}
		_, err = h.flow.WithdrawNote(h.ctx, first.ID)
		h.ok(err)
		_, err = add()
		h.ok(err)
		if n, err := h.flow.RestoreNote(h.ctx, first.ID); !fault.Is(err, "too_many_notes") {
			h.t.Errorf("one comes back above them: %v %+v", err, n)
		}
		_, err = h.flow.WithdrawNote(h.ctx, "fnt_m0")
		h.ok(err)
		for range 2 { // twice is as good as once
			_, err = h.flow.RestoreNote(h.ctx, first.ID)
			h.ok(err)
		}
	})
}
