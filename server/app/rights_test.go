package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"trestle/server/trestletest"
	"trestle/server/trestletest/scenario"
)

// Every operation of the API × every column of the rights table × own, foreign and absent targets, with the
// expected answer in testdata/rights.txt. An operation without a row fails.
func TestRights(t *testing.T) {
	trestletest.WithoutRace(t)
	t.Run("sqlite", func(t *testing.T) { rights(t, scenario.Start(t)) })
	if os.Getenv("TRESTLE_SOAK") != "" { // the rights are the same code on both databases
		t.Run("postgres", func(t *testing.T) { rights(t, scenario.StartPostgres(t)) })
	}
}

type line struct {
	op, target string
	want       []string // by column
}

func table(t *testing.T) (lines []line) {
	t.Helper()
	raw, err := os.ReadFile("testdata/rights.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n, l := range strings.Split(string(raw), "\n") {
		f := strings.Fields(l)
		if strings.HasPrefix(l, "# operation") && !slices.Equal(f[3:], scenario.Columns) {
			t.Fatalf("rights.txt:%d: the columns are not %v", n+1, scenario.Columns)
		}
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		if len(f) != 2+len(scenario.Columns) || seen[f[0]+" "+f[1]] {
			t.Fatalf("rights.txt:%d: %d words, twice: %v", n+1, len(f), seen[f[0]+" "+f[1]])
		}
		seen[f[0]+" "+f[1]] = true
		lines = append(lines, line{f[0], f[1], f[2:]})
	}
	return lines
}

// operations are what the program itself says it can do.
func operations(t *testing.T, s *scenario.Server) map[string]string {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct{ OperationID string }
	}
	if err := json.Unmarshal(s.As("anonymous").Must(t, 200, "GET /openapi.json", nil).Body, &doc); err != nil {
		t.Fatal(err)
	}
	ops := map[string]string{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			ops[op.OperationID] = strings.ToUpper(method) + " " + path
		}
	}
	return ops
}

func rights(t *testing.T, s *scenario.Server) {
	ops := operations(t, s)
	lines := table(t)
	covered := map[string]bool{}
	for _, l := range lines {
		covered[l.op] = true
		if _, ok := ops[l.op]; !ok {
			t.Errorf("rights.txt knows %s, which the API does not have", l.op)
		}
	}
	for op, what := range ops {
		if !covered[op] {
			t.Errorf("%s (%s) has no row in testdata/rights.txt", op, what)
		}
	}
	if t.Failed() {
		return
	}
	f := newFixture(t, s)
	cells := 0
	absent := map[string]map[string]string{} // operation → column → body of what is absent, without the request's id
	type refusal struct{ op, target, column, body string }
	var invisible []refusal
	for _, l := range lines {
		for i, column := range scenario.Columns {
			want := l.want[i]
			if want == "-" {
				continue
			}
			cells++
			q := f.question(t, l.op, l.target, column, want == "ok")
			method, path, _ := strings.Cut(ops[l.op], " ")
			for name, value := range q.path {
				path = strings.ReplaceAll(path, "{"+name+"}", value)
			}
			if strings.Contains(path, "{") {
				t.Fatalf("%s: %s lacks a name", l.op, path)
			}
			a, err := s.As(column).Do(method+" "+path+q.query, q.body, q.headers...)
			if err != nil {
				t.Fatal(err)
			}
			got := strconv.Itoa(a.Status)
			if a.Status >= 200 && a.Status < 300 {
				got = "ok"
			}
			if got != want {
				t.Errorf("%-18s %-7s %-10s is %s, not %s: %.300s", l.op, l.target, column, got, want, a.Body)
			}
			if got == "404" {
				body := withoutID(a.Body)
				if l.target == "absent" {
					if absent[l.op] == nil {
						absent[l.op] = map[string]string{}
					}
					absent[l.op][column] = body
				} else if l.target != "mine" {
					invisible = append(invisible, refusal{l.op, l.target, column, body})
				}
			}
			if q.after != nil {
				q.after()
			}
		}
	}
	compared := 0
	for _, r := range invisible {
		if body, ok := absent[r.op][r.column]; ok {
			if compared++; body != r.body {
				t.Errorf("%s %s for %s can be told from what is absent:\n%s\n%s", r.op, r.target, r.column, r.body, body)
			}
		}
	}
	t.Logf("%d operations, %d cells; %d refusals of what is there are byte for byte those of what is not", len(ops), cells, compared)
	if cells < 1500 || compared < 200 {
		t.Error("too few to mean anything")
	}
}

