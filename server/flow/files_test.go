package flow_test

import (
	"context"
	"encoding/csv"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"trestle/server/flow"
	"trestle/server/web"
	"trestle/server/who"
)

// get asks the API as somebody.
func (h *house) get(ctx context.Context, path string) *httptest.ResponseRecorder {
	h.t.Helper()
	door := web.New(web.Options{Identify: func(echo.Context) (who.Viewer, error) { return who.From(ctx), nil }})
	flow.Register(door.API, h.flow)
	w := httptest.NewRecorder()
	door.Echo.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1"+path, nil))
	return w
}

// Every answer is a file too: a head, rows as wide as it, and its own name.
func TestFiles(t *testing.T) {
	each(t, func(h *house) {
		h.create("=1+1", "Build")
		h.create("two", "Ready")
		h.day(4)
		h.move("=1+1", "Done")
		h.day(5)
		on := "/boards/" + h.b.ID + "/flow/"
		for path, head := range map[string]string{
			on + "overview": "measure,value", on + "cycle-time": "key,title", on + "aging": "key,title", on + "wip": "day,wip", on + "throughput": "day,wip", on + "net-flow": "day,wip",
			on + "cfd": "day,Ready,Build", on + "efficiency": "week,percent", on + "blockers": "category,external", on + "handoffs": "handoffs,cards", on + "mix": "by,key,finished",
			on + "value-stream": "column,n", on + "diagnostics": "what,value", on + "forecast": "percent,atLeastItems", on + "cards?of=finished": "key,title",
			"/flow/wall": "team,board,say", "/flow/cards?of=finished&teamId=" + h.team: "key,title", "/flow/wip?teamId=" + h.team: "day,wip",
			"/flow/forecast?teamId=" + h.team: "percent,atLeastItems", "/flow/cycle-time?teamId=" + h.team: "key,title",
		} {
			and := "?"
			if strings.Contains(path, "?") {
				and = "&"
			}
			w := h.get(h.ctx, path+and+"format=csv")
			rows, err := csv.NewReader(w.Body).ReadAll() // as wide as the first one, or an error
			if w.Code != 200 || err != nil || len(rows) == 0 || !strings.HasPrefix(strings.Join(rows[0], ","), head) ||
				!strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || !strings.Contains(w.Header().Get("Content-Disposition"), ".csv") {
				h.t.Errorf("%s: %d %v %v %v", path, w.Code, err, rows, w.Header())
			}
			for _, row := range rows {
				for _, cell := range row {
					if strings.HasPrefix(cell, "=") {
						h.t.Errorf("%s: a sheet would compute %q", path, cell)
					}
				}
			}
		}
		for path, want := range map[string]int{on + "wip?from=soon": 422, on + "cards?until=soon": 422, on + "cards?day=2026-11-05&until=2026-11-01": 422, on + "forecast?by=soon": 422,
			on + "forecast?exclude=2026-13-01": 422, "/boards/brd_0000/flow/wip": 404} {
			if w := h.get(h.ctx, path); w.Code != want {
				h.t.Errorf("%s: %d, not %d: %s", path, w.Code, want, w.Body)
			}
		}
	})
}
