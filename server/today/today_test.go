package today_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/health"
	"trestle/server/notice"
	"trestle/server/retro"
	"trestle/server/ritual"
	"trestle/server/standup"
	"trestle/server/store"
	"trestle/server/today"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// house is the rooms behind Today on a standing clock, and a worker of one team.
type house struct {
	t        testing.TB
	b        *trestletest.Bench
	boards   *board.Service
	cards    *card.Service
	today    *today.Service
	asks     *ask.Service
	notices  *notice.Service
	standups *standup.Service
	retros   *retro.Service
	rituals  *ritual.Service
	lists    *checklist.Service
	team     string
	worker   who.Viewer
}

// sight is who may see a board, as the program wires it.
type sight struct{ boards *board.Service }

func (s sight) CanSee(q *store.Query, v who.Viewer, boardID string) (bool, error) {
	_, err := s.boards.See(q, v, boardID)
	if fault.Is(err, "not_found") {
		return false, nil
	}
	return err == nil, err
}

func newHouse(t testing.TB, b *trestletest.Bench) *house {
	t.Helper()
	h := &house{t: t, b: b, boards: board.New(b.Store)}
	h.cards = card.New(b.Store, h.boards, "test")
	h.standups = standup.New(b.Store, h.boards, h.cards, nil)
	h.retros = retro.New(b.Store, h.boards, h.cards)
	h.rituals = ritual.New(b.Store, h.boards, h.cards)
	h.lists = checklist.New(b.Store, h.boards, h.cards)
	h.asks = ask.New(b.Store, h.boards, h.cards)
	h.notices = notice.New(b.Store, nil, nil, sight{h.boards}, notice.Config{})
	h.today = today.New(b.Store, h.notices, h.boards, h.cards, h.asks, h.standups, h.retros, h.rituals, health.New(b.Store), h.lists, slog.New(slog.DiscardHandler))
	h.team = trestletest.Team(t, b.Store, "PAY")
	h.worker = trestletest.Person(t, b.Store, "ana", who.Member)
	trestletest.Join(t, b.Store, h.team, h.worker, "lead")
	return h
}

func (h *house) as(v who.Viewer) context.Context { return trestletest.Ctx(h.t, v) }

func wip(mode string, lo, hi int) *board.Wip {
	w := &board.Wip{Mode: mode}
	if lo > 0 {
		w.Min = &lo
	}
	if hi > 0 {
		w.Max = &hi
	}
	return w
}

