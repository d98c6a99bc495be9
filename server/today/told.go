package today

import (
	"context"
	"slices"
	"strings"
	"time"

	"trestle/server/card"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/who"
)

// mentions are the unread ones, each until its notice is read, here or in the inbox.
type mentions struct{ notices *notice.Service }

func (m mentions) Rows(_ context.Context, q *store.Query, v who.Viewer, _ time.Time) ([]Row, error) {
	unread, err := m.notices.UnreadOf(q, v, "card.mentioned")
	var out []Row
	for _, n := range unread {
		at := n.At
		r := Row{Part: Waiting, Kind: n.Kind, ID: n.ID, Title: n.CardTitle, Text: n.Text, Who: n.ActorName, Key: n.CardKey, BoardID: n.BoardID, At: &at, Link: n.Link}
		if n.BoardID != "" && n.CardKey != "" {
			r.Link = boardLink(n.BoardID, "card="+n.CardKey)
		}
		// whoever opens the card reads what else it says to them
		for _, x := range unread {
			if x.ID == n.ID || (x.CardID != "" && x.CardID == n.CardID) {
				r.Notices = append(r.Notices, x.ID)
			}
		}
		only := map[string]any{"ids": []string{n.ID}}
		r.Actions = []Action{{Word: "Mark read", Post: "/notices/read", Body: only, Undo: "/notices/unread", UndoBody: only, Done: "Read"}}
		out = append(out, r)
	}
	return out, err
}

// raised are the open blockers that somebody raised to me and that I have not said to have.
type raised struct{ cards *card.Service }

func (b raised) Rows(_ context.Context, q *store.Query, v who.Viewer, now time.Time) ([]Row, error) {
	all, err := b.cards.RaisedTo(q, v, v.PersonID)
	var out []Row
	for _, x := range all {
		at := x.At
		out = append(out, Row{Part: Waiting, Kind: "blocker.raised", ID: x.ID, Title: x.Title, Text: x.Reason, Who: x.ByName, Key: x.Key, BoardID: x.Layout.ID,
			BoardName: x.Layout.Name, TeamName: x.Layout.TeamName, At: &at, Link: boardLink(x.Layout.ID, "card="+x.Key), Days: daysFrom(now.In(x.Layout.Location()))})
	}
	return out, err
}

// daysFrom are the days that are promised most often: today, tomorrow, the Monday after.
func daysFrom(now time.Time) []string {
	monday := 1 + (7-int(now.Weekday()))%7
	out := []string{now.Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly)}
	if monday > 1 {
		out = append(out, now.AddDate(0, 0, monday).Format(time.DateOnly))
	}
	return out
}

// noticed names for each row the unread notices that tell the same: whoever has answered the row has read them.
func (s *Service) noticed(q *store.Query, v who.Viewer, rows []Row) error {
	told := map[string]string{"ask.raised": "ask.raised", "ask.times_proposed": "ask.raised", "blocker.raised": "blocker.raised",
		"checklist.pushed_back": "checklist.pushed_back", "checklist.to_confirm": "checklist.to_confirm", "checklist.to_understand": "checklist.answered"}
	if !slices.ContainsFunc(rows, func(r Row) bool { return told[r.Kind] != "" }) {
		return nil
	}
	unread, err := s.notices.UnreadOf(q, v, "ask.raised", "blocker.raised", "checklist.pushed_back", "checklist.to_confirm", "checklist.answered")
	for i := range rows {
		page, _, _ := strings.Cut(rows[i].Link, "?")
		for _, n := range unread {
			if n.Kind != told[rows[i].Kind] {
				continue
			}
			if strings.HasPrefix(n.Kind, "checklist.") && strings.HasPrefix(n.Link, page+"?") || n.CardKey != "" && n.CardKey == rows[i].Key && rows[i].Item == "" {
				rows[i].Notices = append(rows[i].Notices, n.ID)
			}
		}
	}
	return err
}
