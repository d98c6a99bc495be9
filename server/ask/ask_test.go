package ask_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/trestletest"
	"trestle/server/who"
)

// two is a team that is asked, with a board that only it sees or everybody, and a team that asks.
type two struct {
	t           *testing.T
	b           *trestletest.Bench
	boards      *board.Service
	cards       *card.Service
	asks        *ask.Service
	ops, dev    string
	worker, ana who.Viewer
	their, mine *board.Layout
}

func newTwo(t *testing.T, b *trestletest.Bench, visibility string) *two {
	t.Helper()
	h := &two{t: t, b: b, boards: board.New(b.Store)}
	h.cards = card.New(b.Store, h.boards, "test")
	h.asks = ask.New(b.Store, h.boards, h.cards)
	h.ops, h.dev = trestletest.Team(t, b.Store, "OPS"), trestletest.Team(t, b.Store, "DEV")
	h.worker, h.ana = trestletest.Person(t, b.Store, "kai", who.Member), trestletest.Person(t, b.Store, "ana", who.Member)
	trestletest.Join(t, b.Store, h.ops, h.worker, "lead")
	trestletest.Join(t, b.Store, h.dev, h.ana, "lead")
	h.their, h.mine = h.board(h.worker, h.ops, visibility), h.board(h.ana, h.dev, "workspace")
	return h
}

func (h *two) board(v who.Viewer, team, visibility string) *board.Layout {
	h.t.Helper()
	l, err := h.boards.Create(h.as(v), board.NewBoard{TeamID: team, Name: "Board", Visibility: visibility, TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
		{Name: "Ready", Kind: board.Queue}, {Name: "Build", Kind: board.Active}, {Name: "Done", Kind: board.Done}}})
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

func (h *two) as(v who.Viewer) context.Context { return trestletest.Ctx(h.t, v) }

