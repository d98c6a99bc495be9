package checklist_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/catalogue"
	"trestle/server/checklist"
	"trestle/server/trestletest"
	"trestle/server/web"
)

// A service that was put away cannot answer: it keeps nobody waiting, is named, stands in the history, and what it
// answered is still read. Brought back it counts again, and a frozen copy stays as it was.
func TestService_PutAway(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		api, mail := h.service("api"), h.service("mail")
		of := map[string]string{}
		for _, svc := range []catalogue.ServiceItem{api, mail} {
			of[svc.Name] = must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID})).ID
		}
		l := h.list("standard", api.ID, mail.ID)
		must[checklist.View](t)(h.s.Change(h.as(h.goro), l.ID, checklist.Patch{Phase: ptr("pre_prod")}))
		h.answer(h.ana, of["api"], "I8", "Staging has one pod")
		h.understand(h.bo, of["api"], "I8")
		h.answer(h.ana, of["mail"], "O8", "Search for the id", checklist.NewProof{Type: "link", Value: "https://logs.test/mail"})
		must[checklist.Changed](t)(h.s.StillTrue(h.as(h.goro), l.ID, "I8", api.ID))
		if it := h.item(l.ID, "I8"); it.Why != "to_answer" || !it.Blocks {
			t.Fatalf("%+v", it)
		}
		blocking := h.get(l.ID).Blocking
		away := func(svc catalogue.ServiceItem, yes bool) {
			t.Helper()
			must[catalogue.ServiceItem](t)(h.services.Change(h.as(h.ana), svc.ID, catalogue.Patch{Archived: web.Some(yes)}))
		}
		seq := h.get(l.ID).Seq
		away(mail, true)
		v, it := h.get(l.ID), h.item(l.ID, "I8")
		if it.Why != "" || it.Blocks || it.State != "understood" || v.Blocking >= blocking || v.Seq != seq+1 {
			t.Errorf("it blocks all the same: %d of %d, %+v", v.Blocking, blocking, it)
		}
		if !v.Services[1].Gone || v.Services[0].Gone || !it.Services[1].Service.Gone || it.Services[1].Why != "" {
			t.Errorf("%+v, %+v", v.Services, it.Services)
		}
		if it := h.item(l.ID, "O8"); it.Services[1].State != "answered" || it.Services[1].Text != "Search for the id" || it.Why != "to_answer" {
			t.Errorf("what it answered is not read: %+v", it)
		}
		h.calm("a stamp on what is no more", "not_inherited", func() error { _, err := h.s.StillTrue(h.as(h.goro), l.ID, "O8", mail.ID); return err })
		lines := must[[]checklist.ItemLine](t)(h.s.History(h.as(h.ana), l.ID, "I8"))
		if lines[0].Type != "checklist.service_archived" || lines[0].Said != "mail" || lines[0].Person.Name != "ana" || lines[0].Item != nil || lines[1].Type != "checklist.still_true" {
			t.Errorf("%+v", lines)
		}
		if lines := must[[]checklist.ItemLine](t)(h.s.History(h.as(h.ana), l.ID, "F1")); len(lines) != 0 {
			t.Errorf("in a question of the feature: %+v", lines)
		}
		if words := must[checklist.Words](t)(h.s.Markdown(h.as(h.ana), l.ID)).Text; !strings.Contains(words, "From the service mail: archived, it does not count here; ") || !strings.Contains(words, " · services api, mail (archived)") {
			t.Error(words)
		}
		if got := must[[]checklist.Awaiting](t)(h.s.AwaitingIn(b.Store.Rows(t.Context()), h.bo, b.Clock.Now())); len(got) != 0 {
			t.Errorf("it keeps somebody waiting: %+v", got)
		}
		in := func(w checklist.Wanted) bool {
			t.Helper()
			return slices.ContainsFunc(must[[]checklist.ListHead](t)(h.s.List(h.as(h.ana), w)), func(x checklist.ListHead) bool { return x.ID == of["mail"] && x.Service.Gone })
		}
		if in(checklist.Wanted{TeamID: h.team}) || !in(checklist.Wanted{TeamID: h.team, Archived: true}) || !in(checklist.Wanted{ServiceID: mail.ID}) {
			t.Error("its own checklist is not listed with what was put away")
		}
		if own := must[checklist.View](t)(h.s.Get(h.as(h.goro), of["mail"])); own.Blocking != 0 || own.May.Answer || !own.Service.Gone {
			t.Errorf("%d, %+v", own.Blocking, own.May)
		}
		h.calm("its own checklist is answered", "service_archived", func() error {
			_, err := h.s.Answer(h.as(h.goro), of["mail"], "I8", checklist.NewAnswer{Text: "x"})
			return err
		})
		var rid int64
		must[bool](t)(b.Store.Rows(t.Context()).Row([]any{&rid}, "SELECT rid FROM cards WHERE id = ?", l.Card.ID))
		door := must[board.Listed](t)(h.s.Stands(b.Store.Rows(t.Context()), rid, &board.ListPolicy{Level: "standard", Phase: "pre_prod"}, "UTC", b.Clock.Now()))
		if door.Blocking != v.Blocking || slices.ContainsFunc(door.Items, func(x board.ListedItem) bool { return x.Key == "I8" || slices.Contains(x.Services, "mail") }) {
			t.Errorf("a column's door waits for it: %+v", door)
		}
		// its place is kept when the settings are, it is not named anew, and comes off
		must[checklist.View](t)(h.s.Change(h.as(h.goro), l.ID, checklist.Patch{Services: web.Some([]string{mail.ID, api.ID})}))
		h.calm("named anew", "invalid", func() error {
			_, err := h.s.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Sale", LaunchOn: "2030-01-01", Services: []string{mail.ID}})
			return err
		})
		// where none is left, the question is answered here, and asked as where no service answers
		away(api, true)
		if it := h.item(l.ID, "I8"); it.Must || it.Blocks || it.State != "unanswered" || it.Differs {
			t.Errorf("%+v", it)
		}
		must[checklist.View](t)(h.s.Change(h.as(h.goro), l.ID, checklist.Patch{Level: ptr("critical")}))
		if it := h.item(l.ID, "I8"); !it.Blocks || it.Why != "to_answer" {
			t.Errorf("%+v", it)
		}
		frozen := must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		away(api, false)
		if was, now := raw(t, frozen.Topics), raw(t, h.get(l.ID).Topics); was != now {
			t.Errorf("the frozen copy changes: %s\n%s", was, now)
		}
		must[checklist.View](t)(h.s.Thaw(h.as(h.ana), l.ID, "It is back"))
		if it := h.item(l.ID, "I8"); it.State != "understood" || it.Why != "" {
			t.Errorf("%+v", it)
		}
	})
}

