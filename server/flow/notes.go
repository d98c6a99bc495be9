package flow

import (
	"context"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/measure"
	"trestle/server/store"
	"trestle/server/text"
	"trestle/server/who"
)

// Note is what a team wrote about its constraint, at one of the five focusing steps (Goldratt).
type Note struct {
	ID        string     `json:"id"`
	Step      string     `json:"step" enum:"identify,exploit,subordinate,elevate,repeat"`
	Text      string     `json:"text"`
	Day       string     `json:"day" doc:"Which it is about"`
	ColumnID  string     `json:"columnId,omitempty"`
	Column    string     `json:"column,omitempty" doc:"The column that it is about, by its name of today"`
	By        NoteBy     `json:"by" doc:"Who wrote it"`
	At        time.Time  `json:"at"`
	ChangedAt *time.Time `json:"changedAt,omitempty"`
	Withdrawn bool       `json:"withdrawn,omitempty" doc:"Only in the answer to its withdrawal"`
	Version   int64      `json:"version"`
	MayChange bool       `json:"mayChange" doc:"The viewer works on this board"`
}

// NoteBy is a person as everybody may see them.
type NoteBy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Hue  int    `json:"hue"`
}

// NewNote is what is written.
type NewNote struct {
	Step     string `json:"step" enum:"identify,exploit,subordinate,elevate,repeat"`
	Text     string `json:"text" minLength:"1" maxLength:"2000"`
	Day      string `json:"day,omitempty" required:"false" maxLength:"10" doc:"Today in the board's time zone when absent; no day to come"`
	ColumnID string `json:"columnId,omitempty" required:"false" maxLength:"64" doc:"The column that it is about"`
}

// NotePatch changes a note; what is absent stays.
type NotePatch struct {
	Step    *string `json:"step,omitempty" required:"false" enum:"identify,exploit,subordinate,elevate,repeat"`
	Text    *string `json:"text,omitempty" required:"false" minLength:"1" maxLength:"2000"`
	Day     *string `json:"day,omitempty" required:"false" maxLength:"10"`
	Version *int64  `json:"version,omitempty" required:"false" doc:"Refused as stale if somebody changed the note after this version"`
}

const notesMost = 500 // of a board; withdrawn ones do not count

// AddNote writes a note. Whoever works on the board may; so they may change and withdraw any of them.
func (s *Service) AddNote(ctx context.Context, boardID string, n NewNote) (Note, error) {
	return s.onNotes(ctx, boardID, func(tx *store.Tx, seen board.Seen) (Note, error) {
		made := Note{ID: store.NewID("fnt"), Step: n.Step, Text: strings.TrimSpace(n.Text), Day: n.Day, ColumnID: n.ColumnID, At: tx.Now, Version: 1}
		if made.Day == "" {
			made.Day = tx.Now.In(seen.Location()).Format(time.DateOnly)
		}
		if err := made.check(tx, seen.Layout); err != nil {
			return made, err
		}
		var column *int64
		if n.ColumnID != "" {
			c := seen.Column(n.ColumnID)
			if c == nil {
				return made, fault.Invalid("body.columnId", "That column is not on this board")
			}
			column, made.Column = &c.RID, c.Name
		}
		if err := roomForNote(tx, seen.Layout); err != nil {
			return made, err
		}
		if _, err := tx.Insert("INSERT INTO flow_notes (id, board_rid, column_rid, step, body, day, person_id, created_at) VALUES (?,?,?,?,?,?,?,?)",
			made.ID, seen.RID, column, made.Step, made.Text, made.Day, tx.ActorID, store.Ms(tx.Now)); err != nil {
			return made, err
		}
		return s.tellNote(tx, seen.Layout, "flow.noted", made.ID)
	})
}

// ChangeNote changes what is written, or its step or day. stale where somebody else changed it meanwhile.
func (s *Service) ChangeNote(ctx context.Context, noteID string, p NotePatch) (Note, error) {
	return s.onNote(ctx, noteID, func(tx *store.Tx, l *board.Layout, n Note) (Note, error) {
		if n.Withdrawn {
			return n, fault.NotFound("note")
		}
		if p.Version != nil && *p.Version != n.Version {
			return n, fault.Conflict("stale", "Somebody changed this note in the meantime.").With("current", n)
		}
		was := n
		if p.Step != nil {
			n.Step = *p.Step
		}
		if p.Text != nil {
			n.Text = strings.TrimSpace(*p.Text)
		}
		if p.Day != nil {
			n.Day = *p.Day
		}
		if n.Step == was.Step && n.Text == was.Text && n.Day == was.Day {
			return n, nil
		}
		if err := n.check(tx, l); err != nil {
			return n, err
		}
		if _, err := tx.Exec("UPDATE flow_notes SET step = ?, body = ?, day = ?, version = version + 1, changed_at = ? WHERE id = ?", n.Step, n.Text, n.Day, store.Ms(tx.Now), n.ID); err != nil {
			return n, err
		}
		return s.tellNote(tx, l, "flow.note_changed", n.ID)
	})
}

// WithdrawNote takes a note away, and RestoreNote brings it back; twice is as good as once.
func (s *Service) WithdrawNote(ctx context.Context, noteID string) (Note, error) {
	return s.turnNote(ctx, noteID, true)
}

// RestoreNote is the way back.
func (s *Service) RestoreNote(ctx context.Context, noteID string) (Note, error) {
	return s.turnNote(ctx, noteID, false)
}

