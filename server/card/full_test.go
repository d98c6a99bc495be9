package card_test

import (
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// notes are the notices of a kind that wait, as "title → ids".
func notes(t *testing.T, st *store.Store, kind string) (out []string) {
	t.Helper()
	err := st.Rows(t.Context()).Each(func(scan func(...any) error) error {
		var p string
		err := scan(&p)
		out = append(out, p)
		return err
	}, "SELECT payload FROM outbox WHERE kind = 'notice' AND payload LIKE ? ORDER BY rid", `%"kind":"`+kind+`"%`)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func rename(t *testing.T, st *store.Store, id, name string) {
	t.Helper()
	if err := store.Do(t.Context(), st, nil, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE people SET name = ? WHERE id = ?", name, id)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestMentions(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Talk", "Ready")
		bo := trestletest.Person(t, st, "Bo Lindqvist", who.Member)
		guest := trestletest.Person(t, st, "Gil Outside", who.Guest)
		said, err := d.cards.Comment(d.worker, c.ID, "Ask @bo lindqvist, not ana@Bo Lindqvist or `@Bo Lindqvist`; @Gil Outside must not hear of it. @wim")
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(said.Comment.HTML, `class="mention"`); n != 2 || !strings.Contains(said.Comment.HTML, `data-person="`+bo.PersonID+`">@Bo Lindqvist</span>`) {
			t.Fatalf("%d: %s", n, said.Comment.HTML)
		}
		got := notes(t, st, "card.mentioned")
		if len(got) != 1 || !strings.Contains(got[0], bo.PersonID) || strings.Contains(got[0], guest.PersonID) || strings.Contains(got[0], `"to":["`+d.viewer.PersonID) {
			t.Fatalf("%v", got)
		}
		rename(t, st, bo.PersonID, "Bo Berg")
		html := d.detail(d.worker, c.ID).Comments[0].HTML
		if !strings.Contains(html, ">@Bo Berg</span>") || strings.Contains(html, "@bo lindqvist") {
			t.Fatalf("%s", html)
		}
		// an edit that keeps the old words keeps the mention and tells nobody again; a new one is told
		if _, err := d.cards.EditComment(d.worker, said.Comment.ID, card.Reword{TextBody: card.TextBody{Text: "Ask @bo lindqvist or @lea"}}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(d.detail(d.worker, c.ID).Comments[0].HTML, `class="mention"`); n != 2 {
			t.Fatalf("%d", n)
		}
		if got := notes(t, st, "card.mentioned"); len(got) != 2 || strings.Contains(got[1], bo.PersonID) {
			t.Fatalf("%v", got)
		}
		text := "For @Bo Berg"
		if _, err := d.cards.Change(d.worker, c.ID, card.Patch{Description: &text}); err != nil {
			t.Fatal(err)
		}
		if got := d.detail(d.worker, c.ID).Card.DescriptionHTML; !strings.Contains(got, ">@Bo Berg</span>") {
			t.Fatal(got)
		}
		offered, err := d.cards.Nameable(d.worker, c.Key, "b", 8)
		if err != nil || len(offered) != 1 || offered[0].Words != "Bo Berg" {
			t.Fatalf("%+v %v", offered, err)
		}
		for _, n := range must(d.cards.Nameable(d.worker, c.ID, "", 100)) {
			if n.ID == guest.PersonID {
				t.Fatal("a guest of nowhere is offered")
			}
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestMentions_TwoOfOneName(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Talk", "Ready")
		one := trestletest.Person(t, st, "Kim", who.Member)
		two := trestletest.Person(t, st, "Kim 2", who.Member)
		rename(t, st, two.PersonID, "Kim")
		words := map[string]string{}
		for _, n := range must(d.cards.Nameable(d.worker, c.ID, "kim", 8)) {
			words[n.ID] = n.Words
		}
		if len(words) != 2 || words[one.PersonID] == words[two.PersonID] {
			t.Fatal(words)
		}
		if _, err := d.cards.Comment(d.worker, c.ID, "Hello @"+words[two.PersonID]+"!"); err != nil {
			t.Fatal(err)
		}
		if got := notes(t, st, "card.mentioned"); len(got) != 1 || !strings.Contains(got[0], two.PersonID) {
			t.Fatal(got)
		}
	})
}

func TestWatch_TellsWhatMatters(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Watched", "Ready")
		lea := d.lead
		if got := d.detail(d.worker, c.ID); !got.Watching || len(got.Watchers) != 1 {
			t.Fatal("who makes a card watches it")
		}
		step := func(want int, fn func() error) {
			t.Helper()
			before := len(notes(t, st, "card.watched"))
			if err := fn(); err != nil {
				t.Fatal(err)
			}
			if n := len(notes(t, st, "card.watched")) - before; n != want {
				t.Fatalf("%d notices, wanted %d: %v", n, want, notes(t, st, "card.watched"))
			}
		}
		step(0, func() error { _, err := d.move(c.ID, "Build", card.Move{Reason: "x"}); return err }) // one's own
		step(1, func() error {
			_, err := d.cards.Move(lea, c.ID, card.Move{ColumnID: d.col("Review")})
			return err
		})
		step(0, func() error {
			_, err := d.cards.Signal(lea, c.ID, "ci", card.NewSignal{State: "ok", Text: "CI"})
			return err
		})
		step(1, func() error { _, err := d.cards.Comment(lea, c.ID, "Look"); return err })
		step(1, func() error { _, err := d.cards.Comment(d.worker, c.ID, "Seen"); return err }) // lea watches since she wrote
		if _, err := d.cards.Watch(d.worker, c.ID, false); err != nil {
			t.Fatal(err)
		}
		step(0, func() error { _, err := d.cards.Comment(lea, c.ID, "Nobody hears"); return err })
		step(1, func() error { _, err := d.cards.Comment(d.worker, c.ID, "Off stays off"); return err })
		step(0, func() error { _, err := d.cards.Comment(lea, c.ID, "Still nobody"); return err })
		// who is told nearer is not told twice
		step(0, func() error {
			owners := []string{d.viewer.PersonID}
			_, err := d.cards.Change(lea, c.ID, card.Patch{OwnerIDs: &owners})
			return err
		})
		if got := notes(t, st, "card.assigned"); len(got) != 1 || !strings.Contains(got[0], d.viewer.PersonID) {
			t.Fatal(got)
		}
		d.whole(t)
	})
}

func (d *desk) field(n board.NewField) string {
	d.t.Helper()
	_, id, err := d.boards.AddField(d.lead, d.b.ID, n)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func TestFields_Values(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Filled", "Ready")
		var at = map[string]string{}
		for _, kind := range board.FieldTypes {
			n := board.NewField{Name: "A " + kind, Type: kind, OnFace: kind == "choice" || kind == "number"}
			if kind == "choice" {
				n.Options = []board.OptionFor{{Name: "Low"}, {Name: "High"}}
			}
			if kind == "number" {
				n.Unit = "h"
			}
			at[kind] = d.field(n)
		}
		set := func(kind, value string) error {
			_, err := d.cards.Change(d.worker, c.ID, card.Patch{Fields: map[string]string{at[kind]: value}})
			return err
		}
		guest := trestletest.Person(t, st, "gil", who.Guest)
		for kind, wrong := range map[string]string{"number": "many", "date": "30.11.2026", "choice": "Middle", "person": guest.PersonID, "link": "javascript:alert(1)", "checkbox": "maybe"} {
			refused(t, set(kind, wrong), "invalid")
		}
		refused(t, func() error {
			_, err := d.cards.Change(d.worker, c.ID, card.Patch{Fields: map[string]string{"fld_nowhere": "x"}})
			return err
		}(), "invalid")
		if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM custom_values"); n != 0 {
			t.Fatal("a refusal left a value")
		}
		for kind, value := range map[string]string{"text": " words ", "number": "2.50", "date": "2026-11-30", "choice": "High", "person": d.viewer.PersonID, "link": "https://example.test/x", "checkbox": "true"} {
			if err := set(kind, value); err != nil {
				t.Fatal(kind, err)
			}
		}
		got := d.detail(d.worker, c.ID)
		text := map[string]string{}
		for _, f := range got.Fields {
			text[f.Type] = f.Text
		}
		if len(text) != 7 || text["number"] != "2.5 h" || text["person"] != "wim" || text["text"] != "words" {
			t.Fatal(text)
		}
		if len(got.Card.Fields) != 2 || got.Card.Fields[at["choice"]] != "High" {
			t.Fatal(got.Card.Fields)
		}
		// an option's name changes, what cards say stays
		if _, err := d.boards.ChangeField(d.lead, at["choice"], board.FieldPatch{Options: &[]board.OptionFor{{ID: "High", Name: "Very high"}}}); err != nil {
			t.Fatal(err)
		}
		no := false
		if _, err := d.boards.ChangeField(d.lead, at["number"], board.FieldPatch{OnFace: &no}); err != nil {
			t.Fatal(err)
		}
		yes := true
		if _, err := d.boards.ChangeField(d.lead, at["date"], board.FieldPatch{Retired: &yes}); err != nil {
			t.Fatal(err)
		}
		got = d.detail(d.worker, c.ID)
		if got.Fields[3].Text != "Very high" || len(got.Fields) != 7 || len(got.Card.Fields) != 1 {
			t.Fatal(got.Fields, got.Card.Fields)
		}
		refused(t, set("date", "2026-12-01"), "invalid")
		// two people, two fields: both win; one field: the later one is refused when they say what they knew
		v := got.Card.Version
		if err := set("text", "theirs"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.Change(d.worker, c.ID, card.Patch{Fields: map[string]string{at["link"]: ""}, Version: &v}); err != nil {
			t.Fatal(err)
		}
		_, err := d.cards.Change(d.worker, c.ID, card.Patch{Fields: map[string]string{at["text"]: "mine"}, Version: &v})
		refused(t, err, "stale")
		d.whole(t)
	})
}

