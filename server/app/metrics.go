package app

import (
	"context"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"trestle/server/outbox"
	"trestle/server/store"
)

var (
	buildInfo = prometheus.NewDesc("trestle_build_info", "Always 1; what this build is.", []string{"version", "go", "sqlite"}, nil)
	walBytes  = prometheus.NewDesc("trestle_wal_bytes", "Size of SQLite's write-ahead log.", nil, nil)
	dbBytes   = prometheus.NewDesc("trestle_database_bytes", "Size of SQLite's database file.", nil, nil)
	jobs      = prometheus.NewDesc("trestle_outbox_jobs", "Jobs in the outbox: waiting, or failed for good.", []string{"state"}, nil)
	overdue   = prometheus.NewDesc("trestle_outbox_overdue_seconds", "How long the longest overdue job has waited.", nil, nil)
	started   = prometheus.NewDesc("trestle_started_seconds", "How long the start took, to the first answer possible.", nil, nil)
)

// collector gives what is read at the moment of a scrape.
type collector struct{ a *App }

func (c collector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{buildInfo, walBytes, dbBytes, jobs, overdue, started} {
		ch <- d
	}
}

func (c collector) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(buildInfo, 1, Version(), runtime.Version(), store.SQLiteVersion())
	gauge(started, c.a.startTook.Seconds())
	if c.a.st.SQLite() {
		for d, name := range map[*prometheus.Desc]string{walBytes: c.a.st.Path() + "-wal", dbBytes: c.a.st.Path()} {
			if fi, err := os.Stat(name); err == nil {
				gauge(d, float64(fi.Size()))
			}
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	d, err := outbox.Measure(ctx, c.a.st)
	if err != nil {
		return
	}
	gauge(jobs, float64(d.Waiting), "waiting")
	gauge(jobs, float64(d.Failed), "failed")
	late := 0.0
	if !d.OldestDue.IsZero() {
		late = max(0, c.a.st.Now().Sub(d.OldestDue).Seconds())
	}
	gauge(overdue, late)
}

// operators serves /metrics and profiles on a listener of its own, never on the public one.
func (a *App) operators(l net.Listener) *http.Server {
	own := prometheus.NewRegistry()
	own.MustRegister(collector{a})
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(prometheus.Gatherers{prometheus.DefaultGatherer, own}, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(l) }()
	return s
}
