package liaison

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"liaison"}, DefaultStatus: status}
}

// Exported, because huma passes over fields that are embedded under a lower-case name.
type InTeam struct {
	Team string `path:"team" maxLength:"64"`
}

// PatternPath names a pattern.
type PatternPath struct {
	Pattern string `path:"pattern" maxLength:"64"`
}

// OfPerson names a person.
type OfPerson struct {
	Person string `path:"person" maxLength:"64"`
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, op("pattern-list", http.MethodGet, "/teams/{team}/patterns", "How operations, security and others stand to a team, and how that came about", 200),
		func(ctx context.Context, in *InTeam) (*web.Body[OfTeam], error) { return web.JSON(s.Of(ctx, in.Team)) })
	web.Handle(api, op("pattern-set", http.MethodPost, "/teams/{team}/patterns", "Begin a pattern, with the rights that it gives", 201),
		func(ctx context.Context, in *struct {
			InTeam
			Body NewPattern
		}) (*web.Body[View], error) {
			return web.JSON(s.Set(ctx, in.Team, in.Body))
		})
	web.Handle(api, op("pattern-change", http.MethodPatch, "/patterns/{pattern}", "Change a pattern", 200),
		func(ctx context.Context, in *struct {
			PatternPath
			Body Patch
		}) (*web.Body[View], error) {
			return web.JSON(s.Change(ctx, in.Pattern, in.Body))
		})
	web.Handle(api, op("pattern-end", http.MethodPost, "/patterns/{pattern}/end", "End a pattern and the rights that it gave", 200),
		func(ctx context.Context, in *struct {
			PatternPath
			Body struct {
				Why string `json:"why,omitempty" required:"false" maxLength:"2000" doc:"Must be said; at most 300 characters"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.End(ctx, in.Pattern, in.Body.Why))
		})
	web.Handle(api, op("leave-list", http.MethodGet, "/people/{person}/leaves", "When somebody is away, from today on", 200),
		func(ctx context.Context, in *OfPerson) (*web.Body[LeavesOf], error) {
			return web.JSON(s.Leaves(ctx, in.Person))
		})
	web.Handle(api, op("leave-add", http.MethodPost, "/people/{person}/leaves", "Say that somebody will be away", 201),
		func(ctx context.Context, in *struct {
			OfPerson
			Body NewLeave
		}) (*web.Body[Away], error) {
			return web.JSON(s.Leave(ctx, in.Person, in.Body))
		})
	web.Handle(api, op("leave-remove", http.MethodDelete, "/people/{person}/leaves/{leave}", "Take a leave back", http.StatusNoContent),
		func(ctx context.Context, in *struct {
			OfPerson
			Leave string `path:"leave" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.Unleave(ctx, in.Person, in.Leave))
		})
	web.Handle(api, op("needs-say", http.MethodPut, "/teams/{team}/needs", "Say how much a team wants a discipline, where the record does not", 200),
		func(ctx context.Context, in *struct {
			InTeam
			Body SayNeeds
		}) (*web.Body[Said], error) {
			return web.JSON(s.Say(ctx, in.Team, in.Body))
		})
	web.Handle(api, op("coverage", http.MethodGet, "/coverage", "Which team operations or security stand to, how, and what is to look at", 200),
		func(ctx context.Context, in *struct {
			Discipline string `query:"discipline" default:"operations" enum:"operations,security"`
		}) (*web.Body[Coverage], error) {
			return web.JSON(s.Coverage(ctx, in.Discipline))
		})
	web.Handle(api, op("recommend", http.MethodPost, "/recommend", "Which pattern fits each team, with the arithmetic of one; saves nothing", 200),
		func(_ context.Context, in *struct{ Body Question }) (*web.Body[Recommendation], error) {
			return web.JSON(Answer(in.Body))
		})
	web.Handle(api, op("desk", http.MethodGet, "/desk", "What waits in all teams to which you stand, or in one", 200),
		func(ctx context.Context, in *struct {
			TeamID string `query:"teamId" maxLength:"64"`
			Most   int    `query:"most" minimum:"1" maximum:"1000" default:"50" doc:"As many of each list; all are counted"`
		}) (*web.Body[Desk], error) {
			return web.JSON(s.Desk(ctx, in.TeamID, in.Most))
		})
}
