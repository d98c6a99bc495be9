package team

import (
	"trestle/server/store"
	"trestle/server/who"
)

// Team roles, from least to most.
const (
	None      = "none"
	Viewer    = "viewer"
	Commenter = "commenter"
	Worker    = "worker"
	Lead      = "lead"
)

var rank = map[string]int{None: 0, "": 0, Viewer: 1, Commenter: 2, Worker: 3, Lead: 4}

// Rights is what a viewer may do in one team: the most that workspace role, team role and liaison
// assignment give. It is read from the database, under the write's lock when there is one, never from a token.
type Rights struct {
	TeamID  string
	Role    string // the team role that all of it amounts to, None when only the workspace role counts
	Liaison bool   // may also mark understanding for their discipline and waive entry policies
	Manager bool   // reads everything, takes on blockers
	Admin   bool
	Member  bool // workspace member or more: sees workspace-visible boards
}

// RightsIn reads the viewer's rights in a team.
func RightsIn(q *store.Query, v who.Viewer, teamID string) (Rights, error) {
	r := Rights{TeamID: teamID, Role: None}
	if v.DeviceID != "" {
		if v.TeamID == teamID {
			r.Role = Viewer
		}
		return r, nil
	}
	if v.PersonID == "" || (v.TeamID != "" && v.TeamID != teamID) {
		return r, nil
	}
	var role, member string
	var liaison int
	found, err := q.Row([]any{&role, &member, &liaison}, `SELECT p.role, COALESCE(m.role, ''),
		CASE WHEN l.person_id IS NULL THEN 0 ELSE 1 END
		FROM people p
		LEFT JOIN members m ON m.person_id = p.id AND m.team_id = ?
		LEFT JOIN liaisons l ON l.person_id = p.id AND l.team_id = ?
		WHERE p.id = ? AND p.disabled_at IS NULL`, teamID, teamID, v.PersonID)
	if err != nil || !found {
		return r, err
	}
	return weigh(v, teamID, role, member, liaison == 1), nil
}

// weigh gives the most that workspace role, team role ("" = none) and liaison assignment amount to.
func weigh(v who.Viewer, teamID, role, member string, liaison bool) Rights {
	r := Rights{TeamID: teamID, Role: None, Liaison: liaison, Member: role != who.Guest,
		Manager: role == who.Manager || role == who.Admin, Admin: role == who.Admin && v.Scope("admin")}
	if member != "" {
		r.Role = member
	}
	switch {
	case r.Admin:
		r.Role = Lead
	case r.Liaison && rank[r.Role] < rank[Worker]:
		r.Role = Worker
	case role == who.Admin && rank[r.Role] < rank[Worker]: // an administrator's token without the scope admin
		r.Role = Worker
	case r.Manager && rank[r.Role] < rank[Viewer]:
		r.Role = Viewer
	}
	return r
}

// CanSee says whether a board of this visibility may be seen.
func (r Rights) CanSee(visibility string) bool {
	return rank[r.Role] >= rank[Viewer] || (visibility == "workspace" && r.Member)
}

// CanComment is comments, mentions, votes.
func (r Rights) CanComment() bool { return rank[r.Role] >= rank[Commenter] }

// CanWork is creating, editing, moving, blocking and archiving cards, and overriding a "reason" limit.
func (r Rights) CanWork() bool { return rank[r.Role] >= rank[Worker] }

// CanWaive is waiving an entry policy.
func (r Rights) CanWaive() bool { return r.CanLead() || r.Liaison }

// CanLead is columns, limits, policies, imports, settings, device links and members.
func (r Rights) CanLead() bool { return rank[r.Role] >= rank[Lead] }

// CanPattern is liaison assignments and rosters.
func (r Rights) CanPattern() bool { return r.CanLead() || r.Manager }
