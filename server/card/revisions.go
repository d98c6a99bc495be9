package card

import (
	"context"
	"time"

	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Revision is a version of a card's description: the text from At on, until the next one.
type Revision struct {
	ID         string    `json:"id"`
	AuthorID   string    `json:"authorId,omitempty"`
	AuthorName string    `json:"authorName"`
	At         time.Time `json:"at"`
	Length     int       `json:"length" doc:"In characters"`
}

// RevisionText is a version with its text.
type RevisionText struct {
	Revision
	Text string `json:"text"`
}

// keepRevision keeps the description that the card has now, and the one before it when that was never kept:
// from then on every version is. None is ever overwritten; going back to one makes a new one.
func (e *edit) keepRevision(before string) error {
	c := e.card
	var n int
	if _, err := e.tx.Row([]any{&n}, "SELECT COUNT(*) FROM card_revisions WHERE card_rid = ?", c.RID); err != nil {
		return err
	}
	const insert = "INSERT INTO card_revisions (id, card_rid, text, author_id, author_name, at) VALUES (?,?,?,?,?,?)"
	if n == 0 && before != "" {
		if _, err := e.tx.Exec(insert, store.NewID("rev"), c.RID, before, c.CreatedBy, "", store.Ms(c.CreatedAt)); err != nil {
			return err
		}
	}
	_, err := e.tx.Exec(insert, store.NewID("rev"), c.RID, c.Description, e.tx.ActorID, e.tx.ActorName, store.Ms(e.tx.Now))
	return err
}

const revisionColumns = `SELECT r.id, r.author_id, COALESCE(p.name, r.author_name), r.at, LENGTH(r.text) FROM card_revisions r
	LEFT JOIN people p ON p.id = r.author_id `

func scanRevision(scan func(...any) error, more ...any) (r Revision, err error) {
	var at int64
	err = scan(append([]any{&r.ID, &r.AuthorID, &r.AuthorName, &at, &r.Length}, more...)...)
	r.At = store.At(at)
	return r, err
}

// Revisions lists the versions of a card's description, newest first, at most 200. A description that was never
// changed has none.
func (s *Service) Revisions(ctx context.Context, idOrKey string) ([]Revision, error) {
	q := s.store.Rows(ctx)
	c, _, err := s.see(q, who.From(ctx), idOrKey)
	if err != nil {
		return nil, err
	}
	out := []Revision{}
	err = q.Each(func(scan func(...any) error) error {
		r, err := scanRevision(scan)
		out = append(out, r)
		return err
	}, revisionColumns+"WHERE r.card_rid = ? ORDER BY r.rid DESC LIMIT 200", c.RID)
	return out, err
}

// Revision reads one version.
func (s *Service) Revision(ctx context.Context, id string) (RevisionText, error) {
	q := s.store.Rows(ctx)
	var cardID string
	var out RevisionText
	found, err := q.Row([]any{&cardID, &out.Text}, "SELECT c.id, r.text FROM card_revisions r JOIN cards c ON c.rid = r.card_rid WHERE r.id = ?", id)
	if err != nil {
		return out, err
	}
	if found {
		_, _, err = s.see(q, who.From(ctx), cardID)
	}
	if !found || fault.Is(err, "not_found") {
		return RevisionText{}, fault.NotFound("version")
	}
	if err != nil {
		return RevisionText{}, err
	}
	err = q.Each(func(scan func(...any) error) error {
		out.Revision, err = scanRevision(scan)
		return err
	}, revisionColumns+"WHERE r.id = ?", id)
	return out, err
}

// more reads what a detail shows beside faces and parts.
func (d *Detail) more(q *store.Query, v who.Viewer, c *Card) (err error) {
	if d.Links, err = linksOf(q, c.RID); err != nil {
		return err
	}
	h, found, err := hypothesisOf(q, c.RID)
	if err != nil {
		return err
	}
	if found {
		d.Hypothesis = &h
	}
	d.Watchers = list(c.Face.Watchers)
	for _, id := range d.Watchers {
		d.Watching = d.Watching || id == v.PersonID
	}
	_, err = q.Row([]any{&d.Revisions}, "SELECT COUNT(*) FROM card_revisions WHERE card_rid = ?", c.RID)
	return err
}
