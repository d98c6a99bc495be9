package launch_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/calendar"
	"trestle/server/checklist"
	"trestle/server/launch"
	"trestle/server/trestletest"
)

// Who goes on before a hold has ended says why; that it was early, by how much and why, stays in the course, in the plan,
// beside the card and in the notice.
func TestLaunch_EarlySaysWhy(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.write(h.plan())
		v := must[launch.LaunchView](t)(h.s.Begin(h.as(h.goro), h.id, "Ourselves only"))
		one, two, three := v.Plan.Stages[0].ID, v.Plan.Stages[1].ID, v.Plan.Stages[2].ID
		held := func(stage, why string) launch.Held { return launch.Held{StageID: stage, Said: "99.7 %", Why: why} }
		next := func(n launch.Held) (launch.LaunchView, error) { return h.s.Next(h.as(h.goro), h.id, n) }
		b.Clock.Advance(12 * time.Hour)
		h.calm("early without why", "say_why", func() error { _, err := next(held(one, "")); return err })
		h.calm("early with nothing but spaces", "say_why", func() error { _, err := next(held(one, "  ")); return err })
		if _, err := next(held(one, "")); err == nil || !strings.Contains(err.Error(), "Ourselves is to be held for another 12 h. Say why") {
			t.Errorf("%v", err)
		}
		v = must[launch.LaunchView](t)(next(held(one, "The sale begins")))
		if l := v.Course[0]; l.Early != 720 || l.Why != "The sale begins" || l.Said != "99.7 %" || v.Plan.Stages[0].Early != 720 {
			t.Errorf("%+v %+v", l, v.Plan.Stages[0])
		}
		var beside, noticed string
		h.read(&beside, "SELECT text FROM comments ORDER BY rid DESC LIMIT 1")
		h.read(&noticed, "SELECT payload FROM outbox WHERE kind = 'notice' AND payload LIKE '%\"launch.changed\"%' ORDER BY rid DESC LIMIT 1")
		for _, said := range []string{beside, noticed} {
			if !strings.Contains(said, "99.7 %; 12 h before its hold had ended: The sale begins") {
				t.Errorf("said: %s", said)
			}
		}
		b.Clock.Advance(24 * time.Hour)
		if l := must[launch.LaunchView](t)(next(held(two, "It waited"))).Course[0]; l.Early != 0 || l.Why != "" {
			t.Errorf("in its time: %+v", l)
		}
		done := func(n launch.Held) (launch.LaunchView, error) { return h.s.Finish(h.as(h.goro), h.id, n) }
		b.Clock.Advance(72*time.Hour - 30*time.Second)
		h.calm("done early without why", "say_why", func() error { _, err := done(held(three, "")); return err })
		if v = must[launch.LaunchView](t)(done(held(three, "Nobody is here later"))); v.Course[0].Early != 1 || v.Plan.Stages[2].Early != 1 {
			t.Errorf("%+v", v.Course[0])
		}
	})
}