func withoutID(body []byte) string {
	var m map[string]any
	if json.Unmarshal(body, &m) != nil {
		return string(body)
	}
	delete(m, "requestId")
	raw, _ := json.Marshal(m)
	return string(raw)
}

// question is one request, and what puts things in order after it.
type question struct {
	path    map[string]string
	query   string
	body    any
	headers []string
	after   func()
}

// fixture has one of everything of each kind of target, and makes a new one where a question would use it up.
type fixture struct {
	s       *scenario.Server
	n       int
	boards  map[string]string   // by target
	columns map[string][]string // by target
	beside  map[string]string   // by target: another board of that kind, in whose columns the first one's cards are mirrored
	landing map[string]string   // by target: its first column
	shared  map[string]string   // "kind target" → id, for questions that will be refused
	owner   string              // the lead's session: author of comments
	key     string              // of the item that was last put into a template of checklists
}

func newFixture(t *testing.T, s *scenario.Server) *fixture {
	f := &fixture{s: s, boards: map[string]string{}, columns: map[string][]string{}, shared: map[string]string{},
		beside: map[string]string{"absent": "brd_0000000000000000"}, landing: map[string]string{"absent": "col_0000000000000000"}}
	// asks land on a team's oldest board; their column shall not come between those of the others
	s.Board(t, s.Team, "workspace")
	s.Board(t, s.FarTeam, "team")
	f.boards["open"], f.columns["open"] = s.Board(t, s.Team, "workspace")
	f.boards["shut"], f.columns["shut"] = s.Board(t, s.Team, "team")
	f.boards["far"], f.columns["far"] = s.Board(t, s.FarTeam, "team")
	for target, of := range map[string][2]string{"open": {s.Team, "workspace"}, "shut": {s.Team, "team"}, "far": {s.FarTeam, "team"}} {
		board, columns := s.Board(t, of[0], of[1])
		f.beside[target], f.landing[target] = board, columns[0]
	}
	f.boards["absent"], f.columns["absent"] = "brd_0000000000000000", []string{"col_0000000000000000", "col_0000000000000001", "col_0000000000000002"}
	return f
}

func (f *fixture) name() string { f.n++; return fmt.Sprintf("thing %d", f.n) }

