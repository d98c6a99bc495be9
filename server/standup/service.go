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

// idle is after how long a meeting that nobody touches is over: the screen was switched off and everybody went.
const idle = 2 * time.Hour

// Service is the verbs of standups and of who can be called.
type Service struct {
	store  *store.Store
	boards *board.Service
	cards  *card.Service
}

// New makes the room.
func New(st *store.Store, boards *board.Service, cards *card.Service) *Service {
	return &Service{store: st, boards: boards, cards: cards}
}

// sitting is one change of a series, from the lock to the event.
type sitting struct {
	s    *Service
	tx   *store.Tx
	v    who.Viewer
	seen board.Seen
	r    *series
	m    *meeting // the one that runs, or nil
}

// need is the least right that a verb asks for.
type need int

const (
	toJoin  need = iota // a person who sees the board
	toDrive             // a worker
	toLead
)

// on is the corridor of every change of a series: find its board, lock the topics, read the rights, the series and its
// meeting again under the lock, then do. fn names the event that comes of it; "" when nothing has changed.
func (s *Service) on(ctx context.Context, id string, n need, also []string, fn func(w *sitting) (kind string, err error)) (View, error) {
	v := who.From(ctx)
	return store.InTx(ctx, s.store, append([]string{event.StandupTopic(id)}, also...), func(tx *store.Tx) (View, error) {
		r, err := readSeries(tx.Query, "s.id = ?", id)
		if err != nil {
			return View{}, err
		}
		if r == nil {
			return View{}, fault.NotFound("standup")
		}
		w := &sitting{s: s, tx: tx, v: v, r: r}
		if w.seen, err = s.boards.SeeTx(tx, v, r.BoardID); err != nil {
			return View{}, asStandup(err)
		}
		if err := w.may(n); err != nil {
			return View{}, err
		}
		if w.m, err = running(tx.Query, r.RID); err != nil {
			return View{}, err
		}
		if err := w.tidy(); err != nil {
			return View{}, err
		}
		kind, err := fn(w)
		if err != nil {
			return View{}, err
		}
		return w.tell(kind)
	})
}

func asStandup(err error) error {
	if fault.Is(err, "not_found") {
		return fault.NotFound("standup")
	}
	return err
}

func (w *sitting) may(n need) error {
	switch {
	case n == toLead && !w.seen.Rights.CanLead():
		return fault.Forbidden("Only a lead of this team may change its standup.")
	case n == toDrive && !w.seen.Rights.CanWork():
		return fault.Forbidden("Only somebody who works in this team may run its standup.")
	case n == toJoin && (w.v.PersonID == "" || w.v.TeamID != ""):
		return fault.Forbidden("People join a standup; a screen or a team's token does not.")
	}
	return w.seen.Open()
}

// tell writes down what the meeting is now, announces it and answers it. The view that is announced leaves the brief out
// where everybody has it.
func (w *sitting) tell(kind string) (View, error) {
	topic := event.StandupTopic(w.r.ID)
	if kind != "" && w.m != nil {
		w.m.TouchedAt = store.Ms(w.tx.Now)
		if err := saveMeeting(w.tx, w.m); err != nil {
			return View{}, err
		}
	}
	v, err := view(w.tx.Query, w.seen.Layout, w.r, w.tx.Now)
	if err != nil {
		return View{}, err
	}
	v.Seq = w.tx.Seq(topic)
	if kind == "" {
		return v, nil
	}
	v.Seq++
	told := v
	if told.Meeting != nil && kind != "standup.started" {
		m := *told.Meeting
		m.Brief = nil
		told.Meeting = &m
	}
	_, err = w.tx.Publish(topic, kind, map[string]any{"view": told})
	return v, err
}

// meets refuses what needs a meeting that runs.
func (w *sitting) meets() error {
	if w.m == nil {
		return fault.Conflict("no_meeting", "%s does not run now. Start it first.", w.r.Name)
	}
	return nil
}

// CanListen says whether a viewer may follow a series' topic: nil, or not_found.
func (s *Service) CanListen(ctx context.Context, v who.Viewer, id string) error {
	_, _, err := s.see(s.store.Rows(ctx), v, id)
	return err
}

