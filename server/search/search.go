package search

import (
	"context"

	"trestle/server/account"
	"trestle/server/fault"
	"trestle/server/store"
	"trestle/server/team"
	"trestle/server/who"
)

// What can be found.
const (
	Card   = "card"
	Board  = "board"
	Team   = "team"
	Person = "person"
)

// States of a card that was found.
const (
	Open     = "open"
	Finished = "finished"
	Archived = "archived"
)

// Service is the one verb of this room.
type Service struct {
	store    *store.Store
	accounts *account.Service
}

// New makes the room.
func New(st *store.Store, accounts *account.Service) *Service {
	return &Service{store: st, accounts: accounts}
}

// Ask is a question.
type Ask struct {
	Text   string
	Kinds  []string // nil = all
	TeamID string   // only what belongs to this team
	State  string   // only cards in this state
	Owner  string   // only cards of this person; then the text may be empty
	Limit  int
	Cursor string
}

// Item is one thing that was found.
type Item struct {
	Kind       string `json:"kind" enum:"card,board,team,person"`
	ID         string `json:"id"`
	Key        string `json:"key,omitempty" doc:"A card's or a team's key"`
	Title      string `json:"title"`
	Snippet    string `json:"snippet,omitempty" doc:"Where the words were found, when not in the title; plain text"`
	In         string `json:"in,omitempty" enum:"description,comment,todo,label,field" doc:"What the snippet was cut from"`
	BoardID    string `json:"boardId,omitempty"`
	BoardName  string `json:"boardName,omitempty"`
	TeamID     string `json:"teamId,omitempty"`
	TeamName   string `json:"teamName,omitempty"`
	ColumnName string `json:"columnName,omitempty"`
	Type       string `json:"type,omitempty" doc:"A card's type"`
	Discipline string `json:"discipline,omitempty" doc:"A card's leading discipline, a person's own"`
	State      string `json:"state,omitempty" enum:"open,finished,archived"`
	Link       string `json:"link" doc:"Where the page shows it"`
}

// Found is a page of answers, the best first.
type Found struct {
	Items      []Item `json:"items"`
	NextCursor string `json:"nextCursor,omitempty"`
}

// asked is a question made ready.
type asked struct {
	Ask
	words []string
	kinds map[string]bool
	seen  []team.Visible // teams
}

func (a *asked) wants(kind string) bool { return a.kinds == nil || a.kinds[kind] }

// Search answers a question with what the viewer may see. Words that stand for nothing find nothing.
func (s *Service) Search(ctx context.Context, ask Ask) (Found, error) {
	a := &asked{Ask: ask, words: question(ask.Text)}
	if err := a.check(); err != nil {
		return Found{}, err
	}
	found := Found{Items: []Item{}}
	if len(a.words) == 0 && a.Owner == "" {
		return found, nil
	}
	var people []account.Listed
	if a.wants(Person) && a.Cursor == "" {
		var err error
		if people, err = s.accounts.People(ctx); err != nil {
			return found, err
		}
	}
	v := who.From(ctx)
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) (err error) {
		if a.seen, err = team.VisibleTo(q, v); err != nil {
			return err
		}
		boards, err := a.boards(q)
		if err != nil {
			return err
		}
		var names []Item
		if a.Cursor == "" {
			names = a.names(boards, people)
		}
		var cards []Item
		if a.wants(Card) {
			if cards, found.NextCursor, err = s.cards(q, a, boards, a.Limit-len(names)); err != nil {
				return err
			}
		}
		found.Items = interleave(cards, names, a.Text)
		return nil
	})
	return found, err
}

// interleave puts a card whose very key was asked for before the names, and the others behind them.
func interleave(cards, names []Item, text string) []Item {
	out := make([]Item, 0, len(cards)+len(names))
	if len(cards) > 0 && isKey(text, cards[0].Key) {
		out, cards = append(out, cards[0]), cards[1:]
	}
	return append(append(out, names...), cards...)
}

func (a *asked) check() error {
	for _, k := range a.Kinds {
		switch k {
		case Card, Board, Team, Person:
		default:
			return fault.Invalid("query.kinds", "Search knows card, board, team and person, not %q", k)
		}
		if a.kinds == nil {
			a.kinds = map[string]bool{}
		}
		a.kinds[k] = true
	}
	if a.State != "" || a.Owner != "" { // only cards have these
		if a.kinds != nil && !a.kinds[Card] {
			a.kinds = map[string]bool{}
		} else {
			a.kinds = map[string]bool{Card: true}
		}
	}
	return nil
}
