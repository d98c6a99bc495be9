package board

import (
	"context"

	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Archive puts a board away: it leaves the lists, can still be read by its address, and cannot be changed until
// it is restored. Nothing of it is lost. Only a lead may.
func (s *Service) Archive(ctx context.Context, boardID string) (*Layout, error) {
	return s.shelve(ctx, boardID, true)
}

// Restore brings an archived board back as it was.
func (s *Service) Restore(ctx context.Context, boardID string) (*Layout, error) {
	return s.shelve(ctx, boardID, false)
}

// ToTeam is what events of the team's topic say of the board. Everybody in the workspace may follow a team, so of a
// board that only its team sees they say that there is one.
func (b *Board) ToTeam() map[string]any {
	if b.Visibility != Workspace {
		return map[string]any{}
	}
	return map[string]any{"boardId": b.ID, "name": b.Name}
}

func (s *Service) shelve(ctx context.Context, boardID string, away bool) (*Layout, error) {
	v := who.From(ctx)
	known, err := s.See(s.store.Rows(ctx), v, boardID) // a board keeps its team
	if err != nil {
		return nil, err
	}
	topics := []string{event.BoardTopic(boardID), event.TeamTopic(known.TeamID)}
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (*Layout, error) {
		seen, err := s.SeeTx(tx, v, boardID)
		if err != nil {
			return nil, err
		}
		if !seen.Rights.CanLead() {
			return nil, fault.Forbidden("Only a lead of this team may archive or restore its boards.")
		}
		if (seen.ArchivedAt != nil) == away { // the same again is a calm no-op
			return seen.Layout, nil
		}
		l := seen.Layout.copy()
		kind := "board.restored"
		l.ArchivedAt = nil
		if away {
			kind = "board.archived"
			l.ArchivedAt = &tx.Now
		}
		if err := saveBoard(tx, &l.Board); err != nil {
			return nil, err
		}
		finished, err := s.cards.Finished(tx.Query, l.RID)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Publish(event.BoardTopic(l.ID), kind, map[string]any{"board": l.ViewWith(finished)}); err != nil {
			return nil, err
		}
		_, err = tx.Publish(event.TeamTopic(l.TeamID), kind, l.ToTeam())
		return l, err
	})
}
