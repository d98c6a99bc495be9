package launch_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/calendar"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/launch"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// house is a team with a board that only it sees, a lead, a worker, a liaison and a manager, on a clock that stands still.
type house struct {
	t                       *testing.T
	b                       *trestletest.Bench
	lists                   *checklist.Service
	s                       *launch.Service
	team, day, cardID       string
	ana, goro, bo, mia, out who.Viewer
	id                      string // the checklist of a card
	l                       *board.Layout
}

func newHouse(t *testing.T, b *trestletest.Bench) *house {
	t.Helper()
	h := &house{t: t, b: b, team: trestletest.Team(t, b.Store, "PAY")}
	boards := board.New(b.Store)
	cards := card.New(b.Store, boards, "test")
	team.New(b.Store, account.New(b.Store, account.Config{}))
	h.lists = checklist.New(b.Store, boards, cards)
	h.s = launch.New(b.Store, h.lists, cards)
	person := func(name, role, in string) who.Viewer {
		v := trestletest.Person(t, b.Store, name, role)
		if in != "" {
			trestletest.Join(t, b.Store, h.team, v, in)
		}
		return v
	}
	h.ana, h.goro, h.out, h.mia = person("ana", who.Member, "lead"), person("goro", who.Member, "worker"), person("out", who.Member, ""), person("mia", who.Manager, "")
	h.bo = person("bo", who.Member, "")
	trestletest.Liaise(t, b.Store, h.team, h.bo)
	l := must[*board.Layout](t)(boards.Create(h.as(h.ana), board.NewBoard{TeamID: h.team, Name: "Delivery", Visibility: "team", TimeZone: "Europe/Berlin",
		Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue}, {Name: "Done", Kind: board.Done}}}))
	h.l = l
	h.cardID = must[card.Changed](t)(cards.Create(h.as(h.ana), l.ID, card.NewCard{Title: "One-tap pay", ColumnID: l.Columns[0].ID})).Card.ID
	h.day = b.Store.Now().AddDate(0, 0, 7).Format(time.DateOnly)
	h.id = must[checklist.View](t)(h.lists.Create(h.as(h.ana), checklist.NewList{Kind: "card", CardID: h.cardID, LaunchOn: h.day})).ID
	return h
}

func (h *house) as(v who.Viewer) context.Context { return trestletest.Ctx(h.t, v) }

func (h *house) plan() launch.Plan {
	return launch.Plan{
		Stages:    []launch.LaunchStage{{Name: "Ourselves", HoldHours: 24}, {Name: "Few", Share: 1, HoldHours: 24, GoesOn: "99.5 % finish"}, {Name: "Everybody", Share: 100, HoldHours: 72}},
		StopRules: []launch.StopRule{{Signal: "Finished payments", Threshold: "under 97 % for 10 min", PersonIDs: []string{h.goro.PersonID}, Within: 5}},
		Watchers:  []launch.LaunchWatcher{{PersonID: h.bo.PersonID, Where: "#checkout-launch", Hours: 72}},
		Rollback:  launch.Rollback{Steps: "Flag off", Minutes: 2, LastTried: "2026-01-02", NoReturnAfter: "the old table is dropped"},
	}
}

func (h *house) get() launch.LaunchView {
	h.t.Helper()
	return must[launch.LaunchView](h.t)(h.s.Get(h.as(h.ana), h.id))
}

func (h *house) write(p launch.Plan) launch.LaunchView {
	h.t.Helper()
	return must[launch.LaunchView](h.t)(h.s.Write(h.as(h.goro), h.id, launch.NewPlan{Plan: p, Version: h.get().Version}))
}

