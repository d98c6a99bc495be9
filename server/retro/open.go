package retro

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/store"
	"trestle/server/team"
)

// RemindJob is the job that tells a team, a day before, until when its retro is open.
const RemindJob = "retro.remind"

// openUntil is until when notes are collected before the meeting.
func (r *retro) openUntil(at *time.Time, now time.Time) error {
	if at == nil {
		return nil
	}
	if !at.After(now) || at.After(now.Add(openAtMost)) {
		return fault.Invalid("body.opensUntil", "Choose a time that is still to come, within %d days", int(openAtMost.Hours()/24))
	}
	ms := store.Ms(*at)
	r.OpensUntil = &ms
	return nil
}

// due says whether the time for collecting is over. Writing goes on until the meeting begins all the same.
func (r *retro) due(now time.Time) bool { return r.OpensUntil != nil && *r.OpensUntil <= store.Ms(now) }

// carry puts open actions of earlier retros before this one.
func (r *retro) carry(tx *store.Tx, open []action) error {
	for _, a := range open {
		if _, err := tx.Exec(`INSERT INTO retro_carried (retro_rid, action_rid, carried) VALUES (?,?,?) ON CONFLICT (retro_rid, action_rid) DO NOTHING`,
			r.RID, a.rid, a.carried); err != nil {
			return err
		}
	}
	return nil
}

// sitDown begins the meeting of a retro that was open before: facts and carried actions are those of this day. It gives
// the phase in which the meeting begins: without actions of earlier retros, the one after them.
func (s *Service) sitDown(tx *store.Tx, at *seat, to string) (string, error) {
	seen, err := s.boards.See(tx.Query, at.v, at.BoardID)
	if err != nil {
		return "", err
	}
	if at.Facts, err = factsOf(tx.Query, seen.Layout, tx.Now); err != nil {
		return "", err
	}
	facts, err := json.Marshal(at.Facts)
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec("UPDATE retros SET facts = ? WHERE rid = ?", string(facts), at.RID); err != nil {
		return "", err
	}
	actions, err := openActions(tx.Query, at.BoardRID)
	if err != nil {
		return "", err
	}
	if err := at.carry(tx, actions); err != nil {
		return "", err
	}
	all, err := carriedOf(tx.Query, at.RID)
	if to == ReviewActions && len(all) == 0 {
		i := slices.IndexFunc(at.Phases, func(p phase) bool { return p.Key == ReviewActions })
		for i++; !at.Phases[i].Enabled; i++ { // write is never left out
		}
		to = at.Phases[i].Key
	}
	if err == nil {
		err = seatPerson(tx, at.RID, at.v.PersonID, true)
	}
	return to, err
}

// reminder names a retro to remind of, and of which time: another one makes it idle.
type reminder struct {
	Retro string `json:"retro"`
	Until int64  `json:"until"`
}

// willRemind leaves the reminder of a retro that is open for more than a day.
func (r *retro) willRemind(tx *store.Tx) error {
	if r.OpensUntil == nil {
		return nil
	}
	when := store.At(*r.OpensUntil).Add(-remindBefore)
	if !when.After(tx.Now) {
		return nil
	}
	return tx.Enqueue(RemindJob, "", reminder{r.ID, *r.OpensUntil}, when)
}

// Remind tells everybody who may write, whether they have or not: who has is nobody's to know.
func (s *Service) Remind(ctx context.Context, j outbox.Job) error {
	var m reminder
	if err := json.Unmarshal(j.Payload, &m); err != nil {
		return outbox.Permanent(err)
	}
	return store.Do(store.As(ctx, "", ""), s.store, []string{event.RetroTopic(m.Retro)}, func(tx *store.Tx) error {
		r, err := load(tx.Query, "r.id = ?", m.Retro)
		if err != nil || r == nil || r.Phase != Collect || *r.OpensUntil != m.Until {
			return err
		}
		n, err := tx.Exec("UPDATE retros SET reminded_at = ? WHERE rid = ? AND reminded_at IS NULL", store.Ms(tx.Now), r.RID)
		if err != nil || n == 0 {
			return err
		}
		note := notice.Note{Kind: "retro.due", TeamID: r.TeamID, BoardID: r.BoardID, Title: "A day left to write for the retro: " + r.Title,
			Text: "Others read your notes only when you look at them together.", Link: "/retro/" + r.ID}
		if note.To, err = team.People(tx.Query, r.TeamID, team.Commenter); err != nil {
			return err
		}
		return notice.Post(tx, note)
	})
}
