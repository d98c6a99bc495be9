package catalogue

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// ServicePath names a service. Exported, because huma passes over fields that are embedded under a lower-case name.
type ServicePath struct {
	Service string `path:"service" maxLength:"64"`
}

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"catalogue"}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, op("service-list", http.MethodGet, "/services", "The services of the teams that you may see", 200),
		func(ctx context.Context, in *struct {
			TeamID   string `query:"teamId" maxLength:"64" doc:"Only those of this team"`
			Archived bool   `query:"archived" doc:"Those that were put away instead"`
		}) (*web.Body[web.Page[ServiceItem]], error) {
			return web.List(s.List(ctx, in.TeamID, in.Archived))
		})
	web.Handle(api, op("service-create", http.MethodPost, "/services", "Add a service to a team", 201),
		func(ctx context.Context, in *struct{ Body NewService }) (*web.Body[ServiceItem], error) {
			return web.JSON(s.Create(ctx, in.Body))
		})
	web.Handle(api, op("service-get", http.MethodGet, "/services/{service}", "One service", 200),
		func(ctx context.Context, in *struct{ ServicePath }) (*web.Body[ServiceItem], error) {
			return web.JSON(s.Get(ctx, in.Service))
		})
	web.Handle(api, op("service-history", http.MethodGet, "/services/{service}/history", "What became of a service, by whom and when", 200),
		func(ctx context.Context, in *struct{ ServicePath }) (*web.Body[web.Page[Turn]], error) {
			return web.List(s.History(ctx, in.Service))
		})
	web.Handle(api, op("service-change", http.MethodPatch, "/services/{service}", "Change a service, put it away or bring it back", 200),
		func(ctx context.Context, in *struct {
			ServicePath
			Body Patch
		}) (*web.Body[ServiceItem], error) {
			return web.JSON(s.Change(ctx, in.Service, in.Body))
		})
}