func TestFields_Definitions(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		d.field(board.NewField{Name: "One", Type: "text", OnFace: true})
		two := d.field(board.NewField{Name: "Two", Type: "text", OnFace: true})
		for _, n := range []board.NewField{{Name: "one", Type: "text"}, {Name: "Three", Type: "text", OnFace: true}, {Name: "C", Type: "choice"},
			{Name: "C", Type: "choice", Options: []board.OptionFor{{Name: "x"}, {Name: "X"}}}, {Name: "U", Type: "text", Unit: "kg"},
			{Name: "O", Type: "text", Options: []board.OptionFor{{Name: "x"}}}, {Name: " ", Type: "text"}} {
			_, _, err := d.boards.AddField(d.lead, d.b.ID, n)
			refused(t, err, "invalid")
		}
		_, _, err := d.boards.AddField(d.worker, d.b.ID, board.NewField{Name: "Mine", Type: "text"})
		refused(t, err, "forbidden")
		if n := trestletest.Count(t, st, "SELECT COUNT(*) FROM custom_fields"); n != 2 {
			t.Fatal(n)
		}
		yes := true
		l, err := d.boards.ChangeField(d.lead, two, board.FieldPatch{Retired: &yes})
		if err != nil || !l.Field(two).Retired || l.Field(two).OnFace {
			t.Fatal(err)
		}
		three := d.field(board.NewField{Name: "Two", Type: "number"}) // the name is free again
		l, err = d.boards.ChangeField(d.lead, three, board.FieldPatch{Where: board.Where{BeforeID: l.Fields[0].ID}})
		if err != nil || l.Fields[0].ID != three {
			t.Fatal(err, l.Fields)
		}
		no := false
		_, err = d.boards.ChangeField(d.lead, two, board.FieldPatch{Retired: &no})
		refused(t, err, "invalid")
	})
}