// calm runs what must be refused with a code, and holds that nothing was changed or announced.
func (h *house) calm(what, code string, do func() error) {
	h.t.Helper()
	all := func() string {
		raw, _ := json.Marshal(h.get())
		n := 0
		for _, x := range []string{"events", "outbox", "comments", "freezes", "launches"} {
			n = n*1000 + trestletest.Count(h.t, h.b.Store, "SELECT COUNT(*) FROM "+x)
		}
		return string(raw) + time.Duration(n).String()
	}
	before := all()
	if err := do(); !fault.Is(err, code) {
		h.t.Errorf("%s: %v, not %s", what, err, code)
	}
	if now := all(); now != before {
		h.t.Errorf("%s changed %s\nto %s", what, before, now)
	}
}

// A launch goes through its stages, is stopped, goes on and is done; each step is in its course, beside the card and on
// the checklist's topic.
func TestLaunch_Course(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.calm("without stages", "no_stages", func() error { _, err := h.s.Begin(h.as(h.goro), h.id, ""); return err })
		v := h.write(h.plan())
		h.calm("going on before it began", "not_running", func() error {
			_, err := h.s.Next(h.as(h.goro), h.id, launch.Held{StageID: v.Plan.Stages[0].ID, Said: "x"})
			return err
		})
		h.calm("by somebody outside", "not_found", func() error { _, err := h.s.Begin(h.as(h.out), h.id, ""); return err })
		h.calm("by a manager", "forbidden", func() error { _, err := h.s.Begin(h.as(h.mia), h.id, ""); return err })
		must[checklist.View](t)(h.lists.Freeze(h.as(h.ana), h.id)) // what is frozen is launched all the same
		v = must[launch.LaunchView](t)(h.s.Begin(h.as(h.goro), h.id, "Everybody is here"))
		if v.State != launch.Running || v.Stage == nil || v.Stage.Name != "Ourselves" || v.Stage.Until.Sub(v.Stage.At) != 24*time.Hour || v.Course[0].Blocking == 0 {
			t.Errorf("begun: %+v", v.LaunchHead)
		}
		one, two, three := v.Plan.Stages[0].ID, v.Plan.Stages[1].ID, v.Plan.Stages[2].ID
		h.calm("begun twice", "begun", func() error { _, err := h.s.Begin(h.as(h.goro), h.id, ""); return err })
		h.calm("without what the number said", "invalid", func() error { _, err := h.s.Next(h.as(h.goro), h.id, launch.Held{StageID: one, Said: " "}); return err })
		h.calm("done in the middle", "not_last_stage", func() error {
			_, err := h.s.Finish(h.as(h.goro), h.id, launch.Held{StageID: one, Said: "x"})
			return err
		})
		b.Clock.Advance(24 * time.Hour)
		must[launch.LaunchView](t)(h.s.Next(h.as(h.bo), h.id, launch.Held{StageID: one, Said: "99.7 %"}))
		h.calm("the same step twice", "stale", func() error {
			_, err := h.s.Next(h.as(h.goro), h.id, launch.Held{StageID: one, Said: "99.7 %"})
			return err
		})
		h.calm("stopped without why", "invalid", func() error { _, err := h.s.Stop(h.as(h.goro), h.id, ""); return err })
		v = must[launch.LaunchView](t)(h.s.Stop(h.as(h.goro), h.id, "96 % finish"))
		if v.State != launch.Stopped || v.Plan.Stages[1].State != launch.StageStopped || v.Plan.Stages[1].Said != "96 % finish" {
			t.Errorf("stopped: %+v", v.Plan.Stages)
		}
		h.calm("going on while it is stopped", "not_running", func() error { _, err := h.s.Next(h.as(h.goro), h.id, launch.Held{StageID: two, Said: "x"}); return err })
		must[launch.LaunchView](t)(h.s.Resume(h.as(h.goro), h.id, "The provider is back"))
		b.Clock.Advance(24 * time.Hour)
		must[launch.LaunchView](t)(h.s.Next(h.as(h.goro), h.id, launch.Held{StageID: two, Said: "99.6 %"}))
		h.calm("on after the last", "last_stage", func() error {
			_, err := h.s.Next(h.as(h.goro), h.id, launch.Held{StageID: three, Said: "x"})
			return err
		})
		b.Clock.Advance(72 * time.Hour)
		v = must[launch.LaunchView](t)(h.s.Finish(h.as(h.goro), h.id, launch.Held{StageID: three, Said: "99.8 %"}))
		if v.State != launch.Done || v.EndedAt == nil || len(v.Course) != 7 || v.Course[0].Person.ID != h.goro.PersonID || v.Course[0].Said != "99.8 %" {
			t.Errorf("done: %s %+v", v.State, v.Course)
		}
		h.calm("rolled back when it is over", "not_so", func() error { _, err := h.s.RollBack(h.as(h.goro), h.id, "x"); return err })
		var kinds []string
		for _, e := range must[[]event.Event](t)(b.Store.Events(t.Context(), event.ChecklistTopic(h.id), 0, 0)) {
			kinds = append(kinds, e.Type)
		}
		if got := kinds[len(kinds)-6:]; got[0] != "launch.began" || got[2] != "launch.stopped" || got[5] != "launch.done" {
			t.Error(kinds)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM comments"); n != 6 {
			t.Errorf("%d comments beside the card", n)
		}
	})
}