func (h *house) board(team string, v who.Viewer, name, visibility string) *board.Layout {
	h.t.Helper()
	l, err := h.boards.Create(h.as(v), board.NewBoard{TeamID: team, Name: name, Visibility: visibility, TimeZone: "Europe/Berlin",
		SLE: &board.NewSLE{Days: 5, Percent: 85}, Columns: []board.NewColumn{{Name: "Ready", Kind: board.Queue},
			{Name: "Build", Kind: board.Active, Wip: wip(board.Warn, 1, 2)}, {Name: "Review", Kind: board.Active, Wip: wip(board.Warn, 1, 1)}, {Name: "Done", Kind: board.Done}}})
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

func (h *house) card(v who.Viewer, l *board.Layout, column int, n card.NewCard) card.Face {
	h.t.Helper()
	n.ColumnID = l.Columns[column].ID
	c, err := h.cards.Create(h.as(v), l.ID, n)
	if err != nil {
		h.t.Fatal(err)
	}
	return c.Card
}

func (h *house) day(v who.Viewer) today.Today {
	h.t.Helper()
	d, err := h.today.Of(h.as(v), "mine", "")
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func said(rows []today.Row) (out []string) {
	for _, r := range rows {
		out = append(out, r.Kind+" "+r.Key+r.Column)
	}
	return out
}

func TestToday_RowsOfABoardInTrouble(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Delivery", "team")
		me := []string{h.worker.PersonID}
		old := h.card(h.worker, l, 1, card.NewCard{Title: "Old", OwnerIDs: me})
		b.Clock.Advance(5 * 24 * time.Hour) // the sixth day: past five
		due := b.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly)
		young := h.card(h.worker, l, 1, card.NewCard{Title: "Young", OwnerIDs: me, DueOn: due})
		fire := h.card(h.worker, l, 1, card.NewCard{Title: "Fire", Class: board.Expedite})
		top := h.card(h.worker, l, 0, card.NewCard{Title: "Top"})
		h.card(h.worker, l, 0, card.NewCard{Title: "Next", OwnerIDs: me})
		if _, err := h.cards.Block(h.as(h.worker), young.ID, card.NewBlocker{Category: "vendor", Reason: "No answer"}); err != nil {
			t.Fatal(err)
		}

		d := h.day(h.worker)
		if got, want := said(d.Exceptions), []string{"card.expedite " + fire.Key + "Build", "column.over Build", "card.blocked " + young.Key + "Build",
			"card.over_sle " + old.Key + "Build", "column.starved Review"}; !slices.Equal(got, want) {
			t.Errorf("exceptions are %q, not %q", got, want)
		}
		if got, want := said(d.Mine), []string{"card.held " + old.Key + "Build", "card.held " + young.Key + "Build"}; !slices.Equal(got, want) {
			t.Errorf("mine are %q, not %q", got, want)
		}
		if a := d.Mine[0].Age; a == nil || *a != (board.Age{Days: 6, Level: 3, SLEDays: 5, Percent: 85, Over: true}) {
			t.Errorf("the old card's age is %+v", a)
		}
		if len(d.Waiting) != 1 || d.Waiting[0].Kind != "card.due" || *d.Waiting[0].DueIn != 1 {
			t.Errorf("waiting: %+v", d.Waiting)
		}
		if only, err := h.today.Of(h.as(h.worker), "mine", today.Waiting); err != nil || len(only.Waiting) != 1 || len(only.Mine)+len(only.Boards) != 0 {
			t.Errorf("only what waits: %v %+v", err, only)
		}
		if d.Exceptions[2].Link != "/b/"+l.ID+"?quick=blocked&card="+young.Key || d.Exceptions[2].Text != "No answer" {
			t.Errorf("the blocked row: %+v", d.Exceptions[2])
		}
		if a := d.Advice; len(a) != 1 || a[0].Room || a[0].Help == nil || a[0].Help.Key != old.Key || a[0].Next == nil || a[0].Next.Key != top.Key {
			t.Errorf("advice over the limit: %+v", a)
		}
		if len(d.Boards) != 1 || d.Boards[0].Columns[1].Count != 3 || d.Teams != 1 {
			t.Errorf("boards: %+v", d.Boards)
		}

		// room again: pull the top of Ready
		for _, c := range []card.Face{old, fire} {
			if _, err := h.cards.Move(h.as(h.worker), c.ID, card.Move{ColumnID: l.Columns[3].ID}); err != nil {
				t.Fatal(err)
			}
		}
		d = h.day(h.worker)
		if a := d.Advice; len(a) != 1 || !a[0].Room || a[0].Help != nil || a[0].Next.Key != top.Key {
			t.Errorf("advice with room: %+v", a)
		}
		if len(d.Mine) != 1 {
			t.Errorf("a finished card is still mine in progress: %+v", d.Mine)
		}
	})
}

