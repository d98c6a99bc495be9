package checklist_test

import (
	"slices"
	"testing"
	"time"

	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/trestletest"
	"trestle/server/web"
)

// What a service answers is shown in its features, counts once somebody said that it is still true there, and asks
// again when the service answers anew or its evidence runs out.
func TestInherited(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		svc := h.service("payments-core")
		of := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID}))
		if of.Name != "payments-core" || of.Level != "standard" || of.Blocking != 11 || len(of.Topics) != 4 {
			t.Fatalf("%+v", of.ListHead)
		}
		h.calm("a second one of the service", "exists", func() error {
			_, err := h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID})
			return err
		})
		l := h.list("standard", svc.ID)
		must[checklist.View](t)(h.s.Change(h.as(h.goro), l.ID, checklist.Patch{Phase: ptr("pre_prod")}))
		if it := h.item(l.ID, "O4"); len(it.Services) != 1 || it.Services[0].Why != "to_answer" || it.Services[0].ListID != of.ID || it.Why != "to_answer" || !it.Blocks {
			t.Fatalf("the service has not answered: %+v", it)
		}
		h.calm("nothing to inherit", "not_inherited", func() error { _, err := h.s.StillTrue(h.as(h.goro), l.ID, "O4", ""); return err })
		seq := h.get(l.ID).Seq
		h.answer(h.ana, of.ID, "O4", "", checklist.NewProof{Type: "link", Value: "https://wiki.test/runbook", Label: "Runbook"})
		if now := h.get(l.ID); now.Seq != seq+1 {
			t.Error("the feature does not hear of it")
		}
		if it := h.item(l.ID, "O4"); it.Why != "to_understand" || it.Services[0].Why != "to_understand" || it.Text != "" {
			t.Fatalf("%+v", it)
		}
		h.calm("what the service's liaison has not understood", "service_open", func() error { _, err := h.s.StillTrue(h.as(h.goro), l.ID, "O4", ""); return err })
		h.understand(h.bo, of.ID, "O4")
		it := h.item(l.ID, "O4")
		if it.Why != "to_confirm" || it.State != "answered" || it.Services[0].Service.Name != "payments-core" || it.Services[0].UnderstoodBy.Person.Name != "bo" || it.Services[0].ListID != of.ID || it.Services[0].ExpiresOn == "" {
			t.Fatalf("%+v %+v", it, it.Services)
		}
		before := h.get(l.ID).Blocking
		x := must[checklist.Changed](t)(h.s.StillTrue(h.as(h.goro), l.ID, "O4", ""))
		if x.Items[0].Why != "" || x.Items[0].Services[0].StillTrue.Person.Name != "goro" || x.Items[0].State != "understood" || x.Head.Blocking != before-1 {
			t.Fatalf("%+v", x.Items[0])
		}
		// the service answers anew
		h.answer(h.ana, of.ID, "O4", "Another runbook")
		h.understand(h.bo, of.ID, "O4")
		if it := h.item(l.ID, "O4"); it.Why != "to_confirm" || !it.Services[0].Changed {
			t.Fatalf("%+v", it)
		}
		must[checklist.Changed](t)(h.s.StillTrue(h.as(h.bo), l.ID, "O4", ""))
		b.Clock.Advance(91 * 24 * time.Hour)
		if it := h.item(l.ID, "O4"); it.Why != "stale" || !it.Blocks {
			t.Fatalf("the runbook was seen 91 days ago: %+v", it)
		}
		// this feature differs: it answers itself, beside the service
		must[checklist.Changed](t)(h.s.Differs(h.as(h.goro), l.ID, "O4", true))
		if it := h.item(l.ID, "O4"); it.Why != "to_answer" || len(it.Services) != 1 || !it.Differs {
			t.Fatalf("%+v", it)
		}
		h.answer(h.goro, l.ID, "O4", "With a flag")
		if it := h.understand(h.bo, l.ID, "O4"); it.Why != "" {
			t.Errorf("%+v", it)
		}
		must[checklist.Changed](t)(h.s.Differs(h.as(h.goro), l.ID, "O4", false))
		if it := h.item(l.ID, "O4"); it.Differs || it.Why != "stale" {
			t.Errorf("%+v", it)
		}
		h.calm("an item of features", "not_inherited", func() error { _, err := h.s.Differs(h.as(h.goro), l.ID, "F1", true); return err })
	})
}

