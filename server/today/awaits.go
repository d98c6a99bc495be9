package today

import (
	"context"
	"time"

	"trestle/server/ask"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/checklist"
	"trestle/server/clock"
	"trestle/server/store"
	"trestle/server/who"
)

// awaits are what I wait for: blockers that others see to, cards behind which mine stand, what I asked other teams, and
// what I asked back in checklists.
type awaits struct{ lists *checklist.Service }

func (a awaits) Rows(_ context.Context, q *store.Query, v who.Viewer, now time.Time) ([]Row, error) {
	blocked, err := card.AwaitedBy(q, v, v.PersonID)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, x := range blocked {
		since := x.OpenedAt
		r := Row{Part: Awaited, Kind: "blocker.outside", ID: x.ID, Title: x.Title, Text: x.Reason, Key: x.Key, BoardID: x.BoardID, BoardName: x.BoardName,
			TeamName: x.TeamName, At: &since, TimeZone: x.TimeZone, Who: x.Outside, Link: boardLink(x.BoardID, "card="+x.Key)}
		switch {
		case x.For != "":
			r.Kind, r.Who, r.Hue, r.TimeZone = "blocker.asked", x.ForName, &x.ForHue, ""
			if x.RaisedAt != nil {
				r.At = x.RaisedAt
			}
			if x.PromisedOn != "" {
				zone, ok := clock.Zone(x.TimeZone)
				if !ok {
					zone = time.UTC
				}
				left, _ := board.CalendarIn(zone).Until(x.PromisedOn, now)
				r.Kind, r.DueOn, r.DueIn = "blocker.promised", x.PromisedOn, &left
			}
		case x.OnACard:
			r.Kind, r.Who = "card.waits", ""
			if x.OnKey != "" {
				r.Other = &Other{Key: x.OnKey, Title: x.OnTitle, Column: x.OnColumn, BoardID: x.OnID}
			}
		}
		out = append(out, r)
	}
	asked, err := ask.OpenOf(q, v)
	for _, x := range asked {
		at := x.RaisedAt
		r := Row{Part: Awaited, Kind: "ask.unanswered", ID: x.ID, Title: x.Title, TeamName: x.TeamName, At: &at, Link: "/ask?ask=" + x.ID}
		switch {
		case x.Started:
			r.Kind = "ask.started"
		case x.State == ask.Accepted:
			r.Kind = "ask.accepted"
		}
		out = append(out, r)
	}
	if err != nil {
		return nil, err
	}
	back, err := a.lists.AskingIn(q, v, now)
	for _, x := range back {
		at := x.At
		r := Row{Part: Awaited, Kind: "checklist.asked_back", ID: x.ListID + "." + x.Item, Title: x.Name, Text: glimpse(x.Text), Key: x.CardKey, BoardID: x.BoardID, TeamName: x.TeamName,
			Item: x.Item, Question: x.Question, At: &at, Link: "/checklists/" + x.ListID + "?item=" + x.Item}
		if x.Of != nil {
			r.Who, r.Hue = x.Of.Name, &x.Of.Hue
		}
		out = append(out, r)
	}
	return out, err
}
