package standup

import (
	"encoding/json"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Line is a series as a calendar shows it.
type Line struct {
	ID, Name, BoardID, BoardName, TeamID, TeamName, MeetingURL string // TeamName: of Ahead
	Zone                                                       *time.Location
	Box                                                        time.Duration
	Written                                                    bool // of Ahead: each is asked at this hour by their own clock
	Planned                                                    []time.Time
}

// Lines gives the series on boards that the viewer may see, each with the times for which it is planned between two
// moments. Of the past it says as much as the schedule has been what it is now.
func (s *Service) Lines(q *store.Query, v who.Viewer, from, to time.Time) (out []Line, err error) {
	found, err := seriesOn(q, "b.archived_at IS NULL AND t.archived_at IS NULL")
	if err != nil {
		return nil, err
	}
	found, boards, err := seenBy(q, v, found)
	if err != nil {
		return nil, err
	}
	var since map[string]time.Time
	if from.Before(s.store.Now()) {
		if since, err = plannedSince(q, found, from); err != nil {
			return nil, err
		}
	}
	for _, r := range found {
		x := Line{ID: r.ID, Name: r.Name, BoardID: r.BoardID, BoardName: boards[r.BoardID].Name, TeamID: r.TeamID, MeetingURL: r.MeetingURL, Zone: r.location(),
			Box: time.Duration(r.Box) * time.Minute}
		if r.Plan != nil {
			begin := from
			if at := since[r.ID]; at.After(begin) {
				begin = at
			}
			x.Planned = r.Plan.Between(r.location(), begin, to)
		}
		out = append(out, x)
	}
	return out, nil
}

// changesRead bounds how many changes of the series' settings are looked through.
const changesRead = 2000

// plannedSince is, by series, since when its schedule is what it is now, as the record tells it. How it was before from
// is not asked.
func plannedSince(q *store.Query, list []*series, from time.Time) (map[string]time.Time, error) {
	out, first, earlier, of := map[string]time.Time{}, map[string]int64{}, map[string]bool{}, map[string]*series{}
	var topics, ids []string
	for _, r := range list {
		if r.Plan != nil {
			topics, ids = append(topics, event.StandupTopic(r.ID)), append(ids, r.ID)
			of[event.StandupTopic(r.ID)] = r
		}
	}
	err := store.InParts(topics, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var topic, raw string
			var at int64
			if err := scan(&topic, &at, &raw); err != nil || earlier[topic] {
				return err
			}
			var told struct {
				View struct{ Series struct{ Schedule *Schedule } }
			}
			if err := json.Unmarshal([]byte(raw), &told); err != nil {
				return err
			}
			r, was := of[topic], told.View.Series.Schedule
			earlier[topic] = was == nil || was.At != r.Plan.At() || was.TimeZone != r.Zone || !slices.Equal(was.Days, r.Plan.Days)
			if !earlier[topic] {
				first[r.ID] = at
			}
			return nil
		}, `SELECT e.topic, e.at, e.data FROM events e WHERE e.topic IN (`+marks+`) AND e.type = 'series.updated' AND e.seq >= COALESCE((SELECT MAX(x.seq) FROM events x
			WHERE x.topic = e.topic AND x.type = 'series.updated' AND x.at <= ?), 0) ORDER BY e.topic, e.seq DESC LIMIT ?`, append(args, store.Ms(from), changesRead)...)
	})
	if err != nil {
		return nil, err
	}
	return out, store.InParts(ids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var id string
			var made int64
			err := scan(&id, &made)
			if at, changed := first[id]; changed {
				made = at
			}
			out[id] = store.At(made)
			return err
		}, "SELECT id, created_at FROM standup_series WHERE id IN ("+marks+")", args...)
	})
}

// Sitting is a meeting as a calendar shows it, with who came by name; the team's own are a number.
type Sitting struct {
	ID, SeriesID string
	StartedAt    time.Time
	EndedAt      *time.Time // nil while it runs
	Box          time.Duration
	Written      bool // over hours, by each when it suited them: it took nobody's minutes
	People       []Attendee
}

// Attendee is somebody who came, and as what.
type Attendee struct{ PersonID, Role string }

