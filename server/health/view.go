package health

import (
	"context"
	"time"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/who"
)

// Head is a check in a list. It says how many have answered, never who.
type Head struct {
	ID       string     `json:"id"`
	TeamID   string     `json:"teamId"`
	TeamKey  string     `json:"teamKey"`
	TeamName string     `json:"teamName"`
	State    string     `json:"state" enum:"open,revealed,called_off"`
	OpenedBy string     `json:"openedBy" doc:"A name"`
	OpenedAt time.Time  `json:"openedAt"`
	EndedAt  *time.Time `json:"endedAt,omitempty"`
	Answered int        `json:"answered" doc:"How many people have answered"`
	Version  int64      `json:"version"`
}

// View is a check as one viewer sees it. It differs between viewers only in what is their own.
type View struct {
	Head
	Sets      []SetView `json:"sets"`
	CanAnswer bool      `json:"canAnswer"`
	CanEnd    bool      `json:"canEnd" doc:"May reveal it or call it off"`
	Before    *Head     `json:"before,omitempty" doc:"Of a revealed check: the one revealed before it, with which it is compared"`
	Fewest    int       `json:"fewest" doc:"How many must have answered a question before its answers are shown"`
}

// SetView is questions with what was said.
type SetView struct {
	Key       string         `json:"key"`
	Name      string         `json:"name"`
	About     string         `json:"about"`
	Questions []QuestionView `json:"questions"`
}

// QuestionView is one question; of an open check with one's own answer, of a revealed one with everybody's counts.
type QuestionView struct {
	Question
	Score  int     `json:"score,omitempty" enum:"0,1,2,3" doc:"One's own answer"`
	Trend  int     `json:"trend,omitempty" enum:"-1,0,1"`
	Result *Result `json:"result,omitempty" doc:"Absent when fewer than four have answered it"`
	Before *Result `json:"before,omitempty" doc:"What was said to it in the check before, where enough answered it"`
}

// Past is a team's checks over time.
type Past struct {
	TeamID   string     `json:"teamId"`
	TeamKey  string     `json:"teamKey"`
	TeamName string     `json:"teamName"`
	Checks   []Head     `json:"checks" doc:"Revealed ones, the oldest first"`
	Sets     []PastSet  `json:"sets" doc:"What was ever asked"`
	Open     *Head      `json:"open,omitempty"`
	DueAt    *time.Time `json:"dueAt,omitempty" doc:"Eight weeks after the last one"`
	CanOpen  bool       `json:"canOpen"`
}

// PastSet is questions with what was said in each check.
type PastSet struct {
	Key       string         `json:"key"`
	Name      string         `json:"name"`
	Questions []PastQuestion `json:"questions"`
}

// PastQuestion is one question over time.
type PastQuestion struct {
	Question
	Results []*Result `json:"results" doc:"One for each of the checks, null where it was not asked or too few answered"`
}

// kept is how many past checks a team's history shows.
const kept = 12

func heads(q *store.Query, found []*check) ([]Head, error) {
	ids := make([]string, 0, len(found))
	for _, c := range found {
		ids = append(ids, c.OpenedBy)
	}
	names, err := account.PeopleByID(q, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Head, 0, len(found))
	for _, c := range found {
		h := Head{ID: c.ID, TeamID: c.TeamID, TeamKey: c.TeamKey, TeamName: c.TeamName, State: c.State, OpenedBy: names[c.OpenedBy].Name,
			OpenedAt: store.At(c.OpenedAt), EndedAt: store.AtPtr(c.EndedAt), Answered: c.Answered, Version: c.Version}
		if c.State == Open {
			if h.Answered, err = answeredBy(q, c.RID); err != nil {
				return nil, err
			}
		}
		out = append(out, h)
	}
	return out, nil
}

// Get reads one check.
func (s *Service) Get(ctx context.Context, id string) (out View, err error) {
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		at, err := sit(q, who.From(ctx), id)
		if err != nil {
			return err
		}
		out, err = at.view(q)
		return err
	})
	return out, err
}

func (at *seat) view(q *store.Query) (View, error) {
	all, err := heads(q, []*check{at.check})
	if err != nil {
		return View{}, err
	}
	v := View{Head: all[0], Sets: []SetView{}, CanAnswer: at.State == Open && at.answers(), CanEnd: at.State == Open && at.leads(), Fewest: fewest}
	mine, err := at.mine(q)
	if err != nil {
		return View{}, err
	}
	before, err := at.before(q, &v)
	if err != nil {
		return View{}, err
	}
	said, err := resultsOf(q, at.RID, before)
	if err != nil {
		return View{}, err
	}
	asking, _ := asked(at.Sets)
	for _, set := range asking {
		x := SetView{Key: set.Key, Name: set.Name, About: set.About}
		for _, qu := range set.Questions {
			y := QuestionView{Question: qu, Score: mine[qu.Key].Score, Trend: mine[qu.Key].Trend}
			if r, ok := said[at.RID][qu.Key]; ok {
				y.Result = &r
			}
			if r, ok := said[before][qu.Key]; ok {
				y.Before = &r
			}
			x.Questions = append(x.Questions, y)
		}
		v.Sets = append(v.Sets, x)
	}
	return v, nil
}

