package checklist_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"trestle/server/checklist"
	"trestle/server/fault"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func TestAnswer_ExplainedAndUnderstood(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("light")
		if l.Blocking != 2 || l.Counts.ToAnswer != 2 { // design phase: F1 O3 D1 I2
			if l.Blocking != 4 {
				t.Fatalf("a new one blocks %d: %+v", l.Blocking, l.Counts)
			}
		}
		it := h.answer(h.ana, l.ID, "F1", "They pay with one tap.")
		if it.State != "answered" || it.Why != "to_understand" || it.ExplainedBy.Person.ID != h.ana.PersonID || it.Rev != 1 || it.TypedBy != nil {
			t.Fatalf("%+v", it)
		}
		try := func(v who.Viewer, rev int64) func() error {
			return func() error { _, err := h.s.Understand(h.as(v), l.ID, "F1", rev, ""); return err }
		}
		h.calm("who explained it understands it", "same_person", try(h.ana, 1))
		h.calm("somebody of the same discipline", "same_discipline", try(h.goro, 1))
		h.calm("an administrator without a role in the team", "forbidden", try(h.admin, 1))
		h.calm("a manager", "forbidden", try(h.mia, 1))
		h.calm("a viewer", "forbidden", try(h.vic, 1))
		h.calm("somebody from elsewhere", "not_found", try(h.out, 1))
		h.calm("without having opened it", "not_opened", try(h.bo, 1))
		h.calm("another rev", "answer_changed", try(h.bo, 7))
		seq := h.get(l.ID).Seq
		must[checklist.Changed](t)(h.s.Open(h.as(h.bo), l.ID, "F1", nil))
		if h.get(l.ID).Seq != seq {
			t.Error("opening is told to everybody")
		}
		done := must[checklist.Changed](t)(h.s.Understand(h.as(h.bo), l.ID, "F1", 1, ""))
		if x := done.Items[0]; x.State != "understood" || x.Blocks || x.UnderstoodBy.Person.Name != "bo" || done.Head.Blocking != l.Blocking-1 {
			t.Fatalf("%+v %+v", x, done.Head)
		}
		h.calm("twice", "understood", try(h.bo, 1))
		if x := h.answer(h.goro, l.ID, "F1", "They pay with two taps."); x.State != "answered" || x.UnderstoodBy != nil || x.Rev != 2 {
			t.Errorf("another text stays understood: %+v", x)
		}
		h.calm("what was opened before it changed", "not_opened", try(h.bo, 2))
		h.calm("nothing said", "invalid", func() error {
			_, err := h.s.Answer(h.as(h.ana), l.ID, "F1", checklist.NewAnswer{Base: 2})
			return err
		})
		h.calm("no such item", "not_found", func() error {
			_, err := h.s.Answer(h.as(h.ana), l.ID, "F99", checklist.NewAnswer{Text: "x"})
			return err
		})
		before := h.count("SELECT COUNT(*) FROM events")
		h.answer(h.goro, l.ID, "F1", "They pay with two taps.")
		if h.count("SELECT COUNT(*) FROM events") != before {
			t.Error("the same answer again is told")
		}
	})
}

