package app_test

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"
)

// serviceQuestion asks for something of a service of a target's team.
func (f *fixture) serviceQuestion(t *testing.T, op, target string) question {
	t.Helper()
	q := question{path: map[string]string{}}
	switch op {
	case "service-get", "service-history", "service-change":
		q.path["service"] = f.service(t, target)
	}
	switch op {
	case "service-create":
		q.body = map[string]any{"teamId": f.team(target), "name": f.name(), "operatingModelWhy": "Ours"}
	case "service-change":
		q.body = map[string]any{"description": f.name()}
	}
	return q
}

// service gives a target team's service.
func (f *fixture) service(t *testing.T, target string) string {
	t.Helper()
	if target == "absent" {
		return "svc_0000000000000000"
	}
	key := "service " + target
	if f.shared[key] == "" {
		f.shared[key] = f.s.As("admin").Must(t, 201, "POST /services", map[string]any{"teamId": f.team(target), "name": f.name(), "operatingModelWhy": "Ours"}).Text("id")
	}
	return f.shared[key]
}

// checklistQuestion asks what is done with a checklist of a card on a target's board, whose item F1 the administrator
// has answered. mine: what waits for whoever asks.
func (f *fixture) checklistQuestion(t *testing.T, op, target, column string, ok bool) question {
	t.Helper()
	s, admin := f.s, f.s.As("admin")
	q := question{path: map[string]string{"checklist": f.checklist(t, target), "item": "F1"}}
	at := "/checklists/" + q.path["checklist"]
	words, soon := map[string]any{"text": f.name()}, time.Now().AddDate(0, 0, 7).Format(time.DateOnly)
	switch op {
	case "checklist-list":
		if target != "-" {
			q.query = "?teamId=" + f.team(target)
		}
	case "checklist-create":
		q.body = map[string]any{"kind": "card", "cardId": f.thing(t, "card", target, ok)}
	case "checklist-change":
		q.body = map[string]any{"name": f.name()}
	case "checklist-archive":
		q.body = map[string]any{"archived": true}
		if ok {
			q.after = func() { admin.Must(t, 200, "POST "+at+"/archive", map[string]any{"archived": false}) }
		}
	case "checklist-answer":
		q.body = map[string]any{"text": f.name(), "base": 0}
		q.path["item"] = "F2"
		if ok {
			q.path["checklist"] = f.newChecklist(t, target)
		}
	case "checklist-open":
		q.body = map[string]any{}
	case "checklist-understand", "checklist-understand-topic":
		q.path["topic"], q.body = "functionality", map[string]any{"rev": 1}
		if op == "checklist-understand-topic" {
			q.body = nil
		}
		if ok {
			q.path["checklist"] = f.newChecklist(t, target)
			s.As(column).Must(t, 200, "POST /checklists/"+q.path["checklist"]+"/items/F1/open", map[string]any{})
		}
	case "checklist-confirm":
		q.body = map[string]any{"rev": 1}
		if target == "mine" {
			q.path["checklist"], q.path["item"] = f.newChecklist(t, "open"), "F3"
			admin.Must(t, 200, "PUT /checklists/"+q.path["checklist"]+"/items/F3/answer", map[string]any{"text": "x", "explainedBy": s.IDs[column], "base": 0})
		} else if target != "absent" {
			q.path["item"] = "F5"
		}
	case "checklist-push-back":
		q.body = words
		if ok {
			q.path["checklist"] = f.newChecklist(t, target)
		}
	case "checklist-withdraw":
		if target == "mine" {
			q.path["checklist"] = f.newChecklist(t, "open")
			s.As(column).Must(t, 200, "POST /checklists/"+q.path["checklist"]+"/items/F1/push-back", words)
		} else if target != "absent" {
			q.path["item"] = "F6"
		}
	case "checklist-gap":
		q.body = map[string]any{"until": soon, "why": "x", "boardId": f.boards[target]}
		if target == "absent" {
			q.body = map[string]any{"until": soon, "why": "x"}
		}
	case "checklist-not-applicable":
		q.body = map[string]any{"why": f.name()}
		q.path["item"] = "F7"
	case "checklist-still-true", "checklist-differs", "checklist-reopen":
		q.path["item"] = "O4"
		if op == "checklist-differs" {
			f.n++
			q.body = map[string]any{"differs": f.n%2 == 0}
		}
		if op == "checklist-still-true" && ok {
			q.path["checklist"] = f.inheriting(t, target)
		}
	case "checklist-attach":
		q.body, q.headers = attached(t)
	case "checklist-detach", "checklist-reattach":
		q.path["attachment"] = "att_0000000000000000"
		if target != "absent" {
			body, headers := attached(t)
			q.path["attachment"] = admin.Must(t, 201, "POST "+at+"/attachments", body, headers...).Text("attachment.id")
		}
	case "checklist-comment":
		q.body = words
	case "checklist-comment-remove":
		q.path = map[string]string{"comment": "cmk_0000000000000000"}
		if target == "mine" {
			at = "/checklists/" + f.checklist(t, "open")
			s.As(column).Must(t, 201, "POST "+at+"/items/F1/comments", words)
		} else if target != "absent" {
			admin.Must(t, 201, "POST "+at+"/items/F1/comments", words)
		}
		if target != "absent" {
			a := admin.Must(t, 200, "GET "+at+"/items/F1/comments", nil)
			for i := 0; ; i++ {
				id := a.Text("items." + strconv.Itoa(i) + ".id")
				if id == "" {
					break
				}
				q.path["comment"] = id
			}
		}
	case "checklist-freeze", "checklist-thaw":
		if op == "checklist-thaw" {
			q.body = map[string]any{"why": f.name()}
		}
		if ok {
			q.path["checklist"] = f.newChecklist(t, target)
		}
	case "checklist-adopt":
		q.body = map[string]any{"items": []string{f.key}}
		if ok {
			id := f.newChecklist(t, target)
			f.version(t)
			q.path["checklist"], q.body = id, map[string]any{"items": []string{f.key}}
		}
	case "checklist-template-create":
		q.body = map[string]any{"name": f.name()}
		if target != "-" {
			q.body = map[string]any{"name": f.name(), "teamId": f.team(target)}
		}
	case "checklist-template-change":
		q.path, q.body = map[string]string{"template": f.template(t, target)}, map[string]any{"name": f.name()}
	case "checklist-template-draft":
		q.path, q.body = map[string]string{"template": f.template(t, target)}, map[string]any{"items": f.items(t, f.template(t, target))}
	case "checklist-template-publish":
		q.path, q.body = map[string]string{"template": f.template(t, target)}, map[string]any{"note": f.name()}
		if ok {
			admin.Must(t, 200, "PUT /checklist-templates/"+q.path["template"]+"/draft", map[string]any{"items": f.items(t, q.path["template"])})
		}
	case "checklist-proposal-list":
		q.path = map[string]string{"template": f.template(t, target)}
	case "checklist-propose":
		q.path, q.body = map[string]string{"template": f.template(t, target)}, map[string]any{"topic": "launch", "question": f.name(), "why": "x"}
	case "checklist-proposal-accept", "checklist-proposal-decline":
		q.path = map[string]string{"proposal": "ckp_0000000000000000"}
		if target != "absent" {
			q.path["proposal"] = admin.Must(t, 201, "POST /checklist-templates/"+f.template(t, target)+"/proposals", map[string]any{"topic": "launch", "question": f.name(), "why": "x"}).Text("id")
		}
		if op == "checklist-proposal-decline" {
			q.body = map[string]any{"why": f.name()}
		}
	case "checklist-template-get":
		q.path = map[string]string{"template": map[string]string{"own": "ckt_launch"}[target]}
		if target == "absent" {
			q.path["template"] = "ckt_0000000000000000"
		}
	}
	return q
}

