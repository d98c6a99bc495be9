package ask

import (
	"strings"
	"time"
	"unicode/utf8"

	"trestle/server/card"
	"trestle/server/fault"
	"trestle/server/store"
)

// How an ask stands between the two sides. What becomes of an accepted one is told by its card.
const (
	Raised     = "raised"     // waits for the team
	Questioned = "questioned" // the team has asked back and waits for the asker
	Accepted   = "accepted"
	Declined   = "declined"
	Withdrawn  = "withdrawn"
)

// NewAsk is an ask to be raised.
type NewAsk struct {
	Title       string      `json:"title" minLength:"1" maxLength:"300"`
	Description string      `json:"description,omitempty" required:"false" maxLength:"100000"`
	NeededBy    string      `json:"neededBy,omitempty" required:"false" maxLength:"10" doc:"The day by which it is needed, 2026-11-30"`
	ForBoardID  string      `json:"forBoardId,omitempty" required:"false" maxLength:"64" doc:"A board of yours on which it is shown once it is accepted"`
	Times       []time.Time `json:"times,omitempty" required:"false" maxItems:"2" doc:"Two times at which you could sit together"`
	Minutes     int         `json:"minutes,omitempty" required:"false" minimum:"0" maximum:"480" doc:"How long to sit together; 30 when absent"`
}

// record is an ask as it is stored.
type record struct {
	RID, CardRID                  int64
	ID, TeamID, ByID, ByName      string
	Title, ForBoardID, ForTeamKey string
	State                         string
	RaisedAt                      int64
	SettledAt                     *int64
	SettledBy, Reason             string
	Question, Answer              string
	SitA, SitB, SitTaken          *int64
	SitWith                       string
	SitMinutes                    int
	CardID, BoardID               string
}

const columns = `a.rid, a.card_rid, a.id, a.team_id, a.by_id, a.by_name, a.title, a.for_board_id, a.for_team_key, a.state, a.raised_at, a.settled_at,
	a.settled_by, a.reason, a.question, a.answer, a.sit_a, a.sit_b, a.sit_taken, a.sit_with, a.sit_minutes, c.id, b.id`

const tables = " FROM asks a JOIN cards c ON c.rid = a.card_rid JOIN boards b ON b.rid = c.board_rid "

func scan(row func(...any) error) (r record, err error) {
	err = row(&r.RID, &r.CardRID, &r.ID, &r.TeamID, &r.ByID, &r.ByName, &r.Title, &r.ForBoardID, &r.ForTeamKey, &r.State, &r.RaisedAt, &r.SettledAt,
		&r.SettledBy, &r.Reason, &r.Question, &r.Answer, &r.SitA, &r.SitB, &r.SitTaken, &r.SitWith, &r.SitMinutes, &r.CardID, &r.BoardID)
	return r, err
}

// read gives one ask; its ID is empty when there is none.
func read(q *store.Query, where string, arg any) (r record, err error) {
	err = q.Each(func(row func(...any) error) (err error) {
		r, err = scan(row)
		return err
	}, "SELECT "+columns+tables+"WHERE "+where, arg)
	return r, err
}

func insert(tx *store.Tx, r *record) (err error) {
	r.RID, err = tx.Insert(`INSERT INTO asks (id, card_rid, team_id, by_id, by_name, title, for_board_id, for_team_key, state, raised_at, sit_a, sit_b, sit_minutes)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, r.ID, r.CardRID, r.TeamID, r.ByID, r.ByName, r.Title, r.ForBoardID, r.ForTeamKey, r.State, r.RaisedAt, r.SitA, r.SitB, r.SitMinutes)
	return err
}

func save(tx *store.Tx, r record) error {
	_, err := tx.Exec(`UPDATE asks SET state = ?, settled_at = ?, settled_by = ?, reason = ?, question = ?, answer = ?, sit_a = ?, sit_b = ?, sit_taken = ?,
		sit_with = ?, sit_minutes = ? WHERE rid = ?`, r.State, r.SettledAt, r.SettledBy, r.Reason, r.Question, r.Answer, r.SitA, r.SitB, r.SitTaken, r.SitWith, r.SitMinutes, r.RID)
	return err
}

// face is what the card shows of a new ask; afterwards the card reads it from the table.
func (r *record) face() card.AskFace {
	f := card.AskFace{ID: r.ID, ByPersonID: r.ByID, ByName: r.ByName, FromTeamKey: r.ForTeamKey, State: r.State}
	if r.SitA != nil && r.SitB != nil {
		f.Times = []time.Time{store.At(*r.SitA), store.At(*r.SitB)}
	}
	return f
}

// settle notes who changed how the ask stands, and when.
func (r *record) settle(tx *store.Tx, state string) {
	now := store.Ms(tx.Now)
	r.State, r.SettledAt, r.SettledBy = state, &now, tx.ActorName
}

// reopen makes it wait for the team again.
func (r *record) reopen() {
	r.State, r.SettledAt, r.SettledBy, r.Reason = Raised, nil, "", ""
}

func words(at, what, s string, most int) (string, error) {
	s = strings.TrimSpace(s)
	switch n := utf8.RuneCountInString(s); {
	case n == 0:
		return "", fault.Invalid(at, "%s is missing", what)
	case n > most:
		return "", fault.Invalid(at, "%s has at most %d characters", what, most)
	}
	return s, nil
}

const (
	maxWords       = 4000
	defaultMinutes = 30
)

// propose puts two times into the ask; both lie ahead and apart.
func (r *record) propose(times []time.Time, minutes int, now time.Time) error {
	if len(times) != 2 {
		return fault.Invalid("body.times", "Propose two times, so that there is a choice")
	}
	if minutes == 0 {
		minutes = defaultMinutes
	}
	if times[0].Equal(times[1]) {
		return fault.Invalid("body.times", "Propose two different times")
	}
	for _, t := range times {
		if !t.After(now) || t.After(now.AddDate(1, 0, 0)) {
			return fault.Invalid("body.times", "Propose times that lie ahead, within a year")
		}
	}
	if times[1].Before(times[0]) {
		times[0], times[1] = times[1], times[0]
	}
	a, b := store.Ms(times[0]), store.Ms(times[1])
	r.SitA, r.SitB, r.SitTaken, r.SitWith, r.SitMinutes = &a, &b, nil, "", minutes
	return nil
}
