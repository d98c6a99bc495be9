package standup

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/notice"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/text"
	"trestle/server/who"
)

// Summary is a meeting in words.
type Summary struct {
	Markdown string `json:"markdown"`
}

// summaryEvents bounds how much of the board's record is read for one meeting.
const summaryEvents = 5000

// SummaryOf tells a meeting, also one that still runs.
func (s *Service) SummaryOf(ctx context.Context, meetingID string) (out Summary, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		list, err := readMeetings(q, "m.id = ?", meetingID)
		if err != nil {
			return err
		}
		if len(list) != 1 {
			return fault.NotFound("meeting")
		}
		r, err := readSeries(q, "s.rid = ?", list[0].SeriesRID)
		if err != nil {
			return err
		}
		seen, err := s.boards.See(q, who.From(ctx), r.BoardID)
		if fault.Is(err, "not_found") {
			return fault.NotFound("meeting")
		}
		if err != nil {
			return err
		}
		if list[0].Mode == Async {
			days, err := readDigests(q, "d.meeting_rid = ?", list[0].RID)
			if err == nil && len(days) == 1 {
				out.Markdown, _, err = digestWords(q, r, days[0])
			}
			return err
		}
		d, err := happened(q, seen.Layout, r, list[0])
		if err == nil {
			out.Markdown = d.markdown()
		}
		return err
	})
	return out, err
}

// publish tells the team what a meeting brought, unless it never left its first step.
func (w *sitting) publish(m *meeting) error {
	d, err := happened(w.tx.Query, w.seen.Layout, w.r, m)
	if err != nil || !slices.ContainsFunc(d.steps, func(p step) bool { return p.N > 0 && p.ShownAt != nil }) {
		return err
	}
	to, err := team.People(w.tx.Query, w.r.TeamID, team.Viewer)
	if err != nil {
		return err
	}
	return notice.Post(w.tx, notice.Note{Kind: "standup.summary", To: to, TeamID: w.r.TeamID, BoardID: w.r.BoardID, Title: "Summary of " + w.r.Name + ": " + d.inShort(),
		Markdown: d.markdown(), Link: "/standup/" + w.r.ID + "/summary/" + m.ID})
}

// account of a meeting: what was done on the board meanwhile, as it was called then.
type done struct {
	r       *series
	m       *meeting
	steps   []step
	helpers []helper
	in      []present
	people  map[string]account.Person
	parked  []parked             // here, or settled here
	waiting []parked             // from before, and still open
	cards   map[string]card.Face // by id: key and title, as the board's record has them

	blocked, unblocked, moved, owned, said []string // lines
}

func happened(q *store.Query, l *board.Layout, r *series, m *meeting) (*done, error) {
	d := &done{r: r, m: m, cards: map[string]card.Face{}}
	var err error
	if d.steps, err = stepsOf(q, m.RID); err != nil {
		return nil, err
	}
	if d.helpers, err = helpersOf(q, m.RID); err != nil {
		return nil, err
	}
	if d.in, err = presentIn(q, m.RID); err != nil {
		return nil, err
	}
	if d.parked, err = readParked(q, "meeting_rid = ? OR settled_in = ?", m.RID, m.RID); err != nil {
		return nil, err
	}
	until := int64(math.MaxInt64) // what is settled after it was open then
	if m.EndedAt != nil {
		until = *m.EndedAt
	}
	if d.waiting, err = readParked(q, `series_rid = ? AND COALESCE(since, at) < ? AND (settled_at IS NULL OR settled_at > ?) AND (meeting_rid IS NULL OR meeting_rid <> ?)
		AND (settled_in IS NULL OR settled_in <> ?)`, r.RID, m.StartedAt, until, m.RID, m.RID); err != nil {
		return nil, err
	}
	var ids, cards []string
	for _, h := range d.helpers {
		ids, cards = append(ids, h.PersonID), append(cards, h.CardID)
	}
	for _, p := range d.in {
		ids = append(ids, p.PersonID)
	}
	for _, p := range slices.Concat(d.parked, d.waiting) {
		ids, cards = append(append(ids, p.People...), p.MeetPeople...), append(cards, p.CardID)
	}
	for _, p := range d.steps {
		ids, cards = append(ids, p.PersonID), append(cards, p.CardID)
	}
	events, err := d.record(q, l.ID)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		ids, cards = append(ids, e.Card.OwnerIDs...), append(cards, e.Card.ID)
	}
	if d.people, err = account.PeopleByID(q, ids); err != nil {
		return nil, err
	}
	for _, id := range cards {
		if _, known := d.cards[id]; known || id == "" {
			continue
		}
		c := card.Face{ID: id}
		if _, err := q.Row([]any{&c.Key, &c.Title}, "SELECT key, title FROM cards WHERE id = ?", id); err != nil {
			return nil, err
		}
		d.cards[id] = c
	}
	return d, d.tell(q, l, events)
}

// line is what the summary reads of one of the board's events.
type line struct {
	Type      string           `json:"-"`
	Actor     string           `json:"-"`
	Card      card.Face        `json:"card"`
	Fields    []string         `json:"fields"`
	CommentID string           `json:"commentId"`
	Blocker   card.BlockerFace `json:"blocker"`
}

var told = []string{"card.blocked", "card.unblocked", "card.moved", "card.updated", "card.commented"}

// record reads the board's events of the meeting.
func (d *done) record(q *store.Query, boardID string) (out []line, err error) {
	for since, read := d.m.SeqFrom, 0; read < summaryEvents; {
		page, err := store.EventsIn(q, event.BoardTopic(boardID), since, 500)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			if d.m.SeqTo != nil && e.Seq > *d.m.SeqTo {
				return out, nil
			}
			since = e.Seq
			if !slices.Contains(told, e.Type) {
				continue
			}
			x := line{Type: e.Type, Actor: e.ActorID}
			if err := json.Unmarshal(e.Data, &x); err != nil {
				continue // erased on request
			}
			out = append(out, x)
		}
		if read += len(page); len(page) < 500 {
			return out, nil
		}
	}
	return out, nil
}

// tell turns the events into lines, the last of each card and kind.
func (d *done) tell(q *store.Query, l *board.Layout, events []line) error {
	put := func(into *[]string, cardID, words string) {
		*into = slices.DeleteFunc(*into, func(s string) bool { return strings.HasPrefix(s, d.name(cardID)) })
		*into = append(*into, d.name(cardID)+words)
	}
	for _, e := range events {
		switch e.Type {
		case "card.blocked":
			put(&d.blocked, e.Card.ID, ": "+text.Quote(e.Blocker.Reason))
		case "card.unblocked":
			if len(e.Card.Blockers) == 0 {
				put(&d.unblocked, e.Card.ID, "")
			}
		case "card.moved":
			if col := l.Column(e.Card.ColumnID); col != nil {
				put(&d.moved, e.Card.ID, " → "+text.Quote(col.Name))
			}
		case "card.updated":
			if slices.Contains(e.Fields, "ownerIds") {
				put(&d.owned, e.Card.ID, ": "+d.names(e.Card.OwnerIDs))
			}
		case "card.commented":
			var by, words string
			found, err := q.Row([]any{&by, &words}, "SELECT author_name, text FROM comments WHERE id = ? AND removed_at IS NULL", e.CommentID)
			if err != nil {
				return err
			}
			if found && !strings.HasPrefix(words, helps) {
				d.said = append(d.said, d.name(e.Card.ID)+": "+text.Quote(words)+" ("+text.Quote(by)+")")
			}
		}
	}
	return nil
}
