package seed

import (
	"time"

	"trestle/server/notice"
)

// asked is what colleagues asked in comments this morning.
var asked = []struct {
	by     string
	column int
	text   string
}{
	{"bo", review, "@Ana Ruiz can you say when the migration is safe to run? I would like to have it out of the way before the sale."},
	{"dara", review, "@Ana Ruiz the token is logged in plain text on the error path. Could you look before this goes out?"},
	{"ana", build, "@Bo Lind which of the two clusters gets this first?"},
	{"ana", build, "@Dara Quinn does this need your eyes, or is last week's review enough?"},
}

// notices leaves something in the inboxes of those who are shown: a colleague names them in a comment.
func (t *table) notices() error {
	if t.crew.key != "CHK" {
		return nil
	}
	for i, q := range asked {
		in := t.oldest(q.column)
		if len(in) == 0 {
			continue
		}
		t.s.clock.Set(t.s.now.Add(time.Duration(4*i-20) * time.Minute))
		if _, err := t.s.rooms.Cards.Comment(t.as(q.by), in[i%len(in)].id, q.text); err != nil {
			return err
		}
	}
	return nil
}

// chosen is what somebody has made of their notices: Yuki hears at once what becomes theirs, and nothing of what they
// only follow.
func (s *story) chosen() error {
	_, err := s.rooms.Notices.Choose(s.as("yuki"), notice.Choices{Ways: map[string]notice.Way{"card.assigned": notice.ByMail, "card.watched": notice.Off}})
	return err
}
