package retro

import (
	"context"
	"time"

	"trestle/server/account"
	"trestle/server/store"
	"trestle/server/who"
)

// View is a retro as one viewer sees it. It differs between viewers only in what is their own.
type View struct {
	Retro      Head          `json:"retro"`
	Me         Me            `json:"me"`
	People     []PersonView  `json:"people"`
	Columns    []Column      `json:"columns"`
	Notes      []NoteView    `json:"notes" doc:"In no order that would tell anything"`
	Collected  *Collected    `json:"collected,omitempty" doc:"In the phase open, in which notes holds only one's own"`
	Groups     []GroupView   `json:"groups" doc:"From discuss on in the order of votes"`
	Discussing *Discussing   `json:"discussing,omitempty"`
	Actions    []ActionView  `json:"actions"`
	Carried    []CarriedView `json:"carried" doc:"Open actions of earlier retros, as this one found them"`
	Checkin    CheckinView   `json:"checkin"`
	Close      CloseView     `json:"close"`
	Facts      Facts         `json:"facts"`
	Seq        int64         `json:"seq" doc:"The topic's sequence at which this is true"`
	Now        time.Time     `json:"now" doc:"The server's clock, for the timer"`
}

// Head is the retro itself.
type Head struct {
	ID          string      `json:"id"`
	TeamID      string      `json:"teamId"`
	TeamKey     string      `json:"teamKey"`
	TeamName    string      `json:"teamName"`
	BoardID     string      `json:"boardId"`
	BoardName   string      `json:"boardName"`
	Title       string      `json:"title"`
	TemplateKey string      `json:"templateKey"`
	Anonymity   string      `json:"anonymity" enum:"named,anonymous"`
	Phase       string      `json:"phase" enum:"open,review_actions,checkin,write,reveal,group,vote,discuss,commit,close,published"`
	Phases      []PhaseView `json:"phases"`
	Next        string      `json:"next,omitempty" enum:"open,review_actions,checkin,write,reveal,group,vote,discuss,commit,close,published" doc:"The phase to which the page can be turned"`
	Back        string      `json:"back,omitempty" enum:"open,review_actions,checkin,write,reveal,group,vote,discuss,commit,close,published" doc:"The phase to which it can be turned back"`
	Timer       TimerView   `json:"timer"`
	Code        string      `json:"code,omitempty" doc:"To join by; gone when it is published"`
	VoteBudget  int         `json:"voteBudget" doc:"0 until voting begins, unless it was chosen"`
	MaxPerGroup int         `json:"maxPerGroup"`
	OpensUntil  *time.Time  `json:"opensUntil,omitempty" doc:"Of one that collects notes before the team meets: until about then"`
	Version     int64       `json:"version"`
	CreatedAt   time.Time   `json:"createdAt"`
	ClosedAt    *time.Time  `json:"closedAt,omitempty"`
	Abandoned   bool        `json:"abandoned,omitempty" doc:"Nobody came back to it for a week, and it closed by itself"`
}

// PhaseView is one phase of the strip.
type PhaseView struct {
	Key       string     `json:"key" enum:"open,review_actions,checkin,write,reveal,group,vote,discuss,commit,close,published"`
	Enabled   bool       `json:"enabled"`
	Seconds   int        `json:"seconds"`
	State     string     `json:"state" enum:"done,now,next"`
	StartedAt *time.Time `json:"startedAt,omitempty"`
}

// TimerView is running with endsAt, paused with pausedLeft, off with neither.
type TimerView struct {
	Seconds    int        `json:"seconds"`
	EndsAt     *time.Time `json:"endsAt,omitempty"`
	PausedLeft *int       `json:"pausedLeft,omitempty" doc:"Seconds"`
}

// Me is what concerns the viewer alone.
type Me struct {
	Joined         bool `json:"joined"`
	Facilitator    bool `json:"facilitator"`
	Done           bool `json:"done"`
	VotesLeft      int  `json:"votesLeft"`
	CanWrite       bool `json:"canWrite" doc:"May take part: write, group, vote, answer"`
	CanWork        bool `json:"canWork" doc:"May decide on actions, which are cards"`
	CanFacilitate  bool `json:"canFacilitate"`
	CanTakeOver    bool `json:"canTakeOver" doc:"No facilitator has been here for a minute"`
	Quiet          *int `json:"quiet,omitempty" doc:"For facilitators until the reveal: how many of those who joined have written nothing"`
	NotesRemaining int  `json:"notesRemaining"`
}

// Collected is how much has been written before the team meets.
type Collected struct {
	People int `json:"people"`
	Notes  int `json:"notes"`
}

