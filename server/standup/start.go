package standup

import (
	"context"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// SetUp gives a board its series without starting it, or answers the one it has; for leads.
func (s *Service) SetUp(ctx context.Context, boardID string) (View, error) {
	return s.onBoard(ctx, boardID, toLead, func(*sitting) (string, error) { return "", nil })
}

// Start begins the meeting of a board's series, which the first start makes; any worker may. When one runs already,
// that one is answered, with whoever asked in it: two who press at once have one meeting.
func (s *Service) Start(ctx context.Context, boardID, seriesID string) (View, error) {
	if (boardID == "") == (seriesID == "") {
		return View{}, fault.Invalid("body.boardId", "Name a board or a series")
	}
	if boardID == "" {
		r, _, err := s.see(s.store.Rows(ctx), who.From(ctx), seriesID)
		if err != nil {
			return View{}, err
		}
		boardID = r.BoardID
	}
	return s.onBoard(ctx, boardID, toDrive, func(w *sitting) (string, error) {
		if w.m != nil {
			if came, err := w.come(); err != nil || !came {
				return "", err
			}
			return "standup.joined", nil
		}
		return "standup.started", w.start()
	})
}

// onBoard is the corridor for a series that may have to be made first. It holds the board's topic.
func (s *Service) onBoard(ctx context.Context, boardID string, n need, fn func(w *sitting) (string, error)) (View, error) {
	v := who.From(ctx)
	found, err := readSeries(s.store.Rows(ctx), "s.board_id = ?", boardID)
	if err != nil {
		return View{}, err
	}
	topics := []string{event.BoardTopic(boardID)}
	if found != nil {
		topics = append(topics, event.StandupTopic(found.ID))
	}
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (View, error) {
		w := &sitting{s: s, tx: tx, v: v}
		var err error
		if w.seen, err = s.boards.SeeTx(tx, v, boardID); err != nil {
			return View{}, err
		}
		if err := w.may(n); err != nil {
			return View{}, err
		}
		if w.r, err = readSeries(tx.Query, "s.board_id = ?", boardID); err != nil {
			return View{}, err
		}
		if w.r == nil {
			if w.r, err = makeSeries(tx, w.seen.Layout); err != nil {
				return View{}, err
			}
		} else if err := tx.Widen(event.StandupTopic(w.r.ID)); err != nil {
			return View{}, err
		}
		return w.do(fn)
	})
}

func makeSeries(tx *store.Tx, l *board.Layout) (*series, error) {
	r := seriesFor(l)
	topic := event.StandupTopic(r.ID)
	if err := tx.LockNew(topic); err != nil {
		return nil, err
	}
	if err := insertSeries(tx, r); err != nil {
		return nil, err
	}
	_, err := tx.Exec("INSERT INTO side_topics (topic, board_id, team_id) VALUES (?,?,?)", topic, l.ID, l.TeamID)
	return r, err
}

// start makes the agenda from the board as it stands, and the brief from what happened since last time.
func (w *sitting) start() error {
	l, tx, now := w.seen.Layout, w.tx, w.tx.Now
	cards, err := card.Walked(tx.Query, l)
	if err != nil {
		return err
	}
	standing, err := card.StandingOf(tx.Query, l, now)
	if err != nil {
		return err
	}
	since, err := w.since()
	if err != nil {
		return err
	}
	m := &meeting{SeriesRID: w.r.RID, ID: store.NewID("mtg"), State: Running, StartedAt: store.Ms(now), StartedBy: tx.ActorID, TouchedAt: store.Ms(now),
		Box: w.r.Box * 60, Mode: w.r.live(), StepAt: store.Ms(now), Driver: tx.ActorID, SeqFrom: tx.Seq(event.BoardTopic(l.ID))}
	var steps []step
	if m.Mode == RoundRobin {
		if steps, err = w.round(); err != nil {
			return err
		}
		m.Healthy = []string{}
	} else {
		lapsed, err := w.s.cards.Lapsed(tx.Query, cards, now)
		if err != nil {
			return err
		}
		steps, m.Healthy = agenda(l, cards, overLimit(standing), lapsed, now)
	}
	steps[0].ShownAt = &m.StartedAt
	if m.Brief, err = briefOf(tx.Query, l, w.r, since, now); err != nil {
		return err
	}
	if err := w.s.ops(tx.Query, l, &m.Brief, now); err != nil {
		return err
	}
	if err := insertMeeting(tx, m, steps); err != nil {
		return err
	}
	w.m = m
	if err := tx.Widen(event.TeamTopic(l.TeamID)); err != nil {
		return err
	}
	if _, err := tx.Publish(event.TeamTopic(l.TeamID), "standups.changed", struct{}{}); err != nil { // nobody follows what has just been made
		return err
	}
	if err := w.expect(); err != nil {
		return err
	}
	_, err = w.come()
	return err
}

