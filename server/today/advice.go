package today

import (
	"trestle/server/board"
	"trestle/server/card"
	"trestle/server/store"
)

// Advice is what to do next on a board: where something is over or nothing has room, finish; else pull.
type Advice struct {
	BoardID   string      `json:"boardId"`
	BoardName string      `json:"boardName"`
	Over      []string    `json:"over" doc:"Columns over their limit"`
	Full      []string    `json:"full" doc:"Columns at their limit"`
	Help      *AdviceCard `json:"help,omitempty" doc:"The card to help through first"`
	Next      *AdviceCard `json:"next,omitempty" doc:"The card to pull, now or afterwards"`
	Room      bool        `json:"room" doc:"It may be pulled now"`
}

// AdviceCard names a card.
type AdviceCard struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Column string `json:"column"`
	Link   string `json:"link"`
}

// adviceOn looks at the board from right to left. It never suggests to start while something is over, or while
// the column into which work is pulled has no room. nil: there is nothing to say.
func adviceOn(q *store.Query, l *board.Layout, st card.Standing) (*Advice, error) {
	a := &Advice{BoardID: l.ID, BoardName: l.Name, Over: []string{}, Full: []string{}}
	start, finish := l.Points()
	var crowded, pulling, ready *board.Column
	pullFull := false
	for i := range l.Columns {
		c := &l.Columns[i]
		state := c.Wip.State(st.Glance.Columns[i].Count)
		switch {
		case c.Position < start:
			if c.Kind == board.Queue {
				ready = c
			}
			continue
		case c.Position >= finish:
			continue
		case state == "over":
			a.Over = append(a.Over, c.Name)
		case state == "full":
			a.Full = append(a.Full, c.Name)
		}
		if pulling == nil {
			pulling, pullFull = c, state == "over" || state == "full"
		}
		// the one furthest right that is over, else furthest right that is full
		if state == "over" || (state == "full" && len(a.Over) == 0) {
			crowded = c
		}
	}
	a.Room = pulling != nil && len(a.Over) == 0 && !pullFull
	if ready != nil {
		_, key, title, err := card.Topmost(q, ready.RID)
		if err != nil {
			return nil, err
		}
		if key != "" {
			a.Next = &AdviceCard{key, title, ready.Name, boardLink(l.ID, "card="+key)}
		}
	}
	if crowded != nil && !a.Room {
		_, key, title, err := card.Eldest(q, crowded.RID)
		if err != nil {
			return nil, err
		}
		if key != "" {
			a.Help = &AdviceCard{key, title, crowded.Name, boardLink(l.ID, "card="+key)}
		}
	}
	if a.Next == nil && a.Help == nil {
		return nil, nil
	}
	return a, nil
}
