package board

import (
	"math/rand/v2"
	"strings"
	"testing"

	"trestle/server/fault"
)

func limited(mode string, max int) Wip { return Wip{Mode: mode, Max: &max} }

// Every mode × being under, at and over the limit × what was said with the move.
func TestAdmit(t *testing.T) {
	layout := &Layout{Board: Board{ExpediteMode: Reason, ExpediteMax: 1, ExpediteCounts: true}}
	column := func(w Wip) *Column { return &Column{ID: "col_x", Name: "Review", Wip: w} }
	for _, c := range []struct {
		name     string
		entry    Entry
		code     string // "" = admitted
		needs    string
		override string
		kept     bool // the exceeded limit is recorded
	}{
		{"off is never full", Entry{Column: column(limited(Off, 1)), NewToColumn: true, InColumn: 9}, "", "", "", false},
		{"warn under", Entry{Column: column(limited(Warn, 2)), NewToColumn: true, InColumn: 1}, "", "", "", false},
		{"warn over lets in and is recorded", Entry{Column: column(limited(Warn, 2)), NewToColumn: true, InColumn: 2}, "", "", "", true},
		{"reason under", Entry{Column: column(limited(Reason, 2)), NewToColumn: true, InColumn: 1}, "", "", "", false},
		{"reason over asks", Entry{Column: column(limited(Reason, 2)), NewToColumn: true, InColumn: 2}, "reason_required", "limit", "", false},
		{"blanks are no reason", Entry{Column: column(limited(Reason, 2)), NewToColumn: true, InColumn: 2, Reason: "  \n"}, "reason_required", "limit", "", false},
		{"reason over with a reason", Entry{Column: column(limited(Reason, 2)), NewToColumn: true, InColumn: 2, Reason: " sale "}, "", "", "sale", true},
		{"hard under", Entry{Column: column(limited(Hard, 2)), NewToColumn: true, InColumn: 1}, "", "", "", false},
		{"hard over refuses whatever is said", Entry{Column: column(limited(Hard, 2)), NewToColumn: true, InColumn: 2, Reason: "please"}, "wip_limit", "", "", false},
		{"hard of zero lets nothing in", Entry{Column: column(limited(Hard, 0)), NewToColumn: true}, "wip_limit", "", "", false},
		{"a card that stays is not counted again", Entry{Column: column(limited(Hard, 2)), InColumn: 2}, "", "", "", false},
		{"back asks", Entry{Column: column(Wip{Mode: Off}), Backward: true}, "reason_required", "return", "", false},
		{"back with a category", Entry{Column: column(Wip{Mode: Off}), Backward: true, ReturnCategory: "defect"}, "", "", "", false},
		{"back into a full column asks for both", Entry{Column: column(limited(Reason, 1)), NewToColumn: true, InColumn: 1, Backward: true}, "reason_required", "limit return", "", false},
		{"back into a hard column is refused, not asked", Entry{Column: column(limited(Hard, 1)), NewToColumn: true, InColumn: 1, Backward: true}, "wip_limit", "", "", false},
		{"the second expedite asks", Entry{Column: column(Wip{Mode: Off}), Expedite: true, NewExpedite: true, InExpedite: 1}, "reason_required", "limit", "", false},
		{"the first expedite does not", Entry{Column: column(Wip{Mode: Off}), Expedite: true, NewExpedite: true}, "", "", "", false},
		{"expedite counts in its column", Entry{Column: column(limited(Hard, 1)), NewToColumn: true, InColumn: 1, Expedite: true}, "wip_limit", "", "", false},
		{"a full lane refuses", Entry{Column: column(Wip{Mode: Off}), Lane: &Lane{Name: "Support", Wip: limited(Hard, 1)}, NewToLane: true, InLane: 1}, "wip_limit", "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := layout.Admit(c.entry)
			if c.code == "" {
				if err != nil || a.Override != c.override || (a.Limits != "") != c.kept {
					t.Fatalf("admitted with %+v, %v", a, err)
				}
				return
			}
			f, ok := fault.As(err)
			if !ok || f.Code != c.code {
				t.Fatalf("got %v, want %s", err, c.code)
			}
			needs, _ := f.Extra["needs"].([]string)
			if strings.Join(needs, " ") != c.needs {
				t.Fatalf("needs %v, want %s", needs, c.needs)
			}
		})
	}
	aside := &Layout{Board: Board{ExpediteMode: Hard, ExpediteMax: 1}}
	if _, err := aside.Admit(Entry{Column: column(limited(Hard, 1)), NewToColumn: true, InColumn: 1, Expedite: true}); err != nil {
		t.Errorf("expedite that counts only in its strip was refused by the column: %v", err)
	}
	if _, err := aside.Admit(Entry{Column: column(Wip{Mode: Off}), Expedite: true, NewExpedite: true, InExpedite: 1, Reason: "both burn"}); !fault.Is(err, "wip_limit") {
		t.Errorf("a hard strip let a second card in: %v", err)
	}
}