// live is how a meeting goes: a team that writes walks its board when it meets after all.
func (r *series) live() string {
	if r.Mode == Async {
		return Walk
	}
	return r.Mode
}

// since is when the team was told last: when the last meeting ended, else a day ago.
func (w *sitting) since() (time.Time, error) {
	last, err := lastEnded(w.tx.Query, w.r.RID)
	if err != nil || last == nil || last.EndedAt == nil {
		return w.tx.Now.Add(-24 * time.Hour), err
	}
	return store.At(*last.EndedAt), nil
}

// Finish ends the walk: when something is parked the sixteenth minute begins, else the meeting is over.
func (s *Service) Finish(ctx context.Context, id string) (View, error) {
	return s.closing(ctx, id, func(w *sitting) (string, error) {
		if w.m.State == Sixteenth {
			return "", nil
		}
		n, err := countOpen(w.tx.Query, w.r.RID)
		if err != nil {
			return "", err
		}
		if n == 0 {
			return "standup.ended", w.end(w.tx.Now)
		}
		w.m.State = Sixteenth
		return "standup.finished", nil
	})
}

// End ends the meeting; what is parked comes back next time.
func (s *Service) End(ctx context.Context, id string) (View, error) {
	return s.closing(ctx, id, func(w *sitting) (string, error) { return "standup.ended", w.end(w.tx.Now) })
}

// closing is the corridor of what ends a meeting. Pressed again, or by two, it changes nothing.
func (s *Service) closing(ctx context.Context, id string, fn func(w *sitting) (string, error)) (View, error) {
	return s.on(ctx, id, toDrive, nil, func(w *sitting) (string, error) {
		if w.m == nil {
			return "", nil
		}
		if err := w.board(); err != nil {
			return "", err
		}
		return fn(w)
	})
}

// end ends the meeting at a moment. The write holds the board's topic.
func (w *sitting) end(at time.Time) error {
	ms, seq := store.Ms(at), w.tx.Seq(event.BoardTopic(w.r.BoardID))
	w.m.State, w.m.EndedAt, w.m.SeqTo, w.m.TouchedAt = Ended, &ms, &seq, store.Ms(w.tx.Now)
	if err := saveMeeting(w.tx, w.m); err != nil {
		return err
	}
	ended := w.m
	w.m = nil
	return w.publish(ended)
}

func (m *meeting) idle(now time.Time) bool { return now.Sub(store.At(m.TouchedAt)) >= idle }

// tidy ends a meeting that nobody touched for long, as of when somebody last did.
func (w *sitting) tidy() error {
	if w.m == nil || !w.m.idle(w.tx.Now) {
		return nil
	}
	if err := w.board(); err != nil {
		return err
	}
	if err := w.end(store.At(w.m.TouchedAt)); err != nil {
		return err
	}
	_, err := w.tell("standup.ended")
	return err
}

// endIdle is tidy for somebody who only looks.
func (s *Service) endIdle(ctx context.Context, id string) error {
	q := s.store.Rows(ctx)
	r, _, err := s.see(q, who.From(ctx), id)
	if err != nil {
		return err
	}
	m, err := running(q, r.RID)
	if err != nil || m == nil || !m.idle(s.store.Now()) {
		return err
	}
	return store.Do(store.As(ctx, "", ""), s.store, []string{event.StandupTopic(id), event.BoardTopic(r.BoardID)}, func(tx *store.Tx) error {
		l, err := s.boards.LayoutTx(tx, r.BoardID)
		if err != nil || l == nil {
			return err
		}
		w := &sitting{s: s, tx: tx, seen: board.Seen{Layout: l}}
		if w.r, err = readSeries(tx.Query, "s.id = ?", id); err != nil {
			return err
		}
		if w.m, err = running(tx.Query, w.r.RID); err != nil {
			return err
		}
		return w.tidy()
	})
}
