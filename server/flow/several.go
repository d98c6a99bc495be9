package flow

import (
	"context"
	"fmt"
	"slices"

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
	if len(parts) == 1 {
		return parts[0], nil
	}
	first := parts[0]
	all := &asked{rec: &measure.Record{Now: first.rec.Now}, parts: parts, window: first.window, today: first.today, now: first.now, classes: first.classes, types: first.types}
	for _, p := range parts {
		all.counted, all.expedite = append(all.counted, p.counted...), all.expedite+p.expedite
		all.today = max(all.today, p.today)
		all.window.From, all.window.To = min(all.window.From, p.window.From), max(all.window.To, p.window.To)
	}
	return all, nil
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
