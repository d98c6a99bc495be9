package search

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Register puts the room's verb on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "search", Method: http.MethodGet, Path: "/search", Tags: []string{"search"}, DefaultStatus: 200,
		Summary:     "Find cards, boards, teams and people",
		Description: "Every word must begin a word of what is found. Cards are found by key, title, description, labels, to-dos, fields and comments, finished and archived ones too. Best first: the very key, then titles; open before finished before archived; what moved last first."},
		func(ctx context.Context, in *struct {
			Q      string `query:"q" maxLength:"500" doc:"What to look for"`
			Kinds  string `query:"kinds" maxLength:"60" doc:"card, board, team, person, separated by commas; empty for all"`
			Team   string `query:"team" maxLength:"64" doc:"Only what belongs to this team"`
			State  string `query:"state" enum:"open,finished,archived" doc:"Only cards in this state"`
			Owner  string `query:"owner" maxLength:"64" doc:"Only cards of this person; q may be empty then"`
			Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
			Cursor string `query:"cursor" maxLength:"200"`
		}) (*web.Body[Found], error) {
			kinds := strings.FieldsFunc(in.Kinds, func(r rune) bool { return r == ',' || r == ' ' })
			return web.JSON(s.Search(ctx, Ask{Text: in.Q, Kinds: kinds, TeamID: in.Team, State: in.State, Owner: in.Owner, Limit: in.Limit, Cursor: in.Cursor}))
		})
}
