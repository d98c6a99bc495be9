package standup

import (
	"context"

	"trestle/server/fault"
	"trestle/server/store"
)

// Advance goes from one step to another, forwards or back. It says from which: when the meeting is not there any more,
// because another remote was quicker, nothing changes and the answer is where it is now. In the sixteenth minute it
// goes back to the walk. Whoever presses has the remote from then on.
func (s *Service) Advance(ctx context.Context, id string, from, to int, skipped bool) (View, error) {
	return s.on(ctx, id, toDrive, nil, func(w *sitting) (string, error) {
		if w.m == nil || w.m.Step != from {
			return "", nil
		}
		steps, err := stepsOf(w.tx.Query, w.m.RID)
		if err != nil {
			return "", err
		}
		if to < 0 || to >= len(steps) {
			return "", fault.Invalid("body.to", "This meeting has the steps 0 to %d", len(steps)-1)
		}
		if to == from && w.m.State == Running {
			return "", nil
		}
		if err := leave(w.tx, w.m.RID, steps[from], skipped && to > from); err != nil {
			return "", err
		}
		if err := w.lead(); err != nil {
			return "", err
		}
		return "standup.advanced", w.show(steps[to])
	})
}

// show goes to a step. Of a person's turn it is kept that it was, and not when, so that nobody can count how long
// anybody spoke.
func (w *sitting) show(p step) error {
	w.m.State, w.m.Step, w.m.StepAt = Running, p.N, store.Ms(w.tx.Now)
	if p.ShownAt != nil {
		return nil
	}
	at := w.m.StepAt
	if p.Kind == personStep {
		at = w.m.StartedAt
	}
	_, err := w.tx.Exec("UPDATE standup_steps SET shown_at = ? WHERE meeting_rid = ? AND n = ?", at, w.m.RID, p.N)
	return err
}

// leave notes whether a step was passed over.
func leave(tx *store.Tx, meetingRID int64, p step, skipped bool) error {
	if p.Skipped == skipped {
		return nil
	}
	_, err := tx.Exec("UPDATE standup_steps SET skipped = ? WHERE meeting_rid = ? AND n = ?", skipped, meetingRID, p.N)
	return err
}

// Drive gives whoever asks the remote.
func (s *Service) Drive(ctx context.Context, id string) (View, error) {
	return s.inMeeting(ctx, id, "standup.driven", func(w *sitting) (bool, error) {
		if w.v.PersonID == "" || w.v.TeamID != "" {
			return false, fault.Forbidden("A person has the remote, not a team's token.")
		}
		changed := w.m.Driver != w.v.PersonID
		w.m.Driver = w.v.PersonID
		came, err := w.come()
		return changed || came, err
	})
}

// Box sets how long this one meeting is meant to take.
func (s *Service) Box(ctx context.Context, id string, minutes int) (View, error) {
	if err := checkBox(minutes); err != nil {
		return View{}, err
	}
	return s.inMeeting(ctx, id, "standup.box_set", func(w *sitting) (bool, error) {
		changed := w.m.Box != minutes*60
		w.m.Box = minutes * 60
		return changed, nil
	})
}

// Healthy shows or hides the titles of the cards that want nothing.
func (s *Service) Healthy(ctx context.Context, id string, open bool) (View, error) {
	return s.inMeeting(ctx, id, "standup.healthy_shown", func(w *sitting) (bool, error) {
		changed := w.m.HealthyOpen != open
		w.m.HealthyOpen = open
		return changed, nil
	})
}

// inMeeting is the corridor of a worker's change of a meeting that runs. The same again is calm.
func (s *Service) inMeeting(ctx context.Context, id, kind string, fn func(w *sitting) (changed bool, err error)) (View, error) {
	return s.on(ctx, id, toDrive, nil, func(w *sitting) (string, error) {
		if err := w.meets(); err != nil {
			return "", err
		}
		changed, err := fn(w)
		if err != nil || !changed {
			return "", err
		}
		return kind, nil
	})
}
