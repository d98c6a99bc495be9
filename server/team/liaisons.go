package team

import (
	"context"
	"slices"
	"unicode/utf8"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/text"
	"trestle/server/who"
)

// Contracts are what the room of patterns keeps about a liaison. An assignment that ends, or becomes one for another
// discipline, ends its contract in the same write, and says why. ADR 0018.
type Contracts interface {
	EndIn(tx *store.Tx, teamID, personID, discipline, why string) error
}

// UseContracts is called while the rooms are wired.
func (s *Service) UseContracts(c Contracts) { s.contracts = c }

func (s *Service) endContract(tx *store.Tx, teamID, personID, discipline, why string) error {
	if s.contracts == nil {
		return nil
	}
	return s.contracts.EndIn(tx, teamID, personID, discipline, why)
}

const onlyAssigners = "Only a lead of this team, a manager or an administrator may say who is its liaison."

// AssignIn makes somebody liaison in a write that holds the team's Topics and the person's, of a viewer who may. The room
// of patterns alone calls it, which asks for the contract and why.
func (s *Service) AssignIn(tx *store.Tx, teamID, personID, discipline string) error {
	if !slices.Contains(account.Disciplines, discipline) {
		return fault.Invalid("body.discipline", "That is not a discipline.")
	}
	p, err := somebody(tx.Query, personID)
	if err != nil {
		return err
	}
	has, err := liaison(tx.Query, teamID, personID)
	if err != nil || has == discipline {
		return err
	}
	if has != "" {
		if err := s.endContract(tx, teamID, personID, has, "Is liaison for another discipline now."); err != nil {
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

// Unassign ends a liaison's assignment and its contract; for leads, managers and administrators, who say why.
func (s *Service) Unassign(ctx context.Context, teamID, personID, why string) error {
	v := who.From(ctx)
	_, err := s.around(ctx, teamID, personID, func(tx *store.Tx) (Detail, error) {
		_, r, err := seen(tx.Query, v, teamID)
		if err == nil && !r.CanPattern() {
			err = fault.Forbidden(onlyAssigners)
		}
		if err != nil {
			return Detail{}, err
		}
		has, err := liaison(tx.Query, teamID, personID)
		if err == nil && has == "" {
			err = fault.NotFound("liaison")
		}
		if err != nil {
			return Detail{}, err
		}
		why, err := reason(why)
		if err != nil {
			return Detail{}, err
		}
		if _, err := s.UnassignIn(tx, teamID, personID); err != nil {
			return Detail{}, err
		}
		return Detail{}, s.endContract(tx, teamID, personID, has, why)
	})
	return err
}

func reason(why string) (string, error) {
	why = text.Line(why)
	if why == "" {
		return "", fault.Invalid("query.why", "Say why, for whoever reads it later")
	}
	if utf8.RuneCountInString(why) > 300 {
		return "", fault.Invalid("query.why", "A reason has at most 300 characters")
	}
	return why, nil
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
