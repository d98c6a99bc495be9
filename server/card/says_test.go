package card_test

import (
	"slices"
	"testing"

	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/trestletest"
	"trestle/server/web"
)

// A move may change in the same step what the row stands for into which a card is let go: both or neither.
func TestSays_MoveAndWordsTogether(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		whole, a := d.add("whole", "Ready"), d.add("a", "Ready")
		ops, me := "operations", []string{d.viewer.PersonID}
		set := &card.Says{Discipline: &ops, OwnerIDs: &me, ParentID: web.Some(whole.Key)}
		seq := d.snapshot().Seq
		m, err := d.move(a.ID, "Build", card.Move{Set: set})
		if err != nil {
			t.Fatal(err)
		}
		if m.ColumnID != d.col("Build") || m.Discipline != ops || !slices.Equal(m.OwnerIDs, me) || m.Parent == nil || m.Parent.Key != whole.Key {
			t.Fatalf("%+v", m)
		}
		if m.Seq != seq+1 {
			t.Errorf("answered %d; the move, which can be undone, is %d", m.Seq, seq+1)
		}
		was := "development"
		back := card.Says{Discipline: &was, OwnerIDs: &[]string{}, ParentID: web.Null[string]()}
		u, err := d.cards.UndoSaying(d.worker, a.ID, m.Seq, back)
		if err != nil {
			t.Fatal(err)
		}
		if u.ColumnID != d.col("Ready") || u.Discipline != was || len(u.OwnerIDs) != 0 || u.Parent != nil {
			t.Fatalf("undone to %+v", u)
		}

		// what cannot be set keeps the card where it is, and what cannot be moved keeps its words
		for name, x := range map[string]struct {
			to   string
			set  card.Says
			code string
		}{
			"a parent that is not there": {"Build", card.Says{ParentID: web.Some("TRS-999")}, "invalid"},
			"itself":                     {"Build", card.Says{ParentID: web.Some(a.ID)}, "invalid"},
			"an owner who is nobody":     {"Build", card.Says{OwnerIDs: &[]string{"per_0000000000000000"}}, "invalid"},
		} {
			_, err := d.move(a.ID, x.to, card.Move{Set: &x.set})
			if !fault.Is(err, x.code) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := d.move(d.add("full", "Ready").ID, "Review", card.Move{}); err != nil {
			t.Fatal(err)
		}
		_, err = d.move(a.ID, "Review", card.Move{Set: &card.Says{Discipline: &ops}})
		wantCode(t, err, "wip_limit")
		for _, c := range d.snapshot().Cards {
			if c.ID == a.ID && (c.ColumnID != d.col("Ready") || c.Discipline != was || c.Version != u.Version) {
				t.Errorf("changed by what was refused: %+v", c)
			}
		}

		// somebody else changed the same field after the version that the mover saw
		sec := "security"
		if _, err := d.cards.Change(d.lead, a.ID, card.Patch{Discipline: &sec}); err != nil {
			t.Fatal(err)
		}
		_, err = d.move(a.ID, "Build", card.Move{Version: &u.Version, Set: &card.Says{Discipline: &ops}})
		wantCode(t, err, "stale")
		if m, err = d.move(a.ID, "Build", card.Move{Version: &u.Version, Set: &card.Says{OwnerIDs: &me}}); err != nil || m.Discipline != sec {
			t.Errorf("another field: %v %+v", err, m)
		}
	})
}

// The words of a to-do item and of a comment are compared with those that the writer began from.
func TestReworded_ShowsTheirs(t *testing.T) {
	trestletest.Each(t, func(t *testing.T, st *store.Store) {
		d := newDesk(t, st)
		a := d.add("a", "Ready")
		item, err := d.cards.AddTodo(d.worker, a.ID, card.NewTodo{Text: "first"})
		if err != nil {
			t.Fatal(err)
		}
		said, err := d.cards.Comment(d.worker, a.ID, "first")
		if err != nil {
			t.Fatal(err)
		}
		ways := map[string]func(text string, was *string) error{
			"todo": func(text string, was *string) error {
				_, err := d.cards.ChangeTodo(d.worker, item.Todo.ID, card.TodoPatch{Text: &text, Was: was})
				return err
			},
			"comment": func(text string, was *string) error {
				_, err := d.cards.EditComment(d.worker, said.Comment.ID, card.Reword{TextBody: card.TextBody{Text: text}, Was: was})
				return err
			},
		}
		first, theirs := "first", "theirs"
		for name, say := range ways {
			if err := say(theirs, &first); err != nil {
				t.Fatal(name, err)
			}
			f := wantCode(t, say("mine", &first), "stale")
			if f.Extra["currentText"] != theirs || !slices.Equal(f.Extra["fields"].([]string), []string{name}) {
				t.Errorf("%s: %v", name, f.Extra)
			}
			if err := say(theirs, &first); err != nil {
				t.Errorf("%s: the same words are no quarrel: %v", name, err)
			}
			if err := say("both", &theirs); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := say("mine after all", nil); err != nil {
				t.Errorf("%s without what it was: %v", name, err)
			}
		}
		done := true
		if _, err := d.cards.ChangeTodo(d.worker, item.Todo.ID, card.TodoPatch{Done: &done, Was: &first}); err != nil {
			t.Errorf("a tick is not a text: %v", err)
		}
	})
}
