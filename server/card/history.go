package card

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"

	"trestle/server/account"
	"trestle/server/board"
	"trestle/server/event"
	"trestle/server/store"
)

// Line is one line of a card's history, a sentence without its subject: "moved it from Build to Review".
type Line struct {
	Seq       int64     `json:"seq,omitempty" doc:"The board's sequence; absent for what an import brought"`
	At        time.Time `json:"at"`
	ActorID   string    `json:"actorId,omitempty"`
	ActorName string    `json:"actorName"`
	Type      string    `json:"type"`
	Text      string    `json:"text"`
}

const historyMax = 300

// historyOf tells a card's history, newest first: its events, and the transitions that have none.
func historyOf(q *store.Query, c *Card, l *board.Layout) ([]Line, error) {
	events, err := store.EventsAbout(q, event.BoardTopic(l.ID), c.ID, 0, historyMax)
	if err != nil {
		return nil, err
	}
	out := []Line{}
	var ids []string
	for _, e := range events {
		if text := sentence(e, l); text != "" {
			out = append(out, Line{Seq: e.Seq, At: e.At, ActorID: e.ActorID, Type: e.Type, Text: text})
			ids = append(ids, e.ActorID)
		}
	}
	names, err := account.PeopleByID(q, unique(ids))
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].ActorName = names[out[i].ActorID].Name
		if out[i].ActorName == "" {
			out[i].ActorName = "Trestle"
		}
	}
	err = q.Each(func(scan func(...any) error) error {
		var from, to, lane *int64
		var kind, actorID, actor string
		var at int64
		if err := scan(&from, &to, &lane, &kind, &actorID, &actor, &at); err != nil {
			return err
		}
		if actor == "" {
			actor = "Import"
		}
		out = append(out, Line{At: store.At(at), ActorID: actorID, ActorName: actor, Type: "card." + kind, Text: recordedSentence(kind, l, from, to, lane)})
		return nil
	}, `SELECT t.from_column_rid, t.to_column_rid, t.lane_rid, t.kind, t.actor_id, COALESCE(p.name, t.actor_name), t.at FROM card_transitions t
		LEFT JOIN people p ON p.id = t.actor_id WHERE t.card_rid = ? AND t.seq = 0 ORDER BY t.at DESC, t.rid DESC LIMIT 300`, c.RID)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].At.After(out[j].At) })
	return out, nil
}

func columnName(l *board.Layout, id string) string {
	if c := l.Column(id); c != nil {
		return c.Name
	}
	for _, c := range l.Retired {
		if c.ID == id {
			return c.Name
		}
	}
	return "a former column"
}

func columnNameRID(l *board.Layout, rid *int64) string {
	if rid != nil {
		if c := l.ColumnByRID(*rid); c != nil {
			return c.Name
		}
	}
	return "a former column"
}

// recordedSentence tells a transition without an event of its own: from an import, or of a column or a lane that
// was removed.
func recordedSentence(kind string, l *board.Layout, from, to, lane *int64) string {
	switch kind {
	case "create":
		return "created it in " + columnNameRID(l, to)
	case "archive":
		return "archived it"
	case "unarchive":
		return "restored it to " + columnNameRID(l, to)
	case "import": // where an import found it, without knowing how it came there
		return "found it in " + columnNameRID(l, to)
	case "board_in":
		return "brought it from another board to " + columnNameRID(l, to)
	case "board_out":
		return "took it to another board"
	}
	switch {
	case sameRID(from, to) && lane == nil:
		return "took it out of its lane"
	case sameRID(from, to):
		return "moved it to another lane"
	}
	return fmt.Sprintf("moved it from %s to %s", columnNameRID(l, from), columnNameRID(l, to))
}

var fieldWords = map[string]string{"title": "the title", "description": "the description", "type": "the type", "discipline": "the leading discipline",
	"involves": "who is involved", "class": "the class of service", "ownerIds": "the owners", "labels": "the labels", "dueOn": "the due date",
	"size": "the size", "place": "the lane", "parent": "what it is a part of", "links": "the links", "hypothesis": "the hypothesis", "outcome": "the outcome", "ask": "how the ask stands"}

var returnWords = map[string]string{"incomplete": "incomplete", "defect": "a defect", "wrong_need": "the wrong need", "changed_mind": "a changed mind", "other": "another reason"}

