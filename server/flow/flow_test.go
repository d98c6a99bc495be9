package flow_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/clock"
	"trestle/server/fault"
	"trestle/server/flow"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// house is a board with a lead in front of it, and a clock that goes only when it is told to.
type house struct {
	t      testing.TB
	clock  *clock.Fake
	boards *board.Service
	cards  *card.Service
	flow   *flow.Service
	ctx    context.Context
	team   string
	b      *board.Layout
	ids    map[string]string
	store  *store.Store
}

func each(t *testing.T, fn func(h *house)) {
	t.Helper()
	c := clock.NewFake(begun)
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) { fn(newHouse(t, b, c)) }, trestletest.WithClock(c))
}

var begun = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func newHouse(t testing.TB, b *trestletest.Bench, c *clock.Fake) *house {
	t.Helper()
	c.Set(begun)
	h := &house{t: t, clock: c, store: b.Store, ids: map[string]string{}, boards: board.New(b.Store)}
	h.cards, h.flow = card.New(b.Store, h.boards, "test"), flow.New(b.Store, h.boards)
	h.team = trestletest.Team(t, b.Store, "TRS")
	lead := trestletest.Person(t, b.Store, "lea", who.Member)
	trestletest.Join(t, b.Store, h.team, lead, "lead")
	h.ctx = trestletest.Ctx(t, lead)
	two := 2
	var err error
	h.b, err = h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: "Delivery", TimeZone: "Europe/Berlin", SLE: &board.NewSLE{Days: 4, Percent: 85}, Columns: []board.NewColumn{
		{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active, Wip: &board.Wip{Mode: board.Warn, Max: &two}}, {Name: "Review", Kind: board.Active}, {Name: "Done", Kind: board.Done}}})
	h.ok(err)
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) column(name string) string {
	h.t.Helper()
	i := slices.IndexFunc(h.b.Columns, func(c board.Column) bool { return c.Name == name })
	return h.b.Columns[i].ID
}

// day puts the clock on a day of November 2026, at ten.
func (h *house) day(d int) { h.clock.Set(time.Date(2026, 11, d, 10, 0, 0, 0, time.UTC)) }

func (h *house) create(title, column string, class ...string) {
	h.t.Helper()
	n := card.NewCard{Title: title, ColumnID: h.column(column)}
	if len(class) > 0 {
		n.Class = class[0]
	}
	c, err := h.cards.Create(h.ctx, h.b.ID, n)
	h.ok(err)
	h.ids[title] = c.Card.ID
}

func (h *house) move(title, column string) (seq int64) {
	h.t.Helper()
	a, err := h.cards.Move(h.ctx, h.ids[title], card.Move{ColumnID: h.column(column), Return: &card.Return{Category: "defect", Text: "it broke"}})
	h.ok(err)
	return a.Seq
}

