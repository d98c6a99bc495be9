package checklist_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"trestle/server/checklist"
	"trestle/server/store"
	"trestle/server/trestletest"
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
		for i := range 12 {
			l := h.list([]string{"light", "standard", "critical"}[i%3], svc.ID)
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

// TRESTLE_MEASURE=1 says how long a list of 200 checklists of 62 answers takes.
func TestList_Measured(t *testing.T) {
	if os.Getenv("TRESTLE_MEASURE") == "" {
		t.Skip("only when it is asked for: TRESTLE_MEASURE=1")
	}
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		first := h.list("critical")
		for _, x := range first.Topics {
			for i, it := range x.Items {
				h.answer(h.ana, first.ID, it.Key, fmt.Sprintf("%0300d", i))
			}
		}
		for range 199 {
			h.list("critical")
		}
		if err := store.Do(context.Background(), b.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO checklist_answers (checklist_rid, item, state, rev, explained_by, answered_at, said)
				SELECT k.rid, a.item, CASE WHEN k.rid % 3 = 0 THEN 'understood' ELSE a.state END, a.rev, a.explained_by, a.answered_at, a.said
				FROM checklists k, checklist_answers a WHERE k.id <> ?`, first.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		var took []time.Duration
		for range 31 {
			begin := time.Now()
			if got := must[[]checklist.ListHead](t)(h.s.List(h.as(h.bo), checklist.Wanted{TeamID: h.team})); len(got) != 200 {
				t.Fatal(len(got))
			}
			took = append(took, time.Since(begin))
		}
		slices.Sort(took)
		var one []time.Duration
		for range 31 {
			begin := time.Now()
			must[checklist.View](t)(h.s.Get(h.as(h.bo), first.ID))
			one = append(one, time.Since(begin))
		}
		slices.Sort(one)
		t.Logf("200 checklists of 62 answers: list p50 %s, p95 %s; one of them p50 %s", took[15], took[29], one[15])
	})
}
