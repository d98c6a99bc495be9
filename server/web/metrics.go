package web

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// upTo are the buckets of trestle_http_request_seconds; above them all is +Inf.
var upTo = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5}

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// kind is what requests are counted by.
type kind struct {
	route, method string
	hundred       int
}

// seconds is a histogram as Prometheus reads them: each bucket counts what took so long or less. The library's own
// has other buckets.
type seconds struct {
	buckets []*metrics.Counter
	all     *metrics.Counter
	sum     *metrics.FloatCounter
}

var requests sync.Map // kind → *seconds: names are made once, not at every request

// observe counts a request into trestle_http_request_seconds: from its first byte to its answer, by route.
func observe(route, method string, status int, took time.Duration) {
	if route == "" {
		route = "none"
	}
	if !slices.Contains(methods, method) { // anybody can make one up, and each would be kept for good
		method = "other"
	}
	k := kind{route, method, status / 100}
	found, ok := requests.Load(k)
	if !ok {
		found, _ = requests.LoadOrStore(k, newSeconds(k))
	}
	h := found.(*seconds)
	for i, most := range upTo {
		if took.Seconds() <= most {
			h.buckets[i].Inc()
		}
	}
	h.all.Inc()
	h.sum.Add(took.Seconds())
}

func newSeconds(k kind) *seconds {
	labels := fmt.Sprintf(`route=%q,method=%q,status="%dxx"`, k.route, k.method, k.hundred)
	counter := func(name, format string, args ...any) *metrics.Counter {
		return metrics.GetOrCreateCounter("trestle_http_request_seconds_" + name + "{" + labels + fmt.Sprintf(format, args...) + "}")
	}
	h := &seconds{all: counter("count", ""), sum: metrics.GetOrCreateFloatCounter("trestle_http_request_seconds_sum{" + labels + "}")}
	for _, most := range upTo {
		h.buckets = append(h.buckets, counter("bucket", ",le=\"%g\"", most))
	}
	metrics.GetOrCreateGauge("trestle_http_request_seconds_bucket{"+labels+`,le="+Inf"}`, func() float64 { return float64(h.all.Get()) })
	return h
}