func (h *two) raise(n ask.NewAsk) ask.View {
	h.t.Helper()
	a, err := h.asks.Raise(h.as(h.ana), h.ops, n)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

func (h *two) layout() *board.Layout {
	h.t.Helper()
	l, err := h.boards.LayoutIn(h.b.Store.Rows(h.t.Context()), h.their.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

// now is the ask as its asker sees it.
func (h *two) now(id string) ask.View {
	h.t.Helper()
	all, err := h.asks.Mine(h.as(h.ana))
	if err != nil {
		h.t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(a ask.View) bool { return a.ID == id })
	if i < 0 {
		h.t.Fatalf("%s is not in the list", id)
	}
	return all[i]
}

func (h *two) cardOf(a ask.View) card.Detail {
	h.t.Helper()
	d, _, err := h.cards.Detail(h.as(h.worker), h.key(a))
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func (h *two) key(a ask.View) string {
	h.t.Helper()
	x, err := h.asks.Get(h.as(h.worker), a.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return x.CardKey
}

// faces holds what the cards show of their asks against the tables.
func (h *two) faces() {
	h.t.Helper()
	if wrong := must[[]string](h.t)(card.WrongFaces(h.b.Store.Rows(h.t.Context()), h.their.RID)); len(wrong) > 0 {
		h.t.Errorf("faces that do not agree with the tables: %v", wrong)
	}
}

func (h *two) mirrored() bool {
	h.t.Helper()
	return trestletest.Count(h.t, h.b.Store, "SELECT COUNT(*) FROM places WHERE mirror = TRUE AND board_rid = ?", h.mine.RID) == 1
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

func TestExpect_NearestRank(t *testing.T) {
	upTo := func(n int) (out []int) {
		for i := range n {
			out = append(out, n-i)
		}
		return out
	}
	for _, c := range []struct {
		name string
		days []int
		want ask.Expected
	}{
		{"nothing", nil, ask.Expected{Few: true}},
		{"nine are too few", upTo(9), ask.Expected{N: 9, Few: true}},
		{"ten: the ninth", upTo(10), ask.Expected{N: 10, Days: 9, Percent: 85}},
		{"twenty: the seventeenth exactly", upTo(20), ask.Expected{N: 20, Days: 17, Percent: 85}},
		{"one hundred", upTo(100), ask.Expected{N: 100, Days: 85, Percent: 85}},
		{"all alike", slices.Repeat([]int{3}, 12), ask.Expected{N: 12, Days: 3, Percent: 85}},
		{"one that took for ever does not decide", append(slices.Repeat([]int{2}, 11), 400), ask.Expected{N: 12, Days: 2, Percent: 85}},
	} {
		if got := ask.Expect(c.days); got != c.want {
			t.Errorf("%s: %+v, not %+v", c.name, got, c.want)
		}
	}
}

func TestAsk_TheFirstMakesTheColumnAndEachKnowsItsPlace(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newTwo(t, b, "workspace")
		var raised []ask.View
		for _, title := range []string{"Open a port", "A test database", "Read our runbook"} {
			raised = append(raised, h.raise(ask.NewAsk{Title: title}))
		}
		l := h.layout()
		if c := l.Columns[0]; c.Name != "Asks" || !c.Asks || c.Kind != board.Queue || len(l.Columns) != 4 || l.StartColumnID != h.their.StartColumnID {
			t.Fatalf("columns: %+v", l.Columns)
		}
		places := func() (out []int) {
			for _, a := range raised {
				out = append(out, h.now(a.ID).Place)
			}
			return out
		}
		if p := places(); !slices.Equal(p, []int{1, 2, 3}) {
			t.Errorf("places: %v", p)
		}
		if _, err := h.cards.Move(h.as(h.worker), h.key(raised[2]), card.Move{ColumnID: l.Columns[0].ID, Beside: card.Beside{BeforeID: h.cardOf(raised[0]).Card.ID}}); err != nil {
			t.Fatal(err)
		}
		if p := places(); !slices.Equal(p, []int{2, 3, 1}) {
			t.Errorf("places after the last came first: %v", p)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM events WHERE topic = ? AND type = 'asks.changed'", event.TeamTopic(h.ops)); n < 4 {
			t.Errorf("the askers were told %d times", n)
		}
		if f := h.cardOf(raised[0]).Card.Ask; f == nil || f.ByPersonID != h.ana.PersonID || f.State != ask.Raised {
			t.Errorf("the face: %+v", f)
		}
		if e := h.now(raised[0].ID).Expected; !e.Few || e.N != 0 {
			t.Errorf("expected without history: %+v", e)
		}
		h.faces()
	})
}

func TestAsk_AcceptedByVerbOrByHandItIsMirroredAndUndone(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newTwo(t, b, "workspace")
		a := h.raise(ask.NewAsk{Title: "Open a port", ForBoardID: h.mine.ID})
		done := must[ask.View](t)(h.asks.Accept(h.as(h.worker), a.ID))
		if done.State != ask.Accepted || done.SettledBy != "kai" || !h.mirrored() || !h.now(a.ID).Shown {
			t.Fatalf("accepted: %+v, mirrored %v", done, h.mirrored())
		}
		if c := h.cardOf(a).Card; c.ColumnID != h.their.Columns[0].ID || c.Ask.State != ask.Accepted || c.Ask.FromTeamKey != "DEV" {
			t.Errorf("the card: %+v %+v", c.ColumnID, c.Ask)
		}
		if c := h.cardOf(a).Card; c.CreatedByName == "" || c.CreatedBy == "" {
			t.Errorf("who asked is of another team and has a name: %q %q", c.CreatedBy, c.CreatedByName)
		}
		if _, err := h.asks.Accept(h.as(h.worker), a.ID); !fault.Is(err, "settled") {
			t.Errorf("accepted twice: %v", err)
		}
		h.faces()
		must[ask.View](t)(h.asks.Reopen(h.as(h.worker), a.ID))
		h.faces()
		if x := h.now(a.ID); x.State != ask.Raised || x.Place != 1 || h.mirrored() {
			t.Errorf("taken back: %+v, mirrored %v", x, h.mirrored())
		}
		// the same by hand, past the queue
		moved := must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), h.key(a), card.Move{ColumnID: h.their.Columns[1].ID}))
		if x := h.now(a.ID); x.State != ask.Accepted || x.StartedAt == nil || x.Place != 0 || !h.mirrored() {
			t.Errorf("moved on by hand: %+v", x)
		}
		told := func() int {
			return trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%ask.answered%Your ask is done%'")
		}
		finished := must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), h.key(a), card.Move{ColumnID: h.layout().FinishColumnID}))
		if x := h.now(a.ID); x.FinishedAt == nil || told() != 1 {
			t.Errorf("finished: %+v, told %d times", x, told())
		}
		must[card.MoveAnswer](t)(h.cards.Undo(h.as(h.worker), h.key(a), finished.Seq))
		must[card.MoveAnswer](t)(h.cards.Undo(h.as(h.worker), h.key(a), moved.Seq))
		if x := h.now(a.ID); x.State != ask.Raised || h.mirrored() {
			t.Errorf("and its move undone: %+v", x)
		}
		h.faces()
	})
}

