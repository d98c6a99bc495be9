package retro

import (
	"context"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// begins gives the board on which the viewer may begin a retro.
func (s *Service) begins(q *store.Query, v who.Viewer, boardID string) (board.Seen, error) {
	seen, err := s.boards.See(q, v, boardID)
	if err != nil {
		return seen, err
	}
	if v.PersonID == "" || v.TeamID != "" || !seen.Rights.CanWork() {
		return seen, fault.Forbidden("Only somebody who works in this team may begin a retro.")
	}
	return seen, seen.Open()
}

func seatPerson(tx *store.Tx, rid int64, personID string, facilitator bool) error {
	now := store.Ms(tx.Now)
	_, err := tx.Exec(`INSERT INTO retro_people (retro_rid, person_id, facilitator, joined_at, seen_at) VALUES (?,?,?,?,?)
		ON CONFLICT (retro_rid, person_id) DO UPDATE SET seen_at = excluded.seen_at`, rid, personID, facilitator, now, now)
	return err
}

// Join is "I am here", said on arriving and again every twenty seconds. The others hear only of who arrives.
func (s *Service) Join(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, taking, "retro.people_changed", func(tx *store.Tx, at *seat) (news, error) {
		if at.Phase == Collect {
			return nil, nil
		}
		was := at.here
		if err := seatPerson(tx, at.RID, at.v.PersonID, false); err != nil {
			return nil, err
		}
		if was != nil && store.Ms(tx.Now)-was.SeenAt < hereFor.Milliseconds() {
			return nil, nil
		}
		return news{"personId": at.v.PersonID}, nil
	})
}

// JoinByCode finds the retro that a code stands for and joins it. The code opens nothing that one may not see.
func (s *Service) JoinByCode(ctx context.Context, code string) (View, error) {
	q, v := s.store.Rows(ctx), who.From(ctx)
	at, err := s.sit(q, v, "r.code <> '' AND r.code = ?", cleanCode(code))
	if err != nil {
		return View{}, err
	}
	return s.Join(ctx, at.ID)
}

// SetDone is "I am done" with this phase, which can be taken back.
func (s *Service) SetDone(ctx context.Context, id string, is bool) (View, error) {
	return s.on(ctx, id, joined, "retro.people_changed", func(tx *store.Tx, at *seat) (news, error) {
		if at.here.Done == is {
			return nil, nil
		}
		_, err := tx.Exec("UPDATE retro_people SET done = ? WHERE retro_rid = ? AND person_id = ?", is, at.RID, at.v.PersonID)
		return news{"personId": at.v.PersonID}, err
	})
}

// SetFacilitator lets somebody who has joined facilitate too, or no longer. One always does.
func (s *Service) SetFacilitator(ctx context.Context, id, personID string, is bool) (View, error) {
	return s.on(ctx, id, facilitating, "retro.people_changed", func(tx *store.Tx, at *seat) (news, error) {
		n, err := tx.Exec("UPDATE retro_people SET facilitator = ? WHERE retro_rid = ? AND person_id = ?", is, at.RID, personID)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return nil, fault.Invalid("body.personId", "They have not joined this retro")
		}
		left, err := count(tx.Query, "SELECT COUNT(*) FROM retro_people WHERE retro_rid = ? AND facilitator = TRUE", at.RID)
		if err == nil && left == 0 {
			err = fault.Conflict("last_facilitator", "Let somebody else facilitate first.")
		}
		return news{"personId": personID}, err
	})
}

// TakeOver makes the viewer a facilitator when none of them has been here for a minute.
func (s *Service) TakeOver(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, working, "retro.people_changed", func(tx *store.Tx, at *seat) (news, error) {
		if at.facilitates() {
			return nil, nil
		}
		if at.Phase == Collect && !at.due(tx.Now) {
			return nil, fault.Conflict("facilitator_present", "Somebody facilitates this retro, and it is open until later.")
		}
		present, err := count(tx.Query, "SELECT COUNT(*) FROM retro_people WHERE retro_rid = ? AND facilitator = TRUE AND seen_at > ?",
			at.RID, store.Ms(tx.Now.Add(-hereFor)))
		if err != nil {
			return nil, err
		}
		if present > 0 && at.Phase != Collect {
			return nil, fault.Conflict("facilitator_present", "Somebody facilitates this retro. They can let you do it too.")
		}
		if err := seatPerson(tx, at.RID, at.v.PersonID, true); err != nil {
			return nil, err
		}
		_, err = tx.Exec("UPDATE retro_people SET facilitator = TRUE WHERE retro_rid = ? AND person_id = ?", at.RID, at.v.PersonID)
		return news{"personId": at.v.PersonID}, err
	})
}

// SetTimer adds time, starts it anew, pauses or resumes it.
func (s *Service) SetTimer(ctx context.Context, id string, c Clock) (View, error) {
	return s.on(ctx, id, facilitating, "retro.timer_changed", func(tx *store.Tx, at *seat) (news, error) {
		if at.Phase == Collect {
			return nil, at.in(order[1:]...)
		}
		t, err := c.apply(at.Timer, tx.Now)
		if err != nil {
			return nil, err
		}
		at.Timer = t
		return news{}, nil
	})
}
