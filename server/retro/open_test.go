package retro_test

import (
	"strings"
	"testing"
	"time"

	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/retro"
	"trestle/server/trestletest"
)

// jobs gives the payloads of what of a kind waits in the outbox.
func (h *house) jobs(kind string) (out []string) {
	h.t.Helper()
	if err := h.b.Store.Rows(h.t.Context()).Each(func(scan func(...any) error) error {
		var payload string
		err := scan(&payload)
		out = append(out, payload)
		return err
	}, "SELECT payload FROM outbox WHERE kind = ?", kind); err != nil {
		h.t.Fatal(err)
	}
	return out
}

// Notes are collected over days: each sees only their own and how many there are, nobody leaves a trace by coming, a
// day before the end all are reminded, and who leads begins the meeting.
func TestRetro_Open(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		until := b.Clock.Now().Add(72 * time.Hour)
		v := h.do(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: "ops_integration", OpensUntil: &until}))
		id := v.Retro.ID
		if v.Retro.Phase != retro.Collect || !v.Retro.OpensUntil.Equal(until) || v.Retro.Timer.EndsAt != nil || v.Retro.Next != retro.ReviewActions {
			t.Fatalf("begun: %+v", v.Retro)
		}
		before := len(h.events(id))
		h.do(h.retros.Join(h.as(h.bo), id))
		h.do(h.retros.JoinByCode(h.as(h.kai), v.Retro.Code))
		if n := len(h.events(id)); n != before || len(h.get(h.bo, id).People) != 1 {
			t.Errorf("who comes leaves a trace: %d events, %+v", n-before, h.get(h.bo, id).People)
		}
		h.write(h.bo, id, "waited", "Three days for a port", "And for a name")
		h.write(h.kai, id, "surprised", "The migration")
		v = h.get(h.bo, id)
		if len(v.Notes) != 2 || len(texts(v)) != 2 || *v.Collected != (retro.Collected{People: 2, Notes: 3}) || v.Me.NotesRemaining != 38 || v.Me.CanTakeOver || v.People[0].Here {
			t.Errorf("bo sees %+v %+v %+v", v.Notes, v.Collected, v.Me)
		}
		mine := noteOf(v, "And for a name")
		h.do(h.retros.ChangeNote(h.as(h.bo), mine.ID, retro.NotePatch{Text: ptr("And for an owner")}))
		if v := h.get(h.ana, id); len(v.Notes) != 0 || v.Me.Quiet != nil || v.Collected.Notes != 3 {
			t.Errorf("who leads sees %+v %+v", v.Notes, v.Collected)
		}

		// what does not belong here, or not to them
		h.refused("forbidden", id, func() (retro.View, error) {
			return h.retros.ChangeNote(h.as(h.kai), mine.ID, retro.NotePatch{Text: ptr("x")})
		})
		h.refused("forbidden", id, func() (retro.View, error) { return h.retros.AddNote(h.as(h.vic), id, "waited", "x") })
		h.refused("forbidden", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.bo), id, retro.Collect, retro.ReviewActions) })
		h.refused("wrong_phase", id, func() (retro.View, error) { return h.retros.Answer(h.as(h.bo), id, "Sunny") })
		h.refused("wrong_phase", id, func() (retro.View, error) {
			return h.retros.SetTimer(h.as(h.ana), id, retro.Clock{AddSeconds: ptr(60)})
		})
		h.refused("wrong_phase", id, func() (retro.View, error) { return h.retros.Turn(h.as(h.ana), id, retro.Collect, retro.Reveal) })
		h.refused("facilitator_present", id, func() (retro.View, error) { return h.retros.TakeOver(h.as(h.bo), id) })
		for _, at := range []time.Time{b.Clock.Now(), b.Clock.Now().Add(61 * 24 * time.Hour)} {
			h.refused("invalid", id, func() (retro.View, error) {
				return h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: "plus_delta", OpensUntil: &at})
			})
		}
		near := b.Clock.Now().Add(time.Minute)
		made := map[string]bool{}
		for range 2 { // its answer was lost, and its time has come meanwhile
			ctx := trestletest.CtxKey(t, h.ana, "cmd_open", "hash")
			made[h.do(h.retros.Create(ctx, retro.NewRetro{BoardID: h.l.ID, TemplateKey: "plus_delta", OpensUntil: &near})).Retro.ID] = true
			b.Clock.Advance(2 * time.Minute)
		}
		if len(made) != 1 {
			t.Errorf("the same again: %v", made)
		}

		// a day before: everybody who may write is told, once
		payloads := h.jobs(retro.RemindJob)
		if len(payloads) != 1 {
			t.Fatalf("reminders: %v", payloads)
		}
		b.Clock.Advance(48 * time.Hour)
		for range 2 {
			if err := h.retros.Remind(t.Context(), outbox.Job{Payload: []byte(payloads[0])}); err != nil {
				t.Fatal(err)
			}
		}
		notes := h.jobs(notice.JobKind)
		if len(notes) != 1 || !strings.Contains(notes[0], "retro.due") || !strings.Contains(notes[0], h.bo.PersonID) || !strings.Contains(notes[0], h.cora.PersonID) ||
			strings.Contains(notes[0], h.vic.PersonID) || strings.Contains(notes[0], "port") {
			t.Errorf("reminded: %v", notes)
		}

		// a week after the day, not after the last note, nobody has come; before, whoever works there may begin
		b.Clock.Advance(6 * 24 * time.Hour)
		if err := h.retros.Sweep(t.Context()); err != nil || h.get(h.ana, id).Retro.Phase != retro.Collect {
			t.Fatalf("given up too early: %v", err)
		}
		if !h.get(h.kai, id).Me.CanTakeOver {
			t.Error("its time is over, and nobody may begin it")
		}
		h.do(h.retros.TakeOver(h.as(h.kai), id))
		v = h.do(h.retros.Turn(h.as(h.kai), id, retro.Collect, retro.ReviewActions))
		if v.Retro.Phase != retro.Checkin || v.Retro.Timer.EndsAt == nil || len(v.Notes) != 3 || len(texts(v)) != 1 || v.Collected != nil || len(v.People) != 2 {
			t.Errorf("the meeting: %+v, notes %+v", v.Retro, v.Notes)
		}
		h.do(h.retros.Join(h.as(h.bo), id))
		if v = h.to(id, retro.Reveal); len(texts(v)) != 3 {
			t.Errorf("revealed: %v", texts(v))
		}
		if err := h.retros.Remind(t.Context(), outbox.Job{Payload: []byte(payloads[0])}); err != nil || len(h.jobs(notice.JobKind)) != 1 {
			t.Errorf("reminded of what is over: %v", err)
		}
	})
}

