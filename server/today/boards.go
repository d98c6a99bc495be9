package today

import (
	"context"
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// BoardLine is one of my teams' boards at a glance.
type BoardLine struct {
	card.BoardCard
	Failed bool `json:"failed,omitempty" doc:"It could not be read just now"`
	More   int  `json:"more,omitempty" doc:"Exceptions that are not among the rows"`
}

// rowsPerBoard is how much of one board's trouble is shown; the board has the rest.
const rowsPerBoard = 8

// ownBoards lists the boards of the teams to which a person belongs, or of all teams, with how many teams those are.
func ownBoards(q *store.Query, personID string, all bool) (ids []string, teams int, err error) {
	if _, err = q.Row([]any{&teams}, "SELECT COUNT(*) FROM teams t WHERE t.archived_at IS NULL AND t.id IN "+account.OwnTeams, personID, personID); err != nil {
		return nil, 0, err
	}
	stmt, args := "SELECT b.id FROM boards b JOIN teams t ON t.id = b.team_id WHERE b.staged_at IS NULL AND b.archived_at IS NULL AND t.archived_at IS NULL", []any{}
	if !all {
		stmt, args = stmt+" AND t.id IN "+account.OwnTeams, []any{personID, personID}
	}
	err = q.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, stmt+" ORDER BY t.name, b.name, b.rid", args...)
	return ids, teams, err
}

// readBoards fills in the exceptions, the boards and the advice.
func (s *Service) readBoards(ctx context.Context, q *store.Query, v who.Viewer, now time.Time, scope string, t *Today) error {
	t.Wide = v.Role == who.Manager || v.Role == who.Admin
	if t.Wide && scope == "all" {
		t.Scope = "all"
	}
	ids, teams, err := ownBoards(q, v.PersonID, t.Scope == "all")
	if err != nil {
		return err
	}
	t.Teams = teams
	var advised []Advice
	for _, id := range ids {
		seen, err := s.boards.See(q, v, id)
		if fault.Is(err, "not_found") {
			continue
		}
		if err != nil {
			return err
		}
		line := BoardLine{}
		rows, a, err := s.oneBoard(q, seen, now, &line)
		if err != nil {
			if ctx.Err() != nil {
				return err
			}
			row := s.failed(Exceptions, seen.TeamName, err)
			row.BoardID, row.BoardName, row.TeamName, row.ID = seen.ID, seen.Name, seen.TeamName, "failed:"+seen.ID
			line = BoardLine{BoardCard: card.BoardCard{ID: seen.ID, Name: seen.Name, TeamID: seen.TeamID, TeamKey: seen.TeamKey,
				TeamName: seen.TeamName, Visibility: seen.Visibility, Columns: []card.ColumnGlance{}}, Failed: true}
			rows, a = []Row{row}, nil
		}
		t.Boards = append(t.Boards, line)
		t.Exceptions = append(t.Exceptions, rows...)
		if a != nil && seen.Rights.CanWork() {
			advised = append(advised, *a)
		}
	}
	t.Advice = chosen(advised, t.Mine)
	return nil
}

// chosen keeps the advice for the boards on which I have work, else for the first one.
func chosen(all []Advice, mine []Row) []Advice {
	at := func(a Advice) bool {
		return slices.ContainsFunc(mine, func(r Row) bool { return r.BoardID == a.BoardID })
	}
	out := []Advice{}
	for _, a := range all {
		if at(a) && len(out) < 2 {
			out = append(out, a)
		}
	}
	if len(out) == 0 && len(all) > 0 {
		out = append(out, all[0])
	}
	return out
}

// oneBoard reads what is out of order on a board, the worst first.
func (s *Service) oneBoard(q *store.Query, seen board.Seen, now time.Time, line *BoardLine) ([]Row, *Advice, error) {
	st, err := card.StandingOf(q, seen.Layout, now)
	if err != nil {
		return nil, nil, err
	}
	line.BoardCard = st.Glance
	rows := exceptionsOf(seen.Layout, st, now)
	if len(rows) > rowsPerBoard {
		line.More = len(rows) - rowsPerBoard
		rows = rows[:rowsPerBoard]
	}
	a, err := adviceOn(q, seen.Layout, st)
	return rows, a, err
}

// The order in which trouble is read: drop everything, too much at once, stuck, too long, no room, too little.
var worst = []string{"card.expedite", "column.over", "card.blocked", "card.over_sle", "column.full", "column.starved"}

func exceptionsOf(l *board.Layout, st card.Standing, now time.Time) []Row {
	var rows []Row
	about := Row{Part: Exceptions, BoardID: l.ID, BoardName: l.Name, TeamName: l.TeamName}
	for i, c := range l.Columns {
		state := c.Wip.State(st.Glance.Columns[i].Count)
		if state == "none" || state == "under" {
			continue
		}
		r := about
		n, bound := st.Glance.Columns[i].Count, *boundOf(c.Wip, state)
		r.Kind, r.ID, r.Title, r.Column, r.Count, r.Limit, r.Link = "column."+state, c.ID, c.Name, c.Name, &n, &bound, boardLink(l.ID, "")
		rows = append(rows, r)
	}
	cal := l.Calendar()
	for _, w := range st.Wanted {
		r := about
		r.ID, r.Title, r.Key, r.At = w.ID, w.Title, w.Key, w.StartedAt
		if col := l.ColumnByRID(w.ColumnRID); col != nil {
			r.Column = col.Name
		}
		if w.StartedAt != nil {
			a := l.AgeOf(cal, w.Class, *w.StartedAt, now)
			r.Age = &a
		}
		if w.BlockedAt != nil {
			r.Blocked, r.Text, r.TimeZone = true, w.Blocked, l.TimeZone
		}
		filter := ""
		switch {
		case w.Expedite:
			r.Kind, filter = "card.expedite", "class=expedite"
		case w.BlockedAt != nil:
			r.Kind, r.At, filter = "card.blocked", w.BlockedAt, "quick=blocked"
		case r.Age != nil && r.Age.Over:
			r.Kind, filter = "card.over_sle", "quick=over"
		default:
			continue // of a class that is expected to take longer
		}
		r.Link = boardLink(l.ID, filter+"&card="+w.Key)
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return slices.Index(worst, a.Kind) - slices.Index(worst, b.Kind) })
	return rows
}

func boundOf(w board.Wip, state string) *int {
	if state == "starved" {
		return w.Min
	}
	return w.Max
}
