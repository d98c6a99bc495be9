package standup_test

import (
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/standup"
	"trestle/server/team"
	"trestle/server/trestletest"
	opt "trestle/server/web"
	"trestle/server/who"
)

func TestStandup_RefusesAndChangesNothing(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		c := h.card(1, card.NewCard{Title: "A"})
		h.block(c)
		outsider, watcher := h.person("out", ""), h.person("vic", "viewer")
		far := trestletest.Team(t, b.Store, "FAR")
		trestletest.Join(t, b.Store, far, outsider, "lead")
		other := must[*board.Layout](t)(h.boards.Create(h.as(outsider), board.NewBoard{TeamID: far, Name: "Far", Visibility: "team"}))
		foreign := must[card.Changed](t)(h.cards.Create(h.as(outsider), other.ID, card.NewCard{Title: "B", ColumnID: other.Columns[0].ID})).Card
		h.calm("a start by a viewer", "forbidden", func() error { _, err := h.standups.Start(h.as(watcher), h.l.ID, ""); return err })
		h.calm("a start from outside", "not_found", func() error { _, err := h.standups.Start(h.as(outsider), h.l.ID, ""); return err })
		h.calm("a start of nothing", "invalid", func() error { _, err := h.standups.Start(h.as(h.worker), "", ""); return err })
		h.calm("a start of a series that is not", "not_found", func() error { _, err := h.standups.Start(h.as(h.worker), "", "std_0000000000000000"); return err })
		h.calm("set up by a worker", "forbidden", func() error { _, err := h.standups.SetUp(h.as(h.worker), h.l.ID); return err })
		id := must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID)).Series.ID
		h.calm("the remote of no meeting", "no_meeting", func() error { _, err := h.standups.Drive(h.as(h.worker), id); return err })
		h.calm("to join no meeting", "no_meeting", func() error { _, err := h.standups.Join(h.as(h.worker), id); return err })
		h.start()
		minus, version := -501, int64(77)
		for what, x := range map[string]struct {
			code string
			do   func() error
		}{
			"a step that is not":      {"invalid", func() error { _, err := h.standups.Advance(h.as(h.worker), id, 0, 9, false); return err }},
			"a step before the first": {"invalid", func() error { _, err := h.standups.Advance(h.as(h.worker), id, 0, -1, false); return err }},
			"a viewer's next":         {"forbidden", func() error { _, err := h.standups.Advance(h.as(watcher), id, 0, 1, false); return err }},
			"an outsider's next":      {"not_found", func() error { _, err := h.standups.Advance(h.as(outsider), id, 0, 1, false); return err }},
			"an outsider's look":      {"not_found", func() error { _, err := h.standups.Get(h.as(outsider), id); return err }},
			"a box of nothing":        {"invalid", func() error { _, err := h.standups.Box(h.as(h.worker), id, 0); return err }},
			"help with a far card":    {"not_found", func() error { _, err := h.standups.Help(h.as(h.worker), id, foreign.ID, h.worker.PersonID); return err }},
			"help by an outsider":     {"invalid", func() error { _, err := h.standups.Help(h.as(h.worker), id, c.ID, outsider.PersonID); return err }},
			"help by nobody":          {"invalid", func() error { _, err := h.standups.Help(h.as(h.worker), id, c.ID, ""); return err }},
			"no help taken back":      {"not_found", func() error { _, err := h.standups.Unhelp(h.as(h.worker), id, c.ID, h.lead.PersonID); return err }},
			"nothing parked":          {"invalid", func() error { _, err := h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "  "}); return err }},
			"a far card parked": {"not_found", func() error {
				_, err := h.standups.Park(h.as(h.worker), id, standup.NewParked{CardID: foreign.Key})
				return err
			}},
			"an outsider stays": {"invalid", func() error {
				_, err := h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "x", PersonIDs: []string{outsider.PersonID}})
				return err
			}},
			"heads below none": {"invalid", func() error {
				_, err := h.standups.Attend(h.as(h.worker), id, standup.Attendance{CoreBy: minus})
				return err
			}},
			"neither heads nor person": {"invalid", func() error { _, err := h.standups.Attend(h.as(h.worker), id, standup.Attendance{}); return err }},
			"there in another way": {"invalid", func() error {
				_, err := h.standups.Attend(h.as(h.worker), id, standup.Attendance{PersonID: h.lead.PersonID, State: "asleep"})
				return err
			}},
			"a screen joins": {"forbidden", func() error {
				_, err := h.standups.Join(h.as(who.Viewer{DeviceID: "dev_1", TeamID: h.team}), id)
				return err
			}},
			"settings by a worker": {"forbidden", func() error { _, err := h.standups.Change(h.as(h.worker), id, standup.Patch{}); return err }},
			"settings of old": {"stale", func() error {
				_, err := h.standups.Change(h.as(h.lead), id, standup.Patch{Version: &version})
				return err
			}},
			"no schedule": {"invalid", func() error {
				_, err := h.standups.Change(h.as(h.lead), id, standup.Patch{Schedule: opt.Some(standup.Schedule{})})
				return err
			}},
			"no address": {"invalid", func() error {
				_, err := h.standups.Change(h.as(h.lead), id, standup.Patch{MeetingURL: opt.Some("javascript:alert(1)")})
				return err
			}},
			"an item that is not": {"not_found", func() error {
				_, err := h.standups.Settle(h.as(h.worker), "prk_0000000000000000", standup.Settlement{Outcome: standup.AsDone})
				return err
			}},
		} {
			h.calm(what, x.code, x.do)
		}
	})
}

