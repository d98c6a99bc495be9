package app_test

import "testing"

// healthQuestion asks what is done in and around a health check of a target's team, which the administrator has opened.
func (f *fixture) healthQuestion(t *testing.T, op, target string) question {
	t.Helper()
	admin := f.s.As("admin")
	team := map[string]string{"own": f.s.Team, "far": f.s.FarTeam, "absent": "team_0000000000000000"}[target]
	q := question{path: map[string]string{}}
	open := ""
	if target != "absent" {
		open = admin.Must(t, 200, "GET /teams/"+team+"/health", nil).Text("open.id")
	}
	switch {
	case op == "health-of-team":
		q.path["team"] = team
		return q
	case op == "health-open":
		if open != "" {
			admin.Must(t, 200, "POST /health-checks/"+open+"/call-off", nil)
		}
		q.body = map[string]any{"teamId": team, "sets": []string{"operations"}}
		return q
	case target == "absent":
		open = "hea_0000000000000000"
	case open == "":
		open = admin.Must(t, 201, "POST /health-checks", map[string]any{"teamId": team, "sets": []string{"operations", "culture"}}).Text("id")
	}
	q.path["check"] = open
	answers := map[string]any{"answers": []map[string]any{{"question": "alerts", "score": 2, "trend": 1}}}
	switch op {
	case "health-answer":
		q.body = answers
	case "health-reveal":
		if target != "absent" {
			admin.Must(t, 200, "PUT /health-checks/"+open+"/answers", answers)
		}
	}
	return q
}
