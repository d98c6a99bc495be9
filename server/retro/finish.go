package retro

import (
	"context"
	"fmt"
	"strings"
	"time"

	"trestle/server/event"
	"trestle/server/notice"
	"trestle/server/store"
)

// ScourJob is the job by which a database lets go of what was deleted from it.
const ScourJob = "retro.scour"

// publish ends a retro: what was agreed stays, what could tell who wrote and voted goes.
func (s *Service) publish(tx *store.Tx, r *retro) error {
	if err := r.sumUp(tx); err != nil {
		return err
	}
	now := store.Ms(tx.Now)
	r.ClosedAt, r.Code, r.Topic, r.Timer = &now, "", "", timer{}
	if err := r.seal(tx); err != nil {
		return err
	}
	if r.Abandoned {
		return nil
	}
	return r.post(tx)
}

// sumUp writes down what of votes and ratings stays: totals.
func (r *retro) sumUp(tx *store.Tx) error {
	if _, err := tx.Exec("UPDATE retro_groups SET state = 'parked' WHERE retro_rid = ? AND state = 'open'", r.RID); err != nil {
		return err
	}
	all, err := carriedOf(tx.Query, r.RID)
	if err != nil {
		return err
	}
	for _, c := range all { // what the cards say of actions about which nobody has said a word
		now := c.now()
		if c.outcome != "" || now == open {
			continue
		}
		if _, err := tx.Exec("UPDATE retro_carried SET outcome = ? WHERE retro_rid = ? AND action_rid = ?", now, r.RID, c.rid); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE retro_actions SET state = ? WHERE rid = ?", now, c.rid); err != nil {
			return err
		}
	}
	for kind, into := range map[string][2]*int{"roti": {&r.RotiN, &r.RotiSum}, "safety": {&r.SafeN, &r.SafetSum}} {
		if _, err := tx.Row([]any{into[0], into[1]}, "SELECT COUNT(*), COALESCE(SUM(value), 0) FROM retro_answers WHERE retro_rid = ? AND kind = ?", r.RID, kind); err != nil {
			return err
		}
	}
	if r.SafeN < safetyAnswers {
		r.SafetSum = 0
	}
	return nil
}

// seal takes away the key and all that it made codes for.
func (r *retro) seal(tx *store.Tx) error {
	for _, stmt := range []string{
		"DELETE FROM retro_keys WHERE retro_rid = ?",
		"DELETE FROM retro_votes WHERE retro_rid = ?",
		"DELETE FROM retro_thumbs WHERE retro_rid = ?",
		"DELETE FROM retro_answers WHERE retro_rid = ?",
		"DELETE FROM retro_commands WHERE retro_rid = ?",
		"UPDATE retro_notes SET author = NULL WHERE retro_rid = ?",
		"UPDATE retro_checkins SET author = NULL WHERE retro_rid = ?",
		"UPDATE retro_people SET seen_at = joined_at WHERE retro_rid = ?",
	} {
		if _, err := tx.Exec(stmt, r.RID); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("DELETE FROM side_topics WHERE topic = ?", event.RetroTopic(r.ID)); err != nil { // nothing follows on it
		return err
	}
	return tx.Enqueue(ScourJob, "", struct{}{}, tx.Now)
}

// post tells those who were there, and the team's chat.
func (r *retro) post(tx *store.Tx) error {
	people, err := peopleOf(tx.Query, r.RID)
	if err != nil {
		return err
	}
	actions, err := actionsWhere(tx.Query, "a.retro_rid = ?", r.RID)
	if err != nil {
		return err
	}
	note := notice.Note{Kind: "retro.published", TeamID: r.TeamID, BoardID: r.BoardID, Title: "Retro published: " + r.Title, Link: "/retro/" + r.ID}
	for _, p := range people {
		note.To = append(note.To, p.ID)
	}
	said := make([]string, 0, len(actions))
	for _, a := range actions {
		said = append(said, fmt.Sprintf("%s %s (%s, by %s)", a.key, a.title, a.ownerName, a.dueOn))
	}
	if note.Text = strings.Join(said, "; "); note.Text == "" {
		note.Text = "No actions this time."
	}
	return notice.Post(tx, note)
}

// Scour lets the database let go of what was deleted when retros were closed. ADR 0016 says what remains elsewhere.
func (s *Service) Scour(ctx context.Context) error {
	return s.store.Scour(ctx, "retro_keys")
}

// Sweep closes retros to which nobody has come back for a week, so that every promise of anonymity is kept some
// day. Of one that was never revealed, what people wrote goes too.
func (s *Service) Sweep(ctx context.Context) error {
	var ids []string
	before := store.Ms(s.store.Now().Add(-abandonAfter))
	err := s.store.Rows(ctx).Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT id FROM retros WHERE closed_at IS NULL AND touched_at < ? AND (phase <> 'open' OR opens_until < ?) ORDER BY rid", before, before)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.abandon(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) abandon(ctx context.Context, id string) error {
	return store.Do(store.As(ctx, "", ""), s.store, []string{event.RetroTopic(id)}, func(tx *store.Tx) error {
		r, err := load(tx.Query, "r.id = ?", id)
		if err != nil || r == nil || r.ClosedAt != nil {
			return err
		}
		last := r.TouchedAt
		if r.Phase == Collect {
			last = max(last, *r.OpensUntil)
		}
		if time.Duration(store.Ms(tx.Now)-last)*time.Millisecond < abandonAfter {
			return nil
		}
		if !r.revealed() {
			for _, stmt := range []string{"DELETE FROM retro_notes WHERE retro_rid = ?", "DELETE FROM retro_checkins WHERE retro_rid = ?"} {
				if _, err := tx.Exec(stmt, r.RID); err != nil {
					return err
				}
			}
		}
		r.Abandoned, r.Phase = true, Published
		if err := s.publish(tx, r); err != nil {
			return err
		}
		return tell(tx, r, "retro.phase_changed", news{})
	})
}
