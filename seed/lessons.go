package seed

import (
	"fmt"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/web"
)

// lessons tells what a retro of Payments taught everybody's template: a question that it proposed stands in version 2,
// while what Checkout began before keeps version 1.
func (t *table) lessons(left int) error {
	if t.crew.key != "PAY" || left > 6 || t.taught || len(t.sat) < 2 || t.s.tables[0].launch == "" {
		return nil
	}
	t.taught = true
	room := t.s.rooms.Checklists
	p, err := room.Propose(t.as("omar"), checklist.BuiltIn, checklist.NewProposal{Topic: "operability", Question: "Who outside the team reads what it writes, and has been asked?",
		Help: "Finance, reports, exports: a name and a day each", Why: "The ledger export was done twice: the first time nobody had asked finance.", Source: &checklist.Source{Kind: "retro", ID: t.sat[1]}})
	if err != nil {
		return fmt.Errorf("lessons: %w", err)
	}
	if _, err := room.Accept(t.as("mara"), p.ID, checklist.Taking{From: checklist.Critical, Phase: checklist.Design, Evidence: []string{"person", "date"}}); err != nil {
		return fmt.Errorf("lessons: %w", err)
	}
	now, err := room.Template(t.as("mara"), checklist.BuiltIn, 0)
	if err != nil {
		return err
	}
	for i, it := range now.Draft {
		if it.Key == "L5" {
			now.Draft[i].Help = "By name, from development and from operations; the channel; the hours, and who takes over"
		}
	}
	if now, err = room.PutDraft(t.as("mara"), checklist.BuiltIn, now.Draft, &now.Version); err != nil {
		return err
	}
	_, err = room.Publish(t.as("mara"), checklist.BuiltIn, "O11 asks who else reads what a feature writes, after the ledger export that was done twice. L5 says that somebody takes over.")
	return err
}

// ofSunday is all that a light checklist asks of a feature.
var ofSunday = []said{
	{"F1", "ana", "They choose a delivery on a Sunday, for two euros more.", "", "", "", 0},
	{"O3", "goro", "The carrier's calendar slow or down: Sundays are not offered. Wrong: the carrier rejects the parcel the same evening, and support hears of it.", "", "", "", 0},
	{"M1", "ana", "Sunday slots chosen, in every hundred orders", "link", "https://dash.shop.example/sunday", "", 0},
	{"D1", "ana", "No, nothing new.", "", "", "", 0},
	{"I2", "goro", "One call more in every tenth order", "number", "4", "requests/s", 0},
	{"L2", "ana", "Two cities, then everywhere while the carrier keeps its word", "number", "98", "% delivered", 0},
	{"L4", "goro", "Flag off; slots that are booked stay good", "number", "2", "min", 0},
}

// goLive makes the board on which Checkout brings what customers see to production: a card comes in with its liaison
// checklist or not at all. Everyday work is on the other one, which asks for none.
func (t *table) goLive() error {
	l, err := t.s.rooms.Boards.Create(t.as("ana"), board.NewBoard{TeamID: t.l.TeamID, Name: "Launches", TimeZone: "Europe/Berlin", Columns: []board.NewColumn{
		{Name: "Prepared", Kind: board.Queue, Policy: "Built, tested, and dark on production."},
		{Name: "Going live", Kind: board.Active, Policy: "One at a time, with somebody watching."},
		{Name: "With customers", Kind: board.Done, Policy: "Everybody has it, and the numbers look right."},
	}})
	if err != nil {
		return err
	}
	if _, err := t.s.rooms.Boards.ChangeColumn(t.as("ana"), l.Columns[1].ID, board.ColumnPatch{Checklist: web.Some(board.NewListPolicy{Level: checklist.Light, Phase: checklist.PreProd})}); err != nil {
		return err
	}
	for i, title := range []string{"Delivery on Sundays", "Receipts in the shopper’s language"} {
		c, err := t.s.rooms.Cards.Create(t.as("ana"), l.ID, card.NewCard{Title: title, ColumnID: l.Columns[0].ID, Type: "feature", Discipline: "development", OwnerIDs: []string{t.id("ana")}})
		if err != nil {
			return err
		}
		if i > 0 {
			continue // which has no checklist yet
		}
		room := t.s.rooms.Checklists
		k, err := room.Create(t.as("ana"), checklist.NewList{Kind: checklist.ForCard, CardID: c.Card.ID, Level: checklist.Light, Phase: checklist.PreProd})
		if err != nil {
			return err
		}
		if err := t.fill(k.ID, ofSunday, func(int, said) string { return "bo" }); err != nil {
			return err
		}
	}
	return nil
}
