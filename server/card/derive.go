package card

import (
	"trestle/server/store"
)

// derive reads what the faces of some cards show from the tables beside them. which is a condition on
// card_rid with one placeholder.
func derive(q *store.Query, which string, arg any) (map[int64]*Derived, error) {
	out := map[int64]*Derived{}
	of := func(rid int64) *Derived {
		if out[rid] == nil {
			out[rid] = &Derived{}
		}
		return out[rid]
	}
	err := q.Each(func(scan func(...any) error) error {
		var rid int64
		var person string
		err := scan(&rid, &person)
		of(rid).OwnerIDs = append(of(rid).OwnerIDs, person)
		return err
	}, "SELECT a.card_rid, p.id FROM assignments a JOIN people p ON p.rid = a.person_rid WHERE a.to_at IS NULL AND a.card_rid "+which+" ORDER BY a.rid", arg)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var rid, opened int64
		var b BlockerFace
		var on CardRef
		err := scan(&rid, &b.ID, &b.Category, &b.Reason, &b.WaitingFor, &opened, &b.RaisedTo, &b.PromisedOn, &on.CardID, &on.Key)
		b.OpenedAt = store.At(opened)
		if on.CardID != "" {
			b.BlockedBy = &on
		}
		of(rid).Blockers = append(of(rid).Blockers, b)
		return err
	}, `SELECT k.card_rid, k.id, k.category, k.reason, k.waiting_for, k.opened_at, k.raised_to, k.promised_on, COALESCE(o.id, ''), COALESCE(o.key, '')
		FROM blockers k LEFT JOIN waits w ON w.blocker_rid = k.rid AND w.to_at IS NULL LEFT JOIN cards o ON o.rid = w.on_rid
		WHERE k.closed_at IS NULL AND k.card_rid `+which+" ORDER BY k.rid", arg)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var rid, at int64
		var expires *int64
		var s SignalFace
		err := scan(&rid, &s.Key, &s.State, &s.Text, &s.URL, &at, &expires)
		s.At, s.ExpiresAt = store.At(at), store.AtPtr(expires)
		of(rid).Signals = append(of(rid).Signals, s)
		return err
	}, "SELECT card_rid, key, state, text, url, at, expires_at FROM signals WHERE card_rid "+which+" ORDER BY key", arg)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var rid int64
		var p Progress
		err := scan(&rid, &p.Total, &p.Done)
		of(rid).Todo = &p
		return err
	}, `SELECT t.card_rid, COUNT(*), SUM(CASE WHEN CASE WHEN t.child_rid IS NULL THEN t.done ELSE k.finished_at IS NOT NULL END THEN 1 ELSE 0 END)
		FROM todos t LEFT JOIN cards k ON k.rid = t.child_rid WHERE t.removed_at IS NULL AND t.card_rid `+which+" GROUP BY t.card_rid", arg)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var rid int64
		var n int
		err := scan(&rid, &n)
		of(rid).Comments = n
		return err
	}, "SELECT card_rid, COUNT(*) FROM comments WHERE removed_at IS NULL AND card_rid "+which+" GROUP BY card_rid", arg)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var rid int64
		err := scan(&rid)
		of(rid).Mirrored = true
		return err
	}, "SELECT DISTINCT card_rid FROM places WHERE mirror = TRUE AND card_rid "+which, arg)
	if err != nil {
		return nil, err
	}
	err = q.Each(func(scan func(...any) error) error {
		var rid int64
		var n int
		err := scan(&rid, &n)
		of(rid).Attachments = n
		return err
	}, "SELECT card_rid, COUNT(*) FROM attachments WHERE removed_at IS NULL AND card_rid "+which+" GROUP BY card_rid", arg)
	if err != nil {
		return nil, err
	}
	if err := deriveFull(q, of, which, arg); err != nil {
		return nil, err
	}
	return out, deriveAsks(q, of, which, arg)
}

// refresh rewrites the derived part of one card's face from the tables.
func refresh(tx *store.Tx, c *Card) error {
	all, err := derive(tx.Query, "= ?", c.RID)
	if err != nil {
		return err
	}
	c.Face = Derived{}
	if d := all[c.RID]; d != nil {
		c.Face = *d
	}
	return nil
}

const ofBoard = "IN (SELECT rid FROM cards WHERE board_rid = ?)"

// RefreshFaces rewrites the derived part of every face of a board, for who wrote the tables directly.
func RefreshFaces(tx *store.Tx, boardRID int64) error {
	all, err := derive(tx.Query, ofBoard, boardRID)
	if err != nil {
		return err
	}
	wrong := map[int64]string{}
	err = tx.Each(func(scan func(...any) error) error {
		var rid int64
		var face string
		if err := scan(&rid, &face); err != nil {
			return err
		}
		want := "{}"
		if d := all[rid]; d != nil {
			want = jsonText(d)
		}
		if face != want {
			wrong[rid] = want
		}
		return nil
	}, "SELECT rid, face FROM cards WHERE board_rid = ?", boardRID)
	for rid, face := range wrong {
		if err == nil {
			_, err = tx.Exec("UPDATE cards SET face = ? WHERE rid = ?", face, rid)
		}
	}
	return err
}

// WrongFaces gives the ids of cards whose stored face does not agree with the tables, for the doctor.
func WrongFaces(q *store.Query, boardRID int64) ([]string, error) {
	all, err := derive(q, ofBoard, boardRID)
	if err != nil {
		return nil, err
	}
	var wrong []string
	err = q.Each(func(scan func(...any) error) error {
		var rid int64
		var id, face string
		if err := scan(&rid, &id, &face); err != nil {
			return err
		}
		want := "{}"
		if d := all[rid]; d != nil {
			want = jsonText(d)
		}
		if face != want {
			wrong = append(wrong, id)
		}
		return nil
	}, "SELECT rid, id, face FROM cards WHERE board_rid = ?", boardRID)
	return wrong, err
}
