package health

import (
	_ "embed"
	"encoding/json"
	"slices"
)

//go:embed questions.json
var questionsFile []byte

// Set is questions that are asked together.
type Set struct {
	Key       string     `json:"key"`
	Name      string     `json:"name"`
	About     string     `json:"about"`
	Questions []Question `json:"questions"`
}

// Question is one side of the work.
type Question struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Green string `json:"green" doc:"How it is when it is well"`
	Red   string `json:"red" doc:"How it is when it is bad"`
}

var sets = func() (out []Set) {
	if err := json.Unmarshal(questionsFile, &out); err != nil {
		panic(err) // part of the program
	}
	return out
}()

// Sets are the questions that can be asked.
func Sets() []Set { return sets }

func knownSet(key string) bool {
	return slices.ContainsFunc(sets, func(s Set) bool { return s.Key == key })
}

// asked gives the sets of a check with the question of each key.
func asked(keys []string) (out []Set, of map[string]Question) {
	of = map[string]Question{}
	for _, s := range sets {
		if slices.Contains(keys, s.Key) {
			out = append(out, s)
			for _, q := range s.Questions {
				of[q.Key] = q
			}
		}
	}
	return out, of
}