func TestToday_ShowsNothingThatIsNotTheirs(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Secret", "team")
		leaver := trestletest.Person(t, b.Store, "lev", who.Member)
		trestletest.Join(t, b.Store, h.team, leaver, "worker")
		h.card(h.worker, l, 1, card.NewCard{Title: "Owned by somebody who left", OwnerIDs: []string{leaver.PersonID}, Class: board.Expedite})
		if d := h.day(leaver); len(d.Mine) != 1 || len(d.Exceptions) == 0 {
			t.Fatalf("before: %+v", d)
		}
		if err := store.Do(context.Background(), b.Store, nil, func(tx *store.Tx) error {
			_, err := tx.Exec("DELETE FROM members WHERE person_id = ?", leaver.PersonID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if d := h.day(leaver); len(d.Mine)+len(d.Exceptions)+len(d.Boards)+len(d.Advice)+d.Teams != 0 {
			t.Errorf("after leaving: %+v", d)
		}
		// a manager belongs to no team; all teams is a question they may ask, a member's is not heard
		boss := trestletest.Person(t, b.Store, "ivo", who.Manager)
		for v, want := range map[string]int{"mine": 0, "all": 1} {
			d, err := h.today.Of(h.as(boss), v, "")
			if err != nil || len(d.Boards) != want || !d.Wide || d.Scope != v {
				t.Errorf("a manager's %s: %v %+v", v, err, d)
			}
			if len(d.Advice) != 0 {
				t.Errorf("a manager is told to pull: %+v", d.Advice)
			}
		}
		if d, err := h.today.Of(h.as(leaver), "all", ""); err != nil || d.Scope != "mine" || len(d.Boards) != 0 {
			t.Errorf("a member's all: %v %+v", err, d)
		}
		if _, err := h.today.Of(who.With(t.Context(), who.Viewer{DeviceID: "dev_1", TeamID: h.team}), "mine", ""); !fault.Is(err, "forbidden") {
			t.Errorf("a screen has a day: %v", err)
		}
	})
}

type broken struct{}

func (broken) Rows(context.Context, *store.Query, who.Viewer, time.Time) ([]today.Row, error) {
	return nil, errors.New("the disk is on fire")
}

func TestToday_ASourceThatFailsTakesNothingElseWithIt(t *testing.T) {
	h := newHouse(t, trestletest.New(t))
	l := h.board(h.team, h.worker, "Delivery", "workspace")
	h.card(h.worker, l, 1, card.NewCard{Title: "Mine", OwnerIDs: []string{h.worker.PersonID}})
	h.today.Use("Mentions", broken{}, today.Waiting)
	d := h.day(h.worker)
	if len(d.Waiting) != 1 || d.Waiting[0].Kind != "source.failed" || d.Waiting[0].Title != "Mentions" {
		t.Errorf("waiting: %+v", d.Waiting)
	}
	if len(d.Mine) != 1 || len(d.Boards) != 1 {
		t.Errorf("the others: %+v", d)
	}
	if rows, whole, err := h.today.Decisions(h.as(h.worker)); err != nil || whole || len(rows) != 0 {
		t.Errorf("what is to be decided is not all there, and says so: %v %v %+v", err, whole, rows)
	}
	if only, err := h.today.Of(h.as(h.worker), "mine", today.Waiting); err != nil || len(only.Waiting) != 1 || len(only.Mine)+len(only.Boards) != 0 {
		t.Errorf("only what waits: %v %+v", err, only)
	}
}

// One person, eight teams, 5,000 cards of which 40 in each team are in work, 12 of them mine altogether.
func BenchmarkToday(b *testing.B) {
	h := newHouse(b, trestletest.New(b))
	for i := range 8 {
		team := h.team
		if i > 0 {
			team = trestletest.Team(b, h.b.Store, fmt.Sprintf("T%d", i))
			trestletest.Join(b, h.b.Store, team, h.worker, "lead")
		}
		l := h.board(team, h.worker, "Delivery", "workspace")
		for n := range 625 {
			column, owners := 0, []string(nil)
			switch {
			case n < 40:
				column = 1 + n%2
			case n < 300:
				column = 3
			}
			if n < 2 && i < 6 {
				owners = []string{h.worker.PersonID}
			}
			c := h.card(h.worker, l, column, card.NewCard{Title: fmt.Sprintf("Card %d of team %d", n, i), OwnerIDs: owners})
			if n < 6 {
				if _, err := h.cards.Block(h.as(h.worker), c.ID, card.NewBlocker{Category: "vendor", Reason: "No answer"}); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	took := make([]time.Duration, 0, 500)
	for b.Loop() {
		begin := time.Now()
		if d := h.day(h.worker); len(d.Boards) != 8 || len(d.Mine) != 12 {
			b.Fatalf("%d boards, %d mine", len(d.Boards), len(d.Mine))
		}
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

func TestToday_StandupsAndWhoIsOnCall(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Delivery", "team")
		v, err := h.standups.SetUp(h.as(h.worker), l.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := h.day(h.worker); len(d.Rituals) != 0 {
			t.Errorf("without a schedule nothing starts next: %+v", d.Rituals)
		}
		if _, err := h.standups.Change(h.as(h.worker), v.Series.ID, standup.Patch{MeetingURL: web.Some("https://meet.example/pay"),
			Schedule: web.Some(standup.Schedule{Days: []int{1, 2, 3}, At: "10:30", TimeZone: "Europe/Berlin"})}); err != nil {
			t.Fatal(err)
		}
		now := b.Clock.Now()
		if _, err := h.standups.AddShift(h.as(h.worker), h.team, standup.NewShift{Role: standup.Primary, PersonID: h.worker.PersonID, From: now, To: now.Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		viewer, stranger := trestletest.Person(t, b.Store, "vic", who.Member), trestletest.Person(t, b.Store, "out", who.Manager)
		trestletest.Join(t, b.Store, h.team, viewer, "viewer")
		rows := h.day(h.worker).Rituals
		if len(rows) != 2 || rows[0].Kind != "standup.next" || !rows[0].At.Equal(now.Add(30*time.Minute)) || rows[0].Present != "/standup/"+v.Series.ID+"/screen" ||
			rows[0].Join == "" || rows[1].Kind != "on_call.primary" || rows[1].Title != "ana" || rows[1].Until == nil {
			t.Errorf("starts next: %+v", rows)
		}
		if rows := h.day(viewer).Rituals; len(rows) != 2 || rows[0].Present != "" {
			t.Errorf("a viewer presents nothing: %+v", rows)
		}
		if rows := h.day(stranger).Rituals; len(rows) != 0 {
			t.Errorf("not their team: %+v", rows)
		}
		if _, err := h.standups.Start(h.as(h.worker), l.ID, ""); err != nil {
			t.Fatal(err)
		}
		if rows := h.day(h.worker).Rituals; rows[0].Kind != "standup.running" || !rows[0].At.Equal(now) {
			t.Errorf("runs: %+v", rows)
		}
		if _, err := h.standups.End(h.as(h.worker), v.Series.ID); err != nil {
			t.Fatal(err)
		}
		b.Clock.Advance(time.Hour)
		if rows := h.day(h.worker).Rituals; len(rows) != 1 || !rows[0].At.Equal(now.Add(24*time.Hour+30*time.Minute)) {
			t.Errorf("held, so tomorrow's is the next: %+v", rows)
		}
	})
}

func TestToday_RitualsSoonAndRunning(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Delivery", "workspace")
		stranger := trestletest.Person(t, b.Store, "out", who.Member)
		in := b.Clock.Now().Add(2 * time.Hour)
		v, err := h.rituals.Create(h.as(h.worker), ritual.NewSeries{BoardID: l.ID, Kind: ritual.Demo, MeetingURL: "https://meet.example/x",
			Schedule: &ritual.Schedule{Days: []int{1, 2, 3, 4, 5, 6, 7}, At: in.UTC().Format("15:04"), TimeZone: "UTC"}})
		if err != nil {
			t.Fatal(err)
		}
		if rows := h.day(h.worker).Rituals; len(rows) != 1 || rows[0].Kind != "ritual.next" || rows[0].Text != ritual.Demo || !rows[0].At.Equal(in.Truncate(time.Minute)) || rows[0].Join == "" {
			t.Errorf("soon: %+v", rows)
		}
		if rows := h.day(stranger).Rituals; len(rows) != 0 {
			t.Errorf("not their team: %+v", rows)
		}
		if _, err := h.rituals.Start(h.as(h.worker), v.Series.ID); err != nil {
			t.Fatal(err)
		}
		if rows := h.day(h.worker).Rituals; len(rows) != 1 || rows[0].Kind != "ritual.running" || rows[0].Link != "/rituals/"+v.Series.ID {
			t.Errorf("running: %+v", rows)
		}
	})
}

func TestToday_RetrosThatRun(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newHouse(t, b)
		l := h.board(h.team, h.worker, "Delivery", "workspace")
		stranger := trestletest.Person(t, b.Store, "out", who.Member)
		v, err := h.retros.Create(h.as(h.worker), retro.NewRetro{BoardID: l.ID, TemplateKey: "plus_delta", Title: "Working with ops"})
		if err != nil {
			t.Fatal(err)
		}
		rows := h.day(h.worker).Rituals
		if len(rows) != 1 || rows[0].Kind != "retro.running" || rows[0].Title != "Working with ops" || rows[0].Link != "/retro/"+v.Retro.ID || rows[0].Text != v.Retro.Phase {
			t.Errorf("%+v", rows)
		}
		if rows := h.day(stranger).Rituals; len(rows) != 0 {
			t.Errorf("not their team: %+v", rows)
		}
		until := b.Clock.Now().Add(72 * time.Hour)
		if v2, err := h.retros.Create(h.as(h.worker), retro.NewRetro{BoardID: l.ID, TemplateKey: "plus_delta", OpensUntil: &until}); err != nil {
			t.Fatal(err)
		} else if rows := h.day(h.worker).Rituals; len(rows) != 2 || rows[1].Kind != "retro.open" || !rows[1].Until.Equal(until) || rows[1].Link != "/retro/"+v2.Retro.ID {
			t.Errorf("open to write for: %+v", rows)
		}
		events, err := store.EventsIn(b.Store.Rows(t.Context()), event.TeamTopic(h.team), 0, 100)
		if err != nil || len(events) == 0 || events[len(events)-1].Type != "retros.changed" || string(events[len(events)-1].Data) != "{}" {
			t.Errorf("the team hears of it: %+v, %v", events, err)
		}
		for v.Retro.Phase != retro.Published {
			if v, err = h.retros.Turn(h.as(h.worker), v.Retro.ID, v.Retro.Phase, v.Retro.Next); err != nil {
				t.Fatal(err)
			}
		}
		if rows := h.day(h.worker).Rituals; len(rows) != 1 {
			t.Errorf("published: %+v", rows)
		}
	})
}
