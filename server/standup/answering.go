package standup

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// maxAnswer is how long the answer to one question may be.
const maxAnswer = 1000

// Written is a standup in writing: the day that is written on now, else the last one.
type Written struct {
	Digest *DigestView `json:"digest,omitempty" doc:"Absent before the first one"`
	NextAt *time.Time  `json:"nextAt,omitempty" doc:"When the next day begins, by the series' clock"`
}

// DigestView is one day: the same for everybody who may see the board.
type DigestView struct {
	ID        string       `json:"id"`
	Day       string       `json:"day" doc:"2026-11-30"`
	State     string       `json:"state" enum:"open,sent"`
	Since     *time.Time   `json:"since,omitempty" doc:"From when the facts count"`
	DueAt     time.Time    `json:"dueAt" doc:"When it goes out; until then answers may be changed"`
	MeetingID string       `json:"meetingId,omitempty" doc:"Once sent: its page is the summary of this meeting"`
	Answers   []AnswerView `json:"answers" doc:"Who was asked, those who answered first"`
}

// AnswerView is what somebody wrote, and what the record says of their cards.
type AnswerView struct {
	Person     Named      `json:"person"`
	Discipline string     `json:"discipline"`
	AskedAt    time.Time  `json:"askedAt"`
	AnsweredAt *time.Time `json:"answeredAt,omitempty"`
	Finishes   string     `json:"finishes,omitempty"`
	Help       string     `json:"help,omitempty"`
	Hear       string     `json:"hear,omitempty"`
	Facts      Facts      `json:"facts"`
}

// DigestLine is a day in a series' view: how far it is.
type DigestLine struct {
	ID       string    `json:"id"`
	Day      string    `json:"day"`
	DueAt    time.Time `json:"dueAt"`
	Asked    int       `json:"asked"`
	Answered int       `json:"answered"`
}

// NewAnswer is what somebody writes; all empty takes it back.
type NewAnswer struct {
	Finishes string `json:"finishes,omitempty" required:"false" maxLength:"1000" doc:"What finishes next"`
	Help     string `json:"help,omitempty" required:"false" maxLength:"1000" doc:"What could use help"`
	Hear     string `json:"hear,omitempty" required:"false" maxLength:"1000" doc:"What operations or security should hear before it hurts"`
}

// WrittenOf reads the day that is written on now, else the last one.
func (s *Service) WrittenOf(ctx context.Context, id string) (out Written, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		r, seen, err := s.see(q, who.From(ctx), id)
		if err == nil {
			out, err = written(q, seen.RID, r, s.store.Now())
		}
		return err
	})
	return out, err
}

func written(q *store.Query, boardRID int64, r *series, now time.Time) (out Written, err error) {
	g, err := openDigest(q, r.RID)
	if err != nil {
		return out, err
	}
	if g == nil {
		list, err := readDigests(q, "d.series_rid = ? AND d.state = 'sent' ORDER BY d.day DESC LIMIT 1", r.RID)
		if err != nil {
			return out, err
		}
		if len(list) > 0 {
			g = list[0]
		}
	}
	if r.Mode == Async {
		out.NextAt = r.nextOf(now, nil)
	}
	if g == nil {
		return out, nil
	}
	out.Digest, err = digestView(q, boardRID, g)
	return out, err
}