func (s *Service) turnNote(ctx context.Context, noteID string, away bool) (Note, error) {
	return s.onNote(ctx, noteID, func(tx *store.Tx, l *board.Layout, n Note) (Note, error) {
		if n.Withdrawn == away {
			return n, nil
		}
		kind, at := "flow.note_restored", (*int64)(nil)
		if away {
			now := store.Ms(tx.Now)
			kind, at = "flow.note_withdrawn", &now
		} else if err := roomForNote(tx, l); err != nil {
			return n, err
		}
		if _, err := tx.Exec("UPDATE flow_notes SET withdrawn_at = ?, version = version + 1 WHERE id = ?", at, n.ID); err != nil {
			return n, err
		}
		return s.tellNote(tx, l, kind, n.ID)
	})
}

// roomForNote refuses one more than a board holds, written or brought back.
func roomForNote(tx *store.Tx, l *board.Layout) error {
	var count int
	if _, err := tx.Row([]any{&count}, "SELECT COUNT(*) FROM flow_notes WHERE board_rid = ? AND withdrawn_at IS NULL", l.RID); err != nil {
		return err
	}
	if count >= notesMost {
		return fault.Conflict("too_many_notes", "A board holds at most %d notes. Withdraw those that are no longer of use.", notesMost)
	}
	return nil
}

func (n *Note) check(tx *store.Tx, l *board.Layout) error {
	day, err := measure.DayOf(n.Day)
	switch {
	case text.Line(n.Text) == "": // nothing of it can be seen
		return fault.Invalid("body.text", "Write what is done about the constraint")
	case err != nil:
		return fault.Invalid("body.day", "day is a day such as 2026-11-30")
	case day > measure.NewCalendar(l.Location()).Day(store.Ms(tx.Now)):
		return fault.Invalid("body.day", "A note is about a day that has come")
	}
	return nil
}

// onNotes is the corridor of a board's notes.
func (s *Service) onNotes(ctx context.Context, boardID string, fn func(tx *store.Tx, seen board.Seen) (Note, error)) (Note, error) {
	v := who.From(ctx)
	return store.InTx(ctx, s.store, []string{event.BoardTopic(boardID)}, func(tx *store.Tx) (Note, error) {
		seen, err := s.boards.SeeTx(tx, v, boardID)
		if err != nil {
			return Note{}, err
		}
		if v.PersonID == "" || !seen.Rights.CanWork() {
			return Note{}, fault.Forbidden("Your role on this team may look, but not write notes.")
		}
		if err := seen.Open(); err != nil {
			return Note{}, err
		}
		n, err := fn(tx, seen)
		n.MayChange = true
		return n, err
	})
}

// onNote is onNotes for one of them. One that the viewer may not see is as absent as one that is not.
func (s *Service) onNote(ctx context.Context, noteID string, fn func(tx *store.Tx, l *board.Layout, n Note) (Note, error)) (Note, error) {
	var boardID string
	found, err := s.store.Rows(ctx).Row([]any{&boardID}, "SELECT b.id FROM flow_notes n JOIN boards b ON b.rid = n.board_rid WHERE n.id = ?", noteID)
	if err == nil && !found {
		err = fault.NotFound("note")
	}
	if err != nil {
		return Note{}, err
	}
	out, err := s.onNotes(ctx, boardID, func(tx *store.Tx, seen board.Seen) (Note, error) {
		n, err := noteIn(tx.Query, seen.Layout, noteID)
		if err != nil {
			return n, err
		}
		return fn(tx, seen.Layout, n)
	})
	if fault.Is(err, "not_found") {
		err = fault.NotFound("note")
	}
	return out, err
}

// tellNote tells the board's topic that a note has changed, not what it says, and reads it anew.
func (s *Service) tellNote(tx *store.Tx, l *board.Layout, kind, noteID string) (Note, error) {
	n, err := noteIn(tx.Query, l, noteID)
	if err == nil {
		_, err = tx.PublishAbout(event.BoardTopic(l.ID), kind, noteID, map[string]any{"noteId": noteID, "step": n.Step, "day": n.Day})
	}
	return n, err
}

func noteIn(q *store.Query, l *board.Layout, id string) (Note, error) {
	list, err := notesWhere(q, l, "n.id = ?", id)
	if err == nil && len(list) == 0 {
		err = fault.NotFound("note")
	}
	if err != nil {
		return Note{}, err
	}
	return list[0], nil
}

// notesOf a board, the newest day first; at the same step and day the last one written.
func notesOf(q *store.Query, l *board.Layout) ([]Note, error) {
	return notesWhere(q, l, "n.withdrawn_at IS NULL")
}

func notesWhere(q *store.Query, l *board.Layout, where string, args ...any) ([]Note, error) {
	out := []Note{}
	var writers []string
	err := q.Each(func(scan func(...any) error) error {
		var n Note
		var at int64
		var changed, withdrawn *int64
		err := scan(&n.ID, &n.Step, &n.Text, &n.Day, &n.ColumnID, &n.Column, &n.By.ID, &n.Version, &at, &changed, &withdrawn)
		n.At, n.ChangedAt, n.Withdrawn = store.At(at), store.AtPtr(changed), withdrawn != nil
		out, writers = append(out, n), append(writers, n.By.ID)
		return err
	}, `SELECT n.id, n.step, n.body, n.day, COALESCE(c.id, ''), COALESCE(c.name, ''), n.person_id, n.version, n.created_at, n.changed_at, n.withdrawn_at
		FROM flow_notes n LEFT JOIN columns c ON c.rid = n.column_rid WHERE n.board_rid = ? AND `+where+` ORDER BY n.day DESC, n.rid DESC`, append([]any{l.RID}, args...)...)
	if err != nil {
		return nil, err
	}
	people, err := account.PeopleByID(q, writers)
	for i := range out {
		p := people[out[i].By.ID]
		out[i].By.Name, out[i].By.Hue = p.Name, p.Hue
	}
	return out, err
}
