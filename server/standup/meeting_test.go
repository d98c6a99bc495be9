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
		if v.Meeting.At != 1 || v.Meeting.Steps[1].ShownAt == nil || v.Meeting.Driver.Name != "ana" {
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
		if v.Meeting != nil || v.Last == nil || v.Last.Minutes != 10 {
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
		if got := h.told(id); len(got) != 8 { // with the join of the one who started it second
			t.Errorf("told %v", got)
		}
		// one that comes late says where the meeting is, also when it is over
		if v := must[standup.View](t)(h.standups.Advance(h.as(h.worker), id, 2, 3, false)); v.Meeting != nil {
			t.Errorf("over, and at %d", v.Meeting.At)
		}
	})
}

// The card that something parked becomes is admitted like every other; where it is refused nothing is settled.

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