// sentence says what an event did to the card.
func sentence(e event.Event, l *board.Layout) string {
	var d struct {
		Card struct {
			ColumnID, LaneID, Class string
		}
		From   from
		Reason string
		Return *Return `json:"returnReason"`
		UndoOf int64
		Checks []board.Check
		Waived struct {
			Checks    []board.Check
			Checklist *board.KeptList
			Reason    string
		}
		Checklist *board.KeptList
		Top       *topChange
		Mirrors   []followed
		Fields    []string
		Before    map[string]any
		Blocker   struct{ Category, Reason string }
		Edited    bool
		Removed   bool
		Signal    string
		Name      string
		Again     bool
		Done      *bool
		On        json.RawMessage // a board, or a day

		Finished, Reopened, ToName string
		Promoted, Said             string
	}
	if json.Unmarshal(e.Data, &d) != nil {
		return ""
	}
	because := ""
	if d.Reason != "" {
		because = fmt.Sprintf(", past the limit: “%s”", d.Reason)
	}
	for _, m := range d.Mirrors {
		because += fmt.Sprintf("; on %s it went to %s", m.Name, m.ColumnName)
	}
	because += checkedSentence(d.Checks, d.Waived.Checks, d.Checklist, d.Waived.Checklist, d.Waived.Reason)
	if d.Top != nil && d.Top.Why != "" {
		because += fmt.Sprintf(": “%s”", d.Top.Why)
	}
	switch e.Type {
	case "card.created":
		return "created it in " + columnName(l, d.Card.ColumnID) + because
	case "card.moved":
		return movedSentence(l, d.From, from{ColumnID: d.Card.ColumnID, LaneID: d.Card.LaneID, Class: d.Card.Class}, d.UndoOf, d.Return) + because
	case "card.updated":
		if d.Said != "" {
			return d.Said
		}
		words := []string{}
		for _, f := range d.Fields {
			words = append(words, fieldWord(f, l))
		}
		text := "changed " + strings.Join(words, " and ")
		if old, ok := d.Before["title"].(string); ok && len(d.Fields) == 1 {
			text = fmt.Sprintf("changed the title from “%s”", old)
		}
		return text + because
	case "card.blocked":
		if d.Reopened != "" {
			return "re-opened " + d.Reopened + ", for which it waits: it is blocked again"
		}
		return fmt.Sprintf("blocked it: %s", d.Blocker.Reason)
	case "card.unblocked":
		if d.Finished != "" {
			return "finished " + d.Finished + ", for which it waited: the blocker is closed"
		}
		return "closed a blocker"
	case "card.blocker_raised":
		if d.ToName == "" {
			return "took back to whom a blocker was raised"
		}
		return "raised a blocker to " + d.ToName
	case "card.blocker_promised":
		var day string
		if json.Unmarshal(d.On, &day) != nil || day == "" {
			return "took a promise back"
		}
		return "has the blocker, by " + day
	case "card.archived":
		return "archived it"
	case "card.restored":
		return "restored it to " + columnName(l, d.Card.ColumnID) + because
	case "card.mirrored":
		return "showed it on " + onBoard(d.On)
	case "card.unmirrored":
		return "took it off " + onBoard(d.On)
	case "card.commented":
		switch {
		case d.Removed:
			return "removed a comment"
		case d.Edited:
			return "edited a comment"
		}
		return "commented"
	case "card.attached":
		if d.Again {
			return "brought back the attachment " + d.Name
		}
		return "attached " + d.Name
	case "card.detached":
		return "removed the attachment " + d.Name
	case "card.signalled":
		return "set the signal " + d.Signal
	case "card.todo_changed":
		switch {
		case d.Removed:
			return "removed a to-do item"
		case d.Promoted != "":
			return "made a to-do item the card " + d.Promoted
		case d.Done != nil && *d.Done:
			return "checked a to-do item"
		}
		return "changed the to-do list"
	}
	return ""
}

// onBoard names another board, where everybody may know of it.
func onBoard(on json.RawMessage) string {
	var b struct{ Name string }
	if json.Unmarshal(on, &b) != nil || b.Name == "" {
		return "another board"
	}
	return b.Name
}

func movedSentence(l *board.Layout, f, to from, undoOf int64, back *Return) string {
	text := "reordered it in " + columnName(l, to.ColumnID)
	switch {
	case undoOf != 0:
		text = "undid a move: back to " + columnName(l, to.ColumnID)
	case f.ColumnID != to.ColumnID:
		text = fmt.Sprintf("moved it from %s to %s", columnName(l, f.ColumnID), columnName(l, to.ColumnID))
	case f.LaneID != to.LaneID && to.LaneID == "":
		text = "took it out of its lane"
	case f.LaneID != to.LaneID:
		text = "moved it to another lane"
		if lane := l.Lane(to.LaneID); lane != nil {
			text = "moved it to the lane " + lane.Name
		}
	}
	if f.Class != to.Class {
		text += ", now " + strings.ReplaceAll(to.Class, "_", " ")
	}
	if back != nil {
		text += ", because of " + returnWords[back.Category]
		if back.Text != "" {
			text += ": " + back.Text
		}
	}
	return text
}

// checkedSentence says what was answered to a column's checks and its checklist.
func checkedSentence(met, waived []board.Check, list, listWaived *board.KeptList, reason string) string {
	quote := func(list []board.Check) string {
		var out []string
		for _, c := range list {
			out = append(out, "“"+c.Text+"”")
		}
		return strings.Join(out, ", ")
	}
	text := ""
	if len(met) > 0 {
		text += "; checked " + quote(met)
	}
	if list != nil {
		text += "; complete: " + list.Says()
	}
	passed := quote(waived)
	if listWaived != nil {
		if passed != "" {
			passed += " and "
		}
		passed += listWaived.Says()
	}
	if passed != "" {
		text += fmt.Sprintf("; waived %s: “%s”", passed, reason)
	}
	return text
}
