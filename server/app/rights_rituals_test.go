package app_test

import "testing"

// ritualQuestion asks what is done with a board's rituals.
func (f *fixture) ritualQuestion(t *testing.T, op, target string, ok bool) question {
	t.Helper()
	board, kind := f.boards[target], "replenishment"
	q := question{path: map[string]string{"series": f.ritual(t, kind, target)}}
	sitting := "sit_0000000000000000"
	switch op {
	case "ritual-archive", "ritual-restore":
		q.path["series"] = f.ritual(t, "retro", target)
	case "ritual-join", "ritual-attendance", "ritual-say", "ritual-summary":
		if target != "absent" {
			sitting = f.s.As("admin").Must(t, 200, "POST /rituals/"+q.path["series"]+"/start", nil).Text("sitting.id")
		}
	}
	switch op {
	case "ritual-attendance":
		f.n++
		q.body = map[string]any{"core": f.n % 400}
	case "ritual-say":
		q.body = map[string]any{"cardId": f.thing(t, "card", target, false), "says": "yes"}
	case "ritual-advance", "ritual-presenter", "ritual-mark", "ritual-note":
		q.path["series"], q.body = f.demoQuestion(t, op, target)
	case "ritual-candidates":
		q.path["series"] = f.ritual(t, "demo", target)
	case "ritual-choose":
		q.path["series"], q.body = f.choiceQuestion(t, target)
	case "ritual-decide", "ritual-undecide":
		q = f.decisionQuestion(t, op, target)
	case "ritual-summary":
		q.path = map[string]string{"sitting": sitting}
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

// demoQuestion asks for a change of a demo that runs and has a card.
func (f *fixture) demoQuestion(t *testing.T, op, target string) (series string, body map[string]any) {
	t.Helper()
	admin, cardID := f.s.As("admin"), "crd_0000000000000000"
	if series = f.ritual(t, "demo", target); target != "absent" {
		now := admin.Must(t, 200, "POST /rituals/"+series+"/start", nil)
		if now.Text("sitting.demo.cards.0.cardId") == "" {
			admin.Must(t, 200, "POST /rituals/"+series+"/end", nil)
			columns := f.columns[target]
			admin.Must(t, 200, "POST /cards/"+f.s.Card(t, f.boards[target], columns[0], f.name())+"/move", map[string]any{"columnId": columns[len(columns)-1]})
			now = admin.Must(t, 200, "POST /rituals/"+series+"/start", nil)
		}
		cardID = now.Text("sitting.demo.cards.0.cardId")
	}
	f.n++
	switch op {
	case "ritual-advance":
		return series, map[string]any{"from": 0, "to": 0, "outcome": []string{"shown", "later"}[f.n%2]}
	case "ritual-note":
		return series, map[string]any{"cardId": cardID, "text": f.name()}
	case "ritual-presenter":
		return series, map[string]any{"cardId": cardID, "personId": []string{"", f.s.IDs["admin"]}[f.n%2]}
	}
	return series, map[string]any{"cardId": cardID, "audience": "security", "shown": f.n%2 == 0}
}

// choiceQuestion leaves a finished card out of a demo that does not run.
func (f *fixture) choiceQuestion(t *testing.T, target string) (series string, body map[string]any) {
	t.Helper()
	admin, cardID := f.s.As("admin"), "crd_0000000000000000"
	if series = f.ritual(t, "demo", target); target != "absent" {
		admin.Must(t, 200, "POST /rituals/"+series+"/end", nil)
		columns := f.columns[target]
		cardID = f.s.Card(t, f.boards[target], columns[0], f.name())
		admin.Must(t, 200, "POST /cards/"+cardID+"/move", map[string]any{"columnId": columns[len(columns)-1]})
	}
	return series, map[string]any{"cardIds": []string{cardID}, "left": "later"}
}

// decisionQuestion asks for a decision of a flow review that runs and has room for one, or to take one back.
func (f *fixture) decisionQuestion(t *testing.T, op, target string) question {
	t.Helper()
	q := question{path: map[string]string{"series": f.ritual(t, "flow_review", target), "decision": "dcs_0000000000000000"}}
	decision := map[string]any{"title": f.name()}
	if target != "absent" {
		admin, at := f.s.As("admin"), "/rituals/"+q.path["series"]
		admin.Must(t, 200, "POST "+at+"/end", nil)
		admin.Must(t, 200, "POST "+at+"/start", nil)
		if op == "ritual-undecide" {
			q.path["decision"] = admin.Must(t, 201, "POST "+at+"/decisions", decision).Text("sitting.review.decisions.0.id")
		}
	}
	if op == "ritual-decide" {
		q.body = decision
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
