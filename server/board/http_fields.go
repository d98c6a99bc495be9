package board

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// FieldPath names a custom field.
type FieldPath struct {
	Field string `path:"field" maxLength:"64"`
}

// FieldChanged is a custom field with the settings it is part of.
type FieldChanged struct {
	Field CustomField `json:"field"`
	Settings
}

func registerFields(api *web.API, s *Service, op func(id, method, path, summary string, status int) huma.Operation,
	settings func(ctx context.Context, l *Layout, err error) (Settings, error)) {
	answer := func(ctx context.Context, l *Layout, id string, err error) (*web.Body[FieldChanged], error) {
		all, err := settings(ctx, l, err)
		if err != nil {
			return nil, err
		}
		return web.JSON(FieldChanged{*l.Field(id), all}, nil)
	}
	web.Handle(api, op("field-create", http.MethodPost, "/boards/{board}/fields", "Give the board's cards a field of their own", 201),
		func(ctx context.Context, in *struct {
			BoardPath
			Body NewField
		}) (*web.Body[FieldChanged], error) {
			l, id, err := s.AddField(ctx, in.Board, in.Body)
			return answer(ctx, l, id, err)
		})
	web.Handle(api, op("field-change", http.MethodPatch, "/fields/{field}", "Change or retire a custom field", 200),
		func(ctx context.Context, in *struct {
			FieldPath
			Body FieldPatch
		}) (*web.Body[FieldChanged], error) {
			l, err := s.ChangeField(ctx, in.Field, in.Body)
			return answer(ctx, l, in.Field, err)
		})
}
