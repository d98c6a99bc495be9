package app_test

import "testing"

// ritualQuestion asks what is done with a board's rituals.
func (f *fixture) ritualQuestion(t *testing.T, op, target string, ok bool) question {
	t.Helper()
	board := f.boards[target]
	q := question{path: map[string]string{"series": f.ritual(t, "demo", target)}}
	switch op {
	case "ritual-list":
		return question{query: "?boardId=" + board}
	case "ritual-create":
		q.body = map[string]any{"boardId": board, "kind": "retro"}
		if ok {
			f.putAway(t, board, "retro")
		}
	case "ritual-change":
		q.body = map[string]any{"name": f.name()}
	}
	return q
}

// ritual gives the series of a kind on a target's board.
func (f *fixture) ritual(t *testing.T, kind, target string) string {
	t.Helper()
	if target == "absent" {
		return "rit_0000000000000000"
	}
	admin, board := f.s.As("admin"), f.boards[target]
	if id := f.series(t, board, kind); id != "" {
		return id
	}
	return admin.Must(t, 201, "POST /rituals", map[string]any{"boardId": board, "kind": kind}).Text("series.id")
}

// series is a board's series of a kind, "" when it has none.
func (f *fixture) series(t *testing.T, board, kind string) string {
	t.Helper()
	a := f.s.As("admin").Must(t, 200, "GET /rituals?boardId="+board, nil)
	for i := range 9 {
		at := "items." + string(rune('0'+i))
		if a.Text(at+".kind") == kind {
			return a.Text(at + ".id")
		}
	}
	return ""
}

func (f *fixture) putAway(t *testing.T, board, kind string) {
	t.Helper()
	if id := f.series(t, board, kind); id != "" {
		f.s.As("admin").Must(t, 200, "DELETE /rituals/"+id, nil)
	}
}