func digestView(q *store.Query, boardRID int64, g *digest) (*DigestView, error) {
	v := &DigestView{ID: g.ID, Day: g.Day, State: g.State, DueAt: store.At(g.Due), Answers: []AnswerView{}}
	if g.Since > 0 {
		v.Since = store.AtPtr(&g.Since)
	}
	if g.SentAt != nil {
		v.DueAt = store.At(*g.SentAt)
	}
	if g.MeetingRID != nil {
		if _, err := q.Row([]any{&v.MeetingID}, "SELECT id FROM standup_meetings WHERE rid = ?", *g.MeetingRID); err != nil {
			return nil, err
		}
	}
	list, err := answersOf(q, g.RID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(list))
	for _, a := range list {
		ids = append(ids, a.PersonID)
	}
	people, err := account.PeopleByID(q, ids)
	if err != nil {
		return nil, err
	}
	var facts map[string]*Facts
	if g.State == digestOpen {
		if facts, err = factsOf(q, boardRID, ids, store.At(g.Since)); err != nil {
			return nil, err
		}
	}
	for _, a := range list {
		p := people[a.PersonID]
		x := AnswerView{Person: Named{p.ID, p.Name}, Discipline: p.Discipline, AskedAt: store.At(a.AskedAt), AnsweredAt: store.AtPtr(a.Answered),
			Finishes: a.Finishes, Help: a.Help, Hear: a.Hear, Facts: factsThen(a.Facts)}
		if f := facts[a.PersonID]; f != nil {
			x.Facts = *f
		}
		v.Answers = append(v.Answers, x)
	}
	slices.SortStableFunc(v.Answers, func(a, b AnswerView) int {
		if (a.AnsweredAt == nil) != (b.AnsweredAt == nil) {
			if a.AnsweredAt != nil {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Person.Name, b.Person.Name)
	})
	return v, nil
}

// Answer writes down somebody's words; until the digest goes out they may be changed. Who is in the circle may write
// before their hour, too.
func (s *Service) Answer(ctx context.Context, id string, n NewAnswer) (Written, error) {
	for at, text := range map[string]*string{"body.finishes": &n.Finishes, "body.help": &n.Help, "body.hear": &n.Hear} {
		if *text = strings.TrimSpace(*text); utf8.RuneCountInString(*text) > maxAnswer {
			return Written{}, fault.Invalid(at, "An answer has at most %d characters", maxAnswer)
		}
	}
	_, err := s.on(ctx, id, toJoin, nil, func(w *sitting) (string, error) {
		circle, err := w.circle()
		if err != nil {
			return "", err
		}
		if !slices.Contains(circle, w.v.PersonID) {
			return "", fault.Forbidden("Only who works in this team, its liaisons and who is on call are asked.")
		}
		g, err := openDigest(w.tx.Query, w.r.RID)
		if err != nil {
			return "", err
		}
		if g == nil || !w.tx.Now.Before(store.At(g.Due)) {
			return "", fault.Conflict("digest_sent", "Nobody is asked now. Your words have their place in the next digest.")
		}
		answers, err := answersOf(w.tx.Query, g.RID)
		if err != nil {
			return "", err
		}
		now, a := store.Ms(w.tx.Now), answerOf(answers, w.v.PersonID)
		if a == nil {
			if err := w.begin(g); err != nil {
				return "", err
			}
			a = &answer{PersonID: w.v.PersonID}
			if _, err := w.tx.Insert("INSERT INTO standup_answers (digest_rid, person_id, asked_at) VALUES (?,?,?)", g.RID, a.PersonID, now); err != nil {
				return "", err
			}
		}
		said := &now
		if n == (NewAnswer{}) {
			said = nil
		}
		if a.Finishes == n.Finishes && a.Help == n.Help && a.Hear == n.Hear && (a.Answered == nil) == (said == nil) {
			return "", nil
		}
		_, err = w.tx.Exec("UPDATE standup_answers SET finishes = ?, help = ?, hear = ?, answered_at = ? WHERE digest_rid = ? AND person_id = ?",
			n.Finishes, n.Help, n.Hear, said, g.RID, w.v.PersonID)
		return "standup.answered", err
	})
	if err != nil {
		return Written{}, err
	}
	return s.WrittenOf(ctx, id) // read, and not carried out of the write: a request that is sent again is not written again
}

// begin says since when the facts of a day count: with its first question.
func (w *sitting) begin(g *digest) error {
	if g.Since != 0 {
		return nil
	}
	since, err := w.since()
	if err != nil {
		return err
	}
	g.Since = store.Ms(since)
	return saveDigest(w.tx, g)
}

// digestLine is how far the day is, nil when none is open.
func digestLine(q *store.Query, seriesRID int64) (*DigestLine, error) {
	g, err := openDigest(q, seriesRID)
	if err != nil || g == nil {
		return nil, err
	}
	x := &DigestLine{ID: g.ID, Day: g.Day, DueAt: store.At(g.Due)}
	_, err = q.Row([]any{&x.Asked, &x.Answered}, "SELECT COUNT(*), COUNT(answered_at) FROM standup_answers WHERE digest_rid = ?", g.RID)
	return x, err
}
