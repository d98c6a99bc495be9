package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"time"
)

const (
	deskTeams = 8
	deskLists = 200 // of all teams together, each with an answer to every question
	maxDesk   = 100 * time.Millisecond
)

// desk is how long somebody waits who stands to eight teams with 200 checklists of 62 answers: for the desk, the list
// and the coverage map, while one of the checklists changes with every tenth question. It has a server of its own.
// On PostgreSQL: go test -bench Desk ./server/liaison.
func (b *bench) desk() error {
	s, err := b.start(filepath.Join(b.dir, "desk"))
	if err != nil {
		return err
	}
	defer s.stop()
	a, err := signIn(s)
	if err != nil {
		return err
	}
	changes, err := a.checklists()
	if err != nil {
		return err
	}
	for _, row := range []struct{ what, path string }{
		{"the desk", "/api/v1/desk"}, {"the list of checklists", "/api/v1/checklists?open=true"}, {"the coverage map", "/api/v1/coverage"},
	} {
		var rs []result
		for range b.rounds {
			m, err := drive(s, a.session, 1, b.span, func(c *conn, _, i int) error {
				if i%10 == 9 {
					if err := changes(c, i); err != nil {
						return err
					}
				}
				status, body, err := c.do("GET", row.path, nil)
				if err != nil {
					return err
				}
				return expect(status, body, 200)
			})
			if err != nil {
				return err
			}
			rs = append(rs, m)
		}
		m := median(rs)
		b.table.add(fmt.Sprintf("%s, %d checklists of 62 answers in %d teams", row.what, deskLists, deskTeams), m.n,
			fmt.Sprintf("p50 %s, p99 %s, %d failed", ms(m.p50), ms(m.p99), m.failed), "", "p50 ≤ 100 ms", is(m.failed == 0 && m.p50 <= maxDesk))
	}
	return nil
}

// checklists makes them, the asker the liaison of every team; it gives a change of one of them.
func (a *api) checklists() (change func(c *conn, i int) error, err error) {
	var me struct {
		Person struct{ ID string }
	}
	if err := a.call("GET", "/me", nil, 200, &me); err != nil {
		return nil, err
	}
	type list struct {
		ID     string
		Topics []struct{ Items []struct{ Key string } }
	}
	var all []list
	for i := range deskTeams {
		var team struct{ ID string }
		if err := a.call("POST", "/teams", map[string]string{"name": fmt.Sprint("Team ", i), "key": fmt.Sprintf("T%d", i)}, 201, &team); err != nil {
			return nil, err
		}
		if err := a.call("POST", "/teams/"+team.ID+"/patterns", map[string]any{"discipline": "operations", "pattern": "liaison", "personId": me.Person.ID, "why": "As agreed"}, 201, nil); err != nil {
			return nil, err
		}
		for n := range deskLists / deskTeams {
			var l list
			if err := a.call("POST", "/checklists", map[string]any{"kind": "launch", "teamId": team.ID, "name": fmt.Sprint("Launch ", n), "level": "critical",
				"launchOn": time.Now().AddDate(0, 0, 1+n).Format(time.DateOnly)}, 201, &l); err != nil {
				return nil, err
			}
			all = append(all, l)
		}
	}
	answer, _ := json.Marshal(map[string]any{"text": "Two zones carry the load; the third is spare.", "evidence": []any{}, "base": 0})
	var wg sync.WaitGroup
	failed := make(chan error, len(all))
	work := make(chan list, len(all))
	for _, l := range all {
		work <- l
	}
	close(work)
	for range 8 {
		wg.Go(func() {
			c, err := dial(a.s.addr, a.session)
			if err != nil {
				failed <- err
				return
			}
			defer c.close()
			for l := range work {
				for _, t := range l.Topics {
					for _, it := range t.Items {
						status, body, err := c.do("PUT", "/api/v1/checklists/"+l.ID+"/items/"+it.Key+"/answer", answer)
						if err == nil {
							err = expect(status, body, 200)
						}
						if err != nil {
							failed <- fmt.Errorf("answering %s: %w", it.Key, err)
							return
						}
					}
				}
			}
		})
	}
	wg.Wait()
	select {
	case err := <-failed:
		return nil, err
	default:
	}
	return func(c *conn, i int) error {
		status, body, err := c.do("POST", "/api/v1/checklists/"+all[i%len(all)].ID+"/items/F1/comments", []byte(`{"text":"Looked at"}`))
		if err != nil {
			return err
		}
		return expect(status, body, 201)
	}, nil
}
