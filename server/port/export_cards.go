package port

import (
	"encoding/json"
	"fmt"

	"trestle/server/store"
)

// page reads some cards with everything on them, in the given order.
func (e *exporter) page(rids []int64) ([]*fileCard, error) {
	args := make([]any, len(rids))
	out := make([]*fileCard, len(rids))
	by := make(map[int64]*fileCard, len(rids))
	for i, rid := range rids {
		args[i] = rid
	}
	in := " IN (" + store.Marks(len(rids)) + ")"
	if err := e.readCards(by, in, args); err != nil {
		return nil, err
	}
	for _, fn := range []func(map[int64]*fileCard, string, []any) error{e.readSteps, e.readOwners, e.readDisciplines, e.readBlockers,
		e.readComments, e.readTodos, e.readSignals, e.readValues, e.readLinks, e.readHypotheses, e.readRevisions, e.readMentions, e.readWatchers} {
		if err := fn(by, in, args); err != nil {
			return nil, err
		}
	}
	for i, rid := range rids {
		out[i] = by[rid]
	}
	return out, nil
}

func (e *exporter) column(rid *int64) string {
	if rid != nil && e.columns[*rid] != nil {
		return e.columns[*rid].ID
	}
	return ""
}

func (e *exporter) lane(rid *int64) string {
	if rid != nil && e.lanes[*rid] != nil {
		return e.lanes[*rid].ID
	}
	return ""
}

func (e *exporter) readCards(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		c := &fileCard{Transitions: []fileStep{}, Owners: []fileOwner{}, Disciplines: []fileDiscipline{}, Blockers: []fileBlocker{},
			Comments: []fileComment{}, Todos: []fileTodo{}, Signals: []fileSignal{}, Fields: []fileValue{}}
		var rid, created, entered, column int64
		var lane, started, finished, archived *int64
		var involves, labels string
		err := scan(&rid, &c.ID, &c.Key, &c.Title, &c.Description, &c.Type, &c.Discipline, &involves, &c.Class, &labels, &c.DueOn, &c.Size,
			&c.CreatedBy, &created, &started, &finished, &archived, &c.HistoryIncomplete, &c.ParentID, &column, &lane, &entered)
		if err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(involves), &c.Involves); err != nil {
			return fmt.Errorf("card %s: %w", c.ID, err)
		}
		if err := json.Unmarshal([]byte(labels), &c.Labels); err != nil {
			return fmt.Errorf("card %s: %w", c.ID, err)
		}
		c.CreatedBy, c.CreatedAt, c.EnteredAt = e.who(c.CreatedBy), stamp(created), stamp(entered)
		c.StartedAt, c.FinishedAt, c.ArchivedAt = stampPtr(started), stampPtr(finished), stampPtr(archived)
		c.ColumnID, c.LaneID = e.column(&column), e.lane(lane)
		by[rid] = c
		return nil
	}, `SELECT c.rid, c.id, c.key, c.title, c.description, c.type, c.discipline, c.involves, c.class, c.labels, c.due_on, c.size, c.created_by,
		c.created_at, c.started_at, c.finished_at, c.archived_at, c.history_incomplete, COALESCE(k.id, ''), p.column_rid, p.lane_rid, p.entered_at
		FROM cards c JOIN places p ON p.card_rid = c.rid AND p.board_rid = c.board_rid
		LEFT JOIN cards k ON k.rid = c.parent_rid AND k.board_rid = c.board_rid WHERE c.rid`+in, args...)
}

func (e *exporter) readSteps(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var t fileStep
		var rid, at int64
		var from, to, fromLane, lane, voided *int64
		var over string
		err := scan(&rid, &t.Kind, &from, &to, &fromLane, &lane, &t.Backward, &t.ReturnCategory, &t.ReturnText, &t.Override, &over,
			&t.ActorID, &t.ActorName, &at, &voided)
		if json.Valid([]byte(over)) {
			t.Limits = json.RawMessage(over)
		}
		t.From, t.To, t.FromLane, t.Lane = e.column(from), e.column(to), e.lane(fromLane), e.lane(lane)
		t.ActorID, t.At, t.VoidedAt = e.who(t.ActorID), stamp(at), stampPtr(voided)
		by[rid].Transitions = append(by[rid].Transitions, t)
		return err
	}, `SELECT card_rid, kind, from_column_rid, to_column_rid, from_lane_rid, lane_rid, backward, return_category, return_text, override_reason,
		override_limit, actor_id, actor_name, at, voided_at FROM card_transitions WHERE card_rid`+in+" ORDER BY at, rid", args...)
}

func (e *exporter) readOwners(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var o fileOwner
		var rid, from int64
		var to *int64
		err := scan(&rid, &o.PersonID, &from, &to)
		o.From, o.To = stamp(from), stampPtr(to)
		by[rid].Owners = append(by[rid].Owners, o)
		return err
	}, "SELECT a.card_rid, p.id, a.from_at, a.to_at FROM assignments a JOIN people p ON p.rid = a.person_rid WHERE a.card_rid"+in+" ORDER BY a.rid", args...)
}

