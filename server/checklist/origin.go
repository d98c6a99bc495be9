package checklist

import (
	"slices"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// Origin is where a question comes from that somebody once proposed.
type Origin struct {
	Proposal string         `json:"proposal" doc:"As its item names it"`
	By       account.Person `json:"by"`
	At       time.Time      `json:"at"`
	Why      string         `json:"why"`
	Source   *Cited         `json:"source,omitempty" doc:"Absent when it comes from nowhere in particular"`
}

// Cited is a source as one viewer sees it: without a title and the way there where it is not theirs to see.
type Cited struct {
	Kind  string     `json:"kind" enum:"retro,card,checklist"`
	ID    string     `json:"id,omitempty" doc:"Of a card its key"`
	Title string     `json:"title,omitempty"`
	Team  string     `json:"team,omitempty" doc:"Whose it is"`
	On    *time.Time `json:"on,omitempty" doc:"When a retro was held"`
}

// origins are where items come from, as a viewer sees it.
func origins(q *store.Query, v who.Viewer, items ...[]TemplateItem) ([]Origin, error) {
	var ids []string
	for _, some := range items {
		for _, it := range some {
			ids = append(ids, it.Proposal)
		}
	}
	return originsOf(q, v, ids)
}

func originsOf(q *store.Query, v who.Viewer, ids []string) (out []Origin, err error) {
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	found, err := proposalsWhere(q, v, "id IN ("+store.Marks(len(ids))+")", args...)
	for _, p := range found {
		out = append(out, Origin{p.ID, p.By, p.At, p.Why, p.Source})
	}
	return out, err
}

// cited reads sources of a kind: id, what it is called by, title, team, who may see it, and when it was held.
var cited = map[string]string{
	"retro": `SELECT r.id, r.id, r.title, t.id, t.name, CASE WHEN r.phase = 'published' THEN b.visibility ELSE 'team' END, COALESCE(r.closed_at, r.created_at)
		FROM retros r JOIN boards b ON b.rid = r.board_rid JOIN teams t ON t.id = r.team_id WHERE r.id IN `,
	"card": `SELECT c.id, c.key, c.title, t.id, t.name, b.visibility, NULL FROM cards c JOIN boards b ON b.rid = c.board_rid JOIN teams t ON t.id = b.team_id
		WHERE c.id IN `, // or by its key
	"checklist": `SELECT k.id, k.id, CASE WHEN k.name <> '' THEN k.name ELSE COALESCE(c.title, s.name, '') END, t.id, t.name, COALESCE(b.visibility, 'workspace'), NULL` + listTables + `WHERE k.id IN `,
}

// cite fills in what a viewer may see of sources: so many statements, however many there are.
func cite(q *store.Query, v who.Viewer, sources []*Cited) error {
	if len(sources) == 0 {
		return nil
	}
	teams, err := team.VisibleTo(q, v)
	if err != nil {
		return err
	}
	rights := map[string]team.Rights{}
	for _, t := range teams {
		rights[t.ID] = t.Rights
	}
	ids := map[string][]string{}
	for _, c := range sources {
		if !slices.Contains(ids[c.Kind], c.ID) {
			ids[c.Kind] = append(ids[c.Kind], c.ID)
		}
	}
	seen := map[string]Cited{}
	for kind, of := range ids {
		if err := store.InParts(of, func(marks string, args []any) error {
			where := "(" + marks + ")"
			if kind == "card" {
				where, args = where+" OR c.key IN "+where, append(args, args...)
			}
			return q.Each(func(scan func(...any) error) error {
				c := Cited{Kind: kind}
				var id, teamID, visibility string
				var on *int64
				err := scan(&id, &c.ID, &c.Title, &teamID, &c.Team, &visibility, &on)
				if r, ok := rights[teamID]; ok && r.CanSee(visibility) {
					c.On = store.AtPtr(on)
					seen[id], seen[c.ID] = c, c
				}
				return err
			}, cited[kind]+where, args...)
		}); err != nil {
			return err
		}
	}
	for _, c := range sources {
		if x, ok := seen[c.ID]; ok && x.Kind == c.Kind {
			*c = x
		} else {
			*c = Cited{Kind: c.Kind}
		}
	}
	return nil
}

// keepOrigins keeps where items come from through every edit. Only a proposal that was accepted here says so, or what
// the items had before; never who writes.
func (w *writing) keepOrigins(items, had []TemplateItem) error {
	known, byKey := map[string]bool{}, map[string]TemplateItem{}
	keep := func(some []TemplateItem) {
		for _, it := range some {
			if it.Proposal != "" {
				known[it.Proposal], byKey[it.Key] = true, it
			}
		}
	}
	keep(had)
	if w.last != nil {
		keep(w.last.items) // whose keys are given once
	}
	// what was taken out of a draft and put back again
	if err := w.tx.Each(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		known[id] = true
		return err
	}, "SELECT id FROM checklist_proposals WHERE template_rid = ? AND state = 'accepted'", w.t.rid); err != nil {
		return err
	}
	for i := range items {
		it := &items[i]
		if known[it.Proposal] {
			continue
		}
		// who leaves it out has not taken it away; but another question may have got the key of one that was never published
		was := byKey[it.Key]
		if it.Proposal = ""; was.Question == it.Question || w.last != nil && w.last.byKey[it.Key] != nil {
			it.Proposal = was.Proposal
		}
	}
	return nil
}
