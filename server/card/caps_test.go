package card_test

import (
	"fmt"
	"testing"

	"trestle/server/card"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// What a card may hold ends somewhere: what goes beyond is refused and leaves nothing.
func TestCaps(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c, other := d.add("Full", "Ready"), d.add("Other", "Ready")
		upTo := func(code string, max int, add func(i int) error) {
			t.Helper()
			for i := range max {
				if err := add(i); err != nil {
					t.Fatalf("%s, %d of %d: %v", code, i+1, max, err)
				}
			}
			before := d.count("SELECT count(*) FROM events")
			refused(t, add(max), code)
			if n := d.count("SELECT count(*) FROM events"); n != before {
				t.Errorf("%s was announced", code)
			}
		}
		upTo("too_many_links", 100, func(i int) error {
			_, err := d.cards.AddLink(d.worker, c.ID, card.NewLink{URL: fmt.Sprintf("https://example.test/%d", i)})
			return err
		})
		var last string // what was removed does not count
		upTo("too_many_todos", card.MaxTodos, func(i int) error {
			x, err := d.cards.AddTodo(d.worker, c.ID, card.NewTodo{Text: fmt.Sprint("step ", i)})
			if err == nil && i == 0 {
				if _, err := d.cards.RemoveTodo(d.worker, x.Todo.ID); err != nil {
					return err
				}
				x, err = d.cards.AddTodo(d.worker, c.ID, card.NewTodo{Text: "instead"})
			}
			if err == nil {
				last = x.Todo.ID
			}
			return err
		})
		if _, err := d.cards.RemoveTodo(d.worker, last); err != nil {
			t.Fatal(err)
		}
		if _, err := d.cards.AddTodo(d.worker, c.ID, card.NewTodo{Text: "in its place"}); err != nil {
			t.Errorf("removed items count: %v", err)
		}
		upTo("too_many_blockers", 20, func(i int) error {
			_, err := d.cards.Block(d.worker, c.ID, card.NewBlocker{Category: "other", Reason: fmt.Sprint(i)})
			return err
		})
		_, err := d.cards.Wait(d.worker, c.ID, card.NewWait{Card: other.ID})
		refused(t, err, "too_many_blockers")
		chain := d.many("Ready", 23)
		upTo("too_deep", 21, func(i int) error { return d.parent(chain[i+1], chain[i]) })
		parts := d.many("Ready", 201)
		upTo("too_many_children", 200, func(i int) error { return d.parent(parts[i], other.ID) })
		_, err = d.cards.Create(d.worker, d.b.ID, card.NewCard{Title: "One more", ColumnID: d.col("Ready"), ParentID: other.ID})
		refused(t, err, "too_many_children")
		item, err := d.cards.AddTodo(d.worker, other.ID, card.NewTodo{Text: "One more"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.PromoteTodo(d.worker, item.Todo.ID, card.Promotion{})
		refused(t, err, "too_many_children")
		lower := d.many("Ready", 23) // from below, and two half chains
		upTo("too_deep", 21, func(i int) error { return d.parent(lower[i], lower[i+1]) })
		refused(t, d.parent(chain[0], lower[0]), "too_deep")
		refused(t, d.parent(lower[21], chain[10]), "too_deep")
		upTo("too_many_templates", 200, func(i int) error {
			_, err := d.cards.AddTemplate(d.lead, d.b.ID, card.NewCardTemplate{Name: fmt.Sprintf("Ours %d", i), CardID: c.Key})
			return err
		})
		var boards []*desk
		for range 21 {
			boards = append(boards, d.again())
		}
		upTo("too_many_mirrors", 20, func(i int) error {
			_, err := d.cards.Mirror(d.worker, other.ID, card.NewMirror{BoardID: boards[i].b.ID, ColumnID: boards[i].col("Ready")})
			return err
		})
	})
}

func TestUndo_TheColumnIsGone(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		c := d.add("Homeless", "Ready")
		moved, err := d.move(c.ID, "Build", card.Move{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.boards.RemoveColumn(d.lead, d.col("Ready"), ""); err != nil {
			t.Fatal(err)
		}
		_, err = d.cards.Undo(d.worker, c.ID, moved.Seq)
		refused(t, err, "column_gone")
		if f := d.detail(d.worker, c.ID).Card; f.ColumnID != d.col("Build") {
			t.Error("it went somewhere")
		}
	})
}
