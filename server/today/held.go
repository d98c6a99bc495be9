package today

import (
	"context"
	"fmt"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/store"
	"trestle/server/who"
)

// held are one's own cards: those in progress, and those whose date is near.
type held struct{ cards *card.Service }

// dueWithin is from how many days before its date on a card waits for its owner.
const dueWithin = 7

func (h held) Rows(_ context.Context, q *store.Query, v who.Viewer, now time.Time) ([]Row, error) {
	all, err := h.cards.HeldBy(q, v, v.PersonID)
	if err != nil {
		return nil, err
	}
	days := map[string]board.Calendar{}
	var out []Row
	for i := range all {
		f, l := &all[i].Face, all[i].Layout
		cal, known := days[l.ID]
		if !known {
			cal = l.Calendar()
			days[l.ID] = cal
		}
		r := Row{Kind: "card.held", ID: f.ID, Title: f.Title, Key: f.Key, Link: "/b/" + l.ID + "?quick=mine&card=" + f.Key,
			BoardID: l.ID, BoardName: l.Name, TeamName: l.TeamName, Blocked: len(f.Blockers) > 0}
		if col := l.Column(f.ColumnID); col != nil {
			r.Column = col.Name
		}
		if left, ok := cal.Until(f.DueOn, now); ok {
			r.DueOn, r.DueIn = f.DueOn, &left
		}
		if f.StartedAt != nil {
			age := l.AgeOf(cal, f.Class, *f.StartedAt, now)
			r.Part, r.Age, r.Card, r.At = Mine, &age, f, f.StartedAt
			out = append(out, r)
		}
		if r.DueIn != nil && *r.DueIn <= dueWithin {
			r.Part, r.Kind, r.Age, r.Card = Waiting, "card.due", nil, nil
			r.ID = "due:" + f.ID
			since := f.EnteredAt
			r.At = &since
			out = append(out, r)
		}
	}
	return out, nil
}

func boardLink(boardID, search string) string {
	if search == "" {
		return "/b/" + boardID
	}
	return fmt.Sprintf("/b/%s?%s", boardID, search)
}
