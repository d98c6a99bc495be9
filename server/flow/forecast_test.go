package flow_test

import (
	"fmt"
	"testing"
	"time"

	"trestle/server/flow"
)

// Forecasts of past Mondays are held against what came, each from what was known that morning; a record that is too short for
// it has none.
func TestForecast_IsHeldAgainstWhatCame(t *testing.T) {
	each(t, func(h *house) {
		finish := func(title string) {
			h.create(title, "Build")
			h.clock.Advance(time.Hour)
			h.move(title, "Done")
		}
		for d := range 35 { // from a Monday on, one a day
			h.clock.Set(begun.AddDate(0, 0, d))
			finish(fmt.Sprint("card ", d))
		}
		short, err := h.flow.Forecast(h.ctx, h.b.ID, flow.ForecastAsk{By: begun.AddDate(0, 0, 41).Format(time.DateOnly)})
		h.ok(err)
		if short.Backtest != nil {
			h.t.Errorf("of five weeks: %+v", short.Backtest)
		}
		for d := 35; d < 70; d++ {
			h.clock.Set(begun.AddDate(0, 0, d))
			if d%2 == 0 { // half as many
				finish(fmt.Sprint("card ", d))
			}
		}
		h.move("card 10", "Build") // long after it had finished: what was known before stays known
		h.clock.Set(begun.AddDate(0, 0, 70))
		f, err := h.flow.Forecast(h.ctx, h.b.ID, flow.ForecastAsk{By: begun.AddDate(0, 0, 77).Format(time.DateOnly)})
		h.ok(err)
		b := f.Backtest
		if b == nil || b.Weeks != 1 || b.From != "2026-11-16" || b.To != "2027-01-04" || len(b.Checks) != 8 || len(b.Said) != 4 || b.Say != "Of 8 forecasts at 85 %, 3 came true" {
			h.t.Fatalf("%+v", b)
		}
		// three weeks of one a day: sure; then a week of four, of which seven were said
		if c := b.Checks[1]; c.Monday != "2026-11-23" || c.Until != "2026-11-29" || c.AtLeast[0] != 7 || c.AtLeast[3] != 7 || c.Came != 7 || c.N != 21 {
			h.t.Errorf("%+v", c)
		}
		if c := b.Checks[3]; c.Monday != "2026-12-07" || c.AtLeast[0] != 7 || c.Came >= 5 {
			h.t.Errorf("%+v", c)
		}
		if s := b.Said[2]; s != (flow.Said{Percent: 85, Held: 3, Of: 8}) {
			h.t.Errorf("%+v", s)
		}
	})
}
