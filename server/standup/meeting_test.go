package standup_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/standup"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

func isCode(err error, code string) bool { return fault.Is(err, code) }

func TestStandup_FromStartToEnd(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		fire := h.card(1, card.NewCard{Title: "Checkout answers 502", Class: board.Expedite})
		stuck := h.card(2, card.NewCard{Title: "Shard the sessions"})
		h.block(stuck)
		calm := h.card(1, card.NewCard{Title: "Flags survive a failover"})
		v := h.start()
		if v.Meeting == nil || v.Meeting.State != standup.Running || v.Series.Name != "Delivery standup" || v.Meeting.Driver.Name != "bo" || v.Meeting.BoxSeconds != 900 {
			t.Fatalf("started: %+v %+v", v.Series, v.Meeting)
		}
		var walked []string
		for _, p := range v.Meeting.Steps {
			walked = append(walked, p.Kind+p.Reason+p.CardID)
		}
		if want := []string{"brief", "cardexpedite" + fire.ID, "cardblocked" + stuck.ID, "healthy", "anything"}; !slices.Equal(walked, want) {
			t.Errorf("walked %v", walked)
		}
		if !slices.Equal(v.Meeting.Healthy, []string{calm.ID}) || v.Meeting.Steps[0].ShownAt == nil || v.Meeting.Steps[1].ShownAt != nil {
			t.Errorf("healthy: %v, steps: %+v", v.Meeting.Healthy, v.Meeting.Steps)
		}
		id := v.Series.ID
		b.Clock.Advance(time.Minute)
		v = must[standup.View](t)(h.standups.Advance(h.as(h.lead), id, 0, 1, false))
		if v.Meeting.At != 1 || v.Meeting.Steps[1].ShownAt == nil || v.Meeting.Driver.Name != "bo" {
			t.Errorf("advanced: %+v", v.Meeting)
		}
		v = must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 1, 2, true))
		if !v.Meeting.Steps[1].Skipped {
			t.Error("passed over and not said so")
		}
		v = must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 2, 1, true))
		if v = must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 1, 3, false)); v.Meeting.Steps[1].Skipped || v.Meeting.Steps[2].Skipped {
			t.Error("come back to, and still passed over; or going back passed over")
		}
		v = must[standup.View](t)(h.standups.Drive(h.as(h.lead), id))
		v = must[standup.View](t)(h.standups.Healthy(h.as(h.lead), id, true))
		v = must[standup.View](t)(h.standups.Box(h.as(h.lead), id, 20))
		if v.Meeting.Driver.Name != "ana" || !v.Meeting.HealthyOpen || v.Meeting.BoxSeconds != 1200 || v.Series.BoxMinutes != 15 {
			t.Errorf("driven: %+v", v.Meeting)
		}
		b.Clock.Advance(9*time.Minute + time.Second)
		v = must[standup.View](t)(h.standups.Finish(h.as(h.worker), id))
		if v.Meeting != nil || v.Last == nil || v.Last.Minutes != 11 {
			t.Errorf("nothing is parked, so it is over: %+v %+v", v.Meeting, v.Last)
		}
		again := must[standup.View](t)(h.standups.End(h.as(h.worker), id))
		if again.Seq != v.Seq {
			t.Error("ended twice")
		}
		want := []string{"standup.started", "standup.advanced", "standup.advanced", "standup.advanced", "standup.advanced", "standup.driven", "standup.healthy_shown", "standup.box_set", "standup.ended"}
		if got := h.told(id); !slices.Equal(got, want) {
			t.Errorf("told %v", got)
		}
		if next := h.start(); next.Meeting == nil || next.Series.ID != id || next.Meeting.ID == v.Last.ID {
			t.Error("the series goes on")
		}
	})
}