func TestFlow_OfTwoWeeks(t *testing.T) {
	each(t, func(h *house) {
		h.create("one", "Ready")
		h.create("two", "Ready")
		h.create("three", "Ready")
		h.create("straight", "Ready")
		h.create("fire", "Ready", "expedite")
		h.day(3)
		h.move("one", "Build")
		h.move("two", "Build")
		h.move("fire", "Build")
		h.day(4)
		h.move("three", "Build") // still three in Build, and two are allowed
		h.move("straight", "Done")
		h.move("fire", "Done")
		h.day(5)
		seq := h.move("two", "Done")
		_, err := h.cards.Undo(h.ctx, h.ids["two"], seq) // it never happened
		h.ok(err)
		h.move("one", "Review")
		b, err := h.cards.Block(h.ctx, h.ids["one"], card.NewBlocker{Category: h.b.Categories[0].Key, Reason: "waits"})
		h.ok(err)
		h.day(7)
		_, err = h.cards.Unblock(h.ctx, b.Blocker.ID)
		h.ok(err)
		h.move("one", "Build") // sent back
		h.day(8)
		h.move("one", "Review")
		h.move("one", "Done")
		h.day(12)

		cycle, err := h.flow.CycleTime(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if len(cycle.Points) != 1 || cycle.Points[0].Days != 6 || cycle.Points[0].Blocked != (48*time.Hour).Milliseconds() || !cycle.TooFew || len(cycle.Percentiles) != 0 {
			h.t.Errorf("%+v", cycle)
		}
		if w := cycle.Why; w.Started != "Build" || w.Finished != "Done" || w.From != "2026-11-02" || w.To != "2026-11-12" || w.TimeZone != "Europe/Berlin" || len(w.Left) != 2 || w.Left[0].Keys[0] == "" {
			h.t.Errorf("why: %+v", w)
		}
		if len(cycle.SLE) != 1 || cycle.SLE[0] != (flow.Hit{Days: 4, Percent: 85, Met: 0, Of: 1}) {
			h.t.Errorf("%+v", cycle.SLE)
		}
		all, err := h.flow.CycleTime(h.ctx, h.b.ID, flow.Ask{Class: "standard,expedite"})
		h.ok(err)
		if len(all.Points) != 2 || all.Points[0].Class != "expedite" {
			h.t.Errorf("with expedite: %+v", all.Points)
		}

		wip, err := h.flow.WIP(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if want := []int{0, 2, 3, 3, 3, 3, 2, 2, 2, 2, 2}; !slices.Equal(wip.WIP, want) || wip.Days[0] != "2026-11-02" {
			h.t.Errorf("WIP %v, not %v from %s", wip.WIP, want, wip.Days[0])
		}
		if total := wip.TotalAge[10]; total != 10+9 {
			h.t.Errorf("total age %d", total)
		}
		out, err := h.flow.Throughput(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if want := []int{0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0}; !slices.Equal(out.Finished, want) {
			h.t.Errorf("throughput %v, not %v", out.Finished, want)
		}
		cfd, err := h.flow.CFD(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if len(cfd.Columns) != 4 || cfd.Columns[0].Reached[10] != 4 || cfd.Columns[3].Reached[10] != 2 || len(cfd.Corrections) != 1 || cfd.Corrections[0].From != "2026-11-07" || cfd.Corrections[0].To != "2026-11-08" {
			h.t.Errorf("%+v", cfd)
		}
		aging, err := h.flow.Aging(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if len(aging.Cards) != 2 || aging.Cards[0].Title != "two" || aging.Cards[0].Days != 10 || aging.Cards[0].SLEDays != 4 || aging.Cards[0].Here != 10 {
			h.t.Errorf("%+v", aging.Cards)
		}
		bl, err := h.flow.Blockers(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if len(bl.Clusters) != 1 || bl.Clusters[0].Name != h.b.Categories[0].Name || bl.Clusters[0].Total != (48*time.Hour).Milliseconds() || len(bl.Open) != 0 {
			h.t.Errorf("%+v", bl)
		}
		hand, err := h.flow.Handoffs(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if len(hand.Returns) != 1 || hand.Returns[0].Reason != "defect" || hand.None != 1 {
			h.t.Errorf("%+v", hand)
		}
		mix, err := h.flow.Mix(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if mix.Finished != 3 || mix.Unplanned != 33.3 {
			h.t.Errorf("%+v", mix)
		}
		di, err := h.flow.Diagnostics(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if len(di.Overloads) != 1 || di.Overloads[0].Column != "Build" || di.Overloads[0].Days != 5 || di.Overloads[0].Worst != 1 {
			h.t.Errorf("%+v", di.Overloads)
		}
		for want, in := range map[string]flow.CardsAsk{
			"two three":         {},
			"two three one":     {Of: "wip", Day: "2026-11-05"},
			"one":               {Of: "finished", Day: "2026-11-08"},
			"one straight":      {Of: "finished"},
			"straight":          {Of: "finished", Day: "2026-11-02", Until: "2026-11-07"},
			"two one":           {Of: "started", Day: "2026-11-03"},
			"":                  {Of: "discarded"},
			"two three ":        {Of: "here", Column: h.column("Build")},
			"two three one ":    {Of: "reached", Column: h.column("Build"), Day: "2026-11-04"},
			"fire ":             {Of: "named", Keys: "TRS-5,TRS-99"},
			"one straight fire": {Of: "finished", Ask: flow.Ask{Class: "standard,expedite"}},
		} {
			got, err := h.flow.Cards(h.ctx, h.b.ID, in)
			h.ok(err)
			var titles []string
			for _, c := range got.Cards {
				titles = append(titles, c.Title)
			}
			if strings.Join(titles, " ") != strings.TrimSpace(want) || got.N != len(titles) {
				h.t.Errorf("cards of %+v: %v", in, titles)
			}
		}
		named, err := h.flow.Cards(h.ctx, h.b.ID, flow.CardsAsk{Of: "finished", Day: "2026-11-08"})
		h.ok(err)
		if c := named.Cards[0]; c.State != "done" || c.Days != 6 || c.Day != "2026-11-08" || c.Column != "Done" {
			h.t.Errorf("%+v", c)
		}
		for _, in := range []flow.CardsAsk{{Of: "named"}, {Of: "here", Column: "col_x"}, {Day: "soon"}, {Of: "started", Day: "2026-11-05", Until: "2026-11-04"}} {
			if _, err := h.flow.Cards(h.ctx, h.b.ID, in); !fault.Is(err, "invalid") {
				h.t.Errorf("%+v: %v", in, err)
			}
		}
		over, err := h.flow.Overview(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		kinds := []string{}
		for _, s := range over.Sentences {
			kinds = append(kinds, s.Kind)
		}
		if said := over.Sentences[0].Parts[0].Text; said != "Build was over its limit on 3 of the last 10 working days." {
			h.t.Errorf("%q", said)
		}
		if !slices.Equal(kinds, []string{"over", "aging"}) || over.WIP.Now != 2 || over.Age.Oldest != 10 {
			h.t.Errorf("%v %+v", kinds, over)
		}
	})
}

func TestFlow_IsAsNewAsTheBoard_AndAsPrivate(t *testing.T) {
	each(t, func(h *house) {
		now := func() int {
			v, err := h.flow.Overview(h.ctx, h.b.ID, flow.Ask{})
			h.ok(err)
			return v.WIP.Now
		}
		h.create("one", "Ready")
		if n := now(); n != 0 {
			h.t.Errorf("%d in progress", n)
		}
		h.move("one", "Build")
		if n := now(); n != 1 {
			h.t.Errorf("%d in progress after the move", n)
		}
		_, err := h.cards.Archive(h.ctx, h.ids["one"])
		h.ok(err)
		if n := now(); n != 0 {
			h.t.Errorf("%d in progress after it was archived", n)
		}
		// other points, and history is another one
		h.create("two", "Ready")
		if n := now(); n != 0 {
			h.t.Errorf("%d in progress", n)
		}
		start := h.column("Ready")
		_, err = h.boards.Change(h.ctx, h.b.ID, board.Patch{StartColumnID: &start})
		h.ok(err)
		if n := now(); n != 1 {
			h.t.Errorf("%d in progress with the start at Ready", n)
		}
		for _, in := range []flow.Ask{{From: "yesterday"}, {To: "2026-13-01"}, {From: "2026-11-02", To: "2026-11-01"}, {From: "2020-01-01"}} {
			if _, err := h.flow.CFD(h.ctx, h.b.ID, in); !fault.Is(err, "invalid") {
				h.t.Errorf("%+v: %v", in, err)
			}
		}
		for _, by := range []string{"2026-11-02", "2036-01-01", "soon"} {
			if _, err := h.flow.Forecast(h.ctx, h.b.ID, flow.ForecastAsk{By: by}); !fault.Is(err, "invalid") {
				h.t.Errorf("by %s: %v", by, err)
			}
		}
	})
}

func TestFlow_ForecastsAgainWhatItForecast(t *testing.T) {
	each(t, func(h *house) {
		for d := 2; d < 16; d++ {
			h.day(d)
			h.create(time.Month(d).String()+strings.Repeat("x", d), "Ready")
			title := time.Month(d).String() + strings.Repeat("x", d)
			h.move(title, "Build")
			h.clock.Advance(time.Hour)
			h.move(title, "Done")
		}
		h.day(16)
		h.create("left", "Build")
		a, err := h.flow.Forecast(h.ctx, h.b.ID, flow.ForecastAsk{Items: 10, By: "2026-11-26"})
		h.ok(err)
		// one a day, every day: ten in ten days, whatever is drawn
		if a.TooFew || a.HowMany[2].Items != 10 || a.When[2].Days != 10 || a.When[2].Day != "2026-11-26" || a.Likelihood != 99 || a.Why.N != 14 {
			h.t.Errorf("%+v", a)
		}
		b, err := h.flow.Forecast(h.ctx, h.b.ID, flow.ForecastAsk{Items: 10, By: "2026-11-26", Seed: a.Seed})
		h.ok(err)
		if a.Seed != b.Seed || !slices.Equal(a.Histogram, b.Histogram) {
			h.t.Error("the same seed, another forecast")
		}
	})
}

func TestFlow_SaysWhatCameAfterAChange(t *testing.T) {
	each(t, func(h *house) {
		title := func(d int) string { return "card " + strings.Repeat("x", d) }
		for d := 2; d < 14; d++ { // three days each
			h.day(d)
			h.create(title(d), "Ready")
			h.move(title(d), "Review")
			if d > 3 {
				h.move(title(d-2), "Done")
			}
		}
		h.day(15)
		one := 1
		_, err := h.boards.ChangeColumn(h.ctx, h.column("Build"), board.ColumnPatch{Wip: &board.WipPatch{Max: web.Some(one)}})
		h.ok(err)
		for d := 16; d < 27; d++ { // the same day
			h.day(d)
			h.create(title(d), "Ready")
			h.move(title(d), "Review")
			h.clock.Advance(time.Hour)
			h.move(title(d), "Done")
		}
		cycle, err := h.flow.CycleTime(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if want := "85 % of cards finish in 3 days or less; since the last change (Build limit 2 to 1) in 1 day"; cycle.Title != want || len(cycle.Why.Changes) != 1 {
			h.t.Errorf("%q, %+v", cycle.Title, cycle.Why.Changes)
		}
	})
}

// What is over its limit now is said before what was over it longer; while a board begins it is not blamed for it.
func TestOverview_SaysWhatIsNowFirst(t *testing.T) {
	each(t, func(h *house) {
		_, err := h.boards.ChangeColumn(h.ctx, h.column("Review"), board.ColumnPatch{Wip: &board.WipPatch{Mode: new("warn"), Max: web.Some(1)}})
		h.ok(err)
		for _, title := range []string{"a", "b", "c"} {
			h.create(title, "Build")
		}
		first := func() (flow.Overview, string) {
			v, err := h.flow.Overview(h.ctx, h.b.ID, flow.Ask{})
			h.ok(err)
			return v, v.Sentences[0].Parts[0].Text
		}
		h.day(5)
		if v, said := first(); len(v.Sentences) != 1 || said != "Build is over its limit now, and was on 4 of the last 10 working days." {
			h.t.Errorf("%q %+v", said, v.Sentences)
		}
		wip, err := h.flow.WIP(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if wip.Title != "3 in progress; nothing has finished yet" {
			h.t.Error(wip.Title)
		}
		h.move("a", "Review")
		h.day(6)
		h.move("b", "Review") // at this very instant
		v, said := first()
		if said != "Review is over its limit now, and was on 1 of the last 10 working days, Build on 4." {
			h.t.Errorf("%q", said)
		}
		if over := h.wall(h.ctx).Boards[0].Over; over.Days != 5 || !over.Marks[9] {
			h.t.Errorf("and the wall %+v", over)
		}
		h.day(9)
		h.move("a", "Done")
		h.day(12)
		if v, _ = first(); v.Throughput.N != 0 || !strings.Contains(v.Why.Rule, "The first card finished on 2026-11-09") {
			h.t.Errorf("%+v %q", v.Throughput, v.Why.Rule)
		}
		_, err = h.cards.Block(h.ctx, h.ids["b"], card.NewBlocker{Category: "vendor", Reason: "No driver", WaitingFor: "Acme"})
		h.ok(err)
		blocked := func() string {
			v, _ := first()
			for _, x := range v.Sentences {
				if x.Kind == "blocked" {
					said := ""
					for _, p := range x.Parts {
						if said += p.Text; len(p.Cards) > 0 && p.Text != p.Cards[0] {
							h.t.Errorf("%q leads to %v", p.Text, p.Cards)
						}
					}
					return said
				}
			}
			return ""
		}
		if said := blocked(); said != "1 of 2 cards in progress is blocked: TRS-2." {
			h.t.Errorf("%q", said)
		}
		b, err := h.flow.Blockers(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if len(b.Open) != 1 || b.Open[0].WaitsFor != "Acme" {
			h.t.Errorf("%+v", b.Open)
		}
	})
}

// Two weeks in which one more finished than was started are near balance: no more than chance alone moves.
func TestOverview_SaysThatItIsNearBalance(t *testing.T) {
	each(t, func(h *house) {
		h.create("a", "Build")
		h.create("b", "Build")
		h.create("c", "Build")
		h.move("a", "Done")
		h.day(10)
		h.create("d", "Build")
		h.move("b", "Done")
		h.day(12)
		h.move("c", "Done")
		h.day(20)
		v, err := h.flow.Overview(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		i := slices.IndexFunc(v.Sentences, func(s flow.Sentence) bool { return s.Kind == "netflow" })
		if i < 0 {
			h.t.Fatalf("%+v", v.Sentences)
		}
		said := ""
		for _, p := range v.Sentences[i].Parts {
			said += p.Text
		}
		if said != "About as much ends as begins: 1 started, 2 finished in 14 days; work in progress went from 2 to 1." {
			h.t.Errorf("%q", said)
		}
	})
}
