package calendar

import (
	"context"
	"slices"
	"time"

	"trestle/server/clock"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

// mostInvited to one occurrence.
const mostInvited = 30

// invitation asks somebody to come to one occurrence of a ritual.
type invitation struct {
	ID, TeamID, RitualID string
	StartsAt             int64
	PersonID             string
}

func (i invitation) to(o *occurrence) bool { return i.RitualID == o.ID && i.StartsAt == store.Ms(o.At) }

func invitations(q *store.Query, where string, args ...any) (out []invitation, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var i invitation
		err := scan(&i.ID, &i.TeamID, &i.RitualID, &i.StartsAt, &i.PersonID)
		out = append(out, i)
		return err
	}, "SELECT id, team_id, series_id, starts_at, person_id FROM ritual_invitations WHERE "+where+" ORDER BY rid", args...)
	return out, err
}

// Invitation says who shall come to which occurrence.
type Invitation struct {
	SeriesID  string    `json:"seriesId" maxLength:"64"`
	StartsAt  time.Time `json:"startsAt" doc:"As the calendar shows it"`
	PersonIDs []string  `json:"personIds" minItems:"1" maxItems:"30"`
}

// Invite asks people to come this once, and tells them. Who is invited already is not told again.
func (s *Service) Invite(ctx context.Context, n Invitation) (OccurrenceView, error) {
	v := who.From(ctx)
	r, err := s.ritual(s.store.Rows(ctx), v, n.SeriesID, n.StartsAt)
	if err != nil {
		return OccurrenceView{}, err
	}
	topic := event.TeamTopic(r.TeamID)
	return store.InTx(ctx, s.store, []string{topic}, func(tx *store.Tx) (OccurrenceView, error) {
		c, o, err := s.occurrence(tx.Query, v, r.TeamID, n)
		if err != nil {
			return OccurrenceView{}, err
		}
		if rights := c.teams[o.TeamID].Rights; v.PersonID == "" || v.TeamID != "" || !(rights.CanWork() || rights.CanPattern()) {
			return OccurrenceView{}, fault.Forbidden("Only somebody who works in this team may invite to its rituals.")
		}
		if o.State != Planned && o.State != Running {
			return OccurrenceView{}, fault.Conflict("ritual_over", "It is over.")
		}
		fresh, err := s.guests(tx.Query, c, o, n.PersonIDs)
		if err != nil {
			return OccurrenceView{}, err
		}
		for _, id := range fresh {
			i := invitation{store.NewID("ivt"), o.TeamID, o.ID, store.Ms(o.At), id}
			if _, err := tx.Exec("INSERT INTO ritual_invitations (id, team_id, series_id, starts_at, person_id, invited_by, invited_at) VALUES (?,?,?,?,?,?,?)",
				i.ID, i.TeamID, i.RitualID, i.StartsAt, i.PersonID, v.PersonID, store.Ms(tx.Now)); err != nil {
				return OccurrenceView{}, err
			}
			c.invitations = append(c.invitations, i)
		}
		if err := c.readPeople(tx.Query); err != nil {
			return OccurrenceView{}, err
		}
		if len(fresh) == 0 {
			return c.view(o), nil
		}
		// the ritual's name, and not what a retro is called: whoever is invited need not be of its team
		if err := notice.Post(tx, notice.Note{Kind: "ritual.invited", To: fresh, BoardID: o.BoardID,
			Title: "You are invited to " + o.Name + " on " + o.At.In(o.Zone).Format("Mon 2 Jan, 15:04") + " (" + clock.ZoneName(o.Zone) + ")", Link: o.Link}); err != nil {
			return OccurrenceView{}, err
		}
		return c.view(o), invited(tx, topic)
	})
}

// guests are those of some people who are not invited yet; it refuses who is not here or may not see the board.
func (s *Service) guests(q *store.Query, c *scene, o *occurrence, ids []string) (fresh []string, err error) {
	invited := 0
	for _, i := range c.invitations {
		if i.to(o) {
			invited++
		}
	}
	for _, id := range distinct(ids) {
		if slices.ContainsFunc(c.invitations, func(i invitation) bool { return i.to(o) && i.PersonID == id }) {
			continue
		}
		var role string
		found, err := q.Row([]any{&role}, "SELECT role FROM people WHERE id = ? AND disabled_at IS NULL", id)
		if err == nil && found {
			_, err = s.boards.See(q, who.Viewer{PersonID: id, Role: role}, o.BoardID)
		}
		switch {
		case err != nil && !fault.Is(err, "not_found"):
			return nil, err
		case err != nil || !found:
			return nil, fault.Invalid("body.personIds", "Invite people who may see %s", o.BoardName)
		}
		fresh = append(fresh, id)
	}
	if invited+len(fresh) > mostInvited {
		return nil, fault.Invalid("body.personIds", "Invite up to %d people", mostInvited)
	}
	return fresh, nil
}

// ritual finds a ritual that the viewer may see.
func (s *Service) ritual(q *store.Query, v who.Viewer, id string, at time.Time) (*Ritual, error) {
	rituals, _, err := s.collect(q, v, at.Add(-late), at.Add(time.Minute))
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rituals, func(r Ritual) bool { return r.ID == id })
	if i < 0 {
		return nil, fault.NotFound("ritual")
	}
	return &rituals[i], nil
}

func (s *Service) occurrence(q *store.Query, v who.Viewer, teamID string, n Invitation) (*scene, *occurrence, error) {
	c, err := s.read(q, v, n.StartsAt, n.StartsAt.Add(time.Minute), teamID)
	if err != nil {
		return nil, nil, err
	}
	for i := range c.occurrences {
		if o := &c.occurrences[i]; o.ID == n.SeriesID && o.At.Equal(n.StartsAt) {
			return c, o, nil
		}
	}
	if c.rituals[n.SeriesID] == nil {
		return nil, nil, fault.NotFound("ritual")
	}
	return nil, nil, fault.Conflict("not_then", "This ritual is not planned for that time any more.")
}

// Uninvite takes an invitation back.
func (s *Service) Uninvite(ctx context.Context, id string) error {
	v, q := who.From(ctx), s.store.Rows(ctx)
	found, err := invitations(q, "id = ?", id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fault.NotFound("invitation")
	}
	i := found[0]
	topic := event.TeamTopic(i.TeamID)
	return store.Do(ctx, s.store, []string{topic}, func(tx *store.Tx) error {
		at := store.At(i.StartsAt)
		c, err := s.read(tx.Query, v, at, at.Add(time.Minute), i.TeamID)
		if fault.Is(err, "not_found") || (err == nil && c.rituals[i.RitualID] == nil) {
			return fault.NotFound("invitation")
		}
		if err != nil {
			return err
		}
		if rights := c.teams[i.TeamID].Rights; v.PersonID == "" || v.TeamID != "" || !(rights.CanWork() || rights.CanPattern()) {
			return fault.Forbidden("Only somebody who works in this team may take an invitation to its rituals back.")
		}
		n, err := tx.Exec("UPDATE ritual_invitations SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL", store.Ms(tx.Now), id)
		if err == nil && n == 0 {
			err = fault.NotFound("invitation")
		}
		if err != nil {
			return err
		}
		return invited(tx, topic)
	})
}

// invited tells the team that its invitations are to be read anew. To which ritual it does not say: its topic is heard
// by people who may not see the board.
func invited(tx *store.Tx, topic string) error {
	_, err := tx.Publish(topic, "calendar.invited", struct{}{})
	return err
}