// What is announced is the view of everybody, at its own sequence; the brief is in the first only.
func TestStandup_EventsCarryTheView(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.card(1, card.NewCard{Title: "A"})
		id := h.start().Series.ID
		v := must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 0, 1, false))
		events := must[[]event.Event](t)(b.Store.Events(t.Context(), event.StandupTopic(id), 0, 0))
		for i, e := range events {
			var data struct{ View standup.View }
			if err := json.Unmarshal(e.Data, &data); err != nil || data.View.Seq != e.Seq {
				t.Fatalf("%s: %v, sequence %d of %d", e.Type, err, data.View.Seq, e.Seq)
			}
			if has := data.View.Meeting.Brief != nil; has != (i == 0) {
				t.Errorf("%s holds the brief: %v", e.Type, has)
			}
			if bytes.Contains(e.Data, []byte("example.test")) {
				t.Error("an address in an event")
			}
		}
		brief := v.Meeting.Brief
		v.Meeting.Brief = nil
		answered, _ := json.Marshal(map[string]any{"view": v})
		if !bytes.Equal(answered, events[1].Data) {
			t.Errorf("answered %s\nannounced %s", answered, events[1].Data)
		}
		v.Meeting.Brief = brief
		for _, as := range []who.Viewer{h.lead, h.worker, {DeviceID: "dev_1", TeamID: h.team, Role: who.Device}} {
			read, _ := json.Marshal(must[standup.View](t)(h.standups.Get(h.as(as), id)))
			if whole, _ := json.Marshal(v); !bytes.Equal(read, whole) {
				t.Errorf("%s reads %s\nnot %s", as.Name, read, whole)
			}
		}
	})
}

func TestStandup_TwoAtOnce(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		for range 5 {
			h.block(h.card(1, card.NewCard{Title: "A"}))
		}
		both := func(do func(v who.Viewer) (standup.View, error)) (out [2]standup.View) {
			var wg sync.WaitGroup
			var errs [2]error
			for i, v := range []who.Viewer{h.lead, h.worker} {
				wg.Go(func() { out[i], errs[i] = do(v) })
			}
			wg.Wait()
			for _, err := range errs {
				if err != nil {
					t.Fatal(err)
				}
			}
			return out
		}
		started := both(func(v who.Viewer) (standup.View, error) { return h.standups.Start(h.as(v), h.l.ID, "") })
		if started[0].Meeting.ID != started[1].Meeting.ID || started[0].Series.ID != started[1].Series.ID || h.count("SELECT COUNT(*) FROM standup_meetings") != 1 ||
			h.count("SELECT COUNT(*) FROM standup_series") != 1 {
			t.Fatalf("two meetings: %+v %+v", started[0].Series, started[1].Series)
		}
		id := started[0].Series.ID
		for from := range 5 {
			for _, v := range both(func(v who.Viewer) (standup.View, error) { return h.standups.Advance(h.as(v), id, from, from+1, false) }) {
				if v.Meeting.At != from+1 {
					t.Errorf("both pressed next on %d: now on %d", from, v.Meeting.At)
				}
			}
		}
		both(func(v who.Viewer) (standup.View, error) { return h.standups.End(h.as(v), id) })
		if got := h.told(id); len(got) != 7 {
			t.Errorf("told %v", got)
		}
		// one that comes late says where the meeting is, also when it is over
		if v := must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 2, 3, false)); v.Meeting != nil {
			t.Errorf("over, and at %d", v.Meeting.At)
		}
	})
}

func TestStandup_HelpIsToldOnce(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		c := h.card(1, card.NewCard{Title: "A"})
		h.block(c)
		eli := h.person("eli", "worker")
		id := h.start().Series.ID
		v := must[standup.View](t)(h.standups.Help(h.as(h.worker), id, c.Key, eli.PersonID))
		if got := names(stepOf(v, c.ID).Helpers); !slices.Equal(got, []string{"eli"}) {
			t.Errorf("helpers: %v", got)
		}
		again := must[standup.View](t)(h.standups.Help(h.as(h.lead), id, c.ID, eli.PersonID))
		if again.Seq != v.Seq {
			t.Error("the same again is announced")
		}
		v = must[standup.View](t)(h.standups.Unhelp(h.as(h.worker), id, c.ID, eli.PersonID))
		if len(stepOf(v, c.ID).Helpers) != 0 {
			t.Error("taken back, and still helps")
		}
		must[standup.View](t)(h.standups.Help(h.as(h.worker), id, c.ID, eli.PersonID))
		d, _, err := h.cards.Detail(h.as(eli), c.ID)
		if err != nil || len(d.Comments) != 1 || d.Comments[0].Text != "In the standup: eli helps with this." || d.Comments[0].AuthorID != h.worker.PersonID {
			t.Errorf("comments: %+v %v", d.Comments, err)
		}
		if n := h.count("SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%standup.helped%'"); n != 1 {
			t.Errorf("told %d times", n)
		}
		if n := h.count("SELECT COUNT(*) FROM watchers WHERE person_id = ?", eli.PersonID); n != 1 {
			t.Errorf("watches %d times", n)
		}
		if wrong := must[[]string](t)(card.WrongFaces(b.Store.Rows(t.Context()), h.l.RID)); len(wrong) > 0 {
			t.Errorf("faces that do not agree with the tables: %v", wrong)
		}
	})
}

