package checklist_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/blob"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// What was understood of the same question elsewhere is offered: of checklists that touch the same service first, never
// from one that the viewer does not see, and without what hangs there.
func TestEarlier(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.cards.UseFiles(card.Files{Store: blob.Disk(t.TempDir()), MaxFile: 1 << 10, Quota: 1 << 11})
		api := h.service("api")
		made := func(name string, services ...string) string {
			return must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: name, LaunchOn: "2026-12-24", Phase: "pre_prod", Services: services})).ID
		}
		said := func(v who.Viewer, id string) string {
			var names []string
			for _, e := range must[[]checklist.Earlier](t)(h.s.Earlier(h.as(v), id, "M3")) {
				names = append(names, e.Name+": "+e.Text)
			}
			return strings.Join(names, ", ")
		}
		now := made("Now", api.ID)
		if v := h.get(now); v.Phase != "pre_prod" {
			t.Errorf("begun at %s", v.Phase)
		}
		if got := said(h.goro, now); got != "" {
			t.Fatalf("the first of all: %s", got)
		}
		link := checklist.NewProof{Type: "link", Value: "https://runbook.test/"}
		touches := made("Touches it", api.ID)
		file := must[checklist.Attached](t)(h.s.Attach(h.as(h.goro), touches, card.NewFile{Name: "a.csv", Size: 1, SHA256: "x", Body: strings.NewReader("x")})).Attachment
		h.answer(h.ana, touches, "M3", "Two pages", link, checklist.NewProof{Type: "file", Value: file.ID}, checklist.NewProof{Type: "person", PersonID: h.goro.PersonID})
		if got := said(h.goro, now); got != "" {
			t.Errorf("what nobody has understood: %s", got)
		}
		h.understand(h.bo, touches, "M3")
		for _, name := range []string{"One", "Two", "Three"} {
			id := made(name)
			h.answer(h.ana, id, "M3", "None", link)
			h.understand(h.bo, id, "M3")
			if name == "Two" {
				must[checklist.View](t)(h.s.Freeze(h.as(h.ana), id))
			}
		}
		if got := said(h.goro, now); got != "Touches it: Two pages, Three: None, Two: None" {
			t.Errorf("%s", got)
		}
		e := must[[]checklist.Earlier](t)(h.s.Earlier(h.as(h.goro), now, "M3"))[0]
		if e.ListID != touches || e.ExplainedBy.Person.Name != "ana" || len(e.Proof) != 2 || e.Proof[0].Value != link.Value || e.Proof[1].Person.Name != "goro" {
			t.Errorf("%+v", e)
		}
		// a card's on a board that only the team sees
		secret := h.list("light", api.ID)
		must[checklist.View](t)(h.s.Change(h.as(h.ana), secret.ID, checklist.Patch{Phase: ptr("pre_prod"), Level: ptr("standard")}))
		h.answer(h.ana, secret.ID, "M3", "A secret", link)
		h.understand(h.bo, secret.ID, "M3")
		if got := said(h.goro, now); !strings.HasPrefix(got, secret.Name+": A secret, Touches it") {
			t.Errorf("for one of the team: %s", got)
		}
		if got := said(h.out, now); strings.Contains(got, "secret") || !strings.HasPrefix(got, "Touches it") {
			t.Errorf("for somebody from elsewhere: %s", got)
		}
		h.calm("a checklist that they do not see", "not_found", func() error { _, err := h.s.Earlier(h.as(h.out), secret.ID, "M3"); return err })
		h.calm("no such item", "not_found", func() error { _, err := h.s.Earlier(h.as(h.goro), now, "M99"); return err })
		// evidence keeps its age, and what has run out is not offered
		h.answer(h.ana, touches, "I4", "1.7 times the peak", checklist.NewProof{Type: "link", Value: "https://load.test/", VerifiedOn: b.Clock.Now().AddDate(0, 0, -80).Format(time.DateOnly)})
		h.understand(h.bo, touches, "I4")
		again := func() []checklist.Earlier { return must[[]checklist.Earlier](t)(h.s.Earlier(h.as(h.goro), now, "I4")) }
		if got := again(); len(got) != 1 || got[0].Proof[0].VerifiedOn != b.Clock.Now().AddDate(0, 0, -80).Format(time.DateOnly) {
			t.Errorf("%+v", got)
		}
		b.Clock.Advance(11 * 24 * time.Hour)
		if got := again(); len(got) != 0 {
			t.Errorf("what has run out: %+v", got)
		}
		// a service's own is begun with other services' own, not with features'
		own := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: api.ID}))
		mail := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: h.service("mail").ID}))
		for _, id := range []string{touches, mail.ID} {
			h.answer(h.ana, id, "I8", "Staging has one pod")
			h.understand(h.bo, id, "I8")
		}
		if got := must[[]checklist.Earlier](t)(h.s.Earlier(h.as(h.goro), own.ID, "I8")); len(got) != 1 || got[0].Name != "mail" {
			t.Errorf("for a service: %+v", got)
		}
	})
}
