package app_test

import (
	"fmt"
	"slices"
	"testing"

	"trestle/server/store"
)

// retroIn gives a retro of the administrator's on a target's board that stands in a phase. It is shared, unless it
// will be used up.
func (f *fixture) retroIn(t *testing.T, target, phase string, fresh bool) string {
	t.Helper()
	key := "retro " + phase + " " + target
	if id, ok := f.shared[key]; ok && !fresh {
		return id
	}
	admin := f.s.As("admin")
	review := phase == "review_actions"
	id := admin.Must(t, 201, "POST /retros", map[string]any{"boardId": f.boards[target], "templateKey": "plus_delta",
		"phases": []map[string]any{{"key": "review_actions", "enabled": review}}}).Text("retro.id")
	for {
		a := admin.Must(t, 200, "GET /retros/"+id, nil)
		now, next := a.Text("retro.phase"), a.Text("retro.next")
		if now == phase {
			break
		}
		if now == "write" {
			admin.Must(t, 201, "POST /retros/"+id+"/notes", map[string]any{"column": "plus", "text": f.name()})
		}
		admin.Must(t, 200, "POST /retros/"+id+"/phase", map[string]any{"from": now, "to": next})
	}
	f.shared[key] = id
	return id
}

func (f *fixture) actionOf(t *testing.T, retro string) string {
	t.Helper()
	a := f.s.As("admin").Must(t, 201, "POST /retros/"+retro+"/actions", map[string]any{"title": f.name(), "ownerId": f.s.IDs["admin"], "dueOn": "2027-01-08", "signal": "we see", "reason": "it matters"})
	last := ""
	for i := 0; a.Text(fmt.Sprintf("actions.%d.id", i)) != ""; i++ {
		last = a.Text(fmt.Sprintf("actions.%d.id", i))
	}
	return last
}