func TestLinks(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Linked", "Ready")
		for _, bad := range []string{"javascript:alert(1)", "data:text/html,x", "ftp://x.test/y", "//x.test", "/c/TRS-1", "https:///x"} {
			_, err := d.cards.AddLink(d.worker, c.ID, card.NewLink{URL: bad})
			refused(t, err, "invalid")
		}
		var last card.Linked
		for address, kind := range map[string]string{
			"https://git.test/shop/-/merge_requests/12": "merge_request", "https://github.com/a/b/pull/3": "merge_request",
			"https://git.test/a/commit/0123abcd": "commit", "https://jira.test/browse/PAY-1": "ticket", "https://grafana.test/d/abc/x": "dashboard",
			"https://docs.google.com/document/d/1": "document", "https://user:secret@example.test/": "other"} {
			out, err := d.cards.AddLink(d.worker, c.ID, card.NewLink{URL: address})
			if err != nil || out.Link.Kind != kind || strings.Contains(out.Link.URL, "secret") {
				t.Fatal(address, out.Link, err)
			}
			last = out
		}
		if last.Card.Links != 7 {
			t.Fatal(last.Card.Links)
		}
		kind, evil := "ticket", "javascript:alert(1)"
		if _, err := d.cards.ChangeLink(d.worker, last.Link.ID, card.LinkPatch{Kind: &kind}); err != nil {
			t.Fatal(err)
		}
		_, err := d.cards.ChangeLink(d.worker, last.Link.ID, card.LinkPatch{URL: &evil})
		refused(t, err, "invalid")
		out, err := d.cards.RemoveLink(d.worker, last.Link.ID)
		if err != nil || out.Card.Links != 6 || len(d.detail(d.worker, c.ID).Links) != 6 {
			t.Fatal(err, out.Card.Links)
		}
		d.whole(t)
	})
}

