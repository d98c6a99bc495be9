package checklist_test

import (
	"io"
	"strings"
	"testing"

	"trestle/server/blob"
	"trestle/server/card"
	"trestle/server/checklist"
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
		h.calm("an answer shows it", "file_in_use", func() error { _, err := h.s.Detach(h.as(h.goro), l.ID, a.ID); return err })
		h.answer(h.goro, l.ID, "F1", "Measured by hand")
		must[checklist.Changed](t)(h.s.Detach(h.as(h.goro), l.ID, a.ID))
		h.calm("it is gone", "not_found", func() error { _, err := h.cards.OpenAttachment(h.as(h.goro), a.ID, false, ""); return err })
		h.calm("again", "not_found", func() error { _, err := h.s.Detach(h.as(h.goro), l.ID, a.ID); return err })
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		h.calm("a frozen one", "frozen", func() error { _, err := h.s.Attach(h.as(h.goro), l.ID, file("x")); return err })
		// those at a team's board that only it sees are as hidden as its card
		secret := h.list("light")
		a = must[checklist.Attached](t)(h.s.Attach(h.as(h.goro), secret.ID, file("y"))).Attachment
		h.calm("somebody who does not see the board", "not_found", func() error { _, err := h.cards.OpenAttachment(h.as(h.out), a.ID, false, ""); return err })
	})
}
