package checklist

import (
	"sync"

	"trestle/server/store"
)

// keptMost bounds of how many checklists it is kept how their answers stand.
const keptMost = 600

// kept is how the answers of checklists stand, each as of the sequence of its topic: every change of an answer has its
// event in the same write, so what was read at a sequence is true as long as that is the newest. Nobody changes what
// is kept here.
type kept struct {
	mu sync.Mutex
	m  map[int64]keptAnswers
}

type keptAnswers struct {
	seq     int64
	answers map[string]*answer
}

// of gives how the answers of some checklists stand, by their sequences as the same reading knows them.
func (c *kept) of(q *store.Query, seqs map[int64]int64) (map[int64]map[string]*answer, error) {
	out, missing := make(map[int64]map[string]*answer, len(seqs)), []int64{}
	c.mu.Lock()
	for rid, seq := range seqs {
		if has, ok := c.m[rid]; ok && has.seq == seq && seq > 0 {
			out[rid] = has.answers
		} else {
			missing = append(missing, rid)
		}
	}
	c.mu.Unlock()
	fresh, err := answersOf(q, false, missing...)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, rid := range missing {
		out[rid] = fresh[rid]
		if _, ok := c.m[rid]; !ok && len(c.m) >= keptMost {
			for other := range c.m { // any: who has more than that looks at them by team
				delete(c.m, other)
				break
			}
		}
		c.m[rid] = keptAnswers{seqs[rid], fresh[rid]}
	}
	return out, nil
}