// Sittings gives the meetings of some series that began in [from, to), the oldest first, and behind them the days that
// are written on now.
func (s *Service) Sittings(q *store.Query, seriesIDs []string, from, to time.Time) (out []Sitting, err error) {
	if len(seriesIDs) == 0 {
		return nil, nil
	}
	args := make([]any, 0, len(seriesIDs)+2)
	for _, id := range seriesIDs {
		args = append(args, id)
	}
	now := s.store.Now()
	err = q.Each(func(scan func(...any) error) error {
		var x Sitting
		var m meeting
		var person, role *string
		if err := scan(&x.ID, &x.SeriesID, &m.StartedAt, &m.EndedAt, &m.TouchedAt, &m.Box, &m.Mode, &person, &role); err != nil {
			return err
		}
		if n := len(out); n == 0 || out[n-1].ID != x.ID {
			x.StartedAt, x.EndedAt, x.Box, x.Written = store.At(m.StartedAt), store.AtPtr(m.EndedAt), time.Duration(m.Box)*time.Second, m.Mode == Async
			if m.EndedAt == nil && m.idle(now) {
				x.EndedAt = store.AtPtr(&m.TouchedAt)
			}
			out = append(out, x)
		}
		if last := &out[len(out)-1]; person != nil {
			last.People = append(last.People, Attendee{*person, *role})
		}
		return nil
	}, `SELECT m.id, s.id, m.started_at, m.ended_at, m.touched_at, m.box_seconds, m.mode, a.person_id, a.role
		FROM standup_meetings m JOIN standup_series s ON s.rid = m.series_rid
		LEFT JOIN standup_attendance a ON a.meeting_rid = m.rid AND a.state <> 'away'
		WHERE s.id IN (`+store.Marks(len(seriesIDs))+`) AND m.started_at >= ? AND m.started_at < ? ORDER BY m.started_at, m.rid, a.at, a.person_id`,
		append(args, store.Ms(from), store.Ms(to))...)
	if err != nil {
		return nil, err
	}
	open, err := writtenNow(q, args[:len(seriesIDs)], now)
	for _, x := range open {
		if !x.StartedAt.Before(from) && x.StartedAt.Before(to) {
			out = append(out, x)
		}
	}
	return out, err
}

// writtenNow are the days of some series on which people write, from their hour by the series' clock on.
func writtenNow(q *store.Query, seriesIDs []any, now time.Time) (out []Sitting, err error) {
	found, err := seriesOn(q, "s.mode = ? AND s.id IN ("+store.Marks(len(seriesIDs))+")", append([]any{Async}, seriesIDs...)...)
	if err != nil {
		return nil, err
	}
	open, err := openDigests(q, ridsOf(found))
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		g := open[r.RID]
		if g == nil || r.Plan == nil {
			continue
		}
		day, err := time.Parse(time.DateOnly, g.Day)
		if err != nil {
			return nil, err
		}
		if at, has := r.Plan.On(r.location(), day); has && !at.After(now) {
			out = append(out, Sitting{ID: g.ID, SeriesID: r.ID, StartedAt: at, Box: time.Duration(r.Box) * time.Minute, Written: true})
		}
	}
	return out, nil
}

// Ahead gives the standups of a person's teams with the times for which they are planned in [from, to), or where there
// is none, the first one after that. It asks as often for many teams as for one.
func (s *Service) Ahead(q *store.Query, v who.Viewer, from, to time.Time) (out []Line, err error) {
	found, err := seriesOn(q, "s.team_id IN "+account.OwnTeams, v.PersonID, v.PersonID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(found))
	for _, r := range found {
		ids = append(ids, r.BoardID)
	}
	boards, err := board.NamedTo(q, v, ids)
	for _, r := range found {
		if b, seen := boards[r.BoardID]; seen && r.Plan != nil {
			out = append(out, Line{ID: r.ID, Name: r.Name, BoardID: b.ID, BoardName: b.Name, TeamID: b.TeamID, TeamName: b.TeamName, MeetingURL: r.MeetingURL,
				Zone: r.location(), Box: time.Duration(r.Box) * time.Minute, Written: r.Mode == Async, Planned: r.Plan.Ahead(r.location(), from, to)})
		}
	}
	return out, err
}
