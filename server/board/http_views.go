package board

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

type ViewPath struct {
	View string `path:"view" maxLength:"64"`
}

// registerViews puts saved views on the API. Every change answers with all that the viewer may choose from.
func registerViews(api *web.API, s *Service) {
	op := func(id, method, path, summary string, status int) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"boards"}, DefaultStatus: status}
	}
	web.Handle(api, op("view-list", http.MethodGet, "/boards/{board}/views", "Saved views of a board: one's own and shared ones", 200),
		func(ctx context.Context, in *struct{ BoardPath }) (*web.Body[SavedViews], error) {
			return web.JSON(s.Views(ctx, in.Board))
		})
	web.Handle(api, op("view-create", http.MethodPost, "/boards/{board}/views", "Keep filters and rows under a name", 201),
		func(ctx context.Context, in *struct {
			BoardPath
			Body NewView
		}) (*web.Body[SavedViews], error) {
			return web.JSON(s.AddView(ctx, in.Board, in.Body))
		})
	web.Handle(api, op("view-change", http.MethodPatch, "/views/{view}", "Change a saved view", 200),
		func(ctx context.Context, in *struct {
			ViewPath
			Body ViewPatch
		}) (*web.Body[SavedViews], error) {
			return web.JSON(s.ChangeView(ctx, in.View, in.Body))
		})
	web.Handle(api, op("view-remove", http.MethodDelete, "/views/{view}", "Remove a saved view", 200),
		func(ctx context.Context, in *struct{ ViewPath }) (*web.Body[SavedViews], error) {
			return web.JSON(s.RemoveView(ctx, in.View))
		})
	web.Handle(api, op("view-default", http.MethodPut, "/boards/{board}/default-view", "Choose the view with which one opens a board", 200),
		func(ctx context.Context, in *struct {
			BoardPath
			Body struct {
				ViewID string `json:"viewId" maxLength:"64" doc:"Empty: with everything"`
			}
		}) (*web.Body[SavedViews], error) {
			return web.JSON(s.OpenWith(ctx, in.Board, in.Body.ViewID))
		})
}