func ptr[T any](v T) *T { return &v }

// A gap is accepted until a day by somebody who may, opens a card, and blocks again the day after.
func TestGap(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("standard")
		day := func(n int) string { return b.Clock.Now().AddDate(0, 0, n).Format(time.DateOnly) }
		gap := func(n checklist.NewGap) func() error {
			return func() error { _, err := h.s.AcceptGap(h.as(h.bo), l.ID, "I1", n); return err }
		}
		h.answer(h.goro, l.ID, "I1", "A queue, but not when")
		h.calm("yesterday", "invalid", gap(checklist.NewGap{Until: day(-1), Why: "x"}))
		h.calm("two years", "invalid", gap(checklist.NewGap{Until: day(800), Why: "x"}))
		h.calm("for ever", "invalid", gap(checklist.NewGap{Why: "x"}))
		h.calm("without why", "invalid", gap(checklist.NewGap{Until: day(3)}))
		h.calm("a card that is not there", "invalid", gap(checklist.NewGap{Until: day(3), Why: "x", CardID: "crd_x"}))
		h.calm("a column that is not there", "invalid", gap(checklist.NewGap{Until: day(3), Why: "x", ColumnID: "col_x"}))
		h.calm("who explained it", "same_person", func() error {
			_, err := h.s.AcceptGap(h.as(h.goro), l.ID, "I1", checklist.NewGap{Until: day(3), Why: "x"})
			return err
		})
		h.calm("a viewer", "forbidden", func() error {
			_, err := h.s.AcceptGap(h.as(h.vic), l.ID, "I1", checklist.NewGap{Until: day(3), Why: "x"})
			return err
		})
		if err := gap(checklist.NewGap{Until: day(3), Why: "The vendor answers on Friday"})(); err != nil {
			t.Fatal(err)
		}
		it := h.item(l.ID, "I1")
		if it.State != "gap" || it.Blocks || it.Gap.Until != day(3) || it.Gap.Person.Name != "bo" || it.Gap.Card == nil || it.Text == "" {
			t.Fatalf("%+v", it)
		}
		made, _, err := h.cards.Detail(h.as(h.ana), it.Gap.Card.ID)
		if err != nil {
			t.Fatal(err)
		}
		if made.Card.Type != "risk" || made.Card.DueOn != day(3) {
			t.Errorf("%+v", made.Card)
		}
		b.Clock.Advance(4 * 24 * time.Hour)
		if it := h.item(l.ID, "I1"); it.Why != "gap_over" || !it.Blocks || h.get(l.ID).Counts.GapOver != 1 {
			t.Errorf("%+v", it)
		}
		// a lead accepts one, and names the card
		x := must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.ana), l.ID, "I2", checklist.NewGap{Until: day(1), Why: "x", CardID: made.Card.Key}))
		if x.Items[0].Gap.Card.ID != made.Card.ID {
			t.Errorf("%+v", x.Items[0].Gap)
		}
	})
}

