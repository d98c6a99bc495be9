package card

import (
	"context"
	"strings"
	"sync"
	"time"

	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Boards lists every board that the viewer may see, in use or put away; their own starred ones carry their place.
func (s *Service) Boards(ctx context.Context, archived bool) ([]BoardCard, error) {
	v := who.From(ctx)
	out := []BoardCard{}
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		starred, err := board.FavouritesOf(q, v.PersonID)
		if err != nil {
			return err
		}
		var ids []string
		err = q.Each(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		}, `SELECT b.id FROM boards b JOIN teams t ON t.id = b.team_id WHERE b.staged_at IS NULL AND (b.archived_at IS NOT NULL) = ?
			ORDER BY t.name, b.name, b.rid`, archived)
		if err != nil {
			return err
		}
		for _, id := range ids {
			seen, err := s.boards.See(q, v, id)
			if fault.Is(err, "not_found") {
				continue
			}
			if err != nil {
				return err
			}
			b, err := s.glances.of(q, seen.Layout, s.store.Now())
			if err != nil {
				return err
			}
			if at, ok := starred[id]; ok {
				b.Favourite = &at
			}
			b.CanLead = seen.Rights.CanLead()
			out = append(out, b)
		}
		return nil
	})
	return out, err
}

// glances remembers each board at a glance, true at a sequence, a layout and a day: many look at all boards, few
// of which changed since.
type glances struct {
	mu sync.Mutex
	m  map[string]glanced
}

type glanced struct {
	seq, version int64
	team, day    string
	card         BoardCard
}

func (g *glances) of(q *store.Query, l *board.Layout, now time.Time) (BoardCard, error) {
	seq, _, err := store.TopicIn(q, event.BoardTopic(l.ID))
	if err != nil {
		return BoardCard{}, err
	}
	day := now.In(l.Location()).Format(time.DateOnly)
	g.mu.Lock()
	old, ok := g.m[l.ID]
	g.mu.Unlock()
	if ok && old.seq == seq && old.version == l.Version && old.day == day && old.team == l.TeamName {
		return old.card, nil
	}
	b, err := glance(q, l, now)
	if err != nil {
		return b, err
	}
	b.Seq = seq
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.m == nil {
		g.m = map[string]glanced{}
	}
	g.m[l.ID] = glanced{seq, l.Version, l.TeamName, day, b}
	return b, nil
}

// GlanceOf reads a board at a glance.
func GlanceOf(q *store.Query, l *board.Layout, now time.Time) (BoardCard, error) {
	return glance(q, l, now)
}

func glance(q *store.Query, l *board.Layout, now time.Time) (BoardCard, error) {
	b := BoardCard{ID: l.ID, Name: l.Name, TeamID: l.TeamID, TeamKey: l.TeamKey, TeamName: l.TeamName, Visibility: l.Visibility, ArchivedAt: l.ArchivedAt}
	mixes := map[int64]*strings.Builder{}
	counts, cal := map[int64]int{}, l.Calendar()
	err := q.Each(func(scan func(...any) error) error {
		var rid int64
		var discipline, class string
		var started, finished *int64
		var blocked, mirror bool
		if err := scan(&rid, &discipline, &class, &started, &finished, &mirror, &blocked); err != nil {
			return err
		}
		if started != nil && finished == nil && !mirror { // work in progress is counted where it is done
			b.Wip++
			if l.AgeOf(cal, class, store.At(*started), now).Level >= 2 {
				b.Aging++
			}
		}
		if blocked && !mirror {
			b.Blocked++
		}
		if class == board.Expedite && !l.ExpediteCounts && !mirror {
			return nil
		}
		counts[rid]++
		if counts[rid] <= 40 {
			if mixes[rid] == nil {
				mixes[rid] = &strings.Builder{}
			}
			mixes[rid].WriteByte(letter(discipline))
		}
		return nil
	}, `SELECT p.column_rid, c.discipline, c.class, c.started_at, c.finished_at, p.mirror,
		EXISTS (SELECT 1 FROM blockers k WHERE k.card_rid = c.rid AND k.closed_at IS NULL) AND c.finished_at IS NULL
		FROM places p JOIN cards c ON c.rid = p.card_rid WHERE p.board_rid = ? AND p.archived = FALSE`+own(l)+" ORDER BY p.pos", l.RID)
	if err != nil {
		return b, err
	}
	b.Columns = []ColumnGlance{}
	for _, c := range l.Columns {
		g := ColumnGlance{ID: c.ID, Name: c.Name, Kind: c.Kind, Count: counts[c.RID]}
		if limited(c.Wip) {
			g.Max = c.Wip.Max
			if g.Count > *c.Wip.Max {
				b.Over++
			}
		}
		if m := mixes[c.RID]; m != nil {
			g.Mix = m.String()
		}
		b.Columns = append(b.Columns, g)
	}
	return b, nil
}
