package retro

import (
	"context"
	"net/http"

	"trestle/server/fault"
	"trestle/server/web"
)

// TemplateBody changes a template.
type TemplateBody struct {
	Name           web.Opt[string]           `json:"name" required:"false"`
	WhenToUse      web.Opt[string]           `json:"whenToUse" required:"false"`
	DefaultMinutes web.Opt[int]              `json:"defaultMinutes" required:"false"`
	Question       web.Opt[string]           `json:"question" required:"false"`
	Columns        web.Opt[[]TemplateColumn] `json:"columns" required:"false" doc:"All of them, in their order"`
	Archived       web.Opt[bool]             `json:"archived" required:"false"`
	Version        web.Opt[int64]            `json:"version" required:"false" doc:"Refused with stale when it is another one by now"`
}

// registerTemplates is a team's own templates.
func registerTemplates(api *web.API, s *Service) {
	web.Handle(api, op("retro-template-own", http.MethodGet, "/teams/{team}/retro-templates", "A team's own retro templates, the archived ones too", 200),
		func(ctx context.Context, in *struct {
			Team string `path:"team" maxLength:"64"`
		}) (*web.Body[OwnTemplates], error) {
			return web.JSON(s.Own(ctx, in.Team))
		})
	web.Handle(api, op("retro-template-create", http.MethodPost, "/teams/{team}/retro-templates", "Make a retro template of a team's own", 201),
		func(ctx context.Context, in *struct {
			Team string `path:"team" maxLength:"64"`
			Body NewTemplate
		}) (*web.Body[RetroTemplate], error) {
			return web.JSON(s.MakeTemplate(ctx, in.Team, in.Body))
		})
	web.Handle(api, op("retro-template-change", http.MethodPatch, "/retro-templates/{template}", "Change a team's own retro template, archive it or bring it back", 200),
		func(ctx context.Context, in *struct {
			Template string `path:"template" maxLength:"64"`
			Body     TemplateBody
		}) (*web.Body[RetroTemplate], error) {
			b := in.Body
			if m := b.DefaultMinutes; m.Set && (m.Null || m.Value < 1 || m.Value > 480) {
				return nil, fault.Invalid("body.defaultMinutes", "Say 1 to 480 minutes")
			}
			return web.JSON(s.ChangeTemplate(ctx, in.Template, TemplatePatch{Name: b.Name.Ptr(), WhenToUse: b.WhenToUse.Ptr(), Question: b.Question.Ptr(),
				DefaultMinutes: b.DefaultMinutes.Ptr(), Columns: b.Columns.Ptr(), Archived: b.Archived.Ptr(), Version: b.Version.Ptr()}))
		})
}