func TestStandup_ParkedComesBackAndIsSettled(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		c := h.card(1, card.NewCard{Title: "A"})
		id := h.start().Series.ID
		must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Who owns the  test database?", PersonIDs: []string{h.lead.PersonID, h.lead.PersonID}}))
		must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{CardID: c.ID}))
		v := must[standup.View](t)(h.standups.Finish(h.as(h.worker), id))
		if v.Meeting == nil || v.Meeting.State != standup.Sixteenth || len(v.Parked) != 2 {
			t.Fatalf("the sixteenth minute: %+v", v)
		}
		if p := v.Parked[0]; p.Text != "Who owns the test database?" || len(p.People) != 1 || p.By.Name != "bo" || p.Days != 0 {
			t.Errorf("parked: %+v", p)
		}
		if p := v.Parked[1]; p.CardKey != c.Key || p.CardTitle != "A" {
			t.Errorf("parked: %+v", p)
		}
		if back := must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 0, 0, false)); back.Meeting.State != standup.Running {
			t.Error("no way back to the walk")
		}
		must[standup.View](t)(h.standups.Finish(h.as(h.worker), id))
		must[standup.View](t)(h.standups.End(h.as(h.worker), id))
		b.Clock.Advance(24 * time.Hour)
		v = h.start()
		if len(v.Parked) != 2 || v.Parked[0].Days != 1 || v.Meeting.Brief.Parked != 2 {
			t.Fatalf("the next day: %+v", v.Parked)
		}
		v = must[standup.View](t)(h.standups.Settle(h.as(h.worker), v.Parked[0].ID, standup.Settlement{Outcome: standup.AsCard, Note: "Ask Mara."}))
		p := v.Parked[0]
		d, _, err := h.cards.Detail(h.as(h.worker), p.OutcomeKey)
		if err != nil || p.Outcome != standup.AsCard || d.Card.Title != p.Text || d.Card.ColumnID != h.l.Columns[0].ID || !bytes.Contains([]byte(d.Card.Description), []byte("Ask Mara.")) {
			t.Errorf("a card: %+v %+v %v", p, d.Card, err)
		}
		h.calm("settled again", "settled", func() error {
			_, err := h.standups.Settle(h.as(h.worker), p.ID, standup.Settlement{Outcome: standup.AsDone})
			return err
		})
		v = must[standup.View](t)(h.standups.Reopen(h.as(h.lead), p.ID))
		if v.Parked[0].Outcome != "" || v.Parked[0].OutcomeKey != "" {
			t.Errorf("open again: %+v", v.Parked[0])
		}
		must[standup.View](t)(h.standups.Settle(h.as(h.worker), p.ID, standup.Settlement{Outcome: standup.AsDone}))
		v = must[standup.View](t)(h.standups.Settle(h.as(h.worker), v.Parked[1].ID, standup.Settlement{Outcome: standup.AsMeeting}))
		if len(v.Parked) != 2 {
			t.Errorf("settled in this meeting, so still shown: %+v", v.Parked)
		}
		if v = must[standup.View](t)(h.standups.Finish(h.as(h.worker), id)); v.Meeting != nil || len(v.Parked) != 0 {
			t.Errorf("nothing waits, so it is over: %+v", v)
		}
	})
}