// The meeting of a retro that was open finds the actions and facts of its own day.
func TestRetro_OpenThenLastActions(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		soon := b.Clock.Now().Add(20 * time.Hour)
		id := h.do(h.retros.Create(h.as(h.ana), retro.NewRetro{BoardID: h.l.ID, TemplateKey: "plus_delta", OpensUntil: &soon})).Retro.ID
		if n := h.jobs(retro.RemindJob); len(n) != 0 {
			t.Errorf("less than a day, and reminded: %v", n)
		}
		other := h.begin("").Retro.ID
		h.to(other, retro.Commit)
		h.action(other, "Name the owner")
		h.to(other, retro.Published)
		if v := h.get(h.ana, id); len(v.Carried) != 0 {
			t.Errorf("carried: %+v", v.Carried)
		}
		v := h.do(h.retros.Turn(h.as(h.ana), id, retro.Collect, retro.ReviewActions))
		if v.Retro.Phase != retro.ReviewActions || len(v.Carried) != 1 || v.Retro.Back != retro.Collect {
			t.Errorf("%+v %+v", v.Retro, v.Carried)
		}
		b.Clock.Advance(8 * 24 * time.Hour)
		if err := h.retros.Sweep(t.Context()); err != nil || !h.get(h.ana, id).Retro.Abandoned {
			t.Errorf("left: %v", err)
		}
	})
}