// A plan is written over the version that was seen; what has begun stays.
func TestLaunch_Plan(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		refuse := func(what, code string, bend func(p *launch.Plan)) {
			t.Helper()
			p := h.plan()
			p.Stages = append(h.get().Plan.Stages, p.Stages[len(h.get().Plan.Stages):]...)
			bend(&p)
			h.calm(what, code, func() error {
				_, err := h.s.Write(h.as(h.goro), h.id, launch.NewPlan{Plan: p, Version: h.get().Version})
				return err
			})
		}
		refuse("a stage without a name", "invalid", func(p *launch.Plan) { p.Stages[0].Name = " " })
		refuse("a day that is none", "invalid", func(p *launch.Plan) { p.Stages[0].On = "soon" })
		refuse("a stop rule of nobody", "invalid", func(p *launch.Plan) { p.StopRules[0].PersonIDs = nil })
		refuse("a watcher who is not here", "invalid", func(p *launch.Plan) { p.Watchers[0].PersonID = "per_0" })
		refuse("an address that runs", "invalid", func(p *launch.Plan) { p.Rollback.Link = "javascript:alert(1)" })
		h.write(h.plan())
		h.calm("over an older version", "stale", func() error {
			_, err := h.s.Write(h.as(h.ana), h.id, launch.NewPlan{Plan: launch.Plan{}})
			return err
		})
		must[launch.LaunchView](t)(h.s.Begin(h.as(h.ana), h.id, "Ourselves only"))
		refuse("shortening a hold that runs", "hold_shortened", func(p *launch.Plan) { p.Stages[0].HoldHours = 23 })
		refuse("taking out what has begun", "stage_begun", func(p *launch.Plan) { p.Stages = p.Stages[1:] })
		p := h.plan()
		p.Stages = h.get().Plan.Stages
		p.Stages[0].Name, p.Stages[2].Name = "Another", "All"
		if v := h.write(p); v.Plan.Stages[0].Name != "Ourselves" || v.Plan.Stages[2].Name != "All" || v.Plan.Stages[0].State != launch.StageRunning {
			t.Errorf("%+v", v.Plan.Stages)
		}
		none := must[checklist.View](t)(h.lists.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Sale", LaunchOn: h.day}))
		if _, err := h.s.Write(h.as(h.ana), none.ID, launch.NewPlan{Plan: h.plan()}); err != nil {
			t.Error(err)
		}
	})
}

