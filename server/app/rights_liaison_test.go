package app_test

import (
	"fmt"
	"testing"
	"time"
)

// liaisonQuestion asks what is done with a target team's patterns, and with when somebody is away.
func (f *fixture) liaisonQuestion(t *testing.T, op, target, column string) question {
	t.Helper()
	admin := f.s.As("admin")
	f.n++
	q := question{path: map[string]string{}}
	pattern := func(id string) map[string]any {
		return map[string]any{"discipline": "security", "pattern": "liaison", "personId": id, "why": "As agreed"}
	}
	day := time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	leave := map[string]any{"from": day, "to": day}
	switch op {
	case "recommend":
		q.body = map[string]any{"discipline": "operations", "people": 1, "teams": []any{}}
	case "needs-say":
		q.path["team"], q.body = f.team(target), map[string]any{"discipline": "security", "pages": f.n % 900}
	case "pattern-list":
		q.path["team"] = f.team(target)
	case "pattern-set":
		q.path["team"], q.body = f.team(target), pattern(f.s.Person(t, fmt.Sprintf("newcomer-%d", f.n), "member"))
	case "pattern-change", "pattern-end":
		q.path["pattern"], q.body = "pat_0000000000000000", map[string]any{"share": 0.3, "why": "A launch"}
		if target != "absent" {
			if f.shared["pattern "+target] == "" || op == "pattern-end" {
				f.shared["pattern "+target] = admin.Must(t, 201, "POST /teams/"+f.team(target)+"/patterns", pattern(f.s.Person(t, fmt.Sprintf("newcomer-%d", f.n), "member"))).Text("id")
			}
			q.path["pattern"] = f.shared["pattern "+target]
		}
		if op == "pattern-end" {
			q.body, f.shared["pattern "+target] = map[string]any{"why": "over"}, ""
		}
	case "leave-list", "leave-add", "leave-remove":
		q.path["person"] = map[string]string{"mine": f.s.IDs[column], "others": f.s.IDs["manager"], "absent": "per_0000000000000000"}[target]
		id := "lve_0000000000000000"
		if target != "absent" && op != "leave-list" {
			id = admin.Must(t, 201, "POST /people/"+q.path["person"]+"/leaves", leave).Text("id")
			person := q.path["person"]
			q.after = func() { // a person has only so many
				a := admin.Must(t, 200, "GET /people/"+person+"/leaves", nil)
				for i := range 3 {
					if id := a.Text("items." + string(rune('0'+i)) + ".id"); id != "" {
						admin.Must(t, 204, "DELETE /people/"+person+"/leaves/"+id, nil)
					}
				}
			}
		}
		switch op {
		case "leave-add":
			q.body = leave
		case "leave-remove":
			q.path["leave"] = id
		}
	}
	return q
}
