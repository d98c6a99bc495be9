package health_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"trestle/server/fault"
	"trestle/server/health"
	"trestle/server/trestletest"
	"trestle/server/who"
)

type house struct {
	t      *testing.T
	b      *trestletest.Bench
	s      *health.Service
	team   string
	people []who.Viewer // a lead and four workers
	vic    who.Viewer   // a viewer
}

func newHouse(t *testing.T, b *trestletest.Bench) *house {
	t.Helper()
	h := &house{t: t, b: b, s: health.New(b.Store), team: trestletest.Team(t, b.Store, "OWN")}
	for i, name := range []string{"ana", "bo", "kai", "cora", "dan", "vic"} {
		p := trestletest.Person(t, b.Store, name, who.Member)
		role := "worker"
		switch i {
		case 0:
			role = "lead"
		case 5:
			role = "viewer"
		}
		trestletest.Join(t, b.Store, h.team, p, role)
		h.people = append(h.people, p)
	}
	h.vic, h.people = h.people[5], h.people[:5]
	return h
}

func (h *house) do(v health.View, err error) health.View {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

func (h *house) open(sets ...string) string {
	h.t.Helper()
	return h.do(h.s.OpenCheck(trestletest.Ctx(h.t, h.people[1]), health.NewCheck{TeamID: h.team, Sets: sets})).ID
}

func said(question string, score, trend int) health.AnswerTo {
	return health.AnswerTo{Question: question, Score: score, Trend: &trend}
}

func question(t *testing.T, v health.View, key string) health.QuestionView {
	t.Helper()
	for _, set := range v.Sets {
		for _, q := range set.Questions {
			if q.Key == key {
				return q
			}
		}
	}
	t.Fatalf("no question %s", key)
	return health.QuestionView{}
}

// Nobody reads others' answers while a check is open; all is shown at once; and afterwards the whole database holds
// counts, and nothing that ties a person to an answer.
func TestHealth_WhoSaidWhatIsUnrecoverable(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id := h.open("operations", "culture")
		ctx := func(i int) context.Context {
			return trestletest.CtxKey(t, h.people[i], fmt.Sprintf("key-of-%s", h.people[i].PersonID), "hash")
		}
		for i := range h.people {
			answers := []health.AnswerTo{said("alerts", 1+i%3, 1), said("ideas", health.Well, -1)}
			if i < 3 {
				answers = append(answers, said("restore", health.Bad, 0))
			}
			v := h.do(h.s.Answer(ctx(i), id, answers))
			if q := question(t, v, "alerts"); q.Score != 1+i%3 || q.Trend != 1 || q.Result != nil {
				t.Errorf("one's own: %+v", q)
			}
			if v = h.do(h.s.Answer(ctx(i), id, answers)); v.Answered != i+1 {
				t.Errorf("%d have answered, not %d", v.Answered, i+1)
			}
		}
		if _, err := h.s.Answer(trestletest.CtxKey(t, h.people[0], "key-of-"+h.people[0].PersonID, "another hash"), id, []health.AnswerTo{said("calm", 1, 0)}); !fault.Is(err, "idempotency_mismatch") {
			t.Errorf("a used key: %v", err)
		}
		seen := h.do(h.s.Get(trestletest.Ctx(t, h.vic), id))
		for _, set := range seen.Sets {
			for _, q := range set.Questions {
				if q.Score != 0 || q.Result != nil {
					t.Errorf("somebody who looks on reads %+v", q)
				}
			}
		}
		var secret, code string
		q := b.Store.Rows(t.Context())
		if _, err := q.Row([]any{&secret}, "SELECT secret FROM health_keys"); err != nil || len(secret) != 64 {
			t.Fatalf("the key: %q %v", secret, err)
		}
		if _, err := q.Row([]any{&code}, "SELECT voter FROM health_answers LIMIT 1"); err != nil || len(code) != 32 {
			t.Fatalf("a code: %q %v", code, err)
		}
		inFiles := func(what string) bool {
			for _, file := range []string{b.Store.Path(), b.Store.Path() + "-wal"} {
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if bytes.Contains(raw, []byte(what)) {
					return true
				}
			}
			return false
		}
		if b.Store.SQLite() && !inFiles(secret) {
			t.Fatal("the key is not found where it is: this test sees nothing")
		}
		v := h.do(h.s.Reveal(trestletest.Ctx(t, h.people[1]), id))
		if r := question(t, v, "alerts").Result; r == nil || *r != (health.Result{Well: 1, SoSo: 2, Bad: 2, Better: 5}) {
			t.Errorf("alerts: %+v", r)
		}
		if r := question(t, v, "ideas").Result; r == nil || *r != (health.Result{Well: 5, Worse: 5}) {
			t.Errorf("ideas: %+v", r)
		}
		if r := question(t, v, "restore").Result; r != nil {
			t.Errorf("three answers are shown: %+v", r)
		}
		if v.State != health.Revealed || v.Answered != 5 || v.CanAnswer || v.CanEnd || question(t, v, "alerts").Score != 0 {
			t.Errorf("revealed: %+v", v)
		}
		if err := h.s.Scour(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"health_keys", "health_answers", "health_commands"} {
			if n := trestletest.Count(t, b.Store, "SELECT count(*) FROM "+table); n != 0 {
				t.Errorf("%s still holds %d", table, n)
			}
		}
		if n := trestletest.Count(t, b.Store, "SELECT count(*) FROM commands WHERE key LIKE 'key-of-%'"); n != 0 {
			t.Errorf("%d requests that must name nobody", n)
		}
		events := 0
		err := q.Each(func(scan func(...any) error) error {
			var actor, command, data string
			err := scan(&actor, &command, &data)
			events++
			if data != "{}" || actor != "" && actor != h.people[1].PersonID {
				t.Errorf("an event says too much: %q %q %s", actor, command, data)
			}
			return err
		}, "SELECT actor_id, command_id, data FROM events WHERE type LIKE 'health.%'")
		if err != nil || events != 7 {
			t.Errorf("%d events: %v", events, err)
		}
		if b.Store.SQLite() {
			for _, what := range []string{secret, secret[:16], code} {
				if inFiles(what) {
					t.Errorf("%q is still in the file or its log", what)
				}
			}
		}
	})
}

