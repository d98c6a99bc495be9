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
	store    *store.Store
	boards   *board.Service
	cards    *card.Service
	web      Web
	launches Launches // nil where nothing is launched
}

// Web reads what lies at an address that somebody typed, without going inside the installation.
type Web interface {
	Allowed(address string) bool
	Fetch(ctx context.Context, address string, most int64) ([]byte, error)
}

// New makes the room.
func New(st *store.Store, boards *board.Service, cards *card.Service, w Web) *Service {
	return &Service{store: st, boards: boards, cards: cards, web: w}
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
		return w.do(fn)
	})
}

// do reads the meeting that runs, changes it and tells of it: the last part of every corridor.
func (w *sitting) do(fn func(w *sitting) (string, error)) (View, error) {
	var err error
	if w.m, err = running(w.tx.Query, w.r.RID); err != nil {
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
		if encoded(before.view(w.seen.Layout)) == encoded(w.r.view(w.seen.Layout)) {
			return "", nil
		}
		if err := saveSeries(w.tx, w.r); err != nil {
			return "", err
		}
		if before.Mode == Async || w.r.Mode == Async {
			if err := w.replan(); err != nil {
				return "", err
			}
		}
		return "series.updated", nil
	})
}
