package flow

import (
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/measure"
	"trestle/server/store"
)

// WallBoard is one board on the wall.
type WallBoard struct {
	ID             string           `json:"id"`
	Name           string           `json:"name"`
	TeamID         string           `json:"teamId"`
	TeamKey        string           `json:"teamKey"`
	TeamName       string           `json:"teamName"`
	Say            string           `json:"say" doc:"The worst of it in a few words: Review over, 1 past SLE"`
	Tone           string           `json:"tone" enum:"bad,warn,fine,none" doc:"bad: over a limit or past an expectation; none: nothing to be judged by"`
	WIP            int              `json:"wip" doc:"Cards started and not finished"`
	Expedite       int              `json:"expedite,omitempty" doc:"Of them, those of the class expedite, which the board's Flow page counts only where it is asked for"`
	Mix            []WallDiscipline `json:"mix" doc:"The same by leading discipline"`
	Columns        []WallColumn     `json:"columns" doc:"From the start to before the finish, and one before them that is over its limit"`
	Over           WallOver         `json:"over"`
	Oldest         *WallCard        `json:"oldest,omitempty"`
	Risk           int              `json:"risk" doc:"In progress for 70 % of their expectation or longer, and not past it"`
	Past           int              `json:"past" doc:"In progress for longer than their expectation"`
	Blocked        int              `json:"blocked" doc:"Cards"`
	Outside        int              `json:"outside" doc:"Of them, those that wait for somebody outside the team"`
	Waiting        int              `json:"waiting" doc:"Of what waits for the viewer, so many rows are about this board"`
	Finished       int              `json:"finished" doc:"Since Monday"`
	LaunchOn       string           `json:"launchOn,omitempty" doc:"The team's next launch within a month"`
	LaunchBlocking int              `json:"launchBlocking,omitempty" doc:"Questions of its checklist that block it today"`
}

// WallDiscipline is how much of the work in progress a discipline leads.
type WallDiscipline struct {
	Discipline string `json:"discipline" enum:"development,operations,security,product,quality,other"`
	N          int    `json:"n"`
}

// WallColumn is a column against its limit.
type WallColumn struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count" doc:"As the board counts"`
	Max   *int   `json:"max,omitempty"`
	Min   *int   `json:"min,omitempty"`
	State string `json:"state" enum:"none,under,full,over,starved"`
	Mix   string `json:"mix" doc:"One letter per card in its order, by leading discipline: d, o, s, x; at most 40"`
}

// WallOver is on which of the last ten working days a column was over the limit of that day.
type WallOver struct {
	Days  int    `json:"days"`
	Marks []bool `json:"marks" doc:"Ten, the oldest first; the last is today or the last working day"`
}

// WallCard is the oldest card in progress.
type WallCard struct {
	Card
	board.Age
}

// WallBlocked is a card that waits for somebody outside the team, by the oldest of such blockers.
type WallBlocked struct {
	BlockerID  string    `json:"blockerId"`
	Reason     string    `json:"reason"`
	Category   string    `json:"category"`
	WaitsFor   string    `json:"waitsFor,omitempty" doc:"Whom or what it waits for, where that is said"`
	PromisedOn string    `json:"promisedOn,omitempty" doc:"By when somebody has it"`
	Key        string    `json:"key"`
	Title      string    `json:"title"`
	BoardID    string    `json:"boardId"`
	BoardName  string    `json:"boardName"`
	TeamName   string    `json:"teamName"`
	Since      time.Time `json:"since"`
	Days       int       `json:"days" doc:"Calendar days, the first one counted"`
}

// wallOf is what is kept of a board: the same for everybody who sees it.
type wallOf struct {
	layout *board.Layout
	board  WallBoard
}

// day is the board's, on which its ages and marks are true.
func (w *wallOf) day(now time.Time) string { return now.In(w.layout.Location()).Format(time.DateOnly) }

// workingDays are those that a wall looks back over, today's among them when it is one.
const workingDays = 10

func lastWorkingDays(today measure.Day) []measure.Day {
	out := make([]measure.Day, workingDays)
	for d, i := today, workingDays-1; i >= 0; d-- {
		if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday {
			out[i] = d
			i--
		}
	}
	return out
}

// disciplines in the order in which they are told.
var disciplines = []string{"development", "operations", "security", "product", "quality", "other"}

