package checklist_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"trestle/server/blob"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// A checklist that is about no card holds files of its own, which are evidence there and nowhere else, and are read by
// whoever sees it.
func TestFiles(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.cards.UseFiles(card.Files{Store: blob.Disk(t.TempDir()), MaxFile: 1 << 10, Quota: 1 << 11})
		launch := func(name string) checklist.View {
			return must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: name, LaunchOn: "2026-12-24"}))
		}
		l, other := launch("Autumn"), launch("Winter")
		file := func(text string) card.NewFile {
			return card.NewFile{Name: "load.csv", Size: int64(len(text)), SHA256: text, Body: strings.NewReader(text)}
		}
		h.calm("a viewer", "forbidden", func() error { _, err := h.s.Attach(h.as(h.vic), l.ID, file("at,rate")); return err })
		h.calm("nothing", "invalid", func() error { _, err := h.s.Attach(h.as(h.goro), l.ID, file("")); return err })
		h.calm("too much", "too_large", func() error { _, err := h.s.Attach(h.as(h.goro), l.ID, file(strings.Repeat("x", 1<<10+1))); return err })
		h.calm("no checklist", "not_found", func() error { _, err := h.s.Attach(h.as(h.goro), "lst_x", file("x")); return err })
		a := must[checklist.Attached](t)(h.s.Attach(h.as(h.goro), l.ID, file("at,rate\n1,420\n"))).Attachment
		if v := h.get(l.ID); len(v.Files) != 1 || v.Files[0].ID != a.ID || v.Files[0].Name != "load.csv" || v.Files[0].ByName != "goro" {
			t.Fatalf("%+v", v.Files)
		}
		if last := h.events(l.ID); last[len(last)-1].Type != "checklist.attached" {
			t.Errorf("%+v", last[len(last)-1])
		}
		proof := checklist.NewProof{Type: "file", Value: a.ID}
		if it := h.answer(h.goro, l.ID, "F1", "Measured", proof); len(it.Proof) != 1 || it.Proof[0].Label != "load.csv" {
			t.Errorf("%+v", it.Proof)
		}
		h.calm("a file of another checklist", "invalid", func() error {
			_, err := h.s.Answer(h.as(h.goro), other.ID, "F1", checklist.NewAnswer{Text: "x", Evidence: []checklist.NewProof{proof}})
			return err
		})
		f, err := h.cards.OpenAttachment(h.as(h.out), a.ID, false, "")
		if err != nil {
			t.Fatal(err)
		}
		if raw := must[[]byte](t)(io.ReadAll(f.Body)); string(raw) != "at,rate\n1,420\n" || f.Body.Close() != nil {
			t.Errorf("%q", raw)
		}
		if n := h.count("SELECT bytes FROM attachment_usage"); n != 14 {
			t.Errorf("%d bytes are counted", n)
		}
		h.calm("another checklist's file is taken off", "not_found", func() error { _, err := h.s.Detach(h.as(h.goro), other.ID, a.ID); return err })
		h.calm("a viewer takes it off", "forbidden", func() error { _, err := h.s.Detach(h.as(h.vic), l.ID, a.ID); return err })
		h.answer(h.goro, l.ID, "F2", "So fast", proof)
		h.calm("answers show it", "file_in_use", func() error { _, err := h.s.Detach(h.as(h.goro), l.ID, a.ID); return err })
		_, err = h.s.Detach(h.as(h.goro), l.ID, a.ID)
		if f, ok := fault.As(err); !ok || fmt.Sprint(f.Extra["items"]) != "[F1 F2]" || !strings.Contains(f.Error(), "F1, F2 show") {
			t.Errorf("%v", err)
		}
		h.answer(h.goro, l.ID, "F1", "Measured by hand")
		h.answer(h.goro, l.ID, "F2", "Measured by hand")
		must[checklist.Changed](t)(h.s.Detach(h.as(h.goro), l.ID, a.ID))
		h.calm("it is gone", "not_found", func() error { _, err := h.cards.OpenAttachment(h.as(h.goro), a.ID, false, ""); return err })
		h.calm("again", "not_found", func() error { _, err := h.s.Detach(h.as(h.goro), l.ID, a.ID); return err })
		h.calm("a viewer brings it back", "forbidden", func() error { _, err := h.s.Reattach(h.as(h.vic), l.ID, a.ID); return err })
		h.calm("to another checklist", "not_found", func() error { _, err := h.s.Reattach(h.as(h.goro), other.ID, a.ID); return err })
		must[checklist.Changed](t)(h.s.Reattach(h.as(h.goro), l.ID, a.ID))
		seq := h.get(l.ID).Seq
		must[checklist.Changed](t)(h.s.Reattach(h.as(h.goro), l.ID, a.ID)) // a calm no-op
		if v := h.get(l.ID); len(v.Files) != 1 || v.Files[0].ID != a.ID || v.Seq != seq {
			t.Errorf("%+v", v.Files)
		}
		closed := func(code string) {
			t.Helper()
			h.calm(code+": attached", code, func() error { _, err := h.s.Attach(h.as(h.goro), l.ID, file("x")); return err })
			h.calm(code+": taken off", code, func() error { _, err := h.s.Detach(h.as(h.goro), l.ID, a.ID); return err })
			h.calm(code+": brought back", code, func() error { _, err := h.s.Reattach(h.as(h.goro), l.ID, a.ID); return err })
		}
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		closed("frozen")
		must[checklist.View](t)(h.s.Thaw(h.as(h.ana), l.ID, "One more"))
		must[checklist.View](t)(h.s.Archive(h.as(h.ana), l.ID, true))
		closed("archived")
		must[checklist.View](t)(h.s.Archive(h.as(h.ana), l.ID, false))
		must[checklist.Changed](t)(h.s.Detach(h.as(h.goro), l.ID, a.ID))
		for i := range 100 {
			if err := store.Do(t.Context(), b.Store, nil, func(tx *store.Tx) error {
				_, err := tx.Exec("INSERT INTO attachments (id, checklist_rid, name, type, size, sha256, blob, added_by, added_name, at) SELECT ?, rid, 'x', 'text/plain', 1, '', ?, '', '', 0 FROM checklists WHERE id = ?",
					fmt.Sprint("att_", i), fmt.Sprint(i), l.ID)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		h.calm("one too many", "too_many_attachments", func() error { _, err := h.s.Attach(h.as(h.goro), l.ID, file("x")); return err })
		h.calm("one too many comes back", "too_many_attachments", func() error { _, err := h.s.Reattach(h.as(h.goro), l.ID, a.ID); return err })
		// those at a team's board that only it sees are as hidden as its card
		secret := h.list("light")
		a = must[checklist.Attached](t)(h.s.Attach(h.as(h.goro), secret.ID, file("y"))).Attachment
		h.calm("somebody who does not see the board", "not_found", func() error { _, err := h.cards.OpenAttachment(h.as(h.out), a.ID, false, ""); return err })
	})
}
