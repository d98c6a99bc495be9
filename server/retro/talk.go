package retro

import (
	"cmp"
	"context"
	"slices"

	"trestle/server/fault"
	"trestle/server/store"
)

// How a group stands.
const (
	open      = "open"
	discussed = "discussed"
	parked    = "parked"
)

// CastVotes says how many of the viewer's votes a group has, 0 takes them back. Totals are hidden until all is counted.
func (s *Service) CastVotes(ctx context.Context, id, groupID string, n int) (View, error) {
	return s.quietly(ctx, id, "retro.voted", func(tx *store.Tx, at *seat) (bool, error) {
		if err := at.in(Vote); err != nil {
			return false, err
		}
		if _, err := groupIn(tx.Query, at.RID, groupID); err != nil {
			if fault.Is(err, "not_found") {
				err = fault.Invalid("body.groupId", "There is no such group in this retro")
			}
			return false, err
		}
		me := at.code(forVote)
		elsewhere, err := count(tx.Query, "SELECT COALESCE(SUM(n), 0) FROM retro_votes WHERE retro_rid = ? AND voter = ? AND group_id <> ?", at.RID, me, groupID)
		switch {
		case err != nil:
			return false, err
		case n < 0 || n > at.MaxPerGroup:
			return false, fault.Conflict("too_many_for_one", "One group takes at most %d of your votes.", at.MaxPerGroup).With("max", at.MaxPerGroup)
		case elsewhere+n > at.Budget:
			return false, fault.Conflict("no_votes_left", "You have %d votes, and they are given. Take one back first.", at.Budget).With("budget", at.Budget)
		}
		if n == 0 {
			_, err = tx.Exec("DELETE FROM retro_votes WHERE retro_rid = ? AND voter = ? AND group_id = ?", at.RID, me, groupID)
			return true, err
		}
		_, err = tx.Exec(`INSERT INTO retro_votes (retro_rid, group_id, voter, n) VALUES (?,?,?,?)
			ON CONFLICT (retro_rid, voter, group_id) DO UPDATE SET n = excluded.n`, at.RID, groupID, me, n)
		return true, err
	})
}

// ranked puts groups in the order in which they are talked about.
func ranked(groups []group, notes []note) []group {
	held := map[string]int{}
	for _, n := range notes {
		held[n.GroupID]++
	}
	out := slices.Clone(groups)
	slices.SortStableFunc(out, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.Votes, a.Votes), cmp.Compare(held[b.ID], held[a.ID]), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Topic is what is talked about next: a group, or the next one of the list.
type Topic struct {
	GroupID string `json:"groupId,omitempty" required:"false" maxLength:"64"`
	Next    bool   `json:"next,omitempty" required:"false" doc:"The next open group of the list; after the last one none"`
	From    string `json:"from,omitempty" required:"false" maxLength:"64" doc:"With next: the group that is being left. When somebody else has left it already, nothing happens"`
}

// TalkAbout goes on to another group.
func (s *Service) TalkAbout(ctx context.Context, id string, t Topic) (View, error) {
	return s.on(ctx, id, facilitating, "retro.discussed", func(tx *store.Tx, at *seat) (news, error) {
		if err := at.in(Discuss); err != nil {
			return nil, err
		}
		if (t.GroupID == "") != t.Next {
			return nil, fault.Invalid("body", "Say either groupId or next")
		}
		if t.Next && t.From != "" && t.From != at.Topic {
			return nil, nil
		}
		if t.GroupID != "" {
			if _, err := groupIn(tx.Query, at.RID, t.GroupID); err != nil {
				if fault.Is(err, "not_found") {
					err = fault.Invalid("body.groupId", "There is no such group in this retro")
				}
				return nil, err
			}
			if t.GroupID == at.Topic {
				return nil, nil
			}
		}
		if err := at.endTopic(tx); err != nil {
			return nil, err
		}
		if t.Next {
			return news{}, at.nextTopic(tx)
		}
		return news{"groupId": t.GroupID}, at.beginTopic(tx, t.GroupID)
	})
}

func (r *retro) beginTopic(tx *store.Tx, groupID string) error {
	r.Topic, r.Timer = groupID, timer{}
	if groupID == "" {
		return nil
	}
	r.Timer = startTimer(r.phase(Discuss).Seconds, tx.Now)
	_, err := tx.Exec("UPDATE retro_groups SET state = ? WHERE id = ?", open, groupID)
	return err
}

// endTopic notes that the group at hand was talked about; its thumbs are gone.
func (r *retro) endTopic(tx *store.Tx) error {
	if r.Topic == "" {
		return nil
	}
	if _, err := tx.Exec("UPDATE retro_groups SET state = ? WHERE id = ?", discussed, r.Topic); err != nil {
		return err
	}
	r.Topic = ""
	_, err := tx.Exec("DELETE FROM retro_thumbs WHERE retro_rid = ?", r.RID)
	return err
}

// nextTopic begins with the first open group of the list.
func (r *retro) nextTopic(tx *store.Tx) error {
	groups, err := groupsOf(tx.Query, r.RID)
	if err != nil {
		return err
	}
	notes, err := notesOf(tx.Query, r.RID)
	if err != nil {
		return err
	}
	for _, g := range ranked(groups, notes) {
		if g.State == open {
			return r.beginTopic(tx, g.ID)
		}
	}
	return r.beginTopic(tx, "")
}

// Thumbs are the silent votes on whether to go on with a group.
const (
	GoOn   = "continue"
	MoveOn = "move_on"
)

// Thumb is one's thumb for the group at hand, "" takes it back.
func (s *Service) Thumb(ctx context.Context, id, value string) (View, error) {
	return s.quietly(ctx, id, "retro.thumbed", func(tx *store.Tx, at *seat) (bool, error) {
		if err := at.in(Discuss); err != nil {
			return false, err
		}
		if at.Topic == "" {
			return false, fault.Conflict("no_topic", "Nothing is being discussed.")
		}
		me := at.code(forThumb)
		if _, err := tx.Exec("DELETE FROM retro_thumbs WHERE retro_rid = ? AND voter = ?", at.RID, me); err != nil || value == "" {
			return true, err
		}
		_, err := tx.Exec("INSERT INTO retro_thumbs (retro_rid, voter, value) VALUES (?,?,?)", at.RID, me, value)
		return true, err
	})
}

// Rating is how the retro was: whether the time was well spent, and whether one felt safe to speak, each 1 to 5.
type Rating struct {
	Roti   int `json:"roti,omitempty" required:"false" minimum:"1" maximum:"5"`
	Safety int `json:"safety,omitempty" required:"false" minimum:"1" maximum:"5"`
}

// Rate gives one's rating, or another one. Only the mean is kept, and shown when the retro is published.
func (s *Service) Rate(ctx context.Context, id string, r Rating) (View, error) {
	return s.quietly(ctx, id, "retro.answered", func(tx *store.Tx, at *seat) (bool, error) {
		if err := at.in(Close); err != nil {
			return false, err
		}
		me := at.code(forAnswer)
		for kind, value := range map[string]int{"roti": r.Roti, "safety": r.Safety} {
			if value == 0 {
				continue
			}
			if _, err := tx.Exec(`INSERT INTO retro_answers (retro_rid, voter, kind, value) VALUES (?,?,?,?)
				ON CONFLICT (retro_rid, kind, voter) DO UPDATE SET value = excluded.value`, at.RID, me, kind, value); err != nil {
				return false, err
			}
		}
		return r != Rating{}, nil
	})
}
