package checklist_test

import (
	"encoding/json"
	"strings"
	"testing"

	"trestle/server/checklist"
	"trestle/server/trestletest"
)

// A frozen checklist stays as it stood, whatever becomes of people, services and days; a lead thaws it with why.
func TestFreeze(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		svc := h.service("payments-core")
		of := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID}))
		h.answer(h.ana, of.ID, "O4", "A runbook")
		l := h.list("standard", svc.ID)
		h.answer(h.ana, l.ID, "F1", "One tap")
		h.calm("a worker", "forbidden", func() error { _, err := h.s.Freeze(h.as(h.goro), l.ID); return err })
		was := must[checklist.View](t)(h.s.Freeze(h.as(h.bo), l.ID))
		if was.FrozenAt == nil || was.May.Answer || was.May.Understand || !was.May.Settle {
			t.Fatalf("%+v", was.May)
		}
		again := must[checklist.View](t)(h.s.Freeze(h.as(h.bo), l.ID))
		if again.Seq != was.Seq {
			t.Error("frozen twice")
		}
		h.answer(h.ana, of.ID, "O4", "Another runbook")
		b.Clock.Advance(100 * 24 * 3600e9)
		for _, do := range []func() error{
			func() error {
				_, err := h.s.Answer(h.as(h.ana), l.ID, "F1", checklist.NewAnswer{Text: "x", Base: 1})
				return err
			},
			func() error { _, err := h.s.Say(h.as(h.ana), l.ID, "F1", "x"); return err },
			func() error {
				_, err := h.s.Change(h.as(h.ana), l.ID, checklist.Patch{Level: ptr("light")})
				return err
			},
			func() error { _, err := h.s.Adopt(h.as(h.ana), l.ID, []string{"F1"}); return err },
			func() error { _, err := h.s.UnderstandTopic(h.as(h.bo), l.ID, "functionality"); return err },
		} {
			h.calm("what is frozen", "frozen", do)
		}
		now := must[checklist.View](t)(h.s.Get(h.as(h.bo), l.ID))
		a, _ := json.Marshal(was)
		c, _ := json.Marshal(now)
		if string(a) != string(c) {
			t.Errorf("it stood\n%s\nand is\n%s", a, c)
		}
		list := must[[]checklist.ListHead](t)(h.s.List(h.as(h.bo), checklist.Wanted{CardID: l.Card.ID}))
		if list[0].Blocking != was.Blocking || list[0].FrozenAt == nil {
			t.Errorf("%+v", list)
		}
		if open := must[[]checklist.ListHead](t)(h.s.List(h.as(h.bo), checklist.Wanted{TeamID: h.team, Open: true})); len(open) != 1 || open[0].ID != of.ID {
			t.Errorf("%+v", open)
		}
		h.calm("a liaison thaws", "forbidden", func() error { _, err := h.s.Thaw(h.as(h.bo), l.ID, "x"); return err })
		h.calm("without why", "invalid", func() error { _, err := h.s.Thaw(h.as(h.ana), l.ID, " "); return err })
		v := must[checklist.View](t)(h.s.Thaw(h.as(h.ana), l.ID, "The launch was put off"))
		if v.FrozenAt != nil || h.item(l.ID, "O4").Services[0].Text != "Another runbook" {
			t.Errorf("%+v", v.ListHead)
		}
		events := h.events(l.ID)
		if last := events[len(events)-1]; last.Type != "checklist.thawed" || !strings.Contains(string(last.Data), "put off") {
			t.Errorf("%s %s", last.Type, last.Data)
		}
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		if n := h.count("SELECT COUNT(*) FROM checklist_copies"); n != 2 {
			t.Errorf("%d copies", n)
		}
	})
}

// twist gives the newest items of a template with one changed, one retired and one more.
func (h *house) twist(id string) []checklist.TemplateItem {
	h.t.Helper()
	items := append([]checklist.TemplateItem{}, must[checklist.TemplateView](h.t)(h.s.Template(h.as(h.admin), id, 0)).Items...)
	for i := range items {
		switch items[i].Key {
		case "F1":
			items[i].Question = "What is new for users?"
		case "F3":
			items[i].Retired = true
		}
	}
	return append(items, checklist.TemplateItem{Key: "L11", Topic: "launch", Question: "Who brings the cake?", Evidence: []string{"person"}, From: "light", Phase: "design", Scope: "feature"})
}

