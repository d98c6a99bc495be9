package card_test

import (
	"testing"

	"trestle/server/card"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// Nothing that is done to an archived card puts its face back onto the board that is kept by events.
func TestArchivedCardsStayOffTheBoard(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		if _, err := d.cards.Signal(d.worker, a.ID, "ci", card.NewSignal{State: "ok", Text: "CI"}); err != nil {
			t.Fatal(err)
		}
		comment, err := d.cards.Comment(d.worker, a.ID, "first")
		if err != nil {
			t.Fatal(err)
		}
		blocked, err := d.cards.Block(d.worker, a.ID, card.NewBlocker{Category: "other", Reason: "stuck"})
		if err != nil {
			t.Fatal(err)
		}
		todo, err := d.cards.AddTodo(d.worker, a.ID, card.NewTodo{Text: "drain"})
		if err != nil {
			t.Fatal(err)
		}
		d.snapshot()
		if _, err := d.cards.Archive(d.worker, a.ID); err != nil {
			t.Fatal(err)
		}
		title, done := "b", true
		for name, do := range map[string]func() error{
			"take a signal away": func() error { _, err := d.cards.RemoveSignal(d.worker, a.ID, "ci"); return err },
			"set a signal": func() error {
				_, err := d.cards.Signal(d.worker, a.ID, "ci", card.NewSignal{State: "ok", Text: "CI"})
				return err
			},
			"change":  func() error { _, err := d.cards.Change(d.worker, a.ID, card.Patch{Title: &title}); return err },
			"comment": func() error { _, err := d.cards.Comment(d.worker, a.ID, "x"); return err },
			"edit a comment": func() error {
				_, err := d.cards.EditComment(d.worker, comment.Comment.ID, card.Reword{TextBody: card.TextBody{Text: "x"}})
				return err
			},
			"remove a comment": func() error { _, err := d.cards.RemoveComment(d.worker, comment.Comment.ID); return err },
			"unblock":          func() error { _, err := d.cards.Unblock(d.worker, blocked.Blocker.ID); return err },
			"check an item": func() error {
				_, err := d.cards.ChangeTodo(d.worker, todo.Todo.ID, card.TodoPatch{Done: &done})
				return err
			},
			"remove an item": func() error { _, err := d.cards.RemoveTodo(d.worker, todo.Todo.ID); return err },
			"undo":           func() error { _, err := d.cards.Undo(d.worker, a.ID, 1); return err },
		} {
			wantCode(t, do(), "archived")
			if got := d.order("Ready"); got != "" {
				t.Fatalf("%s: %q is on the board", name, got)
			}
		}
	})
}