// A whole topic is understood at once after its items were opened.
func TestUnderstandTopic(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("standard")
		for _, key := range []string{"F1", "F3", "F5"} {
			h.answer(h.ana, l.ID, key, "x "+key)
		}
		h.answer(h.bo, l.ID, "F2", "mine")
		do := func() error { _, err := h.s.UnderstandTopic(h.as(h.bo), l.ID, "functionality"); return err }
		must[checklist.Changed](t)(h.s.Open(h.as(h.bo), l.ID, "F1", nil))
		h.calm("two of three are not opened", "not_opened", do)
		for _, key := range []string{"F3", "F5"} {
			must[checklist.Changed](t)(h.s.Open(h.as(h.bo), l.ID, key, nil))
		}
		h.calm("of the same discipline", "nothing_waits", func() error {
			_, err := h.s.UnderstandTopic(h.as(h.goro), l.ID, "launch")
			return err
		})
		out := must[checklist.Changed](t)(h.s.UnderstandTopic(h.as(h.bo), l.ID, "functionality"))
		if len(out.Items) != 3 || out.Items[2].Key != "F5" || out.Items[0].State != "understood" || out.Head.Seq != h.get(l.ID).Seq {
			t.Fatalf("%+v", out)
		}
		if h.item(l.ID, "F2").State != "answered" {
			t.Error("one's own answer is understood too")
		}
		h.calm("again", "nothing_waits", do)
		if lines := must[[]checklist.ItemLine](t)(h.s.History(h.as(h.ana), l.ID, "F5")); len(lines) != 2 || lines[0].Type != "checklist.understood" {
			t.Errorf("%+v", lines)
		}
	})
}

func TestComments(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.list("light")
		h.calm("a viewer", "forbidden", func() error { _, err := h.s.Say(h.as(h.vic), l.ID, "F1", "x"); return err })
		h.calm("nothing", "invalid", func() error { _, err := h.s.Say(h.as(h.ana), l.ID, "F1", "  "); return err })
		if x := must[checklist.Changed](t)(h.s.Say(h.as(h.bo), l.ID, "F1", "See the demo")); x.Items[0].Comments != 1 {
			t.Errorf("%+v", x)
		}
		list := must[[]checklist.ItemComment](t)(h.s.Comments(h.as(h.vic), l.ID, "F1"))
		if len(list) != 1 || list[0].Person.Name != "bo" || list[0].Text != "See the demo" {
			t.Fatalf("%+v", list)
		}
		h.calm("somebody else's", "forbidden", func() error { _, err := h.s.Unsay(h.as(h.goro), list[0].ID); return err })
		if x := must[checklist.Changed](t)(h.s.Unsay(h.as(h.bo), list[0].ID)); x.Items[0].Comments != 0 {
			t.Errorf("%+v", x)
		}
		h.calm("again", "not_found", func() error { _, err := h.s.Unsay(h.as(h.bo), list[0].ID); return err })
	})
}