// thing gives the id of something of a kind on a target's board: a new one when it will be used up.
func (f *fixture) thing(t *testing.T, kind, target string, fresh bool) string {
	t.Helper()
	if target == "absent" {
		return map[string]string{"card": "crd", "column": "col", "lane": "lan", "blocker": "blk", "comment": "cmt", "todo": "tod", "attachment": "att", "archived": "crd", "moved": "crd", "mirrored": "crd", "waiting": "crd", "supposed": "crd", "link": "lnk", "field": "fld", "template": "tpl", "revision": "rev", "view": "viw", "note": "fnt"}[kind] + "_0000000000000000"
	}
	key := kind + " " + target
	if id, ok := f.shared[key]; ok && !fresh {
		return id
	}
	admin, board := f.s.As("admin"), f.boards[target]
	card := func() string { return f.s.Card(t, board, f.columns[target][0], f.name()) }
	var id string
	switch kind {
	case "card":
		id = card()
	case "archived":
		id = card()
		admin.Must(t, 200, "DELETE /cards/"+id, nil)
	case "mirrored":
		id = card()
		admin.Must(t, 201, "POST /cards/"+id+"/mirrors", map[string]any{"boardId": f.beside[target], "columnId": f.landing[target]})
	case "waiting":
		id = card()
		f.shared["other "+id] = card()
		admin.Must(t, 201, "POST /cards/"+id+"/blocked-by", map[string]any{"card": f.shared["other "+id]})
	case "moved":
		id = card()
		seq := admin.Must(t, 200, "POST /cards/"+id+"/move", map[string]any{"columnId": f.columns[target][1]}).Text("seq")
		f.shared["seq "+id] = seq
	case "signalled":
		id = card()
		admin.Must(t, 200, "PUT /cards/"+id+"/signals/build", map[string]any{"state": "ok", "text": "green"})
	case "column":
		id = admin.Must(t, 201, "POST /boards/"+board+"/columns", map[string]any{"name": f.name(), "kind": "queue"}).Text("id")
	case "lane":
		lanes := admin.Must(t, 201, "POST /boards/"+board+"/lanes", map[string]any{"name": f.name()})
		for i := 0; lanes.Text(fmt.Sprintf("lanes.%d.id", i)) != ""; i++ {
			id = lanes.Text(fmt.Sprintf("lanes.%d.id", i))
		}
	case "attachment":
		body, headers := attached(t)
		id = admin.Must(t, 201, "POST /cards/"+card()+"/attachments", body, headers...).Text("attachment.id")
	case "blocker":
		id = admin.Must(t, 201, "POST /cards/"+card()+"/blockers", map[string]any{"category": "vendor", "reason": "waits"}).Text("blocker.id")
	case "todo":
		id = admin.Must(t, 201, "POST /cards/"+card()+"/todos", map[string]any{"text": "do it"}).Text("todo.id")
	case "link":
		id = admin.Must(t, 201, "POST /cards/"+card()+"/links", map[string]any{"url": "https://example.test/"}).Text("link.id")
	case "field":
		id = admin.Must(t, 201, "POST /boards/"+board+"/fields", map[string]any{"name": f.name(), "type": "text"}).Text("field.id")
	case "template":
		id = admin.Must(t, 201, "POST /boards/"+board+"/card-templates", map[string]any{"name": f.name(), "cardId": card()}).Text("id")
	case "revision":
		c := card()
		admin.Must(t, 200, "PATCH /cards/"+c, map[string]any{"description": "words"})
		id = admin.Must(t, 200, "GET /cards/"+c+"/revisions", nil).Text("items.0.id")
	case "supposed":
		id = card()
		admin.Must(t, 200, "PUT /cards/"+id+"/hypothesis", map[string]any{"believe": "it", "will": "work", "knowWhen": "we see"})
	case "note":
		id = admin.Must(t, 201, "POST /boards/"+board+"/flow/notes", map[string]any{"step": "exploit", "text": f.name()}).Text("id")
	case "view": // an administrator's, shared
		a := admin.Must(t, 201, "POST /boards/"+board+"/views", map[string]any{"name": f.name(), "query": "quick=mine", "shared": true})
		for i := 0; a.Text(fmt.Sprintf("items.%d.id", i)) != ""; i++ {
			id = a.Text(fmt.Sprintf("items.%d.id", i))
		}
	case "comment": // the lead's, on the boards of their team
		author := "lead"
		if target == "far" {
			author = "admin"
		}
		id = f.s.As(author).Must(t, 201, "POST /cards/"+card()+"/comments", map[string]any{"text": "hello"}).Text("comment.id")
	default:
		t.Fatalf("what is a %s?", kind)
	}
	if id == "" {
		t.Fatalf("no %s on %s", kind, target)
	}
	if !fresh {
		f.shared[key] = id
	}
	return id
}

func (f *fixture) team(target string) string {
	switch target {
	case "own":
		return f.s.Team
	case "far":
		return f.s.FarTeam
	}
	return "tea_0000000000000000"
}