// A template changes while twenty checklists run: not one of them is another one, until it adopts an item.
func TestTemplate_ChangesNoneThatRun(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		var ids []string
		for range 20 {
			l := h.list("standard")
			ids = append(ids, l.ID)
			h.answer(h.ana, l.ID, "F1", "One tap")
			h.understand(h.bo, l.ID, "F1")
		}
		see := func() string {
			var out []checklist.View
			for _, id := range ids {
				v := h.get(id)
				v.Template.Newest = 0 // that there is a newer one is said
				out = append(out, v)
			}
			raw, _ := json.Marshal(out)
			return string(raw)
		}
		was := see()
		draft := must[checklist.TemplateView](t)(h.s.PutDraft(h.as(h.admin), checklist.BuiltIn, h.twist(checklist.BuiltIn), nil))
		if draft.Newest != 1 || len(draft.Draft) != 63 || len(draft.Items) != 62 || !draft.HasDraft {
			t.Fatalf("%+v", draft.TemplateHead)
		}
		if seen := must[checklist.TemplateView](t)(h.s.Template(h.as(h.ana), checklist.BuiltIn, 0)); seen.Draft != nil {
			t.Error("who may not edit it reads the draft")
		}
		v2 := must[checklist.TemplateView](t)(h.s.Publish(h.as(h.admin), checklist.BuiltIn, "What the spring has taught us"))
		if same := must[checklist.TemplateView](t)(h.s.PutDraft(h.as(h.admin), checklist.BuiltIn, v2.Items, ptr(v2.Version))); same.HasDraft || same.Version != v2.Version {
			t.Errorf("a draft that is as the newest version: %+v", same.TemplateHead)
		}
		if v2.Newest != 2 || v2.HasDraft || len(v2.Items) != 63 || v2.Versions[0].Note == "" || v2.Versions[0].By.Name != "ada" {
			t.Fatalf("%+v", v2.TemplateHead)
		}
		if old := must[checklist.TemplateView](t)(h.s.Template(h.as(h.ana), checklist.BuiltIn, 1)); len(old.Items) != 62 || old.Items[0].Question == v2.Items[0].Question {
			t.Error("version 1 has changed")
		}
		if now := see(); now != was {
			t.Errorf("a checklist has changed:\n%s\n%s", was, now)
		}
		id := ids[0]
		if v := h.get(id); v.Template.Version != 1 || v.Template.Newest != 2 {
			t.Errorf("%+v", v.Template)
		}
		n := must[checklist.Newer](t)(h.s.Newer(h.as(h.vic), id))
		if len(n.Changes) != 3 || n.Version != 2 || n.Changes[0].Key != "F1" || n.Changes[0].Kind != "changed" || n.Changes[1].Kind != "retired" || n.Changes[2].Kind != "added" {
			t.Fatalf("%+v", n)
		}
		h.calm("an item that is not new", "invalid", func() error { _, err := h.s.Adopt(h.as(h.ana), id, []string{"F1", "F5"}); return err })
		h.calm("a viewer", "forbidden", func() error { _, err := h.s.Adopt(h.as(h.vic), id, []string{"F1"}); return err })
		v := must[checklist.View](t)(h.s.Adopt(h.as(h.goro), id, []string{"F1", "L11"}))
		if v.Template.Version != 1 {
			t.Errorf("%+v", v.Template)
		}
		if it := h.item(id, "F1"); it.Question != "What is new for users?" || it.State != "answered" || it.Text != "One tap" {
			t.Errorf("another question is understood: %+v", it)
		}
		if it := h.item(id, "L11"); !it.Blocks {
			t.Errorf("%+v", it)
		}
		v = must[checklist.View](t)(h.s.Adopt(h.as(h.goro), id, []string{"F3"}))
		if v.Template.Version != 2 || v.Blocking < 1 {
			t.Errorf("%+v", v.ListHead)
		}
		if left := must[checklist.Newer](t)(h.s.Newer(h.as(h.vic), id)); len(left.Changes) != 0 {
			t.Errorf("%+v", left)
		}
		for _, x := range h.get(id).Topics {
			for _, it := range x.Items {
				if it.Key == "F3" {
					t.Error("a retired item is shown")
				}
			}
		}
		// a new one begins with the new version
		if l := h.list("light"); l.Template.Version != 2 {
			t.Errorf("%+v", l.Template)
		}
	})
}

