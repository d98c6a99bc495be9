package checklist_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/migrations"
	"trestle/server/board"
	"trestle/server/checklist"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// How a service may stand to an item, and what it then lacks in a checklist that names it. Every other day of the table
// is before the evidence runs out.
var standings = []struct{ name, why string }{
	{"no checklist", "to_answer"}, {"unanswered", "to_answer"}, {"answered", "to_understand"}, {"pushed back", "pushed_back"}, {"understood", "to_confirm"},
	{"stamped", ""}, {"answered anew", "to_confirm"}, {"expired", "stale"}, {"a gap, stamped", ""}, {"a gap that is over", "gap_over"},
	{"then not applicable", "to_confirm"}, {"then a gap", "to_confirm"},
}

// With none, one, two or three services, each however it stands, an item counts only when every one of them counts here,
// and the checklist says of each by name what it lacks.
func TestInherited_SeveralServices(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		const key = "O8" // good for 180 days
		ids, lists := map[string]string{}, map[string]string{}
		var stamp []string
		for _, s := range standings {
			svc := h.service(strings.ReplaceAll(s.name, " ", "-"))
			ids[s.name] = svc.ID
			if s.name == "no checklist" {
				continue
			}
			of := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID})).ID
			lists[s.name] = of
			link := checklist.NewProof{Type: "link", Value: "https://logs.test/" + svc.ID, VerifiedOn: b.Clock.Now().Format(time.DateOnly)}
			if s.name == "expired" {
				link.VerifiedOn = b.Clock.Now().AddDate(0, 0, -200).Format(time.DateOnly)
			}
			if s.name == "unanswered" {
				continue
			}
			h.answer(h.ana, of, key, s.name, link)
			switch s.name {
			case "answered":
			case "pushed back":
				must[checklist.Changed](t)(h.s.PushBack(h.as(h.bo), of, key, "Which query?"))
			case "a gap, stamped", "a gap that is over":
				days := 3
				if s.name == "a gap, stamped" {
					days = 300
				}
				must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.bo), of, key, checklist.NewGap{Until: b.Clock.Now().AddDate(0, 0, days).Format(time.DateOnly), Why: "Later"}))
				stamp = append(stamp, s.name)
			default:
				h.understand(h.bo, of, key)
				stamp = append(stamp, s.name)
			}
		}
		var combos [][]int
		for i := range standings {
			combos = append(combos, []int{i})
			for j := range i {
				combos = append(combos, []int{j, i})
				if (i+j)%3 == 0 {
					combos = append(combos, []int{i, j, (i + j + 1) % len(standings)})
				}
			}
		}
		card := h.card("One-tap pay")
		anew := []string{"answered anew", "then not applicable", "then a gap"} // said after the stamp
		launches := map[string][]int{}
		for _, combo := range combos {
			slices.Sort(combo)
			if combo = slices.Compact(combo); len(combo) == 0 {
				continue
			}
			var names []string
			for _, i := range combo {
				names = append(names, ids[standings[i].name])
			}
			// many checklists, so of launches: a card has one
			l := must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: fmt.Sprint(combo), LaunchOn: "2030-01-01", Level: "standard", Services: names}))
			must[checklist.View](t)(h.s.Change(h.as(h.ana), l.ID, checklist.Patch{Phase: ptr("pre_prod")}))
			launches[l.ID] = combo
			for _, i := range combo {
				if s := standings[i].name; slices.Contains(stamp, s) && s != "understood" && s != "expired" {
					must[checklist.Changed](t)(h.s.StillTrue(h.as(h.goro), l.ID, key, ids[s]))
				}
			}
		}
		b.Clock.Advance(5 * 24 * time.Hour)
		h.answer(h.ana, lists["answered anew"], key, "Another query", checklist.NewProof{Type: "link", Value: "https://logs.test/2"})
		h.understand(h.bo, lists["answered anew"], key)
		must[checklist.Changed](t)(h.s.NotApplicable(h.as(h.goro), lists["then not applicable"], key, "It writes no log"))
		must[checklist.Changed](t)(h.s.AcceptGap(h.as(h.bo), lists["then a gap"], key, checklist.NewGap{Until: b.Clock.Now().AddDate(0, 0, 300).Format(time.DateOnly), Why: "The query is lost"}))
		for id, combo := range launches {
			v, it := h.get(id), h.item(id, key)
			counts, whys := true, []string{}
			for n, i := range combo {
				s := it.Services[n]
				if s.Service.ID != ids[standings[i].name] || s.Why != standings[i].why || (s.StillTrue != nil) != (slices.Contains(stamp, standings[i].name) && s.Why != "stale" && standings[i].name != "understood") {
					t.Errorf("%v: %q stands as %+v", v.Name, standings[i].name, s)
				}
				if (s.ListID == "") != (standings[i].name == "no checklist") || s.Changed != slices.Contains(anew, standings[i].name) {
					t.Errorf("%v: %q: %+v", v.Name, standings[i].name, s)
				}
				if s.Why != "" {
					counts, whys = false, append(whys, s.Why)
				}
			}
			if it.Blocks == counts || (it.Why == "") != counts || (!counts && !slices.Contains(whys, it.Why)) {
				t.Errorf("%v: %+v blocks: %v, why %q, its services lack %v", v.Name, combo, it.Blocks, it.Why, whys)
			}
			if counts && it.State != "understood" && it.State != "gap" {
				t.Errorf("%v stands as %q, why %q", v.Name, it.State, it.Why)
			}
		}
		// without a service, and with an own answer, it answers itself
		none := must[checklist.View](t)(h.s.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: card.ID, Level: "critical"}))
		if it := h.item(none.ID, key); len(it.Services) != 0 || it.Why != "to_answer" {
			t.Errorf("%+v", it)
		}
	})
}

