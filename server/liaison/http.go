package liaison

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"trestle/server/web"
)

func op(id, method, path, summary string, status int) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"liaison"}, DefaultStatus: status}
}

// Register puts the room's verbs on the API.
func Register(api *web.API) {
	web.Handle(api, op("recommend", http.MethodPost, "/recommend", "Which pattern fits each team, with the arithmetic of one; saves nothing", 200),
		func(_ context.Context, in *struct{ Body Question }) (*web.Body[Recommendation], error) {
			return web.JSON(Answer(in.Body))
		})
}
