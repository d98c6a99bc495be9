package retro

import (
	"context"
	"slices"

	"trestle/server/fault"
	"trestle/server/store"
)

// NewGroup puts notes together.
type NewGroup struct {
	NoteIDs     []string `json:"noteIds" minItems:"1" maxItems:"100"`
	IntoGroupID string   `json:"intoGroupId,omitempty" required:"false" maxLength:"64" doc:"Absent: a new group"`
	Title       string   `json:"title,omitempty" required:"false" maxLength:"120" doc:"Of a new group; its first note's words when absent"`
}

// GroupNotes puts notes into a group, or makes one of them.
func (s *Service) GroupNotes(ctx context.Context, id string, n NewGroup) (View, error) {
	return s.on(ctx, id, joined, "retro.groups_changed", func(tx *store.Tx, at *seat) (news, error) {
		if err := at.in(Group); err != nil {
			return nil, err
		}
		if len(n.NoteIDs) == 0 {
			return nil, fault.Invalid("body.noteIds", "Name the notes")
		}
		var first note
		for i, noteID := range n.NoteIDs {
			found, err := noteIn(tx.Query, at.RID, noteID)
			if fault.Is(err, "not_found") {
				return nil, fault.Invalid("body.noteIds", "One of these notes is not in this retro")
			}
			if err != nil {
				return nil, err
			}
			if i == 0 {
				first = found
			}
		}
		into := n.IntoGroupID
		if into == "" {
			title := clip(first.Text, 60)
			if n.Title != "" {
				var err error
				if title, err = oneLine("body.title", "The title", n.Title, 120); err != nil {
					return nil, err
				}
			}
			var err error
			if into, err = insertGroup(tx, at.RID, first.Column, title); err != nil {
				return nil, err
			}
		} else if _, err := groupIn(tx.Query, at.RID, into); err != nil {
			if fault.Is(err, "not_found") {
				err = fault.Invalid("body.intoGroupId", "There is no such group in this retro")
			}
			return nil, err
		}
		for _, noteID := range n.NoteIDs {
			if _, err := tx.Exec("UPDATE retro_notes SET group_id = ? WHERE id = ?", into, noteID); err != nil {
				return nil, err
			}
		}
		return news{"groupId": into}, sweepGroups(tx, at.RID)
	})
}

// Ungroup takes a note out of its group.
func (s *Service) Ungroup(ctx context.Context, noteID string) (View, error) {
	id, err := s.retroOf(ctx, "note", "SELECT r.id FROM retro_notes n JOIN retros r ON r.rid = n.retro_rid WHERE n.id = ?", noteID)
	if err != nil {
		return View{}, err
	}
	v, err := s.on(ctx, id, joined, "retro.groups_changed", func(tx *store.Tx, at *seat) (news, error) {
		if err := at.in(Group); err != nil {
			return nil, err
		}
		n, err := noteIn(tx.Query, at.RID, noteID)
		if err != nil || n.GroupID == "" {
			return nil, err
		}
		if _, err := tx.Exec("UPDATE retro_notes SET group_id = '' WHERE id = ?", n.ID); err != nil {
			return nil, err
		}
		return news{"groupId": n.GroupID}, sweepGroups(tx, at.RID)
	})
	return ofPart("note", v, err)
}

// GroupPatch changes a group: its title while it is formed and talked about, what was said by who facilitates.
type GroupPatch struct {
	Title *string `json:"title,omitempty" required:"false" maxLength:"120"`
	Said  *string `json:"notesText,omitempty" required:"false" maxLength:"4000" doc:"What was said about it"`
}

// ChangeGroup changes a group.
func (s *Service) ChangeGroup(ctx context.Context, groupID string, p GroupPatch) (View, error) {
	id, err := s.retroOf(ctx, "group", "SELECT r.id FROM retro_groups g JOIN retros r ON r.rid = g.retro_rid WHERE g.id = ?", groupID)
	if err != nil {
		return View{}, err
	}
	v, err := s.on(ctx, id, joined, "retro.groups_changed", func(tx *store.Tx, at *seat) (news, error) {
		g, err := groupIn(tx.Query, at.RID, groupID)
		if err != nil {
			return nil, err
		}
		if p.Title != nil {
			if err := at.in(Group, Vote, Discuss); err != nil {
				return nil, err
			}
			if g.Title, err = oneLine("body.title", "The title", *p.Title, 120); err != nil {
				return nil, err
			}
		}
		if p.Said != nil {
			if err := at.in(Discuss, Commit, Close); err != nil {
				return nil, err
			}
			if !at.facilitates() {
				return nil, fault.Forbidden("Only who facilitates this retro writes down what was said.")
			}
			if g.Said = *p.Said; g.Said != "" {
				if g.Said, err = words("body.notesText", "The text", g.Said, 4000); err != nil {
					return nil, err
				}
			}
		}
		_, err = tx.Exec("UPDATE retro_groups SET title = ?, said = ? WHERE id = ?", g.Title, g.Said, g.ID)
		return news{"groupId": g.ID}, err
	})
	return ofPart("group", v, err)
}

func groupIn(q *store.Query, rid int64, groupID string) (group, error) {
	all, err := groupsOf(q, rid)
	if err != nil {
		return group{}, err
	}
	i := slices.IndexFunc(all, func(g group) bool { return g.ID == groupID })
	if i < 0 {
		return group{}, fault.NotFound("group")
	}
	return all[i], nil
}

func insertGroup(tx *store.Tx, rid int64, column, title string) (id string, err error) {
	id = store.NewID("rgr")
	_, err = tx.Exec("INSERT INTO retro_groups (id, retro_rid, column_key, title) VALUES (?,?,?,?)", id, rid, column, title)
	return id, err
}

// sweepGroups takes away the groups that have no note left.
func sweepGroups(tx *store.Tx, rid int64) error {
	_, err := tx.Exec("DELETE FROM retro_groups WHERE retro_rid = ? AND NOT EXISTS (SELECT 1 FROM retro_notes n WHERE n.group_id = retro_groups.id)", rid)
	return err
}

// groupTheRest makes a group of every note that is in none, and counts all groups.
func (r *retro) groupTheRest(tx *store.Tx) (groups int, err error) {
	notes, err := notesOf(tx.Query, r.RID)
	if err != nil {
		return 0, err
	}
	for _, n := range notes {
		if n.GroupID != "" {
			continue
		}
		id, err := insertGroup(tx, r.RID, n.Column, clip(n.Text, 60))
		if err != nil {
			return 0, err
		}
		if _, err := tx.Exec("UPDATE retro_notes SET group_id = ? WHERE id = ?", id, n.ID); err != nil {
			return 0, err
		}
	}
	return count(tx.Query, "SELECT COUNT(*) FROM retro_groups WHERE retro_rid = ?", r.RID)
}
