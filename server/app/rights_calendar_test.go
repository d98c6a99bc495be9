package app_test

import (
	"fmt"
	"testing"
	"time"
)

// calendarQuestion asks what is done with rituals' agreements, invitations and feeds.
func (f *fixture) calendarQuestion(t *testing.T, op, target, column string, ok bool) question {
	t.Helper()
	admin := f.s.As("admin")
	q := question{path: map[string]string{}}
	agree := func(team string) map[string]any {
		f.n++
		return map[string]any{"kind": "standup", "discipline": "security", "every": 1 + f.n%8, "weekdays": []int{1 + f.n%7}, "until": time.Now().AddDate(0, 0, 7+f.n).Format(time.DateOnly)}
	}
	switch op {
	case "calendar-list":
		q.query = fmt.Sprintf("?from=%s&to=%s&teamId=%s", time.Now().UTC().Format(time.RFC3339), time.Now().UTC().AddDate(0, 0, 7).Format(time.RFC3339), f.team(target))
	case "calendar-attendance", "calendar-trends":
		q.query = "?teamId=" + f.team(target)
	case "calendar-agree":
		team := f.team(target)
		body := agree(team)
		if target == "mine" {
			team = f.s.Team
			body["personId"] = f.s.IDs[column]
		}
		q.path["team"], q.body = team, body
		q.after = func() { f.endAgreements(t, team) }
	case "calendar-end-agreement":
		q.path["agreement"] = "agr_0000000000000000"
		if target != "absent" {
			q.path["agreement"] = admin.Must(t, 201, "POST /teams/"+f.team(target)+"/agreements", agree(f.team(target))).Text("id")
			q.after = func() { f.endAgreements(t, f.team(target)) }
		}
	case "calendar-invite", "calendar-uninvite":
		series, at := "std_0000000000000000", "2026-11-30T09:00:00Z"
		if target != "absent" {
			series, at = f.planned(t, target)
		}
		body := map[string]any{"seriesId": series, "startsAt": at, "personIds": []string{f.s.IDs["admin"]}}
		if op == "calendar-invite" {
			q.body = body
			break
		}
		q.path["invitation"] = "ivt_0000000000000000"
		if target != "absent" {
			q.path["invitation"] = admin.Must(t, 201, "POST /calendar/invitations", body).Text("invited.0.id")
		}
	case "feed-create":
		q.body = map[string]any{}
		if target != "mine" {
			q.body = map[string]any{"teamId": f.team(target)}
		}
	case "feed-revoke":
		q.path["feed"] = "fee_0000000000000000"
		switch target {
		case "mine":
			q.path["feed"] = f.s.As(column).Must(t, 201, "POST /calendar/feeds", map[string]any{}).Text("id")
		case "others":
			q.path["feed"] = f.s.As("insider").Must(t, 201, "POST /calendar/feeds", map[string]any{}).Text("id")
		case "own", "far":
			q.path["feed"] = admin.Must(t, 201, "POST /calendar/feeds", map[string]any{"teamId": f.team(target)}).Text("id")
		}
		if target != "absent" && !ok {
			by, id := "admin", q.path["feed"]
			if target == "others" {
				by = "insider"
			}
			q.after = func() { f.s.As(by).Must(t, 204, "DELETE /calendar/feeds/"+id, nil) }
		}
	}
	return q
}

// planned gives a standup of a target's board and a time for which it is planned.
func (f *fixture) planned(t *testing.T, target string) (series, at string) {
	t.Helper()
	admin := f.s.As("admin")
	if f.shared["planned "+target] == "" {
		id := admin.Must(t, 200, "PUT /boards/"+f.boards[target]+"/standup", nil).Text("series.id")
		next := admin.Must(t, 200, "PATCH /standups/"+id, map[string]any{"schedule": map[string]any{"days": []int{1, 2, 3, 4, 5, 6, 7}, "at": "12:00", "timeZone": "UTC"}})
		f.shared["planned "+target], f.shared["then "+target] = id, next.Text("series.nextAt")
	}
	return f.shared["planned "+target], f.shared["then "+target]
}

func (f *fixture) endAgreements(t *testing.T, team string) {
	t.Helper()
	if team == "tea_0000000000000000" {
		return
	}
	a := f.s.As("admin").Must(t, 200, "GET /calendar/attendance?teamId="+team, nil)
	for i := 0; a.Text(fmt.Sprintf("items.0.agreements.%d.id", i)) != ""; i++ {
		f.s.As("admin").Must(t, 204, "DELETE /agreements/"+a.Text(fmt.Sprintf("items.0.agreements.%d.id", i)), nil)
	}
}
