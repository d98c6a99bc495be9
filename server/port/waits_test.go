package port_test

import (
	"testing"

	"trestle/server/port"
	"trestle/server/trestletest"
)

// TestImport_waits: cards of a file that wait for one another for ever, or for nothing, are refused.
func TestImport_waits(t *testing.T) {
	b := onBench(t, trestletest.New(t))
	file := b.export(t, b.bring(t, own(t, "harbour.json")).BoardID, port.JSON)
	before := rows(t, b.Store)
	open := func(on any) map[string]any {
		return map[string]any{"category": "other", "external": false, "reason": "waits", "openedAt": "2025-01-01T00:00:00Z", "waitsForId": on}
	}
	for name, c := range map[string]struct {
		change func(one, two map[string]any)
		words  string
	}{
		"a circle": {func(one, two map[string]any) {
			one["blockers"], two["blockers"] = []any{open(two["id"])}, []any{open(one["id"])}
		}, "wait for one another in a circle"},
		"itself": {func(one, _ map[string]any) { one["blockers"] = []any{open(one["id"])} }, "waits for itself"},
		"twice":  {func(one, two map[string]any) { one["blockers"] = []any{open(two["id"]), open(two["id"])} }, "twice"},
		"nobody": {func(one, _ map[string]any) { one["blockers"] = []any{open("crd_0000000000000000")} }, "names a card that is not in it"},
		"a key and an id": {func(one, two map[string]any) {
			x := open(two["id"])
			x["waitsForOther"] = map[string]any{"key": "PLT-3"}
			one["blockers"] = []any{x}
		}, "for two cards"},
		"twice over there": {func(one, _ map[string]any) {
			x, y := open(""), open("")
			x["waitsForOther"], y["waitsForOther"] = map[string]any{"key": "PLT-3"}, map[string]any{"key": "PLT-3"}
			one["blockers"] = []any{x, y}
		}, "twice for the same card"},
		"no such day": {func(one, two map[string]any) {
			x := open(two["id"])
			x["promisedOn"] = "soon"
			one["blockers"] = []any{x}
		}, "is no date"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := edit(t, file, func(v map[string]any) {
				cards := v["cards"].([]any)
				c.change(cards[0].(map[string]any), cards[1].(map[string]any))
			})
			_, err := b.port.Import(b.ctx, port.Request{Team: b.team, File: reader(bad)})
			refused(t, err, "invalid", c.words)
			sameRows(t, before, rows(t, b.Store))
		})
	}
}