func readWall(q *store.Query, l *board.Layout, now time.Time) (*wallOf, error) {
	cal := measure.NewCalendar(l.Location())
	today := cal.Day(store.Ms(now))
	worked := lastWorkingDays(today)
	d, err := loadSince(q, l, cal.Start(worked[0]))
	if err != nil {
		return nil, err
	}
	g, err := card.GlanceOf(q, l, now)
	if err != nil {
		return nil, err
	}
	of := &wallOf{layout: l, board: WallBoard{ID: l.ID, Name: l.Name, TeamID: l.TeamID, TeamKey: l.TeamKey, TeamName: l.TeamName,
		Mix: []WallDiscipline{}, Columns: []WallColumn{}, Over: WallOver{Marks: make([]bool, workingDays)}}}
	rec := d.at(now)
	of.cards(d, rec, today, now)
	of.columns(g)
	over := map[measure.Day]bool{}
	for _, o := range rec.Overloads(d.inColumns(d.journeys), d.limits, measure.Window{From: worked[0], To: today}) {
		for _, day := range o.On {
			over[day] = o.Column < rec.Board.Finish || over[day]
		}
	}
	for i, day := range worked {
		if over[day] {
			of.board.Over.Marks[i] = true
			of.board.Over.Days++
		}
	}
	return of, nil
}

// cards tells of the cards in progress, and of what finished this week.
func (w *wallOf) cards(d *loaded, rec *measure.Record, today measure.Day, now time.Time) {
	b, cal := &w.board, w.layout.Calendar()
	led := map[string]int{}
	for _, g := range rec.InProgress(d.journeys, today) {
		it := g.Journey.Item
		b.WIP++
		if it.Class == board.Expedite {
			b.Expedite++
		}
		led[it.Discipline]++
		age := w.layout.AgeOf(cal, it.Class, store.At(g.Journey.Started), now)
		switch {
		case age.Over:
			b.Past++
		case age.Level >= 2:
			b.Risk++
		}
		if b.Oldest == nil || age.Days > b.Oldest.Days {
			b.Oldest = &WallCard{cardOf(g.Journey), age}
		}
	}
	for _, name := range disciplines {
		if led[name] > 0 {
			b.Mix = append(b.Mix, WallDiscipline{name, led[name]})
		}
	}
	for i := range d.journeys {
		j := &d.journeys[i]
		if j.FinishDay != measure.Unset && j.FinishDay >= today.Monday() {
			b.Finished++
		}
		if j.Finished != measure.Unset || j.Here() == nil {
			continue
		}
		for _, k := range j.Item.Blocks {
			if k.To == measure.Unset {
				b.Blocked++
				break
			}
		}
	}
}

func (w *wallOf) columns(g card.BoardCard) {
	start, finish := w.layout.Points()
	for i, c := range w.layout.Columns {
		col := WallColumn{ID: c.ID, Name: c.Name, Count: g.Columns[i].Count, Mix: g.Columns[i].Mix, State: c.Wip.State(g.Columns[i].Count)}
		if c.Wip.Mode != board.Off {
			col.Max, col.Min = c.Wip.Max, c.Wip.Min
		}
		if c.Position < finish && (c.Position >= start || col.State == "over") {
			w.board.Columns = append(w.board.Columns, col)
		}
	}
}

// waitsOutside tells of the cards that wait for somebody outside their teams, each by its oldest such blocker. It is read every
// time: a name in it may have changed without the board having moved on.
func waitsOutside(q *store.Query, boards []*wallOf, now time.Time) (map[string][]WallBlocked, error) {
	of, ids := map[string]*wallOf{}, []string{}
	for _, w := range boards {
		of[w.board.ID], ids = w, append(ids, w.board.ID)
	}
	all, err := card.OpenBlockers(q, ids)
	out, told := map[string][]WallBlocked{}, map[string]bool{}
	for _, b := range all {
		w := of[b.BoardID]
		if !b.External || told[b.CardID] {
			continue
		}
		told[b.CardID] = true
		x := WallBlocked{BlockerID: b.ID, Reason: b.Reason, Category: b.Category, WaitsFor: b.WaitsFor, PromisedOn: b.Promised, Key: b.Key, Title: b.Title,
			BoardID: w.board.ID, BoardName: w.board.Name, TeamName: w.board.TeamName, Since: b.Since, Days: measure.NewCalendar(w.layout.Location()).Days(store.Ms(b.Since), store.Ms(now))}
		if c, ok := w.layout.Category(b.Category); ok {
			x.Category = c.Name
		}
		out[b.BoardID] = append(out[b.BoardID], x)
	}
	return out, err
}
