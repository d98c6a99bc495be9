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
