package standup

import (
	"context"
	"net/http"

	"trestle/server/web"
)

// TeamPath names a team.
type TeamPath struct {
	Team string `path:"team" maxLength:"64"`
}

func registerOnCall(api *web.API, s *Service) {
	web.Handle(api, op("on-call-get", http.MethodGet, "/teams/{team}/on-call", "Who can be called for a team, now and later", 200),
		func(ctx context.Context, in *struct{ TeamPath }) (*web.Body[Roster], error) {
			return web.JSON(s.RosterOf(ctx, in.Team))
		})
	web.Handle(api, op("on-call-add", http.MethodPost, "/teams/{team}/on-call", "Put a shift into a team's roster", 201),
		func(ctx context.Context, in *struct {
			TeamPath
			Body NewShift
		}) (*web.Body[Roster], error) {
			return web.JSON(s.AddShift(ctx, in.Team, in.Body))
		})
	web.Handle(api, op("on-call-remove", http.MethodDelete, "/on-call/{shift}", "Take a shift out of a roster", 204),
		func(ctx context.Context, in *struct {
			Shift string `path:"shift" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.RemoveShift(ctx, in.Shift))
		})
	web.Handle(api, op("on-call-calendar-set", http.MethodPut, "/teams/{team}/on-call/calendar", "Read shifts of a role from a calendar", 200),
		func(ctx context.Context, in *struct {
			TeamPath
			Body NewCalendar
		}) (*web.Body[Roster], error) {
			return web.JSON(s.SetCalendar(ctx, in.Team, in.Body))
		})
	web.Handle(api, op("on-call-calendar-remove", http.MethodDelete, "/teams/{team}/on-call/calendar", "Forget a calendar and its shifts", 200),
		func(ctx context.Context, in *struct {
			TeamPath
			Service string `query:"service" maxLength:"60"`
			Role    string `query:"role" required:"true" enum:"primary,secondary,incident_manager"`
		}) (*web.Body[Roster], error) {
			return web.JSON(s.RemoveCalendar(ctx, in.Team, in.Service, in.Role))
		})
}
