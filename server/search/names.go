package search

import (
	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/team"
)

// seenBoard is a board that the viewer may see.
type seenBoard struct {
	rid      int64
	id, name string
	archived bool
	team     team.Team
}

// boards gives the boards on which the viewer may look for cards.
func (a *asked) boards(q *store.Query) ([]seenBoard, error) {
	teams := map[string]team.Visible{}
	for _, t := range a.seen {
		if a.TeamID == "" || a.TeamID == t.ID {
			teams[t.ID] = t
		}
	}
	var out []seenBoard
	err := q.Each(func(scan func(...any) error) error {
		var b seenBoard
		var teamID, visibility string
		if err := scan(&b.rid, &b.id, &teamID, &b.name, &visibility, &b.archived); err != nil {
			return err
		}
		if t, ok := teams[teamID]; ok && t.Rights.CanSee(visibility) {
			b.team = t.Team
			out = append(out, b)
		}
		return nil
	}, "SELECT rid, id, team_id, name, visibility, archived_at IS NOT NULL FROM boards WHERE staged_at IS NULL ORDER BY archived_at IS NOT NULL, name, rid")
	return out, err
}

// namesAmongCards is how many boards, teams and people each stand between the cards; asked for alone, all do.
const namesAmongCards = 3

// names finds boards, teams and people by name.
func (a *asked) names(boards []seenBoard, people []account.Listed) []Item {
	most := a.Limit
	if a.wants(Card) {
		most = min(namesAmongCards, a.Limit/4)
	}
	var out []Item
	add := func(kind string, fn func(add func(Item))) {
		n := 0
		if a.wants(kind) {
			fn(func(i Item) {
				if n < most && len(out) < a.Limit {
					i.Kind = kind
					out = append(out, i)
					n++
				}
			})
		}
	}
	add(Board, func(add func(Item)) {
		for _, b := range boards {
			if matches(a.words, b.name+" "+b.team.Name+" "+b.team.Key) && matchesAny(a.words, b.name) {
				state := Open
				if b.archived {
					state = Archived
				}
				add(Item{ID: b.id, Title: b.name, TeamID: b.team.ID, TeamName: b.team.Name, State: state, Link: "/b/" + b.id})
			}
		}
	})
	add(Team, func(add func(Item)) {
		for _, t := range a.seen {
			if (a.TeamID == "" || a.TeamID == t.ID) && matches(a.words, t.Name+" "+t.Key) {
				add(Item{ID: t.ID, Key: t.Key, Title: t.Name, Link: "/teams/" + t.ID})
			}
		}
	})
	if a.TeamID == "" {
		add(Person, func(add func(Item)) {
			for _, p := range people {
				if p.Active && matches(a.words, p.Name) {
					add(Item{ID: p.ID, Title: p.Name, Discipline: p.Discipline, Link: "/search?owner=" + p.ID})
				}
			}
		})
	}
	return out
}

// matchesAny says whether one word at least begins a word of the text.
func matchesAny(words []string, text string) bool {
	for i := range words {
		if matches(words[i:i+1], text) {
			return true
		}
	}
	return false
}