// retroQuestion asks what is done in and around a retro.
func (f *fixture) retroQuestion(t *testing.T, op, target, column string, ok bool) question {
	t.Helper()
	s, admin := f.s, f.s.As("admin")
	q := question{path: map[string]string{}}
	absent := target == "absent" || target == "-"
	at := target
	if target == "mine" {
		at = "open"
	}
	in := func(phase string, fresh bool, body any) question { // the retro, in which the asker sits if they may
		q.path["retro"], q.body = "ret_0000000000000000", body
		if !absent {
			q.path["retro"] = f.retroIn(t, at, phase, fresh)
			if at != "far" && phase != "published" && slices.Contains([]string{"insider", "commenter", "worker", "lead", "liaison"}, column) {
				s.As(column).Must(t, 200, "POST /retros/"+q.path["retro"]+"/join", nil)
			}
		}
		return q
	}
	text := func(path string) string { return admin.Must(t, 200, "GET /retros/"+q.path["retro"], nil).Text(path) }
	part := func(name, phase, path, zero string, body any) question {
		in(phase, false, body)
		if q.path[name] = zero + "_0000000000000000"; !absent {
			q.path[name] = text(path)
		}
		delete(q.path, "retro")
		return q
	}
	switch op {
	case "retro-template-list":
		if target != "-" {
			q.query = "?boardId=" + f.boards[target]
		}
	case "retro-create":
		q.body = map[string]any{"boardId": f.boards[target], "templateKey": "plus_delta"}
	case "retro-join-code":
		in("write", false, nil)
		code := "ZZZZZZZZ"
		if !absent {
			code = text("retro.code")
		}
		q.body = map[string]any{"code": code}
		delete(q.path, "retro")
	case "retro-get":
		return in("write", false, nil)
	case "retro-summary", "retro-export":
		return in("published", false, nil)
	case "retro-join":
		return in("write", false, nil)
	case "retro-take-over":
		in("write", ok, nil)
		if !absent {
			err := store.Do(t.Context(), s.Store, nil, func(tx *store.Tx) error {
				_, err := tx.Exec("UPDATE retro_people SET seen_at = 0 WHERE facilitator = TRUE")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	case "retro-phase":
		return in("write", ok, map[string]any{"from": "write", "to": "reveal"})
	case "retro-timer":
		return in("write", false, map[string]any{"addSeconds": 60})
	case "retro-done":
		return in("write", false, map[string]any{"done": true})
	case "retro-facilitator":
		return in("write", false, map[string]any{"personId": s.IDs["admin"], "facilitator": true})
	case "retro-discuss":
		return in("discuss", false, map[string]any{"next": true})
	case "retro-note-add":
		return in("write", false, map[string]any{"column": "plus", "text": f.name()})
	case "retro-note-change", "retro-note-remove":
		if op == "retro-note-change" {
			q.body = map[string]any{"text": f.name()}
		}
		in("write", false, q.body)
		if q.path["note"] = "rno_0000000000000000"; !absent {
			by := admin
			if target == "mine" {
				by = s.As(column)
			}
			said := f.name()
			a := by.Must(t, 201, "POST /retros/"+q.path["retro"]+"/notes", map[string]any{"column": "delta", "text": said})
			for i := 0; a.Text(fmt.Sprintf("notes.%d.id", i)) != ""; i++ {
				if a.Text(fmt.Sprintf("notes.%d.text", i)) == said {
					q.path["note"] = a.Text(fmt.Sprintf("notes.%d.id", i))
				}
			}
		}
		delete(q.path, "retro")
	case "retro-note-ungroup":
		return part("note", "group", "notes.0.id", "rno", nil)
	case "retro-group":
		in("group", false, nil)
		note := "rno_0000000000000000"
		if !absent {
			note = text("notes.0.id")
		}
		q.body = map[string]any{"noteIds": []string{note}}
	case "retro-group-change":
		return part("group", "vote", "groups.0.id", "rgr", map[string]any{"title": f.name()})
	case "retro-vote":
		in("vote", false, nil)
		group := "rgr_0000000000000000"
		if !absent {
			group = text("groups.0.id")
		}
		q.body = map[string]any{"groupId": group, "count": 1}
	case "retro-thumb":
		return in("discuss", ok, map[string]any{"value": "continue"})
	case "retro-checkin":
		return in("write", false, map[string]any{"text": "Fine"})
	case "retro-rate":
		return in("close", false, map[string]any{"roti": 4})
	case "retro-action-add":
		return in("commit", ok, map[string]any{"title": f.name(), "ownerId": s.IDs["admin"], "dueOn": "2027-01-08", "signal": "we see"})
	case "retro-action-change", "retro-action-remove":
		in("commit", ok, nil)
		if q.path["action"] = "rac_0000000000000000"; !absent {
			key := "action " + q.path["retro"]
			if f.shared[key] == "" {
				f.shared[key] = f.actionOf(t, q.path["retro"])
			}
			q.path["action"] = f.shared[key]
			if ok {
				q.after = func() { delete(f.shared, key) }
			}
		}
		if op == "retro-action-change" {
			q.body = map[string]any{"title": f.name()}
		}
		delete(q.path, "retro")
	case "retro-carried":
		if !absent && f.shared["carried "+target] == "" {
			earlier := f.retroIn(t, target, "close", true)
			f.shared["carried "+target] = f.actionOf(t, earlier)
			admin.Must(t, 200, "POST /retros/"+earlier+"/phase", map[string]any{"from": "close", "to": "published"})
			f.shared["retro close "+target] = f.retroIn(t, target, "close", true)
		}
		in("review_actions", false, map[string]any{"outcome": "kept"})
		if q.path["action"] = "rac_0000000000000000"; !absent {
			q.path["action"] = f.shared["carried "+target]
		}
	}
	return q
}

// retroTemplateQuestion asks about the templates that a team makes itself.
func (f *fixture) retroTemplateQuestion(t *testing.T, op, target string) question {
	t.Helper()
	team := f.team(target)
	made := map[string]any{"name": f.name(), "columns": []map[string]any{{"title": "Keep"}}}
	switch op {
	case "retro-template-own":
		return question{path: map[string]string{"team": team}}
	case "retro-template-create":
		return question{path: map[string]string{"team": team}, body: made}
	}
	key := "retro template " + target
	if f.shared[key] == "" {
		if f.shared[key] = "rtt_0000000000000000"; target != "absent" {
			f.shared[key] = f.s.As("admin").Must(t, 201, "POST /teams/"+team+"/retro-templates", made).Text("key")
		}
	}
	return question{path: map[string]string{"template": f.shared[key]}, body: map[string]any{"name": f.name()}}
}
