package app

import (
	"strings"
	"testing"

	"trestle/server/flow"
)

// Whoever reads measures learns a board's counts and no name of anything.
func TestMetrics_OfBoardsNameNothing(t *testing.T) {
	var b strings.Builder
	flowing(&b, []flow.WallBoard{{ID: "brd_1", Name: "Layoffs", TeamKey: "HR", TeamName: "People", Say: "Secret step over", WIP: 7, Past: 2,
		Columns: []flow.WallColumn{{Name: "Secret step", State: "over"}, {Name: "Other", State: "full"}}, Over: flow.WallOver{Days: 4},
		Oldest: &flow.WallCard{Card: flow.Card{Key: "HR-1", Title: "Whom"}}}})
	said := b.String()
	for _, want := range []string{`trestle_board_wip{board="brd_1",team="HR"} 7`, `trestle_board_past_sle{board="brd_1",team="HR"} 2`,
		`trestle_board_columns_over{board="brd_1",team="HR"} 1`, `trestle_board_overload_days{board="brd_1",team="HR"} 4`} {
		if !strings.Contains(said, want+"\n") {
			t.Errorf("no %s in\n%s", want, said)
		}
	}
	for _, name := range []string{"Layoffs", "People", "Secret", "HR-1", "Whom"} {
		if strings.Contains(said, name) {
			t.Errorf("%q is told:\n%s", name, said)
		}
	}
}
