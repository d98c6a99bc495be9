package team

import (
	"context"

	"trestle/server/account"
	"trestle/server/event"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Service is the verbs of teams.
type Service struct {
	store     *store.Store
	account   *account.Service
	contracts Contracts // nil where nobody keeps any
}

// New makes the room and introduces it to the people's.
func New(st *store.Store, acc *account.Service) *Service {
	s := &Service{store: st, account: acc}
	acc.UseTeams(s)
	return s
}

// seen reads a team and the viewer's rights; not_found when it is absent or invisible. Everybody but guests
// sees every team of the workspace; guests and screens see their own.
func seen(q *store.Query, v who.Viewer, teamID string) (Team, Rights, error) {
	t, err := ByID(q, teamID)
	if err != nil {
		return Team{}, Rights{}, err
	}
	r, err := RightsIn(q, v, teamID)
	if err == nil && (t.ID == "" || !(r.Member || rank[r.Role] > 0)) {
		err = fault.NotFound("team")
	}
	return t, r, err
}

// See reads a team with the viewer's rights; not_found when it is absent or invisible.
func See(q *store.Query, v who.Viewer, teamID string) (Team, Rights, error) {
	return seen(q, v, teamID)
}

// led is seen for what only a lead may do.
func led(q *store.Query, v who.Viewer, teamID, sentence string) (Team, Rights, error) {
	t, r, err := seen(q, v, teamID)
	if err == nil && !r.CanLead() {
		err = fault.Forbidden("%s", sentence)
	}
	return t, r, err
}

// Create makes a team; for administrators. 409 key_taken.
func (s *Service) Create(ctx context.Context, n NewTeam) (Detail, error) {
	v := who.From(ctx)
	if !v.IsAdmin() {
		return Detail{}, fault.Forbidden("Only an administrator may make teams.")
	}
	if err := n.check(); err != nil {
		return Detail{}, err
	}
	t := Team{ID: store.NewID("tea"), Key: n.Key, Name: n.Name, Kind: n.Kind}
	return store.InTx(ctx, s.store, []string{event.Org, event.TeamTopic(t.ID)}, func(tx *store.Tx) (Detail, error) {
		r, err := RightsIn(tx.Query, v, t.ID) // an administrator still
		if err != nil {
			return Detail{}, err
		}
		if !r.Admin {
			return Detail{}, fault.Forbidden("Only an administrator may make teams.")
		}
		t.CreatedAt = tx.Now
		if err := insert(tx, t); err != nil {
			return Detail{}, err
		}
		if err := publish(tx, "team.created", map[string]any{"team": t.brief()}, event.Org, event.TeamTopic(t.ID)); err != nil {
			return Detail{}, err
		}
		return detail(tx.Query, t, r)
	})
}

// Patch is what is changed of a team; nil leaves it. A key stays: cards carry it.
type Patch struct{ Name, Kind *string }

// Change renames a team or changes its kind; for administrators.
func (s *Service) Change(ctx context.Context, id string, p Patch) (Detail, error) {
	v := who.From(ctx)
	if p.Name != nil {
		name, err := checkName("body.name", *p.Name)
		if err != nil {
			return Detail{}, err
		}
		p.Name = &name
	}
	if p.Kind != nil {
		if err := checkKind(*p.Kind); err != nil {
			return Detail{}, err
		}
	}
	boards, err := BoardTopics(s.store.Rows(ctx), id)
	if err != nil {
		return Detail{}, err
	}
	topics := append(boards, event.Org, event.TeamTopic(id))
	return store.InTx(ctx, s.store, topics, func(tx *store.Tx) (Detail, error) {
		t, r, err := seen(tx.Query, v, id)
		if err != nil {
			return Detail{}, err
		}
		if !r.Admin {
			return Detail{}, fault.Forbidden("Only an administrator may change teams.")
		}
		before := t
		if p.Name != nil {
			t.Name = *p.Name
		}
		if p.Kind != nil {
			t.Kind = *p.Kind
		}
		if t == before {
			return detail(tx.Query, t, r) // the same again is a calm no-op
		}
		if err := save(tx, t); err != nil {
			return Detail{}, err
		}
		where := []string{event.Org, event.TeamTopic(id)}
		if t.Name != before.Name { // boards show it
			now, err := lockedBoards(tx, id)
			if err != nil {
				return Detail{}, err
			}
			where = append(where, now...)
		}
		if err := publish(tx, "team.updated", map[string]any{"team": t.brief()}, where...); err != nil {
			return Detail{}, err
		}
		return detail(tx.Query, t, r)
	})
}

// Get reads one team.
func (s *Service) Get(ctx context.Context, id string) (d Detail, err error) {
	v := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		t, r, err := seen(q, v, id)
		if err == nil {
			d, err = detail(q, t, r)
		}
		return err
	})
	return d, err
}

