package retro

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Exported, because huma passes over fields that are embedded under a lower-case name.
type RetroPath struct {
	Retro string `path:"retro" maxLength:"64"`
}
type NotePath struct {
	Note string `path:"note" maxLength:"64"`
}
type GroupPath struct {
	Group string `path:"group" maxLength:"64"`
}
type ActionPath struct {
	Action string `path:"action" maxLength:"64"`
}

// SummaryView is a retro in Markdown.
type SummaryView struct {
	Markdown string `json:"markdown"`
}

type fileOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"retros"}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	web.Handle(api, op("retro-template-list", http.MethodGet, "/retro-templates", "The templates, for a board those first that its facts suggest", 200),
		func(ctx context.Context, in *struct {
			BoardID string `query:"boardId" maxLength:"64"`
		}) (*web.Body[web.Page[RetroTemplate]], error) {
			return web.List(s.Templates(ctx, in.BoardID))
		})
	web.Handle(api, op("retro-list", http.MethodGet, "/retros", "Retros, the newest first", 200),
		func(ctx context.Context, in *struct {
			TeamID string `query:"teamId" maxLength:"64"`
		}) (*web.Body[web.Page[RetroItem]], error) {
			return web.List(s.List(ctx, in.TeamID))
		})
	web.Handle(api, op("retro-create", http.MethodPost, "/retros", "Begin a retro", 201),
		func(ctx context.Context, in *struct{ Body NewRetro }) (*web.Body[View], error) {
			return web.JSON(s.Create(ctx, in.Body))
		})
	web.Handle(api, op("retro-join-code", http.MethodPost, "/retros/join", "Join the retro that a code stands for", 200),
		func(ctx context.Context, in *struct {
			Body struct {
				Code string `json:"code" minLength:"1" maxLength:"20"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.JoinByCode(ctx, in.Body.Code))
		})
	web.Handle(api, op("retro-get", http.MethodGet, "/retros/{retro}", "A retro as you see it", 200),
		func(ctx context.Context, in *struct{ RetroPath }) (*web.Body[View], error) {
			return web.JSON(s.Get(ctx, in.Retro))
		})
	web.Handle(api, op("retro-summary", http.MethodGet, "/retros/{retro}/summary", "A published retro in Markdown", 200),
		func(ctx context.Context, in *struct{ RetroPath }) (*web.Body[SummaryView], error) {
			text, err := s.Summary(ctx, in.Retro)
			return web.JSON(SummaryView{text}, err)
		})
	web.Handle(api, op("retro-export", http.MethodGet, "/retros/{retro}/export.csv", "A published retro as a table", 200),
		func(ctx context.Context, in *struct{ RetroPath }) (*fileOut, error) {
			name, file, err := s.CSV(ctx, in.Retro)
			if err != nil {
				return nil, err
			}
			return &fileOut{"text/csv; charset=utf-8", `attachment; filename="` + name + `"`, file}, nil
		})
	registerTemplates(api, s)
	registerLeading(api, s)
	registerTaking(api, s)
	registerDeciding(api, s)
}

// registerLeading is who is there, and who turns the page.
func registerLeading(api *web.API, s *Service) {
	plain := func(id, path, summary string, do func(context.Context, string) (View, error)) {
		web.Handle(api, op(id, http.MethodPost, "/retros/{retro}/"+path, summary, 200),
			func(ctx context.Context, in *struct{ RetroPath }) (*web.Body[View], error) {
				return web.JSON(do(ctx, in.Retro))
			})
	}
	plain("retro-join", "join", "Say that you are here; again every twenty seconds", s.Join)
	plain("retro-take-over", "take-over", "Facilitate, when nobody has for a minute", s.TakeOver)
	web.Handle(api, op("retro-phase", http.MethodPost, "/retros/{retro}/phase", "Turn the page", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body struct {
				From string `json:"from" maxLength:"20" doc:"Where you see it; when it is elsewhere already, nothing happens"`
				To   string `json:"to" maxLength:"20"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Turn(ctx, in.Retro, in.Body.From, in.Body.To))
		})
	web.Handle(api, op("retro-timer", http.MethodPost, "/retros/{retro}/timer", "Set, pause or resume the timer", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body Clock
		}) (*web.Body[View], error) {
			return web.JSON(s.SetTimer(ctx, in.Retro, in.Body))
		})
	web.Handle(api, op("retro-done", http.MethodPost, "/retros/{retro}/done", "Say that you are done with this phase, or not", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body struct {
				Done bool `json:"done"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.SetDone(ctx, in.Retro, in.Body.Done))
		})
	web.Handle(api, op("retro-facilitator", http.MethodPost, "/retros/{retro}/facilitators", "Let somebody facilitate, or no longer", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body struct {
				PersonID    string `json:"personId" maxLength:"64"`
				Facilitator bool   `json:"facilitator"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.SetFacilitator(ctx, in.Retro, in.Body.PersonID, in.Body.Facilitator))
		})
	web.Handle(api, op("retro-discuss", http.MethodPost, "/retros/{retro}/discuss", "Go on to another group", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body Topic
		}) (*web.Body[View], error) {
			return web.JSON(s.TalkAbout(ctx, in.Retro, in.Body))
		})
}

