package board

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

// Settings is the answer of every change of a board: all that may have changed with it.
type Settings struct {
	Board   View         `json:"board"`
	Columns []ColumnView `json:"columns"`
	Lanes   []LaneView   `json:"lanes"`
}

// ColumnChanged is a column with the settings it is part of.
type ColumnChanged struct {
	ColumnView
	Settings
}

// BoardChanged is a board's settings, at the top level and whole.
type BoardChanged struct {
	View
	Settings
}

// Exported, because huma passes over fields that are embedded under a lower-case name.
type BoardPath struct {
	Board string `path:"board" maxLength:"64"`
}
type ColumnPath struct {
	Column string `path:"column" maxLength:"64"`
}
type LanePath struct {
	Lane string `path:"lane" maxLength:"64"`
}

// Register puts the room's verbs on the API.
func Register(api *web.API, s *Service) {
	op := func(id, method, path, summary string, status int) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"boards"}, DefaultStatus: status}
	}
	settings := func(ctx context.Context, l *Layout, err error) (Settings, error) {
		if err != nil {
			return Settings{}, err
		}
		finished, err := s.cards.Finished(s.store.Rows(ctx), l.RID)
		return Settings{l.ViewWith(finished), l.ColumnViews(), l.LaneViews()}, err
	}
	answer := func(ctx context.Context, l *Layout, err error) (*web.Body[Settings], error) {
		return web.JSON(settings(ctx, l, err))
	}
	column := func(ctx context.Context, l *Layout, id string, err error) (*web.Body[ColumnChanged], error) {
		all, err := settings(ctx, l, err)
		if err != nil {
			return nil, err
		}
		return web.JSON(ColumnChanged{l.Column(id).view(), all}, nil)
	}

	web.Handle(api, op("board-create", http.MethodPost, "/boards", "Make a board", 201),
		func(ctx context.Context, in *struct{ Body NewBoard }) (*web.Body[Created], error) {
			l, err := s.Create(ctx, in.Body)
			if err != nil {
				return nil, err
			}
			return web.JSON(Created{View: l.ViewWith(nil), Board: l.ViewWith(nil), Columns: l.ColumnViews(), Lanes: l.LaneViews()}, nil)
		})
	registerBoards(api, s)
	registerViews(api, s)
	web.Handle(api, op("board-change", http.MethodPatch, "/boards/{board}", "Change a board's settings", 200),
		func(ctx context.Context, in *struct {
			BoardPath
			Body Patch
		}) (*web.Body[BoardChanged], error) {
			l, err := s.Change(ctx, in.Board, in.Body)
			all, err := settings(ctx, l, err)
			return web.JSON(BoardChanged{all.Board, all}, err)
		})
	registerFields(api, s, op, settings)
	web.Handle(api, op("column-create", http.MethodPost, "/boards/{board}/columns", "Add a column", 201),
		func(ctx context.Context, in *struct {
			BoardPath
			Body struct {
				NewColumn
				Where
			}
		}) (*web.Body[ColumnChanged], error) {
			l, id, err := s.AddColumn(ctx, in.Board, in.Body.NewColumn, in.Body.Where)
			return column(ctx, l, id, err)
		})
	web.Handle(api, op("column-change", http.MethodPatch, "/columns/{column}", "Change a column: name, kind, policy, limit, order", 200),
		func(ctx context.Context, in *struct {
			ColumnPath
			Body ColumnPatch
		}) (*web.Body[ColumnChanged], error) {
			l, err := s.ChangeColumn(ctx, in.Column, in.Body)
			return column(ctx, l, in.Column, err)
		})
	web.Handle(api, op("column-remove", http.MethodDelete, "/columns/{column}", "Retire a column; its cards go to the target", 200),
		func(ctx context.Context, in *struct {
			ColumnPath
			Target string `query:"target" maxLength:"64"`
		}) (*web.Body[Settings], error) {
			l, err := s.RemoveColumn(ctx, in.Column, in.Target)
			return answer(ctx, l, err)
		})
	web.Handle(api, op("lane-create", http.MethodPost, "/boards/{board}/lanes", "Add a lane", 201),
		func(ctx context.Context, in *struct {
			BoardPath
			Body NewLane
		}) (*web.Body[Settings], error) {
			l, err := s.AddLane(ctx, in.Board, in.Body)
			return answer(ctx, l, err)
		})
	web.Handle(api, op("lane-change", http.MethodPatch, "/lanes/{lane}", "Change a lane", 200),
		func(ctx context.Context, in *struct {
			LanePath
			Body LanePatch
		}) (*web.Body[Settings], error) {
			l, err := s.ChangeLane(ctx, in.Lane, in.Body)
			return answer(ctx, l, err)
		})
	web.Handle(api, op("lane-remove", http.MethodDelete, "/lanes/{lane}", "Remove a lane; its cards stay in their columns", 200),
		func(ctx context.Context, in *struct{ LanePath }) (*web.Body[Settings], error) {
			l, err := s.RemoveLane(ctx, in.Lane)
			return answer(ctx, l, err)
		})
}

// Created is a new board: its settings at the top level, and with its columns for who goes on at once.
type Created struct {
	View
	Board   View         `json:"board"`
	Columns []ColumnView `json:"columns"`
	Lanes   []LaneView   `json:"lanes"`
}
