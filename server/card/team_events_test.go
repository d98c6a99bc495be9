package card_test

import (
	"strings"
	"testing"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/store"
	"trestle/server/trestletest"
)

// Everybody in the workspace may follow a team's topic; it names no board that only the team sees, nor its words.
func TestTeamTopicKeepsShutBoards(t *testing.T) {
	trestletest.EachBench(t, func(t *testing.T, b *trestletest.Bench) {
		d := newDesk(t, b.Store)
		shut, err := d.boards.Create(d.lead, board.NewBoard{TeamID: d.team, Name: "Hidden plans", Visibility: board.TeamOnly, Template: "simple"})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{d.b.ID, shut.ID} {
			if _, err := d.cards.AddTemplate(d.lead, id, card.NewCardTemplate{Name: "Hidden words", Card: &card.TemplateBody{Title: "x", Type: "feature", Discipline: "development"}}); err != nil {
				t.Fatal(err)
			}
			if _, err := d.boards.Archive(d.lead, id); err != nil {
				t.Fatal(err)
			}
			if _, err := d.boards.Restore(d.lead, id); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.boards.Copy(d.lead, shut.ID, board.Copy{Name: "Hidden too"}); err != nil {
			t.Fatal(err)
		}
		events, err := store.EventsIn(b.Store.Rows(t.Context()), event.TeamTopic(d.team), 0, 100)
		if err != nil || len(events) != 9 {
			t.Fatalf("%d events, %v", len(events), err)
		}
		named := 0
		for _, e := range events {
			if said := string(e.Data); strings.Contains(said, "Hidden") || strings.Contains(said, shut.ID) {
				t.Errorf("%s says %s", e.Type, said)
			}
			if strings.Contains(string(e.Data), d.b.ID) {
				named++
			}
		}
		if named != 4 {
			t.Errorf("the board that everybody sees is named %d times", named)
		}
	})
}
