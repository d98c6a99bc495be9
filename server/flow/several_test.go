package flow_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/flow"
	"trestle/server/trestletest"
	"trestle/server/web"
	"trestle/server/who"
)

// Several boards count together what each counts by its own points.
func TestFlow_OfSeveralBoards(t *testing.T) {
	each(t, func(h *house) {
		other, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: "Other", TimeZone: "Pacific/Auckland", SLE: &board.NewSLE{Days: 4, Percent: 85}, Columns: []board.NewColumn{
			{Name: "Do", Kind: board.Active, Wip: &board.Wip{Mode: board.Warn, Max: new(3)}}, {Name: "Over", Kind: board.Done}}})
		h.ok(err)
		far := trestletest.Person(h.t, h.store, "fay", who.Member)
		elsewhere := trestletest.Team(h.t, h.store, "FAR")
		trestletest.Join(h.t, h.store, elsewhere, far, "lead")
		hidden, err := h.boards.Create(trestletest.Ctx(h.t, far), board.NewBoard{TeamID: elsewhere, Name: "Hidden", Visibility: board.TeamOnly, TimeZone: "UTC", Columns: []board.NewColumn{{Name: "Do", Kind: board.Active}, {Name: "Over", Kind: board.Done}}})
		h.ok(err)
		h.create("one", "Build")
		c, err := h.cards.Create(h.ctx, other.ID, card.NewCard{Title: "two", ColumnID: other.Columns[0].ID})
		h.ok(err)
		h.create("three", "Build")
		h.day(8)
		h.move("one", "Done")
		_, err = h.cards.Move(h.ctx, c.Card.ID, card.Move{ColumnID: other.Columns[1].ID})
		h.ok(err)
		h.day(12)

		ask := func(ctx context.Context, path string, into any) int {
			h.t.Helper()
			door := web.New(web.Options{Identify: func(echo.Context) (who.Viewer, error) { return who.From(ctx), nil }})
			flow.Register(door.API, h.flow)
			w := httptest.NewRecorder()
			door.Echo.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1"+path, nil))
			h.ok(json.Unmarshal(w.Body.Bytes(), into))
			return w.Code
		}
		both := "boards=" + h.b.ID + "," + other.ID
		var wip, out flow.Daily
		if ask(h.ctx, "/flow/wip?"+both, &wip) != 200 || len(wip.Boards) != 2 || wip.Boards[0].Name != "Delivery" || wip.Boards[0].WIP[0]+wip.Boards[1].WIP[0] != wip.WIP[0] || len(wip.Boards[1].Finished) != len(wip.Days) || wip.WIP[0] != 3 || wip.WIP[len(wip.WIP)-1] != 1 || len(wip.Why.Boards) != 2 || wip.Why.Started != "" || wip.Limit != 0 {
			h.t.Errorf("%+v", wip)
		}
		if ask(h.ctx, "/flow/throughput?teamId="+h.team, &out) != 200 || sum(out.Finished) != 2 || out.Why.N != 2 {
			h.t.Errorf("%+v", out)
		}
		var cycle flow.CycleTime
		if ask(h.ctx, "/flow/cycle-time?"+both, &cycle) != 200 || len(cycle.Points) != 2 || len(cycle.SLE) != 1 || cycle.SLE[0].Of != 2 || cycle.SLE[0].Met != 0 || cycle.Points[0].Title == "" {
			h.t.Errorf("%+v", cycle)
		}
		if b := cycle.Boards; len(b) != 2 || b[1].N != 1 || b[1].ID != other.ID || cycle.Points[0].BoardID == cycle.Points[1].BoardID || cycle.Points[0].BoardID == "" {
			h.t.Errorf("%+v of %+v", cycle.Boards, cycle.Points)
		}
		for path, want := range map[string]string{"of=started": "one two three", "of=finished&day=2026-11-02&until=2026-11-30": "one two", "": "three", "of=named&keys=TRS-1,TRS-3": "one three"} {
			var cards flow.Cards
			if ask(h.ctx, "/flow/cards?"+both+"&"+path, &cards) != 200 || cards.N != len(cards.Cards) {
				h.t.Errorf("%s: %+v", path, cards)
			}
			var titles []string
			for _, c := range cards.Cards {
				if titles = append(titles, c.Title); (c.BoardID == other.ID) != (c.Title == "two") || c.Column == "" {
					h.t.Errorf("%+v", c)
				}
			}
			slices.Sort(titles)
			wanted := strings.Fields(want)
			if slices.Sort(wanted); !slices.Equal(titles, wanted) {
				h.t.Errorf("%s: %v, not %v", path, titles, wanted)
			}
		}
		one, err := h.flow.CycleTime(h.ctx, other.ID, flow.Ask{})
		h.ok(err)
		if days := one.Points[0].Days; days != 7 || cycle.Points[0].Days+cycle.Points[1].Days != 7+days {
			h.t.Errorf("%+v beside %+v", cycle.Points, one.Points)
		}
		var when flow.Forecast
		if ask(h.ctx, "/flow/forecast?items=1&"+both, &when) != 200 || when.Items != 1 || when.Why.N != 2 || when.Seed == 0 || len(when.Boards) != 2 || when.Boards[0].Items != 1 || when.Boards[0].Finished != 1 || when.Boards[1].Items != 0 {
			h.t.Errorf("%+v", when)
		}
		many := []string{}
		for i := range 51 {
			many = append(many, fmt.Sprintf("brd_%d", i))
		}
		for path, want := range map[string]int{"/flow/wip": 422, "/flow/wip?boards=" + strings.Join(many, ","): 422, "/flow/wip?teamId=tem_0000": 404, "/flow/cards?of=reached&column=" + h.b.Columns[0].ID + "&" + both: 422, "/flow/cards?of=named&" + both: 422,
			"/flow/forecast?" + both + "&by=soon": 422, "/flow/forecast?" + both + "&exclude=soon": 422, "/flow/wip?boards=,": 422, "/flow/wip?teamId=" + h.team + "&" + both: 422, "/flow/wip?" + both + "," + hidden.ID: 404,
			"/flow/wip?teamId=" + elsewhere: 409, "/flow/net-flow?" + both + "&from=yesterday": 422, "/flow/net-flow?boards=" + h.b.ID: 200} {
			var said json.RawMessage
			if got := ask(h.ctx, path, &said); got != want {
				h.t.Errorf("%s: %d, not %d: %s", path, got, want, said)
			}
		}
	})
}