// Three services: all that count are stamped with one tap, one by its own; who is reminded is told of which service; the
// column's refusal names them; what is answered here counts instead; the frozen copy keeps each.
func TestInherited_StampsByService(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		var svc, of []string
		for _, name := range []string{"api", "mail", "vault"} {
			s := h.service(name)
			svc = append(svc, s.ID)
			of = append(of, must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: s.ID})).ID)
		}
		l := h.list("standard", svc...)
		must[checklist.View](t)(h.s.Change(h.as(h.goro), l.ID, checklist.Patch{Phase: ptr("pre_prod")}))
		at := func() []string {
			var whys []string
			for _, s := range h.item(l.ID, "I8").Services {
				whys = append(whys, s.Why)
			}
			return whys
		}
		for _, id := range of[:2] {
			h.answer(h.ana, id, "I8", "Staging has one pod")
			h.understand(h.bo, id, "I8")
		}
		if got := at(); !slices.Equal(got, []string{"to_confirm", "to_confirm", "to_answer"}) {
			t.Fatalf("%v", got)
		}
		h.calm("a service that is not named", "not_inherited", func() error { _, err := h.s.StillTrue(h.as(h.goro), l.ID, "I8", "svc_x"); return err })
		h.calm("the one that has not answered", "not_inherited", func() error { _, err := h.s.StillTrue(h.as(h.goro), l.ID, "I8", svc[2]); return err })
		before := h.get(l.ID).Blocking
		must[checklist.Changed](t)(h.s.StillTrue(h.as(h.goro), l.ID, "I8", ""))
		if got := at(); !slices.Equal(got, []string{"", "", "to_answer"}) || h.get(l.ID).Blocking != before {
			t.Fatalf("%v, blocking %d", got, h.get(l.ID).Blocking)
		}
		lines := must[[]checklist.ItemLine](t)(h.s.History(h.as(h.ana), l.ID, "I8"))
		if lines[0].Type != "checklist.still_true" || lines[0].Said != "api, mail" {
			t.Errorf("%+v", lines[0])
		}
		h.answer(h.ana, of[2], "I8", "None but production")
		h.understand(h.bo, of[2], "I8")
		must[checklist.Changed](t)(h.s.StillTrue(h.as(h.goro), l.ID, "I8", svc[2]))
		if it := h.item(l.ID, "I8"); it.Why != "" || it.State != "understood" || h.get(l.ID).Blocking != before-1 {
			t.Fatalf("%+v", it)
		}
		// one answers anew: it alone is asked again, and who is reminded hears which
		h.answer(h.ana, of[1], "I8", "Two pods now")
		if got := at(); !slices.Equal(got, []string{"", "to_understand", ""}) {
			t.Fatalf("%v", got)
		}
		var rid int64
		must[bool](t)(b.Store.Rows(t.Context()).Row([]any{&rid}, "SELECT rid FROM cards WHERE id = ?", l.Card.ID))
		entry := must[board.Listed](t)(h.s.Stands(b.Store.Rows(t.Context()), rid, &board.ListPolicy{Level: "light", Phase: "pre_prod"}, "UTC", b.Clock.Now()))
		if i := slices.IndexFunc(entry.Items, func(x board.ListedItem) bool { return x.Key == "I8" }); i < 0 || !slices.Equal(entry.Items[i].Services, []string{"mail"}) {
			t.Errorf("the column's refusal says %+v", entry.Items)
		}
		must[checklist.Reminded](t)(h.s.Remind(h.as(h.goro), l.ID))
		if n := h.count("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%mail: to understand%'"); n != 1 {
			t.Error("the reminder does not say which service")
		}
		words := must[checklist.Words](t)(h.s.Markdown(h.as(h.ana), l.ID)).Text
		for _, want := range []string{"From the service mail: explained, to understand, answered anew", "From the service api: understood", "None but production"} {
			if !strings.Contains(words, want) {
				t.Errorf("%q is not in\n%s", want, words)
			}
		}
		// it differs here: the own answer counts, and the services are still shown
		h.answer(h.goro, l.ID, "I8", "Ours is another")
		if it := h.understand(h.bo, l.ID, "I8"); it.Why != "" || !it.Differs || len(it.Services) != 3 {
			t.Fatalf("%+v", it)
		}
		must[checklist.Changed](t)(h.s.Differs(h.as(h.goro), l.ID, "I8", false))
		frozen := must[checklist.View](t)(h.s.Freeze(h.as(h.ana), l.ID))
		h.answer(h.ana, of[0], "I8", "Three pods now")
		if was, now := raw(t, frozen.Topics), raw(t, h.get(l.ID).Topics); was != now {
			t.Errorf("the frozen copy changes: %s\n%s", was, now)
		}
	})
}