func TestStandup_SettingsAndSchedule(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		v := must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID))
		if again := must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID)); again.Series.ID != v.Series.ID || again.Seq != 0 {
			t.Errorf("set up twice: %+v", again)
		}
		name, inches, metres := "Morning round", 65, 3.5
		p := standup.Patch{Name: &name, PanelInches: &inches, DistanceM: &metres, MeetingURL: opt.Some("https://meet.example/pay"),
			Schedule: opt.Some(standup.Schedule{Days: []int{1, 2, 3, 4, 5}, At: "10:30", TimeZone: "Europe/Berlin"}), Version: &v.Series.Version}
		v = must[standup.View](t)(h.standups.Change(h.as(h.lead), v.Series.ID, p))
		s := v.Series
		if s.Name != name || s.PanelInches != 65 || s.DistanceM != 3.5 || s.MeetingURL == "" || s.Version != 2 || s.NextAt == nil || s.NextAt.Format("02 15:04") != "02 09:30" {
			t.Errorf("changed: %+v", s)
		}
		if calm := must[standup.View](t)(h.standups.Change(h.as(h.lead), s.ID, standup.Patch{Name: &name})); calm.Seq != v.Seq {
			t.Error("the same again is announced")
		}
		h.start()
		items := must[[]standup.Entry](t)(h.standups.List(h.as(h.worker), h.l.ID))
		if len(items) != 1 || items[0].State != standup.Running || !items[0].CanDrive || items[0].CanLead || items[0].NextAt.Format("02 15:04") != "03 09:30" {
			t.Errorf("listed: %+v", items)
		}
		v = must[standup.View](t)(h.standups.Change(h.as(h.lead), s.ID, standup.Patch{Schedule: opt.Null[standup.Schedule](), MeetingURL: opt.Null[string]()}))
		if v.Series.Schedule != nil || v.Series.NextAt != nil || v.Series.MeetingURL != "" {
			t.Errorf("cleared: %+v", v.Series)
		}
	})
}

