package card

import (
	"context"
	"net/http"

	"trestle/server/web"
)

// registerQueue puts on the API what is done with the queue as a whole.
func registerQueue(api *web.API, s *Service) {
	web.Handle(api, op("board-pull", http.MethodPost, "/boards/{board}/pull", "Take the next card of the queue; it becomes yours", 200),
		func(ctx context.Context, in *struct {
			BoardPath
			Body Pull
		}) (*web.Body[Pulled], error) {
			return web.JSON(s.Pull(ctx, in.Board, in.Body))
		})
	web.Handle(api, op("top-change-list", http.MethodGet, "/boards/{board}/top-changes", "Who changed the first five places of the queue, and why", 200),
		func(ctx context.Context, in *struct{ BoardPath }) (*web.Body[web.Page[TopChange]], error) {
			return web.List(s.TopChanges(ctx, in.Board))
		})
	web.Handle(api, op("top-change-explain", http.MethodPost, "/boards/{board}/top-changes/{seq}", "Say why the order was changed", 204),
		func(ctx context.Context, in *struct {
			BoardPath
			Seq  int64 `path:"seq" minimum:"1"`
			Body struct {
				Why string `json:"why" minLength:"1" maxLength:"500"`
			}
		}) (*web.Empty, error) {
			return web.None(s.Explain(ctx, in.Board, in.Seq, in.Body.Why))
		})
}