func raw(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// What was frozen before several services could answer names one; it is read as it was.
func TestItem_OfBefore(t *testing.T) {
	var it checklist.Item
	if err := json.Unmarshal([]byte(`{"key":"O4","state":"answered","why":"to_confirm","stillTrue":{"person":{"id":"per_1","name":"Goro"},"at":"2026-11-02T09:00:00Z"},
		"inherited":{"service":{"id":"svc_1","name":"api"},"state":"understood","text":"So","changed":true}}`), &it); err != nil {
		t.Fatal(err)
	}
	if s := it.Services; len(s) != 1 || s[0].Service.Name != "api" || s[0].Why != "to_confirm" || s[0].StillTrue.Person.Name != "Goro" || !s[0].Changed || it.Key != "O4" {
		t.Errorf("%+v", it)
	}
}

// A stamp that was given before stands after the step.
func TestStamps_AreKept(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		svc := h.service("api")
		of := must[checklist.View](t)(h.s.Create(h.as(h.goro), checklist.NewList{Kind: "service", ServiceID: svc.ID}))
		h.answer(h.ana, of.ID, "I8", "Staging has one pod")
		h.understand(h.bo, of.ID, "I8")
		l := h.list("standard", svc.ID)
		files, in := fs.FS(migrations.SQLite), "sqlite"
		if strings.HasSuffix(t.Name(), "postgres") {
			files, in = migrations.Postgres, "postgres"
		}
		file := must[[]byte](t)(fs.ReadFile(files, in+"/0045_stamps_by_service.sql"))
		_, step, _ := strings.Cut(string(file), ";\n") // what comes after the table is made
		if err := store.Do(context.Background(), b.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO checklist_answers (checklist_rid, item, state, rev, still_of, still_rev, said)
				SELECT l.rid, 'I8', 'unanswered', 0, k.rid, 1, ? FROM checklists l, checklists k WHERE l.id = ? AND k.id = ?`,
				`{"text":"so","still":{"by":"`+h.goro.PersonID+`","at":1790000000000}}`, l.ID, of.ID)
			if err == nil {
				_, err = tx.Exec(step)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if it := h.item(l.ID, "I8"); it.Why != "" || it.Services[0].StillTrue.Person.Name != "goro" {
			t.Errorf("%+v", it)
		}
	})
}
