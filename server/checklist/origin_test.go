package checklist_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/checklist"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// retro makes one on a board that everybody sees, published or still going on.
func (h *house) retro(id, phase string) {
	h.t.Helper()
	l := must[*board.Layout](h.t)(h.boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: "Open " + id, Visibility: "workspace", TimeZone: "Europe/Berlin", Template: "simple"}))
	if err := store.Do(context.Background(), h.b.Store, nil, func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO retros (id, board_rid, team_id, title, template_key, columns, anonymity, phase, created_at, touched_at, closed_at)
			SELECT ?, b.rid, b.team_id, 'After the outage', 'x', '[]', 'named', ?, 1793000000000, 1793000000000, 1793000000000 FROM boards b WHERE b.id = ?`, id, phase, l.ID)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
}

func draftOf(v checklist.TemplateView, key string) checklist.TemplateItem {
	i := slices.IndexFunc(v.Draft, func(it checklist.TemplateItem) bool { return it.Key == key })
	if i < 0 {
		return checklist.TemplateItem{}
	}
	return v.Draft[i]
}

// What was proposed keeps where it comes from: in the draft, whatever is edited or claimed there, in what is published,
// in what is new to a running checklist, and in the checklist that asks it.
func TestOrigin_IsKept(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.retro("ret_1", "published")
		running := h.list("critical")
		p := must[checklist.Proposal](t)(h.s.Propose(h.as(h.goro), checklist.BuiltIn, checklist.NewProposal{Topic: "launch", Question: "Who tells the shops?", Why: "Nobody did", Source: &checklist.Source{Kind: "retro", ID: "ret_1"}}))
		h.calm("as no level", "invalid", func() error {
			_, err := h.s.Accept(h.as(h.admin), p.ID, checklist.Taking{From: "always"})
			return err
		})
		must[checklist.Proposal](t)(h.s.Accept(h.as(h.admin), p.ID, checklist.Taking{From: "standard", Phase: "design", Evidence: []string{"person", "date"}}))
		read := func() checklist.TemplateView {
			return must[checklist.TemplateView](t)(h.s.Template(h.as(h.admin), checklist.BuiltIn, 0))
		}
		v := read()
		it := draftOf(v, "L11")
		if it.From != "standard" || it.Phase != "design" || it.Scope != "feature" || !slices.Equal(it.Evidence, []string{"person", "date"}) || it.Proposal != p.ID {
			t.Fatalf("%+v", it)
		}
		if len(v.Origins) != 1 || v.Origins[0].Proposal != p.ID || v.Origins[0].By.Name != "goro" || v.Origins[0].Why != "Nobody did" || v.Origins[0].Source.Title != "After the outage" {
			t.Fatalf("%+v", v.Origins)
		}
		put := func(change func(items []checklist.TemplateItem) []checklist.TemplateItem) checklist.TemplateView {
			t.Helper()
			return must[checklist.TemplateView](t)(h.s.PutDraft(h.as(h.admin), checklist.BuiltIn, change(append([]checklist.TemplateItem{}, read().Draft...)), nil))
		}
		last := func(items []checklist.TemplateItem) *checklist.TemplateItem { return &items[len(items)-1] }
		v = put(func(items []checklist.TemplateItem) []checklist.TemplateItem {
			last(items).Question = "Who tells the shops, and when?"
			items[0].Proposal = "ckp_made_up"
			return items
		})
		if draftOf(v, "L11").Proposal != p.ID || draftOf(v, "F1").Proposal != "" {
			t.Errorf("an edit: %+v, %+v", draftOf(v, "L11"), draftOf(v, "F1"))
		}
		v = put(func(items []checklist.TemplateItem) []checklist.TemplateItem {
			last(items).Help, last(items).Proposal = "A name", ""
			return items
		})
		if draftOf(v, "L11").Proposal != p.ID {
			t.Error("who leaves it out takes it away")
		}
		taken := draftOf(v, "L11")
		if v = put(func(items []checklist.TemplateItem) []checklist.TemplateItem {
			last(items).Question, last(items).Proposal = "Who brings the cake?", ""
			return items
		}); draftOf(v, "L11").Proposal != "" {
			t.Error("another question with its key has its origin")
		}
		put(func(items []checklist.TemplateItem) []checklist.TemplateItem { // a change beside it, so that there is a draft
			items[0].Help = "Two sentences"
			return items[:len(items)-1]
		})
		if v = put(func(items []checklist.TemplateItem) []checklist.TemplateItem { return append(items, taken) }); draftOf(v, "L11").Proposal != p.ID {
			t.Error("what was taken out and put back has lost it")
		}
		must[checklist.TemplateView](t)(h.s.Publish(h.as(h.admin), checklist.BuiltIn, "What the outage taught us"))
		if v = read(); v.Items[62].Proposal != p.ID || len(v.Origins) != 1 {
			t.Errorf("published: %+v", v.Items[62])
		}
		newer := must[checklist.Newer](t)(h.s.Newer(h.as(h.ana), running.ID))
		if i := slices.IndexFunc(newer.Changes, func(d checklist.Difference) bool { return d.Key == "L11" }); i < 0 || newer.Changes[i].New.Proposal != p.ID || len(newer.Origins) != 1 {
			t.Errorf("%+v", newer)
		}
		if len(h.get(running.ID).Origins) != 0 {
			t.Error("it is told of a checklist that does not ask it")
		}
		must[checklist.View](t)(h.s.Adopt(h.as(h.ana), running.ID, []string{"L11"}))
		if got := h.get(running.ID); h.item(running.ID, "L11").Proposal != p.ID || len(got.Origins) != 1 {
			t.Errorf("adopted: %+v", got.Origins)
		}
		if words := must[checklist.Words](t)(h.s.Markdown(h.as(h.ana), running.ID)).Text; !strings.Contains(words, "Asked since goro proposed it after a retro of ") || !strings.Contains(words, "After the outage, ") || !strings.Contains(words, ": Nobody did") {
			t.Error(words)
		}
		// another template that begins with it, edited
		own := must[checklist.TemplateView](t)(h.s.MakeTemplate(h.as(h.ana), checklist.NewTemplate{Name: "Ours", TeamID: h.team, From: checklist.BuiltIn}))
		own = must[checklist.TemplateView](t)(h.s.PutDraft(h.as(h.ana), own.ID, own.Draft[1:], nil))
		if draftOf(own, "L11").Proposal != p.ID || len(own.Origins) != 1 {
			t.Errorf("a team's own: %+v", own.Origins)
		}
		// frozen, too
		must[checklist.View](t)(h.s.Freeze(h.as(h.ana), running.ID))
		if got := h.get(running.ID); len(got.Origins) != 1 || got.Origins[0].Source.Title == "" {
			t.Errorf("frozen: %+v", got.Origins)
		}
	})
}

// The question and why it is asked are everybody's; the way to what it comes from is for those who may see that.
func TestOrigin_ForWhoMaySeeIt(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.retro("ret_open", "published")
		h.retro("ret_going", "vote")
		c, open := h.card("A secret outage"), h.list("light")
		for _, src := range []checklist.Source{{Kind: "card", ID: c.ID}, {Kind: "card", ID: c.Key}, {Kind: "checklist", ID: open.ID}, {Kind: "retro", ID: "ret_open"}, {Kind: "retro", ID: "ret_going"}} {
			p := must[checklist.Proposal](t)(h.s.Propose(h.as(h.goro), checklist.BuiltIn, checklist.NewProposal{Topic: "launch", Question: "From " + src.Kind, Why: "It happened", Source: &src}))
			must[checklist.Proposal](t)(h.s.Accept(h.as(h.admin), p.ID, checklist.Taking{}))
		}
		must[checklist.TemplateView](t)(h.s.Publish(h.as(h.admin), checklist.BuiltIn, "x"))
		guest := trestletest.Person(t, b.Store, "gus", who.Guest)
		for _, x := range []struct {
			as    who.Viewer
			named int
		}{{h.ana, 5}, {h.vic, 5}, {h.admin, 5}, {h.bo, 5}, {h.out, 1}, {guest, 0}} {
			v := must[checklist.TemplateView](t)(h.s.Template(h.as(x.as), checklist.BuiltIn, 0))
			named := 0
			for _, o := range v.Origins {
				if o.Why != "It happened" || o.Source == nil || o.Source.Kind == "" {
					t.Errorf("%+v", o)
				}
				switch s := o.Source; {
				case s.ID != "" && s.Title != "" && s.Team != "":
					named++
				case s.ID+s.Title+s.Team != "" || s.On != nil:
					t.Errorf("half of it: %+v", s)
				}
			}
			if len(v.Origins) != 5 || named != x.named {
				t.Errorf("%s: %d of %d named, want %d", x.as.Name, named, len(v.Origins), x.named)
			}
			list := must[[]checklist.Proposal](t)(h.s.Proposals(h.as(x.as), checklist.BuiltIn))
			raw, _ := json.Marshal(list)
			if told := strings.Contains(string(raw), c.Key) || strings.Contains(string(raw), c.ID) || strings.Contains(string(raw), "secret"); told != (x.named == 5) {
				t.Errorf("%s reads %s", x.as.Name, raw)
			}
		}
		// what everybody is told of a change names none of them
		l := h.list("critical")
		must[checklist.Changed](t)(h.s.Say(h.as(h.ana), l.ID, "L12", "Good"))
		for _, e := range h.events(l.ID) {
			if strings.Contains(string(e.Data), "secret") || strings.Contains(string(e.Data), "ret_") || strings.Contains(string(e.Data), c.Key) {
				t.Errorf("%s %s", e.Type, e.Data)
			}
		}
	})
}
