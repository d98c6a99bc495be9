package ritual_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// Who is on call comes in the order of calling, as it was when the sitting began: in the view that runs, in the list and
// in the summary, and in no more statements for many sittings than for one.
func TestAttendance_SaysWhoWasCalledFirst(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		rosters := standup.New(b.Store, h.boards, h.cards, nil)
		second, now := h.person("chidi", "worker"), b.Clock.Now()
		for role, id := range map[string]string{standup.Secondary: second.PersonID, standup.Primary: h.worker.PersonID} {
			must[standup.Roster](t)(rosters.AddShift(h.as(h.lead), h.team, standup.NewShift{Role: role, PersonID: id, From: now, To: now.Add(time.Hour)}))
		}
		id := h.series(ritual.Demo).Series.ID
		v := must[ritual.View](t)(h.rituals.Start(h.as(h.worker), id))
		duty := func(in []standup.PresentView) map[string]string {
			out := map[string]string{}
			for _, p := range in {
				out[p.Name] = p.Duty
			}
			return out
		}
		if got := duty(v.Sitting.Attendance.People); got["bo"] != standup.Primary || got["chidi"] != standup.Secondary {
			t.Errorf("running: %v", got)
		}
		must[ritual.View](t)(h.rituals.Attend(h.as(h.worker), id, ritual.Attendance{PersonID: h.worker.PersonID, State: standup.Here}))
		gone := h.person("gone", "worker")
		if err := store.Do(t.Context(), b.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec("UPDATE people SET disabled_at = 1 WHERE id = ?", gone.PersonID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		h.calm("somebody who has left", "invalid", func() error {
			_, err := h.rituals.Attend(h.as(h.worker), id, ritual.Attendance{PersonID: gone.PersonID, State: standup.Here})
			return err
		})
		must[ritual.View](t)(h.rituals.End(h.as(h.worker), id))
		b.Clock.Advance(2 * time.Hour) // they are on call no more
		held := must[[]ritual.PastSitting](t)(h.rituals.Held(h.as(h.lead), id))
		if got := duty(held[0].People); got["bo"] != standup.Primary || got["chidi"] != standup.Secondary {
			t.Errorf("held: %v", got)
		}
		told := must[ritual.Summary](t)(h.rituals.SummaryOf(h.as(h.lead), held[0].ID)).Markdown
		if !strings.Contains(told, "on call: bo (first)") || !strings.Contains(told, " (Europe/Berlin)\n") {
			t.Errorf("told:\n%s", told)
		}
	})
}
