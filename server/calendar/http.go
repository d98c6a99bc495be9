package calendar

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/fault"
	"trestle/server/web"
)

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"calendar"}, DefaultStatus: status}
}

func moment(where, text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || at.Year() < 1980 || at.Year() > 2200 {
		return at, fault.Invalid(where, "A moment looks like 2026-11-23T00:00:00Z")
	}
	return at, nil
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, op("calendar-list", http.MethodGet, "/calendar", "The rituals of a time, over all teams or of one", 200),
		func(ctx context.Context, in *struct {
			From   string `query:"from" required:"true" maxLength:"40" doc:"A moment, 2026-11-23T00:00:00Z"`
			To     string `query:"to" required:"true" maxLength:"40" doc:"Not included; up to two months after from"`
			TeamID string `query:"teamId" maxLength:"64"`
		}) (*web.Body[View], error) {
			from, err := moment("query.from", in.From)
			if err != nil {
				return nil, err
			}
			to, err := moment("query.to", in.To)
			if err != nil {
				return nil, err
			}
			return web.JSON(s.List(ctx, from, to, in.TeamID))
		})
	web.Handle(api, op("calendar-attendance", http.MethodGet, "/calendar/attendance", "What operations and security agreed to, and how often they came in 28 days", 200),
		func(ctx context.Context, in *struct {
			TeamID string `query:"teamId" maxLength:"64"`
		}) (*web.Body[web.Page[TeamAttendance]], error) {
			return web.List(s.Attendance(ctx, in.TeamID))
		})
	web.Handle(api, op("calendar-agree", http.MethodPost, "/teams/{team}/agreements", "Agree which rituals of a team operations or security come to", 201),
		func(ctx context.Context, in *struct {
			Team string `path:"team" maxLength:"64"`
			Body NewAgreement
		}) (*web.Body[AgreementView], error) {
			return web.JSON(s.Agree(ctx, in.Team, in.Body))
		})
	web.Handle(api, op("calendar-end-agreement", http.MethodDelete, "/agreements/{agreement}", "End an agreement from today on", 204),
		func(ctx context.Context, in *struct {
			Agreement string `path:"agreement" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.EndAgreement(ctx, in.Agreement))
		})
	web.Handle(api, op("calendar-invite", http.MethodPost, "/calendar/invitations", "Invite people to one occurrence of a ritual", 201),
		func(ctx context.Context, in *struct{ Body Invitation }) (*web.Body[OccurrenceView], error) {
			return web.JSON(s.Invite(ctx, in.Body))
		})
	web.Handle(api, op("calendar-uninvite", http.MethodDelete, "/calendar/invitations/{invitation}", "Take an invitation back", 204),
		func(ctx context.Context, in *struct {
			Invitation string `path:"invitation" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.Uninvite(ctx, in.Invitation))
		})
	web.Handle(api, op("calendar-trends", http.MethodGet, "/calendar/trends", "Eight weeks of a team's rituals", 200),
		func(ctx context.Context, in *struct {
			TeamID string `query:"teamId" required:"true" maxLength:"64"`
		}) (*web.Body[Trends], error) {
			return web.JSON(s.Trends(ctx, in.TeamID))
		})
	registerFeeds(api, s)
}

func registerFeeds(api *web.API, s *Service) {
	web.Handle(api, op("feed-list", http.MethodGet, "/calendar/feeds", "Your own .ics addresses, and those of teams that you lead", 200),
		func(ctx context.Context, _ *struct{}) (*web.Body[web.Page[FeedView]], error) {
			return web.List(s.Feeds(ctx))
		})
	web.Handle(api, op("feed-create", http.MethodPost, "/calendar/feeds", "Make a secret .ics address; it is shown once", 201),
		func(ctx context.Context, in *struct {
			Body struct {
				TeamID string `json:"teamId,omitempty" required:"false" maxLength:"64" doc:"Of one team that you lead; absent: of all your teams"`
			}
		}) (*web.Body[FeedMade], error) {
			return web.JSON(s.MakeFeed(ctx, in.Body.TeamID))
		})
	web.Handle(api, op("feed-revoke", http.MethodDelete, "/calendar/feeds/{feed}", "End a secret .ics address at once", 204),
		func(ctx context.Context, in *struct {
			Feed string `path:"feed" maxLength:"64"`
		}) (*web.Empty, error) {
			return web.None(s.RevokeFeed(ctx, in.Feed))
		})
}
