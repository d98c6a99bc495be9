package retro

import (
	"context"
	"math"
	"slices"
	"time"

	"trestle/server/board"
	"trestle/server/fault"
	"trestle/server/flow"
	"trestle/server/store"
	"trestle/server/who"
)

// Facts are what the record holds of a board since its last retro, with the cards that each number rests on.
type Facts struct {
	Since     time.Time     `json:"since"`
	OverLimit []OverLimit   `json:"overLimit"`
	Blocked   []BlockedFact `json:"blocked"`
	SLEMisses Fact          `json:"sleMisses" doc:"Finished later than expected of their class"`
	Returns   Fact          `json:"returns"`
	Overrides Fact          `json:"overrides" doc:"Limits passed with a reason"`
	Expedite  Fact          `json:"expedite" doc:"Expedite cards that came"`
	Incidents Fact          `json:"incidents" doc:"Incidents that came"`
	Risks     Fact          `json:"risks" doc:"Risks that came"`
}

// Fact is a number and what is behind it.
type Fact struct {
	N    int      `json:"n"`
	Keys []string `json:"keys" doc:"The cards, twenty at most"`
}

// OverLimit is a column and on how many days it stood over its limit.
type OverLimit struct {
	ColumnID string `json:"columnId"`
	Column   string `json:"column"`
	Days     int    `json:"days"`
	Most     int    `json:"most" doc:"The most cards that stood there"`
	Limit    int    `json:"limit" doc:"As it is now, or was last"`
}

// BlockedFact is a category of blockers and how long they stood.
type BlockedFact struct {
	Category string   `json:"category"`
	Name     string   `json:"name"`
	External bool     `json:"external,omitempty"`
	Hours    int      `json:"hours"`
	Days     int      `json:"days,omitempty" doc:"Of the board's calendar, each blocker's first one counted, all of them together; absent of facts that were taken before these were counted"`
	N        int      `json:"n"`
	Keys     []string `json:"keys"`
}

const keysShown = 20

func (f *Fact) add(key string) {
	f.N++
	if len(f.Keys) < keysShown && !slices.Contains(f.Keys, key) {
		f.Keys = append(f.Keys, key)
	}
}

// numbers are what the templates' rules ask for.
func (f Facts) numbers() map[string]int {
	m := map[string]int{"sleMisses": f.SLEMisses.N, "returns": f.Returns.N, "overrides": f.Overrides.N, "expedite": f.Expedite.N, "incidents": f.Incidents.N, "risks": f.Risks.N}
	for _, o := range f.OverLimit {
		m["overDays"] += o.Days
	}
	for _, b := range f.Blocked {
		if b.External {
			m["blockedOther"] += b.N
		}
	}
	return m
}

// factsOf reads a board's facts since its last retro, or of fourteen days.
func factsOf(q *store.Query, l *board.Layout, now time.Time) (Facts, error) {
	since := l.Calendar().Back(now, factsDays)
	var last *int64
	if _, err := q.Row([]any{&last}, "SELECT MAX(closed_at) FROM retros WHERE board_rid = ? AND abandoned = FALSE", l.RID); err != nil {
		return Facts{}, err
	}
	if last != nil {
		since = store.At(*last)
	}
	return FactsSince(q, l, since, now)
}

