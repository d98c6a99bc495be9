package flow

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

func registerWall(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "flow-wall", Method: http.MethodGet, Path: "/flow/wall", Tags: []string{"flow"}, DefaultStatus: 200,
		Summary: "Every board that you may see: what is stuck, over a limit, old or blocked, and what waits for you"},
		func(ctx context.Context, in *struct {
			Format string `query:"format" enum:"json,csv" default:"json" doc:"csv: the boards as a table"`
		}) (*answer[Wall], error) {
			v, err := s.Wall(ctx)
			return reply("wall", in.Format, v, err)
		})
}

func (w Wall) table() [][]string {
	head := []any{"team", "board", "say", "wip"}
	for _, d := range disciplines {
		head = append(head, d)
	}
	out := [][]string{row(append(head, "limits", "daysOverOfTen", "oldest", "oldestDays", "expectedDays", "atRisk", "past", "blocked", "blockedOutside", "forYou", "finishedThisWeek", "launchOn")...)}
	for _, b := range w.Boards {
		line := []any{b.TeamName, b.Name, b.Say, b.WIP}
		for _, d := range disciplines {
			n := 0
			for _, m := range b.Mix {
				if m.Discipline == d {
					n = m.N
				}
			}
			line = append(line, n)
		}
		var columns []string
		for _, c := range b.Columns {
			limit := ""
			if c.Max != nil {
				limit = "/" + strconv.Itoa(*c.Max)
			}
			columns = append(columns, c.Name+" "+strconv.Itoa(c.Count)+limit)
		}
		oldest := WallCard{}
		if b.Oldest != nil {
			oldest = *b.Oldest
		}
		out = append(out, row(append(line, strings.Join(columns, "; "), b.Over.Days, oldest.Key, oldest.Days, oldest.SLEDays, b.Risk, b.Past, b.Blocked, b.Outside, b.Waiting, b.Finished, b.LaunchOn)...))
	}
	return out
}
