package trestletest

import (
	"context"
	"fmt"
	"testing"

	"trestle/server/store"
	"trestle/server/who"
)

// Person makes a person by row and gives them as a viewer. Role is a workspace role (who.Member…). The
// e-mail is name@example.test; there is no password, so nobody can sign in as them.
func Person(t testing.TB, st *store.Store, name, role string) who.Viewer {
	t.Helper()
	v := who.Viewer{PersonID: store.NewID("per"), Name: name, Role: role, Discipline: "development"}
	must(t, st, `INSERT INTO people (id, name, email, discipline, role, created_at) VALUES (?,?,?,?,?,?)`,
		v.PersonID, name, name+"@example.test", v.Discipline, role, store.Ms(st.Now()))
	return v
}

// Team makes a team by row.
func Team(t testing.TB, st *store.Store, key string) (id string) {
	t.Helper()
	id = store.NewID("tea")
	must(t, st, `INSERT INTO teams (id, key, name, kind, created_at) VALUES (?,?,?,?,?)`,
		id, key, "Team "+key, "service", store.Ms(st.Now()))
	return id
}

// Join gives a person a role in a team: viewer, commenter, worker or lead.
func Join(t testing.TB, st *store.Store, teamID string, v who.Viewer, role string) {
	t.Helper()
	must(t, st, `INSERT INTO members (team_id, person_id, role, created_at) VALUES (?,?,?,?)
		ON CONFLICT (team_id, person_id) DO UPDATE SET role = excluded.role`, teamID, v.PersonID, role, store.Ms(st.Now()))
}

// Liaise makes a person the team's liaison of their discipline.
func Liaise(t testing.TB, st *store.Store, teamID string, v who.Viewer) {
	t.Helper()
	must(t, st, `INSERT INTO liaisons (team_id, person_id, discipline, created_at) VALUES (?,?,?,?)`,
		teamID, v.PersonID, v.Discipline, store.Ms(st.Now()))
}

// Ctx is a request's context with this viewer and no Idempotency-Key.
func Ctx(t testing.TB, v who.Viewer) context.Context {
	return store.As(who.With(t.Context(), v), v.PersonID, v.Name)
}

// CtxKey is Ctx with an Idempotency-Key; hash stands for method, address and body.
func CtxKey(t testing.TB, v who.Viewer, key, hash string) context.Context {
	return store.WithCaller(who.With(t.Context(), v),
		&store.Caller{ActorID: v.PersonID, ActorName: v.Name, CommandKey: key, RequestHash: hash})
}

// Cast is one person of every column of the rights table, on one team, and those around it.
type Cast struct {
	Team, OtherTeam string
	People          map[string]who.Viewer
}

// Columns are the columns of the rights table that are people, in its order.
var Columns = []string{"guest", "member", "viewer", "commenter", "worker", "lead", "liaison", "manager", "admin", "other"}

// MakeCast fills a workspace with the cast. "guest" is a workspace guest outside the team, "member" a
// workspace member without a team, "other" a worker of the other team; the rest are what they are called.
func MakeCast(t testing.TB, st *store.Store) *Cast {
	t.Helper()
	c := &Cast{Team: Team(t, st, "OWN"), OtherTeam: Team(t, st, "OTH"), People: map[string]who.Viewer{}}
	for _, name := range Columns {
		role := who.Member
		switch name {
		case "guest", "manager", "admin":
			role = name
		}
		v := Person(t, st, name, role)
		switch name {
		case "viewer", "commenter", "worker", "lead":
			Join(t, st, c.Team, v, name)
		case "liaison":
			Liaise(t, st, c.Team, v)
		case "other":
			Join(t, st, c.OtherTeam, v, "worker")
		}
		c.People[name] = v
	}
	return c
}

// Count gives the number that a SELECT count(*)… answers.
func Count(t testing.TB, st *store.Store, stmt string, args ...any) (n int) {
	t.Helper()
	if _, err := st.Rows(context.Background()).Row([]any{&n}, stmt, args...); err != nil {
		t.Fatalf("%s: %v", stmt, err)
	}
	return n
}

func must(t testing.TB, st *store.Store, stmt string, args ...any) {
	t.Helper()
	err := store.Do(context.Background(), st, nil, func(tx *store.Tx) error {
		n, err := tx.Exec(stmt, args...)
		if err == nil && n != 1 {
			err = fmt.Errorf("%d rows", n)
		}
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", stmt, err)
	}
}
