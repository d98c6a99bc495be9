package checklist_test

import (
	"strings"
	"testing"

	"trestle/server/checklist"
	"trestle/server/trestletest"
)

// Words alone are saved where a link is asked for; who understands them then says why, and that stays with the answer.
func TestUnderstand_WithoutEvidence(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("critical")
		open := func(key string) int64 {
			return must[checklist.Changed](t)(h.s.Open(h.as(h.bo), l.ID, key, nil)).Items[0].Rev
		}
		understand := func(key, without string) (checklist.Changed, error) {
			return h.s.Understand(h.as(h.bo), l.ID, key, open(key), without)
		}
		if it := h.answer(h.ana, l.ID, "M3", "Two pages, both in the runbook"); it.State != "answered" || len(it.Lacks) != 1 || it.Lacks[0] != "link" {
			t.Fatalf("%+v", it)
		}
		rev := open("M3")
		h.calm("no link and no reason", "evidence_missing", func() error { _, err := h.s.Understand(h.as(h.bo), l.ID, "M3", rev, " \n"); return err })
		h.calm("a reason without end", "invalid", func() error {
			_, err := h.s.Understand(h.as(h.bo), l.ID, "M3", rev, strings.Repeat("x", 501))
			return err
		})
		x := must[checklist.Changed](t)(understand("M3", "Saw both in the drill"))
		if it := x.Items[0]; it.State != "understood" || it.Why != "" || it.Without == nil || it.Without.Text != "Saw both in the drill" || it.Without.Person.Name != "bo" {
			t.Fatalf("%+v", it)
		}
		if words := must[checklist.Words](t)(h.s.Markdown(h.as(h.ana), l.ID)).Text; !strings.Contains(words, "Understood without the evidence that is asked for, bo: Saw both in the drill") {
			t.Error(words)
		}
		// with evidence of a kind that is asked for a reason is neither needed nor kept; a number has the item's unit
		if it := h.answer(h.ana, l.ID, "L4", "Flag off", checklist.NewProof{Type: "number", Value: "2"}); len(it.Lacks) != 0 || it.Proof[0].Unit != "min" {
			t.Errorf("%+v", it)
		}
		if it := must[checklist.Changed](t)(understand("L4", "x")).Items[0]; it.Without != nil {
			t.Errorf("%+v", it)
		}
		// of another kind it is still missing; where words are asked for too, they are enough
		if it := h.answer(h.ana, l.ID, "O7", "In the drill", checklist.NewProof{Type: "link", Value: "https://wiki.test/drill"}); len(it.Lacks) != 2 {
			t.Errorf("%+v", it)
		}
		if it := h.answer(h.ana, l.ID, "F5", "Nothing happens"); len(it.Lacks) != 0 {
			t.Errorf("%+v", it)
		}
		// what is typed while listening says it at once
		typed := func(without string) error {
			_, err := h.s.Answer(h.as(h.bo), l.ID, "F7", checklist.NewAnswer{Text: "The card schemes", ExplainedBy: h.ana.PersonID, Understood: true, Without: without})
			return err
		}
		h.calm("typed while listening", "evidence_missing", func() error { return typed("") })
		if err := typed("We read the contract together"); err != nil {
			t.Fatal(err)
		}
		if it := must[checklist.Changed](t)(h.s.Confirm(h.as(h.ana), l.ID, "F7", 1)).Items[0]; it.State != "understood" || it.Without == nil {
			t.Errorf("%+v", it)
		}
		// pushed back it says no more that it is enough without; neither does what is said in its place
		if it := must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "F7", "Which part of it?")).Items[0]; it.Without != nil {
			t.Errorf("%+v", it)
		}
		if it := must[checklist.Changed](t)(h.s.Withdraw(h.as(h.bo), l.ID, "F7")).Items[0]; it.State != "understood" || it.Without == nil {
			t.Errorf("%+v", it)
		}
		must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.ana), l.ID, "F7", "No contract"))
		if it := must[checklist.Changed](t)(h.s.Reopen(h.as(h.ana), l.ID, "F7")).Items[0]; it.State != "answered" || it.Without != nil || it.Rev != 2 {
			t.Errorf("%+v", it)
		}
		// a whole topic leaves it to be looked at by itself
		h.answer(h.ana, l.ID, "D1", "A vault")
		h.answer(h.ana, l.ID, "D2", "Our own was too slow")
		open("D1")
		open("D2")
		if x := must[checklist.Changed](t)(h.s.UnderstandTopic(h.as(h.bo), l.ID, "departures")); len(x.Items) < 1 || x.Items[0].Key != "D1" || h.item(l.ID, "D2").State != "answered" {
			t.Errorf("%+v", x.Items)
		}
		h.calm("nothing else of the topic", "evidence_missing", func() error { _, err := h.s.UnderstandTopic(h.as(h.bo), l.ID, "departures"); return err })
		// answered anew it has to be understood anew
		if it := h.answer(h.ana, l.ID, "M3", "Three pages now"); it.Without != nil || len(it.Lacks) != 1 {
			t.Errorf("%+v", it)
		}
	})
}

// What is no drawing is refused where it comes in; how large one was drawn stays with it and makes no other answer of it.
func TestAnswer_Drawing(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("critical")
		say := func(source string, drawn *checklist.Drawn, base int64) (checklist.Changed, error) {
			return h.s.Answer(h.as(h.ana), l.ID, "O1", checklist.NewAnswer{Evidence: []checklist.NewProof{{Type: "diagram", Value: source, Drawn: drawn}}, Base: base})
		}
		for _, none := range []string{"A --> B", "pie title Pets", "<b>flowchart</b>", "%% flowchart LR", "%%{init: {}}%%", "%%{flowchart LR", "---\nflowchart LR", "flowcharts", "flowchart LR", "graph", "erDiagram\n\n%% A\n", "sequenceDiagram;"} {
			h.calm(none, "invalid", func() error { _, err := say(none, nil, 0); return err })
		}
		rev := int64(0)
		for _, one := range []string{"graph TD; A", "flowchart LR\n A-->B", "\n\n%% ours\n  %%{init: {}}%%\n sequenceDiagram\n A->>B: x", "---\ntitle: x\n---\nstateDiagram-v2\n a", "%% a\r\nclassDiagram\r\nclass A\r\n", "erDiagram\n%% b\nA", "stateDiagram\n LR"} {
			rev = must[checklist.Changed](t)(say(one, nil, rev)).Items[0].Rev
		}
		x := must[checklist.Changed](t)(say("flowchart LR\n A-->B", &checklist.Drawn{Width: 963, Height: 151}, rev)).Items[0]
		if d := x.Proof[0].Drawn; d == nil || d.Width != 963 || d.Height != 151 {
			t.Fatalf("%+v", d)
		}
		if again := must[checklist.Changed](t)(say("flowchart LR\n A-->B", &checklist.Drawn{Width: 970, Height: 160}, x.Rev)); len(again.Items) > 0 && again.Items[0].Rev != x.Rev {
			t.Errorf("another answer: %+v", again.Items[0])
		}
	})
}