func detail(q *store.Query, t Team, r Rights) (Detail, error) {
	d := Detail{ID: t.ID, Key: t.Key, Name: t.Name, Kind: t.Kind, Right: r.Role, Members: []MemberView{}, Liaisons: []LiaisonView{}}
	ms, err := members(q, t.ID)
	if err != nil {
		return d, err
	}
	ls, err := liaisons(q, t.ID)
	if err != nil {
		return d, err
	}
	var ids []string
	for _, l := range append(append([]listed(nil), ms...), ls...) {
		ids = append(ids, l.personID)
	}
	if d.About, err = aboutOf(q, t.ID); err != nil {
		return d, err
	}
	people, err := account.PeopleByID(q, ids)
	for _, m := range ms {
		d.Members = append(d.Members, MemberView{people[m.personID], m.word})
	}
	for _, l := range ls {
		d.Liaisons = append(d.Liaisons, LiaisonView{people[l.personID], l.word})
	}
	return d, err
}

// List gives the teams that the viewer may see.
func (s *Service) List(ctx context.Context) ([]Item, error) {
	var out []Item
	err := each(s.store.Rows(ctx), who.From(ctx), func(t Team, r Rights, n int) {
		out = append(out, Item{t.ID, t.Key, t.Name, t.Kind, r.Role, n})
	})
	return out, err
}

// each calls fn for every team that the viewer may see, by name, with their rights and the number of members.
func each(q *store.Query, v who.Viewer, fn func(t Team, r Rights, members int)) error {
	role := v.Role
	if v.PersonID != "" {
		role = ""
		if _, err := q.Row([]any{&role}, `SELECT role FROM people WHERE id = ? AND disabled_at IS NULL`, v.PersonID); err != nil || role == "" {
			return err
		}
	}
	return q.Each(func(scan func(...any) error) error {
		var t Team
		var mine string
		var liaison, n int
		if err := scan(&t.ID, &t.Key, &t.Name, &t.Kind, &mine, &liaison, &n); err != nil {
			return err
		}
		if v.TeamID != "" && v.TeamID != t.ID {
			return nil
		}
		r := Rights{TeamID: t.ID, Role: Viewer} // a screen of this team
		if v.PersonID != "" {
			r = weigh(v, t.ID, role, mine, liaison == 1)
		}
		if r.Member || rank[r.Role] > 0 {
			fn(t, r, n)
		}
		return nil
	}, `SELECT t.id, t.key, t.name, t.kind, COALESCE(m.role, ''), CASE WHEN l.person_id IS NULL THEN 0 ELSE 1 END,
			(SELECT count(*) FROM members o JOIN people p ON p.id = o.person_id WHERE o.team_id = t.id AND p.disabled_at IS NULL)
		FROM teams t
		LEFT JOIN members m ON m.team_id = t.id AND m.person_id = ?
		LEFT JOIN liaisons l ON l.team_id = t.id AND l.person_id = ?
		WHERE t.archived_at IS NULL ORDER BY t.name, t.id`, v.PersonID, v.PersonID)
}

// publish tells the same to several topics.
func publish(tx *store.Tx, kind string, data any, topics ...string) error {
	for _, t := range topics {
		if _, err := tx.Publish(t, kind, data); err != nil {
			return err
		}
	}
	return nil
}

// lockedBoards are the team's board topics now, one made since the write began locked too.
func lockedBoards(tx *store.Tx, teamID string) ([]string, error) {
	boards, err := BoardTopics(tx.Query, teamID)
	for _, b := range boards {
		if err == nil {
			err = tx.LockNew(b)
		}
	}
	return boards, err
}

// CanListen says whether a viewer may follow a team's topic: nil, or not_found.
func (s *Service) CanListen(q *store.Query, v who.Viewer, teamID string) error {
	_, _, err := seen(q, v, teamID)
	return err
}

// Mine implements account.Teams.
func (s *Service) Mine(q *store.Query, v who.Viewer) ([]account.MyTeam, error) {
	var out []account.MyTeam
	err := each(q, v, func(t Team, r Rights, _ int) {
		out = append(out, account.MyTeam{ID: t.ID, Key: t.Key, Name: t.Name, Kind: t.Kind, Right: r.Role, Liaison: r.Liaison})
	})
	return out, err
}

// NeedLead implements account.Teams.
func (s *Service) NeedLead(q *store.Query, v who.Viewer, teamID string) (string, error) {
	t, _, err := led(q, v, teamID, "Only a lead of this team may do that.")
	return t.Name, err
}

// Name implements account.Teams.
func (s *Service) Name(q *store.Query, teamID string) (string, error) {
	t, err := ByID(q, teamID)
	return t.Name, err
}
