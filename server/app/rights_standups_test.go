package app_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

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
	case "standup-summary":
		q.path["meeting"] = "mtg_0000000000000000"
		if target != "absent" {
			q.path["meeting"] = now.Text("meeting.id")
		}
	case "standup-change":
		q.body = map[string]any{"name": f.name()}
	case "standup-advance":
		q.body = map[string]any{"from": at, "to": 1 - min(at, 1)}
	case "standup-pass": // calm, because the meeting is not there
		q.body = map[string]any{"from": 9000, "personId": f.s.IDs["admin"]}
	case "standup-answer": // nobody is asked now, so who may write hears 409
		q.body = map[string]any{"help": f.name()}
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
		q.body = map[string]any{"coreBy": 1}
	case "standup-park":
		q.body = map[string]any{"text": f.name()}
		if ok {
			q.after = func() { f.settleAll(t, id) }
		}
	case "standup-settle", "standup-reopen", "standup-meeting-file":
		q.path["item"] = "prk_0000000000000000"
		if target != "absent" {
			q.path["item"] = admin.Must(t, 200, "POST /standups/"+id+"/park", map[string]any{"text": f.name()}).Text("parked.0.id")
			q.after = func() { f.settleAll(t, id) }
		}
		if op == "standup-settle" {
			q.body = map[string]any{"outcome": "done"}
		} else if op == "standup-meeting-file" && target != "absent" {
			admin.Must(t, 200, "POST /standups/parked/"+q.path["item"]+"/settle", map[string]any{"outcome": "meeting", "at": time.Now().Add(time.Hour), "personIds": []string{f.s.IDs["admin"]}})
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

// onCallQuestion asks what is done with a team's roster.
func (f *fixture) onCallQuestion(t *testing.T, op, target string) question {
	t.Helper()
	admin, team := f.s.As("admin"), f.team(target)
	q := question{path: map[string]string{"team": team}}
	f.n++
	from := time.Now().UTC().Truncate(time.Second).AddDate(1, 0, f.n%300) // so far ahead that no roster shows it
	shift := map[string]any{"role": "primary", "service": f.name(), "name": "Somebody", "from": from, "to": from.Add(time.Hour)}
	calendar := map[string]any{"role": "secondary", "url": "https://calendar.example.test/secret.ics"}
	switch op {
	case "on-call-add":
		q.body = shift
	case "on-call-remove":
		q.path = map[string]string{"shift": "shf_0000000000000000"}
		if target != "absent" {
			shift["from"], shift["to"], shift["name"] = time.Now(), time.Now().Add(time.Hour), f.name()
			a := admin.Must(t, 201, "POST /teams/"+team+"/on-call", shift)
			for i := 0; a.Text(fmt.Sprintf("shifts.%d.id", i)) != ""; i++ {
				if a.Text(fmt.Sprintf("shifts.%d.name", i)) == shift["name"] {
					q.path["shift"] = a.Text(fmt.Sprintf("shifts.%d.id", i))
				}
			}
		}
	case "on-call-calendar-set":
		q.body = calendar
	case "on-call-calendar-remove":
		q.query = "?role=secondary"
		if target != "absent" {
			admin.Must(t, 200, "PUT /teams/"+team+"/on-call/calendar", calendar)
		}
	}
	return q
}
