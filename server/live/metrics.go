package live

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var (
	sockets = promauto.NewGauge(prometheus.GaugeOpts{
		Name: "trestle_live_sockets", Help: "Open live connections."})
	topicsOpen = promauto.NewGauge(prometheus.GaugeOpts{
		Name: "trestle_live_topics", Help: "Topics that this node follows."})
	deliveries = promauto.NewCounter(prometheus.CounterOpts{
		Name: "trestle_live_deliveries_total", Help: "Events written to sockets."})
	slowClosed = promauto.NewCounter(prometheus.CounterOpts{
		Name: "trestle_live_slow_closed_total", Help: "Sockets closed because they did not read (4408)."})
	resumes = promauto.NewCounter(prometheus.CounterOpts{
		Name: "trestle_live_resumes_total", Help: "Subscriptions that continued from a sequence."})
	resets = promauto.NewCounter(prometheus.CounterOpts{
		Name: "trestle_live_resets_total", Help: "Subscriptions sent to fetch anew."})
	revoked = promauto.NewCounter(prometheus.CounterOpts{
		Name: "trestle_live_revoked_total", Help: "Subscriptions and sockets ended because a right was lost."})
	recordReads = promauto.NewCounter(prometheus.CounterOpts{
		Name: "trestle_live_record_reads_total", Help: "Pages of events read from the database for sockets and tailers."})
)
