package ritual_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"trestle/server/card"
	"trestle/server/ritual"
	"trestle/server/trestletest"
	"trestle/server/who"
)

func TestReplenishment_OrdersAndTells(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		first, second := h.card(1, card.NewCard{Title: "First"}), h.card(1, card.NewCard{Title: "Second *one*"})
		option := h.card(0, card.NewCard{Title: "An option"})
		h.card(2, card.NewCard{Title: "In work"})
		id := h.series(ritual.Replenishment).Series.ID
		sec, watcher, outsider := h.person("dara", "viewer"), h.person("vic", "viewer"), h.person("out", "")
		say := func(v who.Viewer, n ritual.Saying) func() error {
			return func() error { _, err := h.rituals.Say(h.as(v), id, n); return err }
		}
		yes := ritual.Saying{CardID: first.ID, Says: ritual.Yes}
		h.calm("said before it runs", "no_sitting", say(h.worker, yes))
		h.calm("joined before it runs", "no_sitting", func() error { _, err := h.rituals.Join(h.as(h.worker), id); return err })
		h.calm("begun by a viewer", "forbidden", func() error { _, err := h.rituals.Start(h.as(watcher), id); return err })
		h.calm("begun from outside", "not_found", func() error { _, err := h.rituals.Start(h.as(outsider), id); return err })

		v := must[ritual.View](t)(h.rituals.Start(h.as(h.worker), id))
		if v.Sitting == nil || v.Sitting.Replenishment == nil || v.Sitting.Replenishment.QueueID != h.l.Columns[1].ID || v.Sitting.StartedBy.Name != "bo" {
			t.Fatalf("it begins as %+v", v.Sitting)
		}
		if again := must[ritual.View](t)(h.rituals.Start(h.as(h.lead), id)); again.Sitting.ID != v.Sitting.ID || again.Seq != v.Seq {
			t.Error("begun by two there are two")
		}
		must[ritual.View](t)(h.rituals.Join(h.as(sec), id))
		heads := 4
		must[ritual.View](t)(h.rituals.Attend(h.as(h.worker), id, ritual.Attendance{Core: &heads}))
		var wg sync.WaitGroup
		for _, by := range []int{1, 1, -2, 1, -1} { // two phones count at once
			wg.Go(func() { must[ritual.View](t)(h.rituals.Attend(h.as(h.worker), id, ritual.Attendance{CoreBy: by})) })
		}
		wg.Wait()
		if n := h.get(id).Sitting.Attendance.Core; n != 4 {
			t.Errorf("counted at once there are %d heads", n)
		}
		h.calm("a count and a person", "invalid", func() error {
			_, err := h.rituals.Attend(h.as(h.worker), id, ritual.Attendance{CoreBy: 1, Core: &heads})
			return err
		})
		if v := must[ritual.View](t)(h.rituals.Attend(h.as(h.worker), id, ritual.Attendance{CoreBy: -9})); v.Sitting.Attendance.Core != 0 {
			t.Error("fewer than nobody")
		}
		must[ritual.View](t)(h.rituals.Attend(h.as(h.worker), id, ritual.Attendance{CoreBy: 4}))
		h.calm("no reason", "invalid", say(sec, ritual.Saying{CardID: first.ID, Says: ritual.NotYet, Because: "  "}))
		h.calm("a long reason", "invalid", say(sec, ritual.Saying{CardID: first.ID, Says: ritual.NotYet, Because: strings.Repeat("x", 301)}))
		h.calm("other words", "invalid", say(sec, ritual.Saying{CardID: first.ID, Says: "perhaps"}))
		h.calm("a card that is not", "not_found", say(sec, ritual.Saying{CardID: "crd_0000000000000000", Says: ritual.Yes}))
		h.calm("said from outside", "not_found", say(outsider, yes))
		h.calm("said by a screen", "forbidden", say(who.Viewer{DeviceID: "dev_1", TeamID: h.team}, yes))
		h.calm("put away while it runs", "running", func() error { _, err := h.rituals.Archive(h.as(h.lead), id); return err })

		for _, x := range []func() error{say(h.worker, yes), say(sec, ritual.Saying{CardID: second.Key, Says: ritual.NotYet, Because: "no  threat\nmodel"}),
			say(h.lead, ritual.Saying{CardID: option.ID, Says: ritual.Yes}), say(h.lead, yes), say(h.lead, ritual.Saying{CardID: first.ID})} {
			if err := x(); err != nil {
				t.Fatal(err)
			}
		}
		before := h.get(id).Seq
		if err := say(h.worker, yes)(); err != nil || h.get(id).Seq != before {
			t.Errorf("the same again: %v", err)
		}
		var words []string
		for _, w := range h.get(id).Sitting.Replenishment.Words {
			words = append(words, w.Name+" "+w.Says+" "+w.Because)
		}
		if len(words) != 3 || !strings.Contains(strings.Join(words, "|"), "dara not_yet no threat model") {
			t.Errorf("they said %q", words)
		}
		// the option comes in before the others, by the board's own door
		must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), option.ID, card.Move{ColumnID: h.l.Columns[1].ID, Beside: card.Beside{BeforeID: first.ID}}))
		b.Clock.Advance(20 * time.Minute)
		v = must[ritual.View](t)(h.rituals.End(h.as(h.worker), id))
		if v.Sitting != nil || v.Last == nil || v.Last.Minutes != 20 {
			t.Errorf("ended it is %+v", v)
		}
		if again := must[ritual.View](t)(h.rituals.End(h.as(h.lead), id)); again.Seq != v.Seq {
			t.Error("ended twice")
		}
		said := func(key string) (out string) {
			d, _, err := h.cards.Detail(h.as(h.lead), key)
			if err != nil || len(d.Comments) > 1 {
				t.Fatal(err, d.Comments)
			}
			for _, c := range d.Comments {
				out = c.Text
			}
			return out
		}
		if got := said(option.Key); got != "**Replenishment, 2 March 2026**: place 1 of Ready. Yes: ana." {
			t.Error(got)
		}
		if got := said(second.Key); !strings.HasSuffix(got, "place 3 of Ready. Not yet: dara (no threat model).") {
			t.Error(got)
		}
		if got := said(first.Key); got != "" {
			t.Errorf("a card that nobody moved was told %q", got)
		}
		md := must[ritual.Summary](t)(h.rituals.SummaryOf(h.as(watcher), v.Last.ID)).Markdown
		for _, want := range []string{"# Delivery replenishment, Monday 2 March 2026, 10:00 (Europe/Berlin)\n", "20 minutes of 30 · 4 of the team", "- Build: 1 of 3, 2 free slots",
			"1. **" + option.Key + "** An option · placed now. Yes: ana.", "2. **" + first.Key + "** First. Yes: bo.", `Second \*one\*`} {
			if !strings.Contains(md, want) {
				t.Errorf("%q is not in\n%s", want, md)
			}
		}
		past := must[[]ritual.PastSitting](t)(h.rituals.Held(h.as(watcher), id))
		if len(past) != 1 || past[0].Brought != "1 placed, 1 not yet" || past[0].Core != 4 {
			t.Errorf("it is remembered as %+v", past)
		}
		if n := h.count("SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%ritual.summary%'"); n != 1 {
			t.Errorf("the team was told %d times", n)
		}
		if _, err := h.rituals.SummaryOf(h.as(outsider), v.Last.ID); err == nil {
			t.Error("the summary is read from outside")
		}

		// one that everybody leaves ends by itself, and says nothing on cards
		must[ritual.View](t)(h.rituals.Start(h.as(h.worker), id))
		comments := h.count("SELECT COUNT(*) FROM comments")
		b.Clock.Advance(5 * time.Hour)
		if v := h.get(id); v.Sitting != nil || v.Last.Minutes != 0 || h.count("SELECT COUNT(*) FROM comments") != comments {
			t.Errorf("left alone it is %+v", v)
		}
		if got := strings.Join(h.told(id), " "); got != "ritual.created ritual.started ritual.joined ritual.attended ritual.attended ritual.attended ritual.attended ritual.attended ritual.attended ritual.attended ritual.attended ritual.said ritual.said ritual.said ritual.said ritual.said ritual.ended ritual.started ritual.ended" {
			t.Error(got)
		}
	})
}