// PersonView is somebody who has joined.
type PersonView struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Discipline  string `json:"discipline" enum:"development,operations,security,product,quality,other"`
	Hue         int    `json:"hue"`
	Facilitator bool   `json:"facilitator"`
	Done        bool   `json:"done"`
	Here        bool   `json:"here" doc:"Was heard of within the last minute"`
}

// NamedPerson is a person by name.
type NamedPerson struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// NoteView is a note; until the reveal those of others are only shapes.
type NoteView struct {
	ID      string       `json:"id"`
	Column  string       `json:"column"`
	Lines   int          `json:"lines" doc:"How high its text stands"`
	Text    string       `json:"text,omitempty"`
	Mine    bool         `json:"mine"`
	Author  *NamedPerson `json:"author,omitempty" doc:"In a named retro, from the reveal on"`
	GroupID string       `json:"groupId,omitempty"`
	Late    bool         `json:"late,omitempty" doc:"Of a retro with names: written after the reveal"`
}

// GroupView is a group of notes.
type GroupView struct {
	ID      string   `json:"id"`
	Column  string   `json:"column"`
	Title   string   `json:"title"`
	NoteIDs []string `json:"noteIds"`
	Votes   *int     `json:"votes,omitempty" doc:"From discuss on"`
	MyVotes int      `json:"myVotes"`
	State   string   `json:"state" enum:"open,discussed,parked"`
	Said    string   `json:"notesText,omitempty"`
}

// Discussing is the group at hand.
type Discussing struct {
	GroupID string     `json:"groupId"`
	EndsAt  *time.Time `json:"endsAt,omitempty"`
	Thumbs  Thumbs     `json:"thumbs"`
}

// Thumbs say whether to go on.
type Thumbs struct {
	On       bool   `json:"on" doc:"The time is up, so they are asked for; they may be given before"`
	Continue int    `json:"continue"`
	MoveOn   int    `json:"moveOn"`
	Mine     string `json:"mine,omitempty" enum:"continue,move_on"`
}

// ActionView is an action and its card.
type ActionView struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	OwnerID   string `json:"ownerId,omitempty"`
	OwnerName string `json:"ownerName,omitempty"`
	DueOn     string `json:"dueOn,omitempty"`
	Signal    string `json:"signal"`
	CardID    string `json:"cardId"`
	CardKey   string `json:"cardKey"`
	State     string `json:"state" enum:"open,done,dropped,split"`
}

// CarriedView is an action that an earlier retro has left.
type CarriedView struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	OwnerID   string `json:"ownerId,omitempty"`
	OwnerName string `json:"ownerName,omitempty"`
	DueOn     string `json:"dueOn,omitempty"`
	Signal    string `json:"signal"`
	CardID    string `json:"cardId"`
	CardKey   string `json:"cardKey"`
	Carried   int    `json:"carried" doc:"How often it was carried before; from three on it is not simply kept"`
	State     string `json:"state" enum:"open,done,kept,reowned,dropped,split"`
	Why       string `json:"why,omitempty"`
	DueWas    string `json:"dueWas,omitempty" doc:"The day by which it was due before this retro moved it"`
}

// CheckinView is the check-in. The answers of others are read from the reveal on.
type CheckinView struct {
	Question string          `json:"question"`
	Mine     string          `json:"mine,omitempty"`
	N        int             `json:"n" doc:"How many have answered"`
	Answers  []CheckinAnswer `json:"answers"`
}

// CheckinAnswer is one answer.
type CheckinAnswer struct {
	Text   string       `json:"text"`
	Author *NamedPerson `json:"author,omitempty"`
}

// CloseView is how the retro was. Means are told when it is published: before, two of them would tell an answer.
type CloseView struct {
	RotiMine   int   `json:"rotiMine,omitempty"`
	SafetyMine int   `json:"safetyMine,omitempty"`
	N          int   `json:"n" doc:"How many have answered"`
	Roti       *Mean `json:"roti,omitempty"`
	Safety     *Mean `json:"safety,omitempty" doc:"Of four answers or more"`
}

// Mean is the mean of n answers from 1 to 5.
type Mean struct {
	N    int     `json:"n"`
	Mean float64 `json:"mean"`
}

// Get reads a retro for its viewer.
func (s *Service) Get(ctx context.Context, id string) (v View, err error) {
	viewer := who.From(ctx)
	err = s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		at, err := s.sit(q, viewer, "r.id = ?", id)
		if err != nil {
			return err
		}
		v, err = at.view(q, s.store.Now())
		return err
	})
	return v, err
}

// named gives people by name.
func named(people map[string]account.Person, id string) *NamedPerson {
	p, ok := people[id]
	if !ok {
		return nil
	}
	return &NamedPerson{p.ID, p.Name}
}