// A forecast over several boards rests on the days that are over for each of them; the boards whose record begins within them
// are named.
func TestFlow_OfSeveralBoardsEndsWithADayThatIsOverForEach(t *testing.T) {
	each(t, func(h *house) {
		h.create("here", "Build")
		h.day(4)
		other, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: "Other", TimeZone: "Pacific/Auckland", Columns: []board.NewColumn{{Name: "Do", Kind: board.Active}, {Name: "Over", Kind: board.Done}}})
		h.ok(err)
		c, err := h.cards.Create(h.ctx, other.ID, card.NewCard{Title: "there", ColumnID: other.Columns[0].ID})
		h.ok(err)
		h.day(10)
		h.move("here", "Done")
		at := func(day, hour int) { h.clock.Set(time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC)) }
		at(11, 20) // the 12th in Auckland
		_, err = h.cards.Move(h.ctx, c.Card.ID, card.Move{ColumnID: other.Columns[1].ID})
		h.ok(err)
		for _, x := range []struct{ day, hour, days, finished int }{
			{12, 12, 10, 1}, // the 13th in Auckland, still the 12th in Berlin
			{13, 0, 11, 2},  // the 13th in both
		} {
			at(x.day, x.hour)
			var v flow.Forecast
			h.ok(json.Unmarshal(h.get(h.ctx, "/flow/forecast?items=1&boards="+h.b.ID+","+other.ID).Body.Bytes(), &v))
			if v.Why.N != x.finished || len(v.Boards) != 2 || v.Boards[0].Finished != 1 || v.Boards[1].Finished != x.finished-1 || !strings.Contains(v.Why.Rule, fmt.Sprintf("from the %d days of the window", x.days)) {
				h.t.Errorf("on the %dth: %+v of %d: %s", x.day, v.Boards, v.Why.N, v.Why.Rule)
			}
			if !strings.Contains(v.Why.Rule, " A board adds nothing before its record begins: Other on 2026-11-04.") {
				h.t.Error(v.Why.Rule)
			}
		}
		var one flow.Forecast
		h.ok(json.Unmarshal(h.get(h.ctx, "/flow/forecast?items=1&boards="+other.ID).Body.Bytes(), &one))
		if strings.Contains(one.Why.Rule, "adds nothing") {
			h.t.Error(one.Why.Rule)
		}
	})
}

// A team with more boards than can be counted together is told so; none of them is left out in silence.
func TestFlow_OfATeamWithVeryManyBoards(t *testing.T) {
	each(t, func(h *house) {
		for i := range 50 {
			_, err := h.boards.Create(h.ctx, board.NewBoard{TeamID: h.team, Name: fmt.Sprintf("Board %d", i), TimeZone: "UTC", Columns: []board.NewColumn{{Name: "Do", Kind: board.Active}, {Name: "Over", Kind: board.Done}}})
			h.ok(err)
		}
		door := web.New(web.Options{Identify: func(echo.Context) (who.Viewer, error) { return who.From(h.ctx), nil }})
		flow.Register(door.API, h.flow)
		w := httptest.NewRecorder()
		door.Echo.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/flow/wip?teamId="+h.team, nil))
		if w.Code != 422 || !strings.Contains(w.Body.String(), "this team has 51") {
			h.t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

func sum(list []int) (n int) {
	for _, x := range list {
		n += x
	}
	return n
}