func TestAnswer_TheLiaisonTypesAndTheExplainerConfirms(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("light")
		say := func(v who.Viewer, n checklist.NewAnswer) error {
			_, err := h.s.Answer(h.as(v), l.ID, "O3", n)
			return err
		}
		h.calm("understood what one explains oneself", "same_person", func() error { return say(h.bo, checklist.NewAnswer{Text: "x", Understood: true}) })
		h.calm("of one discipline", "same_discipline", func() error {
			return say(h.goro, checklist.NewAnswer{Text: "x", ExplainedBy: h.ana.PersonID, Understood: true})
		})
		h.calm("somebody who is not of the team", "invalid", func() error { return say(h.bo, checklist.NewAnswer{Text: "x", ExplainedBy: h.out.PersonID}) })
		if err := say(h.bo, checklist.NewAnswer{Text: "Falls back to the typed card.", ExplainedBy: h.ana.PersonID, Understood: true}); err != nil {
			t.Fatal(err)
		}
		it := h.item(l.ID, "O3")
		if it.State != "answered" || it.Why != "to_confirm" || it.Confirm.ID != h.ana.PersonID || it.TypedBy.ID != h.bo.PersonID {
			t.Fatalf("%+v", it)
		}
		h.calm("it is not confirmed yet", "not_confirmed", func() error { _, err := h.s.Understand(h.as(h.bo), l.ID, "O3", 1, ""); return err })
		h.calm("somebody else confirms", "forbidden", func() error { _, err := h.s.Confirm(h.as(h.goro), l.ID, "O3", 1); return err })
		c := must[checklist.Changed](t)(h.s.Confirm(h.as(h.ana), l.ID, "O3", 1))
		if x := c.Items[0]; x.State != "understood" || x.UnderstoodBy.Person.ID != h.bo.PersonID || x.Confirm != nil || x.Blocks {
			t.Fatalf("%+v", x)
		}
		h.calm("twice", "nothing_to_confirm", func() error { _, err := h.s.Confirm(h.as(h.ana), l.ID, "O3", 1); return err })
		// typed for somebody without having understood it: confirmed, it still waits
		must[checklist.Changed](t)(h.s.Answer(h.as(h.goro), l.ID, "M1", checklist.NewAnswer{Text: "Share of payments", ExplainedBy: h.ana.PersonID}))
		if x := must[checklist.Changed](t)(h.s.Confirm(h.as(h.ana), l.ID, "M1", 1)).Items[0]; x.State != "answered" || x.Why != "to_understand" {
			t.Errorf("%+v", x)
		}
	})
}

func TestPushBack(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("light")
		h.answer(h.ana, l.ID, "O3", "We page.")
		h.calm("no question", "invalid", func() error { _, err := h.s.PushBack(h.as(h.bo), l.ID, "O3", " "); return err })
		h.calm("one's own answer", "same_person", func() error { _, err := h.s.PushBack(h.as(h.ana), l.ID, "O3", "why?"); return err })
		jobs := h.count("SELECT COUNT(*) FROM outbox")
		x := must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "O3", "And then?")).Items[0]
		if x.State != "questioned" || x.Why != "pushed_back" || x.Asked.Text != "And then?" || x.ExplainedBy == nil {
			t.Fatalf("%+v", x)
		}
		if h.count("SELECT COUNT(*) FROM outbox") != jobs+1 {
			t.Error("the explainer is not told")
		}
		h.calm("somebody else withdraws", "forbidden", func() error { _, err := h.s.Withdraw(h.as(h.goro), l.ID, "O3"); return err })
		if x := must[checklist.Changed](t)(h.s.Withdraw(h.as(h.bo), l.ID, "O3")).Items[0]; x.State != "answered" || x.Asked != nil {
			t.Fatalf("%+v", x)
		}
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "O3", "And then?"))
		if x := h.answer(h.ana, l.ID, "O3", "We fall back."); x.State != "answered" || x.Asked != nil || x.Rev != 2 {
			t.Fatalf("%+v", x)
		}
		h.understand(h.bo, l.ID, "O3")
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "O3", "Is that still so?"))
		if x := must[checklist.Changed](t)(h.s.Withdraw(h.as(h.bo), l.ID, "O3")).Items[0]; x.State != "understood" {
			t.Errorf("a question that is withdrawn leaves %s", x.State)
		}
		// the same text again answers a question: who asked reads it anew
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "O3", "Once more?"))
		if x := h.answer(h.ana, l.ID, "O3", "We fall back."); x.State != "answered" || x.Rev != 3 {
			t.Errorf("%+v", x)
		}
		lines := must[[]checklist.ItemLine](t)(h.s.History(h.as(h.vic), l.ID, "O3"))
		if len(lines) != 10 || lines[0].Type != "checklist.answered" || lines[0].Person.Name != "ana" || lines[len(lines)-1].Item.Text != "We page." {
			t.Errorf("%d lines of history: %+v", len(lines), lines)
		}
	})
}

func TestNotApplicableAndReopen(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("standard")
		before := h.get(l.ID)
		h.calm("without why", "invalid", func() error { _, err := h.s.NotApplicable(h.as(h.ana), l.ID, "I1", ""); return err })
		x := must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.ana), l.ID, "I1", "Nothing new runs"))
		if x.Items[0].State != "na" || x.Items[0].NA.Text != "Nothing new runs" || x.Head.Blocking != before.Blocking-1 {
			t.Fatalf("%+v", x)
		}
		if y := must[checklist.Changed](t)(h.s.Reopen(h.as(h.goro), l.ID, "I1")); y.Items[0].State != "unanswered" || y.Head.Blocking != before.Blocking {
			t.Fatalf("%+v", y)
		}
		// what depends on an answer comes along: "none" to D1 takes D2 away
		c := must[checklist.Changed](t)(h.s.Answer(h.as(h.ana), l.ID, "D1", checklist.NewAnswer{Text: "None."}))
		if len(c.Items) != 4 || c.Items[1].Key != "D2" || !c.Items[1].Skipped || c.Items[1].Blocks || c.Items[1].Must {
			t.Fatalf("%+v", c.Items)
		}
	})
}

