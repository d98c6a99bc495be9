package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// BenchmarkMove is a card's move through the whole program, without a network: who asks, rights, limits, order,
// record, group commit, announcement. Eight clients move cards around a board of 1,000; what counts is the
// processor time of each (µs-cpu/op), since the time by the clock is the disk's and the neighbours'.
//
//	go test ./server/app -run XXX -bench Move -benchtime 5000x -cpu 1 [-cpuprofile cpu.out]
func BenchmarkMove(b *testing.B) {
	for _, keyed := range []bool{false, true} {
		b.Run(map[bool]string{false: "plain", true: "keyed"}[keyed], func(b *testing.B) { benchMoves(b, keyed) })
	}
}

func benchMoves(b *testing.B, keyed bool) {
	a := start(b, config(b))
	s := settle(b, a.URL())
	var made struct {
		Board   struct{ ID string }
		Columns []struct{ ID string }
	}
	wip := map[string]any{"mode": "warn", "max": 50}
	s.must(b, 201, "POST", "/api/v1/boards", map[string]any{"teamId": s.team, "name": "Moves", "columns": []map[string]any{
		{"name": "Ready", "kind": "queue"}, {"name": "Build", "kind": "active", "wip": wip}, {"name": "Test", "kind": "active", "wip": wip},
		{"name": "Done", "kind": "done"}}}, &made)
	s.board, s.columns = made.Board.ID, nil
	for _, c := range made.Columns {
		s.columns = append(s.columns, c.ID)
	}
	const cards, clients = 1000, 8
	type piece struct {
		path string
		at   int
	}
	var mine [clients][]*piece
	for i := range cards {
		id, err := s.create(fmt.Sprintf("Rotate the certificate of gateway %d before the audit", i))
		if err != nil {
			b.Fatal(err)
		}
		mine[i%clients] = append(mine[i%clients], &piece{path: "/api/v1/cards/" + id + "/move"})
	}
	move := func(client, n int) error {
		p := mine[client][n%len(mine[client])]
		to := (p.at + 1) % 3
		body := map[string]any{"columnId": s.columns[to]}
		if to < p.at {
			body["returnReason"] = map[string]string{"category": "incomplete"}
		}
		raw, _ := json.Marshal(body) // strings always marshal
		r := httptest.NewRequest("POST", p.path, bytes.NewReader(raw))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+s.token)
		if keyed {
			r.Header.Set("Idempotency-Key", fmt.Sprintf("%x-%d-%d", time.Now().UnixNano(), client, n))
		}
		w := httptest.NewRecorder()
		a.web.Echo.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			return fmt.Errorf("%d %s", w.Code, w.Body)
		}
		p.at = to
		return nil
	}
	for client := range clients { // once around, so that what is prepared once is
		for n := range mine[client] {
			if err := move(client, n); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	before := processorTime(b)
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	for client := range clients {
		wg.Go(func() {
			for n := 0; left.Add(-1) >= 0; n++ {
				if err := move(client, n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64((processorTime(b)-before).Nanoseconds())/1000/float64(b.N), "µs-cpu/op")
}

// processorTime is what this process has used, its kernel's part included.
func processorTime(tb testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