// What the plan says answers the checklist's questions of it, through the checklist's own door.
func TestLaunch_AnswersTheChecklist(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		if v := h.get(); len(v.Asked) != 4 || v.Asked[0].Fill != nil {
			t.Fatalf("%+v", v.Asked)
		}
		v := h.write(h.plan())
		for _, a := range v.Asked {
			if a.Fill == nil || a.Same {
				t.Fatalf("%s: %+v", a.Section, a)
			}
			must[checklist.Changed](t)(h.lists.Answer(h.as(h.goro), h.id, a.Item.Key, *a.Fill))
		}
		for _, a := range h.get().Asked {
			if !a.Same || a.Item.State != checklist.Answered {
				t.Errorf("%s: %+v", a.Section, a.Item)
			}
		}
		p := h.plan()
		p.Rollback.Minutes = 9
		for _, a := range h.write(p).Asked {
			if a.Same != (a.Section != "rollback") {
				t.Errorf("%s: same %v", a.Section, a.Same)
			}
		}
	})
}

// A freeze warns of a launch or a stage in it, and what launches on the same day; it refuses nothing.
func TestLaunch_FreezesAndDays(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		other := trestletest.Team(t, b.Store, "OTH")
		add := func(v who.Viewer, teamID, from, to string) (launch.Freeze, error) {
			return h.s.AddFreeze(h.as(v), launch.NewFreeze{TeamID: teamID, Title: "Sale", Why: "Black Friday", From: from, To: to})
		}
		h.calm("by a worker", "forbidden", func() error { _, err := add(h.goro, h.team, h.day, h.day); return err })
		h.calm("everybody by a lead", "forbidden", func() error { _, err := add(h.ana, "", h.day, h.day); return err })
		h.calm("backwards", "invalid", func() error { _, err := add(h.ana, h.team, h.day, "2020-01-01"); return err })
		must[launch.Freeze](t)(add(h.mia, other, h.day, h.day)) // another team's
		if v := h.get(); len(v.Freezes) != 0 {
			t.Errorf("%+v", v.Freezes)
		}
		f := must[launch.Freeze](t)(add(h.mia, "", h.day, h.day))
		must[checklist.View](t)(h.lists.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Sale", LaunchOn: h.day}))
		list := func() []launch.LaunchHead {
			return must[[]launch.LaunchHead](t)(h.s.List(h.as(h.ana), h.day, h.day, h.team))
		}
		if got := list(); len(got) != 2 || len(got[0].Freezes) != 1 || len(got[0].SameDay) != 1 || got[0].SameDay[0].ID != got[1].Checklist.ID {
			t.Errorf("%+v", got)
		}
		p := h.plan()
		launchOn, _ := time.Parse(time.DateOnly, h.day)
		p.Stages[0].On = launchOn.AddDate(0, 0, -40).Format(time.DateOnly)
		h.write(p)
		if got := must[[]calendar.DayView](t)(h.s.DaysOf(b.Store.Rows(t.Context()), h.ana, p.Stages[0].On, p.Stages[0].On)); len(got) != 1 || got[0].Stage != "Ourselves" {
			t.Errorf("the day of a stage long before the launch: %+v", got)
		}
		must[launch.LaunchView](t)(h.s.Begin(h.as(h.ana), h.id, "Ourselves only")) // warned, not refused
		if got := must[[]launch.LaunchHead](t)(h.s.List(h.as(h.ana), "2031-01-01", "", "")); len(got) != 1 || got[0].State != launch.Running {
			t.Errorf("what is under way is always there: %+v", got)
		}
		days := func(v who.Viewer) (out []string) {
			for _, d := range must[[]calendar.DayView](t)(h.s.DaysOf(b.Store.Rows(t.Context()), v, h.day, h.day)) {
				out = append(out, strings.TrimSpace(d.Kind+" "+d.Title+" "+d.Stage+" "+d.State+" "+d.TeamName))
			}
			return out
		}
		if got := days(h.ana); !slices.Equal(got, []string{"freeze Sale   Team OTH", "freeze Sale", "launch Sale  planned Team PAY", "launch One-tap pay  running Team PAY"}) {
			t.Errorf("on her calendar: %q", got)
		}
		if got := days(h.out); slices.ContainsFunc(got, func(d string) bool { return strings.Contains(d, "One-tap") }) {
			t.Errorf("of a board that they do not see: %q", got)
		}
		if err := h.s.LiftFreeze(h.as(h.mia), f.ID, "Moved"); err != nil {
			t.Fatal(err)
		}
		if got := must[[]launch.Freeze](t)(h.s.Freezes(h.as(h.ana), h.day, h.day, h.team)); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		var n int
		few := func() int {
			for range 2 { // what is read first is kept, and not read again
				n = 0
				must[[]launch.LaunchHead](t)(h.s.List(store.Hearing(h.as(h.ana), func(string) { n++ }), h.day, "", ""))
			}
			return n
		}
		was := few()
		for range 12 {
			must[checklist.View](t)(h.lists.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "More", LaunchOn: h.day}))
		}
		if now := few(); now != was || now > 14 {
			t.Errorf("%d statements for two, %d for fourteen", was, now)
		}
	})
}

