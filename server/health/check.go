package health

import (
	"strings"
	"time"

	"trestle/server/ballot"
	"trestle/server/store"
)

// How a check stands.
const (
	Open      = "open"
	Revealed  = "revealed"
	CalledOff = "called_off"
)

// What somebody says of a question, and where it goes.
const (
	Bad  = 1
	SoSo = 2
	Well = 3
)

const (
	// fewest is how many must have answered a question before its answers are shown: fewer could be told apart.
	fewest = 4
	// every is when a team is due for its next check: eight weeks after the last.
	every = 8 * 7 * 24 * time.Hour
	// forgotten is after how long a check that nobody reveals is called off, so that its answers do not lie about.
	forgotten = 60 * 24 * time.Hour
)

// commands are the requests that were answered quietly.
var commands = ballot.Commands{Table: "health_commands", Owner: "check_rid"}

// check is a check as it is kept. Sets are keys.
type check struct {
	RID               int64
	ID, TeamID, State string
	TeamKey, TeamName string
	Sets              []string
	OpenedBy          string
	OpenedAt          int64
	EndedAt           *int64
	Answered          int // people; kept when it is revealed
	Version           int64
}

const (
	columns = `c.rid, c.id, c.team_id, t.key, t.name, c.state, c.sets, c.opened_by, c.opened_at, c.ended_at, c.answered, c.version`
	tables  = " FROM health_checks c JOIN teams t ON t.id = c.team_id "
)

func checksWhere(q *store.Query, where string, args ...any) (out []*check, err error) {
	err = q.Each(func(scan func(...any) error) error {
		c, keys := &check{}, ""
		err := scan(&c.RID, &c.ID, &c.TeamID, &c.TeamKey, &c.TeamName, &c.State, &keys, &c.OpenedBy, &c.OpenedAt, &c.EndedAt, &c.Answered, &c.Version)
		c.Sets = strings.Split(keys, ",")
		out = append(out, c)
		return err
	}, "SELECT "+columns+tables+"WHERE "+where, args...)
	return out, err
}

// load reads one check; nil when there is none.
func load(q *store.Query, id string) (*check, error) {
	found, err := checksWhere(q, "c.id = ?", id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

func insert(tx *store.Tx, c *check) (err error) {
	if c.RID, err = tx.Insert("INSERT INTO health_checks (id, team_id, state, sets, opened_by, opened_at, version) VALUES ("+store.Marks(7)+")",
		c.ID, c.TeamID, c.State, strings.Join(c.Sets, ","), c.OpenedBy, c.OpenedAt, c.Version); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO health_keys (check_rid, secret) VALUES (?,?)", c.RID, ballot.NewKey().Text())
	return err
}

func save(tx *store.Tx, c *check) error {
	c.Version++
	_, err := tx.Exec("UPDATE health_checks SET state = ?, ended_at = ?, answered = ?, version = ? WHERE rid = ?", c.State, c.EndedAt, c.Answered, c.Version, c.RID)
	return err
}

// keyOf is the key of an open check; none of one that is over.
func keyOf(q *store.Query, rid int64) (ballot.Key, error) {
	var text string
	if _, err := q.Row([]any{&text}, "SELECT secret FROM health_keys WHERE check_rid = ?", rid); err != nil {
		return nil, err
	}
	return ballot.Read(text)
}

// seal takes away the key and all that it made codes for.
func seal(tx *store.Tx, rid int64) error {
	for _, table := range []string{"health_keys", "health_answers", commands.Table} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE check_rid = ?", rid); err != nil {
			return err
		}
	}
	return tx.Enqueue(ScourJob, "", struct{}{}, tx.Now)
}

// Result is what a team said of a question, in counts of people.
type Result struct {
	Well   int `json:"well"`
	SoSo   int `json:"soSo"`
	Bad    int `json:"bad"`
	Better int `json:"better" doc:"Who said that it gets better"`
	Worse  int `json:"worse"`
}

// N is how many have answered.
func (r Result) N() int { return r.Well + r.SoSo + r.Bad }

// countUp adds up an open check's answers by question. Only Reveal may keep what it gives.
func countUp(q *store.Query, rid int64) (map[string]Result, error) {
	out := map[string]Result{}
	err := q.Each(func(scan func(...any) error) error {
		var key string
		var score, trend int
		if err := scan(&key, &score, &trend); err != nil {
			return err
		}
		r := out[key]
		switch score {
		case Well:
			r.Well++
		case SoSo:
			r.SoSo++
		default:
			r.Bad++
		}
		switch {
		case trend > 0:
			r.Better++
		case trend < 0:
			r.Worse++
		}
		out[key] = r
		return nil
	}, "SELECT question, score, trend FROM health_answers WHERE check_rid = ?", rid)
	return out, err
}

// resultsOf reads what was kept of revealed checks, by check and question.
func resultsOf(q *store.Query, rids ...int64) (map[int64]map[string]Result, error) {
	out := map[int64]map[string]Result{}
	if len(rids) == 0 {
		return out, nil
	}
	args := make([]any, len(rids))
	for i, rid := range rids {
		args[i], out[rid] = rid, map[string]Result{}
	}
	err := q.Each(func(scan func(...any) error) error {
		var rid int64
		var key string
		var r Result
		err := scan(&rid, &key, &r.Well, &r.SoSo, &r.Bad, &r.Better, &r.Worse)
		out[rid][key] = r
		return err
	}, "SELECT check_rid, question, well, so_so, bad, better, worse FROM health_results WHERE check_rid IN ("+store.Marks(len(rids))+")", args...)
	return out, err
}

// answeredBy counts the people who have answered.
func answeredBy(q *store.Query, rid int64) (n int, err error) {
	_, err = q.Row([]any{&n}, "SELECT COUNT(DISTINCT voter) FROM health_answers WHERE check_rid = ?", rid)
	return n, err
}
