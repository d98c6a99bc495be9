package live

import "github.com/VictoriaMetrics/metrics"

var (
	sockets     = metrics.NewGauge("trestle_live_sockets", nil)         // open live connections
	topicsOpen  = metrics.NewGauge("trestle_live_topics", nil)          // topics that this node follows
	deliveries  = metrics.NewCounter("trestle_live_deliveries_total")   // events written to sockets
	slowClosed  = metrics.NewCounter("trestle_live_slow_closed_total")  // sockets closed because they did not read (4408)
	resumes     = metrics.NewCounter("trestle_live_resumes_total")      // subscriptions that continued from a sequence
	resets      = metrics.NewCounter("trestle_live_resets_total")       // subscriptions sent to fetch anew
	revoked     = metrics.NewCounter("trestle_live_revoked_total")      // subscriptions and sockets ended because a right was lost
	recordReads = metrics.NewCounter("trestle_live_record_reads_total") // pages of events read for sockets and tailers
)