// Whoever inherits reads why a service's answer does not apply, what was asked back there, and who accepted its gap; in
// words too, with who explained and understood it, by service.
func TestInherited_SaysWhy(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		var ids []string
		of := map[string]string{}
		for _, name := range []string{"api", "mail", "vault", "web"} {
			svc := h.service(name)
			ids = append(ids, svc.ID)
			of[name] = must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID})).ID
			if name != "mail" {
				h.answer(h.ana, of[name], "I8", "Staging has one pod")
			}
		}
		l := h.list("standard", ids...)
		must[checklist.View](t)(h.s.Change(h.as(h.goro), l.ID, checklist.Patch{Phase: ptr("pre_prod")}))
		must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), of["api"], "I8", "Which pod?"))
		must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.goro), of["mail"], "I8", "It has no environments"))
		until := b.Clock.Now().AddDate(0, 0, 30).Format(time.DateOnly)
		must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.bo), of["vault"], "I8", checklist.NewGap{Until: until, Why: "Staging comes in spring"}))
		h.understand(h.bo, of["web"], "I8")
		hold := func(it checklist.Item) {
			t.Helper()
			s := it.Services
			if s[0].Asked == nil || s[0].Asked.Text != "Which pod?" || s[0].Asked.Person.Name != "bo" || s[1].NA == nil || s[1].NA.Text != "It has no environments" ||
				s[2].Gap == nil || s[2].Gap.Until != until || s[2].Gap.Why != "Staging comes in spring" || s[2].Gap.Card == nil || s[2].Gap.Card.Title == "" {
				t.Errorf("%s", raw(t, s))
			}
			if s[0].NA != nil || s[1].Gap != nil || s[3].Asked != nil || s[3].UnderstoodBy.Person.Name != "bo" {
				t.Errorf("%s", raw(t, s))
			}
		}
		hold(h.item(l.ID, "I8"))
		say := func() string {
			t.Helper()
			words := must[checklist.Words](t)(h.s.Markdown(h.as(h.ana), l.ID)).Text
			today := b.Clock.Now().Format(time.DateOnly)
			for _, want := range []string{"Asked back by bo, " + today + ": Which pod?", "Does not apply, says goro, " + today + ": It has no environments", "Accepted until " + until + " by bo, " + today + ": Staging comes in spring",
				"#### From the service web: understood, nobody has said that it is still true\n\n- Explained by ana, " + today + "\n- Understood by bo, " + today} {
				if !strings.Contains(words, want) {
					t.Errorf("%q is not in\n%s", want, words)
				}
			}
			return words
		}
		say()
		wide := must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Sale", LaunchOn: "2030-01-01", Services: ids}))
		if c := h.item(wide.ID, "I8").Services[2].Gap.Card; c.Key == "" || c.Title+c.BoardID != "" {
			t.Errorf("a card that not everybody may read who reads this: %+v", c)
		}
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		h.answer(h.ana, of["api"], "I8", "Any")
		hold(h.item(l.ID, "I8"))
		say()
	})
}
