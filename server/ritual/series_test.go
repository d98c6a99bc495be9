package ritual_test

import (
	"slices"
	"strings"
	"testing"

	"trestle/server/event"
	"trestle/server/ritual"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func TestSeries_SetUpChangeAndPutAway(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		outsider, watcher := h.person("out", ""), h.person("vic", "viewer")
		set := func(v who.Viewer, n ritual.NewSeries) func() error {
			return func() error { _, err := h.rituals.Create(h.as(v), n); return err }
		}
		plain := ritual.NewSeries{BoardID: h.l.ID, Kind: ritual.Demo}
		h.calm("set up by a worker", "forbidden", set(h.worker, plain))
		h.calm("set up from outside", "not_found", set(outsider, plain))
		h.calm("set up nowhere", "not_found", set(h.lead, ritual.NewSeries{BoardID: "brd_0000000000000000", Kind: ritual.Demo}))
		h.calm("a kind that is none", "invalid", set(h.lead, ritual.NewSeries{BoardID: h.l.ID, Kind: "party"}))
		h.calm("a schedule without days", "invalid", set(h.lead, ritual.NewSeries{BoardID: h.l.ID, Kind: ritual.Demo, Schedule: &ritual.Schedule{At: "10:00", TimeZone: "UTC"}}))
		h.calm("an address that is none", "invalid", set(h.lead, ritual.NewSeries{BoardID: h.l.ID, Kind: ritual.Demo, MeetingURL: "javascript:alert(1)"}))

		every := ritual.Schedule{Days: []int{4, 2}, At: "14:00", TimeZone: "Europe/Berlin", EveryWeeks: 2, From: "2026-03-12"}
		v := must[ritual.View](t)(h.rituals.Create(h.as(h.lead), ritual.NewSeries{BoardID: h.l.ID, Kind: ritual.Demo, Schedule: &every}))
		if v.Series.Name != "Delivery demo" || v.Series.BoxMinutes != 30 || v.Series.NextAt == nil || v.Series.NextAt.Format("01-02 15:04") != "03-10 13:00" || !slices.Equal(v.Series.Schedule.Days, []int{2, 4}) {
			t.Errorf("it begins as %+v", v.Series)
		}
		id := v.Series.ID
		h.calm("a second one of its kind", "exists", set(h.lead, plain))
		change := func(v who.Viewer, id string, p ritual.Patch) func() error {
			return func() error { _, err := h.rituals.Change(h.as(v), id, p); return err }
		}
		name, empty, old := "Show and tell", "  ", int64(9)
		h.calm("changed by a worker", "forbidden", change(h.worker, id, ritual.Patch{Name: &name}))
		h.calm("changed from outside", "not_found", change(outsider, id, ritual.Patch{Name: &name}))
		h.calm("changed and absent", "not_found", change(h.lead, "rit_0000000000000000", ritual.Patch{Name: &name}))
		h.calm("without a name", "invalid", change(h.lead, id, ritual.Patch{Name: &empty}))
		h.calm("of old", "stale", change(h.lead, id, ritual.Patch{Version: &old}))
		v = must[ritual.View](t)(h.rituals.Change(h.as(h.lead), id, ritual.Patch{Name: &name, Schedule: web.Null[ritual.Schedule](), MeetingURL: web.Some("https://meet.example/x")}))
		if v.Series.Name != name || v.Series.Schedule != nil || v.Series.NextAt != nil || v.Series.MeetingURL == "" || v.Series.Version != 2 {
			t.Errorf("changed it is %+v", v.Series)
		}
		if again := must[ritual.View](t)(h.rituals.Change(h.as(h.lead), id, ritual.Patch{Name: &name})); again.Seq != v.Seq || again.Series.Version != 2 {
			t.Error("the same again announced something")
		}
		if n := len(must[[]ritual.RitualItem](t)(h.rituals.List(h.as(watcher), ritual.Which{TeamID: h.team}))); n != 1 {
			t.Errorf("the team has %d", n)
		}
		if n := len(must[[]ritual.RitualItem](t)(h.rituals.List(h.as(outsider), ritual.Which{}))); n != 0 {
			t.Errorf("somebody from outside sees %d", n)
		}
		if n := h.count("SELECT COUNT(*) FROM side_topics WHERE topic = ?", event.RitualTopic(id)); n != 1 {
			t.Errorf("%d lines say who may follow it", n)
		}
		if err := h.rituals.CanListen(t.Context(), watcher, id); err != nil {
			t.Error(err)
		}

		h.calm("put away by a worker", "forbidden", func() error { _, err := h.rituals.Archive(h.as(h.worker), id); return err })
		if v := must[ritual.View](t)(h.rituals.Archive(h.as(h.lead), id)); v.Series.ArchivedAt == nil {
			t.Error("it was not put away")
		}
		h.calm("changed though away", "archived", change(h.lead, id, ritual.Patch{Name: &name}))
		if next := h.series(ritual.Demo); next.Series.ID == id || len(must[[]ritual.RitualItem](t)(h.rituals.List(h.as(h.lead), ritual.Which{BoardID: h.l.ID}))) != 1 {
			t.Error("a new one took not its place")
		}
		back := func(v who.Viewer) func() error {
			return func() error { _, err := h.rituals.Restore(h.as(v), id); return err }
		}
		h.calm("brought back by a worker", "forbidden", back(h.worker))
		h.calm("brought back from outside", "not_found", back(outsider))
		h.calm("brought back beside another", "exists", back(h.lead))
		other := must[[]ritual.RitualItem](t)(h.rituals.List(h.as(h.lead), ritual.Which{BoardID: h.l.ID}))[0].ID
		must[ritual.View](t)(h.rituals.Archive(h.as(h.lead), other))
		if n := len(must[[]ritual.RitualItem](t)(h.rituals.List(h.as(watcher), ritual.Which{Away: true}))); n != 2 {
			t.Errorf("%d were put away", n)
		}
		if n := len(must[[]ritual.RitualItem](t)(h.rituals.List(h.as(outsider), ritual.Which{Away: true}))); n != 0 {
			t.Errorf("somebody from outside sees %d that were put away", n)
		}
		if v := must[ritual.View](t)(h.rituals.Restore(h.as(h.lead), id)); v.Series.ArchivedAt != nil || v.Series.Name != name {
			t.Errorf("brought back it is %+v", v.Series)
		}
		if err := back(h.lead)(); err != nil {
			t.Error(err)
		}
		if got := strings.Join(h.told(id), " "); got != "ritual.created ritual.updated ritual.archived ritual.restored" {
			t.Error(got)
		}
	})
}
