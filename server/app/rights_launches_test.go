package app_test

import (
	"testing"
	"time"
)

// launchQuestion asks what is done with the launch of a card on a target's board, and with a target team's freezes.
func (f *fixture) launchQuestion(t *testing.T, op, target string, ok bool) question {
	t.Helper()
	admin := f.s.As("admin")
	q := question{path: map[string]string{"checklist": f.checklist(t, target)}}
	plan := map[string]any{"stages": []map[string]any{{"name": "Ourselves", "share": 0, "holdHours": 1}, {"name": f.name(), "share": 100, "holdHours": 1}}, "stopRules": []any{}, "watchers": []any{},
		"rollback": map[string]any{"steps": "", "minutes": 0}, "version": 0}
	day := time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	freeze := map[string]any{"title": f.name(), "from": day, "to": day}
	if target == "own" || target == "far" {
		freeze["teamId"] = f.team(target)
	}
	stage := "stg_0000000000000000"
	to := func(state ...string) {
		if !ok {
			return
		}
		id := f.newChecklist(t, target)
		at := "/launches/" + id
		q.path["checklist"] = id
		admin.Must(t, 200, "PATCH /checklists/"+id, map[string]any{"launchOn": day})
		if len(state) > 0 {
			stage = admin.Must(t, 200, "PUT "+at+"/plan", plan).Text("plan.stages.0.id")
		}
		for _, s := range state[min(1, len(state)):] {
			said := map[string]any{"said": "x", "why": "x", "stageId": stage}
			switch s {
			case "begin":
				said = map[string]any{"said": "All the same"}
			case "stop":
				delete(said, "said")
				delete(said, "stageId")
			}
			a := admin.Must(t, 200, "POST "+at+"/"+s, said)
			if s == "next" {
				stage = a.Text("plan.stages.1.id")
			}
		}
	}
	switch op {
	case "launch-list", "freeze-list":
		if target != "-" {
			q.query = "?teamId=" + f.team(target)
		}
	case "launch-plan":
		to()
		q.body = plan
	case "launch-begin":
		to("plan")
		q.body = map[string]any{"said": "All the same"}
	case "launch-next":
		to("plan", "begin")
		q.body = map[string]any{"stageId": stage, "said": "99.7 %", "why": "x"}
	case "launch-done":
		to("plan", "begin", "next")
		q.body = map[string]any{"stageId": stage, "said": "99.7 %", "why": "x"}
	case "launch-stop", "launch-roll-back":
		to("plan", "begin")
		q.body = map[string]any{"why": "x"}
	case "launch-resume":
		to("plan", "begin", "stop")
		q.body = map[string]any{"why": "x"}
	case "freeze-add":
		q.body = freeze
		if target == "absent" {
			freeze["teamId"] = f.team(target)
		}
	case "freeze-change", "freeze-lift":
		q.path, q.body = map[string]string{"freeze": "frz_0000000000000000"}, map[string]any{}
		if target != "absent" {
			q.path["freeze"] = admin.Must(t, 201, "POST /freezes", freeze).Text("id")
		}
		if op == "freeze-change" {
			freeze["version"] = 1
			q.body = freeze
		}
	}
	return q
}
