package today

import (
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/clock"
	"trestle/server/store"
	"trestle/server/who"
)

// Lately is what others did since the last working day began, where it concerns me: a card counts once, by the most
// that happened to it.
type Lately struct {
	From      time.Time `json:"from" doc:"When the last working day began, in one's own time zone"`
	On        string    `json:"on" doc:"That day, 2026-11-20"`
	Days      int       `json:"days" doc:"How many days ago it was there; 1 is yesterday"`
	Finished  int       `json:"finished"`
	Moved     int       `json:"moved" doc:"Moved and not finished"`
	Commented int       `json:"commented" doc:"Commented on and not moved"`
	Rows      []Row     `json:"rows" doc:"The most telling of them"`
}

// latelyRows is how many cards are told by name.
const latelyRows = 24

func (l *Lately) add(r Row) {
	switch r.Kind {
	case "card.finished":
		l.Finished++
	case "card.moved":
		l.Moved++
	case "card.commented":
		l.Commented++
	}
	if len(l.Rows) < latelyRows {
		l.Rows = append(l.Rows, r)
	}
}

// readLately reads what happened since then.
func readLately(q *store.Query, v who.Viewer, now time.Time) (l Lately, err error) {
	l.Rows = []Row{}
	zone, err := zoneOf(q, v.PersonID)
	if err != nil {
		return l, err
	}
	from := lastWorkday(now.In(zone))
	l.From, l.On = from.UTC(), from.Format(time.DateOnly)
	l.Days = board.CalendarIn(zone).Days(from, now) - 1
	all, err := card.TouchedSince(q, v, v.PersonID, from)
	for _, x := range all {
		at := x.At
		r := Row{Part: Since, Kind: "card.commented", ID: x.ID, Title: x.Title, Key: x.Key, Column: x.Column, BoardID: x.BoardID, BoardName: x.BoardName,
			TeamName: x.TeamName, Who: x.By, At: &at, Link: boardLink(x.BoardID, "card="+x.Key)}
		switch {
		case x.Finished:
			r.Kind = "card.finished"
		case x.Moves > 0:
			r.Kind = "card.moved"
		}
		if x.Comments > 0 {
			r.Count = &x.Comments
		}
		if x.By != "" {
			r.Hue = &x.ByHue
		}
		l.add(r)
	}
	return l, err
}

// lastWorkday is when the working day before now's began.
func lastWorkday(now time.Time) time.Time {
	y, m, d := now.Date()
	day := time.Date(y, m, d-1, 0, 0, 0, 0, now.Location())
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		y, m, d = day.Date()
		day = time.Date(y, m, d-1, 0, 0, 0, 0, now.Location())
	}
	return day
}

// zoneOf is a person's own time zone, else that of the oldest board of their teams.
func zoneOf(q *store.Query, personID string) (*time.Location, error) {
	var own, first string
	if _, err := q.Row([]any{&own, &first}, `SELECT p.time_zone, COALESCE((SELECT b.time_zone FROM boards b WHERE b.archived_at IS NULL AND b.staged_at IS NULL
		AND b.team_id IN `+account.OwnTeams+` ORDER BY b.rid LIMIT 1), '') FROM people p WHERE p.id = ?`, personID, personID, personID); err != nil {
		return nil, err
	}
	for _, name := range []string{own, first} {
		if zone, ok := clock.Zone(name); ok {
			return zone, nil
		}
	}
	return time.UTC, nil
}
