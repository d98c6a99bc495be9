package standup

import (
	"context"
	"encoding/json"
	"time"

	"trestle/server/event"
	"trestle/server/notice"
	"trestle/server/outbox"
	"trestle/server/store"
)

// WrittenJob is the kind under which what is to be done for a standup in writing waits in the outbox.
const WrittenJob = "standup.written"

const (
	planAhead = 26 * time.Hour   // a day is planned so long before the first one is asked
	planLate  = 30 * time.Minute // and at most so long after
)

type writtenJob struct {
	DigestID string `json:"digestId"`
	At       int64  `json:"at"`
}

// PlanWritten makes the coming days of all standups in writing, and looks whether somebody's hour has moved since.
func (s *Service) PlanWritten(ctx context.Context) error {
	found, err := seriesOn(s.store.Rows(ctx), "s.mode = ? AND b.archived_at IS NULL", Async)
	if err != nil {
		return err
	}
	for _, r := range found {
		if err := s.alone(ctx, r.ID, (*sitting).look); err != nil {
			return err
		}
	}
	return nil
}

func (w *sitting) look() error {
	open, err := readDigests(w.tx.Query, "d.series_rid = ? AND d.state = 'open'", w.r.RID)
	for _, g := range open {
		if err == nil {
			err = w.turn(g)
		}
	}
	if err == nil {
		err = w.plan()
	}
	return err
}

// alone is the corridor of what happens to a series by itself.
func (s *Service) alone(ctx context.Context, id string, fn func(w *sitting) error) error {
	return store.Do(store.As(ctx, "", ""), s.store, []string{event.StandupTopic(id)}, func(tx *store.Tx) error {
		r, err := readSeries(tx.Query, "s.id = ?", id)
		if err != nil || r == nil {
			return err
		}
		w := &sitting{s: s, tx: tx, r: r}
		l, err := s.boards.LayoutTx(tx, r.BoardID)
		if err != nil || l == nil {
			return err
		}
		w.seen.Layout = l
		return fn(w)
	})
}

// plan makes the days whose first question comes soon. What is made already stays as it is.
func (w *sitting) plan() error {
	if w.r.Mode != Async || w.r.Plan == nil {
		return nil
	}
	now := w.tx.Now
	y, m, d := now.In(w.r.location()).Date()
	for i := -1; i <= 2; i++ {
		day := time.Date(y, m, d+i, 0, 0, 0, 0, time.UTC)
		list, err := w.prompts(day)
		if err != nil {
			return err
		}
		if len(list) == 0 || list[0].At.After(now.Add(planAhead)) || list[0].At.Before(now.Add(-planLate)) {
			continue
		}
		known, err := readDigests(w.tx.Query, "d.series_rid = ? AND d.day = ?", w.r.RID, day.Format(time.DateOnly))
		if err != nil {
			return err
		}
		if len(known) > 0 && known[0].State != digestVoid {
			continue
		}
		g := &digest{SeriesRID: w.r.RID, ID: store.NewID("dig"), Day: day.Format(time.DateOnly), State: digestOpen, Due: store.Ms(w.r.due(list))}
		if len(known) > 0 {
			g, g.State = known[0], digestOpen
		} else if g.RID, err = w.tx.Insert("INSERT INTO standup_digests (id, series_rid, day, state, due_at, turn_at) VALUES (?,?,?,?,?,?)", g.ID, g.SeriesRID, g.Day, g.State, g.Due, 0); err != nil {
			return err
		}
		if err := w.turnAt(g, list[0].At); err != nil {
			return err
		}
	}
	return nil
}

// replan lets open days look at changed settings at once.
func (w *sitting) replan() error {
	open, err := readDigests(w.tx.Query, "d.series_rid = ? AND d.state = 'open'", w.r.RID)
	for _, g := range open {
		if err == nil {
			err = w.turnAt(g, w.tx.Now)
		}
	}
	if err == nil {
		err = w.plan()
	}
	return err
}

// turnAt says when something is to be done for a day next.
func (w *sitting) turnAt(g *digest, at time.Time) error {
	if at.Before(w.tx.Now) {
		at = w.tx.Now
	}
	g.TurnAt = store.Ms(at)
	if err := saveDigest(w.tx, g); err != nil {
		return err
	}
	return w.tx.Enqueue(WrittenJob, "", writtenJob{g.ID, g.TurnAt}, at)
}