func TestAsk_DeclinedAskedBackWithdrawn(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newTwo(t, b, "team") // the asker never sees the board
		a := h.raise(ask.NewAsk{Title: "Open a port", Description: "8443", NeededBy: "2026-11-30"})
		if x := h.now(a.ID); x.NeededBy != "2026-11-30" || x.CardKey != "" || x.Place != 1 || x.Of != 1 {
			t.Errorf("what the asker sees of a board that is not theirs: %+v", x)
		}
		if _, err := h.asks.Decline(h.as(h.worker), a.ID, "  "); !fault.Is(err, "invalid") {
			t.Errorf("declined without a reason: %v", err)
		}
		must[ask.View](t)(h.asks.Question(h.as(h.worker), a.ID, "From where?"))
		if x := h.now(a.ID); x.State != ask.Questioned || x.Question != "From where?" {
			t.Errorf("asked back: %+v", x)
		}
		_, mine, err := h.asks.Waiting(b.Store.Rows(t.Context()), h.ana)
		if err != nil || len(mine) != 1 {
			t.Errorf("waits for the asker: %v %v", mine, err)
		}
		must[ask.View](t)(h.asks.Answer(h.as(h.ana), a.ID, "From the office"))
		if d := h.cardOf(a); len(d.Comments) != 2 || d.Comments[1].AuthorID != h.ana.PersonID {
			t.Errorf("what was said does not stand on the card: %+v", d.Comments)
		}
		toTeams, _, err := h.asks.Waiting(b.Store.Rows(t.Context()), h.worker)
		if err != nil || len(toTeams) != 1 {
			t.Errorf("waits for the team: %v %v", toTeams, err)
		}
		must[ask.View](t)(h.asks.Decline(h.as(h.worker), a.ID, "Use the proxy"))
		if x := h.now(a.ID); x.State != ask.Declined || x.Reason != "Use the proxy" || x.Place != 0 {
			t.Errorf("declined: %+v", x)
		}
		if n := trestletest.Count(t, b.Store, "SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND payload LIKE '%Use the proxy%'"); n != 1 {
			t.Errorf("%d notes tell the reason", n)
		}
		h.faces()
		must[ask.View](t)(h.asks.Reopen(h.as(h.worker), a.ID))
		h.faces()
		if x := h.now(a.ID); x.State != ask.Raised || x.Place != 1 || x.Reason != "" {
			t.Errorf("taken back: %+v", x)
		}
		must[ask.View](t)(h.asks.Withdraw(h.as(h.ana), a.ID))
		h.faces()
		if x := h.now(a.ID); x.State != ask.Withdrawn {
			t.Errorf("withdrawn: %+v", x)
		}
		if _, err := h.asks.Reopen(h.as(h.worker), a.ID); !fault.Is(err, "forbidden") {
			t.Errorf("the team takes a withdrawal back: %v", err)
		}
		other := h.raise(ask.NewAsk{Title: "Another"})
		must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), h.key(other), card.Move{ColumnID: h.their.Columns[1].ID}))
		if _, err := h.asks.Withdraw(h.as(h.ana), other.ID); !fault.Is(err, "started") {
			t.Errorf("withdrawn after it was begun: %v", err)
		}
		// taken off the board by hand
		third := h.raise(ask.NewAsk{Title: "Third"})
		must[card.Changed](t)(h.cards.Archive(h.as(h.worker), h.key(third)))
		if x := h.now(third.ID); x.State != ask.Declined || x.Reason != "" || x.SettledBy != "kai" {
			t.Errorf("archived by hand: %+v", x)
		}
		h.faces()
	})
}

