package flow

import (
	"encoding/binary"
	"sync"

	"trestle/server/measure"
)

// tried keeps the trials of the forecasts that were asked for last. What they come to depends on nothing but what stands in the
// question: the past days, how far, and the seed; so nothing here ever grows old.
var tried = &trials{kept: map[string]measure.Forecast{}}

// mostTried is how many are kept; each has ten thousand numbers.
const mostTried = 48

type trials struct {
	mu    sync.Mutex
	kept  map[string]measure.Forecast
	order []string // the oldest first
}

func (t *trials) howMany(daily []int, days int, seed uint64) measure.Forecast {
	return t.once('n', daily, days, seed, func() measure.Forecast { return measure.HowMany(daily, days, seed) })
}

func (t *trials) when(daily []int, items int, seed uint64) measure.Forecast {
	return t.once('d', daily, items, seed, func() measure.Forecast { return measure.When(daily, items, seed) })
}

func (t *trials) once(kind byte, daily []int, n int, seed uint64, try func() measure.Forecast) measure.Forecast {
	key := binary.AppendUvarint(binary.AppendUvarint([]byte{kind}, uint64(n)), seed)
	for _, d := range daily {
		key = binary.AppendUvarint(key, uint64(d))
	}
	name := string(key)
	t.mu.Lock()
	f, known := t.kept[name]
	t.mu.Unlock()
	if known {
		return f
	}
	f = try()
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known = t.kept[name]; !known {
		if t.order = append(t.order, name); len(t.order) > mostTried {
			delete(t.kept, t.order[0])
			t.order = t.order[1:]
		}
		t.kept[name] = f
	}
	return f
}
