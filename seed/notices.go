package seed

import (
	"time"

	"trestle/server/event"
	"trestle/server/notice"
	"trestle/server/store"
)

// said is what a colleague asked in a comment this morning.
type said struct {
	by, to string
	column int
	text   string
}

var asked = []said{
	{"bo", "ana", review, "Ana, can you say when the migration is safe to run? I would like to have it out of the way before the sale."},
	{"dara", "ana", review, "Ana, the token is logged in plain text on the error path. Could you look before this goes out?"},
	{"ana", "bo", build, "Bo, which of the two clusters gets this first?"},
	{"ana", "dara", build, "Dara, does this need your eyes, or is last week's review enough?"},
}

// notices leaves something in the inboxes of those who are shown: a question in a comment, and its notice.
func (t *table) notices() error {
	if t.crew.key != "CHK" {
		return nil
	}
	for i, q := range asked {
		in := t.oldest(q.column)
		if len(in) == 0 {
			continue
		}
		p := in[i%len(in)]
		t.s.clock.Set(t.s.now.Add(time.Duration(4*i-20) * time.Minute))
		c, err := t.s.rooms.Cards.Comment(t.as(q.by), p.id, q.text)
		if err != nil {
			return err
		}
		note := notice.Note{Kind: "card.mentioned", To: []string{t.s.people[q.to].PersonID}, TeamID: t.l.TeamID, BoardID: t.l.ID, CardID: p.id, CardKey: c.Card.Key,
			Title: "Somebody asks you something on " + c.Card.Key, Text: q.text, Link: "/c/" + c.Card.Key}
		if err := store.Do(t.as(q.by), t.s.rooms.Store, []string{event.BoardTopic(t.l.ID)}, func(tx *store.Tx) error { return notice.Post(tx, note) }); err != nil {
			return err
		}
	}
	return nil
}
