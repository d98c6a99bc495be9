package health

import (
	"context"
	"slices"
	"time"

	"trestle/server/ballot"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// ScourJob is the job by which a database lets go of the answers that were taken away.
const ScourJob = "health.scour"

// Service is the verbs of health checks.
type Service struct{ store *store.Store }

// New makes the room.
func New(st *store.Store) *Service { return &Service{st} }

// seat is a viewer before a check that they may see.
type seat struct {
	*check
	v      who.Viewer
	rights team.Rights
	key    ballot.Key // nil once the check is over
}

// sit reads a check for a viewer: not_found when it is absent, or another team's. A screen sees none.
func sit(q *store.Query, v who.Viewer, id string) (*seat, error) {
	c, err := load(q, id)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, fault.NotFound("health check")
	}
	rights, err := team.RightsIn(q, v, c.TeamID)
	if err != nil {
		return nil, err
	}
	if v.PersonID == "" || !rights.CanSee("team") {
		return nil, fault.NotFound("health check")
	}
	k, err := keyOf(q, c.RID)
	return &seat{c, v, rights, k}, err
}

// inTeam is a viewer in a team whose checks they may see.
func inTeam(q *store.Query, v who.Viewer, teamID string) (t team.Team, r team.Rights, err error) {
	if r, err = team.RightsIn(q, v, teamID); err != nil {
		return t, r, err
	}
	if v.PersonID == "" || !r.CanSee("team") {
		return t, r, fault.NotFound("team")
	}
	found, err := q.Row([]any{&t.ID, &t.Key, &t.Name}, "SELECT id, key, name FROM teams WHERE id = ?", teamID)
	if err == nil && !found {
		err = fault.NotFound("team")
	}
	return t, r, err
}

// answers says whether the viewer is asked: somebody of the team, in person.
func (at *seat) answers() bool { return at.v.TeamID == "" && at.rights.CanComment() }

// leads says whether the viewer may reveal it or call it off: who opened it, and who leads the team.
func (at *seat) leads() bool {
	return at.rights.CanLead() || at.rights.CanWork() && at.OpenedBy == at.v.PersonID
}

// What is told of a check: that it is different now, or over, which everybody wants to see at once.
const (
	wasChanged = "health.changed"
	wasEnded   = "health.ended"
)

// tell announces to the team that something about its checks is different now; what, one reads.
func tell(tx *store.Tx, teamID, kind string) error {
	if err := tx.Widen(event.TeamTopic(teamID)); err != nil {
		return err
	}
	_, err := tx.Publish(event.TeamTopic(teamID), kind, struct{}{})
	return err
}

// NewCheck is a check to open.
type NewCheck struct {
	TeamID string   `json:"teamId" maxLength:"64"`
	Sets   []string `json:"sets" minItems:"1" maxItems:"10" doc:"Keys of the questions to ask"`
}

// OpenCheck asks a team how it is; for those who work in it. A team has one open check.
func (s *Service) OpenCheck(ctx context.Context, n NewCheck) (View, error) {
	v := who.From(ctx)
	c := &check{ID: store.NewID("hea"), TeamID: n.TeamID, State: Open, OpenedBy: v.PersonID, Version: 1}
	for _, set := range sets {
		if slices.Contains(n.Sets, set.Key) {
			c.Sets = append(c.Sets, set.Key)
		}
	}
	for _, key := range n.Sets {
		if !knownSet(key) {
			return View{}, fault.Invalid("body.sets", "There are no questions %.40q", key)
		}
	}
	type made struct {
		ID string `json:"id"`
	}
	m, err := store.InTx(ctx, s.store, nil, func(tx *store.Tx) (made, error) {
		t, r, err := inTeam(tx.Query, v, n.TeamID)
		if err != nil {
			return made{}, err
		}
		if !r.CanWork() {
			return made{}, fault.Forbidden("Only somebody who works in this team may do that.")
		}
		if err := tx.Widen(event.TeamTopic(t.ID)); err != nil { // nobody else opens one meanwhile
			return made{}, err
		}
		if open, err := checksWhere(tx.Query, "c.team_id = ? AND c.state = 'open'", t.ID); err != nil || len(open) > 0 {
			if err == nil {
				err = fault.Conflict("check_open", "%s has a health check open already.", t.Name).With("checkId", open[0].ID)
			}
			return made{}, err
		}
		c.OpenedAt = store.Ms(tx.Now)
		if err := insert(tx, c); err != nil {
			return made{}, err
		}
		if err := tell(tx, t.ID, wasChanged); err != nil {
			return made{}, err
		}
		return made{c.ID}, tellTeam(tx, c, notice.Note{Kind: "health.opened", Title: "Health check of " + t.Name,
			Text: "How is it going? Nobody sees who says what."})
	})
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, m.ID)
}

// tellTeam writes to those who are asked.
func tellTeam(tx *store.Tx, c *check, n notice.Note) (err error) {
	n.Link = "/health/" + c.ID
	if n.To, err = team.People(tx.Query, c.TeamID, team.Commenter); err != nil {
		return err
	}
	return notice.Post(tx, n)
}

// next is when a team is due for a check after one that was revealed.
func next(endedAt *int64) *time.Time {
	at := store.AtPtr(endedAt)
	if at == nil {
		return nil
	}
	due := at.Add(every)
	return &due
}
