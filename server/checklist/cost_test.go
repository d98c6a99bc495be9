package checklist_test

import (
	"context"
	"testing"

	"trestle/server/checklist"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
)

// Lists take so many statements, however many checklists there are and however they stand.
func TestList_SoManyStatements(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		svc := h.service("payments-core")
		of := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID}))
		h.answer(h.ana, of.ID, "O4", "A runbook")
		statements := func(do func(ctx context.Context) error) (n int) {
			t.Helper()
			if err := do(store.Hearing(h.as(h.bo), func(string) { n++ })); err != nil {
				t.Fatal(err)
			}
			return n
		}
		list := func(ctx context.Context) error { _, err := h.s.List(ctx, checklist.Wanted{TeamID: h.team}); return err }
		first := h.list("standard", svc.ID)
		get := func(ctx context.Context) error { _, err := h.s.Get(ctx, first.ID); return err }
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), h.list("standard").ID))
		few, one := statements(list), statements(get)
		services := []string{svc.ID}
		for _, name := range []string{"mail", "vault"} {
			more := h.service(name)
			services = append(services, more.ID)
			h.answer(h.ana, must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: more.ID})).ID, "O4", "A runbook")
		}
		must[checklist.View](t)(h.s.Change(h.as(h.goro), first.ID, checklist.Patch{Services: web.Some(services)}))
		for i := range 12 {
			l := h.list([]string{"light", "standard", "critical"}[i%3], services[:1+i%3]...)
			h.answer(h.ana, l.ID, "F1", "x")
			if i%3 == 0 {
				must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
			}
		}
		for _, key := range []string{"F1", "F2", "F3", "O1", "O2", "L1"} {
			h.answer(h.ana, first.ID, key, "x", checklist.NewProof{Type: "person", PersonID: h.goro.PersonID})
		}
		if many := statements(list); many != few || few > 12 {
			t.Errorf("%d statements for two, %d for fourteen", few, many)
		}
		if now := statements(get); now != one || one > 16 {
			t.Errorf("%d statements, then %d", one, now)
		}
	})
}