// see reads a series that the viewer may see.
func (s *Service) see(q *store.Query, v who.Viewer, id string) (*series, board.Seen, error) {
	r, err := readSeries(q, "s.id = ?", id)
	if err != nil {
		return nil, board.Seen{}, err
	}
	if r == nil {
		return nil, board.Seen{}, fault.NotFound("standup")
	}
	seen, err := s.boards.See(q, v, r.BoardID)
	return r, seen, asStandup(err)
}

// Get reads how a series stands.
func (s *Service) Get(ctx context.Context, id string) (out View, err error) {
	if err := s.endIdle(ctx, id); err != nil {
		return out, err
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		r, seen, err := s.see(q, who.From(ctx), id)
		if err == nil {
			out, err = view(q, seen.Layout, r, s.store.Now())
		}
		return err
	})
	return out, err
}

// Change changes a series; for leads.
func (s *Service) Change(ctx context.Context, id string, p Patch) (View, error) {
	return s.on(ctx, id, toLead, nil, func(w *sitting) (string, error) {
		before := *w.r
		if err := p.apply(w.r); err != nil {
			return "", err
		}
		if text(before.view(w.seen.Layout)) == text(w.r.view(w.seen.Layout)) {
			return "", nil
		}
		return "series.updated", saveSeries(w.tx, w.r)
	})
}

// Entry is a series in a list, with what the viewer may do.
type Entry struct {
	SeriesView
	State     string     `json:"state,omitempty" enum:"running,sixteenth" doc:"Absent when no meeting runs"`
	StartedAt *time.Time `json:"startedAt,omitempty" doc:"Of the meeting that runs"`
	Parked    int        `json:"parked" doc:"Items that wait in the parking lot"`
	CanDrive  bool       `json:"canDrive"`
	CanLead   bool       `json:"canLead"`
}

// List gives the series that the viewer may see, or that of one board.
func (s *Service) List(ctx context.Context, boardID string) ([]Entry, error) {
	v, out := who.From(ctx), []Entry{}
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		where, args := "b.archived_at IS NULL", []any{}
		if boardID != "" {
			if _, err := s.boards.See(q, v, boardID); err != nil {
				return err
			}
			where, args = where+" AND s.board_id = ?", append(args, boardID)
		}
		found, err := seriesOn(q, where, args...)
		if err != nil {
			return err
		}
		for _, r := range found {
			seen, err := s.boards.See(q, v, r.BoardID)
			if fault.Is(err, "not_found") {
				continue
			}
			if err != nil {
				return err
			}
			x, err := entryOf(q, seen, r, s.store.Now())
			if err != nil {
				return err
			}
			out = append(out, x)
		}
		return nil
	})
	return out, err
}

func seriesOn(q *store.Query, where string, args ...any) (out []*series, err error) {
	err = q.Each(func(scan func(...any) error) error {
		r, err := scanSeries(scan)
		out = append(out, r)
		return err
	}, "SELECT "+seriesColumns+` FROM standup_series s JOIN boards b ON b.id = s.board_id JOIN teams t ON t.id = s.team_id WHERE `+where+
		" ORDER BY t.name, s.name, s.rid", args...)
	return out, err
}

func entryOf(q *store.Query, seen board.Seen, r *series, now time.Time) (Entry, error) {
	x := Entry{SeriesView: r.view(seen.Layout), CanDrive: seen.Rights.CanWork(), CanLead: seen.Rights.CanLead()}
	m, err := running(q, r.RID)
	if err != nil {
		return x, err
	}
	last := m
	if m != nil && !m.idle(now) {
		x.State, x.StartedAt = m.State, store.AtPtr(&m.StartedAt)
	} else if last, err = lastEnded(q, r.RID); err != nil {
		return x, err
	}
	var held *time.Time
	if last != nil {
		held = store.AtPtr(&last.StartedAt)
	}
	x.NextAt = r.nextOf(now, held)
	x.Parked, err = countOpen(q, r.RID)
	return x, err
}
