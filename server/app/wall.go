package app

import (
	"context"
	"slices"
	"strings"

	"trestle/server/flow"
	"trestle/server/launch"
	"trestle/server/store"
	"trestle/server/today"
	"trestle/server/who"
)

// beside is what the wall shows of the rooms that come after flow.
type beside struct{ r *rooms }

// decisions are the rows of somebody's Today that ask for an answer; what one merely reads or does oneself is not on the
// wall.
var decisions = []string{"blocker.raised", "ask.raised", "ask.times_proposed", "ask.questioned"}

func (b beside) Waiting(ctx context.Context) (out []flow.Waiting, err error) {
	if v := who.From(ctx); v.PersonID == "" || v.TeamID != "" { // a screen, or a team's token: nothing waits for it
		return nil, nil
	}
	t, err := b.r.today.Of(ctx, "mine", today.Waiting)
	for _, x := range t.Waiting {
		if !slices.Contains(decisions, x.Kind) && !strings.HasPrefix(x.Kind, "checklist.") {
			continue
		}
		w := flow.Waiting{Kind: x.Kind, ID: x.ID, Title: x.Title, Text: x.Text, Who: x.Who, Key: x.Key, BoardID: x.BoardID, BoardName: x.BoardName,
			TeamName: x.TeamName, At: x.At, Link: x.Link, Days: x.Days}
		for _, a := range x.Actions {
			w.Actions = append(w.Actions, flow.WaitingAct{Word: a.Word, Post: a.Post, Body: a.Body, Undo: a.Undo, Back: a.UndoBody, Done: a.Done})
		}
		out = append(out, w)
	}
	return out, err
}

func (b beside) Launching(ctx context.Context, q *store.Query, from, to string) (out []flow.Launching, err error) {
	all, err := b.r.launches.Coming(q, who.From(ctx), from, to, "")
	for _, l := range all {
		if l.State == launch.Planned {
			out = append(out, flow.Launching{TeamID: l.Checklist.Team.ID, On: l.Checklist.LaunchOn})
		}
	}
	return out, err
}
