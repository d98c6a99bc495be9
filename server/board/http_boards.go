package board

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Favourites are the boards that a person has starred, in their order.
type Favourites struct {
	BoardIDs []string `json:"boardIds" maxItems:"50"`
}

// registerBoards puts on the API what is done with whole boards.
func registerBoards(api *web.API, s *Service) {
	op := func(id, method, path, summary string, status int) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"boards"}, DefaultStatus: status}
	}
	created := func(l *Layout, err error) (*web.Body[Created], error) {
		if err != nil {
			return nil, err
		}
		v := l.ViewWith(nil)
		return web.JSON(Created{View: v, Board: v, Columns: l.ColumnViews(), Lanes: l.LaneViews()}, nil)
	}
	view := func(ctx context.Context, l *Layout, err error) (*web.Body[View], error) {
		if err != nil {
			return nil, err
		}
		finished, err := s.cards.Finished(s.store.Rows(ctx), l.RID)
		return web.JSON(l.ViewWith(finished), err)
	}
	web.Handle(api, op("board-template-list", http.MethodGet, "/board-templates", "What a new board can begin with", 200),
		func(context.Context, *struct{}) (*web.Body[web.Page[Template]], error) {
			out := make([]Template, 0, len(Templates))
			for _, t := range Templates {
				if t.Lanes == nil {
					t.Lanes = []NewLane{}
				}
				out = append(out, t)
			}
			return web.List(out, nil)
		})
	web.Handle(api, op("board-copy", http.MethodPost, "/boards/{board}/copy", "Make a board after another one: settings and structure, no cards", 201),
		func(ctx context.Context, in *struct {
			BoardPath
			Body Copy
		}) (*web.Body[Created], error) {
			return created(s.Copy(ctx, in.Board, in.Body))
		})
	web.Handle(api, op("board-archive", http.MethodPost, "/boards/{board}/archive", "Put a board away; nothing of it is lost", 200),
		func(ctx context.Context, in *struct{ BoardPath }) (*web.Body[View], error) {
			l, err := s.Archive(ctx, in.Board)
			return view(ctx, l, err)
		})
	web.Handle(api, op("board-restore", http.MethodPost, "/boards/{board}/restore", "Bring an archived board back", 200),
		func(ctx context.Context, in *struct{ BoardPath }) (*web.Body[View], error) {
			l, err := s.Restore(ctx, in.Board)
			return view(ctx, l, err)
		})
	web.Handle(api, op("favourites-set", http.MethodPut, "/me/favourites", "Star boards, in one's own order", 200),
		func(ctx context.Context, in *struct{ Body Favourites }) (*web.Body[Favourites], error) {
			ids, err := s.SetFavourites(ctx, in.Body.BoardIDs)
			return web.JSON(Favourites{ids}, err)
		})
	web.Handle(api, op("board-workflow", http.MethodGet, "/boards/{board}/workflow", "A board's definition of workflow, each part with its date", 200),
		func(ctx context.Context, in *struct{ BoardPath }) (*web.Body[Workflow], error) {
			return web.JSON(s.Workflow(ctx, in.Board))
		})
}
