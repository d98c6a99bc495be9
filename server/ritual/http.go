package ritual

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// SeriesPath names a series. Exported, because huma passes over fields that are embedded under a lower-case name.
type SeriesPath struct {
	Series string `path:"series" maxLength:"64"`
}

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"rituals"}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	registerSeries(api, s)
	registerSitting(api, s)
}

func registerSeries(api *web.API, s *Service) {
	web.Handle(api, op("ritual-list", http.MethodGet, "/rituals", "The rituals you may see, besides standups", 200),
		func(ctx context.Context, in *struct{ Which }) (*web.Body[web.Page[RitualItem]], error) {
			return web.List(s.List(ctx, in.Which))
		})
	web.Handle(api, op("ritual-create", http.MethodPost, "/rituals", "Set up a ritual on a board", 201),
		func(ctx context.Context, in *struct{ Body NewSeries }) (*web.Body[View], error) {
			return web.JSON(s.Create(ctx, in.Body))
		})
	web.Handle(api, op("ritual-get", http.MethodGet, "/rituals/{series}", "A ritual and its sitting now", 200),
		func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[View], error) {
			return web.JSON(s.Get(ctx, in.Series))
		})
	web.Handle(api, op("ritual-change", http.MethodPatch, "/rituals/{series}", "Change a ritual's settings", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Patch
		}) (*web.Body[View], error) {
			return web.JSON(s.Change(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("ritual-archive", http.MethodDelete, "/rituals/{series}", "Put a ritual away", 200),
		func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[View], error) {
			return web.JSON(s.Archive(ctx, in.Series))
		})
	web.Handle(api, op("ritual-restore", http.MethodPost, "/rituals/{series}/restore", "Bring a ritual back that was put away", 200),
		func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[View], error) {
			return web.JSON(s.Restore(ctx, in.Series))
		})
}

func registerSitting(api *web.API, s *Service) {
	plain := func(id, path, summary string, do func(context.Context, string) (View, error)) {
		web.Handle(api, op(id, http.MethodPost, "/rituals/{series}/"+path, summary, 200),
			func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[View], error) {
				return web.JSON(do(ctx, in.Series))
			})
	}
	plain("ritual-start", "start", "Begin a sitting, or take part in the one that runs", s.Start)
	plain("ritual-join", "join", "Say that you follow on a device of your own", s.Join)
	web.Handle(api, op("ritual-note", http.MethodPost, "/rituals/{series}/notes", "Say something of a card of the demo: it becomes a comment on the card", 201),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body NewNote
		}) (*web.Body[View], error) {
			return web.JSON(s.Note(ctx, in.Series, in.Body))
		})
	plain("ritual-end", "end", "End the sitting: what it brought is written down and told", s.End)
	web.Handle(api, op("ritual-attendance", http.MethodPost, "/rituals/{series}/attendance", "Note the heads of the team, or that somebody is here or away", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Attendance
		}) (*web.Body[View], error) {
			return web.JSON(s.Attend(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("ritual-say", http.MethodPost, "/rituals/{series}/say", "Say yes or not yet to a candidate of the replenishment", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Saying
		}) (*web.Body[View], error) {
			return web.JSON(s.Say(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("ritual-advance", http.MethodPost, "/rituals/{series}/advance", "Go from one card or question to another", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Step
		}) (*web.Body[View], error) {
			return web.JSON(s.Advance(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("ritual-presenter", http.MethodPost, "/rituals/{series}/presenter", "Say who presents a card of the demo", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Presenting
		}) (*web.Body[View], error) {
			return web.JSON(s.Present(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("ritual-candidates", http.MethodGet, "/rituals/{series}/candidates", "The cards that the next demo would show, and those that it leaves out", 200),
		func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[web.Page[Candidate]], error) {
			return web.List(s.Candidates(ctx, in.Series))
		})
	web.Handle(api, op("ritual-choose", http.MethodPost, "/rituals/{series}/candidates", "Leave cards out of the next demo or of every one, or take that back", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Choice
		}) (*web.Body[View], error) {
			return web.JSON(s.Choose(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("ritual-mark", http.MethodPost, "/rituals/{series}/marks", "Mark a card of the demo as shown to an audience, or take that back", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body Marking
		}) (*web.Body[View], error) {
			return web.JSON(s.Mark(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("ritual-decide", http.MethodPost, "/rituals/{series}/decisions", "Decide on something in the flow review: it becomes a card", 201),
		func(ctx context.Context, in *struct {
			SeriesPath
			Body NewDecision
		}) (*web.Body[View], error) {
			return web.JSON(s.Decide(ctx, in.Series, in.Body))
		})
	web.Handle(api, op("ritual-undecide", http.MethodDelete, "/rituals/{series}/decisions/{decision}", "Take a decision back: its card is archived", 200),
		func(ctx context.Context, in *struct {
			SeriesPath
			Decision string `path:"decision" maxLength:"64"`
		}) (*web.Body[View], error) {
			return web.JSON(s.Undecide(ctx, in.Series, in.Decision))
		})
	web.Handle(api, op("ritual-sittings", http.MethodGet, "/rituals/{series}/sittings", "The sittings that are over, the newest first", 200),
		func(ctx context.Context, in *struct{ SeriesPath }) (*web.Body[web.Page[PastSitting]], error) {
			return web.List(s.Held(ctx, in.Series))
		})
	web.Handle(api, op("ritual-summary", http.MethodGet, "/ritual-sittings/{sitting}/summary", "A sitting in words", 200),
		func(ctx context.Context, in *struct {
			Sitting string `path:"sitting" maxLength:"64"`
		}) (*web.Body[Summary], error) {
			return web.JSON(s.SummaryOf(ctx, in.Sitting))
		})
}