// question makes the request that asks an operation of a target in a column's name. ok: it will be done.
func (f *fixture) question(t *testing.T, op, target, column string, ok bool) question {
	t.Helper()
	s, admin := f.s, f.s.As("admin")
	q := question{path: map[string]string{}}
	cols := f.columns[target]
	on := func(kind string, body any) question {
		name := kind
		switch kind {
		case "archived", "moved", "mirrored", "waiting", "signalled", "supposed":
			name = "card"
		}
		q.path[name], q.body = f.thing(t, kind, target, ok), body
		return q
	}
	onBoard := func(body any) question { q.path["board"], q.body = f.boards[target], body; return q }
	onTeam := func(body any) question { q.path["team"], q.body = f.team(target), body; return q }
	onMine := func() string { // a card on which the asker may comment
		return f.s.Card(t, f.boards["open"], f.columns["open"][0], f.name())
	}
	if strings.HasPrefix(op, "checklist-") {
		return f.checklistQuestion(t, op, target, column, ok)
	}
	if op == "audit-export" {
		q.query = "?from=2026-01-01&to=2026-01-31"
		if target != "-" {
			q.query += "&teamId=" + f.team(target)
		}
		return q
	}
	if strings.HasPrefix(op, "launch-") || strings.HasPrefix(op, "freeze-") {
		return f.launchQuestion(t, op, target, ok)
	}
	switch op {
	case "view-list":
		return onBoard(nil)
	case "view-create":
		return onBoard(map[string]any{"name": f.name(), "query": "quick=mine"})
	case "view-default":
		q = onBoard(map[string]any{"viewId": ""})
		return q
	case "view-change":
		return on("view", map[string]any{"name": f.name()})
	case "view-remove":
		return on("view", nil)
	case "flow-note-add":
		return onBoard(map[string]any{"step": "identify", "text": f.name()})
	case "flow-note-change":
		return on("note", map[string]any{"text": f.name()})
	case "flow-note-withdraw", "flow-note-restore":
		return on("note", nil)
	case "flow-overview", "flow-cycle-time", "flow-aging", "flow-wip", "flow-throughput", "flow-net-flow", "flow-cfd", "flow-efficiency", "flow-blockers", "flow-handoffs", "flow-mix", "flow-value-stream", "flow-diagnostics", "flow-forecast", "flow-cards":
		return onBoard(nil)
	case "flow-all-cycle-time", "flow-all-wip", "flow-all-throughput", "flow-all-net-flow", "flow-all-forecast", "flow-all-cards":
		q.query = "?boards=" + f.boards[target]
		return q
	case "board-get", "board-events", "board-archived", "board-export", "board-workflow", "top-change-list", "card-template-list":
		return onBoard(nil)
	case "board-change":
		return onBoard(map[string]any{"name": f.name()})
	case "board-copy", "board-archive", "board-restore", "board-pull", "top-change-explain", "favourites-set":
		return f.boardQuestion(t, op, target, column, ok)
	case "card-create":
		return onBoard(map[string]any{"title": f.name(), "columnId": cols[0]})
	case "board-bulk":
		return onBoard(map[string]any{"cardIds": []string{f.thing(t, "card", target, false)}, "labels": map[string]any{"add": []string{f.name()}}})
	case "column-create":
		q = onBoard(map[string]any{"name": f.name(), "kind": "queue"})
		if ok { // a board holds only so many
			board := f.boards[target]
			q.after = func() {
				a := admin.Must(t, 200, "GET /boards/"+board, nil)
				for i := 3; ; i++ {
					id := a.Text(fmt.Sprintf("columns.%d.id", i))
					if id == "" {
						return
					}
					if id != f.shared["column "+target] {
						admin.Must(t, 200, "DELETE /columns/"+id, nil)
					}
				}
			}
		}
		return q
	case "lane-create":
		return onBoard(map[string]any{"name": f.name()})
	case "column-change":
		return on("column", map[string]any{"name": f.name()})
	case "column-remove":
		return on("column", nil)
	case "lane-change":
		return on("lane", map[string]any{"name": f.name()})
	case "lane-remove":
		return on("lane", nil)
	case "card-get", "card-archive":
		return on("card", nil)
	case "card-change":
		return on("card", map[string]any{"title": f.name()})
	case "card-move":
		return on("card", map[string]any{"columnId": cols[1]})
	case "card-undo":
		q = on("moved", nil)
		seq, _ := strconv.Atoi(f.shared["seq "+q.path["card"]])
		q.body = map[string]any{"seq": max(seq, 1)}
		return q
	case "card-mirror":
		return on("card", map[string]any{"boardId": f.beside[target], "columnId": f.landing[target]})
	case "card-unmirror":
		q = on("mirrored", nil)
		q.path["board"] = f.beside[target]
		return q
	case "card-restore":
		return on("archived", map[string]any{})
	case "card-block":
		return on("card", map[string]any{"category": "vendor", "reason": "waits"})
	case "card-comment":
		if target == "mine" { // the card of an ask of theirs, on a board that they see
			q.path["card"] = s.As(column).Must(t, 201, "POST /teams/"+s.Team+"/asks", map[string]any{"title": f.name()}).Text("cardKey")
			q.body = map[string]any{"text": "hello"}
			return q
		}
		return on("card", map[string]any{"text": "hello"})
	case "card-todo-add":
		return on("card", map[string]any{"text": "do it"})
	case "card-signal":
		q = on("card", map[string]any{"state": "ok", "text": "green"})
		q.path["key"] = "build"
		return q
	case "card-signal-remove":
		if target == "absent" {
			q = on("card", nil)
		} else {
			q = on("signalled", nil)
		}
		q.path["key"] = "build"
		return q
	case "blocker-raise":
		return on("blocker", map[string]any{"personId": f.manager(t)})
	case "blocker-promise":
		body := map[string]any{"on": time.Now().AddDate(0, 0, 2).Format(time.DateOnly)}
		if target == "mine" { // raised to whoever asks
			q.body, q.path["blocker"] = body, admin.Must(t, 201, "POST /cards/"+onMine()+"/blockers", map[string]any{"category": "vendor", "reason": "waits"}).Text("blocker.id")
			admin.Must(t, 200, "POST /blockers/"+q.path["blocker"]+"/raise", map[string]any{"personId": s.IDs[column]})
			return q
		}
		q = on("blocker", body)
		if target != "absent" { // to somebody else
			admin.Must(t, 200, "POST /blockers/"+q.path["blocker"]+"/raise", map[string]any{"personId": f.manager(t)})
		}
		return q
	case "card-wait":
		other := "crd_0000000000000000"
		if target != "absent" {
			other = f.thing(t, "card", target, true)
		}
		return on("card", map[string]any{"card": other})
	case "card-unwait":
		q = on("waiting", nil)
		q.path["other"] = f.shared["other "+q.path["card"]]
		if q.path["other"] == "" {
			q.path["other"] = "crd_0000000000000001"
		}
		return q
	case "blocker-close":
		return on("blocker", nil)
	case "card-people", "card-revisions":
		return on("card", nil)
	case "card-watch":
		return on("card", map[string]any{"watching": true})
	case "card-link-add":
		return on("card", map[string]any{"url": "https://example.test/"})
	case "link-change":
		return on("link", map[string]any{"title": f.name()})
	case "link-remove":
		return on("link", nil)
	case "todo-promote":
		return on("todo", map[string]any{})
	case "card-hypothesis":
		return on("card", map[string]any{"believe": f.name(), "will": "work", "knowWhen": "we see"})
	case "card-outcome":
		return on("supposed", map[string]any{"result": "unclear"})
	case "revision-get":
		return on("revision", nil)
	case "card-template-create":
		return onBoard(map[string]any{"name": f.name(), "card": map[string]any{"title": "x", "type": "toil", "discipline": "operations"}})
	case "card-template-change":
		return on("template", map[string]any{"name": f.name()})
	case "card-template-remove":
		return on("template", nil)
	case "field-create":
		q = onBoard(map[string]any{"name": f.name(), "type": "text"})
		if ok { // a board holds only so many
			q.after = func() {
				id := ""
				a := admin.Must(t, 200, "GET /boards/"+f.boards[target], nil)
				for i := 0; a.Text(fmt.Sprintf("board.fields.%d.id", i)) != ""; i++ {
					id = a.Text(fmt.Sprintf("board.fields.%d.id", i))
				}
				admin.Must(t, 200, "PATCH /fields/"+id, map[string]any{"retired": true})
			}
		}
		return q
	case "field-change":
		return on("field", map[string]any{"name": f.name()})
	case "attachment-add":
		q = on("card", nil)
		q.body, q.headers = attached(t)
		return q
	case "attachment-get", "attachment-preview", "attachment-remove":
		return on("attachment", nil)
	case "attachment-restore":
		q = on("attachment", map[string]any{})
		q.body = nil
		return q
	case "todo-change":
		return on("todo", map[string]any{"done": true})
	case "todo-remove":
		return on("todo", nil)
	case "comment-change", "comment-remove":
		var body any
		if op == "comment-change" {
			body = map[string]any{"text": "other words"}
		}
		if target == "mine" {
			q.path["comment"], q.body = s.As(column).Must(t, 201, "POST /cards/"+onMine()+"/comments", map[string]any{"text": "mine"}).Text("comment.id"), body
			return q
		}
		return on("comment", body)
	case "events":
		topic := "me"
		if target != "mine" {
			topic = "board:" + f.boards[target]
		}
		q.query = "?topic=" + topic
		return q

	case "ask-raise":
		return onTeam(map[string]any{"title": f.name()})
	case "ask-outlook":
		return onTeam(nil)
	case "ask-get", "ask-accept", "ask-decline", "ask-question", "ask-answer", "ask-withdraw", "ask-reopen", "ask-propose", "ask-sit", "ask-unsit", "ask-meeting":
		return f.ask(t, op, target, column)

	case "retro-list":
		return q
	case "retro-template-own", "retro-template-create", "retro-template-change":
		return f.retroTemplateQuestion(t, op, target)
	case "retro-template-list", "retro-create", "retro-join-code", "retro-get", "retro-summary", "retro-export", "retro-join", "retro-take-over", "retro-phase",
		"retro-timer", "retro-done", "retro-facilitator", "retro-discuss", "retro-note-add", "retro-note-change", "retro-note-remove", "retro-note-ungroup", "retro-group",
		"retro-group-change", "retro-vote", "retro-thumb", "retro-checkin", "retro-rate", "retro-action-add", "retro-action-change", "retro-action-remove", "retro-carried":
		return f.retroQuestion(t, op, target, column, ok)

	case "health-question-list", "health-list":
		return q
	case "health-open", "health-get", "health-answer", "health-reveal", "health-call-off", "health-of-team":
		return f.healthQuestion(t, op, target)

	case "recommend", "coverage", "desk", "needs-say", "pattern-list", "pattern-set", "pattern-change", "pattern-end", "leave-list", "leave-add", "leave-remove":
		return f.liaisonQuestion(t, op, target, column)

	case "service-list", "service-create", "service-get", "service-history", "service-change":
		return f.serviceQuestion(t, op, target)

	case "team-get", "device-link-list":
		return onTeam(nil)
	case "team-say":
		return onTeam(map[string]any{"mission": f.name()})
	case "team-change":
		return onTeam(map[string]any{"kind": []string{"platform", "enabling"}[f.n%2]})
	case "device-link-create":
		return onTeam(map[string]any{"name": f.name()})
	case "member-set":
		return onTeam(map[string]any{"personId": f.passerBy(t), "role": "viewer"})
	case "member-remove":
		if target == "mine" {
			q.path["team"], q.path["person"] = s.Team, s.IDs[column]
			role := map[string]string{"insider": "commenter"}[column]
			if role == "" {
				role = column
			}
			q.after = func() {
				admin.Must(t, 200, "POST /teams/"+s.Team+"/members", map[string]any{"personId": s.IDs[column], "role": role})
			}
			return q
		}
		q.path["person"] = f.passerBy(t)
		if target != "absent" {
			admin.Must(t, 200, "POST /teams/"+f.team(target)+"/members", map[string]any{"personId": q.path["person"], "role": "viewer"})
		}
		return onTeam(nil)
	case "liaison-remove":
		f.n++
		q.path["person"] = f.s.Person(t, fmt.Sprintf("liaison-%d", f.n), "member")
		if target != "absent" {
			admin.Must(t, 201, "POST /teams/"+f.team(target)+"/patterns", map[string]any{"personId": q.path["person"], "discipline": "security", "pattern": "liaison", "why": "As agreed"})
		}
		q.query = "?why=Over"
		return onTeam(nil)
	case "device-link-revoke":
		q.path["link"] = "dev_0000000000000000"
		if target != "absent" {
			q.path["link"] = admin.Must(t, 201, "POST /teams/"+f.team(target)+"/device-links", map[string]any{"name": f.name()}).Text("id")
		}
		return q
	case "board-create":
		q.body = map[string]any{"teamId": f.team(target), "name": f.name()}
		return q
	case "board-import":
		q.body, q.headers = imported(t, f.team(target))
		return q

	case "me", "today", "flow-wall", "ask-list", "search", "session-list", "person-list", "team-list", "board-list", "board-template-list", "invite-list", "device", "setup-state", "live-ticket":
		return q
	case "notice-list", "notice-count", "notice-read", "notice-unread", "notice-preferences", "notice-preferences-change", "notice-no-mail", "notice-no-mail-ask",
		"delivery-list", "chat-get", "chat-set", "chat-remove", "chat-test":
		return f.noticeQuestion(t, op, target, ok)
	case "standup-list", "standup-get", "standup-meetings", "standup-summary", "standup-start", "standup-set-up", "standup-change", "standup-advance", "standup-pass", "standup-written", "standup-answer", "standup-drive", "standup-box", "standup-healthy",
		"standup-help", "standup-unhelp", "standup-attendance", "standup-park", "standup-settle", "standup-reopen", "standup-meeting-file", "standup-join", "standup-finish", "standup-end":
		return f.standupQuestion(t, op, target, column, ok)
	case "ritual-list", "ritual-create", "ritual-get", "ritual-change", "ritual-archive", "ritual-start", "ritual-join", "ritual-end",
		"ritual-attendance", "ritual-say", "ritual-sittings", "ritual-summary", "ritual-advance", "ritual-presenter", "ritual-mark",
		"ritual-decide", "ritual-undecide", "ritual-note", "ritual-restore", "ritual-candidates", "ritual-choose":
		return f.ritualQuestion(t, op, target, ok)
	case "on-call-get", "on-call-add", "on-call-remove", "on-call-calendar-set", "on-call-calendar-remove":
		return f.onCallQuestion(t, op, target)
	case "calendar-list", "calendar-attendance", "calendar-trends", "calendar-agree", "calendar-end-agreement", "calendar-invite", "calendar-uninvite", "feed-list", "feed-create", "feed-revoke":
		return f.calendarQuestion(t, op, target, column, ok)
	case "token-list":
		if target == "others" {
			q.query = "?all=true"
		}
		return q
	case "me-change":
		q.body = map[string]any{"hue": f.n % 7}
		return q
	case "me-keys-set":
		q.body = map[string]any{"singles": true, "own": map[string]string{"m": string(rune('a' + f.n%26))}}
		return q
	case "me-password":
		q.body = map[string]any{"current": scenario.Password, "next": scenario.Password + "x"}
		if ok { // and back, so that others can still sign in
			q.after = func() {
				s.As(column).Must(t, 204, "POST /me/password", map[string]any{"current": scenario.Password + "x", "next": scenario.Password})
			}
		}
		return q
	case "session-end":
		q.path["session"] = "ses_0000000000000000"
		whose := map[string]string{"mine": column, "others": "lead"}[target]
		if column == "lead" && target == "others" {
			whose = "worker"
		}
		if whose == "anonymous" || whose == "device" {
			whose = "worker"
		}
		if whose != "" {
			token := s.SignIn(t, whose)
			a := s.With(token).Must(t, 200, "GET /sessions", nil)
			for i := 0; a.Text(fmt.Sprintf("items.%d.id", i)) != ""; i++ {
				if a.Text(fmt.Sprintf("items.%d.current", i)) == "true" {
					q.path["session"] = a.Text(fmt.Sprintf("items.%d.id", i))
				}
			}
		}
		return q
	case "person-create":
		f.n++
		q.body = map[string]any{"name": "New", "email": fmt.Sprintf("new%d@example.test", f.n), "discipline": "other", "role": "member"}
		return q
	case "person-change":
		q.path["person"], q.body = "per_0000000000000000", map[string]any{"discipline": "quality"}
		if target != "absent" {
			q.path["person"] = f.passerBy(t)
		}
		return q
	case "team-create":
		f.n++
		q.body = map[string]any{"name": f.name(), "key": "T" + strings.ToUpper(strconv.FormatInt(int64(f.n)+36, 36))}
		return q
	case "invite-create":
		body := map[string]any{"role": "member"}
		if target != "-" {
			body["teamId"] = f.team(target)
		}
		q.body = body
		return q
	case "invite-revoke":
		q.path["invite"] = "inv_0000000000000000"
		if target != "absent" {
			q.path["invite"] = admin.Must(t, 201, "POST /invites", map[string]any{"role": "member", "teamId": f.team(target)}).Text("id")
		}
		return q
	case "token-create":
		body := map[string]any{"name": f.name(), "scopes": []string{"read"}}
		if target != "-" {
			body["teamId"] = f.team(target)
		}
		q.body = body
		return q
	case "token-revoke":
		q.path["token"] = "tok_0000000000000000"
		body := map[string]any{"name": f.name(), "scopes": []string{"read"}}
		switch target {
		case "mine":
			maker := s.As(column)
			if column == "anonymous" || column == "device" {
				maker = admin
			}
			q.path["token"] = maker.Must(t, 201, "POST /tokens", body).Text("id")
		case "own":
			body["teamId"] = s.Team
			q.path["token"] = admin.Must(t, 201, "POST /tokens", body).Text("id")
		case "others":
			maker := "commenter"
			if column == maker {
				maker = "worker"
			}
			q.path["token"] = s.As(maker).Must(t, 201, "POST /tokens", body).Text("id")
		}
		return q
	case "markdown":
		q.body = map[string]any{"text": "*hello*"}
		return q

	case "setup":
		q.body = map[string]any{"email": "x@example.test", "password": scenario.Password, "name": "X", "workspace": "X"}
		return q
	case "sign-in":
		q.body = map[string]any{"email": "worker@example.test", "password": scenario.Password}
		return q
	case "sign-out":
		if column != "anonymous" && column != "device" { // the session that is ended is given back
			v := s.As(column)
			q.after = func() { v.Token = s.SignIn(t, column) }
		}
		return q
	case "invite-inspect", "invite-accept":
		token := "nonsense"
		if target != "absent" {
			_, token, _ = strings.Cut(admin.Must(t, 201, "POST /invites", map[string]any{"role": "member"}).Text("url"), "#")
		}
		body := map[string]any{"token": token}
		if op == "invite-accept" {
			f.n++
			body["name"], body["email"], body["password"], body["discipline"] = "Invited", fmt.Sprintf("invited%d@example.test", f.n), scenario.Password, "other"
		}
		q.body = body
		return q
	}
	t.Fatalf("%s has a row and no request here", op)
	return q
}