// turn does what is due for a day: asks whose hour has come, reminds who is late, sends the digest.
func (s *Service) turn(ctx context.Context, j outbox.Job) error {
	var job writtenJob
	if err := json.Unmarshal(j.Payload, &job); err != nil {
		return outbox.Permanent(err)
	}
	var id string
	if found, err := s.store.Rows(ctx).Row([]any{&id}, "SELECT s.id FROM standup_digests d JOIN standup_series s ON s.rid = d.series_rid WHERE d.id = ?", job.DigestID); err != nil || !found {
		return err
	}
	return s.alone(ctx, id, func(w *sitting) error {
		list, err := readDigests(w.tx.Query, "d.id = ?", job.DigestID)
		if err != nil || len(list) == 0 || list[0].State != digestOpen || list[0].TurnAt != job.At {
			return err // done, or another job has taken its place
		}
		return w.turn(list[0])
	})
}

func (w *sitting) turn(g *digest) error {
	day, err := time.Parse(time.DateOnly, g.Day)
	if err != nil {
		return outbox.Permanent(err)
	}
	answers, err := answersOf(w.tx.Query, g.RID)
	if err != nil {
		return err
	}
	var list []prompt
	if w.r.Mode == Async && w.seen.Layout.ArchivedAt == nil {
		if list, err = w.prompts(day); err != nil {
			return err
		}
	}
	if len(list) == 0 { // it is no longer written, or not on this day
		if len(answers) > 0 {
			return w.send(g, answers)
		}
		g.State = digestVoid
		if err := saveDigest(w.tx, g); err != nil {
			return err
		}
		return w.plan()
	}
	now, changed := w.tx.Now, false
	due := w.r.due(list)
	g.Due = store.Ms(due)
	next := due
	for _, p := range list {
		a := answerOf(answers, p.PersonID)
		if a == nil {
			if p.At.After(now) {
				next = earlier(next, p.At)
				continue
			}
			if a, err = w.question(g, p.PersonID, due); err != nil {
				return err
			}
			answers, changed = append(answers, a), true
		}
		if a.Answered != nil || a.RemindedAt != nil {
			continue
		}
		if at := w.r.remindAt(store.At(a.AskedAt)); at.After(now) {
			next = earlier(next, at)
		} else if now.Before(due) {
			if err := w.remind(g, a, due); err != nil {
				return err
			}
		}
	}
	if !now.Before(due) {
		return w.send(g, answers)
	}
	if err := w.turnAt(g, next); err != nil {
		return err
	}
	if changed {
		_, err = w.tell("standup.asked")
	}
	return err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// question asks somebody.
func (w *sitting) question(g *digest, personID string, due time.Time) (*answer, error) {
	if err := w.begin(g); err != nil {
		return nil, err
	}
	a := &answer{PersonID: personID, AskedAt: store.Ms(w.tx.Now)}
	if _, err := w.tx.Insert("INSERT INTO standup_answers (digest_rid, person_id, asked_at) VALUES (?,?,?)", g.RID, a.PersonID, a.AskedAt); err != nil {
		return nil, err
	}
	return a, w.write(personID, w.r.Name+": what finishes next, what could use help? The digest goes out "+w.when(personID, due))
}

func (w *sitting) remind(g *digest, a *answer, due time.Time) error {
	ms := store.Ms(w.tx.Now)
	a.RemindedAt = &ms
	if _, err := w.tx.Exec("UPDATE standup_answers SET reminded_at = ? WHERE digest_rid = ? AND person_id = ?", ms, g.RID, a.PersonID); err != nil {
		return err
	}
	return w.write(a.PersonID, w.r.Name+": your words are still missing. The digest goes out "+w.when(a.PersonID, due))
}

func (w *sitting) write(personID, title string) error {
	return notice.Post(w.tx, notice.Note{Kind: "standup.asked", To: []string{personID}, BoardID: w.r.BoardID, Title: title, Link: "/standup/" + w.r.ID})
}