func TestTemplate_Refused(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		put := func(change func(items []checklist.TemplateItem) []checklist.TemplateItem) func() error {
			return func() error {
				_, err := h.s.PutDraft(h.as(h.admin), checklist.BuiltIn, change(h.twist(checklist.BuiltIn)), nil)
				return err
			}
		}
		for what, change := range map[string]func(*checklist.TemplateItem){
			"no key":      func(it *checklist.TemplateItem) { it.Key = "f one" },
			"a key twice": func(it *checklist.TemplateItem) { it.Key = "F1" },
			"no question": func(it *checklist.TemplateItem) { it.Question = " " },
			"no topic":    func(it *checklist.TemplateItem) { it.Topic = "poetry" },
			"no level":    func(it *checklist.TemplateItem) { it.From = "" },
			"no evidence": func(it *checklist.TemplateItem) { it.Evidence = nil },
			"on itself":   func(it *checklist.TemplateItem) { it.When = &checklist.When{Item: "L11", Not: "none"} },
			"on nothing":  func(it *checklist.TemplateItem) { it.When = &checklist.When{Item: "L99", Not: "none"} },
			"for ever":    func(it *checklist.TemplateItem) { it.TTLDays = 99999 },
		} {
			h.calm(what, "invalid", put(func(items []checklist.TemplateItem) []checklist.TemplateItem { change(&items[62]); return items }))
		}
		h.calm("an item that was published is gone", "invalid", put(func(items []checklist.TemplateItem) []checklist.TemplateItem { return items[1:] }))
		h.calm("a lead of a team", "forbidden", func() error {
			_, err := h.s.PutDraft(h.as(h.ana), checklist.BuiltIn, h.twist(checklist.BuiltIn), nil)
			return err
		})
		h.calm("nothing to publish", "no_draft", func() error { _, err := h.s.Publish(h.as(h.admin), checklist.BuiltIn, "x"); return err })
		h.calm("no note", "invalid", func() error { _, err := h.s.Publish(h.as(h.admin), checklist.BuiltIn, ""); return err })
		h.calm("over an old version", "stale", func() error {
			_, err := h.s.PutDraft(h.as(h.admin), checklist.BuiltIn, h.twist(checklist.BuiltIn), ptr(int64(9)))
			return err
		})
		begun := must[checklist.TemplateView](t)(h.s.PutDraft(h.as(h.admin), checklist.BuiltIn, h.twist(checklist.BuiltIn), nil))
		if back := must[checklist.TemplateView](t)(h.s.PutDraft(h.as(h.admin), checklist.BuiltIn, begun.Items, ptr(begun.Version))); !begun.HasDraft || back.HasDraft || back.Version != begun.Version+1 {
			t.Errorf("a draft that was put back: %+v, %+v", begun.TemplateHead, back.TemplateHead)
		}
		h.calm("no such version", "not_found", func() error { _, err := h.s.Template(h.as(h.ana), checklist.BuiltIn, 7); return err })
	})
}

// A team's own template begins with the organisation's and is its lead's.
func TestTemplate_OfATeam(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.calm("a worker", "forbidden", func() error {
			_, err := h.s.MakeTemplate(h.as(h.goro), checklist.NewTemplate{Name: "Ours", TeamID: h.team})
			return err
		})
		h.calm("a lead for the organisation", "forbidden", func() error {
			_, err := h.s.MakeTemplate(h.as(h.ana), checklist.NewTemplate{Name: "Ours"})
			return err
		})
		x := must[checklist.TemplateView](t)(h.s.MakeTemplate(h.as(h.ana), checklist.NewTemplate{Name: "Ours", TeamID: h.team, From: checklist.BuiltIn}))
		if x.Newest != 0 || len(x.Draft) != 62 || x.Team.ID != h.team || !x.MayEdit || len(x.Items) != 0 {
			t.Fatalf("%+v", x.TemplateHead)
		}
		card := h.card("One")
		h.calm("one that was never published", "invalid", func() error {
			_, err := h.s.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: card.ID, TemplateID: x.ID})
			return err
		})
		must[checklist.TemplateView](t)(h.s.PutDraft(h.as(h.ana), x.ID, x.Draft[:7], ptr(x.Version)))
		must[checklist.TemplateView](t)(h.s.Publish(h.as(h.ana), x.ID, "Ours alone"))
		l := must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: card.ID, TemplateID: x.ID}))
		if len(l.Topics) != 1 || len(l.Topics[0].Items) != 7 || l.Template.Name != "Ours" {
			t.Errorf("%+v", l.ListHead)
		}
		other := trestletest.Team(t, b.Store, "OTH")
		h.calm("another team's template", "invalid", func() error {
			_, err := h.s.Create(h.as(h.admin), checklist.NewList{Kind: "launch", TeamID: other, Name: "x", LaunchOn: "2026-11-26", TemplateID: x.ID})
			return err
		})
		y := must[checklist.TemplateView](t)(h.s.ChangeTemplate(h.as(h.ana), x.ID, checklist.TemplatePatch{Retired: ptr(true), Name: ptr("Old")}))
		if y.RetiredAt == nil || y.Name != "Old" {
			t.Errorf("%+v", y)
		}
		card = h.card("x")
		h.calm("one that is retired", "invalid", func() error {
			_, err := h.s.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: card.ID, TemplateID: x.ID})
			return err
		})
		if list := must[[]checklist.TemplateHead](t)(h.s.Templates(h.as(h.out), "")); len(list) != 2 || list[0].ID != checklist.BuiltIn || list[1].MayEdit {
			t.Errorf("%+v", list)
		}
	})
}