func TestSettings(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		svc := h.service("payments-core")
		must[catalogue.ServiceItem](t)(h.services.Change(h.as(h.ana), svc.ID, catalogue.Patch{Criticality: web.Some("critical")}))
		l := h.list("", svc.ID)
		if l.Level != "critical" || len(l.Services) != 1 || l.Phase != "design" || l.Name != "One-tap pay" || l.Card == nil {
			t.Fatalf("%+v", l.ListHead)
		}
		change := func(p checklist.Patch) (checklist.View, error) { return h.s.Change(h.as(h.goro), l.ID, p) }
		bad := func(what, code string, p checklist.Patch) {
			t.Helper()
			h.calm(what, code, func() error { _, err := change(p); return err })
		}
		bad("a level that is none", "invalid", checklist.Patch{Level: ptr("optional")})
		bad("a phase that is none", "invalid", checklist.Patch{Phase: ptr("later")})
		bad("a day that is none", "invalid", checklist.Patch{LaunchOn: web.Some("soon")})
		bad("a service that is none", "invalid", checklist.Patch{Services: web.Some([]string{"svc_x"})})
		bad("a service twice", "invalid", checklist.Patch{Services: web.Some([]string{svc.ID, svc.ID})})
		bad("an old version", "stale", checklist.Patch{Level: ptr("light"), Version: ptr(int64(9))})
		h.calm("a viewer", "forbidden", func() error {
			_, err := h.s.Change(h.as(h.vic), l.ID, checklist.Patch{Level: ptr("light")})
			return err
		})
		v := must[checklist.View](t)(change(checklist.Patch{Level: ptr("standard"), Phase: ptr("pre_prod"), LaunchOn: web.Some("2026-11-26"), Services: web.Some([]string{}), Name: web.Some("Pay")}))
		if v.Level != "standard" || v.LaunchOn != "2026-11-26" || len(v.Services) != 0 || v.Name != "Pay" || v.Blocking != 18 || v.Version != 2 {
			t.Fatalf("%+v", v.ListHead)
		}
		before := h.count("SELECT COUNT(*) FROM events")
		must[checklist.View](t)(change(checklist.Patch{Level: ptr("standard")}))
		if h.count("SELECT COUNT(*) FROM events") != before {
			t.Error("the same settings again are told")
		}
		h.calm("a worker puts it away", "forbidden", func() error { _, err := h.s.Archive(h.as(h.goro), l.ID, true); return err })
		must[checklist.View](t)(h.s.Archive(h.as(h.bo), l.ID, true))
		h.calm("an answer to what was put away", "archived", func() error {
			_, err := h.s.Answer(h.as(h.ana), l.ID, "F1", checklist.NewAnswer{Text: "x"})
			return err
		})
		heads := must[[]checklist.ListHead](t)(h.s.List(h.as(h.ana), checklist.Wanted{TeamID: h.team}))
		gone := must[[]checklist.ListHead](t)(h.s.List(h.as(h.ana), checklist.Wanted{TeamID: h.team, Archived: true}))
		if len(heads) != 0 || len(gone) != 1 {
			t.Errorf("%d and %d", len(heads), len(gone))
		}
		again := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "card", CardID: l.Card.Key}))
		h.calm("another one has taken its place", "exists", func() error { _, err := h.s.Archive(h.as(h.bo), l.ID, false); return err })
		must[checklist.View](t)(h.s.Archive(h.as(h.bo), again.ID, true))
		if v := must[checklist.View](t)(h.s.Archive(h.as(h.bo), l.ID, false)); v.ArchivedAt != nil {
			t.Error("it does not come back")
		}
	})
}

func TestCreate_Refused(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		c := h.card("One")
		bad := func(code string, n checklist.NewList) {
			t.Helper()
			h.calm("", code, func() error { _, err := h.s.Create(h.as(h.goro), n); return err })
		}
		bad("not_found", checklist.NewList{Kind: "card", CardID: "crd_x"})
		bad("not_found", checklist.NewList{Kind: "service", ServiceID: "svc_x"})
		bad("not_found", checklist.NewList{Kind: "launch", TeamID: "tea_x", Name: "x", LaunchOn: "2026-11-26"})
		bad("invalid", checklist.NewList{Kind: "launch", TeamID: h.team, LaunchOn: "2026-11-26"})
		bad("invalid", checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Autumn"})
		bad("invalid", checklist.NewList{Kind: "card", CardID: c.ID, TemplateID: "ckt_x"})
		bad("invalid", checklist.NewList{Kind: "card", CardID: c.ID, Services: []string{"svc_x"}})
		h.calm("a viewer", "forbidden", func() error {
			_, err := h.s.Create(h.as(h.vic), checklist.NewList{Kind: "card", CardID: c.ID})
			return err
		})
		h.calm("somebody who does not see the card", "not_found", func() error {
			_, err := h.s.Create(h.as(h.out), checklist.NewList{Kind: "card", CardID: c.ID})
			return err
		})
		l := must[checklist.View](t)(h.s.Create(h.as(h.bo), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Autumn", LaunchOn: "2026-11-26"}))
		if l.Name != "Autumn" || l.Card != nil || l.Level != "standard" {
			t.Errorf("%+v", l.ListHead)
		}
		if _, err := h.s.Get(h.as(h.out), l.ID); err != nil { // a launch is seen by the whole workspace
			t.Error(err)
		}
		byCard := must[[]checklist.ListHead](t)(h.s.List(h.as(h.bo), checklist.Wanted{}))
		if !slices.ContainsFunc(byCard, func(x checklist.ListHead) bool { return x.ID == l.ID }) {
			t.Error("it is not among those of one's teams")
		}
	})
}
