package ritual_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/ritual"
	"trestle/server/trestletest"
)

func TestChoose_BeforeADemo(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		ids := map[string]string{}
		for _, title := range []string{"One", "Two", "Three", "Four"} {
			c := h.card(2, card.NewCard{Title: title, OwnerIDs: []string{h.worker.PersonID}})
			if title != "Four" {
				must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), c.ID, card.Move{ColumnID: h.l.Columns[4].ID}))
				b.Clock.Advance(time.Minute)
			}
			ids[title] = c.ID
		}
		id := h.series(ritual.Demo).Series.ID
		watcher, outsider := h.person("vic", "viewer"), h.person("out", "")
		choose := func(left string, titles ...string) ritual.Choice {
			n := ritual.Choice{Left: left}
			for _, title := range titles {
				n.CardIDs = append(n.CardIDs, ids[title])
			}
			return n
		}
		stands := func() string {
			t.Helper()
			var out []string
			for _, c := range must[[]ritual.Candidate](t)(h.rituals.Candidates(h.as(watcher), id)) {
				if c.Owners[0].Name != "bo" || c.FinishedAt.IsZero() {
					t.Errorf("a candidate is %+v", c)
				}
				out = append(out, strings.Trim(c.Title+":"+c.Left, ":"))
			}
			return strings.Join(out, " ")
		}
		if got := stands(); got != "One Two Three" {
			t.Fatalf("to choose from: %s", got)
		}
		h.calm("a viewer chooses", "forbidden", func() error { _, err := h.rituals.Choose(h.as(watcher), id, choose(ritual.Later, "One")); return err })
		h.calm("somebody from outside", "not_found", func() error { _, err := h.rituals.Choose(h.as(outsider), id, choose(ritual.Later, "One")); return err })
		h.calm("a card that is open", "invalid", func() error {
			_, err := h.rituals.Choose(h.as(h.worker), id, choose(ritual.Later, "One", "Four"))
			return err
		})
		h.calm("an outcome that is none", "invalid", func() error { _, err := h.rituals.Choose(h.as(h.worker), id, choose("never", "One")); return err })
		other := h.series(ritual.FlowReview).Series.ID
		h.calm("another ritual", "other_ritual", func() error {
			_, err := h.rituals.Choose(h.as(h.worker), other, choose(ritual.Later, "One"))
			return err
		})
		must[ritual.View](t)(h.rituals.Choose(h.as(h.worker), id, choose(ritual.Later, "One", "Three")))
		must[ritual.View](t)(h.rituals.Choose(h.as(h.worker), id, choose(ritual.Skipped, "Two")))
		must[ritual.View](t)(h.rituals.Choose(h.as(h.worker), id, choose("", "Three")))
		if seq := h.get(id).Seq; must[ritual.View](t)(h.rituals.Choose(h.as(h.lead), id, choose(ritual.Skipped, "Two"))).Seq != seq {
			t.Error("what is so already was told again")
		}
		if got := stands(); got != "One:later Two:skipped Three" {
			t.Fatalf("chosen: %s", got)
		}
		shows := func() string {
			t.Helper()
			var out []string
			for _, c := range must[ritual.View](t)(h.rituals.Start(h.as(h.worker), id)).Sitting.Demo.Cards {
				out = append(out, c.Title)
			}
			return strings.Join(out, " ")
		}
		if got := shows(); got != "Three" {
			t.Errorf("it shows %s", got)
		}
		h.calm("while it runs", "running", func() error { _, err := h.rituals.Choose(h.as(h.worker), id, choose("", "One")); return err })
		must[ritual.View](t)(h.rituals.Advance(h.as(h.worker), id, ritual.Step{From: 0, To: 1, Outcome: ritual.Shown}))
		must[ritual.View](t)(h.rituals.End(h.as(h.worker), id))
		if got := stands(); got != "One Two:skipped" { // what was left for later is back
			t.Errorf("next time: %s", got)
		}
		if got := shows(); got != "One" {
			t.Errorf("next time it shows %s", got)
		}
	})
}
