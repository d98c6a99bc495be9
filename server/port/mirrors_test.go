package port_test

import (
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/port"
	"trestle/server/trestletest"
)

// A board file tells of its mirrors and leaves them out; the owning board's own file has the card whole.
func TestExport_MirrorsAreTold(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		one := b.bring(t, own(t, "harbour.json")).BoardID
		id := query(t, b.Store, "SELECT id FROM cards WHERE archived_at IS NULL ORDER BY rid")[0]
		l, err := b.boards.Create(b.ctx, board.NewBoard{TeamID: b.team, Name: "Platform", Columns: []board.NewColumn{{Name: "Next", Kind: board.Queue}}})
		if err != nil {
			t.Fatal(err)
		}
		two, column, cards := l.ID, l.Columns[0].ID, 1
		if _, err := b.cards.Create(b.ctx, two, card.NewCard{Title: "its own", ColumnID: column}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.cards.Mirror(b.ctx, id, card.NewMirror{BoardID: two, ColumnID: column}); err != nil {
			t.Fatal(err)
		}
		roundTrip(t, b, one)
		out := b.export(t, two, port.JSON)
		file := generic(t, out)
		if mirrors, _ := file["mirrors"].([]any); len(mirrors) != 1 || len(file["cards"].([]any)) != cards {
			t.Fatalf("%v, %d cards", file["mirrors"], len(file["cards"].([]any)))
		}
		other := trestletest.Team(t, b.Store, "AWAY")
		trestletest.Join(t, b.Store, other, b.lead, "lead")
		rep, err := b.port.Import(b.ctx, port.Request{Team: other, Source: port.Trestle, File: reader(out)})
		if err != nil {
			t.Fatal(err)
		}
		told := false
		for _, l := range rep.Dropped {
			told = told || (l.What == "Mirrors" && l.Count == 1 && strings.Contains(l.Why, "belong to that board"))
		}
		if !told || rep.Counts.Cards != cards {
			t.Errorf("%+v", rep)
		}
	})
}