// Who begins while the checklist blocks or in a freeze says why; the course names the freezes, by title.
func TestLaunch_BeginsAllTheSame(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.write(h.plan())
		h.calm("while questions block", "say_why", func() error { _, err := h.s.Begin(h.as(h.goro), h.id, " "); return err })
		today := b.Store.Now().Format(time.DateOnly)
		must[launch.Freeze](t)(h.s.AddFreeze(h.as(h.mia), launch.NewFreeze{TeamID: trestletest.Team(t, b.Store, "OTH"), Title: "Theirs", From: today, To: today}))
		must[launch.Freeze](t)(h.s.AddFreeze(h.as(h.mia), launch.NewFreeze{Title: "Sale", From: today, To: today}))
		if v := h.get(); len(v.Frozen) != 1 || v.Frozen[0] != "Sale" || len(v.Freezes) != 0 {
			t.Errorf("%+v %+v", v.Frozen, v.Freezes)
		}
		if _, err := h.s.Begin(h.as(h.goro), h.id, ""); err == nil || !strings.Contains(err.Error(), "of its checklist block, and today lies in the freeze “Sale”") {
			t.Errorf("%v", err)
		}
		light := must[checklist.View](t)(h.lists.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Banner", Level: "light", LaunchOn: h.day}))
		for _, topic := range light.Topics {
			for _, it := range topic.Items {
				if it.Blocks {
					must[checklist.Changed](t)(h.lists.NotApplicable(h.as(h.ana), light.ID, it.Key, "A picture"))
				}
			}
		}
		must[launch.LaunchView](t)(h.s.Write(h.as(h.goro), light.ID, launch.NewPlan{Plan: h.plan()}))
		h.calm("in a freeze, though nothing blocks", "say_why", func() error { _, err := h.s.Begin(h.as(h.goro), light.ID, ""); return err })
		v := must[launch.LaunchView](t)(h.s.Begin(h.as(h.goro), h.id, "It stops a loss"))
		if l := v.Course[0]; len(l.Freezes) != 1 || l.Freezes[0] != "Sale" || l.Blocking == 0 || l.Said != "It stops a loss" {
			t.Errorf("%+v", l)
		}
		if len(v.Freezes) != 1 || !v.Freezes[0].Now {
			t.Errorf("runs in it: %+v", v.Freezes)
		}
		if l := must[launch.LaunchView](t)(h.s.Next(h.as(h.goro), h.id, launch.Held{StageID: v.Plan.Stages[0].ID, Said: "Ten of ten", Why: "It stops a loss"})).Course[0]; len(l.Freezes) != 1 {
			t.Errorf("went on in it: %+v", l)
		}
		if l := must[launch.LaunchView](t)(h.s.Stop(h.as(h.goro), h.id, "Enough")).Course[0]; len(l.Freezes) != 0 {
			t.Errorf("stopped in it: %+v", l)
		}
		b.Clock.Advance(24 * time.Hour)
		must[launch.LaunchView](t)(h.s.RollBack(h.as(h.goro), h.id, "Enough"))
		must[launch.LaunchView](t)(h.s.Begin(h.as(h.goro), light.ID, "")) // nothing stands against it
	})
}

// A stage stands on the calendar on its day, planned or reckoned, and where it began; only for whoever sees the launch.
func TestLaunch_StagesOnTheCalendar(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		p := h.plan()
		p.Stages[2].On = b.Store.Now().AddDate(0, 0, 20).Format(time.DateOnly)
		h.write(p)
		days := func() (out []string) {
			t.Helper()
			from, to := b.Store.Now().AddDate(0, 0, -1).Format(time.DateOnly), b.Store.Now().AddDate(0, 0, 40).Format(time.DateOnly)
			if seen := must[[]calendar.DayView](t)(h.s.DaysOf(b.Store.Rows(t.Context()), h.out, from, to)); len(seen) != 0 {
				t.Errorf("of a board that they do not see: %+v", seen)
			}
			for _, d := range must[[]calendar.DayView](t)(h.s.DaysOf(b.Store.Rows(t.Context()), h.ana, from, to)) {
				at, _ := time.Parse(time.DateOnly, d.From)
				said := d.Kind + " +" + string(rune('0'+int(at.Sub(b.Store.Now().Truncate(24*time.Hour)).Hours()/24)))
				if d.Share != nil {
					said += " " + d.Stage
				}
				if d.Reckoned {
					said += " reckoned"
				}
				out = append(out, said)
			}
			return out
		}
		if got := strings.Join(days(), ", "); got != "launch +7, stage +8 Few reckoned, stage +D Everybody" {
			t.Error(got)
		}
		must[launch.LaunchView](t)(h.s.Begin(h.as(h.goro), h.id, "Ourselves only"))
		if got := strings.Join(days(), ", "); got != "stage +0 Ourselves, stage +1 Few reckoned, launch +7, stage +D Everybody" {
			t.Error(got)
		}
	})
}

func (h *house) read(into *string, sql string) {
	h.t.Helper()
	if found, err := h.b.Store.Rows(h.t.Context()).Row([]any{into}, sql); err != nil || !found {
		h.t.Fatalf("%s: %v", sql, err)
	}
}