func TestAsk_BadInputChangesNothing(t *testing.T) {
	h := newTwo(t, trestletest.New(t), "workspace")
	later := h.b.Clock.Now().Add(24 * time.Hour)
	nobody := trestletest.Person(t, h.b.Store, "gus", who.Guest)
	empty := trestletest.Team(t, h.b.Store, "NEW")
	for name, c := range map[string]struct {
		v    who.Viewer
		team string
		n    ask.NewAsk
		code string
	}{
		"no title":              {h.ana, h.ops, ask.NewAsk{Title: " "}, "invalid"},
		"one time":              {h.ana, h.ops, ask.NewAsk{Title: "X", Times: []time.Time{later}}, "invalid"},
		"a day that is none":    {h.ana, h.ops, ask.NewAsk{Title: "X", NeededBy: "2026-02-30"}, "invalid"},
		"twice the same":        {h.ana, h.ops, ask.NewAsk{Title: "X", Times: []time.Time{later, later}}, "invalid"},
		"in the past":           {h.ana, h.ops, ask.NewAsk{Title: "X", Times: []time.Time{later, h.b.Clock.Now()}}, "invalid"},
		"a board of others":     {h.ana, h.ops, ask.NewAsk{Title: "X", ForBoardID: h.their.ID}, "invalid"},
		"a board that is none":  {h.ana, h.ops, ask.NewAsk{Title: "X", ForBoardID: "brd_0"}, "invalid"},
		"a team without boards": {h.ana, empty, ask.NewAsk{Title: "X"}, "no_board"},
		"no such team":          {h.ana, "tea_0", ask.NewAsk{Title: "X"}, "not_found"},
		"a guest":               {nobody, h.ops, ask.NewAsk{Title: "X"}, "not_found"},
	} {
		if _, err := h.asks.Raise(h.as(c.v), c.team, c.n); !fault.Is(err, c.code) {
			t.Errorf("%s: %v, not %s", name, err, c.code)
		}
	}
	if n := trestletest.Count(t, h.b.Store, "SELECT (SELECT COUNT(*) FROM cards) + (SELECT COUNT(*) FROM asks) + (SELECT COUNT(*) FROM columns WHERE asks_at IS NOT NULL)"); n != 0 {
		t.Errorf("%d things were made all the same", n)
	}
}

func TestAsk_HowLongTheyTookAndSittingTogether(t *testing.T) {
	h := newTwo(t, trestletest.New(t), "workspace")
	for i := range 10 { // takes 1, 2, … 10 days
		a := h.raise(ask.NewAsk{Title: "History"})
		begin := h.b.Clock.Now()
		h.b.Clock.Advance(time.Duration(i) * 24 * time.Hour)
		key := h.key(a)
		must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), key, card.Move{ColumnID: h.their.Columns[1].ID}))
		must[card.MoveAnswer](t)(h.cards.Move(h.as(h.worker), key, card.Move{ColumnID: h.their.Columns[2].ID}))
		h.b.Clock.Set(begin)
	}
	o := must[ask.Outlook](t)(h.asks.OutlookOf(h.as(h.ana), h.ops))
	if o.Expected != (ask.Expected{N: 10, Days: 9, Percent: 85}) || o.Waiting != 0 || !o.Ready {
		t.Errorf("outlook: %+v", o)
	}

	at := h.b.Clock.Now().Add(26 * time.Hour)
	a := h.raise(ask.NewAsk{Title: "Show us the dashboards", Times: []time.Time{at, at.Add(time.Hour)}, Minutes: 45})
	if _, err := h.asks.Sit(h.as(h.worker), a.ID, at.Add(time.Minute)); !fault.Is(err, "invalid") {
		t.Errorf("a third time: %v", err)
	}
	if _, _, err := h.asks.Meeting(h.as(h.ana), a.ID); !fault.Is(err, "not_found") {
		t.Errorf("a meeting before one was taken: %v", err)
	}
	must[ask.View](t)(h.asks.Sit(h.as(h.worker), a.ID, at))
	for _, v := range []who.Viewer{h.ana, h.worker} {
		_, file, err := h.asks.Meeting(h.as(v), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"DTSTART:" + at.UTC().Format("20060102T150405Z"), "DTEND:" + at.Add(45*time.Minute).UTC().Format("20060102T150405Z"),
			"SUMMARY:Sit together: Show us the dashboards", "BEGIN:VEVENT\r\n", "UID:" + a.ID} {
			if !strings.Contains(string(file), line) {
				t.Errorf("%q is not in\n%s", line, file)
			}
		}
	}
	must[ask.View](t)(h.asks.Unsit(h.as(h.ana), a.ID))
	if x := h.now(a.ID); x.Taken != nil || len(x.Times) != 2 {
		t.Errorf("given free: %+v", x)
	}
}

