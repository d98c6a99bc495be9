package app

import (
	"context"

	"trestle/server/flow"
	"trestle/server/launch"
	"trestle/server/store"
	"trestle/server/who"
)

// beside is what the wall shows of the rooms that come after flow.
type beside struct{ r *rooms }

func (b beside) Waiting(ctx context.Context) (out []flow.Waiting, whole bool, err error) {
	if v := who.From(ctx); v.PersonID == "" || v.TeamID != "" { // a screen, or a team's token: nothing waits for it
		return nil, true, nil
	}
	rows, whole, err := b.r.today.Decisions(ctx)
	for _, x := range rows {
		w := flow.Waiting{Kind: x.Kind, ID: x.ID, Title: x.Title, Text: x.Text, Who: x.Who, Hue: x.Hue, Key: x.Key, BoardID: x.BoardID, BoardName: x.BoardName,
			TeamName: x.TeamName, Column: x.Column, Item: x.Item, Question: x.Question, Count: x.Count, At: x.At, Link: x.Link, Times: x.Times, Days: x.Days, Notices: x.Notices}
		for _, a := range x.Actions {
			w.Actions = append(w.Actions, flow.WaitingAct{Word: a.Word, Post: a.Post, Body: a.Body, Undo: a.Undo, Back: a.UndoBody, Done: a.Done})
		}
		out = append(out, w)
	}
	return out, whole, err
}

func (b beside) Launching(ctx context.Context, q *store.Query, from, to string) (out []flow.Launching, err error) {
	all, err := b.r.launches.Coming(q, who.From(ctx), from, to, "")
	for _, l := range all {
		if l.State == launch.Planned {
			out = append(out, flow.Launching{TeamID: l.Checklist.Team.ID, On: l.Checklist.LaunchOn, Blocking: l.Checklist.Blocking})
		}
	}
	return out, err
}