// Two people who fill one checklist at once lose nothing; on one item the second is shown what the first has said.
func TestAnswer_TwoAtOnce(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("critical")
		var keys []string
		for _, x := range l.Topics {
			for _, it := range x.Items {
				keys = append(keys, it.Key)
			}
		}
		keys = keys[:24]
		var all sync.WaitGroup
		for n, v := range []who.Viewer{h.ana, h.goro} {
			all.Add(1)
			go func() {
				defer all.Done()
				for i, key := range keys {
					if i%2 == n {
						if _, err := h.s.Answer(h.as(v), l.ID, key, checklist.NewAnswer{Text: v.Name + " says " + key}); err != nil {
							t.Errorf("%s %s: %v", v.Name, key, err)
						}
					}
				}
			}()
		}
		all.Wait()
		for i, key := range keys {
			if it := h.item(l.ID, key); it.Text != []string{"ana", "goro"}[i%2]+" says "+key {
				t.Errorf("%s: %q", key, it.Text)
			}
		}
		var won, lost int
		var mu sync.Mutex
		for i := range 8 {
			all.Add(1)
			go func() {
				defer all.Done()
				_, err := h.s.Answer(h.as([]who.Viewer{h.ana, h.goro}[i%2]), l.ID, "L6", checklist.NewAnswer{Text: fmt.Sprint("version ", i)})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
					return
				}
				lost++
				f, ok := fault.As(err)
				now, is := f.Extra["current"].(checklist.Item)
				if !ok || f.Code != "answer_changed" || !is || now.Rev != 1 || now.Text == "" {
					t.Errorf("%v %+v", err, f)
				}
			}()
		}
		all.Wait()
		if won != 1 || lost != 7 {
			t.Errorf("%d won, %d lost", won, lost)
		}
		for i, e := range h.events(l.ID) { // no gap, and every event is the item as it was then
			if e.Seq != int64(i+1) {
				t.Fatalf("event %d has the number %d", i, e.Seq)
			}
		}
	})
}

// What an event says is what everybody reads, apart from what is one's own.
func TestEvents_SameForEverybody(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("standard")
		h.answer(h.ana, l.ID, "O5", "The pool", checklist.NewProof{Type: "number", Value: "420", Unit: "req/s"})
		h.understand(h.bo, l.ID, "O5")
		list := h.events(l.ID)
		var c checklist.Changed
		if err := json.Unmarshal(list[len(list)-1].Data, &c); err != nil {
			t.Fatal(err)
		}
		if c.Items[0].Opened != nil {
			t.Error("an event says who has opened something")
		}
		for _, v := range []who.Viewer{h.ana, h.bo, h.mia, h.vic, h.admin} {
			got := must[checklist.View](t)(h.s.Get(h.as(v), l.ID))
			for _, x := range got.Topics {
				for _, it := range x.Items {
					if it.Key != "O5" {
						continue
					}
					if *it.Opened != (v.PersonID == h.bo.PersonID) {
						t.Errorf("%s has opened it: %v", v.Name, *it.Opened)
					}
					it.Opened = nil
					a, _ := json.Marshal(it)
					e, _ := json.Marshal(c.Items[0])
					if string(a) != string(e) {
						t.Errorf("%s reads\n%s\nthe event says\n%s", v.Name, a, e)
					}
				}
			}
			h1, _ := json.Marshal(got.ListHead)
			h2, _ := json.Marshal(c.Head)
			if string(h1) != string(h2) {
				t.Errorf("%s reads\n%s\nthe event says\n%s", v.Name, h1, h2)
			}
		}
	})
}

