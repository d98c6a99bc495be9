package app_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"trestle/server/trestletest"
	"trestle/server/trestletest/scenario"
)

// Every write that is sent again with its Idempotency-Key gets the same answer, byte for byte, and changes
// nothing: neither what is stored nor what was announced. An answer that held a secret is not given twice.
func TestReplay(t *testing.T) { scenario.Each(t, replay) }

func replay(t *testing.T, s *scenario.Server) {
	f := newFixture(t, s)
	ops := operations(t, s)
	secret := map[string]bool{"token-create": true, "invite-create": true, "device-link-create": true, "live-ticket": true, "feed-create": true}
	unheard := map[string]bool{
		"markdown":     true, // stores nothing
		"me-password":  true, // its question is put right with the second answer
		"board-import": true, // a dry run
	}
	tried := map[string]bool{}
	for _, l := range table(t) {
		method, path, _ := strings.Cut(ops[l.op], " ")
		column := "admin"
		if l.target == "mine" {
			column = "lead"
		}
		i := map[string]int{"lead": 7, "admin": 10}[column]
		if scenario.Columns[i] != column {
			t.Fatal("the columns have moved")
		}
		if method == "GET" || l.want[0] != "401" && l.want[0] != "-" || l.want[i] != "ok" || unheard[l.op] || tried[l.op+l.target] {
			continue
		}
		tried[l.op+l.target] = true
		q := f.question(t, l.op, l.target, column, true)
		for name, value := range q.path {
			path = strings.ReplaceAll(path, "{"+name+"}", value)
		}
		headers := append([]string{"Idempotency-Key", "key of " + l.op + l.target}, q.headers...)
		headers[1] = strings.ReplaceAll(headers[1], " ", "-")
		ask := func(body any) scenario.Answer {
			a, err := s.As(column).Do(method+" "+path+q.query, body, headers...)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		events := func() int {
			for trestletest.Count(t, s.Store, "SELECT count(*) FROM outbox WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= ?", time.Now().UnixMilli()) > 0 {
				time.Sleep(5 * time.Millisecond) // what the first one told people is on its way
			}
			return trestletest.Count(t, s.Store, "SELECT count(*) FROM events")
		}
		first := ask(q.body)
		if first.Status >= 300 {
			t.Errorf("%s %s: %d %s", l.op, l.target, first.Status, first.Body)
			continue
		}
		before := events()
		again := ask(q.body)
		switch {
		case secret[l.op]:
			if again.Status != 409 || again.Code() != "already_done" {
				t.Errorf("%s %s, again: %d %s", l.op, l.target, again.Status, again.Body)
			}
		case strings.HasPrefix(l.op, "retro-") && !strings.HasPrefix(l.op, "retro-template-"): // answered as it stands now, so that no list of answers holds what is one's own (ADR 0016)
			if again.Status != first.Status || again.Text("retro.version") != first.Text("retro.version") || again.Text("retro.id") == "" {
				t.Errorf("%s %s, again: %d, not %d: %.300s", l.op, l.target, again.Status, first.Status, again.Body)
			}
		case again.Status != first.Status || !bytes.Equal(again.Body, first.Body):
			t.Errorf("%s %s, again: %d, not %d\n%s\n%s", l.op, l.target, again.Status, first.Status, again.Body, first.Body)
		}
		if n := events(); n != before {
			t.Errorf("%s %s was announced again", l.op, l.target)
		}
		if body, is := q.body.(map[string]any); is && len(body) > 0 {
			other := ask([]byte(`{"another":"body"}`))
			if other.Status != 422 {
				t.Errorf("%s %s, another body: %d %s", l.op, l.target, other.Status, other.Body)
			}
		}
		if q.after != nil {
			q.after()
		}
	}
	if len(tried) < 50 {
		t.Errorf("only %d were tried", len(tried))
	}
}
