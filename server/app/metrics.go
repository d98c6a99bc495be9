package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"runtime"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"trestle/server/flow"
	"trestle/server/outbox"
	"trestle/server/store"
)

// scraped writes what is read at the moment of a scrape.
func (a *App) scraped(ctx context.Context, w io.Writer) {
	metrics.WriteGaugeUint64(w, fmt.Sprintf("trestle_build_info{version=%q,go=%q,sqlite=%q}", Version(), runtime.Version(), store.SQLiteVersion()), 1)
	metrics.WriteGaugeFloat64(w, "trestle_started_seconds", a.startTook.Seconds()) // to the first answer possible
	if a.st.SQLite() {
		size := func(name, file string) {
			if fi, err := os.Stat(file); err == nil {
				metrics.WriteGaugeUint64(w, name, uint64(fi.Size()))
			}
		}
		size("trestle_wal_bytes", a.st.Path()+"-wal")
		size("trestle_database_bytes", a.st.Path())
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	d, err := outbox.Measure(ctx, a.st)
	if err != nil {
		return
	}
	metrics.WriteGaugeUint64(w, `trestle_outbox_jobs{state="waiting"}`, uint64(d.Waiting))
	metrics.WriteGaugeUint64(w, `trestle_outbox_jobs{state="failed"}`, uint64(d.Failed))
	late := 0.0
	if !d.OldestDue.IsZero() {
		late = max(0, a.st.Now().Sub(d.OldestDue).Seconds())
	}
	metrics.WriteGaugeFloat64(w, "trestle_outbox_overdue_seconds", late)
	if boards, err := a.rooms.flow.Everything(ctx); err == nil {
		flowing(w, boards)
	}
}

// flowing writes how every board stands now. Whoever reads measures is no viewer: a board is its id and its team's key,
// never a name, a column's name, a card or a person.
func flowing(w io.Writer, boards []flow.WallBoard) {
	for _, m := range []struct {
		name string
		of   func(flow.WallBoard) int
	}{
		{"wip", func(b flow.WallBoard) int { return b.WIP }},
		{"at_risk", func(b flow.WallBoard) int { return b.Risk }},
		{"past_sle", func(b flow.WallBoard) int { return b.Past }},
		{"blocked", func(b flow.WallBoard) int { return b.Blocked }},
		{"blocked_outside", func(b flow.WallBoard) int { return b.Outside }},
		{"columns_over", func(b flow.WallBoard) (n int) {
			for _, c := range b.Columns {
				if c.State == "over" {
					n++
				}
			}
			return n
		}},
		{"overload_days", func(b flow.WallBoard) int { return b.Over.Days }},
		{"oldest_days", func(b flow.WallBoard) int {
			if b.Oldest == nil {
				return 0
			}
			return b.Oldest.Days
		}},
		{"finished_this_week", func(b flow.WallBoard) int { return b.Finished }},
	} {
		for _, b := range boards {
			metrics.WriteGaugeUint64(w, fmt.Sprintf("trestle_board_%s{board=%q,team=%q}", m.name, b.ID, b.TeamKey), uint64(m.of(b)))
		}
	}
}

// operators serves /metrics and profiles on a listener of its own, never on the public one.
func (a *App) operators(l net.Listener) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		metrics.WritePrometheus(w, true) // with what Go and the process say
		a.scraped(r.Context(), w)
	})
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(l) }()
	return s
}
