package today

import (
	"context"
	"time"

	"trestle/server/ask"
	"trestle/server/store"
	"trestle/server/who"
)

// asks are what others want of my teams, and what was asked back about my own.
type asks struct{ asks *ask.Service }

func (a asks) Rows(_ context.Context, q *store.Query, v who.Viewer, _ time.Time) ([]Row, error) {
	toTeams, mine, err := a.asks.Waiting(q, v)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, x := range toTeams {
		at := x.RaisedAt
		r := Row{Part: Waiting, Kind: "ask.raised", ID: x.ID, Title: x.Title, Who: x.ByName, Key: x.CardKey, TeamName: x.TeamName, At: &at, Link: "/c/" + x.CardKey}
		path := "/asks/" + x.ID
		if x.State == ask.Raised {
			r.Actions = append(r.Actions, Action{Word: "Accept", Post: path + "/accept", Undo: path + "/reopen", Done: "Accepted: " + x.Title})
		} else {
			r.Kind = "ask.times_proposed"
		}
		if x.Taken == nil {
			r.Times = x.Times
		}
		out = append(out, r)
	}
	for _, x := range mine {
		out = append(out, Row{Part: Waiting, Kind: "ask.questioned", ID: x.ID, Title: x.Question, Text: x.Title, Who: x.SettledBy, TeamName: x.TeamName,
			At: x.SettledAt, Link: "/ask?ask=" + x.ID})
	}
	return out, nil
}