// manager is one more manager, who may see every board.
func (f *fixture) manager(t *testing.T) string {
	t.Helper()
	if f.shared["manager"] == "" {
		f.shared["manager"] = f.s.Person(t, "manageress", "manager")
	}
	return f.shared["manager"]
}

// ask makes the request that asks an operation of an ask: one's own, or one of the administrator's.
func (f *fixture) ask(t *testing.T, op, target, column string) question {
	t.Helper()
	q := question{path: map[string]string{"ask": "ask_0000000000000000"}}
	soon := time.Now().Add(48 * time.Hour).UTC().Truncate(time.Second)
	times := []time.Time{soon, soon.Add(time.Hour)}
	if target != "absent" {
		by, team := f.s.As("admin"), f.s.Team
		if target == "far" {
			team = f.s.FarTeam
		}
		if target == "mine" {
			by = f.s.As(column)
		}
		q.path["ask"] = by.Must(t, 201, "POST /teams/"+team+"/asks", map[string]any{"title": f.name(), "times": times}).Text("id")
	}
	at := func(what string, body any) {
		if target != "absent" {
			f.s.As("admin").Must(t, 200, "POST /asks/"+q.path["ask"]+"/"+what, body)
		}
	}
	switch op {
	case "ask-decline":
		q.body = map[string]any{"reason": "Not ours"}
	case "ask-question":
		q.body = map[string]any{"text": "Which one?"}
	case "ask-answer":
		at("question", map[string]any{"text": "Which one?"})
		q.body = map[string]any{"text": "This one"}
	case "ask-propose":
		q.body = map[string]any{"times": times}
	case "ask-sit":
		q.body = map[string]any{"at": soon}
	case "ask-meeting":
		at("sit", map[string]any{"at": soon})
	}
	return q
}

