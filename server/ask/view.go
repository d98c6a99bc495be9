package ask

import (
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// View is an ask as its asker sees it, and those who may see its board.
type View struct {
	ID         string      `json:"id"`
	Title      string      `json:"title" doc:"As it was asked"`
	NeededBy   string      `json:"neededBy,omitempty" doc:"The day by which it is needed, as its card says"`
	TeamID     string      `json:"teamId"`
	TeamKey    string      `json:"teamKey"`
	TeamName   string      `json:"teamName"`
	ByPersonID string      `json:"byPersonId"`
	ByName     string      `json:"byName"`
	State      string      `json:"state" enum:"raised,questioned,accepted,declined,withdrawn"`
	Place      int         `json:"place,omitempty" doc:"Its number in the queue, from 1; absent when it stands in none"`
	Of         int         `json:"of,omitempty" doc:"How many stand in that queue"`
	Expected   Expected    `json:"expected"`
	RaisedAt   time.Time   `json:"raisedAt"`
	SettledAt  *time.Time  `json:"settledAt,omitempty"`
	SettledBy  string      `json:"settledBy,omitempty"`
	StartedAt  *time.Time  `json:"startedAt,omitempty" doc:"When the team began with it"`
	FinishedAt *time.Time  `json:"finishedAt,omitempty"`
	Reason     string      `json:"reason,omitempty" doc:"Why it was declined"`
	Question   string      `json:"question,omitempty"`
	Answer     string      `json:"answer,omitempty"`
	Times      []time.Time `json:"times,omitempty" doc:"Proposed to sit together"`
	Taken      *time.Time  `json:"taken,omitempty"`
	With       string      `json:"with,omitempty" doc:"Who of the team comes"`
	Minutes    int         `json:"minutes,omitempty"`
	Mine       bool        `json:"mine" doc:"You asked"`
	CardKey    string      `json:"cardKey,omitempty" doc:"Only where you may see the card"`
	ForBoardID string      `json:"forBoardId,omitempty" doc:"Yours, on which it is shown once accepted; told to you alone"`
	Shown      bool        `json:"shown,omitempty" doc:"It stands there; it does not where more people would see it than on its own board"`
}

// Expected is what history says: Percent of the asks of a team took Days or less from being raised to being
// finished. Below ten finished asks it says nothing.
type Expected struct {
	N       int  `json:"n" doc:"Finished asks that this rests on"`
	Few     bool `json:"few" doc:"Too few to say"`
	Days    int  `json:"days,omitempty"`
	Percent int  `json:"percent,omitempty"`
}

const (
	enough     = 10
	percentile = 85
	lookBack   = 200 // the newest finished asks of a team
)

// Expect gives the smallest number of days within which at least 85 % of these were done (nearest rank).
func Expect(days []int) Expected {
	n := len(days)
	if n < enough {
		return Expected{N: n, Few: true}
	}
	sorted := slices.Clone(days)
	slices.Sort(sorted)
	rank := (percentile*n + 99) / 100
	return Expected{N: n, Days: sorted[rank-1], Percent: percentile}
}

// expected reads a team's history.
func expected(q *store.Query, teamID string) (Expected, error) {
	var days []int
	calendars := map[string]board.Calendar{}
	err := q.Each(func(row func(...any) error) error {
		var raised, finished int64
		var zone string
		if err := row(&raised, &finished, &zone); err != nil {
			return err
		}
		cal, known := calendars[zone]
		if !known {
			cal = (&board.Layout{Board: board.Board{TimeZone: zone}}).Calendar()
			calendars[zone] = cal
		}
		days = append(days, cal.Days(store.At(raised), store.At(finished)))
		return nil
	}, `SELECT a.raised_at, c.finished_at, b.time_zone FROM asks a JOIN cards c ON c.rid = a.card_rid JOIN boards b ON b.rid = c.board_rid
		WHERE a.team_id = ? AND a.state = 'accepted' AND c.finished_at IS NOT NULL ORDER BY c.finished_at DESC LIMIT ?`, teamID, lookBack)
	return Expect(days), err
}

// reader makes views for one viewer, remembering what several asks share.
type reader struct {
	s        *Service
	q        *store.Query
	v        who.Viewer
	expected map[string]Expected
}

func (s *Service) reader(q *store.Query, v who.Viewer) *reader {
	return &reader{s, q, v, map[string]Expected{}}
}

// sees says whether the viewer may see the board on which the ask's card stands, and work there.
func (s *Service) sees(q *store.Query, v who.Viewer, r record) (seen board.Seen, ok bool, err error) {
	seen, err = s.boards.See(q, v, r.BoardID)
	if fault.Is(err, "not_found") {
		return seen, false, nil
	}
	return seen, err == nil, err
}

func (rd *reader) view(r record) (v View, err error) {
	v = View{ID: r.ID, Title: r.Title, TeamID: r.TeamID, ByPersonID: r.ByID, ByName: r.ByName, State: r.State, RaisedAt: store.At(r.RaisedAt),
		SettledAt: store.AtPtr(r.SettledAt), SettledBy: r.SettledBy, Reason: r.Reason, Question: r.Question, Answer: r.Answer,
		Taken: store.AtPtr(r.SitTaken), With: r.SitWith, Mine: r.ByID == rd.v.PersonID}
	if r.SitA != nil && r.SitB != nil {
		v.Times, v.Minutes = []time.Time{store.At(*r.SitA), store.At(*r.SitB)}, r.SitMinutes
	}
	if v.Mine {
		v.ForBoardID = r.ForBoardID
		var place int64
		if v.Shown, err = rd.q.Row([]any{&place}, `SELECT p.column_rid FROM places p JOIN boards b ON b.rid = p.board_rid WHERE p.card_rid = ? AND p.mirror = TRUE
			AND p.archived = FALSE AND b.id = ?`, r.CardRID, r.ForBoardID); err != nil {
			return v, err
		}
	}
	var key string
	var started, finished *int64
	if _, err = rd.q.Row([]any{&v.TeamKey, &v.TeamName, &key, &v.NeededBy, &started, &finished}, `SELECT t.key, t.name, c.key, c.due_on, c.started_at, c.finished_at
		FROM teams t, cards c WHERE t.id = ? AND c.rid = ?`, r.TeamID, r.CardRID); err != nil {
		return v, err
	}
	v.StartedAt, v.FinishedAt = store.AtPtr(started), store.AtPtr(finished)
	if _, ok, err := rd.s.sees(rd.q, rd.v, r); err != nil {
		return v, err
	} else if ok {
		v.CardKey = key
	}
	e, known := rd.expected[r.TeamID]
	if !known {
		if e, err = expected(rd.q, r.TeamID); err != nil {
			return v, err
		}
		rd.expected[r.TeamID] = e
	}
	v.Expected = e
	if started == nil && finished == nil {
		v.Place, v.Of, err = rd.s.place(rd.q, r)
	}
	return v, err
}

// place is the ask's number in the queue where it stands.
func (s *Service) place(q *store.Query, r record) (place, of int, err error) {
	n, of, columnRID, err := card.PlaceIn(q, r.CardRID)
	if err != nil || n == 0 {
		return 0, 0, err
	}
	l, err := s.boards.LayoutIn(q, r.BoardID)
	if err != nil || l == nil {
		return 0, 0, err
	}
	if col := l.ColumnByRID(columnRID); col == nil || col.Kind != board.Queue {
		return 0, 0, nil
	}
	return n, of, nil
}