func TestAsk_ALeadDeclaresAnotherColumn(t *testing.T) {
	h := newTwo(t, trestletest.New(t), "workspace")
	yes := true
	if _, err := h.boards.ChangeColumn(h.as(h.worker), h.their.Columns[1].ID, board.ColumnPatch{Asks: &yes}); !fault.Is(err, "invalid") {
		t.Errorf("an active column for asks: %v", err)
	}
	must[*board.Layout](t)(h.boards.ChangeColumn(h.as(h.worker), h.their.Columns[0].ID, board.ColumnPatch{Asks: &yes}))
	a := h.raise(ask.NewAsk{Title: "Straight into Ready"})
	if l := h.layout(); len(l.Columns) != 3 || h.cardOf(a).Card.ColumnID != l.Columns[0].ID {
		t.Errorf("columns: %+v", l.Columns)
	}
	done := must[ask.View](t)(h.asks.Accept(h.as(h.worker), a.ID)) // no other queue: it stays
	if done.State != ask.Accepted || done.Place != 1 {
		t.Errorf("accepted in place: %+v", done)
	}
	must[ask.View](t)(h.asks.Reopen(h.as(h.worker), a.ID))
	if x := h.now(a.ID); x.State != ask.Raised {
		t.Errorf("taken back: %+v", x)
	}
}

func TestAsk_Refused(t *testing.T) {
	h := newTwo(t, trestletest.New(t), "workspace")
	at := h.b.Clock.Now().Add(2 * time.Hour)
	a := h.raise(ask.NewAsk{Title: "Sit with us", Times: []time.Time{at, at.Add(time.Hour)}})
	if _, err := h.asks.Answer(h.as(h.ana), a.ID, "because"); !fault.Is(err, "not_questioned") {
		t.Errorf("an answer that nobody asked for: %v", err)
	}
	h.b.Clock.Set(at.Add(time.Minute))
	if _, err := h.asks.Sit(h.as(h.worker), a.ID, at); !fault.Is(err, "too_late") {
		t.Errorf("a time that has passed: %v", err)
	}
	if x := h.now(a.ID); x.State != ask.Raised || x.Taken != nil {
		t.Errorf("a refusal changed something: %+v", x)
	}
}

func TestAsk_TheAskerCommentsOnItsCardWhereTheySeeIt(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		h := newTwo(t, b, "workspace")
		a := h.raise(ask.NewAsk{Title: "A certificate for the sandbox"})
		key := h.key(a)
		if _, err := h.asks.Accept(h.as(h.worker), a.ID); err != nil {
			t.Fatal(err)
		}
		said, err := h.cards.Comment(h.as(h.ana), key, "For the **sandbox** only")
		if err != nil {
			t.Fatal("the asker may not comment: ", err)
		}
		if _, err := h.cards.EditComment(h.as(h.ana), said.Comment.ID, card.Reword{TextBody: card.TextBody{Text: "For the sandbox"}}); err != nil {
			t.Error(err)
		}
		d := h.cardOf(a)
		if len(d.Comments) != 1 || d.Comments[0].AuthorID != h.ana.PersonID || !slices.Contains(d.Watchers, h.ana.PersonID) {
			t.Errorf("what the team sees: %+v, watched by %v", d.Comments, d.Watchers)
		}
		stranger := trestletest.Person(t, b.Store, "out", who.Member)
		token := h.ana
		token.TeamID = h.dev
		for name, v := range map[string]who.Viewer{"somebody who did not ask": stranger, "a team's token of theirs": token} {
			if _, err := h.cards.Comment(h.as(v), key, "me too"); err == nil {
				t.Errorf("%s commented", name)
			}
		}
		if _, err := h.cards.AddTodo(h.as(h.ana), key, card.NewTodo{Text: "mine"}); !fault.Is(err, "forbidden") {
			t.Errorf("the asker changes the card: %v", err)
		}
		own := h.raise(ask.NewAsk{Title: "Theirs alone"})
		private := "team"
		if _, err := h.boards.Change(h.as(h.worker), h.their.ID, board.Patch{Visibility: &private}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.cards.Comment(h.as(h.ana), h.key(own), "hello?"); !fault.Is(err, "not_found") {
			t.Errorf("a card that they cannot see: %v", err)
		}
		if n := len(h.cardOf(a).Comments); n != 1 {
			t.Errorf("%d comments after the refusals", n)
		}
		h.faces()
	})
}
