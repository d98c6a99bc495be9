package app_test

import (
	"testing"

	"trestle/server/trestletest/scenario"
)

// One's own views are one's own; shared ones are everybody's who sees the board; whoever opens the board with one that
// is gone sees everything.
func TestViews(t *testing.T) {
	scenario.Each(t, func(t *testing.T, s *scenario.Server) {
		board, _ := s.Board(t, s.Team, "workspace")
		at := "/boards/" + board + "/views"
		worker, member, lead := s.As("worker"), s.As("member"), s.As("lead")
		mine := worker.Must(t, 201, "POST "+at, map[string]any{"name": " Ours  to do ", "query": "?quick=mine&label=b&label=a&card=OWN-1", "shared": true})
		id := mine.Text("items.0.id")
		if mine.Text("items.0.query") != "label=a&label=b&quick=mine" || mine.Text("items.0.name") != "Ours to do" {
			t.Errorf("%s", mine.Body)
		}
		own := member.Must(t, 201, "POST "+at, map[string]any{"name": "Own", "query": "disc=security"})
		if own.Text("items.0.id") != id || own.Text("items.1.name") != "Own" {
			t.Errorf("%s", own.Body)
		}
		hidden := own.Text("items.1.id")
		if a := worker.Must(t, 200, "GET "+at, nil); a.Text("items.1.id") != "" {
			t.Errorf("another's own view is seen: %s", a.Body)
		}
		// refused, and nothing changed
		scenario.Case{As: "member", Do: "POST " + at, Body: map[string]any{"name": "x", "query": "", "shared": true}, Status: 403, Code: "forbidden"}.Run(t, s)
		scenario.Case{As: "member", Do: "PATCH /views/" + id, Body: map[string]any{"name": "x"}, Status: 403, Code: "forbidden"}.Run(t, s)
		scenario.Case{As: "member", Do: "PATCH /views/" + hidden, Body: map[string]any{"shared": true}, Status: 403, Code: "forbidden"}.Run(t, s)
		scenario.Case{As: "lead", Do: "DELETE /views/" + hidden, Status: 404, Code: "not_found"}.Run(t, s)
		scenario.Case{As: "worker", Do: "POST " + at, Body: map[string]any{"name": "x", "query": "a=%zz"}, Status: 422, Code: "invalid"}.Run(t, s)
		scenario.Case{As: "worker", Do: "POST " + at, Body: map[string]any{"name": "  ", "query": ""}, Status: 422, Code: "invalid"}.Run(t, s)
		scenario.Case{As: "worker", Do: "PUT /boards/" + board + "/default-view", Body: map[string]any{"viewId": hidden}, Status: 404, Code: "not_found"}.Run(t, s)
		if a := worker.Must(t, 200, "GET "+at, nil); a.Text("items.0.name") != "Ours to do" || a.Text("items.1.id") != "" || a.Text("defaultId") != "" {
			t.Errorf("%s", a.Body)
		}
		// opens first, until it is taken back or gone
		if a := member.Must(t, 200, "PUT /boards/"+board+"/default-view", map[string]any{"viewId": id}); a.Text("defaultId") != id {
			t.Errorf("%s", a.Body)
		}
		worker.Must(t, 200, "PATCH /views/"+id, map[string]any{"shared": false})
		if a := member.Must(t, 200, "GET "+at, nil); a.Text("defaultId") != "" || a.Text("items.0.name") != "Own" {
			t.Errorf("%s", a.Body)
		}
		worker.Must(t, 200, "PATCH /views/"+id, map[string]any{"shared": true})
		lead.Must(t, 200, "DELETE /views/"+id, nil)
		if a := member.Must(t, 200, "GET "+at, nil); a.Text("defaultId") != "" || a.Text("items.1.id") != "" {
			t.Errorf("%s", a.Body)
		}
	})
}
