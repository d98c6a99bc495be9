package card

import (
	"context"
	"net/http"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/web"
	"trestle/server/who"
)

// MirrorPlace is another board that shows a card, and where it stands there.
type MirrorPlace struct {
	BoardID    string `json:"boardId"`
	BoardName  string `json:"boardName"`
	TeamKey    string `json:"teamKey"`
	TeamName   string `json:"teamName"`
	ColumnID   string `json:"columnId"`
	ColumnName string `json:"columnName"`
	CanRemove  bool   `json:"canRemove" doc:"You work on that board"`
}

// mirrorsSeen are those of a card's mirrors that the viewer may see.
func (s *Service) mirrorsSeen(q *store.Query, v who.Viewer, c *Card) ([]MirrorPlace, error) {
	out := []MirrorPlace{}
	if !c.Face.Mirrored {
		return out, nil
	}
	all, err := standsOf(q, c.RID)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		seen, err := s.boards.See(q, v, m.boardID)
		if fault.Is(err, "not_found") {
			continue
		}
		if err != nil {
			return nil, err
		}
		p := MirrorPlace{BoardID: seen.ID, BoardName: seen.Name, TeamKey: seen.TeamKey, TeamName: seen.TeamName, ColumnID: m.columnID, CanRemove: seen.Rights.CanWork()}
		if col := seen.Column(m.columnID); col != nil {
			p.ColumnName = col.Name
		}
		out = append(out, p)
	}
	return out, nil
}

func registerBlockers(api *web.API, s *Service) {
	type BlockerPath struct {
		Blocker string `path:"blocker" maxLength:"64"`
	}
	web.Handle(api, op("blocker-raise", http.MethodPost, "/blockers/{blocker}/raise", "Ask a person to see to a blocker", 200),
		func(ctx context.Context, in *struct {
			BlockerPath
			Body struct {
				PersonID string `json:"personId" maxLength:"64" doc:"Somebody who may see the card; empty takes the question back"`
			}
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Raise(ctx, in.Blocker, in.Body.PersonID))
		})
	web.Handle(api, op("blocker-promise", http.MethodPost, "/blockers/{blocker}/promise", "Say by which day you see to a blocker", 200),
		func(ctx context.Context, in *struct {
			BlockerPath
			Body struct {
				On string `json:"on" maxLength:"10" doc:"2026-11-30, in the board's time zone; empty takes the promise back"`
			}
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Promise(ctx, in.Blocker, in.Body.On))
		})
	web.Handle(api, op("card-wait", http.MethodPost, "/cards/{card}/blocked-by", "Make a card wait for another one", 201),
		func(ctx context.Context, in *struct {
			CardPath
			Body NewWait
		}) (*web.Body[Blocked], error) {
			return web.JSON(s.Wait(ctx, in.Card, in.Body))
		})
	web.Handle(api, op("card-unwait", http.MethodDelete, "/cards/{card}/blocked-by/{other}", "End that a card waits for another one", 200),
		func(ctx context.Context, in *struct {
			CardPath
			Other string `path:"other" maxLength:"64" doc:"The id or key of the card that is waited for"`
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Unwait(ctx, in.Card, in.Other))
		})
}

func registerMirrors(api *web.API, s *Service) {
	web.Handle(api, op("card-mirror", http.MethodPost, "/cards/{card}/mirrors", "Show a card on another board too", 201),
		func(ctx context.Context, in *struct {
			CardPath
			Body NewMirror
		}) (*web.Body[Changed], error) {
			return web.JSON(s.Mirror(ctx, in.Card, in.Body))
		})
	web.Handle(api, op("card-unmirror", http.MethodDelete, "/cards/{card}/mirrors/{board}", "Take a card off a board that does not own it", 200),
		func(ctx context.Context, in *struct {
			CardPath
			BoardPath
		}) (*web.Body[Unmirrored], error) {
			return web.JSON(s.Unmirror(ctx, in.Card, in.Board))
		})
}
