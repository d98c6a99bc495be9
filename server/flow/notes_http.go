package flow

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

type noteAnswer struct{ Body Note }

func registerNotes(api *web.API, s *Service) {
	op := func(id, method, path, summary string, status int) huma.Operation {
		return huma.Operation{OperationID: "flow-note-" + id, Method: method, Path: path, Summary: summary, Tags: []string{"flow"}, DefaultStatus: status}
	}
	web.Handle(api, op("add", http.MethodPost, "/boards/{board}/flow/notes", "Write down what is done about the constraint, at one of the five focusing steps", 201),
		func(ctx context.Context, in *struct {
			Board string `path:"board" maxLength:"64"`
			Body  NewNote
		}) (*noteAnswer, error) {
			n, err := s.AddNote(ctx, in.Board, in.Body)
			return noted(n, err)
		})
	web.Handle(api, op("change", http.MethodPatch, "/flow/notes/{note}", "Change a note at a focusing step", 200),
		func(ctx context.Context, in *struct {
			Note string `path:"note" maxLength:"64"`
			Body NotePatch
		}) (*noteAnswer, error) {
			n, err := s.ChangeNote(ctx, in.Note, in.Body)
			return noted(n, err)
		})
	type one struct {
		Note string `path:"note" maxLength:"64"`
	}
	web.Handle(api, op("withdraw", http.MethodPost, "/flow/notes/{note}/withdraw", "Take a note away", 200),
		func(ctx context.Context, in *one) (*noteAnswer, error) {
			n, err := s.WithdrawNote(ctx, in.Note)
			return noted(n, err)
		})
	web.Handle(api, op("restore", http.MethodPost, "/flow/notes/{note}/restore", "Bring a note back", 200),
		func(ctx context.Context, in *one) (*noteAnswer, error) {
			n, err := s.RestoreNote(ctx, in.Note)
			return noted(n, err)
		})
}

func noted(n Note, err error) (*noteAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &noteAnswer{n}, nil
}