// registerTaking is what everybody does who takes part.
func registerTaking(api *web.API, s *Service) {
	web.Handle(api, op("retro-note-add", http.MethodPost, "/retros/{retro}/notes", "Write a note, which others read from the reveal on", 201),
		func(ctx context.Context, in *struct {
			RetroPath
			Body struct {
				Column string `json:"column" maxLength:"40"`
				Text   string `json:"text" minLength:"1" maxLength:"4000"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.AddNote(ctx, in.Retro, in.Body.Column, in.Body.Text))
		})
	web.Handle(api, op("retro-note-change", http.MethodPatch, "/retro-notes/{note}", "Change your note", 200),
		func(ctx context.Context, in *struct {
			NotePath
			Body NotePatch
		}) (*web.Body[View], error) {
			return web.JSON(s.ChangeNote(ctx, in.Note, in.Body))
		})
	web.Handle(api, op("retro-note-remove", http.MethodDelete, "/retro-notes/{note}", "Take your note away", 200),
		func(ctx context.Context, in *struct{ NotePath }) (*web.Body[View], error) {
			return web.JSON(s.RemoveNote(ctx, in.Note))
		})
	web.Handle(api, op("retro-note-ungroup", http.MethodPost, "/retro-notes/{note}/ungroup", "Take a note out of its group", 200),
		func(ctx context.Context, in *struct{ NotePath }) (*web.Body[View], error) {
			return web.JSON(s.Ungroup(ctx, in.Note))
		})
	web.Handle(api, op("retro-group", http.MethodPost, "/retros/{retro}/groups", "Put notes together", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body NewGroup
		}) (*web.Body[View], error) {
			return web.JSON(s.GroupNotes(ctx, in.Retro, in.Body))
		})
	web.Handle(api, op("retro-group-change", http.MethodPatch, "/retro-groups/{group}", "Name a group, or note what was said about it", 200),
		func(ctx context.Context, in *struct {
			GroupPath
			Body GroupPatch
		}) (*web.Body[View], error) {
			return web.JSON(s.ChangeGroup(ctx, in.Group, in.Body))
		})
	web.Handle(api, op("retro-vote", http.MethodPost, "/retros/{retro}/votes", "Say how many of your votes a group has", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body struct {
				GroupID string `json:"groupId" maxLength:"64"`
				Count   int    `json:"count" minimum:"0" maximum:"20"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.CastVotes(ctx, in.Retro, in.Body.GroupID, in.Body.Count))
		})
	web.Handle(api, op("retro-thumb", http.MethodPost, "/retros/{retro}/thumb", "Go on with this group, or move on", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body struct {
				Value string `json:"value" enum:"continue,move_on," doc:"Empty takes it back"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Thumb(ctx, in.Retro, in.Body.Value))
		})
	web.Handle(api, op("retro-checkin", http.MethodPost, "/retros/{retro}/checkin", "Answer the check-in's question", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body struct {
				Text string `json:"text" maxLength:"1000" doc:"Empty takes it back"`
			}
		}) (*web.Body[View], error) {
			return web.JSON(s.Answer(ctx, in.Retro, in.Body.Text))
		})
	web.Handle(api, op("retro-rate", http.MethodPost, "/retros/{retro}/close", "Say how the retro was", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			Body Rating
		}) (*web.Body[View], error) {
			return web.JSON(s.Rate(ctx, in.Retro, in.Body))
		})
}

// registerDeciding is what the team commits to.
func registerDeciding(api *web.API, s *Service) {
	web.Handle(api, op("retro-action-add", http.MethodPost, "/retros/{retro}/actions", "Commit to an action, which is a card", 201),
		func(ctx context.Context, in *struct {
			RetroPath
			Body NewAction
		}) (*web.Body[View], error) {
			return web.JSON(s.AddAction(ctx, in.Retro, in.Body))
		})
	web.Handle(api, op("retro-action-change", http.MethodPatch, "/retro-actions/{action}", "Change an action and its card", 200),
		func(ctx context.Context, in *struct {
			ActionPath
			Body ActionPatch
		}) (*web.Body[View], error) {
			return web.JSON(s.ChangeAction(ctx, in.Action, in.Body))
		})
	web.Handle(api, op("retro-action-remove", http.MethodDelete, "/retro-actions/{action}", "Take an action back; its card is archived", 200),
		func(ctx context.Context, in *struct{ ActionPath }) (*web.Body[View], error) {
			return web.JSON(s.RemoveAction(ctx, in.Action))
		})
	web.Handle(api, op("retro-carried", http.MethodPost, "/retros/{retro}/carried/{action}", "Say what becomes of an action of an earlier retro", 200),
		func(ctx context.Context, in *struct {
			RetroPath
			ActionPath
			Body Settle
		}) (*web.Body[View], error) {
			return web.JSON(s.SettleCarried(ctx, in.Retro, in.Action, in.Body))
		})
}