// checklist gives a target's checklist, for questions that do not use it up.
func (f *fixture) checklist(t *testing.T, target string) string {
	t.Helper()
	if f.boards[target] == "" || target == "absent" {
		return "lst_0000000000000000"
	}
	key := "checklist " + target
	if f.shared[key] == "" {
		f.shared[key] = f.newChecklist(t, target)
	}
	return f.shared[key]
}

func (f *fixture) newChecklist(t *testing.T, target string) string {
	t.Helper()
	admin := f.s.As("admin")
	id := admin.Must(t, 201, "POST /checklists", map[string]any{"kind": "card", "cardId": f.thing(t, "card", target, true)}).Text("id")
	admin.Must(t, 200, "PUT /checklists/"+id+"/items/F1/answer", map[string]any{"text": "x", "base": 0})
	return id
}

// inheriting gives a checklist whose item O4 a service answers.
func (f *fixture) inheriting(t *testing.T, target string) string {
	t.Helper()
	admin := f.s.As("admin")
	team := map[string]string{"far": "far"}[target]
	if team == "" {
		team = "own"
	}
	service := admin.Must(t, 201, "POST /services", map[string]any{"teamId": f.team(team), "name": f.name(), "operatingModelWhy": "Ours"}).Text("id")
	of := admin.Must(t, 201, "POST /checklists", map[string]any{"kind": "service", "serviceId": service}).Text("id")
	admin.Must(t, 200, "POST /checklists/"+of+"/items/O4/not-applicable", map[string]any{"why": "x"})
	return admin.Must(t, 201, "POST /checklists", map[string]any{"kind": "card", "cardId": f.thing(t, "card", target, true), "services": []string{service}}).Text("id")
}

// template gives the organisation's template, a team's, or none.
func (f *fixture) template(t *testing.T, target string) string {
	t.Helper()
	switch target {
	case "-":
		return "ckt_launch"
	case "absent":
		return "ckt_0000000000000000"
	}
	key := "checklist template " + target
	if f.shared[key] == "" {
		f.shared[key] = f.s.As("admin").Must(t, 201, "POST /checklist-templates", map[string]any{"name": f.name(), "teamId": f.team(target)}).Text("id")
	}
	return f.shared[key]
}

// items gives a template's newest items and one more.
func (f *fixture) items(t *testing.T, template string) []any {
	t.Helper()
	var v struct{ Items []any }
	if template != "ckt_0000000000000000" {
		if err := json.Unmarshal(f.s.As("admin").Must(t, 200, "GET /checklist-templates/"+template, nil).Body, &v); err != nil {
			t.Fatal(err)
		}
	}
	f.n++
	f.key = "Z" + strconv.Itoa(f.n)
	return append(v.Items, map[string]any{"key": f.key, "topic": "launch", "question": "Who?", "evidence": []string{"text"}, "from": "optional", "phase": "design", "scope": "feature"})
}

// version publishes a newer version of the organisation's template, with an item of the key f.key.
func (f *fixture) version(t *testing.T) {
	t.Helper()
	admin := f.s.As("admin")
	admin.Must(t, 200, "PUT /checklist-templates/ckt_launch/draft", map[string]any{"items": f.items(t, "ckt_launch")})
	admin.Must(t, 200, "POST /checklist-templates/ckt_launch/publish", map[string]any{"note": f.key})
}
