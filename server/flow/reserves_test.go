package flow_test

import (
	"slices"
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/flow"
)

// Shares that a team reserves are dated settings; the work is held against them since they stand.
func TestReserves(t *testing.T) {
	each(t, func(h *house) {
		reserve := func(list ...board.Reserve) (*board.Layout, error) {
			return h.boards.Change(h.ctx, h.b.ID, board.Patch{Reserves: &list})
		}
		unplanned, debt := board.Reserve{By: "planned", Key: "unplanned", Percent: 20}, board.Reserve{By: "type", Key: "debt", Percent: 11}
		toil := board.Reserve{By: "type", Key: "toil", Percent: 10}
		l, err := reserve(unplanned, debt)
		h.ok(err)
		if v := l.ViewWith(nil); !slices.Equal(v.Reserves, []board.Reserve{unplanned, debt}) {
			h.t.Errorf("%+v", v.Reserves)
		}
		for _, bad := range [][]board.Reserve{{{By: "type", Key: "unplanned", Percent: 5}}, {{By: "person", Key: "ana", Percent: 5}}, {debt, debt}, {{By: "type", Key: "debt"}},
			{{By: "type", Key: "debt", Percent: 101}}, {{By: "type", Key: "debt", Percent: 60}, {By: "type", Key: "toil", Percent: 41}}} {
			if _, err := reserve(bad...); !fault.Is(err, "invalid") {
				h.t.Errorf("%+v: %v", bad, err)
			}
		}
		if _, err := reserve(board.Reserve{By: "class", Key: "toil", Percent: 5}); err == nil || !strings.Contains(err.Error(), `By class there is no kind of work called "toil"`) {
			h.t.Errorf("%v", err)
		}
		for _, kind := range card.Types {
			_, err := reserve(board.Reserve{By: "type", Key: kind, Percent: 1})
			h.ok(err)
		}
		_, err = reserve(unplanned, debt, toil)
		h.ok(err)

		h.create("planned", "Ready")
		h.create("straight", "Build")
		h.day(3)
		h.move("planned", "Build")
		h.day(4)
		h.move("planned", "Done")
		judged := func(of flow.Ask) (out []bool) {
			m, err := h.flow.Mix(h.ctx, h.b.ID, of)
			h.ok(err)
			for _, r := range m.Reserves {
				if out = append(out, r.Judged); !r.Judged && r.Missed != 0 {
					h.t.Errorf("missed though not judged: %+v", r)
				}
			}
			return out
		}
		h.day(7)
		if said := judged(flow.Ask{}); !slices.Equal(said, []bool{false, false, false}) {
			h.t.Errorf("on the sixth day: %v", said)
		}
		h.day(8)
		if said := judged(flow.Ask{}); !slices.Equal(said, []bool{true, true, true}) {
			h.t.Errorf("on the seventh day: %v", said)
		}
		if said := judged(flow.Ask{From: "2026-11-03"}); slices.Contains(said, true) {
			h.t.Errorf("by six days: %v", said)
		}
		h.day(9)
		more := unplanned
		more.Percent = 30
		_, err = reserve(more, debt, toil)
		h.ok(err)
		h.day(12)
		m, err := h.flow.Mix(h.ctx, h.b.ID, flow.Ask{})
		h.ok(err)
		if len(m.Reserves) != 3 {
			h.t.Fatalf("%+v", m.Reserves)
		}
		r := m.Reserves[0]
		if r.Key != "unplanned" || r.Percent != 30 || r.Since != "2026-11-09" || r.From != "2026-11-09" || r.WIPDays != 4 || r.OfWIPDays != 4 || *r.WIPPercent != 100 || r.OfFinished != 0 ||
			r.Say != "Unplanned work took 100 % of the time; 30 % were reserved" || m.Title != m.Reserves[1].Say || r.Judged || r.Missed != 0 { // what stands for four days is not the first thing to be known
			h.t.Errorf("%+v, %q", r, m.Title)
		}
		if w := r.Weeks; len(w) != 2 || w[0].Monday != "2026-11-02" || w[0].Percent != 20 || w[0].WIPDays != 7 || *w[0].WIPPercent != 87.5 || w[0].FinishedPercent != 0 || w[1].Percent != 30 {
			h.t.Errorf("%+v", r.Weeks)
		}
		if d := m.Reserves[1]; d.WIPDays != 0 || *d.WIPPercent != 0 || d.From != "2026-11-02" || d.OfFinished != 1 || !d.Judged || d.Missed != -11 {
			h.t.Errorf("%+v", d)
		}
		if x := m.Reserves[2]; *x.WIPPercent != 0 || !x.Judged || x.Missed != 0 { // by ten points
			h.t.Errorf("%+v", x)
		}
		if !slices.ContainsFunc(m.Why.Changes, func(c flow.Change) bool { return strings.Contains(c.Text, "reserve for unplanned work 20 to 30 %") }) {
			h.t.Errorf("%+v", m.Why.Changes)
		}
		if some, err := h.flow.Mix(h.ctx, h.b.ID, flow.Ask{Type: "feature"}); err != nil || len(some.Reserves) != 0 {
			h.t.Errorf("of some of the work: %v %+v", err, some.Reserves)
		}
		w, err := h.boards.Workflow(h.ctx, h.b.ID)
		h.ok(err)
		if x := w.Reserves; len(x) != 3 || x[0].Percent != 30 || x[0].Before == nil || *x[0].Before != 20 || x[0].ByID == "" {
			h.t.Errorf("%+v", x)
		}
		_, err = reserve()
		h.ok(err)
		if m, err = h.flow.Mix(h.ctx, h.b.ID, flow.Ask{}); err != nil || len(m.Reserves) != 0 || m.Title != "0 % of what finished was unplanned" ||
			!slices.ContainsFunc(m.Why.Changes, func(c flow.Change) bool { return strings.Contains(c.Text, "reserve for debt taken back") }) {
			h.t.Errorf("%v %+v %q %+v", err, m.Reserves, m.Title, m.Why.Changes)
		}
		h.day(14)
		_, err = reserve(more, toil)
		h.ok(err)
		if w, err = h.boards.Workflow(h.ctx, h.b.ID); err != nil || len(w.Reserves) != 2 || w.Reserves[0].Before != nil || w.Reserves[1].Before != nil {
			h.t.Errorf("after two days without: %v %+v", err, w.Reserves)
		}
	})
}
