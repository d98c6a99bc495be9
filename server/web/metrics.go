package web

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name:    "trestle_http_request_seconds",
	Help:    "Time from a request's first byte to its answer, by route.",
	Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
}, []string{"route", "method", "status"})

func observe(route, method string, status int, took time.Duration) {
	if route == "" {
		route = "none"
	}
	requests.WithLabelValues(route, method, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}
