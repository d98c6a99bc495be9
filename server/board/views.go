package board

import (
	"context"
	"net/url"
	"sort"
	"strings"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

const (
	maxViews     = 50 // of one person on one board
	maxViewQuery = 2000
)

// SavedView is filters and rows of a board under a name. Its query is what the page's address holds.
type SavedView struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Query  string `json:"query" doc:"As in the page's address, without the question mark"`
	Shared bool   `json:"shared" doc:"Everybody who may see the board has it"`
	ByID   string `json:"byId" doc:"Who made it"`
}

// SavedViews is what a viewer may choose from on a board.
type SavedViews struct {
	Items     []SavedView `json:"items"`
	DefaultID string      `json:"defaultId,omitempty" doc:"The view with which the viewer opens the board"`
}

// NewView is a view to be kept.
type NewView struct {
	Name   string `json:"name" minLength:"1" maxLength:"60"`
	Query  string `json:"query" maxLength:"2000"`
	Shared bool   `json:"shared,omitempty" required:"false"`
}

// ViewPatch is what may change of a view.
type ViewPatch struct {
	Name   *string `json:"name,omitempty" required:"false" minLength:"1" maxLength:"60"`
	Query  *string `json:"query,omitempty" required:"false" maxLength:"2000"`
	Shared *bool   `json:"shared,omitempty" required:"false"`
}

// Views lists the viewer's own views of a board and those that are shared.
func (s *Service) Views(ctx context.Context, boardID string) (out SavedViews, err error) {
	v := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		seen, err := s.See(q, v, boardID)
		if err != nil {
			return err
		}
		out, err = viewsOf(q, seen.RID, v.PersonID)
		return err
	})
	return out, err
}

func viewsOf(q *store.Query, boardRID int64, personID string) (SavedViews, error) {
	out := SavedViews{Items: []SavedView{}}
	err := q.Each(func(scan func(...any) error) error {
		var x SavedView
		err := scan(&x.ID, &x.Name, &x.Query, &x.Shared, &x.ByID)
		out.Items = append(out.Items, x)
		return err
	}, "SELECT id, name, query, shared, person_id FROM board_views WHERE board_rid = ? AND removed_at IS NULL AND (shared = TRUE OR person_id = ?) ORDER BY rid", boardRID, personID)
	if err != nil {
		return out, err
	}
	_, err = q.Row([]any{&out.DefaultID}, `SELECT w.id FROM board_view_defaults d JOIN board_views w ON w.rid = d.view_rid
		WHERE d.board_rid = ? AND d.person_id = ? AND w.removed_at IS NULL AND (w.shared = TRUE OR w.person_id = d.person_id)`, boardRID, personID)
	return out, err
}

// AddView keeps a view: for oneself, or, for workers, shared.
func (s *Service) AddView(ctx context.Context, boardID string, n NewView) (SavedViews, error) {
	return s.onViews(ctx, boardID, func(tx *store.Tx, seen Seen, v who.Viewer) (bool, error) {
		name, err := clean("body.name", "A view", n.Name, 60)
		if err != nil {
			return false, err
		}
		query, err := viewQuery(n.Query)
		if err != nil {
			return false, err
		}
		if n.Shared && !seen.Rights.CanWork() {
			return false, fault.Forbidden("Your role on this team may keep views for itself, but not share them.")
		}
		var have int
		if _, err := tx.Row([]any{&have}, "SELECT COUNT(*) FROM board_views WHERE board_rid = ? AND person_id = ? AND removed_at IS NULL", seen.RID, v.PersonID); err != nil {
			return false, err
		}
		if have >= maxViews {
			return false, fault.Invalid("body", "One person keeps at most %d views of a board", maxViews)
		}
		_, err = tx.Exec("INSERT INTO board_views (id, board_rid, person_id, name, query, shared, created_at) VALUES (?,?,?,?,?,?,?)",
			store.NewID("viw"), seen.RID, v.PersonID, name, query, n.Shared, store.Ms(tx.Now))
		return n.Shared, err
	})
}

// ChangeView renames a view, gives it other filters, shares it or takes it back. Its maker may; a shared one also a lead.
func (s *Service) ChangeView(ctx context.Context, viewID string, p ViewPatch) (SavedViews, error) {
	return s.onView(ctx, viewID, func(tx *store.Tx, seen Seen, rid int64, w SavedView) error {
		var err error
		if p.Name != nil {
			if w.Name, err = clean("body.name", "A view", *p.Name, 60); err != nil {
				return err
			}
		}
		if p.Query != nil {
			if w.Query, err = viewQuery(*p.Query); err != nil {
				return err
			}
		}
		if p.Shared != nil {
			if *p.Shared && !seen.Rights.CanWork() {
				return fault.Forbidden("Your role on this team may keep views for itself, but not share them.")
			}
			w.Shared = *p.Shared
		}
		_, err = tx.Exec("UPDATE board_views SET name = ?, query = ?, shared = ? WHERE rid = ?", w.Name, w.Query, w.Shared, rid)
		return err
	})
}

