package today

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Register puts the room's verb on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, huma.Operation{OperationID: "today", Method: http.MethodGet, Path: "/today", Tags: []string{"today"}, DefaultStatus: 200,
		Summary: "What starts next, what waits for you, what you wait for, your cards in progress, your teams' exceptions, what happened lately and what comes next"},
		func(ctx context.Context, in *struct {
			Scope string `query:"scope" enum:"mine,all" default:"mine" doc:"all: every team, for managers and administrators"`
			Only  string `query:"only" enum:"rituals,waiting,mine,exceptions,awaited,since,next" doc:"Leave the other parts empty, and do not read them"`
		}) (*web.Body[Today], error) {
			return web.JSON(s.Of(ctx, in.Scope, in.Only))
		})
}
