package retro

import (
	"context"

	"trestle/server/ballot"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// seat is a viewer before a retro that they may see.
type seat struct {
	*retro
	v      who.Viewer
	rights team.Rights
	key    ballot.Key // nil once the retro is closed
	here   *person    // nil: has not joined
}

// sit reads a retro for a viewer: not_found when it is absent or invisible. One that is going on is seen by its team,
// a published one by everybody who may see its board.
func (s *Service) sit(q *store.Query, v who.Viewer, where, arg string) (*seat, error) {
	r, err := load(q, where, arg)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, fault.NotFound("retro")
	}
	rights, err := team.RightsIn(q, v, r.TeamID)
	if err != nil {
		return nil, err
	}
	visibility := "team"
	if r.Phase == Published {
		visibility = r.Visibility
	}
	if !rights.CanSee(visibility) {
		return nil, fault.NotFound("retro")
	}
	at := &seat{retro: r, v: v, rights: rights}
	if v.PersonID == "" {
		return at, nil
	}
	if at.key, err = keyOf(q, r.RID); err != nil {
		return nil, err
	}
	var p person
	found, err := q.Row([]any{&p.ID, &p.Facilitator, &p.Done, &p.JoinedAt, &p.SeenAt},
		"SELECT person_id, facilitator, done, joined_at, seen_at FROM retro_people WHERE retro_rid = ? AND person_id = ?", r.RID, v.PersonID)
	if found {
		at.here = &p
	}
	return at, err
}

// takes says whether the viewer may take part: write, vote, answer. A screen and a team's token do not.
func (at *seat) takes() bool {
	return at.v.PersonID != "" && at.v.TeamID == "" && at.rights.CanComment()
}

// facilitates says whether the viewer leads through the retro.
func (at *seat) facilitates() bool { return at.takes() && at.here != nil && at.here.Facilitator }

// code is the viewer's own code for a purpose.
func (at *seat) code(purpose string) string { return at.key.Code(purpose, at.v.PersonID) }

// need is what somebody must be.
type need int

const (
	taking       need = iota // may take part
	joined                   // has joined, too
	facilitating             // leads through it
	working                  // works in the team: what is decided becomes cards
)

func (at *seat) may(n need) error {
	switch {
	case !at.takes():
		return fault.Forbidden("Your role in this team may look on, but not take part.")
	case n == working && !at.rights.CanWork():
		return fault.Forbidden("Only somebody who works in this team may do that.")
	case n == facilitating && !at.facilitates():
		return fault.Forbidden("Only who facilitates this retro may do that.")
	case at.Phase == Published:
		return closed()
	case n == joined && at.here == nil && at.Phase != Collect: // who comes and writes then leaves no trace
		return fault.Conflict("not_joined", "Join the retro first.")
	}
	return nil
}

// CanListen says whether a viewer may follow a retro's topic: nil, or not_found.
func (s *Service) CanListen(ctx context.Context, v who.Viewer, id string) error {
	_, err := s.sit(s.store.Rows(ctx), v, "r.id = ?", id)
	return err
}