// The calendar's days take so many statements, however many launches and freezes there are.
func TestLaunch_DaysInSoManyStatements(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		h.write(h.plan())
		statements := func() (n int) {
			t.Helper()
			q := b.Store.Rows(store.Hearing(context.Background(), func(string) { n++ }))
			must[[]calendar.DayView](t)(h.s.DaysOf(q, h.ana, h.day, h.day))
			return n
		}
		one := statements()
		for i := range 9 {
			l := must[checklist.View](t)(h.lists.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Sale", LaunchOn: h.day}))
			must[launch.LaunchView](t)(h.s.Write(h.as(h.goro), l.ID, launch.NewPlan{Plan: h.plan()}))
			if i%2 == 0 {
				must[launch.LaunchView](t)(h.s.Begin(h.as(h.ana), l.ID, "Ourselves only"))
			}
			must[launch.Freeze](t)(h.s.AddFreeze(h.as(h.mia), launch.NewFreeze{TeamID: h.team, Title: "Sale", From: h.day, To: h.day}))
		}
		if many := statements(); many != one || many > 12 {
			t.Errorf("%d statements for one launch, %d for ten", one, many)
		}
	})
}

// A standup is told of launches within seven days and under way, of freezes, and what has run out; of a board that not
// everybody sees, only that board's.
func TestLaunch_InTheBrief(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		ops := func(boardID string) standup.Ops {
			l := *h.l
			l.ID = boardID
			var out standup.Ops
			if err := b.Store.ReadSnapshot(t.Context(), func(q *store.Query) (err error) {
				out, err = h.s.OpsOf(q, &l, b.Store.Now())
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return out
		}
		must[checklist.View](t)(h.lists.Create(h.as(h.ana), checklist.NewList{Kind: "launch", TeamID: h.team, Name: "Later", LaunchOn: b.Store.Now().AddDate(0, 0, 9).Format(time.DateOnly)}))
		must[launch.Freeze](t)(h.s.AddFreeze(h.as(h.mia), launch.NewFreeze{Title: "Sale", From: h.day, To: h.day}))
		if o := ops(h.l.ID); len(o.Launches) != 1 || o.Launches[0].Title != "One-tap pay" || o.Launches[0].On != h.day || len(o.Freezes) != 1 || o.GapsOver+o.RanOut != 0 {
			t.Errorf("%+v", o)
		}
		if o := ops("brd_other"); len(o.Launches) != 0 || len(o.Freezes) != 1 {
			t.Errorf("told elsewhere: %+v", o)
		}
		h.write(h.plan())
		must[launch.LaunchView](t)(h.s.Begin(h.as(h.ana), h.id, "Ourselves only"))
		if o := ops(h.l.ID); len(o.Launches) != 1 || o.Launches[0].Reason != "Ourselves, 0 %" {
			t.Errorf("under way: %+v", o)
		}
	})
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
