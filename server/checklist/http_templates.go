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

// ProposalPath names a proposal.
type ProposalPath struct {
	Proposal string `path:"proposal" maxLength:"64"`
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
	web.Handle(api, op("checklist-template-create", http.MethodPost, "/checklist-templates", "Make a template of the organisation or of a team", 201),
		func(ctx context.Context, in *struct{ Body NewTemplate }) (*web.Body[TemplateView], error) {
			return web.JSON(s.MakeTemplate(ctx, in.Body))
		})
	web.Handle(api, op("checklist-template-change", http.MethodPatch, "/checklist-templates/{template}", "Rename a template, retire it or bring it back", 200),
		func(ctx context.Context, in *struct {
			TemplatePath
			Body TemplatePatch
		}) (*web.Body[TemplateView], error) {
			return web.JSON(s.ChangeTemplate(ctx, in.Template, in.Body))
		})
	web.Handle(api, op("checklist-template-draft", http.MethodPut, "/checklist-templates/{template}/draft", "Write the draft of the next version", 200),
		func(ctx context.Context, in *struct {
			TemplatePath
			Body struct {
				Items   []TemplateItem `json:"items" maxItems:"200"`
				Version *int64         `json:"version,omitempty" required:"false" doc:"Refused as stale if the template changed after this version"`
			}
		}) (*web.Body[TemplateView], error) {
			return web.JSON(s.PutDraft(ctx, in.Template, in.Body.Items, in.Body.Version))
		})
	web.Handle(api, op("checklist-template-publish", http.MethodPost, "/checklist-templates/{template}/publish", "Publish the draft; running checklists keep their version", 200),
		func(ctx context.Context, in *struct {
			TemplatePath
			Body struct {
				Note string `json:"note" minLength:"1" maxLength:"2000" doc:"What changed"`
			}
		}) (*web.Body[TemplateView], error) {
			return web.JSON(s.Publish(ctx, in.Template, in.Body.Note))
		})
	web.Handle(api, op("checklist-proposal-list", http.MethodGet, "/checklist-templates/{template}/proposals", "What was proposed for a template", 200),
		func(ctx context.Context, in *struct{ TemplatePath }) (*web.Body[web.Page[Proposal]], error) {
			return web.List(s.Proposals(ctx, in.Template))
		})
	web.Handle(api, op("checklist-propose", http.MethodPost, "/checklist-templates/{template}/proposals", "Propose an item", 201),
		func(ctx context.Context, in *struct {
			TemplatePath
			Body NewProposal
		}) (*web.Body[Proposal], error) {
			return web.JSON(s.Propose(ctx, in.Template, in.Body))
		})
	web.Handle(api, op("checklist-proposal-accept", http.MethodPost, "/checklist-proposals/{proposal}/accept", "Take a proposed item into the draft", 200),
		func(ctx context.Context, in *struct {
			ProposalPath
			Body *Taking
		}) (*web.Body[Proposal], error) {
			if in.Body == nil {
				return web.JSON(s.Accept(ctx, in.Proposal, Taking{}))
			}
			return web.JSON(s.Accept(ctx, in.Proposal, *in.Body))
		})
	web.Handle(api, op("checklist-proposal-decline", http.MethodPost, "/checklist-proposals/{proposal}/decline", "Decline a proposed item, with why", 200),
		func(ctx context.Context, in *struct {
			ProposalPath
			Body Why
		}) (*web.Body[Proposal], error) {
			return web.JSON(s.Decline(ctx, in.Proposal, in.Body.Why))
		})
}
