package seed

import (
	"fmt"

	"trestle/server/checklist"
	"trestle/server/web"
)

// ofGiftCards is what Checkout answered of the launch before this one, all of it understood.
var ofGiftCards = []said{
	{"F1", "ana", "They pay a basket, or a part of it, with the code of a gift card.", "", "", "", 0},
	{"F3", "ana", "One basket in fifty, most in December; whoever was given a card hurts first.", "", "", "", 0},
	{"F5", "goro", "A good code is refused, or is spent twice; tolerable for fifteen minutes.", "number", "15", "min", 0},
	{"O3", "goro", "Gift card ledger slow over 500 ms: the code is asked for again later in the basket. Ledger down: the field is hidden by its flag. Ledger wrong: the nightly settlement diff opens a card.", "", "", "", 0},
	{"O5", "goro", "At 60 connections; peak today 240, head-room 40 percent", "number", "400", "requests/s", 0},
	{"M1", "ana", "Baskets paid with a gift card, in every hundred that hold a code", "link", "https://dash.shop.example/gift-cards", "", 0},
	{"M3", "goro", "One: codes are refused more than usual; its page in the runbook says how to hide the field", "link", "https://wiki.shop.example/runbooks/gift-cards", "", 0},
	{"D1", "ana", "None.", "", "", "", 0},
	{"I1", "goro", "None: it runs in the pods that are there", "", "", "", 0},
	{"I2", "goro", "2 a second at the launch, 8 in December, 3 in six months", "number", "8", "requests/s", 0},
	{"L1", "ana", "Deployed a day before, released by the flag", "date", "-8", "", 0},
	{"L2", "ana", "Ourselves for a day, then everybody while 99 percent of codes are taken", "number", "99", "%", 0},
	{"L3", "ana", "Under 97 percent of codes taken for ten minutes: whoever is on call hides the field", "number", "97", "%", 0},
	{"L4", "goro", "Flag off; nothing in the schema changes. Tried on staging", "number", "2", "min", 0},
	{"L5", "ana", "Ana and Bo in #checkout-launch, two days", "person", "ana bo", "", 0},
	{"X1", "goro", "Codes are guessed: ten tries an hour. A code is spent twice: the ledger locks it. Codes are read from a log: only their last four are written.", "link", "https://wiki.shop.example/threats/gift-cards", "", 0},
	{"X2", "ana", "Customers by session, services by certificate, support may read a balance and not spend it", "", "", "", 0},
}

// giftCards tells the checklist of the launch before this one, from its first answer to the copy that was kept of it.
func (t *table) giftCards(left int) error {
	room := t.s.rooms.Checklists
	if t.before != "" {
		id := t.before
		if left > 8 {
			return nil
		}
		t.before, t.kept = "", true
		_, err := room.Freeze(t.as("ana"), id)
		return err
	}
	l, err := room.Create(t.as("ana"), checklist.NewList{Kind: checklist.ForLaunch, TeamID: t.l.TeamID, Name: "Gift cards at the checkout", Level: checklist.Standard,
		Services: []string{t.service}, LaunchOn: t.day(-8)})
	if err != nil {
		return err
	}
	phase := checklist.PreProd
	if _, err := room.Change(t.as("ana"), l.ID, checklist.Patch{Phase: &phase, LaunchOn: web.Some(t.day(-8))}); err != nil {
		return err
	}
	t.before = l.ID
	if err := t.fill(l.ID, ofGiftCards, func(_ int, a said) string {
		if a.key[0] == 'X' {
			return "dara"
		}
		return "bo"
	}); err != nil {
		return err
	}
	for _, a := range ofService {
		if a.key == "M6" {
			continue // which this level does not ask
		}
		if _, err := room.StillTrue(t.as("goro"), l.ID, a.key, ""); err != nil {
			return fmt.Errorf("%s: %w", a.key, err)
		}
	}
	return nil
}