func TestProof(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("critical")
		for _, p := range []checklist.NewProof{
			{Type: "link", Value: "javascript:alert(1)"}, {Type: "link", Value: "https://a:b@x.test/"}, {Type: "number", Value: "many"}, {Type: "number", Value: "0x10"}, {Type: "number", Value: "NaN"},
			{Type: "date", Value: "tomorrow"}, {Type: "person", PersonID: "per_x"}, {Type: "file", Value: "att_x"}, {Type: "auto", Value: "build"}, {Type: "text"}, {Type: "poem", Value: "x"},
			{Type: "text", Value: "x", VerifiedOn: "2999-01-01"}, {Type: "text", Value: "x", VerifiedOn: "soon"},
		} {
			h.calm(fmt.Sprintf("%+v", p), "invalid", func() error {
				_, err := h.s.Answer(h.as(h.ana), l.ID, "O5", checklist.NewAnswer{Text: "x", Evidence: []checklist.NewProof{p}})
				return err
			})
		}
		it := h.answer(h.ana, l.ID, "O10", "", checklist.NewProof{Type: "person", PersonID: h.ana.PersonID}, checklist.NewProof{Type: "person", PersonID: h.goro.PersonID})
		if it.People != 3 || it.Proof[1].Person.Name != "goro" {
			t.Fatalf("%+v", it)
		}
		must[checklist.Changed](t)(h.s.Open(h.as(h.bo), l.ID, "O10", nil))
		h.calm("two names of three", "too_few_people", func() error { _, err := h.s.Understand(h.as(h.bo), l.ID, "O10", 1, ""); return err })
		h.calm("two names, typed by who listens", "too_few_people", func() error {
			_, err := h.s.Answer(h.as(h.bo), l.ID, "O10", checklist.NewAnswer{ExplainedBy: h.ana.PersonID, Understood: true, Without: "They know it", Base: 1,
				Evidence: []checklist.NewProof{{Type: "person", PersonID: h.ana.PersonID}, {Type: "person", PersonID: h.goro.PersonID}}})
			return err
		})
		h.calm("two names, with the whole topic", "evidence_missing", func() error { _, err := h.s.UnderstandTopic(h.as(h.bo), l.ID, "operability"); return err })
		if x := h.answer(h.ana, l.ID, "I9", "", checklist.NewProof{Type: "number", Value: "99,9"}); x.Proof[0].Value != "99.9" {
			t.Errorf("%+v", x.Proof)
		}
	})
}

// Evidence runs out: the item blocks again the day after, without anything being done.
func TestStale(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("critical")
		today := b.Clock.Now()
		h.answer(h.ana, l.ID, "I4", "1.7 times the peak", checklist.NewProof{Type: "date", Value: today.AddDate(0, 0, -10).Format(time.DateOnly)})
		it := h.understand(h.bo, l.ID, "I4")
		if want := today.AddDate(0, 0, 80).Format(time.DateOnly); it.ExpiresOn != want || it.Why != "" {
			t.Fatalf("good until %q, not %s: %+v", it.ExpiresOn, want, it)
		}
		b.Clock.Advance(80 * 24 * time.Hour)
		if x := h.item(l.ID, "I4"); x.Why != "" {
			t.Fatalf("on the last day: %s", x.Why)
		}
		cardID := h.get(l.ID).Card.ID
		lapsed := func() bool {
			return must[map[string]bool](t)(h.s.Lapsed(b.Store.Rows(t.Context()), []string{cardID, "crd_x"}, b.Clock.Now()))[cardID]
		}
		if lapsed() {
			t.Error("its card is lapsed on the last day")
		}
		b.Clock.Advance(24 * time.Hour)
		if x := h.item(l.ID, "I4"); x.Why != "stale" || x.State != "understood" {
			t.Fatalf("the day after: %s", x.Why)
		}
		if !lapsed() {
			t.Error("its card is not lapsed the day after")
		}
		h.answer(h.ana, l.ID, "I4", "1.9 times the peak")
		if x := h.understand(h.bo, l.ID, "I4"); x.Why != "" {
			t.Errorf("anew: %s", x.Why)
		}
		// said to be as it was, it has to be understood again
		b.Clock.Advance(91 * 24 * time.Hour)
		if x := h.answer(h.ana, l.ID, "I4", "1.9 times the peak"); x.Why != "to_understand" || x.ExpiresOn != b.Clock.Now().AddDate(0, 0, 90).Format(time.DateOnly) {
			t.Errorf("looked at again: %+v", x)
		}
	})
}
