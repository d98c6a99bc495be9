package app_test

import (
	"testing"
)

// boardQuestion asks what is done with a whole board or its queue, and puts things in order after it.
func (f *fixture) boardQuestion(t *testing.T, op, target, column string, ok bool) question {
	t.Helper()
	admin, board, cols := f.s.As("admin"), f.boards[target], f.columns[target]
	q := question{path: map[string]string{"board": board}}
	switch op {
	case "favourites-set":
		return question{path: map[string]string{}, body: map[string]any{"boardIds": []string{board}}}
	case "board-copy":
		q.body = map[string]any{"name": f.name()}
	case "board-archive":
		if ok {
			q.after = func() { admin.Must(t, 200, "POST /boards/"+board+"/restore", nil) }
		}
	case "board-pull":
		q.body = map[string]any{}
		if ok {
			f.s.Card(t, board, cols[0], f.name())
		}
	case "top-change-explain":
		q.path["seq"], q.body = "1", map[string]any{"why": "the sale is on Friday"}
		if ok { // a card that goes before another one
			behind := f.s.Card(t, board, cols[0], f.name())
			at := admin.Must(t, 200, "GET /boards/"+board, nil)
			if first := at.Text("cards.0.id"); first != "" {
				behind = first
			}
			q.path["seq"] = f.s.As(column).Must(t, 201, "POST /boards/"+board+"/cards",
				map[string]any{"title": f.name(), "columnId": cols[0], "beforeId": behind}).Text("seq")
		}
	}
	return q
}
