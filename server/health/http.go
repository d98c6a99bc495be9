package health

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// CheckPath is exported, because huma passes over fields that are embedded under a lower-case name.
type CheckPath struct {
	Check string `path:"check" maxLength:"64"`
}

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"health"}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, op("health-question-list", http.MethodGet, "/health-questions", "What health checks can ask", 200),
		func(context.Context, *struct{}) (*web.Body[web.Page[Set]], error) { return web.List(Sets(), nil) })
	web.Handle(api, op("health-list", http.MethodGet, "/health-checks", "The open check and the last revealed one of each of your teams", 200),
		func(ctx context.Context, _ *struct{}) (*web.Body[web.Page[Head]], error) {
			return web.List(s.Teams(ctx))
		})
	web.Handle(api, op("health-open", http.MethodPost, "/health-checks", "Ask a team how it is", 201),
		func(ctx context.Context, in *struct{ Body NewCheck }) (*web.Body[View], error) {
			return web.JSON(s.OpenCheck(ctx, in.Body))
		})
	web.Handle(api, op("health-get", http.MethodGet, "/health-checks/{check}", "A health check as you see it", 200),
		func(ctx context.Context, in *struct{ CheckPath }) (*web.Body[View], error) {
			return web.JSON(s.Get(ctx, in.Check))
		})
	web.Handle(api, op("health-answer", http.MethodPut, "/health-checks/{check}/answers", "Give your answers; nobody learns whose they are", 200),
		func(ctx context.Context, in *struct {
			CheckPath
			Body struct {
				Answers []AnswerTo `json:"answers" minItems:"1" maxItems:"60"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Answer(ctx, in.Check, in.Body.Answers))
		})
	for _, e := range []struct {
		id, path, summary string
		do                func(context.Context, string) (View, error)
	}{
		{"health-reveal", "reveal", "Show everybody what was said, and forget by whom", s.Reveal},
		{"health-call-off", "call-off", "End it without showing anything", s.CallOff},
	} {
		web.Handle(api, op(e.id, http.MethodPost, "/health-checks/{check}/"+e.path, e.summary, 200),
			func(ctx context.Context, in *struct{ CheckPath }) (*web.Body[View], error) {
				return web.JSON(e.do(ctx, in.Check))
			})
	}
	web.Handle(api, op("health-of-team", http.MethodGet, "/teams/{team}/health", "A team's checks over time", 200),
		func(ctx context.Context, in *struct {
			Team string `path:"team" maxLength:"64"`
		}) (*web.Body[Past], error) {
			return web.JSON(s.OfTeam(ctx, in.Team))
		})
}