// RemoveView takes a view away. Who opened the board with it sees everything again.
func (s *Service) RemoveView(ctx context.Context, viewID string) (SavedViews, error) {
	return s.onView(ctx, viewID, func(tx *store.Tx, _ Seen, rid int64, _ SavedView) error {
		_, err := tx.Exec("UPDATE board_views SET removed_at = ? WHERE rid = ?", store.Ms(tx.Now), rid)
		return err
	})
}

// OpenWith says with which view the viewer opens the board; "" = with everything.
func (s *Service) OpenWith(ctx context.Context, boardID, viewID string) (SavedViews, error) {
	return s.onViews(ctx, boardID, func(tx *store.Tx, seen Seen, v who.Viewer) (bool, error) {
		if _, err := tx.Exec("DELETE FROM board_view_defaults WHERE board_rid = ? AND person_id = ?", seen.RID, v.PersonID); err != nil || viewID == "" {
			return false, err
		}
		n, err := tx.Exec(`INSERT INTO board_view_defaults (board_rid, person_id, view_rid) SELECT board_rid, ?, rid FROM board_views
			WHERE id = ? AND board_rid = ? AND removed_at IS NULL AND (shared = TRUE OR person_id = ?)`, v.PersonID, viewID, seen.RID, v.PersonID)
		if err == nil && n == 0 {
			err = fault.NotFound("view")
		}
		return false, err
	})
}

// onViews is the corridor of the views of one board. fn says whether those who see the board are to hear of it.
func (s *Service) onViews(ctx context.Context, boardID string, fn func(tx *store.Tx, seen Seen, v who.Viewer) (tell bool, err error)) (SavedViews, error) {
	v := who.From(ctx)
	if v.PersonID == "" {
		return SavedViews{}, fault.Forbidden("Only a person keeps views.")
	}
	topic := event.BoardTopic(boardID)
	return store.InTx(ctx, s.store, []string{topic}, func(tx *store.Tx) (SavedViews, error) {
		seen, err := s.SeeTx(tx, v, boardID)
		if err != nil {
			return SavedViews{}, err
		}
		tell, err := fn(tx, seen, v)
		if err != nil {
			return SavedViews{}, err
		}
		if tell {
			if _, err := tx.Publish(topic, "board.views_changed", map[string]any{}); err != nil {
				return SavedViews{}, err
			}
		}
		return viewsOf(tx.Query, seen.RID, v.PersonID)
	})
}

// onView is onViews for one view that the viewer may change. What is not shared exists for its maker only.
func (s *Service) onView(ctx context.Context, viewID string, fn func(tx *store.Tx, seen Seen, rid int64, w SavedView) error) (SavedViews, error) {
	var boardID string
	found, err := s.store.Rows(ctx).Row([]any{&boardID}, "SELECT b.id FROM board_views w JOIN boards b ON b.rid = w.board_rid WHERE w.id = ?", viewID)
	if err == nil && !found {
		err = fault.NotFound("view")
	}
	if err != nil {
		return SavedViews{}, err
	}
	out, err := s.onViews(ctx, boardID, func(tx *store.Tx, seen Seen, v who.Viewer) (bool, error) {
		var rid int64
		w := SavedView{ID: viewID}
		found, err := tx.Row([]any{&rid, &w.Name, &w.Query, &w.Shared, &w.ByID},
			"SELECT rid, name, query, shared, person_id FROM board_views WHERE id = ? AND removed_at IS NULL", viewID)
		if err != nil {
			return false, err
		}
		mine := w.ByID == v.PersonID
		if !found || (!mine && !w.Shared) {
			return false, fault.NotFound("view")
		}
		if !mine && !seen.Rights.CanLead() {
			return false, fault.Forbidden("This view is somebody else's. You can keep one of your own.")
		}
		if err := fn(tx, seen, rid, w); err != nil {
			return false, err
		}
		var shared bool
		_, err = tx.Row([]any{&shared}, "SELECT shared FROM board_views WHERE rid = ?", rid)
		return shared || w.Shared, err
	})
	if fault.Is(err, "not_found") {
		err = fault.NotFound("view")
	}
	return out, err
}

// viewQuery puts the parts of an address into one order, so that the same filters are the same text. The open card is
// no part of a view.
func viewQuery(query string) (string, error) {
	values, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil {
		return "", fault.Invalid("body.query", "These filters cannot be read")
	}
	values.Del("card")
	values.Del("view")
	for _, v := range values {
		sort.Strings(v)
	}
	out := values.Encode()
	if len(out) > maxViewQuery {
		return "", fault.Invalid("body.query", "These are more filters than a view can hold")
	}
	return out, nil
}
