package retro

import (
	"context"
	"math/rand/v2"
	"slices"

	"trestle/server/fault"
	"trestle/server/store"
)

// shuffled gives the same in another order, by chance.
func shuffled[T any](in []T) []T {
	out := slices.Clone(in)
	rand.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// author is who wrote something, for its row: a code always, the person where the retro is a named one.
func (at *seat) author(purpose string) (code, personID string) {
	if at.Anonymity == Named {
		personID = at.v.PersonID
	}
	return at.code(purpose), personID
}

// late says whether a note comes after the reveal, and refuses one where that would tell whose it is, or where the
// topics are made.
func (r *retro) late() (bool, error) {
	after := r.Phase == Reveal || r.Phase == Group
	if after && r.Anonymity != Named {
		return true, fault.Conflict("shown_already", "All notes were shown at once, so that nobody can tell whose they are: one that comes alone would be known by its moment. Say it in the discussion.")
	}
	if after {
		return true, nil
	}
	return false, r.in(Collect, ReviewActions, Checkin, Write)
}

// AddNote writes a note, which until the reveal others do not read. Writing may begin before its phase; where a retro
// has names, something may be added until people vote, and is marked.
func (s *Service) AddNote(ctx context.Context, id, column, text string) (View, error) {
	text, err := words("body.text", "The note", text, maxNote)
	if err != nil {
		return View{}, err
	}
	return s.quietly(ctx, id, "retro.note_changed", func(tx *store.Tx, at *seat) (bool, error) {
		late, err := at.late()
		if err != nil {
			return false, err
		}
		if at.column(column) == nil {
			return false, fault.Invalid("body.column", "There is no such column in this retro")
		}
		code, personID := at.author(forNote)
		mine, err := count(tx.Query, "SELECT COUNT(*) FROM retro_notes WHERE retro_rid = ? AND author = ? AND text <> ''", at.RID, code)
		if err != nil {
			return false, err
		}
		all, err := count(tx.Query, "SELECT COUNT(*) FROM retro_notes WHERE retro_rid = ? AND text <> ''", at.RID)
		if err != nil {
			return false, err
		}
		if mine >= maxNotesEach || all >= maxNotes {
			return false, fault.Conflict("too_many_notes", "That are enough notes: %d each, %d in all.", maxNotesEach, maxNotes)
		}
		return true, insertNote(tx, at.RID, note{ID: randomID("rno"), Column: column, Text: text, Author: code, AuthorID: personID, Late: late})
	})
}

// NotePatch changes a note.
type NotePatch struct {
	Text   *string `json:"text,omitempty" required:"false" maxLength:"4000"`
	Column *string `json:"column,omitempty" required:"false" maxLength:"40"`
}

// ChangeNote writes one's own note anew, as long as nothing was revealed.
func (s *Service) ChangeNote(ctx context.Context, noteID string, p NotePatch) (View, error) {
	if p.Text != nil {
		text, err := words("body.text", "The note", *p.Text, maxNote)
		if err != nil {
			return View{}, err
		}
		p.Text = &text
	}
	return s.onNote(ctx, noteID, func(tx *store.Tx, at *seat, n note) (bool, error) {
		if p.Column != nil {
			if at.column(*p.Column) == nil {
				return false, fault.Invalid("body.column", "There is no such column in this retro")
			}
			n.Column = *p.Column
		}
		if p.Text != nil {
			n.Text = *p.Text
		}
		_, err := tx.Exec("UPDATE retro_notes SET text = ?, column_key = ? WHERE id = ?", n.Text, n.Column, n.ID)
		return true, err
	})
}

// RemoveNote takes one's own note away, as long as nothing was revealed. Its name stays until then, without a word, so
// that the same request sent again finds it.
func (s *Service) RemoveNote(ctx context.Context, noteID string) (View, error) {
	return s.onNote(ctx, noteID, func(tx *store.Tx, _ *seat, n note) (bool, error) {
		_, err := tx.Exec("UPDATE retro_notes SET text = '' WHERE id = ?", n.ID)
		return true, err
	})
}

// retroOf gives the retro of a part that is asked for by its own id, in words for the part when it cannot be seen.
func (s *Service) retroOf(ctx context.Context, what, stmt, partID string) (id string, err error) {
	if _, err = s.store.Rows(ctx).Row([]any{&id}, stmt, partID); err == nil && id == "" {
		err = fault.NotFound(what)
	}
	return id, err
}

// ofPart puts the refusal of an invisible retro into the words for the part.
func ofPart(what string, v View, err error) (View, error) {
	if fault.Is(err, "not_found") {
		err = fault.NotFound(what)
	}
	return v, err
}

func (s *Service) onNote(ctx context.Context, noteID string, fn func(tx *store.Tx, at *seat, n note) (bool, error)) (View, error) {
	id, err := s.retroOf(ctx, "note", "SELECT r.id FROM retro_notes n JOIN retros r ON r.rid = n.retro_rid WHERE n.id = ?", noteID)
	if err != nil {
		return View{}, err
	}
	v, err := s.quietly(ctx, id, "retro.note_changed", func(tx *store.Tx, at *seat) (bool, error) {
		n, err := noteIn(tx.Query, at.RID, noteID)
		if err != nil {
			return false, err
		}
		if n.Author != at.code(forNote) {
			return false, fault.Forbidden("Only who wrote a note may change it.")
		}
		if err := at.in(Collect, ReviewActions, Checkin, Write); err != nil {
			return false, err
		}
		return fn(tx, at, n)
	})
	return ofPart("note", v, err)
}

func noteIn(q *store.Query, rid int64, noteID string) (n note, err error) {
	found, err := q.Row([]any{&n.ID, &n.Column, &n.Text, &n.Author, &n.AuthorID, &n.GroupID, &n.Late}, "SELECT "+noteColumns+" FROM retro_notes WHERE retro_rid = ? AND id = ? AND text <> ''", rid, noteID)
	if err == nil && !found {
		err = fault.NotFound("note")
	}
	return n, err
}

// Answer is one's answer to the check-in's question; others read it from the reveal on. An empty one is taken back.
func (s *Service) Answer(ctx context.Context, id, text string) (View, error) {
	if text != "" {
		var err error
		if text, err = oneLine("body.text", "The answer", text, 200); err != nil {
			return View{}, err
		}
	}
	return s.quietly(ctx, id, "retro.answered", func(tx *store.Tx, at *seat) (bool, error) {
		if err := at.in(ReviewActions, Checkin, Write); err != nil {
			return false, err
		}
		code, personID := at.author(forCheckin)
		if _, err := tx.Exec("DELETE FROM retro_checkins WHERE retro_rid = ? AND author = ?", at.RID, code); err != nil || text == "" {
			return true, err
		}
		_, err := tx.Exec("INSERT INTO retro_checkins (id, retro_rid, author, author_id, text) VALUES (?,?,?,?,?)", randomID("rci"), at.RID, code, personID, text)
		return true, err
	})
}