func TestHealth_OverTime(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		lead := trestletest.Ctx(t, h.people[0])
		for round := range 3 {
			sets := []string{"team"}
			if round == 2 {
				sets = []string{"team", "culture"}
			}
			id := h.open(sets...)
			for i, p := range h.people {
				score := health.SoSo
				if i < round {
					score = health.Well
				}
				h.do(h.s.Answer(trestletest.Ctx(t, p), id, []health.AnswerTo{said("fun", score, 0)}))
			}
			if waiting, err := h.s.Waiting(b.Store.Rows(t.Context()), h.people[0]); err != nil || len(waiting) != 0 {
				t.Errorf("answered, and yet it waits: %v %v", waiting, err)
			}
			h.do(h.s.Reveal(lead, id))
			b.Clock.Advance(8 * 7 * 24 * time.Hour)
		}
		off := h.open("culture")
		if waiting, err := h.s.Waiting(b.Store.Rows(t.Context()), h.people[0]); err != nil || len(waiting) != 1 || waiting[0].ID != off {
			t.Errorf("waiting: %v %v", waiting, err)
		}
		if waiting, err := h.s.Waiting(b.Store.Rows(t.Context()), h.vic); err != nil || len(waiting) != 0 {
			t.Errorf("a viewer is not asked: %v %v", waiting, err)
		}
		h.do(h.s.CallOff(lead, off))
		p, err := h.s.OfTeam(lead, h.team)
		if err != nil || len(p.Checks) != 3 || p.Open != nil || !p.CanOpen || p.DueAt == nil || !p.DueAt.Equal(p.Checks[2].EndedAt.Add(56*24*time.Hour)) {
			t.Fatalf("%+v %v", p, err)
		}
		for _, set := range p.Sets {
			for _, q := range set.Questions {
				raw, _ := json.Marshal(q.Results)
				want := "[null,null,null]"
				if q.Key == "fun" {
					want = `[{"well":0,"soSo":5,"bad":0,"better":0,"worse":0},{"well":1,"soSo":4,"bad":0,"better":0,"worse":0},{"well":2,"soSo":3,"bad":0,"better":0,"worse":0}]`
				}
				if string(raw) != want {
					t.Errorf("%s: %s", q.Key, raw)
				}
			}
		}
	})
}