func TestProposals(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		c := h.card("The outage of May")
		n := checklist.NewProposal{Topic: "launch", Question: "Who tells the shops?", Why: "Nobody did", Source: &checklist.Source{Kind: "card", ID: c.ID}}
		propose := func(n checklist.NewProposal) func() error {
			return func() error { _, err := h.s.Propose(h.as(h.goro), checklist.BuiltIn, n); return err }
		}
		bad := n
		bad.Why = ""
		h.calm("without why", "invalid", propose(bad))
		bad = n
		bad.Source = &checklist.Source{Kind: "retro", ID: "ret_x"}
		h.calm("from a retro that is none", "invalid", propose(bad))
		h.calm("somebody who works nowhere", "forbidden", func() error { _, err := h.s.Propose(h.as(h.out), checklist.BuiltIn, n); return err })
		jobs := h.count("SELECT COUNT(*) FROM outbox")
		p := must[checklist.Proposal](t)(h.s.Propose(h.as(h.goro), checklist.BuiltIn, n))
		if p.State != "open" || p.By.Name != "goro" || p.Source.ID != c.Key || h.count("SELECT COUNT(*) FROM outbox") != jobs+1 {
			t.Fatalf("%+v", p)
		}
		second := must[checklist.Proposal](t)(h.s.Propose(h.as(h.bo), checklist.BuiltIn, checklist.NewProposal{Topic: "security", Question: "Who signs?", Why: "x"}))
		h.calm("a lead decides for the organisation", "forbidden", func() error { _, err := h.s.Accept(h.as(h.ana), p.ID, checklist.Taking{}); return err })
		h.calm("declined without why", "invalid", func() error { _, err := h.s.Decline(h.as(h.admin), p.ID, ""); return err })
		done := must[checklist.Proposal](t)(h.s.Accept(h.as(h.admin), p.ID, checklist.Taking{}))
		if done.State != "accepted" || done.Item != "L11" || done.DecidedBy.Name != "ada" {
			t.Fatalf("%+v", done)
		}
		h.calm("twice", "decided", func() error { _, err := h.s.Decline(h.as(h.admin), p.ID, "x"); return err })
		if x := must[checklist.Proposal](t)(h.s.Decline(h.as(h.admin), second.ID, "X2 asks that")); x.State != "declined" || x.Reason == "" {
			t.Errorf("%+v", x)
		}
		v := must[checklist.TemplateView](t)(h.s.Template(h.as(h.admin), checklist.BuiltIn, 0))
		if len(v.Draft) != 63 || v.Draft[62].Question != "Who tells the shops?" || v.Draft[62].From != "optional" || v.Open != 0 {
			t.Errorf("%+v", v.TemplateHead)
		}
		if list := must[[]checklist.Proposal](t)(h.s.Proposals(h.as(h.vic), checklist.BuiltIn)); len(list) != 2 {
			t.Errorf("%+v", list)
		}
	})
}

func TestMarkdown(t *testing.T) {
	b := trestletest.New(t)
	h := newHouse(t, b)
	l := h.list("light")
	h.answer(h.ana, l.ID, "F1", "<script>\nOne tap", checklist.NewProof{Type: "diagram", Value: "graph LR\n```\nA-->B"}, checklist.NewProof{Type: "link", Value: "https://x.test/a>b", Label: "*here*"})
	must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), l.ID, "F1", "Which [one](javascript:x)?"))
	text := must[checklist.Words](t)(h.s.Markdown(h.as(h.vic), l.ID)).Text
	for _, want := range []string{"# One-tap pay", "### F1 ", "Pushed back", "Explained by ana", "````mermaid", "> One tap", "## Launch plan (blocking: 0)", ": Which \\[one\\]", "Asked back by bo, "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "> <script>") || strings.Contains(text, "a>b>") {
		t.Error(text)
	}
}
