package retro

import (
	"context"

	"trestle/server/ballot"
	"trestle/server/fault"
	"trestle/server/store"
)

// Turn turns the page from one phase to another. When the retro does not stand there any more, somebody else has
// turned it, and nothing happens: two who press Next at once turn one page.
func (s *Service) Turn(ctx context.Context, id, from, to string) (View, error) {
	return s.on(ctx, id, facilitating, "retro.phase_changed", func(tx *store.Tx, at *seat) (news, error) {
		if at.Phase != from {
			return nil, nil
		}
		voted, err := count(tx.Query, "SELECT COUNT(*) FROM retro_votes WHERE retro_rid = ?", at.RID)
		if err != nil {
			return nil, err
		}
		if err := at.mayTurn(to, voted > 0); err != nil {
			return nil, err
		}
		if from == Collect {
			if to, err = s.sitDown(tx, at, to); err != nil {
				return nil, err
			}
		}
		return news{"from": from}, s.turn(tx, at.retro, at.key, to)
	})
}

// turn leaves one phase and enters another.
func (s *Service) turn(tx *store.Tx, r *retro, k ballot.Key, to string) error {
	from := r.Phase
	if err := r.leave(tx, to); err != nil {
		return err
	}
	r.Phase = to
	now := store.Ms(tx.Now)
	if p := r.phase(to); p != nil {
		r.Timer = startTimer(p.Seconds, tx.Now)
		if _, err := tx.Exec("UPDATE retro_phases SET started_at = ? WHERE retro_rid = ? AND key = ?", now, r.RID, to); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("UPDATE retro_people SET done = FALSE WHERE retro_rid = ?", r.RID); err != nil {
		return err
	}
	return s.enter(tx, r, from)
}

// leave is what has to be in order before a phase ends.
func (r *retro) leave(tx *store.Tx, to string) error {
	switch {
	case to == Write && r.phase(ReviewActions).Enabled:
		open, err := unsettled(tx.Query, r.RID)
		if err == nil && open > 0 {
			err = fault.Conflict("actions_open", "Last time's actions come first: %d of them still wait for a word.", open).With("open", open)
		}
		return err
	case r.Phase == Discuss:
		return r.endTopic(tx)
	}
	return nil
}

// enter is what a phase begins with.
func (s *Service) enter(tx *store.Tx, r *retro, from string) error {
	switch r.Phase {
	case Reveal:
		return r.reveal(tx)
	case Vote:
		n, err := r.groupTheRest(tx)
		if err == nil && r.Budget == 0 {
			r.Budget = budgetFor(n)
		}
		return err
	case Discuss:
		if from == Commit {
			return nil
		}
		if _, err := r.groupTheRest(tx); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE retro_groups SET votes = COALESCE((SELECT SUM(v.n) FROM retro_votes v WHERE v.retro_rid = retro_groups.retro_rid
			AND v.group_id = retro_groups.id), 0) WHERE retro_rid = ?`, r.RID); err != nil {
			return err
		}
		return r.nextTopic(tx)
	case Published:
		return s.publish(tx, r)
	}
	return nil
}

// reveal lets everybody read. In an anonymous retro the notes get new names in a new order, so that who watched
// the old ones appear cannot tell which text has become of them.
func (r *retro) reveal(tx *store.Tx) error {
	if _, err := tx.Exec("DELETE FROM retro_notes WHERE retro_rid = ? AND text = ''", r.RID); err != nil || r.Anonymity == Named { // what was removed
		return err
	}
	notes, err := notesOf(tx.Query, r.RID)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM retro_notes WHERE retro_rid = ?", r.RID); err != nil {
		return err
	}
	for _, n := range shuffled(notes) {
		n.ID = randomID("rno")
		if err := insertNote(tx, r.RID, n); err != nil {
			return err
		}
	}
	return nil
}
