package today

import (
	"context"
	"time"

	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/store"
	"trestle/server/who"
)

// Parts of somebody's Today. A row says in which it stands.
const (
	Rituals    = "rituals"    // what starts next
	Waiting    = "waiting"    // waits for me, the oldest first
	Mine       = "mine"       // my cards in progress
	Exceptions = "exceptions" // out of order on my teams' boards
	Awaited    = "awaited"    // what I wait for
	Since      = "since"      // what others did since the last working day began
	Next       = "next"       // rituals in the coming days
)

// Row is one line of somebody's Today. Title is somebody's own words or a name; what it means is said by Kind.
type Row struct {
	Part      string      `json:"-"`
	Kind      string      `json:"kind" doc:"noun.verb or noun.state, e.g. ask.raised, column.over"`
	ID        string      `json:"id" doc:"The same as long as it is the same line"`
	Title     string      `json:"title"`
	Text      string      `json:"text,omitempty" doc:"More words of people: a reason, a question"`
	Who       string      `json:"who,omitempty" doc:"The name of who waits, did it or is waited for"`
	Hue       *int        `json:"hue,omitempty" doc:"Of who: the colour of their face"`
	Key       string      `json:"key,omitempty" doc:"Of the card that it is about"`
	Link      string      `json:"link,omitempty" doc:"A path of this installation"`
	BoardID   string      `json:"boardId,omitempty"`
	BoardName string      `json:"boardName,omitempty"`
	TeamName  string      `json:"teamName,omitempty"`
	Column    string      `json:"column,omitempty"`
	At        *time.Time  `json:"at,omitempty" doc:"Since when; of a ritual, when it begins"`
	DueOn     string      `json:"dueOn,omitempty"`
	DueIn     *int        `json:"dueIn,omitempty" doc:"Days until dueOn, 0 today, negative when it has passed"`
	Count     *int        `json:"count,omitempty"`
	Limit     *int        `json:"limit,omitempty"`
	Item      string      `json:"item,omitempty" doc:"Of a checklist: the key of the question, the first of count"`
	Question  string      `json:"question,omitempty" doc:"…and the question"`
	Blocked   bool        `json:"blocked,omitempty"`
	Age       *board.Age  `json:"age,omitempty"`
	Card      *card.Face  `json:"card,omitempty" doc:"Of rows in mine"`
	Actions   []Action    `json:"actions,omitempty" doc:"What can be done in place"`
	Times     []time.Time `json:"times,omitempty" doc:"Proposed times, to take one"`
	Days      []string    `json:"days,omitempty" doc:"Of a blocker: days by which one may say to have it, in its board's time zone"`
	Notices   []string    `json:"notices,omitempty" doc:"One's unread notices that tell of it: read once it is answered or opened from here"`
	Present   string      `json:"present,omitempty" doc:"Of a ritual: the path under which this very browser shows it to the room"`
	Join      string      `json:"join,omitempty" doc:"Of a ritual: the address to join at from elsewhere"`
	Other     *Other      `json:"other,omitempty" doc:"The card that is waited for, where you may see it"`
	TimeZone  string      `json:"timeZone,omitempty" doc:"Of the board: at counts in its days"`
	Until     *time.Time  `json:"until,omitempty" doc:"Of who is on call; of a retro that is open, or a standup in writing that waits for you: until when one may write"`
}

// Other is another card that a row tells of.
type Other struct {
	Key     string `json:"key"`
	Title   string `json:"title"`
	Column  string `json:"column,omitempty"`
	BoardID string `json:"boardId"`
}

// Action is a button of a row: a request that needs nothing more, and the one that takes it back.
type Action struct {
	Word     string         `json:"word"`
	Post     string         `json:"post" doc:"A path under /api/v1"`
	Body     map[string]any `json:"body,omitempty"`
	Undo     string         `json:"undo,omitempty" doc:"A path under /api/v1 to POST to"`
	UndoBody map[string]any `json:"undoBody,omitempty"`
	Done     string         `json:"done,omitempty" doc:"What to say once it is done"`
}

// Source is one room's rows for a person. They may name only what the viewer may see.
type Source interface {
	Rows(ctx context.Context, q *store.Query, v who.Viewer, now time.Time) ([]Row, error)
}
