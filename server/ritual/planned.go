package ritual

import (
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/who"
)

// Line is a series as a calendar shows it.
type Line struct {
	ID, Kind, Name, BoardID, BoardName, TeamID, TeamName, MeetingURL string // TeamName: of Ahead
	Zone                                                             *time.Location
	Box                                                              time.Duration
	Planned                                                          []time.Time
}

// Lines gives the series on boards that the viewer may see, each with the times for which it is planned in [from, to).
// Of the past it says only what has been so since the series was last given other times; of one that was put away, nothing.
func (s *Service) Lines(q *store.Query, v who.Viewer, from, to time.Time) (out []Line, err error) {
	found, boards, err := seenBy(q, v, "b.archived_at IS NULL AND t.archived_at IS NULL")
	if err != nil {
		return nil, err
	}
	since, err := plannedSince(q, found)
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		x := Line{ID: r.ID, Kind: r.Kind, Name: r.Name, BoardID: r.BoardID, BoardName: boards[r.BoardID].Name, TeamID: r.TeamID, MeetingURL: r.MeetingURL,
			Zone: r.location(), Box: time.Duration(r.Box) * time.Minute}
		if r.Plan != nil && r.ArchivedAt == nil {
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

// plannedSince is, by series, since when its times are what they are now.
func plannedSince(q *store.Query, list []*series) (map[string]time.Time, error) {
	out, of := map[string]time.Time{}, map[string]string{}
	var topics, ids []string
	for _, r := range list {
		topic := event.RitualTopic(r.ID)
		topics, ids, of[topic] = append(topics, topic), append(ids, r.ID), r.ID
	}
	if err := store.InParts(ids, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var id string
			var at int64
			err := scan(&id, &at)
			out[id] = store.At(at)
			return err
		}, "SELECT id, created_at FROM ritual_series WHERE id IN ("+marks+")", args...)
	}); err != nil {
		return nil, err
	}
	return out, store.InParts(topics, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var topic string
			var at int64
			err := scan(&topic, &at)
			out[of[topic]] = store.At(at)
			return err
		}, "SELECT topic, MAX(at) FROM events WHERE topic IN ("+marks+") AND type IN ('ritual.updated', 'ritual.restored') AND data LIKE ? GROUP BY topic",
			append(args, `%"`+rescheduled+`":true%`)...)
	})
}

// Sitting is a sitting as a calendar shows it, with who came.
type Sitting struct {
	ID, SeriesID string
	StartedAt    time.Time
	EndedAt      *time.Time // nil while it runs
	Box          time.Duration
	People       []Attendee
}

// Attendee is somebody who came, and as what.
type Attendee struct{ PersonID, Role string }

// Sittings gives the sittings of some series that began in [from, to), the oldest first. One that everybody left is over
// since it was touched last, whether anybody has looked at it meanwhile or not.
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
		var m sitting
		var person, role *string
		if err := scan(&x.ID, &x.SeriesID, &m.StartedAt, &m.EndedAt, &m.TouchedAt, &m.Box, &person, &role); err != nil {
			return err
		}
		if n := len(out); n == 0 || out[n-1].ID != x.ID {
			x.StartedAt, x.EndedAt, x.Box = store.At(m.StartedAt), store.AtPtr(m.EndedAt), time.Duration(m.Box)*time.Second
			if m.EndedAt == nil && m.idle(now) {
				x.EndedAt = store.AtPtr(&m.TouchedAt)
			}
			out = append(out, x)
		}
		if last := &out[len(out)-1]; person != nil {
			last.People = append(last.People, Attendee{*person, *role})
		}
		return nil
	}, `SELECT m.id, s.id, m.started_at, m.ended_at, m.touched_at, m.box_seconds, a.person_id, a.role
		FROM ritual_sittings m JOIN ritual_series s ON s.rid = m.series_rid
		LEFT JOIN ritual_attendance a ON a.sitting_rid = m.rid AND a.state <> 'away'
		WHERE s.id IN (`+store.Marks(len(seriesIDs))+`) AND m.started_at >= ? AND m.started_at < ? ORDER BY m.started_at, m.rid, a.at, a.person_id`,
		append(args, store.Ms(from), store.Ms(to))...)
	return out, err
}

// Ahead gives the rituals of a person's teams with the times for which they are planned in [from, to), or where there
// is none, the first one after that. It asks as often for many teams as for one.
func (s *Service) Ahead(q *store.Query, v who.Viewer, from, to time.Time) (out []Line, err error) {
	found, err := readSeries(q, "s.archived_at IS NULL AND s.team_id IN "+account.OwnTeams, v.PersonID, v.PersonID)
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
			out = append(out, Line{ID: r.ID, Kind: r.Kind, Name: r.Name, BoardID: b.ID, BoardName: b.Name, TeamID: b.TeamID, TeamName: b.TeamName,
				MeetingURL: r.MeetingURL, Zone: r.location(), Box: time.Duration(r.Box) * time.Minute, Planned: r.Plan.Ahead(r.location(), from, to)})
		}
	}
	return out, err
}
