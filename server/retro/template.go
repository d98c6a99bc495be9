package retro

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"trestle/server/store"
	"trestle/server/who"
)

// RetroTemplate is what a retro begins as.
type RetroTemplate struct {
	Key            string     `json:"key" doc:"Of a team's own: its id"`
	Name           string     `json:"name"`
	WhenToUse      string     `json:"whenToUse"`
	DefaultMinutes int        `json:"defaultMinutes"`
	Question       string     `json:"question" doc:"For the check-in"`
	Columns        []Column   `json:"columns"`
	Suggested      bool       `json:"suggested,omitempty" doc:"What happened on the board asks for it"`
	Why            string     `json:"why,omitempty" doc:"What did"`
	TeamID         string     `json:"teamId,omitempty" doc:"Of a team's own"`
	Version        int64      `json:"version,omitempty" doc:"Of a team's own"`
	ArchivedAt     *time.Time `json:"archivedAt,omitempty"`
	SuggestWhen    []suggest  `json:"-"`
}

// Column is a column of a retro.
type Column struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Prompt string `json:"prompt"`
	Color  string `json:"color" enum:"green,red,amber,blue,violet,teal,grey"`
	Icon   string `json:"icon"`
}

// suggest is a rule: the template fits when a fact reached this number.
type suggest struct {
	Fact    string `json:"fact"`
	AtLeast int    `json:"atLeast"`
	Why     string `json:"why"` // one %d
	One     string `json:"one"` // when the number is one, if it may be
}

//go:embed templates.json
var templatesText []byte

var templates = sync.OnceValue(func() []RetroTemplate {
	var raw []struct {
		RetroTemplate
		SuggestWhen []suggest `json:"suggestWhen"`
	}
	if err := json.Unmarshal(templatesText, &raw); err != nil { // a test reads it
		panic(err)
	}
	out := make([]RetroTemplate, len(raw))
	for i, r := range raw {
		out[i] = r.RetroTemplate
		out[i].SuggestWhen = r.SuggestWhen
	}
	return out
})

func templateOf(key string) (RetroTemplate, bool) {
	for _, t := range templates() {
		if t.Key == key {
			return t, true
		}
	}
	return RetroTemplate{}, false
}

// fitting says why a template is suggested by what happened, "" when it is not.
func (t RetroTemplate) fitting(f Facts) string {
	numbers := f.numbers()
	for _, s := range t.SuggestWhen {
		if n := numbers[s.Fact]; n >= s.AtLeast {
			if n == 1 {
				return s.One
			}
			return fmt.Sprintf(s.Why, n)
		}
	}
	return ""
}

// Templates lists all templates; for a board those first that its facts suggest.
func (s *Service) Templates(ctx context.Context, boardID string) ([]RetroTemplate, error) {
	out := slices.Clone(templates())
	if boardID == "" {
		return out, nil
	}
	err := s.store.ReadSnapshot(ctx, func(q *store.Query) error {
		seen, err := s.boards.See(q, who.From(ctx), boardID)
		if err != nil {
			return err
		}
		f, err := factsOf(q, seen.Layout, s.store.Now())
		if err != nil {
			return err
		}
		if seen.Rights.CanSee("team") {
			own, err := ownTemplatesOf(q, "team_id = ? AND archived_at IS NULL", seen.TeamID)
			if err != nil {
				return err
			}
			out = append(own, out...)
		}
		for i := range out {
			out[i].Why = out[i].fitting(f)
			out[i].Suggested = out[i].Why != ""
		}
		return err
	})
	slices.SortStableFunc(out, func(a, b RetroTemplate) int {
		switch {
		case a.Suggested == b.Suggested:
			return 0
		case a.Suggested:
			return -1
		}
		return 1
	})
	return out, err
}
