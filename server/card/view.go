package card

import (
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/store"
)

// Face is a card as a board shows it: no body, no e-mail, no private text. The order within a column is
// by pos, bytewise, then id.
type Face struct {
	ID                string        `json:"id"`
	Key               string        `json:"key"`
	Title             string        `json:"title"`
	ColumnID          string        `json:"columnId"`
	LaneID            string        `json:"laneId,omitempty"`
	Pos               string        `json:"pos"`
	Type              string        `json:"type"`
	Discipline        string        `json:"discipline"`
	Involves          []string      `json:"involves"`
	Class             string        `json:"class"`
	OwnerIDs          []string      `json:"ownerIds"`
	Labels            []string      `json:"labels"`
	DueOn             string        `json:"dueOn,omitempty"`
	Size              *float64      `json:"size,omitempty"`
	Version           int64         `json:"version"`
	EnteredAt         time.Time     `json:"enteredAt"`
	StartedAt         *time.Time    `json:"startedAt,omitempty"`
	FinishedAt        *time.Time    `json:"finishedAt,omitempty"`
	HistoryIncomplete bool          `json:"historyIncomplete,omitempty"`
	Blockers          []BlockerFace `json:"blockers"`
	Signals           []SignalFace  `json:"signals"`
	Todo              *Progress     `json:"todo,omitempty"`
	Comments          int           `json:"comments,omitempty"`
	HasDescription    bool          `json:"hasDescription,omitempty"`
	Attachments       int           `json:"attachments,omitempty"`
	Mirrored          bool          `json:"mirrored,omitempty" doc:"It stands on other boards too; on the face on its own board"`
	Ask               *AskFace      `json:"ask,omitempty"`
	Mirror            *MirrorView   `json:"mirror,omitempty" doc:"On another board than its own: where it belongs and how it stands there"`

	Parent   *Parent           `json:"parent,omitempty"`
	Children *Children         `json:"children,omitempty"`
	Links    int               `json:"links,omitempty"`
	Fields   map[string]string `json:"fields,omitempty" doc:"Values of the custom fields that the board shows on faces, by field"`
}

// FaceOf is the card's face on its own board.
func FaceOf(c *Card, l *board.Layout) Face {
	f := Face{ID: c.ID, Key: c.Key, Title: c.Title, Pos: c.Place.Pos, Type: c.Type, Discipline: c.Discipline,
		Involves: list(c.Involves), Class: c.Class, OwnerIDs: list(c.Face.OwnerIDs), Labels: list(c.Labels), DueOn: c.DueOn, Size: c.Size,
		Version: c.Version, EnteredAt: store.At(c.Place.EnteredAt), StartedAt: store.AtPtr(c.Clock.Started),
		FinishedAt: store.AtPtr(c.Clock.Finished), HistoryIncomplete: c.HistoryIncomplete,
		Blockers: c.Face.Blockers, Signals: c.Face.Signals, Todo: c.Face.Todo, Comments: c.Face.Comments, Attachments: c.Face.Attachments,
		HasDescription: c.Description != "", Mirrored: c.Face.Mirrored, Ask: c.Face.Ask,
		Parent: c.Face.Parent, Children: c.Face.Children, Links: c.Face.Links, Fields: c.Face.Fields}
	if col := l.ColumnByRID(c.Place.ColumnRID); col != nil {
		f.ColumnID = col.ID
	}
	if c.Place.LaneRID != nil {
		if lane := l.LaneByRID(*c.Place.LaneRID); lane != nil {
			f.LaneID = lane.ID
		}
	}
	if f.Blockers == nil {
		f.Blockers = []BlockerFace{}
	}
	if f.Signals == nil {
		f.Signals = []SignalFace{}
	}
	return f
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// Moved is the part of a face that a move changes. A client merges it.
type Moved struct {
	ID         string     `json:"id"`
	Version    int64      `json:"version"`
	ColumnID   string     `json:"columnId"`
	LaneID     *string    `json:"laneId"`
	Pos        string     `json:"pos"`
	Class      string     `json:"class"`
	EnteredAt  time.Time  `json:"enteredAt"`
	StartedAt  *time.Time `json:"startedAt"`
	FinishedAt *time.Time `json:"finishedAt"`
}

func movedOf(f Face) Moved {
	m := Moved{ID: f.ID, Version: f.Version, ColumnID: f.ColumnID, Pos: f.Pos, Class: f.Class,
		EnteredAt: f.EnteredAt, StartedAt: f.StartedAt, FinishedAt: f.FinishedAt}
	if f.LaneID != "" {
		m.LaneID = &f.LaneID
	}
	return m
}

// Changed is the answer of a change: the card's face and the board's sequence that holds it.
type Changed struct {
	Card Face  `json:"card"`
	Seq  int64 `json:"seq" doc:"The board's sequence of this change"`
}

// MoveAnswer is the moved card with the board's sequence.
type MoveAnswer struct {
	Face
	Seq int64 `json:"seq" doc:"The board's sequence of this move; POST …/undo takes it"`
}

// Snapshot is a whole board and the sequence at which it is true.
type Snapshot struct {
	Board   board.View         `json:"board"`
	Columns []board.ColumnView `json:"columns"`
	Lanes   []board.LaneView   `json:"lanes"`
	Cards   []Face             `json:"cards"`
	People  []account.Person   `json:"people"`
	Seq     int64              `json:"seq"`
}