// Two who are one, on a phone and a laptop: what is said of different things stays, of the same thing what came last.
func TestHealth_AnswersAtOnce(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		id, me := h.open("team", "operations"), trestletest.Ctx(t, h.people[1])
		var wg sync.WaitGroup
		for _, a := range []health.AnswerTo{said("alerts", 1, 1), said("calm", 2, -1), said("fun", 3, 0), said("mission", 2, 1)} {
			wg.Go(func() { h.do(h.s.Answer(me, id, []health.AnswerTo{a})) })
		}
		wg.Wait()
		v := h.do(h.s.Answer(me, id, []health.AnswerTo{{Question: "alerts", Score: health.Well}}))
		for key, want := range map[string][2]int{"alerts": {3, 1}, "calm": {2, -1}, "fun": {3, 0}, "mission": {2, 1}} {
			if q := question(t, v, key); q.Score != want[0] || q.Trend != want[1] {
				t.Errorf("%s is %d, going %d, not %v", key, q.Score, q.Trend, want)
			}
		}
		if v.Answered != 1 {
			t.Errorf("one person is %d", v.Answered)
		}
	})
}

func TestHealth_Refusals(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		as := func(i int) context.Context { return trestletest.Ctx(t, h.people[i]) }
		for name, n := range map[string]health.NewCheck{"no such questions": {TeamID: h.team, Sets: []string{"team", "moon"}}, "no such team": {TeamID: "team_x", Sets: []string{"team"}}} {
			if _, err := h.s.OpenCheck(as(0), n); err == nil {
				t.Error(name)
			}
		}
		var wg sync.WaitGroup
		opened := make([]error, 4)
		for i := range opened {
			wg.Go(func() {
				_, opened[i] = h.s.OpenCheck(as(i), health.NewCheck{TeamID: h.team, Sets: []string{"operations"}})
			})
		}
		wg.Wait()
		n, id := 0, ""
		for _, err := range opened {
			switch {
			case err == nil:
				n++
			case !fault.Is(err, "check_open"):
				t.Error(err)
			}
		}
		if n != 1 {
			t.Fatalf("%d checks are open", n)
		}
		if p, err := h.s.OfTeam(as(0), h.team); err != nil || p.Open == nil || p.CanOpen {
			t.Fatalf("%+v %v", p, err)
		} else {
			id = p.Open.ID
		}
		if _, err := h.s.Reveal(as(0), id); !fault.Is(err, "nobody_answered") {
			t.Error(err)
		}
		if _, err := h.s.Answer(as(0), id, []health.AnswerTo{said("calm", 3, 0), said("ideas", 3, 0)}); !fault.Is(err, "invalid") {
			t.Error("a question that was not asked: ", err)
		}
		if v := h.do(h.s.Get(as(0), id)); v.Answered != 0 {
			t.Error("a refused request has answered")
		}
		b.Clock.Advance(61 * 24 * time.Hour)
		if err := h.s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if v := h.do(h.s.Get(as(0), id)); v.State != health.CalledOff {
			t.Error("forgotten, and still open")
		}
		if _, err := h.s.Answer(as(0), id, []health.AnswerTo{said("calm", 3, 0)}); !fault.Is(err, "check_over") {
			t.Error(err)
		}
	})
}

// What is revealed is compared with the check that was revealed before it, question by question, where both were
// answered by enough; one that was called off is passed over.
func TestHealth_ComparesWithTheOneBefore(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		reveal := func(score, people int) health.View {
			t.Helper()
			id := h.open("operations")
			for i, p := range h.people {
				answers := []health.AnswerTo{said("alerts", score, 0)}
				if i < people {
					answers = append(answers, said("calm", score, 0))
				}
				h.do(h.s.Answer(trestletest.Ctx(t, p), id, answers))
			}
			if v := h.do(h.s.Get(trestletest.Ctx(t, h.people[1]), id)); v.Before != nil || question(t, v, "alerts").Before != nil {
				t.Error("an open check is compared with another")
			}
			v := h.do(h.s.Reveal(trestletest.Ctx(t, h.people[1]), id))
			b.Clock.Advance(24 * time.Hour)
			return v
		}
		first := reveal(health.Bad, 3)
		if first.Before != nil || question(t, first, "alerts").Before != nil {
			t.Errorf("the first one is compared with %+v", first.Before)
		}
		h.do(h.s.CallOff(trestletest.Ctx(t, h.people[1]), h.open("operations")))
		second := reveal(health.Well, len(h.people))
		if second.Before == nil || second.Before.ID != first.ID {
			t.Fatalf("compared with %+v", second.Before)
		}
		if q := question(t, second, "alerts"); q.Before == nil || q.Before.Bad != len(h.people) || q.Result.Well != len(h.people) {
			t.Errorf("alerts: %+v, before %+v", q.Result, q.Before)
		}
		if q := question(t, second, "calm"); q.Before != nil {
			t.Errorf("three had answered it before, and it says %+v", q.Before)
		}
	})
}
