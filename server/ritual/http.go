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
}

func registerSeries(api *web.API, s *Service) {
	web.Handle(api, op("ritual-list", http.MethodGet, "/rituals", "The rituals you may see, besides standups", 200),
		func(ctx context.Context, in *struct {
			TeamID  string `query:"teamId" maxLength:"64" doc:"Only those of this team"`
			BoardID string `query:"boardId" maxLength:"64" doc:"Only those of this board"`
		}) (*web.Body[web.Page[RitualItem]], error) {
			return web.List(s.List(ctx, in.TeamID, in.BoardID))
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
}
