package today

import (
	"context"
	"strings"
	"time"

	"trestle/server/checklist"
	"trestle/server/store"
	"trestle/server/text"
	"trestle/server/who"
)

// checklists are what liaison checklists wait for from me: a line for each checklist and reason.
type checklists struct{ lists *checklist.Service }

func (c checklists) Rows(_ context.Context, q *store.Query, v who.Viewer, now time.Time) ([]Row, error) {
	all, err := c.lists.AwaitingIn(q, v, now)
	var out []Row
	for _, x := range all {
		at, n := x.At, x.Count
		r := Row{Part: Waiting, Kind: "checklist." + x.Why, ID: x.ListID + "." + x.Why, Title: x.Name, Text: glimpse(x.Text), Key: x.CardKey, BoardID: x.BoardID, TeamName: x.TeamName,
			Item: x.Item, Question: x.Question, At: &at, Count: &n, Link: "/checklists/" + x.ListID + "?item=" + x.Item}
		if x.By != nil {
			r.Who, r.Hue = x.By.Name, &x.By.Hue
		}
		out = append(out, r)
	}
	return out, err
}

// glimpse is the beginning of an answer, in one line: its checklist has all of it.
func glimpse(s string) string {
	const most = 200
	r := []rune(text.Line(s))
	if len(r) <= most {
		return string(r)
	}
	return strings.TrimSpace(string(r[:most-1])) + "…"
}