// passerBy is a member whom nothing depends on.
func (f *fixture) passerBy(t *testing.T) string {
	t.Helper()
	if f.shared["passer-by"] == "" {
		f.shared["passer-by"] = f.s.Person(t, "passer-by", "member")
	}
	return f.shared["passer-by"]
}

// attached is a small picture with its preview.
func attached(t *testing.T) ([]byte, []string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, name := range []string{"file", "preview"} {
		part, err := w.CreateFormFile(name, "dot.gif")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(part, "GIF89a\x01\x00\x01\x00\x00\x00\x00;")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), []string{"Content-Type", w.FormDataContentType()}
}

// imported is a small Trello board for a team.
func imported(t *testing.T, team string) ([]byte, []string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "board.json")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(part, `{"id":"5f0000000000000000000001","name":"From elsewhere","lists":[{"id":"5f0000000000000000000002","name":"To do","closed":false,"pos":1}],
		"cards":[{"id":"5f0000000000000000000003","name":"A card","idList":"5f0000000000000000000002","closed":false,"pos":1,"desc":"","labels":[],"idMembers":[],"idChecklists":[]}],
		"actions":[],"checklists":[],"labels":[],"members":[],"customFields":[]}`)
	for k, v := range map[string]string{"teamId": team, "dryRun": "true"} {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), []string{"Content-Type", w.FormDataContentType()}
}