func TestStandup_WhoIsThere(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		kai := h.person("kai", "")
		trestletest.Liaise(t, b.Store, h.team, kai)
		id := h.start().Series.ID
		seen := func(v standup.View) (out []string) {
			for _, p := range v.Meeting.Attendance.People {
				out = append(out, p.Name+" "+p.Role+" "+p.State)
			}
			slices.Sort(out)
			return out
		}
		if got := seen(h.get(id)); !slices.Equal(got, []string{"bo core joined", "kai liaison away"}) {
			t.Errorf("expected: %v", got)
		}
		b.Clock.Advance(time.Second)
		must[standup.View](t)(h.standups.Join(h.as(h.lead), id))
		v := must[standup.View](t)(h.standups.Attend(h.as(h.worker), id, standup.Attendance{PersonID: kai.PersonID, State: standup.Here}))
		if got := seen(v); !slices.Equal(got, []string{"ana core joined", "bo core joined", "kai liaison here"}) || v.Meeting.Attendance.Core != 2 {
			t.Errorf("there: %v, %d", got, v.Meeting.Attendance.Core)
		}
		more := func(v who.Viewer, n int) standup.View {
			t.Helper()
			return must[standup.View](t)(h.standups.Attend(h.as(v), id, standup.Attendance{CoreBy: n}))
		}
		var wg sync.WaitGroup
		for _, as := range []who.Viewer{h.worker, h.lead} { // two who count at once
			wg.Go(func() {
				if _, err := h.standups.Attend(h.as(as), id, standup.Attendance{CoreBy: 1}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if v = h.get(id); v.Meeting.Attendance.Core != 4 || v.Meeting.Attendance.Heads != 2 {
			t.Errorf("two counted one each: %+v", v.Meeting.Attendance)
		}
		seq := v.Seq
		if v = more(h.worker, -7); v.Meeting.Attendance.Core != 2 || v.Meeting.Attendance.Heads != 0 {
			t.Errorf("no fewer than those who are named: %+v", v.Meeting.Attendance)
		}
		if again := more(h.worker, -1); again.Seq != seq+1 {
			t.Error("nobody less is announced")
		}
		// the exception: ana has gone, and comes back by what she does
		if v = must[standup.View](t)(h.standups.Attend(h.as(h.worker), id, standup.Attendance{PersonID: h.lead.PersonID, State: standup.Away})); v.Meeting.Attendance.Core != 1 {
			t.Errorf("gone: %+v", v.Meeting.Attendance)
		}
		if v = must[standup.View](t)(h.standups.Advance(h.as(h.lead), id, 0, 1, false)); v.Meeting.Attendance.Core != 2 || v.Meeting.Driver.Name != "ana" {
			t.Errorf("whoever presses is there and drives: %+v, %+v", v.Meeting.Attendance, v.Meeting.Driver)
		}
		if calm := must[standup.View](t)(h.standups.Join(h.as(h.lead), id)); calm.Seq != v.Seq {
			t.Error("joined twice")
		}
	})
}

// Who may see the board no longer may not follow its standup either: each node asks again.
func TestStandup_AChangeOfAccessReachesItsListeners(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		accounts := account.New(b.Store, account.Config{Log: slog.New(slog.DiscardHandler)})
		teams := team.New(b.Store, accounts)
		id := must[standup.View](t)(h.standups.SetUp(h.as(h.lead), h.l.ID)).Series.ID
		epoch := func() int {
			return h.count("SELECT COALESCE(MAX(acl_epoch), 0) FROM topics WHERE id = ?", event.StandupTopic(id))
		}
		before := epoch()
		rises := func(what string, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			if now := epoch(); now <= before {
				t.Errorf("%s: nobody is asked again", what)
			} else {
				before = now
			}
		}
		_, err := teams.SetMember(h.as(h.lead), h.team, h.worker.PersonID, team.Viewer)
		rises("another role", err)
		rises("out of the team", teams.RemoveMember(h.as(h.lead), h.team, h.worker.PersonID))
		open := board.Workspace
		_, err = h.boards.Change(h.as(h.lead), h.l.ID, board.Patch{Visibility: &open})
		rises("another visibility", err)
		admin := trestletest.Person(t, b.Store, "mara", who.Admin)
		guest := who.Guest
		_, err = accounts.ChangePerson(h.as(admin), h.worker.PersonID, account.PersonPatch{Role: &guest})
		rises("another role in the workspace", err)
		if err := h.standups.CanListen(t.Context(), h.worker, id); !isCode(err, "not_found") {
			t.Errorf("out, and a guest, and may follow: %v", err)
		}
	})
}
