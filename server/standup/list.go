package standup

import (
	"context"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/who"
)

// Entry is a series in a list, with what the viewer may do.
type Entry struct {
	SeriesView
	State     string     `json:"state,omitempty" enum:"running,sixteenth" doc:"Absent when no meeting runs"`
	StartedAt *time.Time `json:"startedAt,omitempty" doc:"Of the meeting that runs"`
	Parked    int        `json:"parked" doc:"Items that wait in the parking lot"`
	AskedTill *time.Time `json:"-"` // when the digest goes out that waits for the viewer's words
	CanDrive  bool       `json:"canDrive"`
	CanLead   bool       `json:"canLead"`
	rid       int64
}

// List gives the series that the viewer may see, or that of one board.
func (s *Service) List(ctx context.Context, boardID string) ([]Entry, error) {
	v, out := who.From(ctx), []Entry{}
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		where, args := "b.archived_at IS NULL", []any{}
		if boardID != "" {
			if _, err := s.boards.See(q, v, boardID); err != nil {
				return err
			}
			where, args = where+" AND s.board_id = ?", append(args, boardID)
		}
		found, err := seriesOn(q, where, args...)
		if err != nil {
			return err
		}
		out, err = s.entries(q, v, found)
		return err
	})
	return out, err
}

func seriesOn(q *store.Query, where string, args ...any) (out []*series, err error) {
	err = q.Each(func(scan func(...any) error) error {
		r, err := scanSeries(scan)
		out = append(out, r)
		return err
	}, "SELECT "+seriesColumns+` FROM standup_series s JOIN boards b ON b.id = s.board_id JOIN teams t ON t.id = s.team_id WHERE `+where+
		" ORDER BY t.name, s.name, s.rid", args...)
	return out, err
}

// entries are those of some series on boards that the viewer may see.
func (s *Service) entries(q *store.Query, v who.Viewer, found []*series) ([]Entry, error) {
	out, now := []Entry{}, s.store.Now()
	found, boards, err := seenBy(q, v, found)
	if err != nil {
		return nil, err
	}
	rids := ridsOf(found)
	meetings, err := heldOf(q, rids)
	if err != nil {
		return nil, err
	}
	parked, err := openOf(q, rids)
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		b, h := boards[r.BoardID], meetings[r.RID]
		x := Entry{SeriesView: r.on(b), CanDrive: b.Rights.CanWork(), CanLead: b.Rights.CanLead(), Parked: parked[r.RID], rid: r.RID}
		last := h.last
		if m := h.running; m != nil && !m.idle(now) {
			last, x.State, x.StartedAt = m, m.State, store.AtPtr(&m.StartedAt)
		}
		var begun *time.Time
		if last != nil {
			begun = store.AtPtr(&last.StartedAt)
		}
		x.NextAt = r.nextOf(now, begun)
		out = append(out, x)
	}
	return out, nil
}

// soon is how far ahead a day looks for what starts next.
const soon = 24 * time.Hour

// Soon gives the standups of a person's teams that run or begin within a day.
func (s *Service) Soon(q *store.Query, v who.Viewer, now time.Time) (out []Entry, err error) {
	found, err := seriesOn(q, "b.archived_at IS NULL AND s.team_id IN "+account.OwnTeams, v.PersonID, v.PersonID)
	if err != nil {
		return nil, err
	}
	all, err := s.entries(q, v, found)
	if err != nil {
		return nil, err
	}
	var written []int64
	for _, x := range all {
		if x.Mode == Async {
			written = append(written, x.rid)
		}
	}
	asked, err := askedOf(q, written, v.PersonID)
	for _, x := range all {
		x.AskedTill = asked[x.rid]
		if x.State != "" || x.AskedTill != nil || (x.NextAt != nil && x.NextAt.Before(now.Add(soon))) {
			out = append(out, x)
		}
	}
	return out, err
}

// TeamDuty is somebody who can be called for a team.
type TeamDuty struct {
	TeamID, TeamName string
	DutyView
}

// OnCallOf gives who can be called now for a person's teams.
func (s *Service) OnCallOf(q *store.Query, v who.Viewer, now time.Time) (out []TeamDuty, err error) {
	var teams []TeamDuty
	err = q.Each(func(scan func(...any) error) error {
		var t TeamDuty
		err := scan(&t.TeamID, &t.TeamName)
		teams = append(teams, t)
		return err
	}, "SELECT t.id, t.name FROM teams t WHERE t.archived_at IS NULL AND t.id IN "+account.OwnTeams+" ORDER BY t.name, t.id", v.PersonID, v.PersonID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(teams))
	for i, t := range teams {
		ids[i] = t.TeamID
	}
	duties, err := dutiesOf(q, ids, now)
	for _, t := range teams {
		for _, d := range duties[t.TeamID] {
			out = append(out, TeamDuty{t.TeamID, t.TeamName, d})
		}
	}
	return out, err
}
