package launch

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// LaunchPath names a launch by its checklist. Exported, because huma passes over fields that are embedded under a
// lower-case name.
type LaunchPath struct {
	Checklist string `path:"checklist" maxLength:"64"`
}

// FreezePath names a freeze.
type FreezePath struct {
	Freeze string `path:"freeze" maxLength:"64"`
}

// LaunchDays is which launches or freezes are asked for.
type LaunchDays struct {
	From   string `query:"from" maxLength:"10" doc:"2026-11-19; today when absent"`
	To     string `query:"to" maxLength:"10" doc:"2026-12-19; ninety days later when absent"`
	TeamID string `query:"teamId" maxLength:"64" doc:"All teams when absent"`
}

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"launches"}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, op("launch-list", http.MethodGet, "/launches", "Launches that you may see, the nearest first; those under way always", 200),
		func(ctx context.Context, in *LaunchDays) (*web.Body[web.Page[LaunchHead]], error) {
			return web.List(s.List(ctx, in.From, in.To, in.TeamID))
		})
	web.Handle(api, op("launch-get", http.MethodGet, "/launches/{checklist}", "A launch with its plan and its course", 200),
		func(ctx context.Context, in *LaunchPath) (*web.Body[LaunchView], error) {
			return web.JSON(s.Get(ctx, in.Checklist))
		})
	web.Handle(api, op("launch-plan", http.MethodPut, "/launches/{checklist}/plan", "Write the plan of a launch", 200),
		func(ctx context.Context, in *struct {
			LaunchPath
			Body NewPlan
		}) (*web.Body[LaunchView], error) {
			return web.JSON(s.Write(ctx, in.Checklist, in.Body))
		})
	web.Handle(api, op("launch-begin", http.MethodPost, "/launches/{checklist}/begin", "Begin the first stage", 200),
		func(ctx context.Context, in *struct {
			LaunchPath
			Body struct {
				Said string `json:"said,omitempty" required:"false" maxLength:"8000" doc:"Refused without, as say_why, while the checklist blocks or today lies in a freeze"`
			}
		}) (*web.Body[LaunchView], error) {
			return web.JSON(s.Begin(ctx, in.Checklist, in.Body.Said))
		})
	held := func(id, path, summary string, do func(ctx context.Context, id string, h Held) (LaunchView, error)) {
		web.Handle(api, op(id, http.MethodPost, "/launches/{checklist}/"+path, summary, 200), func(ctx context.Context, in *struct {
			LaunchPath
			Body Held
		}) (*web.Body[LaunchView], error) {
			return web.JSON(do(ctx, in.Checklist, in.Body))
		})
	}
	held("launch-next", "next", "Go on to the next stage", s.Next)
	held("launch-done", "done", "Say that the last stage has held", s.Finish)
	why := func(id, path, summary string, do func(ctx context.Context, id, why string) (LaunchView, error)) {
		web.Handle(api, op(id, http.MethodPost, "/launches/{checklist}/"+path, summary, 200), func(ctx context.Context, in *struct {
			LaunchPath
			Body struct {
				Why string `json:"why" minLength:"1" maxLength:"8000"`
			}
		}) (*web.Body[LaunchView], error) {
			return web.JSON(do(ctx, in.Checklist, in.Body.Why))
		})
	}
	why("launch-stop", "stop", "Stop a launch where it is", s.Stop)
	why("launch-resume", "resume", "Go on at the stage at which it was stopped", s.Resume)
	why("launch-roll-back", "roll-back", "Say that a launch is undone", s.RollBack)
	registerFreezes(api, s)
}

func registerFreezes(api *web.API, s *Service) {
	web.Handle(api, op("freeze-list", http.MethodGet, "/freezes", "Days on which nothing should launch", 200),
		func(ctx context.Context, in *LaunchDays) (*web.Body[web.Page[Freeze]], error) {
			return web.List(s.Freezes(ctx, in.From, in.To, in.TeamID))
		})
	web.Handle(api, op("freeze-add", http.MethodPost, "/freezes", "Freeze a team or everybody", 201),
		func(ctx context.Context, in *struct{ Body NewFreeze }) (*web.Body[Freeze], error) {
			return web.JSON(s.AddFreeze(ctx, in.Body))
		})
	web.Handle(api, op("freeze-change", http.MethodPut, "/freezes/{freeze}", "Change a freeze", 200),
		func(ctx context.Context, in *struct {
			FreezePath
			Body struct {
				NewFreeze
				Version int64 `json:"version"`
			}
		}) (*web.Body[Freeze], error) {
			return web.JSON(s.ChangeFreeze(ctx, in.Freeze, in.Body.NewFreeze, in.Body.Version))
		})
	web.Handle(api, op("freeze-lift", http.MethodPost, "/freezes/{freeze}/lift", "Take a freeze away", 204),
		func(ctx context.Context, in *struct {
			FreezePath
			Body struct {
				Why string `json:"why,omitempty" required:"false" maxLength:"4000"`
			}
		}) (*web.Empty, error) {
			return nil, s.LiftFreeze(ctx, in.Freeze, in.Body.Why)
		})
}
