package card

import (
	"context"
	"net/http"

	"trestle/server/web"
)

type LinkPath struct {
	Link string `path:"link" maxLength:"64"`
}
type TemplatePath struct {
	Template string `path:"template" maxLength:"64"`
}

func registerFull(api *web.API, s *Service) {
	registerKin(api, s)
	registerTexts(api, s)
	registerTemplates(api, s)
}

func registerKin(api *web.API, s *Service) {
	web.Handle(api, op("todo-promote", http.MethodPost, "/todos/{todo}/promote", "Make a to-do item a card, a part of the item's card", 201),
		func(ctx context.Context, in *struct {
			Todo string `path:"todo" maxLength:"64"`
			Body *Promotion
		}) (*web.Body[Promoted], error) {
			if in.Body == nil {
				in.Body = &Promotion{}
			}
			return web.JSON(s.PromoteTodo(ctx, in.Todo, *in.Body))
		})
	web.Handle(api, op("card-people", http.MethodGet, "/cards/{card}/people", "Whom a text on a card can name: those who may see it", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Q     string `query:"q" maxLength:"80"`
			Limit int    `query:"limit" minimum:"1" maximum:"100" default:"8"`
		}) (*web.Body[web.Page[Nameable]], error) {
			return web.List(s.Nameable(ctx, in.Card, in.Q, in.Limit))
		})
	web.Handle(api, op("card-watch", http.MethodPut, "/cards/{card}/watch", "Hear of a card's changes, or no longer", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Body struct {
				Watching bool `json:"watching"`
			}
		}) (*web.Body[Watching], error) {
			return web.JSON(s.Watch(ctx, in.Card, in.Body.Watching))
		})
	web.Handle(api, op("card-link-add", http.MethodPost, "/cards/{card}/links", "Link a card to the world outside", 201),
		func(ctx context.Context, in *struct {
			CardPath
			Body NewLink
		}) (*web.Body[Linked], error) {
			return web.JSON(s.AddLink(ctx, in.Card, in.Body))
		})
	web.Handle(api, op("link-change", http.MethodPatch, "/links/{link}", "Change a link", 200),
		func(ctx context.Context, in *struct {
			LinkPath
			Body LinkPatch
		}) (*web.Body[Changed], error) {
			return web.JSON(s.ChangeLink(ctx, in.Link, in.Body))
		})
	web.Handle(api, op("link-remove", http.MethodDelete, "/links/{link}", "Take a link away", 200),
		func(ctx context.Context, in *struct{ LinkPath }) (*web.Body[Changed], error) {
			return web.JSON(s.RemoveLink(ctx, in.Link))
		})
}

func registerTexts(api *web.API, s *Service) {
	web.Handle(api, op("card-hypothesis", http.MethodPut, "/cards/{card}/hypothesis", "Say what a card is believed to bring", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Body NewHypothesis
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Suppose(ctx, in.Card, in.Body))
		})
	web.Handle(api, op("card-outcome", http.MethodPut, "/cards/{card}/outcome", "Say what turned out", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Body NewOutcome
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Conclude(ctx, in.Card, in.Body))
		})
	web.Handle(api, op("card-revisions", http.MethodGet, "/cards/{card}/revisions", "The versions of a card's description, newest first", 200),
		func(ctx context.Context, in *struct{ CardPath }) (*web.Body[web.Page[Revision]], error) {
			return web.List(s.Revisions(ctx, in.Card))
		})
	web.Handle(api, op("revision-get", http.MethodGet, "/revisions/{revision}", "One version of a description, with its text", 200),
		func(ctx context.Context, in *struct {
			Revision string `path:"revision" maxLength:"64"`
		}) (*web.Body[RevisionText], error) {
			return web.JSON(s.Revision(ctx, in.Revision))
		})
}

func registerTemplates(api *web.API, s *Service) {
	web.Handle(api, op("card-template-list", http.MethodGet, "/boards/{board}/card-templates", "What a card on this board can begin as, the library included", 200),
		func(ctx context.Context, in *struct{ BoardPath }) (*web.Body[web.Page[CardTemplate]], error) {
			return web.List(s.Templates(ctx, in.Board))
		})
	web.Handle(api, op("card-template-create", http.MethodPost, "/boards/{board}/card-templates", "Make a card template, of a card or of what it shall say", 201),
		func(ctx context.Context, in *struct {
			BoardPath
			Body NewCardTemplate
		}) (*web.Body[CardTemplate], error) {
			return web.JSON(s.AddTemplate(ctx, in.Board, in.Body))
		})
	web.Handle(api, op("card-template-change", http.MethodPatch, "/card-templates/{template}", "Change a card template", 200),
		func(ctx context.Context, in *struct {
			TemplatePath
			Body CardTemplatePatch
		}) (*web.Body[CardTemplate], error) {
			return web.JSON(s.ChangeTemplate(ctx, in.Template, in.Body))
		})
	web.Handle(api, op("card-template-remove", http.MethodDelete, "/card-templates/{template}", "Take a card template away; cards made from it stay", 204),
		func(ctx context.Context, in *struct{ TemplatePath }) (*web.Empty, error) {
			return web.None(s.RetireTemplate(ctx, in.Template))
		})
}
