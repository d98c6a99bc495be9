package ask

import (
	"context"
	"time"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// kept is how long a settled or finished ask stays in the asker's list.
const kept = 30 * 24 * time.Hour

// Mine lists the viewer's own asks, the newest first: all that are open, and what was settled lately.
func (s *Service) Mine(ctx context.Context) ([]View, error) {
	v := who.From(ctx)
	if v.PersonID == "" || v.TeamID != "" {
		return nil, fault.Forbidden("Asks are between people; a screen or a team's token has none.")
	}
	var rows []record
	out := []View{}
	since := store.Ms(s.store.Now().Add(-kept))
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		err := q.Each(func(row func(...any) error) error {
			r, err := scan(row)
			rows = append(rows, r)
			return err
		}, "SELECT "+columns+tables+`WHERE a.by_id = ? AND (a.state IN ('raised', 'questioned') OR a.settled_at > ?
			OR (a.state = 'accepted' AND (c.finished_at IS NULL OR c.finished_at > ?))) ORDER BY a.raised_at DESC, a.rid DESC LIMIT 200`, v.PersonID, since, since)
		if err != nil {
			return err
		}
		rd := s.reader(q, v)
		for _, r := range rows {
			x, err := rd.view(r)
			if err != nil {
				return err
			}
			out = append(out, x)
		}
		return nil
	})
	return out, err
}

// one reads an ask that the viewer may see: as its asker, or because they may see its board.
func (s *Service) one(q *store.Query, v who.Viewer, id string) (record, error) {
	r, err := read(q, "a.id = ?", id)
	if err != nil {
		return r, err
	}
	if r.ID == "" {
		return r, fault.NotFound("ask")
	}
	if v.PersonID != "" && v.PersonID == r.ByID && v.TeamID == "" {
		return r, nil
	}
	_, ok, err := s.sees(q, v, r)
	if err == nil && !ok {
		err = fault.NotFound("ask")
	}
	return r, err
}

// Get reads one ask.
func (s *Service) Get(ctx context.Context, id string) (View, error) {
	q, v := s.store.Rows(ctx), who.From(ctx)
	r, err := s.one(q, v, id)
	if err != nil {
		return View{}, err
	}
	return s.reader(q, v).view(r)
}

// Outlook is what somebody can expect who asks a team now.
type Outlook struct {
	Ready    bool     `json:"ready" doc:"The team has a board to ask on"`
	Waiting  int      `json:"waiting" doc:"How many wait in its queue for asks; the next is one more"`
	Expected Expected `json:"expected"`
}

// OutlookOf reads what to expect of a team.
func (s *Service) OutlookOf(ctx context.Context, teamID string) (o Outlook, err error) {
	q := s.store.Rows(ctx)
	if err := mayAsk(q, who.From(ctx), teamID); err != nil {
		return o, err
	}
	boardID, columnID, err := board.AsksColumnOf(q, teamID)
	if err != nil {
		return o, err
	}
	o.Ready = boardID != ""
	if _, err = q.Row([]any{&o.Waiting}, `SELECT COUNT(*) FROM places p JOIN columns k ON k.rid = p.column_rid WHERE k.id = ? AND p.archived = FALSE`, columnID); err != nil {
		return o, err
	}
	o.Expected, err = expected(q, teamID)
	return o, err
}

// Waiting are the asks that wait for a person: those to their teams for an answer, and their own that were asked back.
func (s *Service) Waiting(q *store.Query, v who.Viewer) (toTeams, mine []View, err error) {
	var rows []record
	err = q.Each(func(row func(...any) error) error {
		r, err := scan(row)
		rows = append(rows, r)
		return err
	}, "SELECT "+columns+tables+`WHERE (a.by_id = ? AND a.state = 'questioned') OR (a.by_id <> ? AND a.team_id IN
		(SELECT team_id FROM members WHERE person_id = ? AND role IN ('worker', 'lead') UNION SELECT team_id FROM liaisons WHERE person_id = ?)
		AND (a.state = 'raised' OR (a.state = 'accepted' AND a.sit_a IS NOT NULL AND a.sit_taken IS NULL AND a.sit_b > ?)))
		ORDER BY a.raised_at, a.rid LIMIT 100`, v.PersonID, v.PersonID, v.PersonID, v.PersonID, store.Ms(s.store.Now()))
	if err != nil {
		return nil, nil, err
	}
	rd := s.reader(q, v)
	for _, r := range rows {
		x, err := rd.view(r)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case x.Mine:
			mine = append(mine, x)
		case x.CardKey != "":
			toTeams = append(toTeams, x)
		}
	}
	return toTeams, mine, nil
}
