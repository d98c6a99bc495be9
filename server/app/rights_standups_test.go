package app_test

import (
	"fmt"
	"strconv"
	"testing"

	"trestle/server/trestletest/scenario"
)

// standupQuestion asks what is done with a board's standup, whose meeting runs.
func (f *fixture) standupQuestion(t *testing.T, op, target, column string, ok bool) question {
	t.Helper()
	admin, board, id := f.s.As("admin"), f.boards[target], "std_0000000000000000"
	q := question{path: map[string]string{}}
	var now scenario.Answer
	if target != "absent" {
		now = admin.Must(t, 201, "POST /standups", map[string]any{"boardId": board})
		id = now.Text("series.id")
	}
	q.path["series"] = id
	at, _ := strconv.Atoi(now.Text("meeting.at"))
	switch op {
	case "standup-list":
		return question{query: "?boardId=" + board}
	case "standup-start":
		return question{body: map[string]any{"boardId": board}}
	case "standup-set-up":
		return question{path: map[string]string{"board": board}}
	case "standup-change":
		q.body = map[string]any{"name": f.name()}
	case "standup-advance":
		q.body = map[string]any{"from": at, "to": 1 - min(at, 1)}
	case "standup-box":
		q.body = map[string]any{"minutes": 5 + f.n%20}
		f.n++
	case "standup-healthy":
		q.body = map[string]any{"open": true}
	case "standup-help":
		q.body = map[string]any{"cardId": f.thing(t, "card", target, ok), "personId": f.s.IDs["admin"]}
	case "standup-unhelp":
		q.path["card"], q.path["person"] = f.thing(t, "card", target, ok), f.s.IDs["admin"]
		if target != "absent" {
			admin.Must(t, 200, "POST /standups/"+id+"/help", map[string]any{"cardId": q.path["card"], "personId": f.s.IDs["admin"]})
		}
	case "standup-attendance":
		f.n++
		q.body = map[string]any{"core": f.n % 400}
	case "standup-park":
		q.body = map[string]any{"text": f.name()}
		if ok {
			q.after = func() { f.settleAll(t, id) }
		}
	case "standup-settle", "standup-reopen":
		q.path["item"] = "prk_0000000000000000"
		if target != "absent" {
			q.path["item"] = admin.Must(t, 200, "POST /standups/"+id+"/park", map[string]any{"text": f.name()}).Text("parked.0.id")
			q.after = func() { f.settleAll(t, id) }
		}
		if op == "standup-settle" {
			q.body = map[string]any{"outcome": "done"}
		} else if target != "absent" {
			admin.Must(t, 200, "POST /standups/parked/"+q.path["item"]+"/settle", map[string]any{"outcome": "done"})
		}
	}
	return q
}

// settleAll empties a parking lot and ends its meeting, so that the next question begins anew.
func (f *fixture) settleAll(t *testing.T, series string) {
	t.Helper()
	admin := f.s.As("admin")
	a := admin.Must(t, 200, "GET /standups/"+series, nil)
	for i := 0; a.Text(fmt.Sprintf("parked.%d.id", i)) != ""; i++ {
		if a.Text(fmt.Sprintf("parked.%d.outcome", i)) == "" {
			admin.Must(t, 200, "POST /standups/parked/"+a.Text(fmt.Sprintf("parked.%d.id", i))+"/settle", map[string]any{"outcome": "done"})
		}
	}
	admin.Must(t, 200, "POST /standups/"+series+"/end", nil)
}