func (e *exporter) readDisciplines(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var d fileDiscipline
		var rid, from int64
		var to *int64
		err := scan(&rid, &d.Discipline, &d.Leading, &from, &to)
		d.From, d.To = stamp(from), stampPtr(to)
		by[rid].Disciplines = append(by[rid].Disciplines, d)
		return err
	}, "SELECT card_rid, discipline, is_leading, from_at, to_at FROM discipline_intervals WHERE card_rid"+in+" ORDER BY rid", args...)
}

func (e *exporter) readBlockers(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var b fileBlocker
		var rid, opened int64
		var closed, raised, promised *int64
		var other fileOther
		err := scan(&rid, &b.Category, &b.External, &b.Reason, &b.WaitingFor, &b.OpenedBy, &opened, &b.ClosedBy, &closed,
			&b.RaisedTo, &b.RaisedBy, &raised, &b.PromisedOn, &promised, &b.WaitsForID, &other.ID, &other.Key)
		if other.ID != "" && b.WaitsForID == "" {
			b.WaitsForOther = &other
		}
		b.OpenedBy, b.ClosedBy, b.OpenedAt, b.ClosedAt = e.who(b.OpenedBy), e.who(b.ClosedBy), stamp(opened), stampPtr(closed)
		b.RaisedTo, b.RaisedBy, b.RaisedAt, b.PromisedAt = e.who(b.RaisedTo), e.who(b.RaisedBy), stampPtr(raised), stampPtr(promised)
		by[rid].Blockers = append(by[rid].Blockers, b)
		return err
	}, `SELECT b.card_rid, b.category, b.external, b.reason, b.waiting_for, b.opened_by, b.opened_at, b.closed_by, b.closed_at,
		b.raised_to, b.raised_by, b.raised_at, b.promised_on, b.promised_at, CASE WHEN o.board_rid = b.board_rid THEN o.id ELSE '' END, COALESCE(o.id, ''), COALESCE(o.key, '')
		FROM blockers b LEFT JOIN waits w ON w.blocker_rid = b.rid AND w.to_at IS NULL AND b.closed_at IS NULL
		LEFT JOIN cards o ON o.rid = w.on_rid WHERE b.card_rid`+in+" ORDER BY b.rid", args...)
}

func (e *exporter) readComments(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var m fileComment
		var rid, at int64
		var edited *int64
		var comment int64
		err := scan(&comment, &rid, &m.AuthorID, &m.AuthorName, &m.Text, &at, &edited)
		m.AuthorID, m.At, m.EditedAt = e.who(m.AuthorID), stamp(at), stampPtr(edited)
		c := by[rid]
		c.Comments = append(c.Comments, m)
		if c.said == nil {
			c.said = map[int64]int{}
		}
		c.said[comment] = len(c.Comments)
		return err
	}, "SELECT rid, card_rid, author_id, author_name, text, at, edited_at FROM comments WHERE removed_at IS NULL AND card_rid"+in+" ORDER BY at, rid", args...)
}

func (e *exporter) readTodos(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var t fileTodo
		var rid int64
		err := scan(&rid, &t.List, &t.Text, &t.Done, &t.CardID)
		by[rid].Todos = append(by[rid].Todos, t)
		return err
	}, `SELECT t.card_rid, t.list, t.text, t.done, COALESCE(k.id, '') FROM todos t JOIN cards c ON c.rid = t.card_rid
		LEFT JOIN cards k ON k.rid = t.child_rid AND k.board_rid = c.board_rid WHERE t.removed_at IS NULL AND t.card_rid`+in+" ORDER BY t.position, t.rid", args...)
}

func (e *exporter) readSignals(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var s fileSignal
		var rid, at int64
		var expires *int64
		err := scan(&rid, &s.Key, &s.State, &s.Text, &s.URL, &at, &expires)
		s.At, s.ExpiresAt = stamp(at), stampPtr(expires)
		by[rid].Signals = append(by[rid].Signals, s)
		return err
	}, "SELECT card_rid, key, state, text, url, at, expires_at FROM signals WHERE card_rid"+in+" ORDER BY key", args...)
}

func (e *exporter) readValues(by map[int64]*fileCard, in string, args []any) error {
	return e.q.Each(func(scan func(...any) error) error {
		var rid, field int64
		var value string
		if err := scan(&rid, &field, &value); err != nil {
			return err
		}
		if f := e.fields[field]; f != nil {
			by[rid].Fields = append(by[rid].Fields, fileValue{f.ID, value})
		}
		return nil
	}, "SELECT card_rid, field_rid, value FROM custom_values WHERE card_rid"+in+" ORDER BY field_rid", args...)
}
