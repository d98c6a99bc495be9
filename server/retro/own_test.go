package retro_test

import (
	"strings"
	"testing"

	"trestle/server/fault"
	"trestle/server/retro"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// A team's lead makes templates of its own; retros that run keep the columns they began with.
func TestRetro_OwnTemplates(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		n := retro.NewTemplate{Name: "  Payments week ", Columns: []retro.TemplateColumn{{Title: "Money", Prompt: "What went through?"}, {Title: "Trust", Color: "teal", Icon: "shield"}}}
		made, err := h.retros.MakeTemplate(h.as(h.ana), h.team, n)
		if err != nil || made.Name != "Payments week" || made.DefaultMinutes != 60 || made.Question == "" || made.Columns[0] != (retro.Column{Key: "c1", Title: "Money", Prompt: "What went through?", Color: "green", Icon: "circle"}) {
			t.Fatalf("%+v %v", made, err)
		}
		all := func(v who.Viewer) (names []string) {
			list, err := h.retros.Templates(h.as(v), h.l.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range list {
				names = append(names, x.Name)
			}
			return names
		}
		if names := all(h.bo); len(names) != 25 || names[0] != "Payments week" {
			t.Errorf("to choose from: %v", names)
		}
		if names := all(h.other); len(names) != 24 {
			t.Errorf("another team's own: %v", names)
		}

		// a retro begins with it, and keeps it
		id := h.do(h.retros.Create(h.as(h.bo), retro.NewRetro{BoardID: h.l.ID, TemplateKey: made.Key})).Retro.ID
		if v := h.get(h.bo, id); v.Retro.Title != "Payments week" || len(v.Columns) != 2 || v.Columns[1].Title != "Trust" {
			t.Fatalf("%+v", v.Columns)
		}
		h.write(h.bo, id, "c2", "A note")
		six := []retro.TemplateColumn{{Title: "A"}, {Title: "B"}, {Title: "C"}, {Title: "D"}, {Title: "E"}, {Title: "F"}}
		now, err := h.retros.ChangeTemplate(h.as(h.ana), made.Key, retro.TemplatePatch{Columns: &six, Version: ptr(made.Version)})
		if err != nil || len(now.Columns) != 6 || now.Version != 2 || now.Name != made.Name {
			t.Fatalf("%+v %v", now, err)
		}
		if v := h.get(h.bo, id); v.Columns[1].Title != "Trust" || v.Notes[0].Column != "c2" {
			t.Errorf("the one that runs has changed: %+v", v.Columns)
		}

		refused := func(code string, err error) {
			t.Helper()
			if !fault.Is(err, code) {
				t.Errorf("%v, not %s", err, code)
			}
		}
		change := func(v who.Viewer, p retro.TemplatePatch) error {
			_, err := h.retros.ChangeTemplate(h.as(v), made.Key, p)
			return err
		}
		make := func(v who.Viewer, n retro.NewTemplate) error {
			_, err := h.retros.MakeTemplate(h.as(v), h.team, n)
			return err
		}
		refused("stale", change(h.ana, retro.TemplatePatch{Name: ptr("x"), Version: ptr(int64(1))}))
		refused("forbidden", change(h.bo, retro.TemplatePatch{Name: ptr("x")}))
		refused("not_found", change(h.other, retro.TemplatePatch{Name: ptr("x")}))
		refused("forbidden", make(h.bo, n))
		for _, bad := range []retro.NewTemplate{
			{Name: " ", Columns: n.Columns}, {Name: "x"}, {Name: "x", Columns: append(six, retro.TemplateColumn{Title: "G"})},
			{Name: "x", Columns: []retro.TemplateColumn{{Title: "A"}, {Title: "a"}}}, {Name: "x", Columns: []retro.TemplateColumn{{Title: "A", Color: "pink"}}},
			{Name: "x", Columns: []retro.TemplateColumn{{Title: "A", Icon: "<svg>"}}}, {Name: "x", Columns: []retro.TemplateColumn{{Title: strings.Repeat("x", 61)}}},
		} {
			refused("invalid", make(h.ana, bad))
		}
		if own, err := h.retros.Own(h.as(h.vic), h.team); err != nil || len(own.Items) != 1 || own.CanEdit || own.Items[0].Version != 2 || own.Items[0].Name != "Payments week" {
			t.Errorf("after what was refused: %+v %v", own, err)
		}
		_, err = h.retros.Own(h.as(h.other), h.team)
		refused("forbidden", err)

		// archived it is not chosen, and comes back
		if err := change(h.ana, retro.TemplatePatch{Archived: ptr(true)}); err != nil {
			t.Fatal(err)
		}
		if names := all(h.bo); len(names) != 24 {
			t.Errorf("archived: %v", names)
		}
		_, err = h.retros.Create(h.as(h.bo), retro.NewRetro{BoardID: h.l.ID, TemplateKey: made.Key})
		refused("invalid", err)
		if err := change(h.ana, retro.TemplatePatch{Archived: ptr(false)}); err != nil || len(all(h.bo)) != 25 {
			t.Errorf("back: %v", err)
		}
	})
}