// FactsSince reads a board's facts from a moment on.
func FactsSince(q *store.Query, l *board.Layout, from, now time.Time) (Facts, error) {
	cal := l.Calendar()
	f := Facts{Since: from, OverLimit: []OverLimit{}, Blocked: []BlockedFact{}}
	for _, x := range []*Fact{&f.SLEMisses, &f.Returns, &f.Overrides, &f.Expedite, &f.Incidents, &f.Risks} {
		x.Keys = []string{}
	}
	since := store.Ms(from)
	for _, read := range []func() error{
		func() error { return f.finished(q, l, cal, since) },
		func() error { return f.moved(q, l, since) },
		func() error { return f.came(q, l, since) },
		func() error { return f.blocked(q, l, cal, f.Since, now) },
		func() error { return f.over(q, l, f.Since, now) },
	} {
		if err := read(); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *Facts) over(q *store.Query, l *board.Layout, since, now time.Time) error {
	all, err := flow.OverLimits(q, l, since, now)
	for _, o := range all {
		f.OverLimit = append(f.OverLimit, OverLimit(o))
	}
	return err
}

func (f *Facts) finished(q *store.Query, l *board.Layout, cal board.Calendar, since int64) error {
	return q.Each(func(scan func(...any) error) error {
		var key, class string
		var started, finished int64
		if err := scan(&key, &class, &started, &finished); err != nil {
			return err
		}
		if s := l.SLEFor(class); s != nil && s.Days > 0 && cal.Days(store.At(started), store.At(finished)) > s.Days {
			f.SLEMisses.add(key)
		}
		return nil
	}, "SELECT key, class, started_at, finished_at FROM cards WHERE board_rid = ? AND finished_at > ? AND started_at IS NOT NULL ORDER BY finished_at", l.RID, since)
}

func (f *Facts) moved(q *store.Query, l *board.Layout, since int64) error {
	return q.Each(func(scan func(...any) error) error {
		var key, reason string
		var back bool
		err := scan(&key, &back, &reason)
		if back {
			f.Returns.add(key)
		}
		if reason != "" {
			f.Overrides.add(key)
		}
		return err
	}, `SELECT c.key, t.backward, t.override_reason FROM card_transitions t JOIN cards c ON c.rid = t.card_rid
		WHERE t.board_rid = ? AND t.at > ? AND t.voided_at IS NULL AND (t.backward = TRUE OR t.override_reason <> '') ORDER BY t.at, t.rid`, l.RID, since)
}

func (f *Facts) came(q *store.Query, l *board.Layout, since int64) error {
	return q.Each(func(scan func(...any) error) error {
		var key, class, kind string
		err := scan(&key, &class, &kind)
		if class == board.Expedite {
			f.Expedite.add(key)
		}
		switch kind {
		case "incident":
			f.Incidents.add(key)
		case "risk":
			f.Risks.add(key)
		}
		return err
	}, "SELECT key, class, type FROM cards WHERE board_rid = ? AND created_at > ? AND (class = 'expedite' OR type IN ('incident', 'risk')) ORDER BY created_at, rid", l.RID, since)
}

func (f *Facts) blocked(q *store.Query, l *board.Layout, cal board.Calendar, since, now time.Time) error {
	by := map[string]*BlockedFact{}
	var hours = map[string]float64{}
	err := q.Each(func(scan func(...any) error) error {
		var key, category string
		var external bool
		var from int64
		var to *int64
		if err := scan(&key, &category, &external, &from, &to); err != nil {
			return err
		}
		b := by[category]
		if b == nil {
			b = &BlockedFact{Category: category, Name: category, External: external, Keys: []string{}}
			if c, ok := l.Category(category); ok {
				b.Name = c.Name
			}
			by[category] = b
		}
		end := store.Ms(now)
		if to != nil {
			end = *to
		}
		hours[category] += float64(end-max(from, store.Ms(since))) / 3.6e6
		b.Days += cal.Days(store.At(max(from, store.Ms(since))), store.At(end))
		b.N++
		if len(b.Keys) < keysShown && !slices.Contains(b.Keys, key) {
			b.Keys = append(b.Keys, key)
		}
		return nil
	}, `SELECT c.key, x.category, x.external, x.opened_at, x.closed_at FROM blockers x JOIN cards c ON c.rid = x.card_rid
		WHERE x.board_rid = ? AND (x.closed_at IS NULL OR x.closed_at > ?) ORDER BY x.opened_at`, l.RID, store.Ms(since))
	for category, b := range by {
		b.Hours = int(math.Round(hours[category]))
		f.Blocked = append(f.Blocked, *b)
	}
	slices.SortFunc(f.Blocked, func(a, b BlockedFact) int {
		if a.Hours != b.Hours {
			return b.Hours - a.Hours
		}
		return slices.Compare([]byte(a.Category), []byte(b.Category))
	})
	return err
}

// RetroItem is a retro in a list.
type RetroItem struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	TeamID      string     `json:"teamId"`
	TeamKey     string     `json:"teamKey"`
	TeamName    string     `json:"teamName"`
	BoardID     string     `json:"boardId"`
	BoardName   string     `json:"boardName"`
	TemplateKey string     `json:"templateKey"`
	Anonymity   string     `json:"anonymity" enum:"named,anonymous"`
	Phase       string     `json:"phase" enum:"open,review_actions,checkin,write,reveal,group,vote,discuss,commit,close,published"`
	OpensUntil  *time.Time `json:"opensUntil,omitempty"`
	People      int        `json:"people"`
	Actions     int        `json:"actions"`
	ActionsOpen int        `json:"actionsOpen"`
	CreatedAt   time.Time  `json:"createdAt"`
	ClosedAt    *time.Time `json:"closedAt,omitempty"`
	Abandoned   bool       `json:"abandoned,omitempty"`
}

// listMax is how many retros a list shows.
const listMax = 100

// List gives the retros that the viewer may see, the newest first; of one team or of all.
func (s *Service) List(ctx context.Context, teamID string) ([]RetroItem, error) {
	v, out := who.From(ctx), []RetroItem{}
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		var all []*retro
		where, args := "", []any{}
		if teamID != "" {
			where, args = "WHERE r.team_id = ? ", []any{teamID}
		}
		err := q.Each(func(scan func(...any) error) error {
			r, err := scanRetro(scan)
			all = append(all, r)
			return err
		}, "SELECT "+retroColumns+retroTables+where+"ORDER BY r.created_at DESC, r.rid DESC LIMIT 1000", args...)
		if err != nil {
			return err
		}
		for _, r := range all {
			if len(out) == listMax {
				break
			}
			at, err := s.sit(q, v, "r.id = ?", r.ID)
			if fault.Is(err, "not_found") {
				continue
			}
			if err != nil {
				return err
			}
			item, err := at.item(q)
			if err != nil {
				return err
			}
			out = append(out, item)
		}
		return nil
	})
	return out, err
}

func (at *seat) item(q *store.Query) (RetroItem, error) {
	i := RetroItem{ID: at.ID, Title: at.Title, TeamID: at.TeamID, TeamKey: at.TeamKey, TeamName: at.TeamName, BoardID: at.BoardID, BoardName: at.BoardName,
		TemplateKey: at.TemplateKey, Anonymity: at.Anonymity, Phase: at.Phase, OpensUntil: store.AtPtr(at.OpensUntil), CreatedAt: store.At(at.CreatedAt), ClosedAt: store.AtPtr(at.ClosedAt), Abandoned: at.Abandoned}
	var err error
	if i.People, err = count(q, "SELECT COUNT(*) FROM retro_people WHERE retro_rid = ?", at.RID); err != nil {
		return i, err
	}
	actions, err := actionsWhere(q, "a.retro_rid = ?", at.RID)
	for _, a := range actions {
		i.Actions++
		if a.now() == open {
			i.ActionsOpen++
		}
	}
	return i, err
}
