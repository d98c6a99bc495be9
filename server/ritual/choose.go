package ritual

import (
	"context"
	"slices"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Candidate is a finished card that the next demo shows, unless it is left out.
type Candidate struct {
	CardID     string    `json:"cardId"`
	Key        string    `json:"key"`
	Title      string    `json:"title"`
	Discipline string    `json:"discipline" enum:"development,operations,security,product,quality,other"`
	FinishedAt time.Time `json:"finishedAt"`
	Owners     []Named   `json:"owners"`
	Again      bool      `json:"again,omitempty" doc:"An earlier demo did not come to it"`
	Left       string    `json:"left,omitempty" enum:"later,skipped" doc:"Left out: of the next demo, or of every one; absent, it is shown"`
}

// Choice leaves cards out of the next demo or of every one, or takes that back.
type Choice struct {
	CardIDs []string `json:"cardIds" minItems:"1" maxItems:"60"`
	Left    string   `json:"left,omitempty" required:"false" enum:"later,skipped" doc:"Absent: they are shown"`
}

// candidates are what a demo of the series would show that began now: what was finished and no demo has shown or
// passed over, the oldest first, the newest of very many.
func candidates(q *store.Query, boardRID, seriesRID, since int64) (out []Candidate, err error) {
	err = q.Each(func(scan func(...any) error) error {
		var c Candidate
		var finished int64
		err := scan(&c.CardID, &c.Key, &c.Title, &c.Discipline, &finished, &c.Again, &c.Left)
		c.FinishedAt = store.At(finished)
		out = append(out, c)
		return err
	}, `SELECT c.id, c.key, c.title, c.discipline, c.finished_at,
			EXISTS (SELECT 1 FROM ritual_cards k JOIN ritual_sittings m ON m.rid = k.sitting_rid WHERE k.card_id = c.id AND m.series_rid = ?),
			COALESCE((SELECT x.outcome FROM ritual_choices x WHERE x.series_rid = ? AND x.card_id = c.id), '')
		FROM cards c WHERE c.board_rid = ? AND c.archived_at IS NULL AND c.finished_at >= ? AND NOT EXISTS (SELECT 1 FROM ritual_cards k
			JOIN ritual_sittings m ON m.rid = k.sitting_rid WHERE k.card_id = c.id AND m.series_rid = ? AND k.outcome IN ('shown', 'skipped'))
		ORDER BY c.finished_at DESC, c.rid DESC LIMIT ?`, seriesRID, seriesRID, boardRID, since, seriesRID, demoMost)
	slices.Reverse(out)
	return out, err
}

// Candidates are the cards of the next demo of a series.
func (s *Service) Candidates(ctx context.Context, id string) (out []Candidate, err error) {
	out = []Candidate{}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		r, seen, err := s.see(q, who.From(ctx), id)
		if err != nil || r.Kind != Demo {
			return err
		}
		since, err := demoSince(q, r, seen.Calendar(), s.store.Now())
		if err != nil {
			return err
		}
		found, err := candidates(q, seen.RID, r.RID, since)
		if err != nil {
			return err
		}
		ids := make([]string, 0, len(found))
		for _, c := range found {
			ids = append(ids, c.CardID)
		}
		owners, err := ownersOf(q, ids)
		for _, c := range found {
			c.Owners = owners[c.CardID]
			out = append(out, c)
		}
		return err
	})
	return out, err
}

// Choose says before a demo which of its cards it leaves out; any worker may.
func (s *Service) Choose(ctx context.Context, id string, n Choice) (View, error) {
	if n.Left != "" && n.Left != Later && n.Left != Skipped {
		return View{}, fault.Invalid("body.left", "A card is left out later or skipped")
	}
	return s.on(ctx, id, toWork, func(c *change) (string, news, error) {
		switch {
		case c.r.Kind != Demo:
			return "", nil, c.sits(Demo)
		case c.m != nil:
			return "", nil, fault.Conflict("running", "%s runs now: say it of each card there.", c.r.Name)
		}
		since, err := demoSince(c.tx.Query, c.r, c.seen.Calendar(), c.tx.Now)
		if err != nil {
			return "", nil, err
		}
		found, err := candidates(c.tx.Query, c.seen.RID, c.r.RID, since)
		if err != nil {
			return "", nil, err
		}
		changed := false
		for _, cardID := range n.CardIDs {
			i := slices.IndexFunc(found, func(x Candidate) bool { return x.CardID == cardID })
			switch {
			case i < 0:
				return "", nil, fault.Invalid("body.cardIds", "Choose among the cards that the next demo would show")
			case found[i].Left == n.Left:
				continue
			}
			if changed, err = true, c.leaveOut(cardID, n.Left); err != nil {
				return "", nil, err
			}
			found[i].Left = n.Left
		}
		if !changed {
			return "", nil, nil
		}
		return "ritual.chosen", nil, nil
	})
}

func (c *change) leaveOut(cardID, left string) (err error) {
	if left == "" {
		_, err = c.tx.Exec("DELETE FROM ritual_choices WHERE series_rid = ? AND card_id = ?", c.r.RID, cardID)
		return err
	}
	_, err = c.tx.Exec(`INSERT INTO ritual_choices (series_rid, card_id, outcome, by_id, at) VALUES (?,?,?,?,?)
		ON CONFLICT (series_rid, card_id) DO UPDATE SET outcome = excluded.outcome, by_id = excluded.by_id, at = excluded.at`,
		c.r.RID, cardID, left, c.tx.ActorID, store.Ms(c.tx.Now))
	return err
}

// gather writes down the cards of a demo that begins. What was left for the one after it comes back then.
func (c *change) gather() error {
	found, err := candidates(c.tx.Query, c.seen.RID, c.r.RID, c.m.Facts.Since)
	if err != nil {
		return err
	}
	n := 0
	for _, x := range found {
		if x.Left != "" {
			continue
		}
		if _, err := c.tx.Exec("INSERT INTO ritual_cards (sitting_rid, n, card_id) VALUES (?,?,?)", c.m.RID, n, x.CardID); err != nil {
			return err
		}
		n++
	}
	_, err = c.tx.Exec("DELETE FROM ritual_choices WHERE series_rid = ? AND outcome = 'later'", c.r.RID)
	return err
}