func TestHypothesis(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Believed", "Ready")
		_, err := d.cards.Conclude(d.worker, c.ID, card.NewOutcome{Result: "confirmed"})
		refused(t, err, "no_hypothesis")
		h := card.NewHypothesis{Believe: "fewer fields", Will: "raise the share that pays", KnowWhen: "4 % more within two weeks"}
		if _, err := d.cards.Suppose(d.worker, c.ID, h); err != nil {
			t.Fatal(err)
		}
		v := d.detail(d.worker, c.ID).Card.Version
		if _, err := d.cards.Conclude(d.worker, c.ID, card.NewOutcome{Result: "refuted", Learned: "It was the price"}); err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.Conclude(d.worker, c.ID, card.NewOutcome{Result: "confirmed", Version: &v})
		refused(t, err, "stale")
		_, err = d.cards.Suppose(d.worker, c.ID, card.NewHypothesis{})
		refused(t, err, "has_outcome")
		got := d.detail(d.worker, c.ID).Hypothesis
		if got == nil || got.Outcome == nil || got.Outcome.Result != "refuted" || got.Outcome.By != d.viewer.PersonID || got.Will != h.Will {
			t.Fatalf("%+v", got)
		}
		for _, fn := range []func() error{
			func() error { _, err := d.cards.Conclude(d.worker, c.ID, card.NewOutcome{}); return err },
			func() error { _, err := d.cards.Suppose(d.worker, c.ID, card.NewHypothesis{}); return err }} {
			if err := fn(); err != nil {
				t.Fatal(err)
			}
		}
		if d.detail(d.worker, c.ID).Hypothesis != nil {
			t.Fatal("still there")
		}
	})
}

