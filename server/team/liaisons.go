package team

import (
	"context"
	"slices"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Contracts are what the room of patterns keeps about a liaison. An assignment that ends, or becomes one for another
// discipline, ends its contract in the same write. ADR 0018.
type Contracts interface {
	EndIn(tx *store.Tx, teamID, personID, why string) error
}

// UseContracts is called while the rooms are wired.
func (s *Service) UseContracts(c Contracts) { s.contracts = c }

func (s *Service) endContract(tx *store.Tx, teamID, personID, why string) error {
	if s.contracts == nil {
		return nil
	}
	return s.contracts.EndIn(tx, teamID, personID, why)
}

const onlyAssigners = "Only a lead of this team, a manager or an administrator may assign liaisons."

// assigns says whether the viewer may say who is liaison of a team.
func assigns(q *store.Query, v who.Viewer, teamID string) (Team, Rights, error) {
	t, r, err := seen(q, v, teamID)
	if err == nil && !r.CanPattern() {
		err = fault.Forbidden(onlyAssigners)
	}
	return t, r, err
}

// Assign makes somebody liaison of a team for a discipline; for leads, managers and administrators.
func (s *Service) Assign(ctx context.Context, teamID, personID, discipline string) (Detail, error) {
	v := who.From(ctx)
	if !slices.Contains(account.Disciplines, discipline) {
		return Detail{}, fault.Invalid("body.discipline", "That is not a discipline.")
	}
	return s.around(ctx, teamID, personID, func(tx *store.Tx) (Detail, error) {
		t, r, err := assigns(tx.Query, v, teamID)
		if err != nil {
			return Detail{}, err
		}
		if err := s.AssignIn(tx, teamID, personID, discipline); err != nil {
			return Detail{}, err
		}
		return s.after(tx, v, t, r)
	})
}

// AssignIn makes somebody liaison in a write that holds the team's Topics and the person's, of a viewer who may.
func (s *Service) AssignIn(tx *store.Tx, teamID, personID, discipline string) error {
	p, err := somebody(tx.Query, personID)
	if err != nil {
		return err
	}
	has, err := liaison(tx.Query, teamID, personID)
	if err != nil || has == discipline {
		return err
	}
	if has != "" {
		if err := s.endContract(tx, teamID, personID, "Is liaison for another discipline now."); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`INSERT INTO liaisons (team_id, person_id, discipline, created_at) VALUES (?,?,?,?)
		ON CONFLICT (team_id, person_id) DO UPDATE SET discipline = excluded.discipline`, teamID, personID, discipline, store.Ms(tx.Now))
	if err != nil {
		return err
	}
	return moved(tx, teamID, "liaison.assigned", p, LiaisonView{p, discipline})
}

// Unassign ends a liaison's assignment; for leads, managers and administrators.
func (s *Service) Unassign(ctx context.Context, teamID, personID string) error {
	v := who.From(ctx)
	_, err := s.around(ctx, teamID, personID, func(tx *store.Tx) (Detail, error) {
		if _, _, err := assigns(tx.Query, v, teamID); err != nil {
			return Detail{}, err
		}
		had, err := s.UnassignIn(tx, teamID, personID)
		if err == nil && !had {
			err = fault.NotFound("liaison")
		}
		if err != nil {
			return Detail{}, err
		}
		return Detail{}, s.endContract(tx, teamID, personID, "The assignment was ended on the team's page.")
	})
	return err
}

// UnassignIn ends an assignment in a write that holds the team's Topics and the person's, of a viewer who may; false
// when there was none.
func (s *Service) UnassignIn(tx *store.Tx, teamID, personID string) (had bool, err error) {
	has, err := liaison(tx.Query, teamID, personID)
	if err != nil || has == "" {
		return false, err
	}
	if _, err := tx.Exec(`DELETE FROM liaisons WHERE team_id = ? AND person_id = ?`, teamID, personID); err != nil {
		return false, err
	}
	return true, gone(tx, teamID, "liaison.removed", personID)
}
