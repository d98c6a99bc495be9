package notice

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// MarkBody names notices.
type MarkBody struct {
	IDs  []string `json:"ids,omitempty" required:"false" maxItems:"500"`
	All  bool     `json:"all,omitempty" required:"false" doc:"All of one's notices"`
	UpTo string   `json:"upTo,omitempty" required:"false" maxLength:"64" doc:"With all: those not newer than this one, the newest that was shown"`
}

// UnmarkBody names notices.
type UnmarkBody struct {
	IDs []string `json:"ids" minItems:"1" maxItems:"500"`
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	registerInbox(api, s)
	registerPreferences(api, s)
	registerChat(api, s)
}

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"Notices"}}
}

func registerInbox(api *web.API, s *Service) {
	web.Handle(api, op("notice-list", http.MethodGet, "/notices", "One's inbox, newest first"),
		func(ctx context.Context, in *struct {
			State  string `query:"state" enum:"all,unread" default:"all"`
			Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
			Cursor string `query:"cursor" maxLength:"40"`
		}) (*web.Body[Inbox], error) {
			return web.JSON(s.List(ctx, in.State == "unread", in.Limit, in.Cursor))
		})
	web.Handle(api, op("notice-count", http.MethodGet, "/notices/unread", "How many of one's notices are unread"),
		func(ctx context.Context, _ *struct{}) (*web.Body[Unread], error) { return web.JSON(s.Count(ctx)) })
	web.Handle(api, op("notice-read", http.MethodPost, "/notices/read", "Mark notices as read"),
		func(ctx context.Context, in *struct{ Body MarkBody }) (*web.Body[Marked], error) {
			return web.JSON(s.Mark(ctx, true, in.Body.IDs, in.Body.All, in.Body.UpTo))
		})
	web.Handle(api, op("notice-unread", http.MethodPost, "/notices/unread", "Mark notices as not read, which takes a reading back"),
		func(ctx context.Context, in *struct{ Body UnmarkBody }) (*web.Body[Marked], error) {
			return web.JSON(s.Mark(ctx, false, in.Body.IDs, false, ""))
		})
}