func TestRevisions_KeepEveryVersion(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		out, err := d.cards.Create(d.lead, d.b.ID, card.NewCard{Title: "Written", ColumnID: d.col("Ready"), Description: "first"})
		if err != nil {
			t.Fatal(err)
		}
		id := out.Card.ID
		if list := must(d.cards.Revisions(d.worker, id)); len(list) != 0 {
			t.Fatal(list)
		}
		for _, text := range []string{"second", "third", "first", "first"} {
			if _, err := d.cards.Change(d.worker, id, card.Patch{Description: &text}); err != nil {
				t.Fatal(err)
			}
		}
		list := must(d.cards.Revisions(d.worker, id))
		var said []string
		for _, r := range list {
			said = append(said, must(d.cards.Revision(d.worker, r.ID)).Text)
		}
		if strings.Join(said, " ") != "first third second first" || list[3].AuthorName != "lea" || list[0].AuthorName != "wim" {
			t.Fatalf("%v %+v", said, list)
		}
		if d.detail(d.worker, id).Revisions != 4 {
			t.Fatal("the card does not say how many")
		}
		_, err = d.cards.Revision(d.worker, "rev_nowhere")
		refused(t, err, "not_found")
	})
}

func TestCardTemplates(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		all := must(d.cards.Templates(d.worker, d.b.ID))
		if len(all) < 15 {
			t.Fatal(len(all))
		}
		ids := map[string]bool{}
		for _, x := range all {
			if ids[x.ID] || x.Scope != "library" || x.About == "" || len(x.Card.Todos) < 4 || x.Card.Description == "" || len(x.Card.Labels) == 0 {
				t.Errorf("%+v", x)
			}
			ids[x.ID] = true
			out, err := d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: x.Name, ColumnID: d.col("Ready"), TemplateID: x.ID})
			if err != nil || out.Card.Type != x.Card.Type || out.Card.Todo.Total != len(x.Card.Todos) {
				t.Fatal(x.ID, err, out.Card)
			}
		}
		c := d.add("Our own way", "Ready")
		d.todo(c.ID, "First this")
		_, err := d.cards.AddTemplate(d.worker, d.b.ID, card.NewCardTemplate{Name: "Ours", CardID: c.Key})
		refused(t, err, "forbidden")
		_, err = d.cards.AddTemplate(d.lead, d.b.ID, card.NewCardTemplate{Name: "Ours"})
		refused(t, err, "invalid")
		_, err = d.cards.AddTemplate(d.lead, d.b.ID, card.NewCardTemplate{Name: "Ours", CardID: "TRS-9999"})
		refused(t, err, "invalid")
		ours, err := d.cards.AddTemplate(d.lead, d.b.ID, card.NewCardTemplate{Name: "Ours", CardID: c.Key})
		if err != nil {
			t.Fatal(err)
		}
		far := d.again()
		_, err = d.cards.Create(d.worker, far.b.ID, card.NewCard{Title: "Elsewhere", ColumnID: far.col("Ready"), TemplateID: ours.ID})
		refused(t, err, "invalid")
		team := "team"
		if _, err := d.cards.ChangeTemplate(d.lead, ours.ID, card.CardTemplatePatch{Scope: &team}); err != nil {
			t.Fatal(err)
		}
		out, err := d.cards.Create(d.worker, far.b.ID, card.NewCard{Title: "Elsewhere", ColumnID: far.col("Ready"), TemplateID: ours.ID})
		if err != nil || d.detail(d.worker, out.Card.ID).Todos[0].Text != "First this" {
			t.Fatal(err)
		}
		refused(t, d.cards.RetireTemplate(d.worker, ours.ID), "forbidden")
		if err := d.cards.RetireTemplate(d.lead, ours.ID); err != nil {
			t.Fatal(err)
		}
		refused(t, d.cards.RetireTemplate(d.lead, ours.ID), "not_found")
		if len(must(d.cards.Templates(d.worker, d.b.ID))) != len(all) {
			t.Fatal("still offered")
		}
		d.whole(t)
	})
}