// The clock of flow.md 3.9, on four columns of which the second starts and the fourth finishes.
func TestClock(t *testing.T) {
	l := &Layout{Board: Board{StartColumnID: "build", FinishColumnID: "done"}}
	for i, id := range []string{"ready", "build", "review", "done"} {
		l.Columns = append(l.Columns, Column{RID: int64(i), ID: id, Position: i})
	}
	for _, c := range []struct {
		name              string
		steps             []int64 // columns entered at 1, 2, 3 …
		started, finished int64   // 0 = not
	}{
		{"only in the queue", []int64{0}, 0, 0},
		{"started", []int64{0, 1}, 2, 0},
		{"skipped the start column", []int64{0, 2}, 2, 0},
		{"finished", []int64{0, 1, 2, 3}, 2, 4},
		{"back in progress does not restart", []int64{0, 1, 2, 1, 2}, 2, 0},
		{"back before the start keeps its age", []int64{0, 1, 0}, 2, 0},
		{"re-opened keeps its start and loses its finish", []int64{0, 1, 3, 2}, 2, 0},
		{"finished again counts the last finish", []int64{0, 1, 3, 2, 3}, 2, 5},
		{"straight to done was never started", []int64{0, 3}, 0, 2},
		{"never started, re-opened into progress", []int64{0, 3, 1}, 3, 0},
		{"made in progress", []int64{1}, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var steps []Step
			for i, column := range c.steps {
				steps = append(steps, Step{ColumnRID: column, At: int64(i + 1)})
			}
			got := l.Replay(steps)
			if value(got.Started) != c.started || value(got.Finished) != c.finished {
				t.Fatalf("started %d finished %d, want %d %d", value(got.Started), value(got.Finished), c.started, c.finished)
			}
		})
	}
}

// Step by step and all at once is the same clock: a card's row is written move by move, flow reads the whole history.
func TestClock_StepByStep(t *testing.T) {
	l := &Layout{Board: Board{StartColumnID: "build", FinishColumnID: "done"}, Retired: []Column{{RID: 5, ID: "gone", Position: 2}}}
	for i, id := range []string{"ready", "build", "review", "done", "shown"} {
		l.Columns = append(l.Columns, Column{RID: int64(i), ID: id, Position: i})
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var c Clock
		var steps []Step
		for at := range int64(r.IntN(12)) {
			s := Step{ColumnRID: r.Int64N(6), At: at + 1}
			steps = append(steps, s)
			c = l.Enter(c, l.ColumnByRID(s.ColumnRID).Position, s.At)
		}
		if all := l.Replay(steps); value(all.Started) != value(c.Started) || value(all.Finished) != value(c.Finished) {
			t.Fatalf("%+v: %d to %d step by step, %d to %d all at once", steps, value(c.Started), value(c.Finished), value(all.Started), value(all.Finished))
		}
	}
}

func value(p *int64) int64 {
	if p == nil {
		return 0
	}
	return *p
}
