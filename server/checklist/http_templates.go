package checklist

import (
	"context"
	"net/http"

	"trestle/server/web"
)

// TemplatePath names a template.
type TemplatePath struct {
	Template string `path:"template" maxLength:"64"`
}

func registerTemplates(api *web.API, s *Service) {
	web.Handle(api, op("checklist-template-list", http.MethodGet, "/checklist-templates", "The templates of checklists that you may see", 200),
		func(ctx context.Context, in *struct {
			TeamID string `query:"teamId" maxLength:"64" doc:"Those that this team may use"`
		}) (*web.Body[web.Page[TemplateHead]], error) {
			return web.List(s.Templates(ctx, in.TeamID))
		})
	web.Handle(api, op("checklist-template-get", http.MethodGet, "/checklist-templates/{template}", "A template with the items of a version", 200),
		func(ctx context.Context, in *struct {
			TemplatePath
			Version int `query:"version" minimum:"0" doc:"The newest when absent"`
		}) (*web.Body[TemplateView], error) {
			return web.JSON(s.Template(ctx, in.Template, in.Version))
		})
}
