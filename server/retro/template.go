package retro

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

// RetroTemplate is what a retro begins as.
type RetroTemplate struct {
	Key            string    `json:"key"`
	Name           string    `json:"name"`
	WhenToUse      string    `json:"whenToUse"`
	DefaultMinutes int       `json:"defaultMinutes"`
	Question       string    `json:"question" doc:"For the check-in"`
	Columns        []Column  `json:"columns"`
	Suggested      bool      `json:"suggested,omitempty" doc:"What happened on the board asks for it"`
	Why            string    `json:"why,omitempty" doc:"What did"`
	SuggestWhen    []suggest `json:"-"`
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