// The card that something parked becomes is admitted like every other; where it is refused nothing is settled.
func TestStandup_AHardLimitRefusesTheCard(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		for column, mode := range []string{board.Hard, board.Reason} {
			if _, err := h.boards.ChangeColumn(h.as(h.lead), h.l.Columns[column].ID, board.ColumnPatch{Wip: &board.WipPatch{Mode: &mode, Max: web.Some(1)}}); err != nil {
				t.Fatal(err)
			}
			h.card(column, card.NewCard{Title: "Fills it"})
		}
		id := h.start().Series.ID
		item := must[standup.View](t)(h.standups.Park(h.as(h.worker), id, standup.NewParked{Text: "Later"})).Parked[0].ID
		for _, x := range []struct {
			code string
			n    standup.Settlement
		}{
			{"wip_limit", standup.Settlement{Outcome: standup.AsCard}},
			{"reason_required", standup.Settlement{Outcome: standup.AsCard, ColumnID: h.l.Columns[1].ID}},
			{"invalid", standup.Settlement{Outcome: standup.AsCard, ColumnID: "col_0000000000000000"}},
			{"invalid", standup.Settlement{Outcome: "gone"}},
		} {
			h.calm("a card that may not enter", x.code, func() error { _, err := h.standups.Settle(h.as(h.worker), item, x.n); return err })
		}
		v := must[standup.View](t)(h.standups.Settle(h.as(h.worker), item, standup.Settlement{Outcome: standup.AsCard, ColumnID: h.l.Columns[1].ID, Reason: "It is on fire"}))
		if v.Parked[0].OutcomeKey == "" {
			t.Error("with a reason it may")
		}
	})
}

func TestStandup_ThatNobodyTouchesEnds(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.card(1, card.NewCard{Title: "A"})
		first := h.start()
		b.Clock.Advance(10 * time.Minute)
		must[standup.View](t)(h.standups.Advance(h.as(h.worker), first.Series.ID, 0, 1, false))
		b.Clock.Advance(119 * time.Minute)
		if h.get(first.Series.ID).Meeting == nil {
			t.Fatal("too early")
		}
		b.Clock.Advance(time.Minute)
		v := must[standup.View](t)(h.standups.Get(h.as(who.Viewer{DeviceID: "dev_1", TeamID: h.team}), first.Series.ID))
		if v.Meeting != nil || v.Last == nil || v.Last.Minutes != 10 {
			t.Fatalf("nobody touched it for two hours: %+v %+v", v.Meeting, v.Last)
		}
		second := h.start()
		b.Clock.Advance(3 * time.Hour)
		if third := h.start(); third.Meeting.ID == second.Meeting.ID {
			t.Error("the start took the old meeting for the new one")
		}
		if got := h.told(first.Series.ID); !slices.Equal(got, []string{"standup.started", "standup.advanced", "standup.ended", "standup.started", "standup.ended", "standup.started"}) {
			t.Errorf("told %v", got)
		}
	})
}

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
		minus, version := -1, int64(77)
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
				_, err := h.standups.Attend(h.as(h.worker), id, standup.Attendance{Core: &minus})
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
				_, err := h.standups.Change(h.as(h.lead), id, standup.Patch{Schedule: web.Some(standup.Schedule{})})
				return err
			}},
			"no address": {"invalid", func() error {
				_, err := h.standups.Change(h.as(h.lead), id, standup.Patch{MeetingURL: web.Some("javascript:alert(1)")})
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
		p := standup.Patch{Name: &name, PanelInches: &inches, DistanceM: &metres, MeetingURL: web.Some("https://meet.example/pay"),
			Schedule: web.Some(standup.Schedule{Days: []int{1, 2, 3, 4, 5}, At: "10:30", TimeZone: "Europe/Berlin"}), Version: &v.Series.Version}
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
		v = must[standup.View](t)(h.standups.Change(h.as(h.lead), s.ID, standup.Patch{Schedule: web.Null[standup.Schedule](), MeetingURL: web.Null[string]()}))
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
			return out
		}
		if got := seen(h.get(id)); !slices.Equal(got, []string{"kai liaison away"}) {
			t.Errorf("expected: %v", got)
		}
		b.Clock.Advance(time.Second)
		must[standup.View](t)(h.standups.Join(h.as(h.lead), id))
		v := must[standup.View](t)(h.standups.Attend(h.as(h.worker), id, standup.Attendance{PersonID: kai.PersonID, State: standup.Here}))
		if got := seen(v); !slices.Equal(got, []string{"kai liaison here", "ana core joined"}) || v.Meeting.Attendance.Core != 1 {
			t.Errorf("there: %v, %d", got, v.Meeting.Attendance.Core)
		}
		heads := 6
		if v = must[standup.View](t)(h.standups.Attend(h.as(h.worker), id, standup.Attendance{Core: &heads})); v.Meeting.Attendance.Core != 6 {
			t.Errorf("counted: %d", v.Meeting.Attendance.Core)
		}
		if calm := must[standup.View](t)(h.standups.Join(h.as(h.lead), id)); calm.Seq != v.Seq {
			t.Error("joined twice")
		}
	})
}
