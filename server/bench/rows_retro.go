package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"
)

const (
	retroPeople = 30
	retroPace   = 10 // changes a second, of all together
	retroNotes  = 3  // of each, when it begins
)

// sat is what was seen in all the sittings of a run.
type sat struct {
	b                         *bench
	s                         *server
	heard, views, turns       []time.Duration
	changes, pages, viewBytes int
	cpu                       time.Duration
}

// pace lets one after the other change something, and nobody is held up by somebody else's answer.
func (t *sat) pace(path string, all []*participant, step func(i int) (string, any)) error {
	tick := time.NewTicker(time.Second / retroPace)
	defer tick.Stop()
	var sent []change
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	before := t.s.cpu()
	for i := range int(t.b.span.Seconds() * retroPace) {
		<-tick.C
		to, in := step(i)
		wg.Add(1)
		go func() {
			defer wg.Done()
			c, _, err := all[i%len(all)].change(path+to, in)
			mu.Lock()
			defer mu.Unlock()
			if sent = append(sent, c); err != nil {
				failed = err
			}
		}()
	}
	wg.Wait()
	if failed != nil {
		return failed
	}
	slices.SortFunc(sent, func(x, y change) int { return int(x.seq - y.seq) })
	caughtUp(all, sent[len(sent)-1].seq)
	heard, views, most := arrivals(all, sent)
	t.heard, t.views, t.changes = append(t.heard, heard...), append(t.views, views...), t.changes+len(sent)
	t.viewBytes, t.cpu = max(t.viewBytes, most), t.cpu+t.s.cpu()-before
	return nil
}

// turn turns a page and gives the view after it.
func (t *sat) turn(path string, all []*participant, from, to string) ([]byte, error) {
	c, view, err := all[0].change(path+"/phase", map[string]string{"from": from, "to": to})
	if err != nil {
		return nil, err
	}
	view = slices.Clone(view)
	caughtUp(all, c.seq)
	_, views, _ := arrivals(all, []change{c})
	t.turns, t.pages = append(t.turns, views...), t.pages+1
	return view, nil
}

// round is one sitting from its first note to its last page.
func (t *sat) round(path string, all []*participant) error {
	columns := []string{"surprised", "waited", "together", "self_service", "ask"}
	write := func(i int) (string, any) {
		return "/notes", map[string]string{"column": columns[i%len(columns)], "text": fmt.Sprintf("What number %d has to say, and it is as long as what people say in a retro: two lines of it", i)}
	}
	for i := range retroNotes * len(all) {
		to, in := write(i)
		if _, _, err := all[i%len(all)].change(path+to, in); err != nil {
			return err
		}
	}
	caughtUp(all, all[len(all)-1].knows())
	if err := t.pace(path, all, write); err != nil {
		return err
	}
	var view []byte
	var err error
	for _, at := range [][2]string{{"write", "reveal"}, {"reveal", "group"}, {"group", "vote"}} {
		if view, err = t.turn(path, all, at[0], at[1]); err != nil {
			return err
		}
	}
	var v struct {
		Groups []struct {
			ID string `json:"id"`
		} `json:"groups"`
	}
	if err := json.Unmarshal(view, &v); err != nil {
		return err
	}
	if err := t.pace(path, all, func(i int) (string, any) {
		return "/votes", map[string]any{"groupId": v.Groups[i%len(v.Groups)].ID, "count": 1}
	}); err != nil {
		return err
	}
	for _, at := range [][2]string{{"vote", "discuss"}, {"discuss", "commit"}, {"commit", "close"}} {
		if _, err := t.turn(path, all, at[0], at[1]); err != nil {
			return err
		}
	}
	return nil
}

// retro sits thirty people in one retro: they write, then vote, and its pages are turned. Whatever one does is heard
// by all at their sockets, and each then reads the whole retro anew.
func (b *bench) retro() error {
	s, a, err := b.ours()
	if err != nil {
		return err
	}
	board, err := a.newBoard("Looked back on")
	if err != nil {
		return err
	}
	sessions, err := a.retroCrowd()
	if err != nil {
		return err
	}
	t := &sat{b: b, s: s}
	for range b.rounds {
		path, all, err := a.sitting(board.ID, sessions)
		if err != nil {
			return err
		}
		if err := t.round(path, all); err != nil {
			return err
		}
		if err := leave(all); err != nil {
			return err
		}
	}
	line := func(what string, all []time.Duration, of int, more string) {
		p50, p99 := quantiles(all)
		b.table.add(what, len(all), fmt.Sprintf("p50 %s, p99 %s, share %.4f%s", ms(p50), ms(p99), float64(len(all))/float64(of*retroPeople), more), "",
			"p99 < 150 ms, share 1", is(p99 < 150*time.Millisecond && len(all) == of*retroPeople))
	}
	line(fmt.Sprintf("%d people in one retro, %d changes a second: a change at everyone's socket", retroPeople, retroPace), t.heard, t.changes, "")
	line("… and in the whole retro read anew by everyone", t.views, t.changes, fmt.Sprintf(", %s, %s CPU a change", kb(t.viewBytes), ms(t.cpu/time.Duration(max(1, t.changes)))))
	line("… a page turned, in everyone's view", t.turns, t.pages, "")
	return nil
}
