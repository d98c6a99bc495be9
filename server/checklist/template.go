package checklist

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"

	"trestle/server/store"
)

//go:embed launch.json
var launchFile []byte

// launch is what comes with the program: version 1 of the template with the key "launch", whose row holds no items.
var launch = sync.OnceValue(func() (out []TemplateItem) {
	if err := json.Unmarshal(launchFile, &out); err != nil {
		panic(err) // part of the program
	}
	return out
})

// TemplateItem is one question of a template.
type TemplateItem struct {
	Key      string   `json:"key" minLength:"1" maxLength:"12" doc:"Unique in its template, for good: F1"`
	Topic    string   `json:"topic" enum:"functionality,operability,metrics,departures,capacity,launch,security"`
	Question string   `json:"question" minLength:"1" maxLength:"300"`
	Help     string   `json:"help,omitempty" required:"false" maxLength:"600"`
	Evidence []string `json:"evidence" maxItems:"8" doc:"What is asked for: text, link, diagram, number, date, person, file, auto"`
	Unit     string   `json:"unit,omitempty" required:"false" maxLength:"20" doc:"Of a number"`
	From     string   `json:"from" enum:"light,standard,critical,optional" doc:"From which level on it must be answered"`
	Phase    string   `json:"phase" enum:"design,pre_prod,post_launch"`
	Scope    string   `json:"scope" enum:"feature,service" doc:"What is of the scope service is answered once on a service and inherited by its features"`
	TTLDays  int      `json:"ttlDays,omitempty" required:"false" minimum:"0" maximum:"3650" doc:"For how many days its evidence is good"`
	When     *When    `json:"when,omitempty" required:"false" doc:"It is asked only then"`
	People   int      `json:"people,omitempty" required:"false" minimum:"0" maximum:"10" doc:"How many people it names at least; at the level critical one more"`
	Retired  bool     `json:"retired,omitempty" required:"false" doc:"It is not asked any more"`
	Proposal string   `json:"proposal,omitempty" required:"false" maxLength:"64" doc:"The proposal that it was taken from: origins say more of it. It stays through every edit, and is set by accepting alone"`
}

// kinds are kinds of evidence, in words.
var kinds = map[string]string{"link": "a link", "diagram": "a drawing", "number": "a number", "date": "a date", "person": "a person by name", "file": "a file", "auto": "the result of a check"}

// lacks are the kinds of evidence of which an item asks for one, when none is among these. Where words are among what it
// asks for, they are enough.
func (it *TemplateItem) lacks(proof []Proof) []string {
	if slices.Contains(it.Evidence, "text") || slices.ContainsFunc(proof, func(p Proof) bool { return slices.Contains(it.Evidence, p.Type) }) {
		return nil
	}
	return it.Evidence
}

// Topic is one side of the work that is asked about.
type Topic struct{ Key, Name, Sub string }

// topics in their order; security stands beside the six.
var topics = []Topic{
	{"functionality", "Functionality", "What it does and why"},
	{"operability", "Operability", "How it works: operate, scale, see inside"},
	{"metrics", "Metrics", "How we know that it works"},
	{"departures", "Departures", "What differs from what we know, and why"},
	{"capacity", "Capacity", "What it needs to run on"},
	{"launch", "Launch plan", "How it goes live, and back"},
	{"security", "Security", "Who could misuse it, and what we do about that"},
}

// edition is one published version of a template. It never changes, so it is read once.
type edition struct {
	rid, templateRID int64
	number           int
	items            []TemplateItem
	byKey            map[string]*TemplateItem
}

func newEdition(rid, templateRID int64, number int, raw string) (*edition, error) {
	e := &edition{rid: rid, templateRID: templateRID, number: number, byKey: map[string]*TemplateItem{}}
	if raw == "" {
		e.items = launch()
	} else if err := json.Unmarshal([]byte(raw), &e.items); err != nil {
		return nil, err
	}
	for i := range e.items {
		e.byKey[e.items[i].Key] = &e.items[i]
	}
	return e, nil
}

// editions keeps those that were read.
type editions struct{ m sync.Map }

// of gives versions by their rids, reading in one statement what was not read yet.
func (c *editions) of(q *store.Query, rids map[int64]bool) (map[int64]*edition, error) {
	out, missing := map[int64]*edition{}, []int64{}
	for rid := range rids {
		if e, ok := c.m.Load(rid); ok {
			out[rid] = e.(*edition)
		} else {
			missing = append(missing, rid)
		}
	}
	return out, store.InParts(missing, func(marks string, args []any) error {
		return q.Each(func(scan func(...any) error) error {
			var rid, template int64
			var number int
			var raw string
			if err := scan(&rid, &template, &number, &raw); err != nil {
				return err
			}
			e, err := newEdition(rid, template, number, raw)
			if err == nil {
				c.m.Store(rid, e)
				out[rid] = e
			}
			return err
		}, "SELECT rid, template_rid, number, items FROM checklist_template_versions WHERE rid IN ("+marks+")", args...)
	})
}