// before finds the check of the team that was revealed before this one, when this one is revealed; 0 for none.
func (at *seat) before(q *store.Query, v *View) (int64, error) {
	if at.State != Revealed {
		return 0, nil
	}
	found, err := checksWhere(q, "c.team_id = ? AND c.state = 'revealed' AND c.rid < ? ORDER BY c.rid DESC LIMIT 1", at.TeamID, at.RID)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	all, err := heads(q, found)
	if err == nil {
		v.Before = &all[0]
	}
	return found[0].RID, err
}

// own is what one has said of a question.
type own struct{ Score, Trend int }

// mine are the viewer's own answers to an open check.
func (at *seat) mine(q *store.Query) (map[string]own, error) {
	out, me := map[string]own{}, at.key.Code("answer", at.v.PersonID)
	if me == "" {
		return out, nil
	}
	err := q.Each(func(scan func(...any) error) error {
		var a own
		var question string
		err := scan(&question, &a.Score, &a.Trend)
		out[question] = a
		return err
	}, "SELECT question, score, trend FROM health_answers WHERE check_rid = ? AND voter = ?", at.RID, me)
	return out, err
}

// OfTeam reads a team's checks over time.
func (s *Service) OfTeam(ctx context.Context, teamID string) (out Past, err error) {
	v := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		t, r, err := inTeam(q, v, teamID)
		if err != nil {
			return err
		}
		out = Past{TeamID: t.ID, TeamKey: t.Key, TeamName: t.Name, Sets: []PastSet{}, CanOpen: v.TeamID == "" && r.CanWork()}
		return out.read(q)
	})
	return out, err
}

func (p *Past) read(q *store.Query) error {
	open, err := checksWhere(q, "c.team_id = ? AND c.state = 'open'", p.TeamID)
	if err != nil {
		return err
	}
	if len(open) > 0 {
		all, err := heads(q, open)
		if err != nil {
			return err
		}
		p.Open, p.CanOpen = &all[0], false
	}
	past, err := checksWhere(q, "c.rid IN (SELECT rid FROM health_checks WHERE team_id = ? AND state = 'revealed' ORDER BY rid DESC LIMIT ?) ORDER BY c.rid", p.TeamID, kept)
	if err != nil {
		return err
	}
	if p.Checks, err = heads(q, past); err != nil {
		return err
	}
	rids, ever := make([]int64, 0, len(past)), []string{}
	for _, c := range past {
		rids, ever = append(rids, c.RID), append(ever, c.Sets...)
		p.DueAt = next(c.EndedAt)
	}
	said, err := resultsOf(q, rids...)
	if err != nil {
		return err
	}
	asking, _ := asked(ever)
	for _, set := range asking {
		x := PastSet{Key: set.Key, Name: set.Name}
		for _, qu := range set.Questions {
			y := PastQuestion{Question: qu, Results: make([]*Result, len(rids))}
			for i, rid := range rids {
				if r, ok := said[rid][qu.Key]; ok {
					y.Results[i] = &r
				}
			}
			x.Questions = append(x.Questions, y)
		}
		p.Sets = append(p.Sets, x)
	}
	return nil
}

// Teams are the checks of the viewer's own teams: the open one and the last revealed one of each.
func (s *Service) Teams(ctx context.Context) (out []Head, err error) {
	v := who.From(ctx)
	if v.PersonID == "" {
		return nil, fault.Forbidden("This is a screen, not a person.")
	}
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		found, err := checksWhere(q, `c.team_id IN `+account.OwnTeams+`
			AND (c.state = 'open' OR c.rid IN (SELECT MAX(rid) FROM health_checks WHERE state = 'revealed' GROUP BY team_id)) ORDER BY c.rid DESC LIMIT 100`, v.PersonID, v.PersonID)
		if err != nil {
			return err
		}
		out, err = heads(q, found)
		return err
	})
	return out, err
}

// Waiting gives the open checks of a person's teams to which they have not answered.
func (s *Service) Waiting(q *store.Query, v who.Viewer) (out []Head, err error) {
	found, err := checksWhere(q, `c.state = 'open' AND c.team_id IN (SELECT team_id FROM members WHERE person_id = ? AND role <> 'viewer'
		UNION SELECT team_id FROM liaisons WHERE person_id = ?) ORDER BY c.rid`, v.PersonID, v.PersonID)
	if err != nil {
		return nil, err
	}
	var waits []*check
	for _, c := range found {
		at := &seat{check: c, v: v}
		if at.key, err = keyOf(q, c.RID); err != nil {
			return nil, err
		}
		mine, err := at.mine(q)
		if err != nil {
			return nil, err
		}
		if len(mine) == 0 {
			waits = append(waits, c)
		}
	}
	return heads(q, waits)
}
