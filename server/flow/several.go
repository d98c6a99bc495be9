package flow

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/measure"
	"trestle/server/team"
	"trestle/server/who"
)

// Several names boards whose cards are counted together, each by its own points and its own days.
type Several struct {
	Boards string `query:"boards" maxLength:"2000" doc:"Ids with commas between, fifty at most"`
	TeamID string `query:"teamId" maxLength:"64" doc:"All boards of a team that you may see; instead of boards"`
}

const (
	mostBoards = 50
	tooMany    = "At most fifty boards can be counted together; %s. Name the boards that are wanted."
)

// together is one piece of work over several boards. A board that the viewer does not see is as absent as one that is not.
func (s *Service) together(ctx context.Context, of Several, in Ask) (*asked, error) {
	ids, err := s.several(ctx, of)
	if err != nil {
		return nil, err
	}
	var parts []*asked
	for _, id := range ids {
		a, err := s.ask(ctx, id, in)
		if err != nil {
			return nil, err
		}
		parts = append(parts, a)
	}
	slices.SortStableFunc(parts, func(x, y *asked) int {
		return cmp.Or(cmp.Compare(x.layout.TeamName, y.layout.TeamName), cmp.Compare(x.layout.Name, y.layout.Name))
	})
	first := parts[0]
	all := &asked{rec: &measure.Record{Now: first.rec.Now}, parts: parts, window: first.window, today: first.today, now: first.now, classes: first.classes, types: first.types}
	for _, p := range parts {
		all.counted, all.expedite = append(all.counted, p.counted...), all.expedite+p.expedite
		all.today = max(all.today, p.today)
		all.window.From, all.window.To = min(all.window.From, p.window.From), max(all.window.To, p.window.To)
	}
	return all, nil
}

// later names the boards whose record begins inside the window: until then they add nothing to a day.
func (a *asked) later() string {
	if len(a.parts) < 2 {
		return ""
	}
	var names []string
	for _, p := range a.parts {
		if p.begun != measure.Unset && p.begun > a.window.From {
			names = append(names, fmt.Sprintf("%s on %s", p.layout.Name, p.begun))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " A board adds nothing before its record begins: " + strings.Join(names, ", ") + "."
}

func (s *Service) several(ctx context.Context, of Several) ([]string, error) {
	switch {
	case of.Boards == "" && of.TeamID == "":
		return nil, fault.Invalid("query.boards", "Name boards, or a team")
	case of.Boards != "" && of.TeamID != "":
		return nil, fault.Invalid("query.boards", "Name boards or a team, not both")
	}
	if of.TeamID == "" {
		ids := listed(of.Boards)
		slices.Sort(ids)
		switch ids = slices.Compact(ids); {
		case len(ids) == 0:
			return nil, fault.Invalid("query.boards", "Name one board at least")
		case len(ids) > mostBoards:
			return nil, fault.Invalid("query.boards", tooMany, fmt.Sprintf("%d were named", len(ids)))
		}
		return ids, nil
	}
	q := s.store.Rows(ctx)
	if _, _, err := team.See(q, who.From(ctx), of.TeamID); err != nil {
		return nil, err
	}
	may, err := team.Sight(q, who.From(ctx))
	if err != nil {
		return nil, err
	}
	all, err := board.Currents(q)
	var ids []string
	for _, b := range all {
		if b.TeamID == of.TeamID && may(b.TeamID, b.Visibility) {
			ids = append(ids, b.ID)
		}
	}
	switch {
	case err != nil:
		return nil, err
	case len(ids) == 0:
		return nil, fault.Conflict("no_boards", "This team has no board that you may see.")
	case len(ids) > mostBoards:
		return nil, fault.Invalid("query.teamId", tooMany, fmt.Sprintf("this team has %d", len(ids)))
	}
	return ids, nil
}

// BoardDays is what one of several boards adds to each day.
type BoardDays struct {
	BoardName
	WIP       []int `json:"wip"`
	Started   []int `json:"started"`
	Finished  []int `json:"finished"`
	Discarded []int `json:"discarded"`
}

// BoardTimes are the cycle times of one of several boards.
type BoardTimes struct {
	BoardName
	N           int          `json:"n" doc:"Cards that finished, and whose cycle time is known"`
	Percentiles []Percentile `json:"percentiles" doc:"Empty below ten cards: too few to say"`
}

// BoardAhead is what a forecast over several boards rests on at one of them.
type BoardAhead struct {
	BoardName
	Items    int `json:"items" doc:"In progress"`
	Finished int `json:"finished" doc:"In the window, up to the last day that is over for every board"`
}

// BoardName names one of several.
type BoardName struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	TeamName string `json:"teamName"`
}

func (a *asked) name() BoardName { return BoardName{a.layout.ID, a.layout.Name, a.layout.TeamName} }

// inProgress counts what is in progress on a day.
func (a *asked) inProgress(day measure.Day) (n int) {
	for i := range a.counted {
		if a.counted[i].InProgress(day) {
			n++
		}
	}
	return n
}

func (a *asked) boardDays() (out []BoardDays) {
	for _, p := range a.parts {
		d := measure.Daily(p.counted, a.window)
		out = append(out, BoardDays{p.name(), d.WIP, d.Arrivals, d.Finished, d.Discarded})
	}
	return out
}

// boardTimes takes points apart that are in any order.
func (a *asked) boardTimes(points []measure.Point) (out []BoardTimes) {
	by := byBoard(points)
	for _, p := range a.parts {
		own := by[p.layout.RID]
		out = append(out, BoardTimes{p.name(), len(own), percentiles(measure.CycleTimes(own))})
	}
	return out
}

func byBoard(points []measure.Point) map[int64][]measure.Point {
	by := map[int64][]measure.Point{}
	for _, p := range points {
		by[p.Journey.Item.Board] = append(by[p.Journey.Item.Board], p)
	}
	return by
}

func (a *asked) boardAhead() (out []BoardAhead) {
	over := a.untilYesterday()
	for _, p := range a.parts {
		out = append(out, BoardAhead{p.name(), p.inProgress(p.today), total(measure.Daily(p.counted, over).Finished)})
	}
	return out
}
