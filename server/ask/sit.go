package ask

import (
	"context"
	"time"

	"trestle/server/cadence"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Propose offers two times to sit together, instead of those offered before.
func (s *Service) Propose(ctx context.Context, id string, times []time.Time, minutes int) (View, error) {
	return s.on(ctx, id, asker, func(tx *store.Tx, r *record, in *card.Inside) error {
		if r.State == Declined || r.State == Withdrawn {
			return fault.Conflict("settled", "This ask was %s already.", r.State)
		}
		if err := r.propose(times, minutes, tx.Now); err != nil {
			return err
		}
		if err := save(tx, *r); err != nil {
			return err
		}
		return in.Retell("proposed two times to sit together")
	})
}

// Sit takes one of the two times.
func (s *Service) Sit(ctx context.Context, id string, at time.Time) (View, error) {
	return s.on(ctx, id, asked, func(tx *store.Tx, r *record, in *card.Inside) error {
		ms := store.Ms(at)
		switch {
		case r.SitA == nil || r.SitB == nil || (ms != *r.SitA && ms != *r.SitB):
			return fault.Invalid("body.at", "That is not one of the two times")
		case r.SitTaken != nil && *r.SitTaken == ms:
			return nil
		case !at.After(tx.Now):
			return fault.Conflict("too_late", "That time has passed. Ask for two new ones.")
		}
		r.SitTaken, r.SitWith = &ms, tx.ActorName
		if err := save(tx, *r); err != nil {
			return err
		}
		if err := answered(tx, *r, "A time to sit together was taken: "+r.Title, ""); err != nil {
			return err
		}
		return in.Retell("took a time to sit together")
	})
}

// Unsit gives the taken time free again; both sides may.
func (s *Service) Unsit(ctx context.Context, id string) (View, error) {
	return s.on(ctx, id, either, func(tx *store.Tx, r *record, in *card.Inside) error {
		r.SitTaken, r.SitWith = nil, ""
		if err := save(tx, *r); err != nil {
			return err
		}
		return in.Retell("gave the time to sit together free again")
	})
}

// Meeting is the taken time as a calendar file, for both sides.
func (s *Service) Meeting(ctx context.Context, id string) (name string, file []byte, err error) {
	q, v := s.store.Rows(ctx), who.From(ctx)
	r, err := s.one(q, v, id)
	if err != nil {
		return "", nil, err
	}
	if r.SitTaken == nil {
		return "", nil, fault.NotFound("meeting")
	}
	view, err := s.reader(q, v).view(r)
	if err != nil {
		return "", nil, err
	}
	return "sit-together.ics", cadence.Appointment{ID: view.ID, At: *view.Taken, Minutes: view.Minutes, Title: "Sit together: " + view.Title,
		Text: view.ByName + " and " + view.With + " (" + view.TeamName + ")"}.File("Sit together", s.store.Now()), nil
}
