package seed

import (
	"time"

	"trestle/server/board"
	"trestle/server/flow"
)

// reserve declares what the team keeps room for.
func (t *table) reserve() (err error) {
	list := []board.Reserve{{By: "planned", Key: "unplanned", Percent: 5}, {By: "type", Key: "improvement", Percent: 20}, {By: "type", Key: "debt", Percent: 10}}
	t.l, err = t.s.rooms.Boards.Change(t.as(t.crew.lead), t.l.ID, board.Patch{Reserves: &list})
	return err
}

// constraint tells what the team did about the column in which work waits longest.
func (t *table) constraint() error {
	build := t.l.Columns[2].ID
	for _, n := range []struct {
		by, step, text string
		days           int
	}{
		{t.crew.lead, "identify", "Build: what waits longest waits there, and mostly for test data.", 24},
		{t.crew.workers[0], "exploit", "Who builds is asked for nothing else before noon. Test data is ready before a card is pulled.", 17},
		{t.crew.lead, "subordinate", "Shape pulls no fifth card while Build is full.", 10},
	} {
		day := t.s.now.AddDate(0, 0, -n.days).In(t.l.Location()).Format(time.DateOnly)
		if _, err := t.s.rooms.Flow.AddNote(t.as(n.by), t.l.ID, flow.NewNote{Step: n.step, Text: n.text, Day: day, ColumnID: build}); err != nil {
			return err
		}
	}
	return nil
}
