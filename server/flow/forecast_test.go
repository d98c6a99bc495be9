package flow_test

import (
	"fmt"
	"testing"
	"time"

	"trestle/server/event"
	"trestle/server/flow"
	"trestle/server/store"
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

// Where days are left out of the history, nothing says how such forecasts came true: what is left out of it says nothing of
// another Monday's. Nor where an import finished thousands of cards on one day.
func TestForecast_IsNotHeldAgainstWhatCame(t *testing.T) {
	each(t, func(h *house) {
		for d := range 56 {
			h.clock.Set(begun.AddDate(0, 0, d))
			h.create(fmt.Sprint("card ", d), "Build")
			h.clock.Advance(time.Hour)
			h.move(fmt.Sprint("card ", d), "Done")
		}
		h.clock.Set(begun.AddDate(0, 0, 56))
		ask := flow.ForecastAsk{By: begun.AddDate(0, 0, 63).Format(time.DateOnly)}
		forecast := func(of flow.ForecastAsk) flow.Forecast {
			h.t.Helper()
			f, err := h.flow.Forecast(h.ctx, h.b.ID, of)
			h.ok(err)
			if len(f.HowMany) != 4 {
				h.t.Errorf("%+v", f)
			}
			return f
		}
		whole := forecast(ask)
		if whole.Backtest == nil {
			h.t.Fatalf("%+v", whole)
		}
		without := ask
		without.Exclude = "2026-11-10"
		if f := forecast(without); f.Backtest != nil || f.Why.N != whole.Why.N-1 {
			h.t.Errorf("without a day: %+v of %d", f.Backtest, f.Why.N)
		}
		h.imported(5000, begun.AddDate(0, 0, 20)) // 35,000 in a week are weighed
		if f := forecast(ask); f.Backtest == nil || f.Why.N != whole.Why.N+5000 {
			h.t.Errorf("%+v of %d", f.Backtest, f.Why.N)
		}
		h.imported(1000, begun.AddDate(0, 0, 20))
		if f := forecast(ask); f.Backtest != nil || f.Why.N != whole.Why.N+6000 {
			h.t.Errorf("%+v of %d", f.Backtest, f.Why.N)
		}
	})
}

// imported writes cards that were finished at one moment straight into the record.
func (h *house) imported(cards int, at time.Time) {
	h.t.Helper()
	h.ok(store.Do(h.ctx, h.store, []string{event.BoardTopic(h.b.ID)}, func(tx *store.Tx) error {
		name := store.NewID("imp")
		if _, err := tx.Exec(`INSERT INTO cards (id, board_rid, key, title, type, discipline, class, created_at, finished_at)
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			SELECT 'crd_' || ? || i, ?, ? || i, 'Imported', 'feature', 'development', 'standard', ?, ? FROM n`, cards, name, h.b.RID, name, store.Ms(at), store.Ms(at)); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO card_transitions (card_rid, board_rid, to_column_rid, kind, at)
			SELECT rid, board_rid, ?, 'create', ? FROM cards WHERE key LIKE ?`, h.b.Columns[3].RID, store.Ms(at), name+"%"); err != nil {
			return err
		}
		_, err := tx.Publish(event.BoardTopic(h.b.ID), "board.imported", map[string]any{})
		return err
	}))
}
